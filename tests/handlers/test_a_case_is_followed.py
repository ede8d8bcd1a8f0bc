"""The script of following a case: where it stands, more is said, it is taken back, found mended or not, and rated."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.kit import Answer, Go
from itadomain.cases.case import Case, Channel, Kind, Line, Spot, State, Voice
from itadomain.evidence import Copy, Evidence, Stage
from itadomain.evidence import Kind as Sort
from itadomain.organisation import Unit
from itadomain.people import Role
from tests.fakes import TODAY, a_person, an_agency
from tests.talk import Reading, Talk

CITIZEN, NEIGHBOUR = a_person(key="somchai"), a_person(key="somsri")
OFFICER = a_person(Role.OFFICER, unit="สำนักปลัด", key="officer", name="ปรีชา")
numbers = itertools.count(7000)
TRACK = {
    "ถึงไหนแล้ว": Reading("track_complaint"),
    "ตามเรื่อง 69-000001-R": Reading("track_complaint", {"ticket": "69-000001-R"}),
}


@pytest.fixture
def agency():
    store = an_agency()
    store.units.save(Unit("สำนักปลัด", "สำนักปลัด", secretariat=True))
    return store


@pytest.fixture
def talk(agency):
    def begin(who=CITIZEN, **more):
        talking = Talk(agency, who, **more)
        talking._understanding.told |= TRACK
        return talking

    return begin


@pytest.fixture
def officer(talk):
    return talk(OFFICER, user="U8")


@pytest.fixture
def citizen(talk, officer):
    return talk()


def a_case(agency, number=1, **changes):
    case = Case(f"c{number}", Kind.PROBLEM, "ไฟดับหน้าวัด", TODAY, "street_light_electric", reporter="somchai")
    return keep(agency, replace(agency.cases.add(case), **changes))


def keep(agency, case):
    agency.cases.save(case)
    return case


def resolved(agency, **changes):
    said = Line(Voice.AGENCY, "officer", TODAY, "เปลี่ยนหลอดไฟแล้ว")
    return a_case(agency, state=State.RESOLVED, over_on=TODAY, accepted_on=TODAY, talk=(said,), **changes)


def now(agency, number=1):
    return agency.cases.get(f"c{number}")


def sends(talk, kind="image", **more):
    return talk.sends({"type": "message", "message": {"type": kind, "id": str(next(numbers)), **more}})


def answers(reply):
    return [tap.value for tap in reply.taps if isinstance(tap, Answer)]


def told(reply):
    return [one.to.id for one in reply.notices]


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


def test_words_are_added_and_the_officers_hear(citizen, agency):
    a_case(agency)
    citizen.says("ถึงไหนแล้ว")
    assert citizen.says("เพิ่มข้อมูล").key == "following.say_more"
    reply = citizen.says("ดับสามดวง")
    assert (reply.key, told(reply), reply.then) == ("following.added", ["officer"], None)
    assert now(agency).talk[-1].words == "ดับสามดวง"


def test_of_several_photos_the_officers_hear_once(citizen, agency):
    a_case(agency)
    citizen.says("ถึงไหนแล้ว")
    citizen.says("เพิ่มข้อมูล")
    replies = [sends(citizen), sends(citizen), sends(citizen, "location", latitude=8.5, longitude=98.3, title="ศาลา")]
    assert [told(one) for one in replies] == [["officer"], [], []]
    assert [len(one.tasks) for one in replies] == [1, 1, 0]
    assert {one.case for one in agency.evidence.kept.values()} == {"c1"}
    assert now(agency).talk[-1].words == "ศาลา · 8.50000, 98.30000"
    assert citizen.says("เท่านี้").key == "following.thanks_for_more"
    assert not agency.places.kept


def test_where_the_agency_waits_what_is_written_is_the_answer(citizen, agency):
    a_case(agency, state=State.WAITING, waiting_since=TODAY, accepted_on=TODAY)
    asked = citizen.says("ถึงไหนแล้ว")
    assert [one.key for one in asked.bubbles] == ["following.stands_so", "following.say_it_now"]
    assert citizen.offered(asked) == ["ถอนเรื่อง", "ยกเลิก"]
    reply = citizen.says("ดวงที่สามจากวัด")
    assert (reply.key, told(reply), now(agency).state) == ("following.added", ["officer"], State.WORKING)


def test_words_out_of_the_blue_are_offered_to_the_case_that_waits(citizen, agency):
    case = a_case(agency, state=State.WAITING, waiting_since=TODAY)
    asked = citizen.says("ดวงที่สามจากวัด")
    assert (asked.key, citizen.offered(asked)) == ("following.is_it_about", [f"เพิ่มใน {case.ticket}", "ยกเลิก"])
    assert citizen.says("อะไรนะ").key == "following.one_of_these"
    assert citizen.taps(asked.taps[0]).key == "following.added"
    assert [line.words for line in now(agency).talk] == ["ดวงที่สามจากวัด", "tell_more"]


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


def test_where_nothing_waits_they_are_not_understood(citizen, agency):
    a_case(agency)
    assert citizen.says("ดวงที่สามจากวัด").key == "help.not_understood"


def test_words_at_a_card_are_not_kept_unasked(citizen, agency):
    a_case(agency)
    citizen.says("ถึงไหนแล้ว")
    assert citizen.says("อยู่ต้นที่สาม").key == "following.is_it_about_this"
    assert now(agency).talk == ()
    citizen.answers("c1")
    assert [line.words for line in now(agency).talk] == ["อยู่ต้นที่สาม"]


def test_what_the_agency_asked_meanwhile_is_answered_at_the_card(citizen, agency):
    case = a_case(agency, state=State.ACCEPTED)
    citizen.says("ถึงไหนแล้ว")
    keep(agency, replace(case, state=State.WAITING, waiting_since=TODAY))
    citizen.taps(citizen.says("อยู่ต้นที่สาม").taps[0])
    assert now(agency).state is State.WORKING


def test_what_means_something_else_at_a_card_starts_it(citizen, agency):
    a_case(agency)
    citizen.says("ถึงไหนแล้ว")
    assert citizen.says("ขอเบอร์โทร").key == "office.call"


def test_a_photo_at_a_card_may_belong_to_its_case(citizen, agency):
    case = a_case(agency)
    citizen.says("ถึงไหนแล้ว")
    (into,) = [tap for tap in sends(citizen).taps if citizen.voice(tap.label) == f"เพิ่มใน {case.ticket}"]
    assert citizen.taps(into).key == "following.added"
    assert [one.case for one in agency.evidence.kept.values()] == ["c1"]


def test_words_at_the_card_of_a_case_that_is_over_are_no_addition(citizen, agency):
    resolved(agency)
    citizen.says("ถึงไหนแล้ว")
    assert citizen.says("อะไรนะ").key == "following.one_of_these"


# ── taken back


def test_a_case_is_taken_back_once_it_is_sure(citizen, agency):
    a_case(agency)
    citizen.says("ถึงไหนแล้ว")
    assert citizen.says("ถอนเรื่อง").key == "following.sure_to_cancel"
    assert now(agency).state is State.NEW
    assert citizen.says("ไม่แน่ใจ").key == "picking.yes_or_cancel"
    reply = citizen.says("ยืนยัน")
    assert (reply.key, told(reply), now(agency).state) == ("following.cancelled", ["officer"], State.CANCELLED)


def test_a_case_that_is_asked_about_may_be_taken_back_too(citizen, agency):
    a_case(agency, state=State.WAITING, waiting_since=TODAY)
    citizen.says("ถึงไหนแล้ว")
    citizen.says("ถอนเรื่อง")
    assert citizen.says("ยืนยัน").key == "following.cancelled"


# ── mended or not


def test_what_is_mended_is_rated(citizen, agency):
    resolved(agency)
    shown = citizen.says("ถึงไหนแล้ว")
    assert answers(shown) == ["mended", "not_mended"]
    asked = citizen.says("แก้ไขแล้ว")
    assert (asked.key, answers(asked)) == ("following.how_content", ["5", "4", "3", "2", "1"])
    assert (now(agency).state, now(agency).mended) == (State.CLOSED, True)
    assert citizen.says("มากๆ").key == "case.rate_so"
    assert citizen.says("9").key == "case.rate_so"
    assert citizen.says("๕").key == "following.rated"
    assert now(agency).rating == 5


def test_a_rating_may_wait(citizen, agency):
    resolved(agency)
    citizen.says("ถึงไหนแล้ว")
    citizen.says("แก้ไขแล้ว")
    citizen.says("ยกเลิก")
    shown = citizen.says("ถึงไหนแล้ว")
    assert answers(shown) == ["not_mended", "rate"]
    citizen.says("ให้คะแนน")
    citizen.answers("4")
    assert now(agency).rating == 4


def test_what_is_not_mended_is_open_again_with_days_of_its_own(citizen, agency):
    resolved(agency)
    citizen.says("ถึงไหนแล้ว")
    assert "แจ้งได้ถึง 27 พ.ย. 2569" in citizen.words
    citizen.says("ยังไม่แก้ไข")
    reply = citizen.says("ยังดับอยู่หนึ่งดวง")
    assert (reply.key, told(reply)) == ("following.goes_on", ["officer"])
    case = now(agency)
    assert (case.state, case.reopened, case.talk[-1].words) == (State.WORKING, 1, "ยังดับอยู่หนึ่งดวง")
    assert reply.facts["day"] > TODAY


def test_no_words_are_needed_to_say_that_it_is_not(citizen, agency):
    resolved(agency)
    citizen.says("ถึงไหนแล้ว")
    citizen.says("ยังไม่แก้ไข")
    assert sends(citizen).key == "following.words_first"
    assert citizen.says("ข้าม").key == "following.goes_on"


def test_after_seven_days_it_is_too_late(citizen, agency):
    resolved(agency)
    citizen.says("ถึงไหนแล้ว")
    citizen.says("ยังไม่แก้ไข")
    citizen.today = TODAY + timedelta(days=8)
    assert citizen.says("ยังดับ").key == "case.not_now"
    citizen.says("ยกเลิก")
    assert answers(citizen.says("ถึงไหนแล้ว")) == ["mended"]


def test_praise_is_only_thanked_for(citizen, agency):
    a_case(agency, kind=Kind.PRAISE)
    reply = citizen.says("ถึงไหนแล้ว")
    assert "rate" not in answers(reply)
    assert "ภายใน" not in citizen.words


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
