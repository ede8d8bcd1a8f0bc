"""Who stands for whose work: heads of units, executives above them, the secretariat beside them."""

from collections.abc import Iterable, Sequence
from datetime import date

from itadomain.people import Person, Role
from itadomain.progress import Approval


def members_of(unit: str, people: Iterable[Person], today: date) -> Sequence[Person]:
    """Everyone with a post in a unit, acting ones too."""
    return [one for one in people if one.serves(unit, today)]


def heads_of(unit: str, people: Iterable[Person], today: date) -> Sequence[Person]:
    """The heads of a unit, acting ones too."""
    return [one for one in people if one.serves(unit, today, Role.HEAD)]


def executives(people: Iterable[Person]) -> Sequence[Person]:
    """Those at the top of the agency."""
    return [one for one in people if Role.EXECUTIVE in one.roles]


def may_approve(person: Person, unit: str, today: date) -> bool:
    """Whether a person may stand for the reports of a unit: its head, or an executive."""
    return Role.EXECUTIVE in person.roles or unit in person.units(today, Role.HEAD)


def approvers(unit: str, reporter: Person, people: Sequence[Person], today: date) -> Sequence[Person]:
    """Who is asked to approve a report: the heads, the executives where there is none; nobody their own."""
    heads = [one for one in heads_of(unit, people, today) if one.id != reporter.id]
    return heads or [one for one in executives(people) if one.id != reporter.id]


def approval_for(unit: str, reporter: Person, asked: Sequence[Person], today: date) -> Approval:
    """How a new report begins. A head stands for the own one at once: a small office has nobody else."""
    if unit in reporter.units(today, Role.HEAD):
        return Approval.OWN
    return Approval.WAITING if asked else Approval.UNASKED


def may_help(person: Person, unit: str, secretariat: str, today: date) -> bool:
    """Whether a person may answer what holds a unit up: its head, the secretariat, an executive."""
    return may_approve(person, unit, today) or bool(secretariat and secretariat in person.units(today))


def helpers(unit: str, teller: Person, people: Sequence[Person], secretariat: str, today: date) -> Sequence[Person]:
    """Who is told of an obstacle: the heads; else the secretariat; else the executives."""
    levels = (
        heads_of(unit, people, today),
        members_of(secretariat, people, today) if secretariat else (),
        executives(people),
    )
    others = ([one for one in level if one.id != teller.id] for level in levels)
    return next((level for level in others if level), ())
