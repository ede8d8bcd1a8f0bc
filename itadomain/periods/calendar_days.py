"""Days by their place in the calendar or in a fiscal year; all years here are of the Buddhist Era."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from itadomain.fiscal import BUDDHIST_ERA, FIRST_MONTH, first_day, fiscal_year_of, last_day
from itadomain.periods.shape import Span

MONTHS = 12
PER_QUARTER = 3


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, None where there is no such day."""
    try:
        return date(year - BUDDHIST_ERA, month, day)
    except ValueError:
        return None


def month_of(year: int, month: int) -> Span:
    """The whole month."""
    first = date(year - BUDDHIST_ERA, month, 1)
    return Span(first, month_end(first))


def month_end(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def year_of(year: int) -> Span:
    """The whole fiscal year."""
    return Span(first_day(year), last_day(year))


def part_of(year: int, first: int, last: int) -> Span:
    """From the first to the last month of a fiscal year, counted from October."""
    return Span(nth_month(year, first).start, nth_month(year, last).end)


def nth_month(year: int, place: int) -> Span:
    """A month of a fiscal year by its place, October being 1."""
    month = (FIRST_MONTH + place - 2) % MONTHS + 1
    return month_of(in_fiscal_year(year, month), month)


def in_fiscal_year(year: int, month: int) -> int:
    """The year in which a month of the fiscal year `year` lies."""
    return year - (month >= FIRST_MONTH)


def quarter_of(year: int, quarter: int) -> Span:
    """A quarter of a fiscal year."""
    return part_of(year, (quarter - 1) * PER_QUARTER + 1, quarter * PER_QUARTER)


def month_after(day: date) -> date:
    """The first day of the next month."""
    return date(day.year + day.month // MONTHS, day.month % MONTHS + 1, 1)


def ends_of_rounds(span: Span, months: int) -> Iterator[date]:
    """The month ends inside a span that close a round of so many months, counted from October of each year."""
    for year in range(fiscal_year_of(span.start), fiscal_year_of(span.end) + 1):
        for place in range(months, MONTHS + 1, months):
            end = nth_month(year, place).end
            if end in span:
                yield end


def nth_ends(span: Span, place: int) -> Iterator[date]:
    """The ends inside a span of the month that has a place in the fiscal year."""
    if place in range(1, MONTHS + 1):
        for year in range(fiscal_year_of(span.start), fiscal_year_of(span.end) + 1):
            if (end := nth_month(year, place).end) in span:
                yield end


def day_in(month: date, day: int) -> date:
    """A day of the month of `month`, its last one where it is too short."""
    return month.replace(day=min(day, month_end(month).day))


def same_day_in(year: int, day: date) -> date:
    """The day of the same name in a fiscal year."""
    at = in_fiscal_year(year, day.month)
    return day_of(at, day.month, day.day) or month_of(at, day.month).end


def later(day: date, months: int) -> date:
    """The same day so many months later, or the end of that month."""
    total = day.year * MONTHS + day.month - 1 + months
    return day_in(date(total // MONTHS, total % MONTHS + 1, 1), day.day)
