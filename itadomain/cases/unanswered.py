"""A case that waits for its reporter has no day, so it is looked at once no answer came for long: each wait once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from itadomain.cases.case import Case, State
from itadomain.cases.deadlines import working_days
from itadomain.cases.sight import desk, workers
from itadomain.people import Person
from itadomain.ports import Store
from itadomain.workdays import Calendar

#: So many working days are waited for an answer.
PATIENCE = 15


@dataclass(frozen=True)
class Unanswered:
    """Who is told: those who work on the cases, by their ids, of which; and the reporters who were asked by chat."""

    cases: Mapping[str, Sequence[Case]]
    officers: Sequence[Person] = ()
    reporters: Sequence[tuple[Person, Case]] = ()


def unanswered(store: Store, today: date) -> Unanswered:
    """What has waited too long by today; nobody is told on a day off. What is told is noted."""
    waiting = [
        one for one in store.cases.open(state=State.WAITING) if one.waiting_since and _mark(one) not in one.warned
    ]
    calendar = _calendar(store, waiting, today)
    if not calendar.is_working(today):
        return Unanswered({})
    people, units = store.people.insiders(today), store.units.all()
    told: dict[str, list[Case]] = {}
    reporters: list[tuple[Person, Case]] = []
    for case in waiting:
        others = [one for one in people if one.id != case.reporter]
        those = workers(case, others, today) or desk(others, units, today)
        if not those or not _is_long(case, today, calendar):
            continue
        for one in those:
            told.setdefault(one.id, []).append(case)
        reporter = store.people.get(case.reporter, today) if case.reporter else None
        reporters += [(reporter, case)] if reporter else []
        store.cases.save(replace(case, warned=case.warned | {_mark(case)}))
    return Unanswered(told, [one for one in people if one.id in told], reporters)


def _is_long(case: Case, today: date, calendar: Calendar) -> bool:
    return case.waiting_since is not None and working_days(case.waiting_since, today, calendar) >= PATIENCE


def _calendar(store: Store, waiting: Sequence[Case], today: date) -> Calendar:
    since = min((one.waiting_since for one in waiting if one.waiting_since), default=today)
    return Calendar(store.holidays.between(since, today + timedelta(days=1)))


def _mark(case: Case) -> str:
    """How it is remembered that it was told: once for each time that its reporter was asked."""
    return f"unanswered_{case.waiting_since}"
