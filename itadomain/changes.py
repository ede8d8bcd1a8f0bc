"""Changing a measure without a new file: each change is checked, kept, counted again, and written down."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from itadomain.corrections import facts_of, with_follow_up, with_title
from itadomain.duties import duty_id, renewed, spelled
from itadomain.history import Deed, Entry
from itadomain.lateness import sees_all
from itadomain.measures import Closing, Measure, Obligation
from itadomain.organisation import Unit, unit_named
from itadomain.people import Person
from itadomain.plans import keep_up
from itadomain.ports import Store
from itadomain.refusals import Refusal
from itadomain.superiors import heads_of, members_of
from itadomain.timetable import scheduled, timetable

#: What is written down beside the facts of a measure, told by `history.field_<name>`.
WRITTEN_DOWN = ("unit", "approver", "plan_year")


@dataclass(frozen=True)
class Act:
    """Who changes something, on which day, and why."""

    today: date
    by: str = ""  # the id of a person, empty for the command line
    why: str = ""


@dataclass(frozen=True)
class Moved:
    """An obligation that went from one unit to another."""

    measure: Measure
    before: Obligation
    after: Obligation


def may_change(person: Person, units: Iterable[Unit], today: date) -> None:
    """Refuse whoever does not look after the whole agency: the secretariat, executives and administrators do."""
    if not sees_all(person, units, today):
        raise Refusal("changes.not_yours")


def standing(measure: Measure | None) -> Measure:
    """The measure, where it is there and was not cancelled; Refusal else."""
    if measure is None:
        raise Refusal("changes.no_such")
    if measure.cancelled_on:
        raise Refusal("changes.is_cancelled", day=measure.cancelled_on)
    return measure


def keep(store: Store, before: Measure, after: Measure, act: Act) -> Sequence[Obligation]:
    """Keep a changed measure, count its days again and write down what changed; gives the obligations that moved."""
    was, now = _differences(before, after)
    if was == now:
        raise Refusal("changes.same")
    store.measures.save(after)
    store.history.add(Entry(before.id, Deed.CHANGED, act.today, act.by, "", was, now, act.why))
    dated = (before.when, before.cadence) == (after.when, after.cadence)
    return () if dated else keep_up(store, [after])


def add(store: Store, measure: Measure, owners: Sequence[Unit], act: Act) -> tuple[Measure, Sequence[Obligation]]:
    """Put one more measure at the end of its plan, and make it the duty of `owners`."""
    owned = replace(measure, id=store.new_id(), owners=tuple(unit.name for unit in owners))
    kept = store.measures.add(with_title(owned, owned.title))
    table = timetable(kept, store.days(kept.plan_year))
    duties = [
        scheduled(Obligation(duty_id(kept.id, unit.id), kept.id, unit.id, kept.plan_year, kept.place), table)
        for unit in owners
    ]
    store.obligations.save(*duties)
    store.history.add(Entry(kept.id, Deed.PLANNED, act.today, act.by, why=act.why))
    return kept, duties


def cancel(store: Store, measure: Measure, approver: str, act: Act) -> Sequence[Obligation]:
    """Take a measure out of its plan: it stays on record, and nobody answers for it any more."""
    if not act.why.strip():
        raise Refusal("changes.say_why")
    store.measures.save(replace(standing(measure), cancelled_on=act.today))
    closed = [_closed(one, Closing.CANCELLED, act.today) for one in _open(store, measure)]
    store.obligations.save(*closed)
    store.history.add(Entry(measure.id, Deed.CANCELLED, act.today, act.by, "", {}, {"approver": approver}, act.why))
    return closed


def move(store: Store, measure: Measure, old: Unit, new: Unit, act: Act) -> Moved:
    """Hand a measure from one unit to another, with what was reached; the old unit's reports stay on record."""
    duties = {one.unit: one for one in _open(store, standing(measure))}
    if old.id not in duties or answers_for(store, measure, new):
        raise Refusal("changes.not_movable", unit=new.name)
    before = duties.pop(old.id)
    taken = replace(before, id=duty_id(measure.id, new.id), unit=new.id)
    taken = taken.taken_over(len(store.reports.of_obligation(taken.id)))
    after = scheduled(taken, timetable(measure, store.days(measure.plan_year)))
    owned = _handed(measure, old, new, [unit for one in duties if (unit := store.units.get(one))])
    store.obligations.save(_closed(before, Closing.MOVED, act.today), after)
    store.measures.save(owned)
    was, now = {"unit": old.name}, {"unit": new.name}
    store.history.add(Entry(measure.id, Deed.MOVED, act.today, act.by, old.id, was, now, act.why))
    return Moved(owned, before, after)


