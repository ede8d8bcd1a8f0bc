"""What an assessment would come to if it were today: a range, and what each part of it stands on.

An indicator stands on this year's rehearsal where enough people answered it, else on the last official result. A range
covers only that some answered and not all: who follows an account is nobody's random sample, and no arithmetic mends
that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from itadomain.audit import Audit, audit
from itadomain.fiscal import FiscalYear, fiscal_year_of
from itadomain.frameworks import Applied, framework_for
from itadomain.frameworks.shape import Framework, Grade, Instrument
from itadomain.grades import borders, grade_of
from itadomain.ports import Store
from itadomain.refusals import Refusal
from itadomain.scores import shown
from itadomain.surveys.results import ENOUGH, Estimate, View, whole_view
from itadomain.surveys.survey import REHEARSALS, Kind, Survey

#: So fine a difference is one of arithmetic: thirds are no finite decimals.
FINEST = Decimal("1e-12")


@dataclass(frozen=True)
class Span:
    """Points of 100 and how far they may reach down and up; all the same where they are printed."""

    points: Decimal
    low: Decimal
    high: Decimal

    @property
    def printed(self) -> bool:
        """Whether there is no range about it."""
        return self.low == self.high


@dataclass(frozen=True)
class Part:
    """One indicator; `people` is how many answered the rehearsal that it stands on, none where it is official."""

    no: int
    span: Span
    people: int | None = None


@dataclass(frozen=True)
class Rehearsed:
    """A rehearsal with what it came to."""

    survey: Survey
    view: View

    @property
    def unconfirmed(self) -> int:
        """How many official questions it leaves out, because nobody has confirmed what they are."""
        asked = self.survey.questionnaire
        return len(asked.missing) + sum(one.official and not one.counts for one in asked.items)


@dataclass(frozen=True)
class Forecast:
    """What a year's assessment would come to today; `grades` are those of the low end, the middle and the high end."""

    fiscal_year: FiscalYear
    applied: Applied
    official: Audit  # the last result
    rehearsed: Mapping[Instrument, Rehearsed]  # those that parts stand on
    parts: Mapping[int, Part]
    instruments: Mapping[Instrument, Span]
    total: Span
    grades: Sequence[Grade | None]

    @property
    def scores(self) -> Mapping[int, Decimal]:
        """The middle of every indicator that is known."""
        return {no: part.span.points for no, part in self.parts.items()}

    def shown(self, points: Decimal) -> Decimal:
        """Points to two decimals, not rounded up into a grade that they have not reached."""
        return shown(points, borders(self.applied.framework.scale))


def forecast(store: Store, today: date) -> Forecast:
    """What the assessment of the running year would come to; Refusal where it is out already, or too little is known.

    The range of an instrument is its rehearsal's own, where all its indicators stand on it: the same people answered
    them, so they are not independent. Insiders, outsiders and papers are, so the total's range is the root of the sum
    of their squares.
    """
    year, official = fiscal_year_of(today), _last_result(store)
    if official.result.fiscal_year >= year:
        raise Refusal("forecast.already_official", year=official.result.fiscal_year)
    applied = framework_for(year)
    views = {of: one for of, kind in REHEARSALS.items() if (one := _rehearsed(store, kind, year))}
    parts = _parts(applied.framework, official, views)
    found_of = {one: _instrument(applied.framework, one, parts, official, views.get(one)) for one in Instrument}
    instruments = {one: span for one, span in found_of.items() if span}
    missing = [one.value for one in Instrument if one not in instruments]
    if missing:
        raise Refusal("forecast.instruments_missing", missing=missing)
    total = _total(applied.framework, instruments)
    return Forecast(
        fiscal_year=year,
        applied=applied,
        official=official,
        rehearsed=views,
        parts=parts,
        instruments=instruments,
        total=total,
        grades=_grades(applied, total, instruments),
    )


def _rehearsed(store: Store, kind: Kind, year: int) -> Rehearsed | None:
    """The newest rehearsal of a year that enough people answered; None where there is none."""
    rounds = [one for one in store.surveys.all() if one.kind is kind and one.fiscal_year == year]
    seen = (Rehearsed(one, whole_view(store, one)) for one in rounds)
    return next((one for one in seen if any(map(_enough, one.view.indicators.values()))), None)


def _enough(told: Estimate | None) -> bool:
    return told is not None and told.people >= ENOUGH


def _last_result(store: Store) -> Audit:
    newest = next(iter(store.scores.all()), None)
    if newest is None:
        raise Refusal("forecast.no_result")
    return audit(newest)


def _parts(framework: Framework, official: Audit, views: Mapping[Instrument, Rehearsed]) -> Mapping[int, Part]:
    parts = {}
    for one in framework.indicators:
        seen = views.get(one.instrument)
        told = seen.view.indicators.get(one.no) if seen else None
        if told and _enough(told):
            parts[one.no] = Part(one.no, _span(told), told.people)
        elif one.no in official.indicators:
            printed = official.indicators[one.no]
            parts[one.no] = Part(one.no, Span(printed, printed, printed))
    return parts


def _instrument(
    framework: Framework,
    instrument: Instrument,
    parts: Mapping[int, Part],
    official: Audit,
    seen: Rehearsed | None,
) -> Span | None:
    """The mean of its indicators; as printed where the result has no indicators; None where nothing is known."""
    numbers = [one.no for one in framework.of(instrument)]
    own = [parts[no] for no in numbers if no in parts]
    if len(own) < len(numbers):
        printed = official.instruments.get(instrument)
        return None if printed is None else Span(printed, printed, printed)
    if seen and seen.view.whole and all(one.people for one in own):
        return _span(seen.view.whole)
    # A part of them rehearsed: as if they erred together, which is the widest that they can.
    spans = [one.span for one in own]
    ends = ([one.points for one in spans], [one.low for one in spans], [one.high for one in spans])
    return Span(*(_fine(sum(points, Decimal(0)) / len(points)) for points in ends))


def _total(framework: Framework, instruments: Mapping[Instrument, Span]) -> Span:
    weights = framework.weights
    points = sum((weights[one] * span.points for one, span in instruments.items()), Decimal(0))
    down = [weights[one] * (span.points - span.low) for one, span in instruments.items()]
    up = [weights[one] * (span.high - span.points) for one, span in instruments.items()]
    return Span(_fine(points), _fine(points - _root(down)), _fine(points + _root(up)))


def _root(widths: Sequence[Decimal]) -> Decimal:
    """What independent errors come to together."""
    return sum((one * one for one in widths), Decimal(0)).sqrt()


def _grades(applied: Applied, total: Span, instruments: Mapping[Instrument, Span]) -> Sequence[Grade | None]:
    scale = applied.framework.scale
    return (
        grade_of(scale, total.low, {one: span.low for one, span in instruments.items()}),
        grade_of(scale, total.points, {one: span.points for one, span in instruments.items()}),
        grade_of(scale, total.high, {one: span.high for one, span in instruments.items()}),
    )


def _span(told: Estimate) -> Span:
    return Span(_fine(told.mean), _fine(told.low), _fine(told.high))


def _fine(points: Decimal) -> Decimal:
    return points.quantize(FINEST, ROUND_HALF_UP).normalize()
