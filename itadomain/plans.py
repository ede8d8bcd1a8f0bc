"""Keeping a plan: its measures become somebody's, each with the day that it is next reported on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from itadomain.duties import Assigned, assigned, renewed
from itadomain.history import Deed, Entry
from itadomain.measures import Closing, Measure, Obligation, years_at_hand
from itadomain.organisation import Unit
from itadomain.ports import Store
from itadomain.timetable import Days, scheduled, timetable


@dataclass(frozen=True)
class Unowned:
    """A measure with an owner that is no known unit; an empty wording where none is printed at all."""

    measure: Measure
    owner: str


@dataclass(frozen=True)
class Kept:
    """A plan that is kept: its measures with their ids, their obligations, and what nobody answers for yet."""

    measures: Sequence[Measure]
    obligations: Sequence[Obligation]
    unowned: Sequence[Unowned]


def keep_plan(store: Store, plan: Sequence[Measure], units: Sequence[Unit], today: date, by: str = "") -> Kept:
    """Keep the measures of a plan and make them the units' own. What is kept already and the same stays untouched.

    `units` are all that exist, those too that the same turn has just made.
    """
    measures = store.measures.save_plan(plan)
    years = {one.plan_year: store.days(one.plan_year) for one in measures}
    known = {one.id: one for year in years for one in store.obligations.of_year(year)}
    planned = {one.measure for one in known.values()}
    obligations: list[Obligation] = []
    unowned: list[Unowned] = []
    for measure in measures:
        found = assigned(measure, units) if measure.cancelled_on is None else Assigned()
        table = timetable(measure, years[measure.plan_year])
        nobody = [] if found.obligations or measure.cancelled_on else [""]
        unowned += [Unowned(measure, owner) for owner in found.unknown or nobody]
        obligations += [scheduled(renewed(known.get(one.id), one), table) for one in found.obligations]
    left = _left(known.values(), obligations, unowned, today)
    store.obligations.save(*(one for one in (*obligations, *left) if one != known.get(one.id)))
    new = dict.fromkeys(one.measure for one in obligations if one.measure not in planned)
    store.history.add(*(Entry(measure, Deed.PLANNED, today, by) for measure in new))
    return Kept(measures, obligations, unowned)


def keep_current(store: Store, today: date) -> None:
    """Count the plans again that are worked on: units, holidays and meetings may have come since they were kept."""
    units = store.units.all()
    for year in years_at_hand(store.measures.years(), today):
        keep_plan(store, store.measures.of_year(year), units, today)


def keep_up(store: Store, measures: Sequence[Measure], days: Days | None = None) -> Sequence[Obligation]:
    """Count the due days of these measures again, after a meeting, a holiday or a wording changed; gives what moved.

    `days` are those that the same turn has just changed, and that the store does not know yet.
    """
    tables = {one.id: timetable(one, days or store.days(one.plan_year)) for one in measures}
    counted = [(one, scheduled(one, tables[one.measure])) for one in _duties(store, measures) if one.measure in tables]
    moved = [after for before, after in counted if after != before]
    store.obligations.save(*moved)
    return moved


def _left(
    known: Iterable[Obligation], now: Sequence[Obligation], unowned: Sequence[Unowned], today: date
) -> Iterator[Obligation]:
    """The duties of units that a corrected plan names no longer, closed; where its owners are unclear they stay."""
    theirs, clear = {one.id for one in now}, {one.measure for one in now} - {one.measure.id for one in unowned}
    for one in known:
        if one.open and one.measure in clear and one.id not in theirs:
            yield replace(one, closed_on=today, closed_as=Closing.MOVED, slot=None, due=None)


def _duties(store: Store, measures: Sequence[Measure]) -> Sequence[Obligation]:
    """The obligations of some measures: of one by itself, of many with their whole plans."""
    if len(measures) == 1:
        return store.obligations.of_measure(measures[0].id)
    years = sorted({one.plan_year for one in measures})
    return [duty for year in years for duty in store.obligations.of_year(year)]
