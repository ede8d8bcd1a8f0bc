"""What a forecast looks like: a card in a colour of its own, and what work would reach the next grade."""

from collections.abc import Iterator, Sequence
from typing import Any

from handlers.kit import Bar, Card, Row, Turn, Words, words
from handlers.results.score_cards import PLAIN
from itadomain.forecasting import Forecast, Span
from itadomain.frameworks import NEWEST
from itadomain.frameworks.shape import Instrument, Name
from itadomain.improving import Improvement, Plan, plan
from itadomain.measures import Measure
from itadomain.refusals import Refusal
from itadomain.surveys.asking import items_of
from itadomain.surveys.feeding import for_indicator, plan_at_hand
from itadomain.surveys.survey import REHEARSALS

MOST_MEASURES = 3


def forecast(turn: Turn, found: Forecast) -> Card:
    """One number, its range and grades, and what every part of it stands on."""
    low, likely, high = (_grade(one.name if one else None) for one in found.grades)
    facts = {"year": found.fiscal_year, "total": found.shown(found.total.points), "grade": likely}
    return Card(
        summary=words("forecast.in_short", **facts, basis=_basis(found)),
        title=words("forecast.title", year=found.fiscal_year),
        subtitle=_basis(found),
        number=found.shown(found.total.points),
        tag=words("score.grade", grade=likely),
        bars=[_bar(found, one, span) for one, span in found.instruments.items()],
        rows_title=words("forecast.range_title" if found.rehearsed else "forecast.stands_on"),
        rows=[
            Row(words("forecast.range"), _range(found, found.total)),
            Row(words("forecast.grades"), likely if low == high else words("forecast.from_to", low=low, high=high)),
            *_stands_on(found),
        ],
        notes=[*([words("forecast.sampling_only")] if found.rehearsed else ()), words("forecast.no_result_yet")],
        doubts=list(_doubts(found)),
        guess=True,
    )


def improvements(turn: Turn, found: Forecast) -> Card | Words:
    """What work reaches the next grade: on which indicators, by how much, and whose measures stand for it."""
    try:
        way = plan(found.applied.framework, found.scores)
    except Refusal as refusal:
        return Words(refusal.key, refusal.facts)
    if way is None:
        return words("forecast.at_the_top")
    told = words("forecast.way", grade=way.grade.name, count=len(way.improvements), points=way.points)
    return Card(
        summary=told,
        title=words("forecast.way_title", grade=way.grade.name),
        subtitle=_basis(found),
        text=told,
        rows=_rows(turn, found, way),
        notes=[words("forecast.smallest"), words("forecast.work_only")],
        guess=True,
    )


def _rows(turn: Turn, found: Forecast, way: Plan) -> Sequence[Row]:
    measures = plan_at_hand(turn.store, turn.today)
    asked = [one for kind in REHEARSALS.values() for one in items_of(turn.store, kind, found.fiscal_year)]
    return [
        Row(_gain(found, one), _work(turn, for_indicator(measures, one.no, asked, found.fiscal_year)))
        for one in way.improvements
    ]


def _gain(found: Forecast, one: Improvement) -> Words:
    name = found.applied.framework.indicator(one.no).name
    return words(
        "forecast.gain",
        no=one.no,
        name=name,
        points=one.points,
        before=found.shown(one.before),
        after=found.shown(one.after),
    )


def _work(turn: Turn, measures: Sequence[Measure]) -> Any:
    """The measures that stand for an indicator, each with whose it is."""
    if not measures:
        return words("forecast.no_measure")
    told = [words("forecast.work", title=one.title, owners=_owners(turn, one)) for one in measures[:MOST_MEASURES]]
    more = len(measures) - len(told)
    return [*told, *([words("forecast.more", count=more)] if more else ())]


def _owners(turn: Turn, measure: Measure) -> Any:
    """The units that answer for it now; else those that the plan prints."""
    duties = [one for one in turn.store.obligations.of_measure(measure.id) if one.open]
    units = [unit.name for one in duties if (unit := turn.store.units.get(one.unit))]
    return units or measure.owners or words("measures.not_printed")


def _bar(found: Forecast, instrument: Instrument, span: Span) -> Bar:
    label = words("score.bar", short=instrument.value, plain=PLAIN[instrument])
    return Bar(label, found.shown(span.points), span.points >= found.applied.framework.scale.passing)


def _stands_on(found: Forecast) -> Iterator[Row]:
    """For each instrument, which of its indicators are rehearsed and which are official."""
    for instrument, span in found.instruments.items():
        own = [found.parts[one.no] for one in found.applied.framework.of(instrument) if one.no in found.parts]
        rehearsed = [one for one in own if one.people]
        told = []
        if rehearsed:
            people = min(one.people or 0 for one in rehearsed)
            told.append(words("forecast.by_rehearsal", numbers=[one.no for one in rehearsed], people=people))
        if len(rehearsed) < len(own) or not own:
            told.append(words("forecast.by_result", year=found.official.result.fiscal_year))
        yield Row(words("forecast.part", short=instrument.value, range=_range(found, span)), told)


def _range(found: Forecast, span: Span) -> Any:
    if span.printed:
        return found.shown(span.points)
    return words("forecast.from_to", low=found.shown(span.low), high=found.shown(span.high))


def _basis(found: Forecast) -> Words:
    if found.rehearsed:
        return words("forecast.line_only")
    return words("forecast.official_only", year=found.official.result.fiscal_year)


def _grade(name: Name | None) -> Any:
    return name or "-"


def _doubts(found: Forecast) -> Iterator[Words]:
    """What is not confirmed of the rule, of the result and of the questions that it stands on."""
    if found.applied.assumed:
        yield words("score.framework_assumed", year=found.fiscal_year, newest=NEWEST)
    elif not found.applied.confirmed:
        yield words("score.rule_unconfirmed", year=found.fiscal_year)
    if found.official.contradicted:
        yield words("forecast.result_contradicted", year=found.official.result.fiscal_year)
    for instrument, one in found.rehearsed.items():
        if one.unconfirmed:
            yield words("forecast.questions_unconfirmed", short=instrument.value, count=one.unconfirmed)
