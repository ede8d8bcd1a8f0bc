"""When a measure is carried out and when it is reported on: from its wordings to days, each with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from itadomain.fiscal import first_day
from itadomain.measures import Measure, Obligation
from itadomain.meetings import Meeting
from itadomain.periods import Doubt, Due, FollowUp, Period, Told, follow_up, period
from itadomain.workdays import ONE_DAY, Calendar, shift

NO_HOLIDAYS = Calendar(MappingProxyType({}))


@dataclass(frozen=True)
class Days:
    """What moves a nominal day: holidays, and when meetings are held."""

    calendar: Calendar = NO_HOLIDAYS
    meetings: Sequence[Meeting] = ()


@dataclass(frozen=True)
class Timetable:
    """The days of one measure. `dues` come in the order of their slots; one before the plan began is only asked."""

    period: Period
    follow_up: FollowUp
    began: date
    dues: Sequence[Due] = ()

    @property
    def silent(self) -> bool:
        """Whether its plan says nothing at all about reporting on it."""
        empty = self.follow_up.doubt is not None and self.follow_up.doubt.code is Doubt.EMPTY
        return empty and not self.dues

    @property
    def doubts(self) -> Sequence[Told]:
        """What must be asked: about the period, and about the follow-up where the period does not answer it."""
        of_follow_up = None if self._by_period else self.follow_up.doubt
        return tuple(one for one in (self.period.doubt, of_follow_up) if one)

    def after(self, reported_for: date | None) -> Sequence[Due]:
        """The due days that are still to be reported when `reported_for` is the newest that was."""
        return [one for one in self.dues if one.slot >= self.began and (not reported_for or one.slot > reported_for)]

    def rounds(self, reported_for: date | None = None) -> Sequence[tuple[date, Due]]:
        """The same due days, each with the day on which its round opens.

        That is the day after the slot before it; for the first, the first day of the measure, else of its plan.
        """
        dues = self.after(reported_for)
        first = reported_for + ONE_DAY if reported_for else self.period.start or self.began
        return list(zip([first, *(one.slot + ONE_DAY for one in dues)], dues, strict=False))

    @property
    def _by_period(self) -> bool:
        return bool(self.dues) and not self.follow_up.due


PLAIN = Days()


def with_meeting(days: Days, meeting: Meeting) -> Days:
    """The days with a meeting on its new day."""
    others = [one for one in days.meetings if (one.kind, one.month) != (meeting.kind, meeting.month)]
    return replace(days, meetings=(*others, meeting))


def with_holiday(days: Days, day: date, name: str) -> Days:
    """The days with one more day off, or with offices open on it where it has no name."""
    off = {one: called for one, called in days.calendar.holidays.items() if one != day}
    return replace(days, calendar=Calendar({**off, day: name} if name else off))


def timetable(measure: Measure, days: Days = PLAIN) -> Timetable:
    """The days of a measure; the period's own days serve where nothing is said of a follow-up."""
    when = period(measure.when, measure.plan_year)
    after = follow_up(measure.cadence, measure.plan_year, when.span)
    nominal = after.due or _of_period(when, after)
    dues = {one.slot: shift(one, days.calendar, days.meetings) for one in nominal}
    return Timetable(when, after, first_day(measure.plan_year), tuple(dues[slot] for slot in sorted(dues)))


def next_due(table: Timetable, reported_for: date | None) -> Due | None:
    """The first due day after the newest slot that was reported."""
    return next(iter(table.after(reported_for)), None)


def due_for(table: Timetable, reported_for: date | None, today: date) -> Due | None:
    """The due day that a report made today is for: the newest that has come and was not reported, else the next one.

    A second report before the next one comes adds to the first.
    """
    missed = [one for one in table.after(reported_for) if one.day <= today]
    coming = [one for one in table.after(None) if one.day >= today]
    return next(iter([*missed[::-1], *coming, *table.after(None)[::-1]]), None)


def scheduled(obligation: Obligation, table: Timetable) -> Obligation:
    """The obligation with the day that it is next reported on; none where it is over."""
    coming = next_due(table, obligation.reported_for) if obligation.open else None
    return replace(obligation, slot=coming.slot if coming else None, due=coming.day if coming else None)


def _of_period(when: Period, after: FollowUp) -> Sequence[Due]:
    """The days that a period names itself («ทุกไตรมาส 1, 2, 4»), where its follow-up cell is empty."""
    empty = after.doubt is not None and after.doubt.code is Doubt.EMPTY
    slots = when.due or [part.end for part in when.segments]
    return [Due(slot, when.rule) for slot in slots] if empty else ()
