"""Who sees a case, and as whom they act on it. Least privilege: nobody reads a citizen's words who need not."""

from collections.abc import Iterable, Sequence
from datetime import date

from itadomain.cases.case import Case
from itadomain.cases.moves import Actor
from itadomain.organisation import Unit
from itadomain.people import Person, Role
from itadomain.refusals import Refusal

#: Posts in a unit that work on its cases.
OF_A_UNIT = (Role.HEAD, Role.OFFICER)


def is_desk(person: Person, units: Iterable[Unit], today: date) -> bool:
    """Whether somebody receives all cases: a case officer of no unit, or of the secretariat."""
    anywhere = any(post.role is Role.OFFICER and not post.unit and post.held_on(today) for post in person.posts)
    central = {unit.id for unit in units if unit.secretariat}
    return anywhere or bool(central & set(person.units(today, Role.OFFICER)))


def actors(case: Case, person: Person, units: Iterable[Unit], today: date) -> frozenset[Actor]:
    """As whom a person may act on a case. Who reported it does not work on it."""
    if case.reporter and case.reporter == person.id:
        return frozenset({Actor.REPORTER})
    found = {Actor.DESK} if is_desk(person, units, today) else set()
    if case.unit and case.unit in person.units(today, *OF_A_UNIT):
        found.add(Actor.UNIT)
    if case.officer == person.id and case.unit in person.units(today):
        found.add(Actor.UNIT)
    return frozenset(found)


def reads(case: Case, person: Person, units: Iterable[Unit], today: date) -> bool:
    """Whether a person may read a case as the agency does: who works on it, and executives; never who reported it."""
    as_whom = actors(case, person, units, today)
    return Actor.REPORTER not in as_whom and (bool(as_whom) or Role.EXECUTIVE in person.roles)


def must_read(case: Case | None, person: Person, units: Iterable[Unit], today: date) -> Case:
    """The case, where a person may read it. One that is not there is refused in the same words."""
    if case and case.reporter and case.reporter == person.id:
        raise Refusal("case.your_own")
    if case is None or not reads(case, person, units, today):
        raise Refusal("case.not_found")
    return case


def units_seen(person: Person, units: Sequence[Unit], today: date) -> Sequence[str] | None:
    """The ids of the units whose cases a person sees; None for all of them. Refusal where there are none."""
    if is_desk(person, units, today) or person.may(frozenset({Role.EXECUTIVE})):
        return None
    own = person.units(today, *OF_A_UNIT)
    if not own:
        raise Refusal("case.not_yours")
    return own


def desk(people: Iterable[Person], units: Sequence[Unit], today: date) -> Sequence[Person]:
    """Those who receive all cases."""
    return [one for one in people if is_desk(one, units, today)]


def workers(case: Case, people: Sequence[Person], today: date) -> Sequence[Person]:
    """Who works on a case: the officer who does, else the heads and officers of its unit; nobody on their own."""
    others = [one for one in people if one.id != case.reporter]
    named = [one for one in others if one.id == case.officer]
    return named or [one for one in others if case.unit and case.unit in one.units(today, *OF_A_UNIT)]
