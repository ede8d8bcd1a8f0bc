"""How a disclosure goes on: a table of steps, and days that the agency promised, less those of waiting."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.cases.deadlines import Promise
from itadomain.integrity.disclosure import OPEN, Outcome, Standing, State, Way
from itadomain.integrity.stages import DAYS_TO_REOPEN, STEPS, Step, Terms, heard, open_to, replied, timed, went_on
from itadomain.refusals import Refusal
from itadomain.workdays import Calendar

FILED = date(2026, 11, 2)  # a Monday
TERMS = Terms(Promise(3, 15), Calendar({}))
NEW = timed(Standing(Way.WEB, FILED), TERMS)


def after(*steps, since=NEW, on=FILED):
    for one in steps:
        outcome = Outcome.BEYOND if one is Step.CLOSE else None
        since = went_on(since, one, on, TERMS, outcome=outcome)
    return since


@pytest.mark.parametrize(
    ("steps", "able"),
    [
        ((), {Step.ACCEPT, Step.INQUIRE, Step.ASK, Step.CLOSE}),
        ((Step.ACCEPT,), {Step.INQUIRE, Step.ASK, Step.CLOSE}),
        ((Step.INQUIRE,), {Step.ASK, Step.CLOSE}),
        ((Step.ASK,), {Step.GO_ON, Step.CLOSE}),
        ((Step.CLOSE,), set()),
    ],
)
def test_what_a_receiver_can_do(steps, able):
    standing = after(*steps)
    assert open_to(standing, FILED) == able
    for one in set(STEPS) - able - {Step.TELL_MORE, Step.REOPEN}:
        with pytest.raises(Refusal, match=r"integrity\.not_now"):
            went_on(standing, one, FILED, TERMS, outcome=Outcome.BEYOND if one is Step.CLOSE else None)


def test_it_is_closed_with_an_outcome_and_no_other_step_has_one():
    with pytest.raises(Refusal, match=r"integrity\.which_outcome"):
        went_on(NEW, Step.CLOSE, FILED, TERMS)
    with pytest.raises(Refusal, match=r"integrity\.which_outcome"):
        went_on(NEW, Step.ACCEPT, FILED, TERMS, outcome=Outcome.BEYOND)


def test_it_is_to_be_taken_up_then_answered_and_waiting_is_not_the_agencys_time():
    assert NEW.due == date(2026, 11, 5)
    assert after(Step.ACCEPT).due == date(2026, 11, 23)
    waiting = after(Step.ASK)
    assert waiting.due is None
    on = went_on(waiting, Step.GO_ON, FILED + timedelta(days=7), TERMS)
    assert (on.waited, on.due) == (5, date(2026, 11, 30))


def test_its_reporter_ends_the_waiting_and_may_disagree_for_a_month():
    assert heard(after(Step.ASK), FILED, TERMS).state is State.INQUIRY
    assert heard(NEW, FILED, TERMS, reopens=True) == NEW
    closed = after(Step.CLOSE)
    last = FILED + timedelta(days=DAYS_TO_REOPEN)
    assert heard(closed, last, TERMS) == closed
    assert heard(closed, last + timedelta(days=1), TERMS, reopens=True) == closed
    again = heard(closed, last, TERMS, reopens=True)
    assert (again.state, again.outcome, again.reopened, again.counted_from) == (State.INQUIRY, None, 1, last)


def test_an_answer_takes_it_up_but_leaves_it_where_it_stands():
    told = replied(NEW, FILED, TERMS)
    assert (told.state, told.accepted_on, told.answered_on, told.due) == (State.NEW, FILED, FILED, date(2026, 11, 23))
    closed = after(Step.CLOSE)
    assert replied(closed, FILED, TERMS) == closed


@given(st.lists(st.tuples(st.sampled_from(Step), st.integers(0, 40)), max_size=12))
def test_whatever_is_tried_it_stays_in_one_piece(tried):
    standing, day = NEW, FILED
    for one, days in tried:
        day += timedelta(days=days)
        try:
            standing = went_on(standing, one, day, TERMS, outcome=Outcome.BEYOND if one is Step.CLOSE else None)
        except Refusal:
            continue
        assert (standing.outcome is not None) == (standing.state is State.CLOSED) == (standing.over_on is not None)
        assert (standing.waiting_since is not None) == (standing.state is State.WAITING)
        assert (standing.due is None) == (standing.state not in OPEN - {State.WAITING})
        assert standing == timed(standing, TERMS)
