"""What a column is by what stands under it, where its heading is in words that nobody knows."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from itadomain.documents.owners import owners_in
from itadomain.documents.reading import Column
from itadomain.frameworks import NEWEST
from itadomain.periods import follow_up, period
from itadomain.periods.shape import Cadence, Rule

Row = Sequence[str]

AS_OFTEN = {Cadence.NONE, Cadence.NAMED, Cadence.ONCE}
#: Texts that a column is known by are seen again wherever a heading is looked for.
KEPT = 4096


@lru_cache(maxsize=KEPT)
def is_unit(cell: str) -> bool:
    """Whether a cell names units and nothing else."""
    owners = owners_in(cell)
    return bool(owners.names) and not owners.unclear


@lru_cache(maxsize=KEPT)
def is_time(cell: str) -> bool:
    """Whether a cell names days."""
    return period(cell, NEWEST).end is not None


@lru_cache(maxsize=KEPT)
def _is_span(cell: str) -> bool:
    """Whether a cell names days once, and not again and again as a follow-up does."""
    return is_time(cell) and period(cell, NEWEST).rule.code is not Rule.REPEATED


@lru_cache(maxsize=KEPT)
def _is_cadence(cell: str) -> bool:
    return follow_up(cell, NEWEST).cadence not in AS_OFTEN


LOOKED_FOR: Sequence[tuple[Column, Callable[[str], bool]]] = (
    (Column.OWNER, is_unit),
    (Column.PERIOD, _is_span),
    (Column.FOLLOW_UP, _is_cadence),
)


def recognised(unknown: Mapping[int, str], there: Mapping[int, Column], rows: Sequence[Row]) -> dict[int, Column]:
    """Columns without a known heading that hold what the table has no column of: only where exactly one does."""
    found: dict[int, Column] = {}
    for column, fits in LOOKED_FOR:
        fitting = [at for at in unknown if at not in found and _all(rows, at, fits)]
        if column not in there.values() and len(fitting) == 1:
            found[fitting[0]] = column
    return found


def _all(rows: Sequence[Row], at: int, fits: Callable[[str], bool]) -> bool:
    cells = [row[at] for row in rows if at < len(row) and row[at].strip()]
    return bool(cells) and all(fits(cell) for cell in cells)
