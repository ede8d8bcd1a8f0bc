"""What the results of a survey look like: one number first, its range beside it, nothing of too few people."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from handlers.kit import Bar, Card, Row, Turn, Words, words
from itadomain.fiscal import BUDDHIST_ERA
from itadomain.frameworks import framework_for
from itadomain.frameworks.shape import Name
from itadomain.surveys.feeding import Official, official_whole, weakest
from itadomain.surveys.questionnaire import Answering, Item
from itadomain.surveys.results import ENOUGH, Estimate, Response, View
from itadomain.surveys.survey import FEWEST, Kind, Survey
from itadomain.surveys.themes import Theme
from itadomain.thai import SHORT_MONTHS

WEAKEST_SHOWN = 3
WHOLE = 100
#: From so many on, a share of people who are counted at every fifth is about right.
ENOUGH_TO_SHARE = 50
#: From 4 of 5 on a visit counts as good.
GOOD = Decimal(4)
KINDS: Mapping[Kind, Words] = {
    Kind.OUTSIDERS: words("survey_results.outsiders"),
    Kind.INSIDERS: words("survey_results.insiders"),
    Kind.VISIT: words("survey_results.visit"),
}
THEMES: Mapping[str, Words] = {
    "waiting": words("survey_results.theme_waiting"),
    "manners": words("survey_results.theme_manners"),
    "clarity": words("survey_results.theme_clarity"),
    "papers": words("survey_results.theme_papers"),
    "fees": words("survey_results.theme_fees"),
    "place": words("survey_results.theme_place"),
    "online": words("survey_results.theme_online"),
    "fairness": words("survey_results.theme_fairness"),
    "openness": words("survey_results.theme_openness"),
    "hours": words("survey_results.theme_hours"),
    "other": words("survey_results.theme_other"),
}


def whole(turn: Turn, survey: Survey, view: View, official: Mapping[int, Official]) -> Card:
    """One number, an indicator a bar beside the last official one, and the weakest questions."""
    if survey.kind is Kind.VISIT:
        return _visit(survey, view, KINDS[survey.kind])
    title = words("survey_results.title", kind=KINDS[survey.kind], year=survey.fiscal_year)
    return _rehearsed(survey, view, title, official, [*_before(turn, survey), *_changes(view, official)])


def part(survey: Survey, view: View, name: Any) -> Card:
    """The same of the people of one unit, without what is known of all alone."""
    if survey.kind is Kind.VISIT:
        return _visit(survey, view, name)
    return _rehearsed(survey, view, name, {}, ())


def items(survey: Survey, view: View, shown: Sequence[Item]) -> Iterator[Card]:
    """Questions one by one: those that count, and apart from them those that do not."""
    for counts, title in ((True, words("survey_results.items")), (False, words("survey_results.items_apart"))):
        rows = [Row(_question(one), _score(view, one)) for one in shown if one.counts is counts]
        if rows:
            note = words("survey_results.items_note") if counts else words("survey_results.items_apart_note")
            yield Card(title, title, subtitle=_not_official(survey), rows=rows, notes=[note])


def apart(survey: Survey, told: Words, parts: Sequence[tuple[Any, View]]) -> Card:
    """One bar for each part of the people; a part of fewer than five is named without a figure."""
    figures = [(name, _figure(survey, view)) for name, view in parts]
    return Card(
        summary=told,
        title=told,
        subtitle=_not_official(survey),
        bars=[
            Bar(words("survey_results.part", name=name, people=one.people), one.mean, _passes(survey, one))
            for name, one in figures
            if one
        ],
        rows=[Row(name, words("survey_results.hidden", fewest=FEWEST)) for name, one in figures if not one],
        notes=[words("survey_results.scale_five")] if survey.kind is Kind.VISIT else [],
    )


def answered(survey: Survey, seen: Response, also: Sequence[Row] = ()) -> Card:
    """Who was asked and how far they came; and what else is to be told of it."""
    told = words("survey_results.response", answered=seen.answered)
    few = words("survey_results.response_few", fewest=FEWEST)
    rows: list[tuple[Words, int | None]] = [
        (words("survey_results.invited"), seen.invited),
        (words("survey_results.answered"), seen.answered),
        (words("survey_results.told"), seen.told),
        (words("survey_results.waiting"), seen.waiting),
        (words("survey_results.started"), seen.started),
        (words("survey_results.elsewhere"), seen.elsewhere),
        *((words("survey_results.stopped_at", no=no), count) for no, count in seen.stopped_at.items()),
    ]
    return Card(
        summary=told if seen.answered else few,
        title=words("survey_results.response_title", kind=KINDS[survey.kind], year=survey.fiscal_year),
        number=seen.answered or None,
        tag=words("survey_results.people") if seen.answered else None,
        text=_share(seen) if seen.answered else few,
        rows=[*(Row(label, people(count)) for label, count in rows), *also],
        notes=[words("survey_results.at_fives", fewest=FEWEST)],
    )


def people(count: int | None) -> object:
    """How many took part: at every fifth, fewer than five as that, and that it is not kept any more."""
    if count is None:
        return words("survey_results.not_kept")
    return count or words("survey_results.fewer", fewest=FEWEST)


def said(survey: Survey, count: int, found: Sequence[Theme]) -> Card:
    """What own words are about."""
    told = words("survey_results.said", count=count)
    return Card(
        summary=told,
        title=told,
        subtitle=words("survey_results.title", kind=KINDS[survey.kind], year=survey.fiscal_year),
        rows=[Row(THEMES[one.code], one.count) for one in found],
        notes=[words("survey_results.by_keyword", fewest=FEWEST)],
    )


def spoken(survey: Survey, shown: Sequence[str], count: int) -> Card:
    """Own words as they were written, in no order."""
    told = words("survey_results.said", count=count)
    return Card(told, told, notes=[words("survey_results.quoted", said=one) for one in shown])


def unit_name(turn: Turn, unit_id: str) -> Any:
    """A unit by name; of those whom no poster ties to one, that it is not known."""
    found = turn.store.units.get(unit_id)
    return found.name if found else words("survey_results.no_unit")


def point_name(turn: Turn, code: str) -> Any:
    """A service point by name."""
    named = {one.code: one.name for one in turn.store.surveys.points()}
    return named.get(code) or words("survey_results.no_point")


def month(first: date) -> Name:
    """«ม.ค. 2570»."""
    year = first.year + BUDDHIST_ERA
    return Name(f"{SHORT_MONTHS[first.month - 1]} {year}", f"{first:%b} {year}")


def _rehearsed(
    survey: Survey, view: View, title: Any, official: Mapping[int, Official], compared: Sequence[Words]
) -> Card:
    """What a rehearsal came to, and what it is compared with where anything is."""
    low = weakest(survey, view)[:WEAKEST_SHOWN]
    return Card(
        summary=_in_short(survey, view),
        title=title,
        subtitle=_not_official(survey),
        number=view.whole.mean if view.whole else None,
        tag=words("survey_results.rehearsed", short=_short(survey)),
        text=_range_of(view.whole) if view.whole else words("survey_results.nothing_counts"),
        bars=list(_indicators(survey, view, official)),
        rows_title=words("survey_results.weakest") if low else None,
        rows=[Row(_question(item), now.mean) for item, now in low],
        notes=[*compared, *_how_counted(survey)],
        doubts=list(_doubts(survey, view)),
    )


def _visit(survey: Survey, view: View, name: Any) -> Card:
    """How satisfied people were, from 1 to 5, and how many chose each."""
    told, steps = view.content, _steps(survey, view)
    return Card(
        summary=words("survey_results.visit_in_short", mean=told.mean if told else None, people=view.people),
        title=words("survey_results.title", kind=name, year=survey.fiscal_year),
        number=told.mean if told else None,
        tag=words("survey_results.of_five"),
        text=_range_of(told) if told else None,
        bars=[
            Bar(words("survey_results.step", no=no, count=count), _percent(count, sum(steps)), no >= GOOD)
            for no, count in reversed(list(enumerate(steps, 1)))
        ],
        notes=[words("survey_results.scale_five"), words("survey_results.five_at_a_time", fewest=FEWEST)],
    )


def _steps(survey: Survey, view: View) -> Sequence[int]:
    """How often each of the five was chosen; nothing where too few chose at all."""
    codes = (one.code for one in survey.questionnaire.slots if one.item.answering is Answering.FIVE)
    return next((told for code in codes if (told := view.steps.get(code))), ())


def _share(seen: Response) -> Words | None:
    """About which share of those who were asked; of few it would be far off, and after visits one answers again."""
    if seen.invited is None or seen.invited < ENOUGH_TO_SHARE or seen.answered > seen.invited:
        return None
    return words("survey_results.share", percent=_percent(seen.answered, seen.invited))


def _percent(count: int, of: int) -> Decimal:
    return (Decimal(WHOLE * count) / of).quantize(Decimal(1)) if of else Decimal(0)


def _in_short(survey: Survey, view: View) -> Words:
    facts = {"short": _short(survey), "year": survey.fiscal_year, "people": view.people}
    if view.whole is None:
        return words("survey_results.in_short_unscored", **facts)
    return words("survey_results.in_short", mean=view.whole.mean, **facts)


def _indicators(survey: Survey, view: View, official: Mapping[int, Official]) -> Iterator[Bar]:
    framework = framework_for(survey.fiscal_year).framework
    for no, told in view.indicators.items():
        if told:
            name, printed = framework.indicator(no).name, official.get(no)
            label = words("survey_results.indicator", no=no, name=name, low=told.low, high=told.high)
            if printed:
                facts = {"year": printed.fiscal_year, "points": printed.points}
                label = words("survey_results.beside", told=label, **facts)
            yield Bar(label, told.mean, _passes(survey, told))


def _before(turn: Turn, survey: Survey) -> Iterator[Words]:
    printed = official_whole(turn.store, survey)
    if printed:
        yield words("survey_results.before", short=_short(survey), year=printed.fiscal_year, points=printed.points)


def _changes(view: View, official: Mapping[int, Official]) -> Iterator[Words]:
    """How far each indicator is from the last official one; within its range it is as good as the same."""
    for no, told in view.indicators.items():
        printed = official.get(no)
        if told and printed:
            change, facts = told.mean - printed.points, {"no": no, "year": printed.fiscal_year}
            if told.low <= printed.points <= told.high:
                yield words("survey_results.as_before", **facts)
            elif change > 0:
                yield words("survey_results.more", change=change, **facts)
            else:
                yield words("survey_results.less", change=-change, **facts)


def _how_counted(survey: Survey) -> Sequence[Words]:
    counted = [
        words("survey_results.opened", day=survey.opened_on),
        words("survey_results.five_at_a_time", fewest=FEWEST),
        words("survey_results.sampling_only"),
    ]
    return counted if survey.population else [*counted, words("survey_results.no_population")]


def _doubts(survey: Survey, view: View) -> Iterator[Words]:
    if view.people < ENOUGH:
        yield words("survey_results.few", people=view.people, enough=ENOUGH)
    apart_from = [one.code for one in survey.questionnaire.items if one.official and not one.counts]
    if apart_from:
        yield words("survey_results.unconfirmed", count=len(apart_from))
    if survey.questionnaire.missing:
        yield words("survey_results.missing", codes=survey.questionnaire.missing)


def _figure(survey: Survey, view: View) -> Estimate | None:
    return view.content if survey.kind is Kind.VISIT else view.whole


def _passes(survey: Survey, told: Estimate) -> bool:
    if survey.kind is Kind.VISIT:
        return told.mean >= GOOD
    return told.mean >= framework_for(survey.fiscal_year).framework.scale.passing


def _range_of(told: Estimate) -> Words:
    return words("survey_results.range", low=told.low, high=told.high, people=told.people)


def _score(view: View, item: Item) -> Words:
    told = view.items.get(item.code)
    if told is None:
        return words("survey_results.hidden", fewest=FEWEST)
    return words("survey_results.score", mean=told.mean, low=told.low, high=told.high, people=told.people)


def _question(item: Item) -> Words:
    return words("survey_results.question", code=item.code, wording=item.wording)


def _not_official(survey: Survey) -> Words | None:
    return words("survey_results.not_official", short=_short(survey)) if survey.kind.instrument else None


def _short(survey: Survey) -> str:
    return survey.kind.instrument.value if survey.kind.instrument else ""
