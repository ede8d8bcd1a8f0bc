"""The agency from inside: its units, its committees, and how somebody becomes one of its people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from itadomain.documents.units import folded as spelling
from itadomain.people import Person, Role

#: Crockford's base 32: no letter that is read as a figure.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8


@dataclass(frozen=True)
class Unit:
    """A division of the agency (สำนัก/กอง). One is the secretariat (สำนักปลัด), which keeps the others on track."""

    id: str
    name: str
    aliases: Sequence[str] = ()
    secretariat: bool = False
    closed_on: date | None = None

    @property
    def open(self) -> bool:
        """Whether it still exists."""
        return self.closed_on is None


@dataclass(frozen=True)
class Seat:
    """A person's place in a committee, from a day to a day."""

    person: str  # an id
    duty: str = ""  # ประธาน, กรรมการ, เลขานุการ …
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Committee:
    """A group of people that can be addressed and escalated to."""

    id: str
    name: str
    seats: Sequence[Seat] = ()


@dataclass(frozen=True)
class Invitation:
    """Leave to join, bound to a unit and a role. Its code is told once and never kept."""

    id: str
    role: Role
    unit: str = ""  # the id of a unit
    made_by: str = ""  # the id of a person, empty for the command line
    made_on: date = date.min
    last_day: date = date.min
    used_by: str = ""
    used_on: date | None = None


def unit_named(units: Iterable[Unit], wording: str) -> Unit | None:
    """The unit that a wording names, by its name or an alias; None where none fits or several do.

    As it is written first, then in the spellings of papers: «สำนักงานปลัด», «สำนักปลัดเทศบาล», «กองการศึกษาฯ».
    """
    known = list(units)
    for same in (_written_the_same, _spelled_differently, _shortened):
        fitting = [one for one in known if any(same(name, wording) for name in (one.name, *one.aliases))]
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
    return None


def _written_the_same(name: str, wording: str) -> bool:
    return folded(name) == folded(wording)


def _spelled_differently(name: str, wording: str) -> bool:
    return spelling(name) == spelling(wording)


def _shortened(name: str, wording: str) -> bool:
    return wording.strip().endswith("ฯ") and folded(name).startswith(folded(wording).rstrip("ฯ"))


def units_of(person: Person, units: Iterable[Unit], day: date) -> list[Unit]:
    """The units among `units` that a person has a post in on `day`."""
    return [unit for unit in units if unit.id in person.units(day)]


def folded(name: str) -> str:
    """A unit's name as it is compared: without blanks and the dots of abbreviations."""
    return "".join(name.replace(".", "").split()).casefold()
