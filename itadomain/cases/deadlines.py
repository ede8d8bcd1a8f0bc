"""By when a case is to be taken up and answered: working days that the agency promised, and why it is that day.

The days are the agency's own promise, for each category. Days off are not counted, nor are those on which the agency
waited for the reporter. A day off that is announced later moves what is still running.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from itadomain.cases.case import Case, State
from itadomain.refusals import Refusal
from itadomain.workdays import ONE_DAY, Calendar

#: So many working days before its day, a case is near it.
NEAR = 2
LONGEST = 365


class Step(StrEnum):
    """What is due next in a case, told by `case.due_<step>`."""

    ACCEPT = "accept"
    ANSWER = "answer"
    REVIEW = "review"  # of what was deferred


class Urgency(StrEnum):
    """How a deadline stands on a day."""

    CALM = "calm"
    NEAR = "near"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Promise:
    """Within how many working days a case is taken up, and answered: the agency's own word, never the law's."""

    accept: int = 3
    answer: int = 15

    def __post_init__(self) -> None:
        if not 1 <= self.accept <= self.answer <= LONGEST:
            raise Refusal("case.no_promise", most=LONGEST)


@dataclass(frozen=True)
class Deadline:
    """A step, the day it is due, and the facts that explain the day."""

    step: Step
    day: date
    since: date
    working_days: int
    waited: int = 0
    holidays: Mapping[date, str] | None = None  # the named days off between

    @property
    def facts(self) -> Mapping[str, Any]:
        """What `case.why_<step>` is told with."""
        names = list(dict.fromkeys((self.holidays or {}).values()))
        return {"day": self.day, "since": self.since, "count": self.working_days, "waited": self.waited, "off": names}

    def stands(self, today: date, calendar: Calendar) -> Urgency:
        """Whether it is near or over on a day."""
        if self.day < today:
            return Urgency.OVERDUE
        return Urgency.NEAR if self.day <= calendar.add_working_days(today, NEAR) else Urgency.CALM

    def overdue_by(self, today: date, calendar: Calendar) -> int:
        """How many working days it is over."""
        return working_days(self.day, today, calendar)


def deadline(case: Case, promise: Promise, calendar: Calendar) -> Deadline | None:
    """What is due next in a case; None where nobody waits for the agency."""
    if not case.open or not case.asks_for_work or case.state is State.WAITING:
        return None
    if case.state is State.DEFERRED and case.review_on:
        day = calendar.next_working(case.review_on)
        return Deadline(Step.REVIEW, day, case.review_on, 0, holidays=_between(case.review_on, day, calendar))
    since = case.counted_from or case.filed_on
    if case.accepted_on is None:
        return _counted(Step.ACCEPT, since, promise.accept, 0, calendar)
    return _counted(Step.ANSWER, since, promise.answer, case.waited, calendar)


def answer_by(case: Case, promise: Promise, calendar: Calendar) -> date:
    """The day by which a reporter is told to have an answer."""
    since = case.counted_from or case.filed_on
    return calendar.add_working_days(since, promise.answer + case.waited)


def working_days(after: date, until: date, calendar: Calendar) -> int:
    """The working days after a day, up to another and with it."""
    span = (after + ONE_DAY * ahead for ahead in range(1, (until - after).days + 1))
    return sum(calendar.is_working(day) for day in span)


def _counted(step: Step, since: date, count: int, waited: int, calendar: Calendar) -> Deadline:
    day = calendar.add_working_days(since, count + waited)
    return Deadline(step, day, since, count, waited, _between(since, day, calendar))


def _between(since: date, day: date, calendar: Calendar) -> Mapping[date, str]:
    return {off: name for off, name in calendar.holidays.items() if since < off < day + timedelta(days=1)}
