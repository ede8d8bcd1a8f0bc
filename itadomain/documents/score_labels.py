"""The label of a row of points: an indicator, an instrument, a total, or an index of older years."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from itadomain.documents.figures import points_in
from itadomain.documents.folding import packed
from itadomain.documents.indicator_names import indicator_named, instrument_named, is_older_index, is_total
from itadomain.scores import FULL_SCORE

Rows = Sequence[Sequence[str]]

WITH_POINTS = re.compile(
    r"^(.*?[ก-๛a-z)])[:=\s(]*(?:ร้อยละ|ได้|มีคะแนน|คะแนน)*((?<![\d.])\d{1,3}(?:\.\d{1,4})?)(?:คะแนน|%)?\)?$"
)
LONGEST_LABEL = 110


@dataclass(frozen=True)
class Labelled:
    """A row with a known label."""

    at: int
    column: int
    label: str
    inside: Decimal | None = None  # points printed in the label's own cell


def labelled(at: int, row: Sequence[str]) -> Labelled | None:
    """The label of a row: its indicator, where it stands beside its instrument."""
    found = [label for column, cell in enumerate(row) if (label := _label(at, column, cell))]
    if not any(points_in(cell) is not None for cell in row):  # «คะแนน» over a column is no total
        found = [label for label in found if label.inside is not None or not is_total(label.label)]
    return next((label for label in found if indicator_named(label.label)), next(iter(found), None))


def group_heads(at: int, row: Sequence[str]) -> list[Labelled]:
    """Instruments with points of their own in the row of another label: «IIT (94.20) | การปฏิบัติหน้าที่ | 95.12»."""
    found = [label for column, cell in enumerate(row) if (label := _label(at, column, cell))]
    beside = any(indicator_named(label.label) for label in found)
    return [label for label in found if beside and label.inside is not None and instrument_named(label.label)]


def known(label: str) -> bool:
    """Whether points beside it can be stored."""
    return bool(indicator_named(label) or instrument_named(label) or is_total(label) or is_older_index(label))


def figure_at(rows: Rows, at: int, column: int | None) -> Decimal | None:
    """The points in a cell, None where there are none."""
    return points_in(rows[at][column]) if column is not None and column < len(rows[at]) else None


def _label(at: int, column: int, cell: str) -> Labelled | None:
    if not cell or len(cell) > LONGEST_LABEL:
        return None
    found = WITH_POINTS.match(packed(cell))
    if found and known(found[1]) and Decimal(found[2]) <= FULL_SCORE:
        return Labelled(at, column, found[1], Decimal(found[2]))
    return Labelled(at, column, cell) if known(cell) else None
