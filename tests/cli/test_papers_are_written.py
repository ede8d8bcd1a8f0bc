"""`itabot paper`: a paper of an agency as a file, without the chat."""

import pytest

from bot.imports import read
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


@pytest.mark.parametrize(
    ("asked", "status", "says"),
    [
        (("--year", "2570", "--out", "a.docx"), 1, "ยังไม่มีมาตรการของปีงบประมาณ 2570"),
        (("--year", "2566", "--out", "a.pdf"), 2, "--out must end with .docx"),
        (("--year", "66", "--out", "a.docx"), 2, "66 is no fiscal year"),
    ],
)
def test_what_cannot_be_written_is_told(agency, tmp_path, asked, status, says):
    *rest, name = asked
    ran = agency.itabot("paper", "north", "plan", *rest, str(tmp_path / name))
    assert (ran.returncode, says in ran.stderr) == (status, True), ran
    assert list(tmp_path.glob("a.*")) == []
