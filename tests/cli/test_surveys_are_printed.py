"""`itabot survey`: what there is, the poster of a service point, and what a survey came to as a file."""

import shutil

import pytest

from bot.storage.store import AgencyStore
from tests.cli.conftest import Shell
from tests.papers.a_survey import SURVEY, answered, counted, fill
from tests.papers.reading import comma_separated, page_of, scanned, workbook
from tests.storage.conftest import make_core


@pytest.fixture(scope="module")
def asking(office):
    """The agency, with a survey that ten people answered."""
    core = make_core(office.folder / "var", office.environment["ITABOT_KEYS"])
    agency = core.channels.by_slug("north")
    for work in (fill, answered, counted):
        with core.database.reading(of=agency.id) as connection:
            store = AgencyStore(connection, agency, core.ring)
            work(store)
        core.database.write(store.apply, of=agency.id)
    core.database.close()
    return office


def told(ran):
    assert (ran.returncode, ran.stderr) == (0, ""), ran
    return ran.stdout.splitlines()


def test_surveys_and_service_points_are_listed(asking):
    assert told(asking.itabot("survey", "north", "list")) == [
        f"{SURVEY.id}\tผู้รับบริการ\t2570\t1 พ.ย. 2569\t-", "M4X9\tคลินิก\t-", "K7Q2\tเคาน์เตอร์บริการ\t-",
    ]  # fmt: skip


def test_a_poster_is_written(asking, tmp_path):
    told(asking.itabot("survey", "north", "poster", "k7q2", "--a6", "--out", str(tmp_path / "p.png")))
    assert len(scanned((tmp_path / "p.png").read_bytes())) == 1
    told(asking.itabot("survey", "north", "poster", "K7Q2", "--out", str(tmp_path / "p.pdf")))
    (width, height), _ = page_of((tmp_path / "p.pdf").read_bytes())
    assert (round(width), round(height)) == (210, 297)


def test_results_are_written(asking, tmp_path):
    told(asking.itabot("survey", "north", "export", SURVEY.id, "--out", str(tmp_path / "r.xlsx")))
    assert any(line[0] == "EIT" and line[3] == 10 for line in workbook((tmp_path / "r.xlsx").read_bytes())["ผลรวม"])
    told(asking.itabot("survey", "north", "export", SURVEY.id, "--out", str(tmp_path / "r.CSV")))
    assert ["อ่านก่อน"] in comma_separated((tmp_path / "r.CSV").read_bytes())


@pytest.mark.parametrize(("asked", "status", "says"), [
    (("poster", "XXXX", "--out", "p.pdf"), 1, "จุดบริการ"), (("poster", "K7Q2", "--out", "p.docx"), 2, ".pdf or .png"),
    (("export", "none", "--out", "r.xlsx"), 1, "ไม่พบแบบสำรวจ"), (("export", SURVEY.id, "--out", "r.pdf"), 2, ".xlsx or .csv"),
    (("export", SURVEY.id, "--out", "/nowhere/r.csv"), 1, "cannot write"), (("poster", "K7Q2"), 2, "--out"), ((), 2, "what"),
])  # fmt: skip
def test_what_cannot_be_is_said(asking, asked, status, says):
    ran = asking.itabot("survey", "north", *asked)
    assert (ran.returncode, ran.stdout) == (status, "")
    assert says in ran.stderr


def test_an_agency_without_an_account_has_no_poster(asking, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(asking.folder, folder)
    shell = Shell(folder)
    shell.environment["ITABOT_KEYS"] = asking.environment["ITABOT_KEYS"]
    shell.itabot("agency", "add", "south", "--name", "อบต.ใต้", "--channel-secret", "s")
    ran = shell.itabot("survey", "south", "poster", "K7Q2", "--out", str(tmp_path / "p.pdf"))
    assert (ran.returncode, "จุดบริการ" in ran.stderr) == (1, True)
