"""What a printed period or follow-up says: days, the rule behind them, and what must be asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from typing import Any

from itadomain.fiscal import first_day, fiscal_year_of


class Rule(StrEnum):
    """The closed list of ways in which a wording is read, told by the text `period.rule_<code>`."""

    WHOLE_YEAR = "whole_year"  # the fiscal year
    YEARS = "years"  # several fiscal years
    CALENDAR_YEAR = "calendar_year"  # January to December, where it says so
    SPAN = "span"  # from the first day named to the last
    PARTS = "parts"  # several times, each by itself
    DEADLINE = "deadline"  # only an end is named
    ONWARD = "onward"  # only a beginning is named: to the end of the fiscal year
    REPEATED = "repeated"  # the whole year, the work done again every so many months
    EVERY_MONTHS = "every_months"  # due every so many months
    DAY_OF_MONTH = "day_of_month"  # due on the same day of every month
    NAMED = "named"  # due on the days or months that are named
    AFTER_ENDS = "after_ends"  # due some days after each month, quarter or year
    AFTER_WORK = "after_work"  # due some days after the end of the period
    WEEKLY = "weekly"  # every week: a rule without dates
    WEEKDAY = "weekday"  # every week on a day that is named
    DAILY = "daily"  # every day: a rule without dates
    UNKNOWN = "unknown"  # no dates


class Doubt(StrEnum):
    """The closed list of what must be asked, told by the text `period.ask_<code>`."""

    EMPTY = "empty"  # nothing is printed, or a dash
    NO_DATE = "no_date"  # the words name no time
    NO_YEAR = "no_year"  # a month or a year without a number, in a document without a year
    IMPOSSIBLE = "impossible"  # 31 February, a fifth quarter
    REVERSED = "reversed"  # the end lies before the beginning
    BEFORE_YEAR = "before_year"  # a day before the fiscal year of the plan
    AFTER_YEAR = "after_year"  # all of it after the fiscal year of the plan
    CALENDAR_OR_FISCAL = "calendar_or_fiscal"  # «the year 2570» is one or the other
    SCHOOL_YEAR = "school_year"  # school years and terms have dates of their own
    VAGUE = "vague"  # now and then, continuously, as suitable
    NOT_COUNTABLE = "not_countable"  # so and so often, but on which days
    WHEN_DONE = "when_done"  # when the work is finished, whenever that is
    WORKING_DAYS = "working_days"  # so many working days after something
    CONTRADICTS = "contradicts"  # two things that cannot both hold
    UNCLEAR = "unclear"  # a figure that may be a day, a month or a year
    NONE_INSIDE = "none_inside"  # the period is shorter than the follow-up's steps


class Why(StrEnum):
    """The closed list of reasons why something is due on its day, told by the text `period.why_<code>`."""

    MONTH_END = "month_end"
    ROUND_END = "round_end"  # every so many months, counted from October
    YEAR_END = "year_end"
    DAY_OF_MONTH = "day_of_month"
    NAMED_DAY = "named_day"
    NAMED_MONTH = "named_month"  # the end of what is named: a month, a quarter
    DAYS_AFTER = "days_after"
    HOLIDAY = "holiday"  # a holiday, so the next working day
    WEEKEND = "weekend"  # a Saturday or Sunday, so the next working day
    MEETING = "meeting"  # on the day of the meeting
    MEETING_UNSET = "meeting_unset"  # month end, until the meeting has a day
    MEETING_UNSET_HOLIDAY = "meeting_unset_holiday"  # the same, and month end is a holiday
    MEETING_UNSET_WEEKEND = "meeting_unset_weekend"  # the same, and month end is a Saturday or Sunday


class Cadence(StrEnum):
    """How often a follow-up comes."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    EVERY_MONTHS = "every_months"  # any other number of months
    NAMED = "named"  # months or days by name
    ONCE = "once"
    NONE = "none"


class MeetingKind(StrEnum):
    """Meetings at which measures are reported on."""

    STAFF = "staff"  # ประชุมพนักงาน
    MONTHLY = "monthly"  # ประชุมประจำเดือน
    COUNCIL = "council"  # ประชุมสภา
    EXECUTIVES = "executives"  # ประชุมคณะผู้บริหาร

    @property
    def key(self) -> str:
        """The key of its name."""
        return f"period.meeting_{self}"


class Weekday(IntEnum):
    """The days of the week as `date.weekday` counts them."""

    MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)

    @property
    def key(self) -> str:
        """The key of its name."""
        return f"period.weekday_{self.name.lower()}"


@dataclass(frozen=True)
class Told:
    """A code of one of the closed lists with the facts of its sentence."""

    code: Rule | Doubt | Why
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key of its sentence."""
        kind = {Rule: "rule", Doubt: "ask", Why: "why"}[type(self.code)]
        return f"period.{kind}_{self.code}"


@dataclass(frozen=True, order=True)
class Span:
    """From a day to a day, both included."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True)
class Due:
    """A day on which something is due. The slot is the nominal day and never changes: reports refer to it."""

    slot: date
    why: Told
    meeting: MeetingKind | None = None
    moved: date | None = None

    @property
    def day(self) -> date:
        """The day that counts."""
        return self.moved or self.slot


@dataclass(frozen=True)
class Period:
    """When a measure is carried out. `due` are the days that the period itself names, as «every quarter» does."""

    wording: str
    rule: Told
    start: date | None = None
    end: date | None = None
    segments: tuple[Span, ...] = ()
    due: tuple[date, ...] = ()
    doubt: Told | None = None
    open_start: bool = False
    open_end: bool = False

    @property
    def span(self) -> Span | None:
        """The days between which it is followed up; where only an end is named, from the start of that fiscal year."""
        if self.end is None:
            return None
        start = self.start or first_day(fiscal_year_of(self.end))
        return Span(start, self.end) if start <= self.end else None


@dataclass(frozen=True)
class FollowUp:
    """When a measure is reported on."""

    wording: str
    rule: Told
    cadence: Cadence = Cadence.NONE
    due: tuple[Due, ...] = ()
    meeting: MeetingKind | None = None
    weekday: Weekday | None = None
    doubt: Told | None = None

    @property
    def slots(self) -> tuple[date, ...]:
        """The nominal days."""
        return tuple(one.slot for one in self.due)
