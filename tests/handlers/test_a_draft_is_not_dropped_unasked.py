"""«ยกเลิก» loses nothing that took somebody longer than a sentence to tell: it asks once, and is said twice to mean it."""

import pytest

from itadomain.evidence import Stage
from tests.handlers.cases import VILLAGER, an_office_of_cases
from tests.talk import CANCEL, Talk

LONG = "ไฟถนนหน้าวัดดับมาสามคืนแล้ว เด็กเดินกลับบ้านมืดมาก มีคนล้มไปสองคน ช่วยมาดูด้วย"
SHORT = "ไฟถนนดับหน้าวัด"


@pytest.fixture
def talk():
    return Talk(an_office_of_cases(), VILLAGER, user="Uvillager")


def tells(talk, *bubbles):
    talk.means("file_complaint")
    for one in bubbles:
        reply = talk.says(one)
    return reply


def sends_a_photo(talk):
    message = {"type": "image", "id": "7001", "contentProvider": {"type": "line"}}
    return talk.sends({"type": "message", "message": message})


def stands_open(talk):
    return bool(talk.store.places.kept)


@pytest.mark.parametrize("way_out", ["ยกเลิก", CANCEL])
def test_much_that_was_told_is_asked_about_once(talk, way_out):
    tells(talk, LONG)
    asked = talk.says(way_out) if isinstance(way_out, str) else talk.taps(way_out)
    assert (asked.key, talk.offered(asked)) == ("leaving.sure", ["ลบร่าง", "ทำต่อ", "ยกเลิก"])
    assert stands_open(talk)
    dropped = talk.says("ลบร่าง")
    assert (dropped.key, stands_open(talk)) == ("help.cancelled", False)


@pytest.mark.parametrize("way_out", ["ยกเลิก", CANCEL])
def test_to_leave_twice_is_to_mean_it(talk, way_out):
    tells(talk, LONG)
    talk.says("ยกเลิก")
    left = talk.says(way_out) if isinstance(way_out, str) else talk.taps(way_out)
    assert (left.key, stands_open(talk)) == ("help.cancelled", False)


def test_who_goes_on_finds_all_that_was_told(talk):
    tells(talk, LONG, "อยู่หมู่ 3")
    talk.says("ยกเลิก")
    assert talk.says("ทำต่อ").key == "complaint.so_far"
    talk.says("ส่งเรื่อง")
    talk.says("ยกเลิก")
    assert talk.says("ทำต่อ").key == "complaint.which_landmark"


def test_something_else_that_is_said_is_neither(talk):
    tells(talk, LONG)
    talk.says("ยกเลิก")
    assert talk.says("อะไรนะ").key == "leaving.drop_or_go_on"
    assert stands_open(talk)


def test_a_photo_is_asked_about_and_goes_with_the_draft(talk):
    tells(talk, SHORT)
    sends_a_photo(talk)
    assert talk.says("ยกเลิก").key == "leaving.sure"
    talk.says("ลบร่าง")
    assert [one.stage for one in talk.store.evidence.kept.values()] == [Stage.GONE]


def test_a_photo_that_is_sent_instead_of_an_answer_goes_on(talk):
    tells(talk, LONG)
    talk.says("ยกเลิก")
    assert sends_a_photo(talk).key == "complaint.so_far"


def test_a_sentence_is_dropped_as_it_is(talk):
    tells(talk, SHORT)
    assert (talk.says("ยกเลิก").key, stands_open(talk)) == ("help.cancelled", False)


def test_a_request_with_answers_is_asked_about(talk):
    for said in ("ขอยืมเต็นท์", "เต็นท์", "2 หลัง"):
        talk.says(said)
    assert talk.says("ยกเลิก").key == "leaving.sure"
    assert talk.says("ทำต่อ").key == "request.ask_since"
    talk.says("ยกเลิก")
    assert (talk.says("ยกเลิก").key, stands_open(talk)) == ("help.cancelled", False)


def test_a_request_that_has_just_begun_is_dropped_as_it_is(talk):
    talk.says("ขอยืมเต็นท์")
    assert talk.says("ยกเลิก").key == "help.cancelled"
