"""From one fiscal year to the next: the result that comes out in August, and what is carried over on 1 October.

Measures of a year answer the result of the year before.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from itadomain.changes import Act
from itadomain.duties import duty_id
from itadomain.fiscal import FIRST_MONTH, FiscalYear, fiscal_year_of
from itadomain.frameworks import framework_for
from itadomain.history import Deed, Entry
from itadomain.measures import Closing, Measure, Obligation, Printed, Standing
from itadomain.organisation import folded
from itadomain.people import Person
from itadomain.periods import follow_up, period
from itadomain.ports import Store
from itadomain.refusals import Refusal
from itadomain.scores import Headline, Result, ScoreTable, score
from itadomain.superiors import members_of
from itadomain.thai import fold
from itadomain.timetable import scheduled, timetable

#: Results come out in August; the fiscal year ends with September.
RESULTS_COME = 8
#: What a result is kept as that was read off, not brought in with a document.
PUBLISHED = "ผลการประเมินที่ประกาศ"
FIGURE = re.compile(r"[0-9][0-9.]*")


@dataclass(frozen=True)
class Carried:
    """A measure that was carried over, with what its units answer for in the new year."""

    measure: Measure
    obligations: Sequence[Obligation]


def result_due(years: Iterable[int], today: date) -> FiscalYear | None:
    """The fiscal year whose result should be out and is not kept; None from October to July, or where it is."""
    running = fiscal_year_of(today)
    out = RESULTS_COME <= today.month < FIRST_MONTH
    return running if out and running not in set(years) else None


def result_of(year: FiscalYear, total: str, points: str, document: str) -> Result:
    """The result of a year as somebody reads it off: the total, and the indicators in their official order."""
    wanted = [one.no for one in framework_for(year).framework.indicators]
    found = FIGURE.findall(fold(points))
    if len(found) != len(wanted):
        raise Refusal("years.count_of_points", count=len(found), wanted=len(wanted))
    table = ScoreTable(document, {no: score(figure) for no, figure in zip(wanted, found, strict=True)})
    return Result(year, document, (Headline(total_of(total)),), (table,))


def total_of(text: str) -> Decimal:
    """A total as somebody types it: «94.97», «๙๔.๙๗ คะแนน»; Refusal where it is none."""
    found = FIGURE.search(fold(text))
    return score(found[0] if found else text.strip())


def unfinished(store: Store, year: int) -> Sequence[Measure]:
    """The measures of a plan that some unit has not done, and that the next year's plan does not have.

    One that was carried over is known by where it comes from, whatever it is called since and whose it is.
    """
    there = {one.carried_from or _likeness(one) for one in store.measures.of_year(year + 1)}
    undone = {one.measure for one in store.obligations.of_year(year) if _undone(one)}
    owing = [one for one in store.measures.of_year(year) if one.id in undone]
    return [one for one in owing if there.isdisjoint({one.id, _likeness(one)})]


def carry_over(store: Store, measure: Measure, act: Act) -> Carried:
    """Put an unfinished measure into the next year's plan, for the units that have not done it, where they stand."""
    year = FiscalYear(measure.plan_year + 1)
    duties = [one for one in store.obligations.of_measure(measure.id) if one.closed_as is not Closing.MOVED]
    owing = [one for one in duties if _undone(one)]
    theirs = measure if len(owing) == len(duties) else _owned_by(store, measure, owing)
    going = replace(theirs, id=store.new_id(), plan_year=year, carried_from=measure.id)
    kept = store.measures.add(_of_next(going))
    table = timetable(kept, store.days(year))
    obligations = [scheduled(_continued(one, kept), table) for one in owing]
    store.obligations.save(*obligations)
    was, now = {"plan_year": str(measure.plan_year)}, {"plan_year": str(year)}
    for one_id in (measure.id, kept.id):
        store.history.add(Entry(one_id, Deed.CARRIED, act.today, act.by, "", was, now, act.why))
    return Carried(kept, obligations)


def asked(
    people: Sequence[Person], secretariat: str, administrators: Sequence[Person], today: date
) -> Sequence[Person]:
    """Whom the clock asks what only people decide: the secretariat, the administrators where there is nobody."""
    return (members_of(secretariat, people, today) if secretariat else ()) or administrators


def _undone(obligation: Obligation) -> bool:
    return obligation.open and obligation.standing is not Standing.DONE


def _continued(before: Obligation, measure: Measure) -> Obligation:
    """A unit's share in the new year, begun where it stands."""
    blank = Obligation(
        duty_id(measure.id, before.unit), measure.id, before.unit, measure.plan_year, measure.place, before.lead
    )
    return replace(blank, standing=before.standing, percent=before.percent, amount=before.amount)


def _owned_by(store: Store, measure: Measure, owing: Sequence[Obligation]) -> Measure:
    """The measure of those units only that have not done it."""
    units = [(unit.name, one.lead) for one in owing if (unit := store.units.get(one.unit))]
    lead = next((name for name, leads in units if leads), "")
    return replace(measure, owners=tuple(name for name, _ in units), lead=lead)


def _of_next(measure: Measure) -> Measure:
    """The measure in its new year: wordings that name days of the old one are left empty, to be asked for."""
    when = measure.when if period(measure.when, measure.plan_year).doubt is None else ""
    after = follow_up(measure.cadence, measure.plan_year)
    cadence = measure.cadence if after.doubt is None else ""
    plain = replace(measure, number="", place=0, settled_period="", settled_follow_up="", printed=Printed())
    return replace(plain, period=when, follow_up=cadence)


def _likeness(measure: Measure) -> tuple[str, ...]:
    """What a measure is recognised by in another year's plan."""
    return folded(measure.title), *map(folded, measure.owners)
