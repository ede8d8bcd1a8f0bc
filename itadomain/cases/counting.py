"""The figures of cases that the law and the assessment ask for: how many, how fast, how content."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import TypeVar

from itadomain.cases.case import OPEN, Channel, Kind, State

K = TypeVar("K")
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Counted:
    """What is counted of one case: nothing that anybody wrote."""

    kind: Kind
    channel: Channel
    category: str
    unit: str
    state: State
    filed_on: date
    answered_on: date | None = None
    over_on: date | None = None
    due: date | None = None  # of what is due next
    rating: int | None = None
    reopened: int = 0


@dataclass(frozen=True)
class Figures:
    """The figures of some cases. Days are calendar days; what nothing is known of is None."""

    all: int
    open: int
    overdue: int
    answered: int
    median_days: Decimal | None
    content: Decimal | None  # the mean of the ratings
    ratings: int
    reopened: int
    by_state: Mapping[State, int]
    by_month: Mapping[date, int]  # the first day of each
    by_category: Mapping[str, int]
    by_channel: Mapping[Channel, int]
    by_kind: Mapping[Kind, int]


def figures(cases: Sequence[Counted], today: date) -> Figures:
    """Count some cases."""
    answered = [one for one in cases if one.answered_on]
    ratings = [one.rating for one in cases if one.rating is not None]
    waits = [(one.answered_on - one.filed_on).days for one in answered if one.answered_on]
    return Figures(
        all=len(cases),
        open=sum(is_open(one) for one in cases),
        overdue=sum(is_overdue(one, today) for one in cases),
        answered=len(answered),
        median_days=_tenth(Decimal(str(median(waits)))) if waits else None,
        content=_tenth(Decimal(sum(ratings)) / len(ratings)) if ratings else None,
        ratings=len(ratings),
        reopened=sum(one.reopened > 0 and one.kind is not Kind.QUESTION for one in cases),  # there it is one more
        by_state=_by(cases, lambda one: one.state),
        by_month=dict(sorted(_by(cases, lambda one: one.filed_on.replace(day=1)).items())),
        by_category=_by(cases, lambda one: one.category),
        by_channel=_by(cases, lambda one: one.channel),
        by_kind=_by(cases, lambda one: one.kind),
    )


def apart(counted: Iterable[Counted]) -> tuple[Sequence[Counted], Sequence[Counted]]:
    """What people brought, and their requests: these are use of a service, and no complaint."""
    known = list(counted)
    requests = [one for one in known if one.kind is Kind.REQUEST]
    return [one for one in known if one.kind is not Kind.REQUEST], requests


def is_open(one: Counted) -> bool:
    """Whether somebody has still to do something about it."""
    return one.state in OPEN


def is_overdue(one: Counted, today: date) -> bool:
    """Whether what is due next in it is over."""
    return is_open(one) and one.due is not None and one.due < today


def _by(cases: Iterable[Counted], what: Callable[[Counted], K]) -> Mapping[K, int]:
    return dict(Counter(what(one) for one in cases).most_common())


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(TENTH, ROUND_HALF_UP)
