"""What may be done with units: they are added, renamed and closed, and one of them keeps the others on track."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from itadomain.organisation import Unit, folded
from itadomain.people import Person, Role
from itadomain.refusals import Refusal

LONGEST_NAME = 60
SECRETARIATS = ("สำนักปลัด", "สำนักงานปลัด")


def added(new_id: str, name: str, units: Sequence[Unit]) -> Unit:
    """A new unit. What is called a secretariat becomes one where there is none yet."""
    name = _free(name, units)
    none_yet = not any(unit.secretariat for unit in units)
    return Unit(new_id, name, secretariat=none_yet and folded(name).startswith(SECRETARIATS))


def renamed(unit: Unit, name: str, units: Sequence[Unit]) -> Unit:
    """The unit under another name; it is still found by the one before."""
    name = _free(name, [one for one in units if one.id != unit.id])
    before = [alias for alias in (*unit.aliases, unit.name) if folded(alias) != folded(name)]
    return replace(unit, name=name, aliases=tuple(dict.fromkeys(before)))


def closed(unit: Unit, people: int, duties: int, today: date) -> Unit:
    """The unit, which is no more; Refusal while somebody works there or it answers for a measure."""
    if people:
        raise Refusal("units.has_people", unit=unit.name, count=people)
    if duties:
        raise Refusal("units.has_duties", unit=unit.name)
    return replace(unit, closed_on=today, secretariat=False)


def secretariat(unit: Unit, units: Sequence[Unit]) -> list[Unit]:
    """What changes so that `unit`, and no other, is the secretariat."""
    others = [replace(one, secretariat=False) for one in units if one.secretariat and one.id != unit.id]
    return [*others, replace(unit, secretariat=True)]


def staffed(units: Iterable[Unit], people: Iterable[Person], day: date) -> list[tuple[Unit, int]]:
    """Each unit with how many people have a post in it on `day`."""
    held = [one.units(day) for one in people]
    return [(unit, sum(unit.id in theirs for theirs in held)) for unit in units]


def unmanned(units: Iterable[Unit], answering: Collection[str], people: Iterable[Person], day: date) -> list[Unit]:
    """Units that answer for something, by their ids in `answering`, while nobody has a post there."""
    return [unit for unit, count in staffed(units, people, day) if unit.id in answering and not count]


def keeps_calendar(person: Person, units: Iterable[Unit], day: date) -> bool:
    """Whether a person sets meetings and asks for acknowledgement: an administrator, or one of the secretariat."""
    theirs = person.units(day)
    return Role.ADMIN in person.roles or any(unit.secretariat and unit.id in theirs for unit in units)


def _free(name: str, units: Iterable[Unit]) -> str:
    """The name as it is kept; Refusal where it is none or another unit's."""
    name = " ".join(name.split())
    if not 1 < len(name) <= LONGEST_NAME:
        raise Refusal("units.no_name", most=LONGEST_NAME)
    if any(folded(name) in {folded(one) for one in (unit.name, *unit.aliases)} for unit in units):
        raise Refusal("units.exists", unit=name)
    return name
