"""Which cases an officer is shown: the open ones that they may read, the most urgent first; or one by its number."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from itadomain.cases.case import Case, State
from itadomain.cases.sight import OF_A_UNIT, is_desk
from itadomain.cases.tickets import ticket
from itadomain.cases.working import find
from itadomain.fiscal import BUDDHIST_ERA
from itadomain.people import Person, Role
from itadomain.ports import Store
from itadomain.refusals import Refusal


class Which(StrEnum):
    """A part of the list."""

    ALL = "all"
    OVERDUE = "overdue"
    NEW = "new"  # nobody has taken them up
    MINE = "mine"  # given to somebody by name


def listed(
    store: Store, which: Which, person: Person, today: date, limit: int | None = None, offset: int = 0
) -> Sequence[Case]:
    """The open cases that a person may read, a page of them. Who has no post for cases reads what was given to them."""
    named = _units(store, person, today)
    mine = person.id if which is Which.MINE or not works_with_cases(store, person, today) else ""
    return store.cases.open(
        named,
        limit,
        offset,
        officer=mine,
        state=State.NEW if which is Which.NEW else None,
        due_before=today if which is Which.OVERDUE else None,
    )


def works_with_cases(store: Store, person: Person, today: date) -> bool:
    """Whether a person's post is about cases: those of the agency, or of a unit."""
    return _sees_all(store, person, today) or bool(person.units(today, *OF_A_UNIT))


def by_number(store: Store, text: str, person: Person, today: date) -> Case:
    """A case by the number that was typed, open or not; Refusal in the same words where it may not be read."""
    wanted = ticket(text, today.year + BUDDHIST_ERA)
    found = store.cases.numbered(wanted) if wanted else None
    if found is None:
        raise Refusal("case.not_found")
    return find(store, found.id, person, today)


def _units(store: Store, person: Person, today: date) -> Sequence[str] | None:
    """The ids of the units whose cases are shown, None for all."""
    if _sees_all(store, person, today):
        return None
    return person.units(today, *OF_A_UNIT) or person.units(today)


def _sees_all(store: Store, person: Person, today: date) -> bool:
    return is_desk(person, store.units.all(), today) or Role.EXECUTIVE in person.roles
