"""A digest: all that one person is told unasked on one day, in one message."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from itadomain.assessment.windows import Window
from itadomain.frameworks.shape import Name
from itadomain.measures import Obligation
from itadomain.people import Person
from itadomain.reminding.reminded import Level
from itadomain.reminding.rungs import Rung


@dataclass(frozen=True)
class Item:
    """An obligation of which somebody is reminded: on which rung, whose day is `day`.

    `next` is who hears of it next, tomorrow at the earliest, where nothing is reported until then.
    """

    obligation: Obligation
    rung: Rung
    day: date
    next: Level | None = None


@dataclass(frozen=True)
class Raised:
    """What a unit is late with, told to somebody above: so many working days, and on which level they are told."""

    obligation: Obligation
    level: Level
    days: int


@dataclass(frozen=True)
class Week:
    """What an executive is told once a week; None of what nobody knows."""

    monday: date
    fiscal_year: int | None  # of the newest result
    total: Decimal | None
    grade: Name | str | None
    late_units: int
    open_cases: int
    overdue_cases: int
    next_window: Window | None
    published: tuple[int, int] | None = None  # so many of so many items of the OIT are complete


@dataclass(frozen=True)
class Digest:
    """What one person is told, the most urgent first."""

    to: Person
    items: Sequence[Item] = ()
    raised: Sequence[Raised] = ()
    week: Week | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.items or self.raised or self.week)
