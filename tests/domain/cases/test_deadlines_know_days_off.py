from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.cases.case import Case, Kind, State
from itadomain.cases.deadlines import Promise, Step, Urgency, answer_by, deadline, working_days
from itadomain.refusals import Refusal
from itadomain.workdays import Calendar

SONGKRAN = Calendar({
    date(2027, 4, 13): "วันสงกรานต์", date(2027, 4, 14): "วันสงกรานต์", date(2027, 4, 15): "วันสงกรานต์",
    date(2027, 4, 6): "วันจักรี",
})  # fmt: skip
FRIDAY = date(2027, 4, 9)
PROMISE = Promise(accept=3, answer=15)


def a_case(**changes) -> Case:
    return Case("c1", Kind.PROBLEM, "ไฟดับ", **{"filed_on": FRIDAY, **changes})


def test_days_off_are_not_counted_and_are_named():
    due = deadline(a_case(), PROMISE, SONGKRAN)
    assert (due.step, due.day) == (Step.ACCEPT, date(2027, 4, 19))  # Mon 12, Fri 16, Mon 19
    assert due.facts["off"] == ["วันสงกรานต์"]
    assert due.facts["count"] == 3


def test_a_case_that_was_taken_up_is_due_an_answer():
    due = deadline(a_case(accepted_on=FRIDAY, state=State.ACCEPTED), PROMISE, SONGKRAN)
    assert (due.step, due.day) == (Step.ANSWER, date(2027, 5, 5))
    assert answer_by(a_case(), PROMISE, SONGKRAN) == due.day


def test_a_day_off_announced_later_moves_what_runs():
    case = a_case(accepted_on=FRIDAY, state=State.WORKING)
    before = deadline(case, PROMISE, SONGKRAN).day
    after = deadline(case, PROMISE, Calendar({**SONGKRAN.holidays, date(2027, 4, 16): "วันหยุดพิเศษ"})).day
    assert after == SONGKRAN.add_working_days(before, 1)


def test_nothing_is_due_while_the_reporter_is_waited_for_and_the_days_come_after():
    asked = a_case(accepted_on=FRIDAY, state=State.WAITING)
    assert deadline(asked, PROMISE, SONGKRAN) is None
    resumed = replace(asked, state=State.WORKING, waited=4)
    assert deadline(resumed, PROMISE, SONGKRAN).day == SONGKRAN.add_working_days(date(2027, 5, 5), 4)


def test_what_was_deferred_is_due_its_review_on_a_working_day():
    case = a_case(accepted_on=FRIDAY, state=State.DEFERRED, review_on=date(2027, 4, 13))
    due = deadline(case, PROMISE, SONGKRAN)
    assert (due.step, due.day) == (Step.REVIEW, date(2027, 4, 16))


@pytest.mark.parametrize("state", [State.RESOLVED, State.CLOSED, State.REFUSED, State.CANCELLED])
def test_nothing_is_due_in_what_is_over(state):
    assert deadline(a_case(state=state), PROMISE, SONGKRAN) is None


def test_praise_has_no_deadline():
    assert deadline(replace(a_case(), kind=Kind.PRAISE), PROMISE, SONGKRAN) is None


def test_near_and_overdue_are_counted_in_working_days():
    due = deadline(a_case(), PROMISE, SONGKRAN)  # 19 April
    assert due.stands(date(2027, 4, 10), SONGKRAN) is Urgency.CALM
    assert due.stands(date(2027, 4, 13), SONGKRAN) is Urgency.NEAR  # Fri 16, Mon 19 are left
    assert due.stands(date(2027, 4, 19), SONGKRAN) is Urgency.NEAR
    assert due.stands(date(2027, 4, 20), SONGKRAN) is Urgency.OVERDUE
    assert due.overdue_by(date(2027, 4, 21), SONGKRAN) == 2


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(1, 30), st.integers(0, 30))
def test_a_deadline_is_so_many_working_days_away(filed, accept, more):
    promise = Promise(accept, accept + more)
    due = deadline(a_case(filed_on=filed), promise, SONGKRAN)
    assert SONGKRAN.is_working(due.day)
    assert working_days(filed, due.day, SONGKRAN) == accept
    assert due.day <= answer_by(a_case(filed_on=filed), promise, SONGKRAN)
    assert due.day >= filed + timedelta(days=accept)


@pytest.mark.parametrize(("accept", "answer"), [(0, 15), (5, 4), (1, 400)])
def test_an_impossible_promise_is_refused(accept, answer):
    with pytest.raises(Refusal):
        Promise(accept, answer)
