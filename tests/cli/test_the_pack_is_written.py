"""`itabot paper SLUG pack` and `meeting`: made on a real database, from outside the chat."""

import io
import zipfile

import docx
import pytest


@pytest.fixture
def agency(shell):
    added = ("--name", "อบต.เหนือ", "--channel-secret", "s1", "--access-token", "t1")
    shell.itabot("agency", "add", "north", *added, "--sample", "thaimueang")
    return shell


def test_the_pack_is_one_file_with_a_contents_page(agency, tmp_path):
    out = tmp_path / "pack.zip"
    ran = agency.itabot("paper", "north", "pack", "--year", "2566", "--thai-digits", "--out", str(out))
    assert ran.returncode == 0, ran.stderr
    with zipfile.ZipFile(out) as packed:
        names = packed.namelist()
        contents = docx.Document(io.BytesIO(packed.read("0 สารบัญ.docx")))
    assert {name.split()[0] for name in names} >= {"0", "1", "2", "3", "4", "5", "6"}
    assert "๒๕๖๖" in contents.paragraphs[0].text
    told = [line for row in contents.tables[0].rows[1:] for line in row.cells[2].text.split("\n")]
    assert [line for line in told if not line.startswith("ยังไม่มีไฟล์")] == names[1:]


def test_a_year_ahead_still_has_a_pack_and_a_wrong_ending_is_told(agency, tmp_path):
    assert agency.itabot("paper", "north", "pack", "--year", "2580", "--out", str(tmp_path / "a.zip")).returncode == 0
    wrong = agency.itabot("paper", "north", "pack", "--year", "2566", "--out", str(tmp_path / "a.docx"))
    assert (wrong.returncode, "--out must end with .zip" in wrong.stderr) == (2, True)


def test_the_sheet_of_a_day_without_a_meeting_is_refused_in_a_sentence(agency, tmp_path):
    ran = agency.itabot("paper", "north", "meeting", "--of", "2026-12-04", "--out", str(tmp_path / "a.docx"))
    assert (ran.returncode, "ยังไม่ได้กำหนดวันประชุมนี้" in ran.stderr) == (1, True), ran
    assert not (tmp_path / "a.docx").exists()
