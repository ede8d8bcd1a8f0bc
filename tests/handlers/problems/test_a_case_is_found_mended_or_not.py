"""What was mended is rated; what was not is open again, for seven days."""

from datetime import timedelta

from itadomain.cases.case import Kind, State
from tests.fakes import TODAY
from tests.handlers.problems.following import a_case, answers, now, resolved, told
from tests.handlers.problems.telling import sends


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
