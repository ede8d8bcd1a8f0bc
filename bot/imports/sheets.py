"""A sheet of cells → titles and tables: parted at empty rows, titles being what stands alone above a table."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby, takewhile

from bot.imports.grid import Grid
from bot.imports.watch import COVERED, ROWS, Watch
from itadomain.documents.shape import Block, Paragraph, Place, Table
from itadomain.refusals import Refusal

#: Row → column → text, counted from 0; empty cells are not in it.
Cells = Mapping[int, Mapping[int, str]]


@dataclass(frozen=True)
class Merge:
    """Cells that are one, from the first row and column to the last."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet as it was filled in."""

    name: str
    cells: Cells
    merges: Sequence[Merge] = ()

    def blocks(self, tables: int, watch: Watch) -> Iterator[Block]:
        """Its titles and tables from above to below; `tables` were before it in the document."""
        for rows in _runs(self._filled(watch)):
            titles = list(takewhile(partial(self._is_title, rows), rows))
            yield from map(self._paragraph, titles)
            if len(titles) < len(rows):
                tables += 1
                yield self._table(rows[len(titles) :], tables, watch)

    def _filled(self, watch: Watch) -> Collection[int]:
        """Rows with text in them, and those that a filled cell reaches down to."""
        filled = set(self.cells)
        last, right = max(filled, default=-1), max((max(row) for row in self.cells.values()), default=-1)
        covered = 0
        for merge in self.merges:
            watch.look()
            if merge.left in self.cells.get(merge.top, ()):
                rows = range(merge.top, min(merge.bottom, last) + 1)
                covered += len(rows) * (min(merge.right, right) - merge.left + 1)
                if covered > COVERED:
                    raise Refusal("import.too_many_rows", most=ROWS)
                filled.update(rows)
        return filled

    def _is_title(self, rows: Sequence[int], row: int) -> bool:
        """One cell alone, unless it heads some of the columns under it."""
        alone = self.cells.get(row, {})
        if len(alone) != 1:
            return False
        column = next(iter(alone))
        columns = [one for other in rows for one in self.cells.get(other, ())]
        heads = any(
            (merge.top, merge.left) == (row, column) and min(columns) < merge.left < merge.right
            for merge in self.merges
        )
        return not heads or row == rows[-1]

    def _paragraph(self, row: int) -> Paragraph:
        column, text = next(iter(self.cells[row].items()))
        return Paragraph(text, Place(sheet=self.name, row=row + 1, column=column + 1))

    def _table(self, rows: Sequence[int], nth: int, watch: Watch) -> Table:
        left = min(column for row in rows for column in self.cells.get(row, ()))
        grid = Grid()
        for at, row in enumerate(rows):
            cells = self.cells.get(row, {})
            watch.row(max(cells, default=left) - left + 1)
            for column, text in cells.items():
                grid.put(at, column - left, text)
        self._join(grid, rows, left, watch)
        return grid.table(Place(sheet=self.name, table=nth, row=rows[0] + 1, column=left + 1))

    def _join(self, grid: Grid, rows: Sequence[int], left: int, watch: Watch) -> None:
        """Cells that are one, as far as the table goes."""
        last = max(max(row, default=0) for row in grid.rows) + left
        for merge in self.merges:
            if merge.top in range(rows[0], rows[-1] + 1) and merge.left in self.cells.get(merge.top, ()):
                watch.look()
                here = replace(merge, bottom=min(merge.bottom, rows[-1]), right=min(merge.right, last))
                spots = _spots(here, rows[0], left)
                grid.join(spots[0], spots[1:])


def _spots(merge: Merge, top: int, left: int) -> Sequence[tuple[int, int]]:
    return [
        (row - top, column - left)
        for row in range(merge.top, merge.bottom + 1)
        for column in range(merge.left, merge.right + 1)
    ]


def _runs(rows: Collection[int]) -> Iterator[Sequence[int]]:
    """Rows that follow one another without a gap."""
    for _, run in groupby(enumerate(sorted(rows)), key=lambda one: one[1] - one[0]):
        yield [row for _, row in run]
