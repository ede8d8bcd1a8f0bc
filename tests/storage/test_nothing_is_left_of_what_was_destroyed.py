"""Records are destroyed on the stores that agencies have: two people, one commit, and no envelope with words is left."""

from dataclasses import replace
from datetime import date

import pytest

from bot.evidence.fetching import Remove
from bot.evidence.shelf import VARIANTS, NotThere, name_of
from bot.storage.cases import CaseRow
from bot.storage.disposals import DisposalRow
from bot.storage.evidence import register, used
from bot.storage.tasks import Errand
from bot.storage.tenancy import AgencySession
from itadomain.cases.case import Case, Kind, Line, Spot, State, Voice
from itadomain.disposal import Stage
from itadomain.evidence import Copy, Evidence
from itadomain.evidence import Kind as Sort
from itadomain.evidence import Stage as Kept
from itadomain.people import Person, Post, Role
from tests.storage.real_talk import RealTalk

OLD = date(2024, 11, 4)
DESK, ADMIN = Person("desk", "ปรีชา", posts=(Post(Role.OFFICER),)), Person("admin", "สมปอง", posts=(Post(Role.ADMIN),))
STORY = "ไฟส่องทางดับตรงโค้งศาลเจ้าแม่ทับทิม " * 20
CASE = Case(
    "c1", Kind.PROBLEM, STORY, OLD, reporter="villager", state=State.CLOSED, over_on=OLD, contact="089-765-4321",
    spot=Spot("3", "ศาลเจ้า"), talk=(Line(Voice.REPORTER, "villager", OLD, STORY),), officer="desk",
)  # fmt: skip
PHOTO = Evidence(
    "e" * 32, "villager", Sort.PHOTO, OLD, Kept.KEPT, message="m1", name="ศาลเจ้า.jpg", case="c1",
    copy=Copy("ab" * 32, 5, "image/jpeg", shown=True),
)  # fmt: skip


@pytest.fixture
def agency(house):
    return house.add_agency("north")


@pytest.fixture
def desk(house, agency):
    talk = RealTalk(house, agency, DESK)
    talk.keeps(lambda s: s.settings.put("keep_years:problem", "1"))
    talk.keeps(lambda s: s.cases.add(CASE))
    talk.keeps(lambda s: s.evidence.save(PHOTO))
    return talk


@pytest.fixture
def admin(house, agency, desk):
    return RealTalk(house, agency, ADMIN)


def propose(talk):
    talk.taps("retention.due")
    return talk.answers("propose")


def approve(talk):
    talk.taps("retention.due")
    talk.answers("approve")
    return talk.answers("yes")


def envelope(house, agency):
    with house.core.database.reading(of=agency) as connection:
        return AgencySession(connection, agency).get_one(CaseRow, (agency, "c1")).told


def test_its_words_its_reporter_and_its_files_are_gone(house, agency, desk, admin):
    before = envelope(house, agency)
    assert propose(desk).key == "retention.proposed"
    done = approve(admin)
    assert (done.key, [task.facts for task in done.tasks]) == ("retention.destroyed", [{"sha256": "ab" * 32}])
    assert len(envelope(house, agency)) < len(before) / 2
    left = desk.keeps(lambda s: s.cases.get("c1"))
    assert (left.story, left.contact, left.talk, left.reporter, left.officer) == ("", "", (), "", "")
    photo = desk.keeps(lambda s: s.evidence.get(PHOTO.id))
    assert (photo.stage, photo.name, photo.by, photo.message) == (Kept.GONE, "", "", "")
    (line,) = desk.keeps(lambda s: s.disposals.at_stage(Stage.DONE, ["problem"]))
    assert (line.by, line.approved_by, line.lines, line.files) == ("desk", "admin", 2, 1)


def test_its_files_go_from_the_shelf(house, agency, desk, admin):
    core, copy = house.core, PHOTO.copy
    core.database.write(lambda c: register(c, agency, PHOTO.id, copy, 1_000), of=agency)
    with core.shelf.scratch() as folder:
        for variant in VARIANTS:
            (folder / "made").write_bytes(b"photo")
            core.shelf.put(name_of(agency, copy.sha256, variant), folder / "made")
    propose(desk)
    (task,) = approve(admin).tasks
    Remove(house.ledger, core.shelf)(Errand(1, agency, "lane", "key", task.name, 1, 0, facts=task.facts))
    for variant in VARIANTS:
        with pytest.raises(NotThere):
            core.shelf.open(name_of(agency, copy.sha256, variant))
    assert core.database.write(lambda c: used(c, agency), of=agency) == 0


def test_two_who_approve_at_once_destroy_it_once(house, agency, desk, admin):
    mayor = RealTalk(house, agency, Person("mayor", "สมหมาย", posts=(Post(Role.EXECUTIVE),)))
    propose(desk)
    for one in (admin, mayor):
        one.taps("retention.due")
        one.answers("approve")
    assert [one.answers("yes").key for one in (admin, mayor)] == ["retention.destroyed", "retention.nothing"]


def test_who_asks_by_its_number_hears_it(house, agency, desk, admin):
    ticket = str(desk.keeps(lambda s: s.cases.get("c1")).ticket)
    propose(desk)
    approve(admin)
    assert RealTalk(house, agency, Person("villager")).means("track_complaint", ticket=ticket).key == "case.disposed"


def test_a_reason_for_keeping_one_on_is_sealed(house, agency, desk, admin):
    desk.taps("retention.due")
    desk.answers("c1")
    assert desk.says("ยังมีคดีของตาสมหวัง").key == "retention.kept_on"
    with house.core.database.reading(of=agency) as connection:
        assert "สมหวัง" not in AgencySession(connection, agency).get_one(DisposalRow, (agency, "c1")).reason
    desk.taps("retention.kept_on", side="cases")
    assert "สมหวัง" in desk.words


def test_another_agency_sees_nothing_of_it(house, agency, desk, admin):
    propose(desk)
    south = house.add_agency("south")
    other = RealTalk(house, south, replace(ADMIN, id="other"))
    assert other.taps("retention.due").key == "retention.no_years"
    assert other.keeps(lambda s: s.disposals.of("c1")) is None
