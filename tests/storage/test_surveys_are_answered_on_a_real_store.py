"""Surveys on the stores that agencies have, where a turn sees what it did itself only once it is over."""

import pytest

from itadomain.people import Person
from itadomain.surveys.survey import Ballot, Kind, Standing
from tests.handlers.survey.asking import COUNTER, POSTER, at, begins, knows, opens
from tests.storage.real_talk import RealTalk

VILLAGER = Person("villager")


@pytest.fixture
def villager(house):
    talk = RealTalk(house, house.add_agency("north"), VILLAGER)
    talk.keeps(lambda store: opens(store, Kind.OUTSIDERS))
    talk.keeps(lambda store: opens(store, Kind.VISIT))
    talk.keeps(lambda store: store.surveys.save_point(COUNTER))
    knows(talk, "satisfaction_survey", POSTER)
    return talk


def box(talk, kind=Kind.OUTSIDERS):
    return talk.keeps(lambda store: [one for _, one in store.ballots.shuffled(kind.value)])


def mark(talk, kind=Kind.OUTSIDERS):
    return talk.keeps(lambda store: store.participation.of(kind.value, "villager"))


def test_from_the_poster_over_a_stop_to_the_box(villager):
    villager.says(POSTER)
    assert at(villager.says("เริ่มตอบ")) == "1/3"
    assert at(villager.says("มากค่ะ")) == "2/3"
    villager.says("หยุดไว้ก่อน")
    assert (mark(villager).standing, mark(villager).reached) == (Standing.STARTED, 2)
    assert at(villager.says("ทำแบบสำรวจต่อ")) == "2/3"
    assert at(villager.says("๑")) == "3/3"
    assert at(villager.says("ย้อนกลับ")) == "2/3"
    villager.says("๔")
    villager.says("ข้าม")
    villager.says("ป้ายเล็กไป")
    assert villager.says("ส่งคำตอบ").key == "survey.sent"
    assert box(villager) == [Ballot(Kind.OUTSIDERS.value, "K7Q2", {"E1.1": 2, "E1.2": 3}, "ป้ายเล็กไป")]
    assert mark(villager).standing is Standing.ANSWERED
    assert villager.says(POSTER).key == "survey.answered_already"
    assert villager.says("ทำแบบสำรวจต่อ").key == "survey.answered_already"
    assert len(box(villager)) == 1


def test_a_rating_that_was_said_at_once_is_one_turn_and_one_ballot(villager):
    villager.means("satisfaction_survey", rating=4)
    villager.says("ส่งคำตอบ")
    assert box(villager, Kind.VISIT) == [Ballot(Kind.VISIT.value, "", {"V1": 3})]
    assert villager.means("satisfaction_survey", rating=4).key == "survey.ours"  # the whole one is left to be answered


def test_who_answered_elsewhere_leaves_no_draft(villager):
    begins(villager)
    villager.says("มาก")
    villager.says("หยุดไว้ก่อน")
    villager.says("ลบคำตอบที่ตอบไว้")
    villager.says(POSTER)
    villager.says("ตอบแบบของ ป.ป.ช. แล้ว")
    assert mark(villager).standing is Standing.ELSEWHERE
    assert villager.keeps(lambda store: store.participation.draft("villager", Kind.OUTSIDERS.value)) is None


def test_whoever_is_forgotten_has_answered_still(villager):
    begins(villager)
    for said in ("3", "3", "มี", "ส่งคำตอบ"):
        villager.says(said)
    villager.taps("survey.short")
    assert villager.says("ลบข้อมูลของฉัน").key == "privacy.sure"
    assert villager.says("ลบเลย").key == "privacy.deleted"
    assert villager.says(POSTER).key == "survey.answered_already"
    assert (len(box(villager)), box(villager, Kind.VISIT)) == (1, [])


def test_whoever_writes_for_the_first_time_is_asked_at_once_and_known(house):
    """Nothing but the short one is open, so the first message begins it; and somebody who was forgotten writes again."""
    talk = RealTalk(house, house.add_agency("north"), VILLAGER)
    talk.keeps(lambda store: opens(store, Kind.VISIT))
    knows(talk, "satisfaction_survey", POSTER)
    talk.user = "Unew"
    assert at(talk.says(POSTER)) == "1/1"
    assert talk.keeps(lambda store: store.participation.counted(Kind.VISIT.value)) == {Standing.STARTED: 1}
    talk.says("ลบข้อมูลของฉัน")
    assert talk.says("ลบเลย").key == "privacy.deleted"
    assert at(talk.says(POSTER)) == "1/1"
    talk.says("5")
    talk.says("ส่งคำตอบ")
    talk.says("ลบข้อมูลของฉัน")
    talk.says("ลบเลย")
    assert talk.says(POSTER).key == "survey.answered_today"
    assert talk.keeps(lambda store: store.participation.counted(Kind.VISIT.value)) == {Standing.ANSWERED: 1}
