"""Working days of state agencies, and when what falls on another day is due.

Whatever is due on a day off is due on the next working day (Civil and Commercial Code, section 193/8).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from itadomain.meetings import Meeting, held
from itadomain.periods import Due, Told, Weekday, Why

ONE_DAY = timedelta(days=1)
MOST_IN_A_ROW = 366  # days off, before something is wrong with the calendar


@dataclass(frozen=True)
class Calendar:
    """Saturdays, Sundays and the listed holidays are days off; a holiday has its name."""

    holidays: Mapping[date, str]

    def is_working(self, day: date) -> bool:
        """Whether offices are open."""
        return day.weekday() < Weekday.SATURDAY and day not in self.holidays

    def next_working(self, day: date) -> date:
        """The day itself where offices are open, else the next day on which they are."""
        for _ in range(MOST_IN_A_ROW):
            if self.is_working(day):
                return day
            day += ONE_DAY
        return day

    def last_working(self, day: date) -> date:
        """The day itself where offices are open, else the last one before on which they were."""
        for _ in range(MOST_IN_A_ROW):
            if self.is_working(day):
                return day
            day -= ONE_DAY
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """The day so many working days after `day`, which itself is not counted."""
        for _ in range(count):
            day = self.next_working(day + ONE_DAY)
        return day


def shift(due: Due, calendar: Calendar, meetings: Sequence[Meeting] = ()) -> Due:
    """The same due on the day that counts: that of its meeting, else the next working day, with the reason."""
    due = held(due, meetings)
    if due.why.code == Why.MEETING or calendar.is_working(due.slot):
        return due
    day, name = calendar.next_working(due.slot), calendar.holidays.get(due.slot)
    unset = due.why.code == Why.MEETING_UNSET
    named, weekday = (Why.MEETING_UNSET_HOLIDAY, Why.MEETING_UNSET_WEEKEND) if unset else (Why.HOLIDAY, Why.WEEKEND)
    facts = {"slot": due.slot, "day": day, "weekday": Weekday(due.slot.weekday())}
    why = Told(named, {**facts, "holiday": name}) if name else Told(weekday, facts)
    return replace(due, moved=day, why=why)
