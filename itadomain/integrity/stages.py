"""How a disclosure may go on: one table of steps, and the days that the agency promised for it.

The days are the agency's own word, as with complaints: so many working days to take it up, so many to answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from itadomain.cases.deadlines import Promise, working_days
from itadomain.integrity.disclosure import OPEN, Outcome, Standing, State
from itadomain.refusals import Refusal
from itadomain.workdays import Calendar

#: For so many days after it was closed, its reporter may say that they do not agree.
DAYS_TO_REOPEN = 30


class Step(StrEnum):
    """What can be done with one."""

    ACCEPT = "accept"
    INQUIRE = "inquire"
    ASK = "ask"  # its reporter to say more
    GO_ON = "go_on"  # without what was asked for
    CLOSE = "close"
    TELL_MORE = "tell_more"  # its reporter said what was asked for
    REOPEN = "reopen"


@dataclass(frozen=True)
class Rule:
    """From which states to which; by its reporter, or by its receivers."""

    before: frozenset[State]
    after: State
    reporter: bool = False


STEPS: Mapping[Step, Rule] = {
    Step.ACCEPT: Rule(frozenset({State.NEW}), State.ACCEPTED),
    Step.INQUIRE: Rule(frozenset({State.NEW, State.ACCEPTED}), State.INQUIRY),
    Step.ASK: Rule(OPEN - {State.WAITING}, State.WAITING),
    Step.GO_ON: Rule(frozenset({State.WAITING}), State.INQUIRY),
    Step.CLOSE: Rule(OPEN, State.CLOSED),
    Step.TELL_MORE: Rule(frozenset({State.WAITING}), State.INQUIRY, reporter=True),
    Step.REOPEN: Rule(frozenset({State.CLOSED}), State.INQUIRY, reporter=True),
}


@dataclass(frozen=True)
class Terms:
    """What its days are reckoned by: the agency's promise, and its days off."""

    promise: Promise
    calendar: Calendar


def open_to(standing: Standing, today: date, *, reporter: bool = False) -> frozenset[Step]:
    """What may be done with one as it stands."""
    fitting = {step for step, rule in STEPS.items() if standing.state in rule.before and rule.reporter is reporter}
    return frozenset(fitting if may_be_reopened(standing, today) else fitting - {Step.REOPEN})


def may_be_reopened(standing: Standing, today: date) -> bool:
    """Whether its reporter may still say that they do not agree."""
    return standing.over_on is not None and (today - standing.over_on).days <= DAYS_TO_REOPEN


def went_on(standing: Standing, step: Step, today: date, terms: Terms, *, outcome: Outcome | None = None) -> Standing:
    """Where it stands after a step; Refusal where the step may not be taken, or is closed without an outcome."""
    rule = STEPS[step]
    if step not in open_to(standing, today, reporter=rule.reporter):
        raise Refusal("integrity.not_now")
    if (step is Step.CLOSE) is not (outcome is not None):
        raise Refusal("integrity.which_outcome")
    made = _resumed(standing, today, terms) if standing.state is State.WAITING else standing
    made = replace(made, state=rule.after, outcome=outcome, over_on=today if step is Step.CLOSE else None)
    if not rule.reporter:
        made = replace(made, accepted_on=made.accepted_on or today)
    if step is Step.ASK:
        made = replace(made, waiting_since=today, answered_on=made.answered_on or today)
    if step is Step.CLOSE:
        made = replace(made, answered_on=made.answered_on or today)
    if step is Step.REOPEN:
        made = replace(made, counted_from=today, waited=0, reopened=made.reopened + 1)
    return timed(made, terms)


def heard(standing: Standing, today: date, terms: Terms, *, reopens: bool = False) -> Standing:
    """Where it stands once its reporter said more: on, where that was waited for or they do not agree."""
    able = open_to(standing, today, reporter=True)
    if Step.TELL_MORE in able:
        return went_on(standing, Step.TELL_MORE, today, terms)
    return went_on(standing, Step.REOPEN, today, terms) if reopens and Step.REOPEN in able else standing


def replied(standing: Standing, today: date, terms: Terms) -> Standing:
    """Where it stands once its reporter was answered: whoever answers has taken it up."""
    taken, answered = standing.accepted_on or today, standing.answered_on or today
    return timed(replace(standing, accepted_on=taken, answered_on=answered), terms)


def timed(standing: Standing, terms: Terms) -> Standing:
    """The same with the day that something is due next; none where nobody waits for the agency."""
    if not standing.open or standing.state is State.WAITING:
        return replace(standing, due=None)
    since = standing.counted_from or standing.filed_on
    count = terms.promise.answer + standing.waited if standing.accepted_on else terms.promise.accept
    return replace(standing, due=terms.calendar.add_working_days(since, count))


def _resumed(standing: Standing, today: date, terms: Terms) -> Standing:
    """After waiting: the working days of it are not the agency's."""
    spent = working_days(standing.waiting_since, today, terms.calendar) if standing.waiting_since else 0
    return replace(standing, waiting_since=None, waited=standing.waited + spent)
