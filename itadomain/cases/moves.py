"""How a case may go on: one table of moves. Everything that changes a state goes through it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from itadomain.cases.case import OPEN, OVER, Case, Line, State, Voice
from itadomain.refusals import Refusal


class Actor(StrEnum):
    """As whom somebody acts on a case."""

    DESK = "desk"  # receives all cases of the agency
    UNIT = "unit"  # works on those of its unit
    REPORTER = "reporter"
    CLOCK = "clock"


class Move(StrEnum):
    """What can be done with a case."""

    ACCEPT = "accept"
    ASSIGN = "assign"  # to a unit, or to another
    START = "start"
    ASK = "ask"  # its reporter to say more
    TELL_MORE = "tell_more"  # what was asked for
    GO_ON = "go_on"  # without what was asked for
    DEFER = "defer"
    RESOLVE = "resolve"
    CONFIRM = "confirm"  # that it is mended
    EXPIRE = "expire"  # nobody said that it is not
    REOPEN = "reopen"
    REFUSE = "refuse"
    CANCEL = "cancel"


@dataclass(frozen=True)
class Rule:
    """From which states to which, and by whom."""

    before: frozenset[State]
    after: State
    by: frozenset[Actor]


OFFICE = frozenset({Actor.DESK, Actor.UNIT})
DESK = frozenset({Actor.DESK})
REPORTER = frozenset({Actor.REPORTER})
IN_HAND = frozenset({State.ACCEPTED, State.ASSIGNED, State.WORKING})
#: For so many days after a case is over, its reporter may say that it is not.
DAYS_TO_REOPEN = 7

MOVES: Mapping[Move, Rule] = {
    Move.ACCEPT: Rule(frozenset({State.NEW}), State.ACCEPTED, OFFICE),
    Move.ASSIGN: Rule(OPEN - {State.WAITING}, State.ASSIGNED, DESK),
    Move.START: Rule(frozenset({State.NEW, State.ACCEPTED, State.ASSIGNED, State.DEFERRED}), State.WORKING, OFFICE),
    Move.ASK: Rule(frozenset({State.NEW}) | IN_HAND, State.WAITING, OFFICE),
    Move.TELL_MORE: Rule(frozenset({State.WAITING}), State.WORKING, REPORTER),
    Move.GO_ON: Rule(frozenset({State.WAITING}), State.WORKING, OFFICE),
    Move.DEFER: Rule(IN_HAND, State.DEFERRED, OFFICE),
    Move.RESOLVE: Rule(OPEN, State.RESOLVED, OFFICE),
    Move.CONFIRM: Rule(frozenset({State.RESOLVED}), State.CLOSED, REPORTER),
    Move.EXPIRE: Rule(frozenset({State.RESOLVED}), State.CLOSED, frozenset({Actor.CLOCK})),
    Move.REOPEN: Rule(OVER - {State.CANCELLED}, State.WORKING, REPORTER),
    Move.REFUSE: Rule(OPEN, State.REFUSED, DESK),
    Move.CANCEL: Rule(OPEN, State.CANCELLED, REPORTER),
}


def allowed(case: Case, actor: Actor, today: date) -> frozenset[Move]:
    """What somebody may do with a case as it stands."""
    fitting = {move for move, rule in MOVES.items() if case.state in rule.before and actor in rule.by}
    return frozenset(fitting if may_be_reopened(case, today) else fitting - {Move.REOPEN})


def may_be_reopened(case: Case, today: date) -> bool:
    """Whether its reporter may still say that it is not mended."""
    return case.over_on is not None and (today - case.over_on).days <= DAYS_TO_REOPEN


def moved(case: Case, move: Move, actor: Actor, by: str, today: date) -> Case:
    """The case after a move, with the day and a line about it; Refusal where it may not be made."""
    if move not in allowed(case, actor, today):
        raise Refusal("case.not_now")
    after = MOVES[move].after
    told = Line(Voice.MOVE, by, today, move.value)
    over_on = None if after in OPEN else case.over_on if case.state in OVER else today
    taken = case.accepted_on or (today if actor in OFFICE else None)
    made = replace(case.saying(told), state=after, over_on=over_on, accepted_on=taken)
    taken_up_again = move is Move.REOPEN or (case.state is State.DEFERRED and after in OPEN)
    return _anew(made, today) if taken_up_again else made


def _anew(case: Case, today: date) -> Case:
    """The case as of today: what was promised before lies behind it, and nobody has been told of its days."""
    return replace(case, counted_from=today, waited=0, review_on=None, warned=frozenset())
