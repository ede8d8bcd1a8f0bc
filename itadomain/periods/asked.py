"""A follow-up as it is worded: what it names, how often it comes, and between which days."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest

from itadomain.fiscal import first_day, fiscal_year_of, last_day
from itadomain.periods.calendar_days import MONTHS, year_of
from itadomain.periods.named import Named, Unit
from itadomain.periods.rounds import DayOfMonth, Round, day_of_month, rounds_in, steady, waiting_days
from itadomain.periods.shape import Span
from itadomain.periods.signs import Sign, Signs, months_between
from itadomain.periods.times import fiscal_context, times

REPEATING = set("VfRthkve")


@dataclass(frozen=True)
class Asked:
    """`rest` are the letters with the named times blotted out, `bound` the days it runs between, `work` the period."""

    signs: Signs
    named: Sequence[Named]
    rest: str
    bound: Span | None
    work: Span | None

    @cached_property
    def rounds(self) -> Sequence[Round]:
        """Each «every so many months»."""
        return rounds_in(self.signs)

    @cached_property
    def turns(self) -> Sequence[tuple[int, Sign]]:
        """Each «รอบ ๖ เดือน» with its place."""
        return [(at, sign) for at, sign in enumerate(self.signs.row) if sign.letter == "R" and sign.figures]

    @cached_property
    def steady_turns(self) -> Round | None:
        """The turns as one repetition, where they are one and no day is told instead."""
        numbers = [number for _, sign in self.turns for number in sign.figures]
        if not numbers or any(self.spelled(at) for at, _ in self.turns):
            return None
        months = steady(numbers)
        return Round(*self.turns[0], months) if months else None

    @cached_property
    def day_of_month(self) -> DayOfMonth | None:
        """The day of each month on which it is due."""
        monthly = any(one.months == 1 for one in self.rounds)
        return day_of_month(self.signs, self.rest, monthly=monthly)

    @cached_property
    def after_ends(self) -> tuple[int, int] | None:
        """So many days after the end of so many months each."""
        ends = next((sign for sign in self.signs.row if sign.letter == "h"), None)
        days = waiting_days(self.signs)
        return (days, months_between(ends.text)) if ends and days else None

    @cached_property
    def days(self) -> Sequence[Named]:
        """The times at which something is due: those that do not just bound what is repeated, nor frame it."""
        named = [one for one in self.named if one.parts and not self.bounds(one) and _is_due(one)]
        return [one for one, after in zip_longest(named, named[1:]) if not (after and self.told_by(one, after))]

    def told_by(self, one: Named, after: Named) -> bool:
        """Whether a quarter or half has its day after it: «ไตรมาส ๑ ภายในวันที่ ๑๕ ม.ค.»."""
        between = self.rest[one.at : after.at].lstrip("_")
        return one.unit in {Unit.QUARTER, Unit.HALF} and after.unit < Unit.QUARTER and set(between) <= set("WE;")

    def bounds(self, one: Named) -> bool:
        """Whether a named time says between which days something is repeated."""
        if REPEATING.isdisjoint(self.rest):
            return False
        if one.before in {"S", ">"} or one.after == "O":
            return True
        wide = one.unit in {Unit.QUARTER, Unit.HALF} and not one.listed and one.before not in {"E", "W"}
        return (one.joined or wide) and not REPEATING.isdisjoint(self.rest.replace("R", ""))

    def spelled(self, at: int) -> Named | None:
        """The days beside the repetition at a place, with nothing between that would make them something else."""
        for one in self.days:
            if set(self.rest[min(at, one.at) + 1 : max(at, one.at)]).isdisjoint(",VfRa"):
                return one
        return None

    def spelled_out(self, one: Round) -> bool:
        """Whether days are named in place of a repetition: «ปีละ ๒ ครั้ง (มี.ค. และ ก.ย.)»."""
        days = self.spelled(one.at)
        every_year = one.sign.letter == "V" and one.months == MONTHS
        return days is not None and (every_year or len(days.parts) * one.months == MONTHS)


def ask(signs: Signs, year: int | None, work: Span | None) -> Asked:
    """The wording with its bounds: the period, else the fiscal year, narrowed by what it says itself."""
    if year is None and work is not None:
        year = fiscal_year_of(work.end)
    named, rest = times(signs, year)
    fiscal = fiscal_context(signs, year)
    asked = Asked(signs, named, rest, work or (year_of(fiscal) if fiscal else None), work)
    bound = asked.bound
    for one in named:
        if one.parts and asked.bounds(one):
            bound = _narrowed(bound, one)
    return replace(asked, bound=bound)


def _is_due(one: Named) -> bool:
    """A year is a frame unless its end is meant: «สิ้นปีงบประมาณ»."""
    return one.unit < Unit.YEAR or one.before in {"E", "W", "B"}


def _narrowed(bound: Span | None, one: Named) -> Span:
    """The bounds with one more: from a day on, up to a day, or both."""
    first = bound.start if bound else first_day(fiscal_year_of(one.start))
    last = bound.end if bound else last_day(fiscal_year_of(one.end))
    if one.single and (one.before == "S" or one.after == "O"):
        return Span(one.start, last)
    if one.single and one.before == ">":
        return Span(first, one.end)
    return Span(max(one.start, first), min(one.end, last)) if bound else Span(one.start, one.end)
