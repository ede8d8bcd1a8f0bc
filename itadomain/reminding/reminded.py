"""What is remembered of reminding: what each person was told last, and which superiors heard of what is late."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from itadomain.reminding.rungs import A_WEEK, ORDER, Rung


@dataclass(frozen=True)
class Told:
    """The newest rung of one obligation that a person was told: for which slot, its due day, and the rung's own day."""

    slot: date
    due: date
    rung: Rung
    day: date

    def covers(self, other: "Told") -> bool:
        """Whether whoever was told this need not be told the other.

        A due day that was corrected by a few days is the same one: it begins no new round of reminders.
        """
        if self.slot != other.slot:
            return False
        if other.due - self.due >= A_WEEK:
            return other.day <= self.day
        if other.rung is not self.rung:
            return ORDER[other.rung] < ORDER[self.rung]
        if other.rung is not Rung.LATE:
            return True
        return other.day <= self.day if other.due == self.due else other.day < self.day + A_WEEK


@dataclass(frozen=True)
class Reminded:
    """What one person was reminded of, by the id of the obligation; what is reported since does no harm here."""

    person: str  # an id
    told: Mapping[str, Told] = field(default_factory=dict)
    digest_on: date | None = None  # the newest day on which a digest was sent to them unasked
    not_before: datetime | None = None  # «เตือนอีกที»: they asked to be left alone until then
    week_told: date | None = None  # the Monday of the newest week whose line they were told: an executive
    looked_on: date | None = None  # the newest day on which it was looked for what may ride on a reply to them


class Level(StrEnum):
    """Who hears of what is late, in order."""

    PERSON = "person"  # told that a superior hears of it tomorrow
    HEAD = "head"
    SECRETARIAT = "secretariat"
    EXECUTIVE = "executive"


@dataclass(frozen=True)
class Escalation:
    """How far up the lateness of one obligation has come: the day on which each level was told, for one slot.

    `warned` has, for a superior's level, the day on which whoever reports was told that they hear of it next; `know`
    who was told of the newest such level, and `heard` which superiors heard, by the ids of the people.
    """

    obligation: str  # an id
    slot: date
    told: Mapping[Level, date] = field(default_factory=dict)
    warned: Mapping[Level, date] = field(default_factory=dict)
    know: frozenset[str] = frozenset()
    heard: frozenset[str] = frozenset()
