"""A PDF by LibreOffice where the machine has it: one at a time, nothing left behind, nothing run or fetched."""

import fcntl
import http.server
import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pdfplumber
import pytest

from bot.papers.document import About, Document, Paragraph
from bot.papers.ink import office
from bot.papers.ink.word import as_docx

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="needs LibreOffice: get it with «apt-get install libreoffice-writer-nogui»",
)
PATIENCE_S = 10
PAPER = Document(
    About("เรื่อง", "อบต.", "ผู้ขอ", datetime(2026, 11, 22, tzinfo=UTC), "ข้อมูล"),
    [Paragraph("ผู้บริหารรับทราบการเปิดเผยข้อมูล/รายงานผล")],
)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Where it works: a folder that nobody else uses."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path / f"itabot-office-{os.getuid()}"


@needs_office
def test_a_word_file_becomes_a_pdf_and_leaves_nothing(place):
    made = office.pdf_of(as_docx(PAPER))
    with pdfplumber.open(io.BytesIO(made)) as pdf:
        assert len(pdf.pages) == 1
        assert {char["fontname"].partition("+")[2] for char in pdf.pages[0].chars} <= {
            "Sarabun-Regular",
            "THSarabunNew",
        }
        assert "\u200b" not in pdf.pages[0].extract_text()
    assert [one.name for one in place.iterdir()] == ["lock"]


def test_without_libreoffice_it_is_said(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not office.available()
    with pytest.raises(office.NoOffice):
        office.pdf_of(as_docx(PAPER))


@pytest.fixture
def slow_office(tmp_path, monkeypatch):
    """A machine whose LibreOffice never ends, and starts another program."""
    program, children = tmp_path / "bin" / "soffice", tmp_path / "children"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\nsleep 600 & echo $! > {children}\nwait\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setattr(office, "SECONDS", 2)
    return children


def runs(process):
    try:
        state = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


def test_what_takes_too_long_is_ended_with_all_that_it_started(place, slow_office):
    with pytest.raises(office.Busy):
        office.pdf_of(as_docx(PAPER))
    child, until = int(slow_office.read_text()), time.monotonic() + PATIENCE_S
    while runs(child):  # the system takes a moment to end it
        assert time.monotonic() < until
        time.sleep(0.01)
    assert [one.name for one in place.iterdir()] == ["lock"]


def test_only_one_is_made_at_a_time_on_a_machine(place, slow_office):
    place.mkdir(mode=0o700)
    with (place / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(office.Busy):
            office.pdf_of(as_docx(PAPER))
    assert not slow_office.exists()


@needs_office
def test_what_a_killed_process_left_goes_with_the_next(place):
    left = place / "paper-left"
    left.mkdir(parents=True)
    (left / "paper.docx").write_bytes(b"secret")
    office.pdf_of(as_docx(PAPER))
    assert not left.exists()


def test_what_is_no_folder_of_ours_is_not_used(place, tmp_path, slow_office):
    (tmp_path / "elsewhere").mkdir()
    place.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(office.Busy):
        office.pdf_of(as_docx(PAPER))
    assert not slow_office.exists()


@pytest.fixture
def asked():
    """A server on this machine, and what it was asked for."""
    paths = []

    class Listening(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            paths.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - the names that http.server looks for

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listening)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    server.server_close()


@needs_office
def test_nothing_is_fetched(place, asked):
    """Nor would it be where a file names something outside: here a picture that lies on a server."""
    address, paths = asked
    given, changed = zipfile.ZipFile(io.BytesIO(as_docx(PAPER))), io.BytesIO()
    drawing = (
        '<w:p><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:90pt;height:90pt">'
        '<v:imagedata r:id="rIdOut" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
        "</v:shape></w:pict></w:r></w:p>"
    )
    relation = (
        f'<Relationship Id="rIdOut" TargetMode="External" Target="{address}/picture.png" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
    )
    with zipfile.ZipFile(changed, "w") as kept:
        for name in given.namelist():
            part = given.read(name).decode("utf-8", "surrogateescape")
            if name == "word/document.xml":
                part = part.replace("<w:sectPr", f"{drawing}<w:sectPr", 1)
            if name == "word/_rels/document.xml.rels":
                part = part.replace("</Relationships>", f"{relation}</Relationships>")
            kept.writestr(name, part.encode("utf-8", "surrogateescape"))
    assert office.pdf_of(changed.getvalue()).startswith(b"%PDF-")
    assert paths == []


def test_a_program_that_runs_so_reaches_nobody(asked):
    """Where the machine lets a process part from the network it is parted; elsewhere this cannot be shown."""
    address, paths = asked
    port = address.rpartition(":")[2]
    tried = f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)"
    command = [sys.executable, "-m", "bot.papers.ink.office", sys.executable, "-c", tried]
    allowed = subprocess.run(["unshare", "--user", "--net", "true"], capture_output=True, check=False).returncode == 0
    if not allowed:
        pytest.skip("this machine lets no process part from the network")
    with socket.create_connection(("127.0.0.1", int(port)), 2):
        pass
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0
    assert paths == []
