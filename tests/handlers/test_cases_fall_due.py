"""What happens by itself: late cases climb, each rung once; new days off move what is due; old answers are closed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from handlers import FEATURES
from handlers.cases.case_clock import overnight, remind
from handlers.kit import Tick
from itadomain.cases import following, working
from itadomain.cases.case import Channel, Kind, State
from itadomain.cases.filing import Told, file
from itadomain.cases.ladder import Rung, climb
from itadomain.cases.moves import DAYS_TO_REOPEN, Move
from itadomain.cases.upkeep import expire, recount
from itadomain.cases.working import Word
from tests.handlers.cases import DESK, HEAD, MAYOR, STORY, VILLAGER, a_case, an_office_of_cases
from tests.talk import Talk

FILED = date(2026, 11, 2)  # a Monday: to be taken up by Thursday
DUE = date(2026, 11, 5)


@pytest.fixture
def agency():
    return an_office_of_cases()


@pytest.fixture
def case(agency):
    case = replace(a_case(agency, today=FILED), unit="กองช่าง")
    agency.cases.save(case)
    return case


def told(agency, day):
    """Who is told on a day, and the rungs that they are told of."""
    return {call.to.id: dict(call.cases) for call in climb(agency, day)}


def on(day):
    return date(2026, 11, day)


def test_a_case_climbs_each_rung_once(agency, case):
    assert case.due == DUE
    days = {day: told(agency, on(day)) for day in range(2, 21)}
    assert {day: calls for day, calls in days.items() if calls} == {
        3: {"head": {Rung.NEAR: 1}},
        6: {"head": {Rung.OVERDUE: 1}},
        12: {"desk": {Rung.LONG: 1}},
        19: {"mayor": {Rung.LONGEST: 1}},
    }


def test_nobody_is_told_on_a_day_off(agency, case):
    assert told(agency, on(7)) == {}
    agency.holidays.save(on(9), "วันหยุดพิเศษ")
    assert told(agency, on(9)) == {}
    assert set(told(agency, on(10))) == {"head"}


def test_a_clock_that_stood_still_tells_every_rung_at_once(agency, case):
    assert told(agency, on(27)) == {
        "head": {Rung.OVERDUE: 1}, "desk": {Rung.LONG: 1}, "mayor": {Rung.LONGEST: 1},
    }  # fmt: skip
    assert told(agency, on(30)) == {}


def test_what_nobody_could_be_told_is_told_once_somebody_is_there(case, agency):
    for line_id in ("Uhead", "Udesk", "Umayor"):
        del agency.people.kept[line_id]
    assert told(agency, on(6)) == {}
    agency.people.meet("Uhead", HEAD)
    assert set(told(agency, on(6))) == {"head"}


def test_where_a_unit_has_no_head_those_who_receive_cases_are_told(agency, case):
    del agency.people.kept["Uhead"]
    assert told(agency, on(6)) == {"desk": {Rung.OVERDUE: 1}}


def test_who_reported_it_is_never_reminded_of_it(agency, case):
    agency.cases.save(replace(case, reporter="head"))
    assert "head" not in told(agency, on(6))


def test_to_be_taken_up_and_to_be_answered_are_two_things(agency, case):
    told(agency, on(6))
    working.step(agency, case.id, Move.ACCEPT, Word(), HEAD, on(6))
    assert told(agency, on(9)) == {}
    assert told(agency, on(19)) == {"head": {Rung.NEAR: 1}}  # fifteen working days are over on the 23rd
    assert told(agency, on(20)) == {}
    assert told(agency, on(24)) == {"head": {Rung.OVERDUE: 1}}


def test_a_case_that_is_reopened_climbs_anew(agency, case):
    case = agency.cases.get(case.id)
    told(agency, on(6))
    agency.cases.save(replace(agency.cases.get(case.id), state=State.RESOLVED, over_on=on(9), accepted_on=on(6)))
    again = following.reopen(agency, case.id, "", VILLAGER, on(10)).case
    assert (again.warned, again.due > on(20)) == (frozenset(), True)


def test_who_looks_at_what_was_deferred_has_all_the_days_again(agency, case):
    working.step(agency, case.id, Move.ACCEPT, Word(), DESK, on(3))
    working.step(agency, case.id, Move.DEFER, Word("รองบ", date(2027, 3, 1)), DESK, on(3))
    assert told(agency, date(2027, 3, 1)) == {"head": {Rung.NEAR: 1}}
    begun = working.step(agency, case.id, Move.START, Word(), DESK, date(2027, 3, 1)).case
    assert (begun.due, begun.review_on) == (date(2027, 3, 22), None)


@pytest.mark.parametrize("state", [State.WAITING, State.RESOLVED, State.CLOSED, State.CANCELLED])
def test_nothing_is_told_of_what_waits_for_others_or_is_over(agency, case, state):
    agency.cases.save(replace(case, state=state, due=None))
    assert told(agency, on(27)) == {}


def test_praise_is_never_late(agency):
    file(agency, Told(Kind.PRAISE, ("ขอบคุณค่ะ",)), VILLAGER, FILED)
    assert told(agency, on(27)) == {}


# ── what is said


def test_one_notice_a_person_tells_how_many_and_why_and_nothing_of_the_cases(agency, case):
    for no in range(2):
        agency.cases.save(replace(a_case(agency, f"อีก {no}", on(9)), unit="กองช่าง"))
    near = {one.to.id: one.reply for one in remind(Tick(on(10), agency))}
    card = near["head"].bubbles[0]
    assert (card.summary.facts, [note.key for note in card.notes]) == (
        {"count": 3}, ["case_clock.near", "case_clock.overdue"],
    )  # fmt: skip
    assert card.rows == ()
    assert card.taps[0].to == "casework.all"
    listed = Talk(agency, HEAD, user="Uhead", today=on(10)).taps(card.taps[0])
    assert listed.bubbles[0].rows[0].label.facts["ticket"] == case.ticket


def test_no_word_of_a_case_is_in_a_notice(agency, case):
    talk = Talk(agency, MAYOR, user="Umayor")
    for one in remind(Tick(on(27), agency)):
        card = one.reply.bubbles[0]
        said = " ".join(talk.voice(part) for part in (card.summary, card.title, *card.notes))
        assert not [word for word in (STORY, str(case.ticket), "ไฟฟ้าสาธารณะ", "หน้าวัด", "กองช่าง") if word in said]


def test_the_clock_knows_both_jobs():
    jobs = {job.name: (job.at.hour, job.at.minute, job.run) for job in FEATURES.jobs}
    assert jobs["case_clock.overnight"] == (1, 30, overnight)
    assert jobs["case_clock.remind"] == (9, 0, remind)


# ── by night


def test_a_day_off_that_is_announced_late_moves_what_is_due(agency, case):
    assert recount(agency) == 0
    agency.holidays.save(on(4), "วันหยุดพิเศษ")
    assert overnight(Tick(on(3), agency)) == []
    assert agency.cases.get(case.id).due == on(6)
    assert told(agency, on(6)) == {"head": {Rung.NEAR: 1}}


def test_songkran_is_not_counted(agency):
    agency.holidays.save(date(2027, 4, 6), "วันจักรี")
    case = a_case(agency, today=date(2027, 4, 5))
    for day in (13, 14, 15):
        agency.holidays.save(date(2027, 4, day), "วันสงกรานต์")
    agency.cases.save(replace(case, accepted_on=date(2027, 4, 5)))
    recount(agency)
    assert agency.cases.get(case.id).due == date(2027, 4, 30)  # 15 working days over four days off


def test_what_nobody_disputes_for_seven_days_is_closed_on_the_eighth(agency, case):
    agency.cases.save(replace(case, state=State.RESOLVED, over_on=FILED))
    assert expire(agency, FILED + timedelta(days=DAYS_TO_REOPEN)) == 0
    assert expire(agency, FILED + timedelta(days=DAYS_TO_REOPEN + 1)) == 1
    closed = agency.cases.get(case.id)
    assert (closed.state, closed.over_on, closed.talk[-1].words) == (State.CLOSED, FILED, "expire")
    assert expire(agency, FILED + timedelta(days=99)) == 0


def test_one_without_a_reporter_falls_due_as_well(agency):
    told_ = Told(Kind.PROBLEM, (STORY,), channel=Channel.BOX)
    file(agency, told_, DESK, FILED)
    assert told(agency, on(6)) == {"desk": {Rung.OVERDUE: 1}}
