"""The windows of an assessment: from when to when the agency has to do what, and how many days are left."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from itadomain.frameworks.shape import Phase as Phase  # noqa: PLC0414 - the years of the framework need them too
from itadomain.frameworks.shape import Window as Window  # noqa: PLC0414 - the same


class When(StrEnum):
    """Where a day lies beside a window."""

    AHEAD = "ahead"  # it opens in so many days
    RUNNING = "running"  # so many days are left, today not counted
    LAST_DAY = "last_day"
    OPEN_END = "open_end"  # it began; nobody knows until when it runs
    OVER = "over"  # it ended so many days ago


@dataclass(frozen=True)
class Standing:
    """How a window stands on a day: `days` to its first or last day, or since the last; 0 where there is none."""

    when: When
    days: int = 0


def standing(window: Window, today: date) -> Standing:
    """How a window stands. Where its first day is not known it counts as begun: only the last one says anything."""
    first, last = window.first, window.last
    if last is not None and last < today:
        return Standing(When.OVER, (today - last).days)
    if first is not None and today < first:
        return Standing(When.AHEAD, (first - today).days)
    if last is None:
        return Standing(When.OPEN_END)
    return Standing(When.RUNNING, (last - today).days) if last > today else Standing(When.LAST_DAY)


def over(window: Window, today: date) -> bool:
    """Whether its last day has passed; where only the first is known, whether that has."""
    known = window.last or window.first
    return known is not None and known < today


def begins(window: Window) -> date:
    """The day by which windows are put in order: the first, else the last."""
    return window.first or window.last or date.max


def ends(window: Window) -> date:
    """The day on which nothing can be done any more: the last, else the first."""
    return window.last or window.first or date.max