def give(store: Store, measure: Measure, unit: Unit, act: Act, printed: str = "") -> Obligation:
    """Make a measure one more unit's duty, in the place of a printed owner that is no unit where one is named.

    The measure names the unit from now on, so that it stays the unit's when the plan is counted again.
    """
    if answers_for(store, standing(measure), unit):
        raise Refusal("changes.not_movable", unit=unit.name)
    blank = Obligation(duty_id(measure.id, unit.id), measure.id, unit.id, measure.plan_year, measure.place)
    begun = renewed(store.obligations.get(blank.id), blank)
    after = scheduled(begun, timetable(measure, store.days(measure.plan_year)))
    store.obligations.save(after)
    store.measures.save(_given(measure, unit, printed))
    entry = Entry(measure.id, Deed.MOVED, act.today, act.by, unit.id, {"unit": ""}, {"unit": unit.name}, act.why)
    store.history.add(entry)
    return after


def settle_all(store: Store, measures: Iterable[Measure], wording: str, act: Act) -> Sequence[Measure]:
    """Let measures be reported on as often as `wording` says, and give those that it names days for.

    Refusal where there is none.
    """
    done = []
    for measure in measures:
        try:
            after = with_follow_up(measure, wording)
        except Refusal:
            continue  # its period is shorter than the steps
        keep(store, measure, after, act)
        done.append(after)
    if not done:
        raise Refusal("changes.no_days", said=wording)
    return done


def hearing(unit: str, people: Sequence[Person], but: Person, today: date) -> Sequence[Person]:
    """Who is told that a measure is a unit's now: its heads, its people where there is none; nobody by themselves."""
    told = heads_of(unit, people, today) or members_of(unit, people, today)
    return [one for one in told if one.id != but.id]


def answers_for(store: Store, measure: Measure, unit: Unit) -> bool:
    """Whether a measure is a unit's duty, or was until the unit had done it."""
    duty = store.obligations.get(duty_id(measure.id, unit.id))
    return duty is not None and (duty.open or duty.closed_as is Closing.DONE)


def owners_of(store: Store, measure: Measure) -> Sequence[str]:
    """The ids of the units that answer for a measure now."""
    return [one.unit for one in _open(store, measure)]


def silent(store: Store, measures: Iterable[Measure]) -> Sequence[Measure]:
    """Those of the measures for which nobody said how often they are reported on."""
    days = {one.plan_year: store.days(one.plan_year) for one in measures}
    return [one for one in measures if not one.cancelled_on and timetable(one, days[one.plan_year]).silent]


def _open(store: Store, measure: Measure) -> Sequence[Obligation]:
    return [one for one in store.obligations.of_measure(measure.id) if one.open]


def _closed(obligation: Obligation, how: Closing, today: date) -> Obligation:
    return replace(obligation, closed_on=today, closed_as=how, slot=None, due=None)


def _handed(measure: Measure, old: Unit, new: Unit, others: Sequence[Unit]) -> Measure:
    """The measure with one owner in the place of another; wordings that name several at once are spelled out."""
    lead = new.name if measure.lead and unit_named([old], measure.lead) else measure.lead
    owners = tuple(new.name if unit_named([old], owner) else owner for owner in measure.owners)
    if owners == tuple(measure.owners):
        owners = (new.name, *(unit.name for unit in others))
    return replace(measure, owners=tuple(dict.fromkeys(owners)), lead=lead)


def _given(measure: Measure, unit: Unit, printed: str) -> Measure:
    """The measure with one more owner, who takes the place of a wording where that is said."""
    owners = (unit.name if printed and spelled(owner) == printed else owner for owner in measure.owners)
    lead = unit.name if printed and measure.lead == printed else measure.lead
    return replace(measure, owners=tuple(dict.fromkeys((*owners, unit.name))), lead=lead)


def _differences(before: Measure, after: Measure) -> tuple[dict[str, str], dict[str, str]]:
    was, now = facts_of(before), facts_of(after)
    differing = [name for name in was if was[name] != now[name]]
    return {name: was[name] for name in differing}, {name: now[name] for name in differing}
