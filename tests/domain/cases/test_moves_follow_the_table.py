from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from itadomain.cases.case import OPEN, OVER, Case, Kind, State, Voice
from itadomain.cases.moves import DAYS_TO_REOPEN, MOVES, Actor, Move, allowed, moved
from itadomain.refusals import Refusal

TODAY = date(2026, 11, 20)


def a_case(state: State = State.NEW, **changes) -> Case:
    over = TODAY if state in OVER else None
    return Case("c1", Kind.PROBLEM, "ไฟดับ", TODAY, **{"state": state, "over_on": over, **changes})


@given(st.sampled_from(State), st.sampled_from(Move), st.sampled_from(Actor))
def test_a_move_is_made_where_the_table_has_it_and_refused_elsewhere(state, move, actor):
    case = a_case(state)
    if state in MOVES[move].before and actor in MOVES[move].by:
        after = moved(case, move, actor, "p1", TODAY)
        assert after.state is MOVES[move].after
        assert after.talk[-1].voice is Voice.MOVE
        assert (after.over_on is None) == (after.state in OPEN)
    else:
        with pytest.raises(Refusal):
            moved(case, move, actor, "p1", TODAY)


@pytest.mark.parametrize("state", State)
def test_somebody_can_go_on_from_every_state_that_is_not_the_end(state):
    steps = {actor: allowed(a_case(state), actor, TODAY) for actor in Actor}
    if state is State.CANCELLED:
        assert not any(steps.values())
    else:
        assert any(steps.values())
    if state in OPEN:
        assert Move.RESOLVE in steps[Actor.UNIT]
        assert Move.CANCEL in steps[Actor.REPORTER]


@pytest.mark.parametrize("state", [State.RESOLVED, State.CLOSED, State.REFUSED])
def test_a_case_is_reopened_within_seven_days(state):
    last = a_case(state, over_on=TODAY - timedelta(days=DAYS_TO_REOPEN))
    assert Move.REOPEN in allowed(last, Actor.REPORTER, TODAY)
    past = a_case(state, over_on=TODAY - timedelta(days=DAYS_TO_REOPEN + 1))
    assert Move.REOPEN not in allowed(past, Actor.REPORTER, TODAY)
    with pytest.raises(Refusal):
        moved(past, Move.REOPEN, Actor.REPORTER, "p1", TODAY)


def test_only_its_reporter_reopens_confirms_and_takes_back():
    for move in (Move.REOPEN, Move.CONFIRM, Move.CANCEL, Move.TELL_MORE):
        assert MOVES[move].by == {Actor.REPORTER}


class Life(RuleBasedStateMachine):
    """Any sequence of moves: nothing that was said is lost, days go one way, and what is over was ended by someone."""

    def __init__(self):
        super().__init__()
        self.case, self.today = a_case(), TODAY

    @rule(days=st.integers(1, 20))
    def time_passes(self, days):
        self.today += timedelta(days=days)

    @rule(move=st.sampled_from(Move), actor=st.sampled_from(Actor))
    def somebody_moves(self, move, actor):
        before = self.case
        try:
            self.case = moved(before, move, actor, "p1", self.today)
        except Refusal:
            assert move not in allowed(before, actor, self.today)
        else:
            assert self.case.talk[:-1] == before.talk
            assert self.case.accepted_on is None or before.accepted_on in {None, self.case.accepted_on}

    @invariant()
    def what_is_over_has_its_day(self):
        assert (self.case.over_on is None) == self.case.open


TestLife = Life.TestCase


def test_what_is_taken_up_again_has_all_its_days_before_it():
    """Else a case would be overdue by months on the day that its budget came."""
    deferred = a_case(State.DEFERRED, review_on=TODAY, waited=4, warned=frozenset({"answer_near"}))
    for move, actor in ((Move.START, Actor.UNIT), (Move.ASSIGN, Actor.DESK)):
        begun = moved(deferred, move, actor, "p1", TODAY)
        assert (begun.counted_from, begun.waited, begun.review_on, begun.warned) == (TODAY, 0, None, frozenset())
    begun = moved(a_case(State.ACCEPTED, waited=4), Move.START, Actor.UNIT, "p1", TODAY)
    assert (begun.counted_from, begun.waited) == (None, 4)
