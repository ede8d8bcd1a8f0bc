"""An item of the OIT: what must be published, whose it is, until when, where it stands, and what is still missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from itadomain.fiscal import FiscalYear


class Outcome(StrEnum):
    """What came of opening an address."""

    OPENS = "opens"
    NOT_FOUND = "not_found"  # the site answers that there is no such page
    KEPT_OUT = "kept_out"  # the site lets no program in, so it says nothing about the page
    SITE_FAULT = "site_fault"  # the site answers with a fault of its own
    SILENT = "silent"  # no answer in time
    UNREACHABLE = "unreachable"  # nothing takes the connection
    NO_SUCH_SITE = "no_such_site"  # the name leads nowhere
    NOT_PUBLIC = "not_public"  # it leads into a network of somebody's own
    BAD_CERTIFICATE = "bad_certificate"
    TOO_MANY_TURNS = "too_many_turns"  # it leads on and on
    ODD_ANSWER = "odd_answer"  # no page, as far as can be seen


#: People who follow these addresses see the page, or nothing says that they do not.
NO_FAULT = frozenset({Outcome.OPENS, Outcome.KEPT_OUT})
#: An address is tried again after so long, one that did not open sooner.
AGAIN, SOONER = timedelta(days=7), timedelta(days=1)


@dataclass(frozen=True)
class Check:
    """What was found at an address: with an expired certificate a page opens, after a warning."""

    on: date
    outcome: Outcome
    status: int = 0  # what the site answered with, 0 where it said nothing
    expired: bool = False
    changed_on: date | None = None  # as the site tells it; most do not


class Gap(StrEnum):
    """What is missing of an item, the worst first."""

    OVERDUE = "overdue"
    NO_ADDRESS = "no_address"
    NO_ANSWER = "no_answer"
    NO_UNIT = "no_unit"


@dataclass(frozen=True)
class Item:
    """One item of a year. `confirmed` where its name is that of this year, by a source or by the agency's word."""

    year: FiscalYear
    no: int
    name: str
    confirmed: bool = True
    unit: str = ""  # the id of the unit that answers for it
    due: date | None = None  # its own day, where it is another than that of all
    address: str = ""
    board: str = ""  # the id of a photo of the notice board
    updated_on: date | None = None
    updated_by: str = ""  # the id of a person
    check: Check | None = None  # of the address that stands there now
    dropped: bool = False  # the agency says that there is no such item for it

    @property
    def code(self) -> str:
        """Its number as it is spoken of: O5."""
        return f"O{self.no}"

    @property
    def given(self) -> bool:
        """Whether something says where it is published."""
        return bool(self.address or self.board)

    def at(self, address: str, by: str, today: date) -> Self:
        """The same, published at an address that nobody has looked at yet."""
        return replace(self, address=address, check=None, updated_on=today, updated_by=by)

    def on_board(self, photo: str, by: str, today: date) -> Self:
        """The same, put up on the notice board."""
        return replace(self, board=photo, updated_on=today, updated_by=by)

    def touched(self, by: str, today: date) -> Self:
        """The same, brought up to date by somebody today."""
        return replace(self, updated_on=today, updated_by=by)


@dataclass(frozen=True)
class Register:
    """The items of a year in the order of their numbers, and the day by which all are due, where it is known."""

    year: FiscalYear
    items: Sequence[Item]
    due: date | None = None

    def due_of(self, item: Item) -> date | None:
        """The day by which an item is published: its own, else that of all."""
        return item.due or self.due

    def gaps(self, item: Item, today: date) -> tuple[Gap, ...]:
        """What is missing of an item; nothing where it is complete."""
        open_ones = []
        if not item.given:
            open_ones.append(Gap.NO_ADDRESS)
        elif item.check and item.check.outcome not in NO_FAULT and not item.board:
            open_ones.append(Gap.NO_ANSWER)
        due = self.due_of(item)
        late = [Gap.OVERDUE] if open_ones and due and due < today else []
        return (*late, *open_ones, *([] if item.unit else [Gap.NO_UNIT]))

    def missing(self, today: date, units: Iterable[str] | None = None) -> Sequence[tuple[Item, tuple[Gap, ...]]]:
        """The items that are not complete, the most urgent first; only those of some units where they are named."""
        named = None if units is None else set(units)
        some = [one for one in self.items if named is None or one.unit in named]
        found = [(one, gaps) for one in some if (gaps := self.gaps(one, today))]
        return sorted(found, key=lambda pair: self._urgency(*pair))

    def complete(self, today: date) -> int:
        """How many items lack nothing."""
        return sum(not self.gaps(one, today) for one in self.items)

    def _urgency(self, item: Item, gaps: Sequence[Gap]) -> tuple[int, date, int]:
        return min(list(Gap).index(one) for one in gaps), self.due_of(item) or date.max, item.no


def to_check(items: Iterable[Item], today: date, most: int) -> Sequence[Item]:
    """The addresses whose turn it is to be looked at: those never looked at, then the oldest looks; so many at most."""
    waiting = [one for one in items if one.address and not one.dropped and _turn_has_come(one.check, today)]
    return sorted(waiting, key=lambda one: (one.check.on if one.check else date.min, one.no))[:most]


def _turn_has_come(check: Check | None, today: date) -> bool:
    if check is None:
        return True
    return today - check.on >= (AGAIN if check.outcome in NO_FAULT else SOONER)
