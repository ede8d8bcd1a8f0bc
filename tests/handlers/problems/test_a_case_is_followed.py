"""The script of following a case: where it stands, found by list and number, and none of it is another's."""

from datetime import timedelta

import pytest

from handlers.kit import Go
from itadomain.cases.case import Channel, Line, Spot, State, Voice
from itadomain.evidence import Copy, Evidence, Stage
from itadomain.evidence import Kind as Sort
from itadomain.people import Role
from tests.fakes import TODAY, a_person
from tests.handlers.problems.following import a_case, answers, now
from tests.handlers.problems.telling import NEIGHBOUR

# ── where it stands


def test_who_told_of_nothing_is_shown_where_to(citizen):
    reply = citizen.says("ถึงไหนแล้ว")
    assert (reply.key, citizen.offered(reply)) == ("following.none", ["แจ้งปัญหา", "เมนู"])


def test_the_only_case_is_shown_at_once(citizen, agency):
    case = a_case(agency, spot=Spot("3", "หน้าวัด"))
    reply = citizen.says("ถึงไหนแล้ว")
    assert (reply.key, answers(reply)) == ("following.stands_so", ["more", "cancel"])
    assert str(case.ticket) in citizen.words
    assert "ได้รับเรื่องแล้ว รอเจ้าหน้าที่ตรวจ" in citizen.words
    assert "จะแจ้งรับเรื่องภายใน\n25 พ.ย. 2569" in citizen.words
    assert "กำหนดของหน่วยงาน: รับเรื่องภายใน 3 วันทำการ" in citizen.words


def test_several_are_listed_newest_first_and_opened_by_tap_or_number(citizen, agency):
    first, second = a_case(agency, 1), a_case(agency, 2)
    listed = citizen.says("ติดตามเรื่อง")
    assert (listed.key, answers(listed)) == ("following.yours", ["c2", "c1"])
    assert citizen.says(str(first.ticket)).bubbles[0].title == str(first.ticket)
    citizen.says("ติดตามเรื่อง")
    assert citizen.says("2").bubbles[0].title == str(second.ticket)
    citizen.says("ติดตามเรื่อง")
    assert citizen.taps(listed.taps[0]).bubbles[0].title == str(second.ticket)


def test_many_are_shown_in_pages(citizen, agency):
    for number in range(1, 24):
        a_case(agency, number)
    citizen.says("ติดตามเรื่อง")
    reply = citizen.says("ถัดไป")
    assert len(reply.bubbles[0].rows) == 10
    assert citizen.offered(reply)[-3:] == ["ก่อนหน้า", "ถัดไป", "ยกเลิก"]
    assert len(citizen.says("ถัดไป").bubbles[0].rows) == 3


@pytest.mark.parametrize("ticket", ["69-000001-A", "69-999999", "1/68", "xyz"])
def test_a_wrong_number_and_anothers_get_the_same_answer(citizen, talk, agency, ticket):
    case = a_case(agency)
    stranger = talk(NEIGHBOUR, user="U2")
    right = stranger.means("track_complaint", ticket=str(case.ticket))
    words = stranger.words
    wrong = stranger.means("track_complaint", ticket=ticket)
    assert (right.key, wrong.key, words) == ("case.not_found", "case.not_found", stranger.words)
    assert right.taps == wrong.taps


def test_a_tap_on_anothers_case_is_as_wrong_as_one_on_none(talk, agency):
    a_case(agency)
    stranger = talk(NEIGHBOUR, user="U2")
    assert [stranger.taps("following.one", id=one).key for one in ("c1", "none", "")] == ["case.not_found"] * 3


def test_a_case_that_came_by_phone_is_nobodys_in_the_chat(talk, agency):
    a_case(agency, reporter="", channel=Channel.PHONE)
    assert talk(a_person()).taps("following.one", id="c1").key == "case.not_found"


def test_notes_and_names_of_officers_are_not_told(citizen, agency):
    talk = (
        Line(Voice.NOTE, "officer", TODAY, "ผู้แจ้งมาบ่อย"),
        Line(Voice.AGENCY, "officer", TODAY, "ช่างจะไปวันศุกร์"),
        Line(Voice.REPORTER, "somchai", TODAY, "ขอบคุณ"),
        Line(Voice.MOVE, "officer", TODAY, "accept"),
    )
    a_case(agency, state=State.ACCEPTED, accepted_on=TODAY, talk=talk, officer="officer")
    citizen.says("ถึงไหนแล้ว")
    assert "ช่างจะไปวันศุกร์" in citizen.words
    assert "ผู้แจ้งมาบ่อย" not in citizen.words
    assert "ปรีชา" not in citizen.words


