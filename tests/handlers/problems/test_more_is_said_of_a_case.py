"""What the reporter adds to a case, asked for or not, and that it is taken back."""

from dataclasses import replace

from itadomain.cases.case import State
from tests.fakes import TODAY
from tests.handlers.problems.following import a_case, keep, now, resolved, told
from tests.handlers.problems.telling import sends

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
