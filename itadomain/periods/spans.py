"""Times with a beginning and an end of their own, put together to one period."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from itadomain.fiscal import first_day, fiscal_year_of, last_day
from itadomain.periods.named import Named, Unit
from itadomain.periods.shape import Doubt, Period, Rule, Span, Told


def spanned(blank: Period, spans: Sequence[Named]) -> Period:
    """One span, or several times; what only frames something narrower («ปีงบประมาณ ๒๕๖๗ ไตรมาส ๒») is left out."""
    narrowest = max(min(one.unit for one in spans), Unit.MONTH)
    inner = [one for one in spans if one.unit <= narrowest]
    parts = tuple(dict.fromkeys(part for one in inner for part in one.parts))
    frames = [[one for one in spans if one.unit == unit] for unit in Unit if unit > narrowest]
    in_order = sorted(parts)
    apart = all(part.end < following.start for part, following in pairwise(in_order))
    if not apart or not all(_holds(frame, in_order) for frame in frames if frame):
        return replace(blank, doubt=Told(Doubt.CONTRADICTS))
    start, end = in_order[0].start, in_order[-1].end
    rule = _rule(inner[0].unit, Span(start, end), len(parts))
    return replace(blank, rule=rule, start=start, end=end, segments=parts if len(parts) > 1 else ())


def _holds(frames: Sequence[Named], parts: Sequence[Span]) -> bool:
    """Whether wider times can stand beside narrower ones: they hold them all, and not all of them is claimed."""
    wide = sorted(part for one in frames for part in one.parts)
    inside = all(_day_in(part.start, wide) and _day_in(part.end, wide) for part in parts)
    used = all(any(part.start <= one.end and one.start <= part.end for part in parts) for one in wide)
    whole = (parts[0].start, parts[-1].end) == (wide[0].start, wide[-1].end)
    return inside and used and (whole or not any(one.before == "A" for one in frames))


def _day_in(day: date, spans: Sequence[Span]) -> bool:
    return any(day in span for span in spans)


def _rule(unit: Unit, span: Span, parts: int) -> Told:
    facts = {"start": span.start, "end": span.end}
    if parts > 1:
        return Told(Rule.PARTS, {"count": parts, **facts})
    if unit < Unit.YEAR:
        return Told(Rule.SPAN, facts)
    first, last = fiscal_year_of(span.start), fiscal_year_of(span.end)
    if span != Span(first_day(first), last_day(last)):
        return Told(Rule.CALENDAR_YEAR, facts)
    return Told(Rule.YEARS, {"first": first, "last": last, **facts}) if first < last else of_year(first)


def of_year(year: int) -> Told:
    """The rule of a whole fiscal year."""
    return Told(Rule.WHOLE_YEAR, {"year": year, "start": first_day(year), "end": last_day(year)})
