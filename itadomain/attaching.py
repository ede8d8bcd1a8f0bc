"""Attaching evidence to what a unit answers for, and taking it back: each written down in the measure's history."""

from collections.abc import Sequence
from datetime import date

from itadomain.cases.case import TAKEN_BACK, Line, Voice
from itadomain.evidence import LOOSE_KEPT, Evidence, is_filed, slots_open
from itadomain.history import Deed, Entry
from itadomain.measures import Obligation, years_at_hand
from itadomain.people import Person
from itadomain.ports import Store
from itadomain.refusals import Refusal
from itadomain.reporting import basis


def duties(store: Store, person: Person, today: date, limit: int = 1, offset: int = 0) -> Sequence[Obligation]:
    """What evidence of a person may be attached to, the most urgent first; Refusal where there is nothing at all."""
    years = years_at_hand(store.measures.years(), today)
    found = store.obligations.of_units(person.units(today), years, limit, offset)
    if not found and not offset:
        raise Refusal("evidence.nothing_yours")
    return found


def slots(store: Store, duty: Obligation, today: date) -> Sequence[date | None]:
    """The due days of the reports that something may still be attached to, first that of the report to come."""
    due = basis(store, duty, today).due
    return slots_open(store.reports.of_obligation(duty.id), due.slot if due else None)


def attach(
    store: Store, duty: Obligation, some: Sequence[Evidence], slot: date | None, person: Person, today: date
) -> None:
    """Keep some evidence as that of an obligation's report."""
    for one in some:
        store.evidence.save(one.attached(duty.id, slot))
    store.history.add(Entry(duty.measure, Deed.EVIDENCE, today, person.id, duty.unit))


def take_back(store: Store, one: Evidence, person: Person, today: date) -> str:
    """Take evidence back as its sender; gives the contents that may be deleted now, empty where there are none.

    Where a report that was approved rests on it, or it was filed with a case, it is hidden and stays.
    """
    if one.by != person.id or not one.live:
        raise Refusal("evidence.not_yours")
    if one.in_a_case:
        return _hide(store, one, person, today)
    duty = store.obligations.get(one.obligation) if one.obligation else None
    filed = duty is not None and is_filed(one, store.reports.of_obligation(duty.id))
    store.evidence.save(one.taken_back(filed=filed))
    if duty:
        deed = Deed.EVIDENCE_HIDDEN if filed else Deed.EVIDENCE_GONE
        store.history.add(Entry(duty.measure, deed, today, person.id, duty.unit))
    return "" if filed or one.copy is None else one.copy.sha256


def _hide(store: Store, one: Evidence, person: Person, today: date) -> str:
    """It stays with its case, which says so: else a reporter could be pressed to take it back."""
    store.evidence.save(one.taken_back(filed=True))
    if case := store.cases.get(one.case):
        store.cases.save(case.saying(Line(Voice.MOVE, person.id, today, TAKEN_BACK)))
    return ""


def forget_loose(store: Store, today: date, limit: int) -> Sequence[Evidence]:
    """Forget what its sender attached to nothing for so long; gives what it was."""
    old = store.evidence.loose_before(today - LOOSE_KEPT, limit)
    for one in old:
        store.evidence.save(one.taken_back(filed=False))
    return old
