"""Who copies the database without the keys learns of no case what it is about, where, and who can be asked."""

import json
from dataclasses import replace
from datetime import date

import pytest

from bot.storage.store import AgencyStore
from itadomain import attaching
from itadomain.cases import following, working
from itadomain.cases.case import Kind, Spot
from itadomain.cases.filing import Told, file
from itadomain.cases.moves import Move
from itadomain.cases.working import Word
from itadomain.evidence import DRAFT, Evidence, Stage
from itadomain.evidence import Kind as Sent
from itadomain.organisation import Unit
from itadomain.people import Person, Post, Role
from tests.storage.test_a_copy_tells_nothing import copy_of

TODAY = date(2026, 11, 20)
REPORTER, OFFICER = "U" + "c" * 32, "U" + "d" * 32
STORY = "ไฟส่องทางดับตรงโค้งศาลเจ้าแม่ทับทิม"
SPOT = Spot("บ้านหนองยายชี", "ร้านก๋วยเตี๋ยวเจ๊หงส์", 14.349061, 100.567123)
CONTACT, FOR = "น้าสมัคร 089-765-4321", "ยายเมี้ยนบ้านเลขที่ 99"
MORE, NOTE, ANSWER = "เมื่อคืนมีคนล้มตรงนั้นอีก", "ผู้แจ้งเป็นญาติปลัด", "ช่างไปเปลี่ยนหลอดไฟให้แล้ว"
PHOTO, PLACE = "หน้าบ้านเจ๊หงส์.jpg", "หลังศาลเจ้าแม่ทับทิม"
SECRETS = (
    STORY, SPOT.village, SPOT.landmark, "14.349", "100.567", CONTACT, "089-765-4321", FOR, MORE, NOTE, ANSWER,
    PHOTO, PLACE, "ทับทิม", "เจ๊หงส์", "เมี้ยน", REPORTER, OFFICER, "สมบูรณ์ใจซื่อ",
)  # fmt: skip


@pytest.fixture
def keeps(house):
    """Does one step's work on the agency's store and keeps it."""
    agency = house.add_agency("north")
    core = house.core

    def keep(work):
        with core.database.reading(of=agency) as connection:
            store = AgencyStore(connection, core.channels.by_id(agency), core.ring)
            done = work(store)
        core.database.write(store.apply, of=agency)
        return done

    return keep


def test_no_copy_of_the_database_holds_a_word_of_a_case(house, keeps):
    reporter = keeps(lambda s: s.people.meet(REPORTER))
    officer = keeps(lambda s: s.people.meet(OFFICER, Person("", "สมบูรณ์ใจซื่อ", posts=(Post(Role.OFFICER, ""),)))).on(
        TODAY
    )
    keeps(lambda s: s.units.save(Unit("u1", "กองช่าง")))
    photo = Evidence("e1", reporter.id, Sent.PHOTO, TODAY, message="m1", name=PHOTO, case=DRAFT)
    for one in (photo, replace(photo, id="e2", kind=Sent.PLACE, stage=Stage.KEPT, message="m2", name="", said=PLACE)):
        keeps(lambda s, one=one: s.evidence.save(one))
    told = Told(Kind.PROBLEM, (STORY,), ("e1", "e2"), SPOT, "nuisance_noise_smoke", CONTACT, FOR)
    case = keeps(lambda s: file(s, told, reporter, TODAY)).case
    keeps(lambda s: following.say_more(s, case.id, MORE, (), reporter, TODAY))
    keeps(lambda s: working.note(s, case.id, NOTE, officer, TODAY))
    keeps(lambda s: working.step(s, case.id, Move.RESOLVE, Word(ANSWER), officer, TODAY))
    keeps(lambda s: attaching.take_back(s, s.evidence.get("e1"), reporter, TODAY))

    kept = copy_of(house.core)
    assert b"nuisance_noise_smoke" in kept  # what is counted by can be found, so what is not found is really not there
    for secret in SECRETS:
        forms = {secret, json.dumps(secret)[1:-1], secret.lower(), secret.encode().hex()}
        assert not [form for form in forms if form.encode() in kept]
        assert secret.encode("utf-16-le") not in kept
    found = keeps(lambda s: s.cases.get(case.id))
    assert (found.story, found.spot, found.contact, found.on_behalf_of) == (STORY, SPOT, CONTACT, FOR)
    assert [one.words for one in found.talk] == [MORE, NOTE, "resolve", ANSWER, "taken_back"]
