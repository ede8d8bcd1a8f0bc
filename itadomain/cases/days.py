"""The days of a case in its agency: the days off that count for it, and what is due next."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from itadomain.cases.case import Case
from itadomain.cases.categories import every, of_code
from itadomain.cases.deadlines import Deadline, answer_by, deadline, working_days
from itadomain.ports import Store
from itadomain.workdays import Calendar

#: So far ahead days off may matter to a case.
AHEAD = timedelta(days=800)


def calendar(store: Store, since: date) -> Calendar:
    """The agency's days off from a day on."""
    return Calendar(store.holidays.between(since, since + AHEAD))


def deadlines(store: Store, cases: Sequence[Case]) -> Sequence[tuple[Case, Deadline | None, Calendar]]:
    """What is due next in each of some cases, and the days off that were counted."""
    known = [day for case in cases for day in (case.filed_on, case.counted_from, case.review_on) if day]
    if not known:
        return []
    off = Calendar(store.holidays.between(min(known), max(known) + AHEAD))
    categories = every(store.categories.all())
    return [(case, deadline(case, of_code(case.category, categories).promise, off), off) for case in cases]


def due(store: Store, case: Case) -> Deadline | None:
    """What is due next in a case."""
    ((_, coming, _),) = deadlines(store, [case])
    return coming


def timed(store: Store, case: Case) -> Case:
    """The case with the day that something is due next."""
    coming = due(store, case)
    return replace(case, due=coming.day if coming else None)


def promised(store: Store, case: Case) -> date:
    """The day by which its reporter is told to have an answer."""
    promise = of_code(case.category, every(store.categories.all())).promise
    return answer_by(case, promise, calendar(store, case.filed_on))


def resumed(store: Store, case: Case, today: date) -> Case:
    """The case after its waiting is over: the working days of it are not the agency's."""
    if case.waiting_since is None:
        return case
    spent = working_days(case.waiting_since, today, calendar(store, case.waiting_since))
    return replace(case, waiting_since=None, waited=case.waited + spent)
