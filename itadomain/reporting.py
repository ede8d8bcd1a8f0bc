"""Handing in a report, and what becomes of it: one change of a unit's standing at a time, each written down."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from itadomain.evidence import shows_publication
from itadomain.history import Deed, Entry, changed
from itadomain.measures import Obligation, Standing
from itadomain.people import Person
from itadomain.periods import Due
from itadomain.ports import Store
from itadomain.progress import (
    Approval,
    Report,
    approved,
    checked,
    corrected,
    returned,
    since_start,
    standing_by,
)
from itadomain.refusals import Refusal
from itadomain.superiors import approval_for, approvers, may_approve
from itadomain.timetable import Timetable, due_for, scheduled, timetable

#: The agency's choice whether reports are approved; anything else than OFF is yes.
APPROVAL, OFF, ON = "approval", "off", "on"
CHANGING = ("standing", "percent", "amount")
SAID = "said"


@dataclass(frozen=True)
class Filed:
    """A report that was handed in, how its unit stands now, and who is asked to approve it."""

    report: Report
    obligation: Obligation
    asked: Sequence[Person] = ()


@dataclass(frozen=True)
class Basis:
    """What a report made today builds on: how the unit stood, which report it corrects, which day it is for."""

    obligation: Obligation
    others: Sequence[Report]
    corrects: Report | None
    table: Timetable
    due: Due | None


def own(store: Store, obligation_id: str, person: Person, today: date) -> Obligation:
    """The obligation, where it is that of a person's unit today; Refusal else."""
    found = store.obligations.get(obligation_id)
    if found is None or found.unit not in person.units(today):
        raise Refusal("progress.not_yours")
    return found


def basis(store: Store, obligation: Obligation, today: date, by: str = "") -> Basis:
    """What a report on an obligation builds on, as things stand today; `by` is the id of who makes it."""
    reports = since_start(obligation, store.reports.of_obligation(obligation.id))
    old = corrected(reports, by, today)
    others = [one for one in reports if one is not old]
    # Without a report of its own it stands as it was carried over, and goes on from there.
    stood = standing_by(obligation, others) if reports else obligation.taken_over(obligation.start.reports)
    table = _table(store, obligation)
    return Basis(stood, others, old, table, due_for(table, stood.reported_for, today))


def hand_in(store: Store, report: Report, person: Person, today: date) -> Filed:
    """Keep a report of a person's own unit; Refusal where it is not theirs to make, or not to be made like this."""
    before = own(store, report.obligation, person, today)
    if unpublished(store, report):
        raise Refusal("progress.not_published")
    on = basis(store, before, today, person.id)
    asked = _approvers(store, before.unit, person, today)
    kept = replace(
        checked(on.obligation, report),
        slot=on.due.slot if on.due else None,
        due=on.due.day if on.due else None,
        approval=approval_for(before.unit, person, asked, today),
        corrects=on.corrects.id if on.corrects else "",
    )
    if on.corrects:
        store.reports.save(replace(on.corrects, replaced_by=kept.id))
    store.reports.save(kept)
    after = scheduled(standing_by(on.obligation, [kept, *on.others]), on.table)
    store.obligations.save(after)
    _write_down(store, _of_report(kept, on), before, after)
    return Filed(kept, after, asked if kept.approval is Approval.WAITING else ())


def unpublished(store: Store, report: Report) -> bool:
    """Whether a report says done of a measure that must be published first, and nothing shows that it was."""
    measure = store.measures.get(report.measure)
    if report.standing is not Standing.DONE or measure is None or not measure.must_publish:
        return False
    return not shows_publication(store.evidence.of_obligation(report.obligation))


def approve(store: Store, report_id: str, person: Person, today: date) -> Report:
    """Stand for a report: it counts from now on."""
    report = to_decide(store, report_id, person, today)
    if unpublished(store, report):
        raise Refusal("approval.not_published")
    return _decide(store, approved(report, person.id, today), Deed.APPROVED, today)


def send_back(store: Store, report_id: str, person: Person, reason: str, today: date) -> Report:
    """Send a report back, with a reason: the unit stands where it stood before."""
    report = to_decide(store, report_id, person, today)
    return _decide(store, returned(report, person.id, reason, today), Deed.RETURNED, today)


def to_decide(store: Store, report_id: str, person: Person, today: date) -> Report:
    """A report that is a person's to approve; Refusal where it is not, or where they made it themselves."""
    report = store.reports.get(report_id)
    if report is None or not may_approve(person, report.unit, today):
        raise Refusal("approval.not_yours")
    if report.by == person.id:
        raise Refusal("approval.your_own")
    return report


def _decide(store: Store, report: Report, deed: Deed, today: date) -> Report:
    before = store.obligations.get(report.obligation)
    store.reports.save(report)
    if before:
        reports = since_start(before, store.reports.of_obligation(report.obligation))
        reports = [report if one.id == report.id else one for one in reports]
        after = scheduled(standing_by(before, reports), _table(store, before))
        store.obligations.save(after)
        entry = Entry(report.measure, deed, today, report.decided_by, report.unit, why=report.reason)
        _write_down(store, entry, before, after)
    return report


def _approvers(store: Store, unit: str, person: Person, today: date) -> Sequence[Person]:
    if store.settings.get(APPROVAL) == OFF:
        return ()
    return approvers(unit, person, store.people.insiders(today), today)


def _table(store: Store, obligation: Obligation) -> Timetable:
    measure = store.measures.get(obligation.measure)
    if measure is None:
        raise Refusal("progress.not_yours")
    return timetable(measure, store.days(measure.plan_year))


def _of_report(report: Report, on: Basis) -> Entry:
    """The line of the history that tells a report: its words stand beside those that stood before."""
    last = on.corrects or next((one for one in on.others if one.stands), None)
    return Entry(
        measure=report.measure,
        deed=Deed.CORRECTED if on.corrects else Deed.REPORTED,
        on=report.made_on,
        by=report.by,
        unit=report.unit,
        before={SAID: last.said if last else ""},
        after={SAID: report.said},
        why=report.why_back,
    )


def _write_down(store: Store, entry: Entry, before: Obligation, after: Obligation) -> None:
    was, now = changed(before, after, *CHANGING)
    store.history.add(replace(entry, before={**was, **entry.before}, after={**now, **entry.after}))
