"""Cases on the stores that agencies have, where a turn sees what it did itself only once it is over."""

import pytest

from itadomain.cases.case import State
from itadomain.organisation import Unit
from itadomain.people import Person, Post, Role
from tests.fakes import TODAY
from tests.storage.real_talk import BITES, RealTalk

VILLAGER, OFFICER = Person("villager"), Person("officer", "ปรีชา", posts=(Post(Role.OFFICER, "u1"),))


@pytest.fixture
def agency(house):
    return house.add_agency("north")


@pytest.fixture
def villager(house, agency):
    return RealTalk(house, agency, VILLAGER)


@pytest.fixture
def officer(house, agency):
    talk = RealTalk(house, agency, OFFICER)
    talk.keeps(lambda store: store.units.save(Unit("u1", "สำนักปลัด", secretariat=True)))
    return talk


def files(villager):
    """A case of the villager as they file it."""
    for said in (BITES, "ส่งเรื่อง", "ข้าม"):
        villager.says(said)
    villager.answers("animals")
    villager.says("ตอบในแชทนี้")
    filed = villager.says("ส่ง")
    assert filed.key == "complaint.filed"
    return filed


def the_case(talk):
    return talk.keeps(lambda store: store.cases.of_reporter("villager")[0])


def test_the_last_photo_of_an_album_is_answered(villager):
    album = [villager.photo(imageSet={"id": "s", "index": no, "total": 3}) for no in (1, 2, 3)]
    assert [one.key for one in album] == ["", "", "complaint.notice"]


def test_of_an_album_that_does_not_say_how_many_the_first_is_answered(villager):
    album = [villager.photo(imageSet={"id": "s", "index": 0, "total": 0}) for _ in range(3)]
    assert [one.key for one in album] == ["complaint.notice", "", ""]


def test_a_photo_that_is_added_to_a_case_is_in_it(villager, officer):
    files(villager)
    villager.means("track_complaint")
    villager.says("เพิ่มข้อมูล")
    assert villager.photo().key == "following.added"
    case = the_case(villager)
    assert [one.by for one in villager.keeps(lambda store: store.evidence.of_case(case.id))] == ["villager"]


def test_photos_of_a_draft_go_into_the_case_that_waits(villager, officer):
    files(villager)
    opened = officer.taps("casework.one", id=the_case(villager).id)
    assert opened.key == "casework.one"
    for said in ("ขอข้อมูลเพิ่ม", "ขอรูปค่ะ", "ส่งเลย"):
        officer.says(said)
    offered = villager.photo().taps
    villager.taps(next(tap for tap in offered if villager.voice(tap.label).startswith("เพิ่มใน")))
    case = the_case(villager)
    assert (case.state, len(villager.keeps(lambda store: store.evidence.of_case(case.id)))) == (State.WORKING, 1)


def test_who_was_told_today_and_has_not_looked_is_not_told_again(villager, officer):
    assert [len(files(villager).notices) for _ in range(2)] == [1, 0]
    officer.says("เรื่องร้องเรียน")
    assert len(files(villager).notices) == 1


def test_a_question_is_settled_by_its_answer(villager, officer):
    villager.means("talk_to_human")
    villager.says("น้ำจะไหลเมื่อไร")
    villager.answers("send")
    officer.taps("casework.one", id=the_case(villager).id)
    for said in ("ตอบผู้แจ้ง", "พรุ่งนี้เช้าค่ะ", "ส่งเลย"):
        told = officer.says(said)
    assert [one.to.id for one in told.notices] == ["villager"]
    assert (the_case(villager).state, the_case(villager).answered_on) == (State.RESOLVED, TODAY)
