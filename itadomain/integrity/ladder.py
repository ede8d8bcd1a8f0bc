"""Whose day is near or over, or whose reporter does not answer: told to those who may read it, and to nobody else.

Each rung once. What was told is kept beside the disclosure and not in it: nothing is opened to remind somebody.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from itadomain.cases.deadlines import NEAR, working_days
from itadomain.integrity.disclosure import Standing, State
from itadomain.integrity.promising import terms
from itadomain.integrity.stages import timed
from itadomain.people import Person, Role
from itadomain.ports import Store
from itadomain.workdays import ONE_DAY, Calendar

SETTING = "integrity.warned:"


class Rung(StrEnum):
    """Why its readers hear of it; told by `integrity_clock`."""

    NEAR = "near"
    OVERDUE = "overdue"
    LONG = "long"
    SILENT = "silent"  # its reporter was asked, and says nothing


#: So many working days over its day, or after its reporter was asked, it has come to a rung.
OVER: Mapping[Rung, int] = {Rung.OVERDUE: 1, Rung.LONG: 5}
SILENT_AFTER = 15


@dataclass(frozen=True)
class Call:
    """What one receiver is told: of how many, each counted at the highest rung on which they hear of it now."""

    to: Person
    rungs: Mapping[Rung, int]


def climb(store: Store, today: date) -> Sequence[Call]:
    """Who is told today; nobody on a day off. What nobody could be told is told once somebody is there."""
    calendar = Calendar(store.holidays.between(today, today + 30 * ONE_DAY))
    if not calendar.is_working(today):
        return []
    receiving = store.people.with_role(Role.INTEGRITY, today)
    heard: dict[str, list[Rung]] = {}
    for disclosure_id, standing, readers in store.disclosures.open():
        hearing = [one for one in receiving if one.id in readers]
        fresh = _fresh(store, disclosure_id, _counted_again(store, disclosure_id, standing), today)
        for one in hearing if fresh else ():
            heard.setdefault(one.id, []).append(fresh[-1])
        if hearing and fresh:
            _remember(store, disclosure_id, standing, fresh)
    return [Call(one, Counter(heard[one.id])) for one in receiving if one.id in heard]


def rungs(standing: Standing, today: date, calendar: Calendar) -> Sequence[Rung]:
    """The rungs that one has come to, the lowest first."""
    if standing.state is State.WAITING and standing.waiting_since:
        return [Rung.SILENT] if working_days(standing.waiting_since, today, calendar) >= SILENT_AFTER else []
    if standing.due is None:
        return []
    over = working_days(standing.due, today, calendar)
    if standing.due >= today:
        return [Rung.NEAR] if standing.due <= calendar.add_working_days(today, NEAR) else []
    return [rung for rung, count in OVER.items() if over >= count]


def _counted_again(store: Store, disclosure_id: str, standing: Standing) -> Standing:
    """A day off that was announced later moves what is due."""
    after = timed(standing, terms(store, standing))
    if after != standing:
        store.disclosures.stand(disclosure_id, after)
    return after


def _fresh(store: Store, disclosure_id: str, standing: Standing, today: date) -> Sequence[Rung]:
    told = store.settings.get(SETTING + disclosure_id).split()
    reached = rungs(standing, today, terms(store, standing).calendar)
    return [rung for rung in reached if _mark(standing, rung) not in told]


def _remember(store: Store, disclosure_id: str, standing: Standing, fresh: Sequence[Rung]) -> None:
    kept = store.settings.get(SETTING + disclosure_id).split()
    store.settings.put(SETTING + disclosure_id, " ".join([*kept, *(_mark(standing, rung) for rung in fresh)]))


def _mark(standing: Standing, rung: Rung) -> str:
    """Once for taking it up and once for the answer; anew each time that it is waited for, or is opened again."""
    since = standing.waiting_since if rung is Rung.SILENT else standing.counted_from or standing.filed_on
    return f"{'answer' if standing.accepted_on else 'accept'}:{rung}:{since}"
