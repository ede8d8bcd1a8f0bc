"""Rounds of reporting: how obligations stand in them, and what is counted where it is kept."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from itadomain.measures import Closing, Measure, Obligation, Standing


class State(StrEnum):
    """How one obligation stands today."""

    SENT = "sent"  # reported for every due day that has come, or done
    LATE = "late"  # a due day is over, and nothing was reported for it
    AHEAD = "ahead"  # nothing was due yet
    UNDATED = "undated"  # nobody knows when it is due
    OVER = "over"  # cancelled, or another unit's by now


class Gap(StrEnum):
    """What may not be known of a measure."""

    DATES = "dates"  # nobody knows when it is reported on
    OWNER = "owner"  # no unit answers for it
    INDICATORS = "indicators"  # it answers no indicator


@dataclass(frozen=True)
class Round:
    """How many obligations stand in each state; those that are over are not counted."""

    sent: int = 0
    late: int = 0
    ahead: int = 0
    undated: int = 0

    @property
    def expected(self) -> int:
        """How many should have been reported by now."""
        return self.sent + self.late

    @property
    def all(self) -> int:
        """How many there are."""
        return self.expected + self.ahead + self.undated

    @property
    def share(self) -> Decimal:
        """What was sent of what was expected, as a share of 100; all of it where nothing was."""
        return Decimal(100 * self.sent // self.expected) if self.expected else Decimal(100)

    def __add__(self, other: "Round") -> "Round":
        return Round(
            self.sent + other.sent, self.late + other.late, self.ahead + other.ahead, self.undated + other.undated
        )


def state_of(obligation: Obligation, today: date) -> State:
    """How an obligation stands. What is reported as done owes nothing while it waits for approval."""
    if not obligation.open:
        return State.SENT if obligation.closed_as is Closing.DONE else State.OVER
    if obligation.standing is Standing.DONE:
        return State.SENT
    if obligation.late_on(today):
        return State.LATE
    if obligation.reported_for:
        return State.SENT
    return State.AHEAD if obligation.due else State.UNDATED


def round_of(obligations: Iterable[Obligation], today: date) -> Round:
    """How many of these stand in each state."""
    states = [state_of(one, today) for one in obligations]
    return Round(*(states.count(state) for state in (State.SENT, State.LATE, State.AHEAD, State.UNDATED)))


class Rounds(Protocol):
    """How far units have come with reporting, counted where it is kept; of some units where they are named."""

    def by_unit(self, years: Sequence[int], today: date, units: Sequence[str] | None = None) -> Mapping[str, Round]:
        """The round of each unit."""

    def by_measure(
        self, years: Sequence[int], today: date, units: Sequence[str] | None, limit: int, offset: int = 0
    ) -> Sequence[tuple[str, Round]]:
        """The measures that some unit has not reported on, those first that most have not."""

    def by_indicators(self, years: Sequence[int], today: date) -> Mapping[tuple[int, ...], Round]:
        """The round of the measures that answer the same indicators."""

    def measures_by_indicators(self, years: Sequence[int]) -> Mapping[tuple[int, ...], int]:
        """How many measures answer the same indicators, without those that were cancelled."""

    def waiting(self, units: Sequence[str] | None = None) -> Mapping[str, int]:
        """How many reports of each unit wait for approval."""

    def unsettled(self, years: Sequence[int], gap: Gap, limit: int, offset: int = 0) -> Sequence[Measure]:
        """The measures of which something is not known, in the order of their plans."""

    def count_unsettled(self, years: Sequence[int]) -> Mapping[Gap, int]:
        """How many measures each thing is not known of."""


class Nudges(Protocol):
    """Who was reminded."""

    def on(self, day: date) -> frozenset[str]:
        """The ids of those who were reminded on a day; only the newest day of each is kept."""

    def add(self, person_id: str, day: date) -> None:
        """Note that somebody is reminded, once a day whoever does it."""

    def add_all(self, people: Collection[str], day: date) -> None:
        """Note the same of some people, by their ids."""
