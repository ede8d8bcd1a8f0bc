"""Cells where a file puts them → a `Table`: rows of one width, and which cells are really one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.imports.watch import CELLS, COVERED, ROWS
from itadomain.documents.shape import Place, Table
from itadomain.refusals import Refusal

Spot = tuple[int, int]


@dataclass
class Grid:
    """A table being read. Rows and columns count from 0; what stands nowhere is empty."""

    rows: list[dict[int, str]] = field(default_factory=list)
    owner: dict[Spot, Spot] = field(default_factory=dict)

    def put(self, row: int, column: int, text: str) -> None:
        """A text stands here."""
        while len(self.rows) <= row:
            self.rows.append({})
        self.rows[row][column] = text

    def join(self, first: Spot, others: Iterable[Spot]) -> None:
        """The cell at `first` also covers the others."""
        origin = self.owner.get(first, first)
        for other in others:
            self.owner[other] = origin
            self.put(*other, "")
        if len(self.owner) > COVERED:
            raise Refusal("import.too_many_rows", most=ROWS)

    def table(self, place: Place) -> Table:
        """The finished table."""
        width = max((max(row, default=-1) + 1 for row in self.rows), default=0)
        if len(self.rows) * width > CELLS:
            raise Refusal("import.too_many_rows", most=ROWS)
        rows = [[row.get(column, "") for column in range(width)] for row in self.rows]
        return Table(rows, place, _spans(len(rows), width, self.owner) if self.owner else ())


def _spans(height: int, width: int, owner: Mapping[Spot, Spot]) -> Sequence[Sequence[Spot]]:
    return [[owner.get((row, column), (row, column)) for column in range(width)] for row in range(height)]
