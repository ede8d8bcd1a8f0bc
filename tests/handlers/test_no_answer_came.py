"""Where its reporter does not answer, who works on a case is told once, and so is the reporter: neutrally, on a workday."""

from datetime import date

import pytest

from handlers.cases.case_clock import wait_no_longer
from handlers.kit import Card, Tick
from itadomain.cases import following, working
from itadomain.cases.case import Channel, Kind, State
from itadomain.cases.filing import Told, file
from itadomain.cases.moves import Move
from itadomain.cases.working import Word
from tests.handlers.cases import ADMIN, DESK, STORY, VILLAGER, a_case, an_office_of_cases
from tests.talk import Talk

ASKED = date(2026, 11, 2)  # a Monday
LONG = date(2026, 11, 23)  # fifteen working days later


@pytest.fixture
def agency():
    return an_office_of_cases()


@pytest.fixture
def case(agency):
    return waiting(agency, a_case(agency, today=ASKED))


def waiting(agency, case, day=ASKED):
    return working.step(agency, case.id, Move.ASK, Word("อยู่ต้นไหน"), DESK, day).case


def told(agency, day):
    return {one.to.id: one.reply for one in wait_no_longer(Tick(day, agency))}


def test_after_fifteen_working_days_both_are_told_once(agency, case):
    heard = {day: set(told(agency, date(2026, 11, day))) for day in range(3, 31)}
    assert {day: those for day, those in heard.items() if those} == {23: {"desk", "villager"}}


def test_nothing_is_told_of_what_it_is_about(agency, case):
    for reply in told(agency, LONG).values():
        (card,) = reply.bubbles
        assert isinstance(card, Card)
        assert STORY not in str(reply)
        assert str(case.ticket) not in str(card.summary)


def test_who_was_asked_about_two_cases_is_told_once(agency, case):
    waiting(agency, a_case(agency, today=ASKED))
    notices = wait_no_longer(Tick(LONG, agency))
    assert sorted(one.to.id for one in notices) == ["desk", "villager"]
    (tap,) = next(one.reply.bubbles[0].taps for one in notices if one.to.id == "villager")
    talk = Talk(agency, VILLAGER, user="Uvillager")
    talk.taps(tap)
    assert talk.asked_by == "following.pick"


def test_days_off_are_waited_for(agency, case):
    agency.holidays.save(LONG, "วันหยุดพิเศษ")
    assert told(agency, LONG) == {}
    assert set(told(agency, date(2026, 11, 24))) == {"desk", "villager"}


def test_who_answered_is_left_in_peace(agency, case):
    following.say_more(agency, case.id, "ต้นที่สาม", (), VILLAGER, date(2026, 11, 20))
    assert told(agency, LONG) == {}


def test_a_second_question_is_waited_for_anew(agency, case):
    assert told(agency, LONG)
    following.say_more(agency, case.id, "ต้นที่สาม", (), VILLAGER, LONG)
    waiting(agency, case, LONG)
    assert told(agency, date(2026, 12, 15)) == {}
    assert set(told(agency, date(2026, 12, 16))) == {"desk", "villager"}, "two days off lie between"


def test_who_did_not_come_by_chat_is_not_written_to(agency):
    came = Told(Kind.PROBLEM, (STORY,), channel=Channel.PHONE)
    waiting(agency, file(agency, came, DESK, ASKED).case)
    assert set(told(agency, LONG)) == {"desk"}


def test_where_nobody_receives_cases_it_is_told_later(agency, case):
    desk = agency.people.kept.pop("Udesk")
    agency.people.meet("Uadmin", ADMIN)
    assert told(agency, LONG) == {}
    agency.people.meet("Udesk", desk)
    assert set(told(agency, date(2026, 11, 24))) == {"desk", "villager"}


def test_one_case_can_be_gone_on_with_or_closed_at_once(agency, case):
    talk = Talk(agency, DESK, user="Udesk", today=LONG)
    taps = told(agency, LONG)["desk"].bubbles[0].taps
    assert [talk.voice(tap.label) for tap in taps] == ["ดำเนินการต่อ", "ปิดเรื่อง", "ดูเรื่องนี้"]
    assert talk.taps(taps[1]).key == "casework.write_or_pick"
    talk.taps(taps[0])
    assert agency.cases.get(case.id).state is State.WORKING
    assert talk.taps(taps[0]).key == "case.not_now", "somebody was faster"


def test_of_several_each_can_be_opened(agency, case):
    second = waiting(agency, a_case(agency, today=ASKED))
    taps = told(agency, LONG)["desk"].bubbles[0].taps
    assert [tap.label for tap in taps[:-1]] == [str(case.ticket), str(second.ticket)]


def test_its_reporter_is_led_to_the_question(agency, case):
    talk = Talk(agency, VILLAGER, user="Uvillager", today=LONG)
    (tap,) = told(agency, LONG)["villager"].bubbles[0].taps
    assert "following.say_it_now" in [one.key for one in talk.taps(tap).bubbles]


def test_a_question_is_closed_by_its_answer(agency):
    asked = file(agency, Told(Kind.QUESTION, ("น้ำจะไหลเมื่อไร",)), VILLAGER, ASKED).case
    waiting(agency, asked)
    talk = Talk(agency, DESK, user="Udesk", today=LONG)
    close = told(agency, LONG)["desk"].bubbles[0].taps[1]
    assert talk.taps(close).key == "casework.write_or_pick"
    talk.says("ไม่ได้รับข้อมูลเพิ่ม จึงขอปิดเรื่อง")
    talk.says("ส่งเลย")
    assert agency.cases.get(asked.id).state is State.RESOLVED
