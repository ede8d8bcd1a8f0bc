"""Quarters, halves and years that are named. Their printed years are fiscal years, where that can be."""

from collections.abc import Sequence
from dataclasses import replace

from itadomain.periods.calendar_days import MONTHS, month_of, part_of, quarter_of, year_of
from itadomain.periods.named import Named, Unit, joined, joints_of
from itadomain.periods.shape import Doubt, Span, Told
from itadomain.periods.signs import QUARTERS, Sign
from itadomain.thai import bare

LONG_MONTH = bare("เดือน")
LAST = (bare("หลัง"), bare("สุดท้าย"), bare("ที่2"))


def quarters_of(row: Sequence[Sign], year: int | None) -> Named:
    """Quarters, one by one or from one to another; a year at the end serves those before it."""
    numbers: list[int] = []
    years: list[int | None] = []
    for sign in row:
        if sign.letter == "N":
            numbers, years = [*numbers, sign.figures[0]], [*years, None]
        elif sign.letter == "Y":
            years[-1] = sign.figures[0]
    named = Named(Unit.QUARTER, own_year=any(years))
    if not all(number in range(1, QUARTERS + 1) for number in numbers):
        return replace(named, doubt=Told(Doubt.IMPOSSIBLE))
    at = [next((one for one in years[place:] if one), year) for place in range(len(years))]
    if not all(at):
        return replace(named, doubt=Told(Doubt.NO_YEAR))
    return joined(
        named, [(quarter_of(one, number),) for one, number in zip(at, numbers, strict=True) if one], joints_of(row, "N")
    )


def half_of(row: Sequence[Sign], year: int | None) -> Named:
    """The first or last months of a fiscal year; of «the year 2570» it must be asked which year that is."""
    if len(row) > 1:
        return Named(Unit.HALF, doubt=Told(Doubt.CALENDAR_OR_FISCAL, {"year": row[1].figures[0]}), own_year=True)
    half = row[0]
    months = half.figures[0] if LONG_MONTH in half.text else MONTHS // 2
    if months not in range(1, MONTHS + 1):
        return Named(Unit.HALF, doubt=Told(Doubt.IMPOSSIBLE))
    if year is None:
        return Named(Unit.HALF, doubt=Told(Doubt.NO_YEAR))
    last = any(word in half.text for word in LAST)
    return Named(Unit.HALF, (part_of(year, MONTHS - months + 1, MONTHS) if last else part_of(year, 1, months),))


def years_of(row: Sequence[Sign], _year: int | None) -> Named:
    """Several fiscal years."""
    years = [sign.figures[0] for sign in row if sign.letter in "GY"]
    return joined(Named(Unit.YEAR, own_year=True), [(year_of(one),) for one in years], joints_of(row, "GY"))


def year_named(row: Sequence[Sign], year: int | None) -> Named:
    """One year: fiscal, calendar, or one that may be either."""
    sign, own = row[0], bool(row[0].figures)
    if sign.letter == "Y":
        return Named(Unit.YEAR, doubt=Told(Doubt.CALENDAR_OR_FISCAL, {"year": sign.figures[0]}), own_year=True)
    at = sign.figures[0] if own else year
    if at is None:
        return Named(Unit.YEAR, doubt=Told(Doubt.NO_YEAR))
    calendar_year = Span(month_of(at, 1).start, month_of(at, MONTHS).end)
    return Named(Unit.YEAR, (calendar_year if sign.letter == "C" else year_of(at),), own_year=own)
