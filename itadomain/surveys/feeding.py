"""Which measures answer which questions, what those score now, and what no measure answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from itadomain.audit import audit
from itadomain.fiscal import FiscalYear, fiscal_year_of
from itadomain.frameworks import framework_for
from itadomain.frameworks.shape import Name
from itadomain.measures import Measure, years_at_hand
from itadomain.ports import Store
from itadomain.surveys.known import known
from itadomain.surveys.questionnaire import Item
from itadomain.surveys.results import Estimate, View, whole_view
from itadomain.surveys.survey import REHEARSALS, Kind, Survey

#: The lowest questions are weak even where they pass.
ALWAYS_WEAK = 3
#: Up to this year the codes stood for the questions that plans of that time name.
LAST_OF_FIFTEEN = 2566


@dataclass(frozen=True)
class Official:
    """Points in the last official result."""

    fiscal_year: FiscalYear
    points: Decimal


@dataclass(frozen=True)
class Live:
    """What a question scores in a rehearsal now, and what it, or its indicator, had before."""

    item: Item
    now: Estimate
    before: Decimal | None = None  # the same question in the rehearsal of an earlier year
    indicator: Estimate | None = None  # its indicator in the rehearsal
    official: Official | None = None  # its indicator in the last result


@dataclass(frozen=True)
class Gap:
    """A weak question that no measure answers."""

    item: Item
    now: Estimate


def answered(measure: Measure, item: Item, year: int) -> bool:
    """Whether a measure answers a question of a year: it names it, or names none and stands for its indicator."""
    return _names(measure, item, year) if measure.questions else item.indicator in measure.indicators


def live(store: Store, measure: Measure, today: date) -> Sequence[Live]:
    """What the questions of a measure score in the newest rehearsals, in the order of the questionnaire."""
    found: list[Live] = []
    for kind in REHEARSALS.values() if measure.questions or measure.indicators else ():
        newest, older = _rounds(store, kind, today)
        items = (
            [one for one in newest.questionnaire.items if answered(measure, one, newest.fiscal_year)] if newest else []
        )
        if newest and items:
            found += _live(store, items, whole_view(store, newest), older)
    return found


def gaps(store: Store, survey: Survey, today: date) -> Sequence[Gap] | None:
    """The weak questions of a rehearsal that no measure of the plans at hand answers, the weakest first.

    Weak is what does not pass, and the lowest even where they do; only what counts for its indicator is looked at.
    None where nothing of it may be told yet.
    """
    told, plan = weakest(survey, whole_view(store, survey)), plan_at_hand(store, today)
    passing = framework_for(survey.fiscal_year).framework.scale.passing
    found = [
        Gap(item, now)
        for place, (item, now) in enumerate(told)
        if (now.mean < passing or place < ALWAYS_WEAK)
        and not any(answered(one, item, survey.fiscal_year) for one in plan)
    ]
    return found if told else None


def newest_rehearsals(store: Store, today: date) -> Sequence[Survey]:
    """The newest of each kind, of this year or the last."""
    return [newest for kind in REHEARSALS.values() if (newest := _rounds(store, kind, today)[0])]


def familiar(item: Item) -> bool:
    """Whether it asks what the question of its code asked up to 2566: plans of that time speak of it by the code."""
    years = LAST_OF_FIFTEEN - 1, LAST_OF_FIFTEEN
    asked = {(one.code, one.wording) for kind in REHEARSALS.values() for year in years for one in known(kind, year)}
    return (item.code, item.wording) in asked


def plan_at_hand(store: Store, today: date) -> Sequence[Measure]:
    """The measures that are worked on now, in the order of their plans."""
    years = years_at_hand(store.measures.years(), today)
    return [one for year in years for one in store.measures.of_year(year) if not one.cancelled_on]


def for_indicator(plan: Sequence[Measure], no: int, asked: Sequence[Item], year: int) -> Sequence[Measure]:
    """Those of a plan that stand for an indicator, or name one of the questions asked about it in a year."""
    about = [one for one in asked if one.indicator == no]
    return [one for one in plan if no in one.indicators or any(_names(one, item, year) for item in about)]


def weakest(survey: Survey, view: View) -> Sequence[tuple[Item, Estimate]]:
    """The questions that count and may be told, the lowest first."""
    told = [(one, now) for one in survey.questionnaire.items if one.counts and (now := view.items.get(one.code))]
    return sorted(told, key=lambda pair: pair[1].mean)


def officials(store: Store) -> Mapping[int, Official]:
    """The indicators of the last official result, none where there is none."""
    newest = next(iter(store.scores.all()), None)
    if newest is None:
        return {}
    return {no: Official(newest.fiscal_year, points) for no, points in audit(newest).indicators.items()}


def official_whole(store: Store, survey: Survey) -> Official | None:
    """What a rehearsal rehearses, in the last official result."""
    newest, instrument = next(iter(store.scores.all()), None), survey.kind.instrument
    if newest is None or instrument is None:
        return None
    seen = audit(newest)
    points = seen.instruments.get(instrument)
    return None if points is None else Official(newest.fiscal_year, seen.shown(points))


def _names(measure: Measure, item: Item, year: int) -> bool:
    """Whether a measure names a question of a year; in another year than its plan's, the code may be another one's."""
    if item.code not in {code.upper() for code in measure.questions}:
        return False
    return measure.plan_year == year or item.wording == _wordings(measure.plan_year).get(item.code)


@cache
def _wordings(year: int) -> Mapping[str, Name]:
    """What is known of how the questions of a year are worded, by their codes."""
    return {one.code: one.wording for kind in REHEARSALS.values() for one in known(kind, year)}


def _live(store: Store, items: Sequence[Item], view: View, older: Survey | None) -> Iterator[Live]:
    before, official = _before(store, older), officials(store)
    for item in items:
        now = view.items.get(item.code)
        no = item.indicator
        if now:
            had = before.get((item.code, item.wording))
            yield Live(item, now, had, view.indicators.get(no) if no else None, official.get(no) if no else None)


def _before(store: Store, older: Survey | None) -> Mapping[tuple[str, Name], Decimal]:
    """What questions had, by code and words: a code may stand for another one in another year."""
    if older is None:
        return {}
    view, asked = whole_view(store, older), older.questionnaire.items
    return {(one.code, one.wording): told.mean for one in asked if (told := view.items.get(one.code))}


def _rounds(store: Store, kind: Kind, today: date) -> tuple[Survey | None, Survey | None]:
    """The newest rehearsal of this year or the last, and the newest of a year before that."""
    rounds = [one for one in store.surveys.all() if one.kind is kind]
    newest = next((one for one in rounds if one.fiscal_year >= fiscal_year_of(today) - 1), None)
    older = next((one for one in rounds if newest and one.fiscal_year < newest.fiscal_year), None)
    return newest, older
