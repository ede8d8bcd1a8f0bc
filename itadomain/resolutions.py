"""What a meeting resolved (มติที่ประชุม): a unit's task with a due day, until it is done or taken back with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from itadomain.fiscal import fiscal_year_of
from itadomain.measures import Obligation
from itadomain.people import Person
from itadomain.refusals import Refusal

LONGEST = 500  # characters of a wording, a result or a reason
MOST = 20  # resolutions of one meeting that are written down at once
FARTHEST = timedelta(days=2 * 366)


class Act(StrEnum):
    """What became of a resolution."""

    CHANGED = "changed"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Noted:
    """One thing that became of it: what was done, or why it was changed, in the words of who did it.

    `was` is what a change took the place of, by the names of the fields.
    """

    act: Act
    by: str  # the id of a person
    on: date
    words: str
    was: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Resolution:
    """One resolution of the meeting of a day, `no` as it was numbered there; `measure` is what it is about, if any."""

    id: str
    meeting: date
    no: int
    wording: str
    unit: str  # the id of a unit
    due: date
    by: str  # the id of who wrote it down
    measure: str = ""  # an id
    notes: Sequence[Noted] = ()
    closed_on: date | None = None
    closed_as: Act | None = None

    @property
    def open(self) -> bool:
        """Whether its unit has still to do it."""
        return self.closed_on is None

    def late_on(self, day: date) -> bool:
        """Whether its due day is over on `day` and it is not done."""
        return self.open and self.due < day


class Resolutions(Protocol):
    """What meetings resolved."""

    def get(self, resolution_id: str) -> Resolution | None:
        """One by its id."""

    def open(self, units: Sequence[str] | None = None) -> Sequence[Resolution]:
        """Those still to be done, what is due first before all others; of some units where they are named."""

    def of_meeting(self, day: date) -> Sequence[Resolution]:
        """All of one meeting, as they were numbered."""

    def closed_since(self, day: date) -> Sequence[Resolution]:
        """Those that were done or taken back on a day or after it, in the order of their meetings."""

    def save(self, *resolutions: Resolution) -> None:
        """Keep new ones, or what has changed; where another did meanwhile, the step runs again."""


def resolved(one: Resolution) -> Resolution:
    """A new one; Refusal where it says nothing or too much, or is due on no sensible day."""
    return replace(one, wording=in_words(one.wording), due=due_after(one.meeting, one.due))


def in_words(text: str) -> str:
    """What somebody wrote, on one line; Refusal where it is nothing, or too long."""
    said = " ".join(text.split())
    if not said:
        raise Refusal("resolutions.say_what")
    if len(said) > LONGEST:
        raise Refusal("resolutions.too_long", most=LONGEST)
    return said


def due_after(meeting: date, due: date) -> date:
    """The due day; Refusal where it is before the meeting, or too far ahead to be meant."""
    if due < meeting:
        raise Refusal("resolutions.due_before", meeting=meeting)
    if due > meeting + FARTHEST:
        raise Refusal("resolutions.due_too_far", last=meeting + FARTHEST)
    return due


def changed(one: Resolution, to: Resolution, by: Person, why: str, today: date) -> Resolution:
    """The resolution as it is from now on, with what it was before and why."""
    _open(one)
    was = {
        name: str(getattr(one, name)) for name in ("wording", "unit", "due") if getattr(one, name) != getattr(to, name)
    }
    return replace(resolved(to), notes=(*one.notes, Noted(Act.CHANGED, by.id, today, in_words(why), was)))


def done(one: Resolution, by: Person, said: str, today: date) -> Resolution:
    """The resolution, which its unit has carried out."""
    return _closed(one, Noted(Act.DONE, by.id, today, in_words(said)))


def cancelled(one: Resolution, by: Person, why: str, today: date) -> Resolution:
    """The resolution, which nobody has to carry out any more."""
    return _closed(one, Noted(Act.CANCELLED, by.id, today, in_words(why)))


def as_duty(one: Resolution) -> Obligation:
    """The resolution as what its unit is reminded of, beside its measures: it is of none, so `measure` is empty."""
    return Obligation(one.id, "", one.unit, fiscal_year_of(one.due), one.no, slot=one.due, due=one.due)


def _closed(one: Resolution, note: Noted) -> Resolution:
    _open(one)
    return replace(one, notes=(*one.notes, note), closed_on=note.on, closed_as=note.act)


def _open(one: Resolution) -> None:
    if not one.open:
        raise Refusal("resolutions.is_over")
