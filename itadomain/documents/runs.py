"""Tables that go on over pages, put together again: rows in reading order, with the words between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from itadomain.documents.folding import squeezed
from itadomain.documents.shape import Document, Paragraph, Place, Table

#: Letters between two tables that make them two: less is a page number or a line that leads over the page.
APART = 120


@dataclass(frozen=True)
class RunRow:
    """A row of a run: where it stands, and whether a page or table begins with it."""

    table: Table
    at: int
    block: int  # the how-many-eth block of the document its table is
    first: bool
    words: Sequence[Paragraph] = ()  # short lines just before it

    @property
    def cells(self) -> list[str]:
        """Its cells as printed, white space folded."""
        return [squeezed(cell) for cell in self.table.rows[self.at]]

    @property
    def place(self) -> Place:
        """Where it stands."""
        return place_of(self.table, self.at)

    def held(self, column: int) -> str:
        """What a cell above or to the left, which spans this one, says."""
        spans = self.table.spans
        if self.at >= len(spans) or column >= len(spans[self.at]):
            return ""
        row, origin = spans[self.at][column]
        rows = self.table.rows
        inside = (row, origin) != (self.at, column) and 0 <= row < len(rows) and 0 <= origin < len(rows[row])
        return squeezed(rows[row][origin]) if inside else ""


@dataclass(frozen=True)
class Run:
    """Tables of one width that follow each other."""

    width: int
    rows: list[RunRow] = field(default_factory=list)


def runs_of(document: Document) -> Iterator[Run]:
    """The runs of a document, in reading order."""
    run: Run | None = None
    words: list[Paragraph] = []
    for at, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            words.append(block)
            continue
        width = max((len(row) for row in block.rows), default=0)
        apart = sum(len(word.text) for word in words) >= APART
        if run is None or width != run.width or apart:
            if run:
                yield run
            run, words = Run(width), []
        run.rows.extend(_rows(block, at, words))
        words = []
    if run:
        yield run


def _rows(table: Table, block: int, words: Sequence[Paragraph]) -> Iterator[RunRow]:
    for at in range(len(table.rows)):
        yield RunRow(table, at, block, at == 0, words if at == 0 else ())


def place_of(table: Table, at: int) -> Place:
    """Where a row of the table stands."""
    first = table.place.row or 1
    return replace(table.place, row=first + at, line=table.place.line + at if table.place.line else 0)