def test_what_they_sent_is_shown_after_what_the_agency_shows_for_it(citizen, agency):
    a_case(agency)
    copy = Copy("a" * 64, 5, "image/jpeg", shown=True)
    for no, by in enumerate(("somchai", "somchai", "officer")):
        agency.evidence.save(Evidence(f"{no:032x}", by, Sort.PHOTO, TODAY, Stage.KEPT, case="c1", copy=copy))
    card = citizen.says("ถึงไหนแล้ว").bubbles[0]
    assert [(citizen.voice(tap.label), tap.uri[-1]) for tap in card.taps] == [
        ("รูปหลังแก้ไข 1", "2"), ("ที่ส่งไว้ 1", "0"), ("ที่ส่งไว้ 2", "1"),
    ]  # fmt: skip
    assert card.picture == f"evidence:{2:032x}"


@pytest.mark.parametrize("state", State)
def test_every_state_is_told_in_plain_words(citizen, agency, state):
    over = TODAY if state in {State.RESOLVED, State.CLOSED, State.REFUSED, State.CANCELLED} else None
    a_case(agency, state=state, over_on=over, waiting_since=TODAY, review_on=TODAY + timedelta(days=30))
    reply = citizen.says("ถึงไหนแล้ว")
    assert reply.key == "following.stands_so"
    assert ("cancel" in answers(reply)) is now(agency).open
    assert ("not_mended" in answers(reply)) is (state in {State.RESOLVED, State.CLOSED, State.REFUSED})


def test_while_a_problem_is_told_a_case_is_read_in_passing(citizen, agency):
    case = a_case(agency)
    citizen.says("แจ้งปัญหา")
    citizen.says("น้ำไม่ไหล")
    reply = citizen.says("ติดตามเรื่อง")
    assert reply.key == "following.stands_so"
    assert citizen.offered(reply) == ["ส่งเรื่อง", f"เพิ่มใน {case.ticket}", "ยกเลิก"]
    assert citizen.says("ส่งเรื่อง").key.startswith("complaint.")


# ── more is said


@pytest.mark.parametrize("typed", ["{}", " #{} ", "๖๙-000001"])
def test_a_number_alone_is_followed(citizen, agency, typed):
    case = a_case(agency)
    assert citizen.says(typed.format(case.ticket)).bubbles[0].title == str(case.ticket)


def test_a_number_of_nobody_and_of_another_read_the_same(talk, agency):
    stranger = talk(NEIGHBOUR, user="U2")
    told = [stranger.says(f"{one}").key for one in (a_case(agency).ticket, "69-000777")]
    assert told == ["case.not_found"] * 2


def test_an_officer_is_led_by_a_number_to_the_work_on_it(officer, talk, agency):
    case = a_case(agency)
    reply = officer.says(str(case.ticket))
    assert (reply.key, reply.taps[0].to) == ("following.found", "casework.one")
    assert talk(a_person(Role.STAFF, unit="กองคลัง"), user="U7").says(str(case.ticket)).key == "case.not_found"


def test_an_officer_follows_what_they_told_themselves(officer, agency):
    case = a_case(agency, reporter="officer")
    assert officer.says(str(case.ticket)).key == "following.stands_so"


# ── none of it is another's


@pytest.mark.parametrize("deed", ["more", "cancel", "mended", "not_mended", "rate"])
def test_a_forged_deed_does_nothing_to_anothers_case(citizen, talk, agency, deed):
    before = a_case(agency)
    a_case(agency, 2, reporter="somsri")
    stranger = talk(NEIGHBOUR, user="U2")
    stranger.says("ถึงไหนแล้ว")
    stranger.store.places.kept["somsri"] = stranger.store.places.kept["somsri"].replace('"c2"', '"c1"')
    assert stranger.answers(deed).key == "case.not_found"
    assert now(agency) == before


def test_the_notice_of_an_officer_opens_the_case(citizen, agency):
    a_case(agency)
    reply = citizen.taps(Go("เปิดดู", "following.one", {"id": "c1"}))
    assert reply.key == "following.stands_so"


def test_english_is_spoken_too(talk, agency):
    a_case(agency, reporter="john")
    john = talk(a_person(language="en", key="john"), user="U3")
    assert john.offered(john.says("Follow a case")) == ["Add something", "Take it back", "Cancel"]
