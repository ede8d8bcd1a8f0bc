"""Up the ladder: who hears of a case whose day is near or over. Each rung once for what is due, one word a person."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from itadomain.cases.case import Case
from itadomain.cases.days import deadlines
from itadomain.cases.deadlines import NEAR, Deadline, Urgency
from itadomain.cases.sight import desk, workers
from itadomain.organisation import Unit
from itadomain.people import Person
from itadomain.ports import Store
from itadomain.superiors import executives, heads_of
from itadomain.workdays import ONE_DAY, Calendar


class Rung(StrEnum):
    """How late it is, and so who hears of it; told by `case_clock`."""

    NEAR = "near"  # who works on it
    OVERDUE = "overdue"  # the heads of its unit
    LONG = "long"  # those who receive all cases
    LONGEST = "longest"  # the executives


#: So many working days over, a case has come to a rung.
OVER: Mapping[Rung, int] = {Rung.OVERDUE: 1, Rung.LONG: 5, Rung.LONGEST: 10}


@dataclass(frozen=True)
class Call:
    """What one person is told: of how many cases, each counted at the highest rung on which they hear of it."""

    to: Person
    cases: Mapping[Rung, int]


def climb(store: Store, today: date) -> Sequence[Call]:
    """Who is told today; nobody on a day off. What is told is written down, what nobody could be told is not."""
    calendar = Calendar(store.holidays.between(today, today + 30 * ONE_DAY))
    if not calendar.is_working(today):
        return []
    people, units = store.people.insiders(today), store.units.all()
    heard: dict[str, dict[str, Rung]] = {}
    soon = calendar.add_working_days(today, NEAR) + ONE_DAY
    for case, coming, days_off in deadlines(store, store.cases.open(due_before=soon)):
        reached = [rung for rung in rungs(coming, today, days_off) if _mark(coming, rung) not in case.warned]
        hearing = {rung: hears(rung, case, people, units, today) for rung in reached}
        for rung, those in hearing.items():
            for one in those:
                heard.setdefault(one.id, {})[case.id] = rung
        told = {_mark(coming, rung) for rung, those in hearing.items() if those}
        if told:
            store.cases.save(replace(case, warned=case.warned | told))
    return [Call(one, Counter(heard[one.id].values())) for one in people if one.id in heard]


def rungs(coming: Deadline | None, today: date, calendar: Calendar) -> Sequence[Rung]:
    """The rungs that a deadline has come to, the lowest first."""
    if coming is None:
        return []
    if coming.stands(today, calendar) is Urgency.NEAR:
        return [Rung.NEAR]
    over = coming.overdue_by(today, calendar)
    return [rung for rung, count in OVER.items() if over >= count]


def hears(rung: Rung, case: Case, people: Sequence[Person], units: Sequence[Unit], today: date) -> Sequence[Person]:
    """Who hears of a case on a rung; where nobody is there, those who receive all cases. Never who reported it."""
    others = [one for one in people if one.id != case.reporter]
    receiving = desk(others, units, today)
    return {
        Rung.NEAR: workers(case, others, today),
        Rung.OVERDUE: heads_of(case.unit, others, today),
        Rung.LONG: receiving,
        Rung.LONGEST: executives(others),
    }[rung] or receiving


def _mark(coming: Deadline | None, rung: Rung) -> str:
    """How it is remembered that a rung was told: once for taking it up, once for the answer, once for the review."""
    return f"{coming.step if coming else ''}_{rung}"
