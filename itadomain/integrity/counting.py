"""How many disclosures there were, told so that nobody can be found out by it.

The number of all is always told, none too. Of its parts only what stands for five or more is shown; where one
stands for fewer, the next smallest is hidden too, with all that are as small: else it could be reckoned back.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from itadomain.integrity.disclosure import OPEN, Outcome, Standing, Way

K = TypeVar("K")
FEWEST = 5
#: Months of the first half of a fiscal year.
FIRST_HALF = frozenset({10, 11, 12, 1, 2, 3})


@dataclass(frozen=True)
class Figures:
    """The figures of some disclosures; of each table only what may be shown. None stands for those still open."""

    all: int
    by_state: Mapping[Outcome | None, int]
    by_way: Mapping[Way, int]
    by_month: Mapping[date, int]  # the first day of each


def figures(standings: Sequence[Standing], months: Sequence[date]) -> Figures:
    """Count those that were filed in some months."""
    return Figures(
        len(standings),
        shown(counted((_result(one) for one in standings), (None, *Outcome))),
        shown(counted((one.way for one in standings), tuple(Way))),
        _shown_by_halves(counted((one.filed_on.replace(day=1) for one in standings), months)),
    )


def counted(found: Iterable[K], possible: Sequence[K]) -> Mapping[K, int]:
    """How many of each there are; none of some, too."""
    counts = Counter(found)
    return {one: counts[one] for one in possible}


def shown(cells: Mapping[K, int]) -> Mapping[K, int]:
    """The cells of a table that may be shown, where the number of all is known.

    Which of the hidden ones is the larger nobody can tell, so none of them can be reckoned back.
    """
    large = {one: count for one, count in cells.items() if count >= FEWEST}
    if len(large) == len(cells):
        return large
    next_smallest = min(large.values(), default=0)
    return {one: count for one, count in large.items() if count > next_smallest}


def _shown_by_halves(cells: Mapping[date, int]) -> Mapping[date, int]:
    """Months of which may be told, where the number of each half of a fiscal year is known too: it is published."""
    halves: dict[bool, dict[date, int]] = {}
    for month, count in cells.items():
        halves.setdefault(month.month in FIRST_HALF, {})[month] = count
    return {month: count for half in halves.values() for month, count in shown(half).items()}


def _result(one: Standing) -> Outcome | None:
    return None if one.state in OPEN else one.outcome
