"""Days and months that are named: «๑–๑๕ มี.ค. ๖๗», «ต.ค. ๖๖ และ เม.ย. ๖๗», «๓๐/๐๙/๒๕๖๗»."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from itadomain.fiscal import FIRST_MONTH
from itadomain.periods.calendar_days import MONTHS, day_of, in_fiscal_year, month_of
from itadomain.periods.named import Named, Unit, joined
from itadomain.periods.shape import Doubt, Span, Told
from itadomain.periods.signs import JANUARY, YEARS, Sign
from itadomain.thai import buddhist

FOUR_FIGURES = range(1000, 10000)


@dataclass(frozen=True)
class _Point:
    """A day or a month as printed."""

    month: int
    year: int | None
    days: tuple[int, ...] = ()
    several: bool = False  # its days are a list, not a range

    def parts(self, year: int) -> tuple[Span, ...] | None:
        """What it means in `year`; None where there is no such day."""
        if self.month not in range(1, MONTHS + 1):
            return None
        if not self.days:
            return (month_of(year, self.month),)
        days = [day_of(year, self.month, day) for day in self.days]
        known = [day for day in days if day]
        if len(known) < len(days):
            return None
        return tuple(Span(day, day) for day in known) if self.several else (Span(known[0], known[-1]),)


def points_of(row: Sequence[Sign], year: int | None) -> Named:
    """The days or months of a row of signs."""
    points, joints = _split(row)
    years = _years(points, year, listed=not set(joints) <= {"-"})
    unit = Unit.DAY if any(point.days for point in points) else Unit.MONTH
    own = any(point.year for point in points)
    named = Named(unit, own_year=own, loose=" " in joints)
    if any(one is None for one in years):
        return replace(named, doubt=Told(Doubt.NO_YEAR))
    spans = [point.parts(at) for point, at in zip(points, years, strict=True) if at is not None]
    if any(one is None for one in spans):
        return replace(named, doubt=Told(Doubt.IMPOSSIBLE))
    return joined(named, [one for one in spans if one], joints)


def _split(row: Sequence[Sign]) -> tuple[list[_Point], str]:
    """The points of a row of signs and what joins them.

    `-` is from one to another, `,` one by one, a blank where nothing says so.
    """
    points: list[_Point] = []
    joints, joint = "", " "
    days: list[Sign] = []
    for place, sign in enumerate(row):
        year = row[place + 1].figures[0] if row[place + 1 : place + 2] and row[place + 1].letter == "Y" else None
        if sign.letter in "DM/" and (point := _point(sign, days, year)):
            joints, joint = joints + joint if points else "", " "
            points.append(point)
            days = []
        elif sign.letter == "N" or days:
            days.append(sign)
        elif sign.letter in "-,>/" and sign.text != " ":
            joint = "," if sign.letter in ",/" else "-"
    return points, joints


def _point(sign: Sign, before: Sequence[Sign], year: int | None) -> _Point | None:
    """The point that ends at `sign`, with the days before it."""
    days = tuple(one.figures[0] for one in before if one.letter == "N")
    if sign.letter == "D":
        return _dated(sign)
    if sign.letter == "M":
        several = any(one.letter == "," for one in before)
        return _Point(ord(sign.text) - ord(JANUARY) + 1, year, days, several)
    return _Point(days[0], year) if year and days else None


def _dated(sign: Sign) -> _Point:
    """A date in figures; of a year that cannot be meant no day is left."""
    first, month, last = sign.figures[:3]
    year, day = (first, last) if first in FOUR_FIGURES else (last, first)
    year = buddhist(year)
    return _Point(month, year, (day,)) if year in YEARS else _Point(month, YEARS[0], (0,))


def _years(points: Sequence[_Point], fiscal: int | None, *, listed: bool) -> list[int | None]:
    """A year for each point: its own, else that of the next with one, else of the one before, else the plan's."""
    years = [point.year for point in points]
    for place in reversed(range(len(points) - 1)):
        later = years[place + 1]
        if years[place] is None and later is not None:
            month, following = points[place].month, points[place + 1].month
            years[place] = later - (month > following and month >= FIRST_MONTH)
    for place in range(1, len(points)):
        earlier = years[place - 1]
        if years[place] is None and earlier is not None:
            years[place] = earlier + (points[place].month < points[place - 1].month and not listed)
    if fiscal is None:
        return years
    return [in_fiscal_year(fiscal, point.month) if at is None else at for point, at in zip(points, years, strict=True)]
