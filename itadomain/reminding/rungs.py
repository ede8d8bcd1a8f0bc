"""The rungs of reminding: the days on which somebody is reminded of what a unit reports on.

What comes before the due day is told on a working day: that of the rung, else the one before it, so that nobody loses a
day they were promised. What comes after it is told on the working day that follows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from itadomain.workdays import ONE_DAY, Calendar


class Rung(StrEnum):
    """How near the day is, in the order in which a reporting round comes to them."""

    OPENING = "opening"  # the round begins
    HALFWAY = "halfway"  # half of it is over
    WEEK_BEFORE = "week_before"  # seven days are left
    DAY_BEFORE = "day_before"
    ON_THE_DAY = "on_the_day"
    LATE = "late"  # once a week after it


#: These are told to everybody; the others where the agency chose them.
ALWAYS = frozenset({Rung.WEEK_BEFORE, Rung.ON_THE_DAY, Rung.LATE})
#: What an agency may choose.
ADDITIONAL = tuple(rung for rung in Rung if rung not in ALWAYS)
#: These are found only where it is known when the round begins.
FROM_OPENING = frozenset({Rung.OPENING, Rung.HALFWAY})
A_WEEK = timedelta(days=7)
#: These may be told so many days before their own where somebody is told something anyway: that day needs no message.
EARLY = frozenset({Rung.OPENING, Rung.HALFWAY, Rung.WEEK_BEFORE, Rung.LATE})
A_FEW_DAYS = timedelta(days=3)
ORDER = {rung: place for place, rung in enumerate(Rung)}
#: While there is time, a push goes to whoever reported last; from the due day on it goes to all who report.
BEFORE = frozenset(rung for rung in Rung if ORDER[rung] < ORDER[Rung.ON_THE_DAY])


@dataclass(frozen=True)
class Round:
    """The reporting round of one due day: from the day it opens, with the rungs that are told in it."""

    due: date
    opens: date
    chosen: frozenset[Rung] = frozenset()  # beside those that are always told


def days(
    due: date, opens: date, chosen: frozenset[Rung], calendar: Calendar, until: date
) -> Sequence[tuple[Rung, date]]:
    """Every rung's day of one due day, in order: those up to it, and the late ones up to `until`.

    Of two that fall on one day the later one is told.
    """
    one = Round(due, opens, chosen)
    weeks = range(1, max(0, (until - due).days // 7) + 1)
    late = [(Rung.LATE, _late(due, week, calendar)) for week in weeks]
    return _apart([*_before(one, calendar), *((rung, day) for rung, day in late if day <= until)])


def reached(one: Round, calendar: Calendar, today: date, *, early: bool = False) -> tuple[Rung, date] | None:
    """The newest rung that has come by `today`, or that may be told `early`; None where there is none."""
    soon = today + A_FEW_DAYS if early else today
    until = soon if today > one.due else today
    for week in range((until - one.due).days // 7, 0, -1):  # seldom more than one: a week may end on a day off
        if (late := _late(one.due, week, calendar)) <= until:
            return Rung.LATE, late
    before = _apart(_before(one, calendar))
    return next(((rung, day) for rung, day in reversed(before) if day <= (soon if rung in EARLY else today)), None)


def newest_due(today: date, chosen: frozenset[Rung] = frozenset()) -> date:
    """The last due day of which a rung may be told: what is due after it, nobody needs to look at."""
    far = timedelta(days=366) if chosen & FROM_OPENING else 2 * A_WEEK  # a week, and days off in a row
    return today + A_FEW_DAYS + far


def _before(one: Round, calendar: Calendar) -> Iterable[tuple[Rung, date]]:
    nominal = {
        Rung.HALFWAY: one.opens + (one.due - one.opens) / 2,
        Rung.WEEK_BEFORE: one.due - A_WEEK,
        Rung.DAY_BEFORE: one.due - ONE_DAY,
        Rung.ON_THE_DAY: one.due,
    }
    if Rung.OPENING in one.chosen and one.opens <= one.due:  # not before it opens
        yield Rung.OPENING, calendar.next_working(one.opens)
    for rung, day in nominal.items():
        if rung in ALWAYS | one.chosen:
            yield rung, calendar.last_working(min(one.due, max(day, one.opens)))


def _late(due: date, week: int, calendar: Calendar) -> date:
    return calendar.next_working(due + week * A_WEEK)


def _apart(found: Iterable[tuple[Rung, date]]) -> list[tuple[Rung, date]]:
    """No two on one day, none after one that comes later."""
    kept: list[tuple[Rung, date]] = []
    for rung, day in reversed(list(found)):
        if not kept or day < kept[-1][1]:
            kept.append((rung, day))
    return kept[::-1]
