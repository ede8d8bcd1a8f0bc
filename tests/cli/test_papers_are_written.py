"""`itabot paper`: a paper of an agency as a file, without the chat."""

import io

import openpyxl
import pytest

from bot.commands import paper as command
from bot.imports import read
from bot.papers.handing.making import Step
from bot.papers.ink import office
from bot.papers.kinds import PAPERS, YEAR
from itadomain.documents.reader import read as understood


@pytest.fixture
def agency(shell):
    added = ("--name", "อบต.เหนือ", "--channel-secret", "s1", "--access-token", "t1")
    shell.itabot("agency", "add", "north", *added, "--sample", "thaimueang")
    return shell


def test_a_plan_is_written_and_reads_as_one(agency, tmp_path):
    out = tmp_path / "แผน.docx"
    ran = agency.itabot("paper", "north", "plan", "--year", "2566", "--thai-digits", "--out", str(out))
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    found = understood(read(out.read_bytes(), out.name))
    assert (found.fiscal_year, [one.number for one in found.measures]) == (2566, ["1", "2", "3", "4"])


def test_the_ending_decides(agency, tmp_path):
    out = tmp_path / "plan.XLSX"
    ran = agency.itabot("paper", "north", "plan", "--year", "2566", "--out", str(out))
    assert ran.returncode == 0, ran.stderr
    assert len(openpyxl.load_workbook(io.BytesIO(out.read_bytes())).worksheets[1]["A"]) == 5


def test_a_pdf_is_written_or_it_is_said_why_not(agency, tmp_path):
    out = tmp_path / "plan.pdf"
    ran = agency.itabot("paper", "north", "plan", "--year", "2566", "--out", str(out))
    if office.available():
        assert (ran.returncode, out.read_bytes()[:5]) == (0, b"%PDF-"), ran.stderr
    without = agency.itabot("paper", "north", "plan", "--year", "2566", "--out", str(tmp_path / "b.pdf"), PATH="")
    assert (without.returncode, "ยังไม่มี LibreOffice" in without.stderr) == (1, True), without
    assert not (tmp_path / "b.pdf").exists()


@pytest.mark.parametrize(
    ("asked", "status", "says"),
    [
        (("plan", "--year", "2570", "--out", "a.docx"), 1, "ยังไม่มีมาตรการของปีงบประมาณ 2570"),
        (("plan", "--year", "2566", "--out", "a.png"), 2, "--out must end with .docx or .xlsx or .pdf"),
        (("plan", "--year", "66", "--out", "a.docx"), 2, "66 is no fiscal year"),
        (("plan", "--of", "x", "--out", "a.docx"), 2, "--of cannot be «x»"),
        (("survey", "--year", "2566", "--out", "a.csv"), 2, "«survey» is of no year"),
        (("survey", "--of", "none", "--out", "a.csv"), 1, "ไม่พบแบบสำรวจนี้"),
        (("plan", "--year", "2566", "--out", "none/a.docx"), 1, "cannot be written: no such file or directory"),
    ],
)
def test_what_cannot_be_written_is_told(agency, tmp_path, asked, status, says):
    *rest, name = asked
    ran = agency.itabot("paper", "north", *rest, str(tmp_path / name))
    assert (ran.returncode, says in ran.stderr) == (status, True), ran
    assert "Traceback" not in ran.stderr
    assert list(tmp_path.glob("a.*")) == []


@pytest.mark.parametrize("kind", [name for name, one in PAPERS.items() if one.of is not YEAR])
def test_of_what_there_is_one_is_listed(agency, tmp_path, kind):
    ending = PAPERS[kind].endings[0]
    ran = agency.itabot("paper", "north", kind, "--out", str(tmp_path / f"a.{ending}"))
    assert (ran.returncode, f"«{kind}» needs --of" in ran.stderr) == (2, True), ran
    told = [line for line in ran.stderr.splitlines() if "\t" in line]
    assert told or "there is none yet" in ran.stderr
    for line in told[:1]:
        of = line.removeprefix("itabot: ").split("\t")[0]
        assert PAPERS[kind].of.fullmatch(of)


def test_what_takes_longer_tells_how_far_it_is(monkeypatch, capsys):
    tell = command._teller()
    tell(Step.READING, 0, 0)
    assert capsys.readouterr().err == "", "quick ones say nothing"
    monkeypatch.setattr(command, "QUIET_S", 0)
    tell = command._teller()
    tell(Step.PICTURES, 37, 120)
    tell(Step.PICTURES, 38, 120)
    assert capsys.readouterr().err == "itabot: pictures 37/120\n", "once a second"
