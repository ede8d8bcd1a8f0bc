"""Text files: lines with tabs, or between «|», are rows of a table; every other line is a paragraph."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.imports.encodings import decoded
from bot.imports.grid import Grid
from bot.imports.markup import plain
from bot.imports.watch import ROWS, Watch
from itadomain.documents.shape import Block, Paragraph, Place, Table
from itadomain.refusals import Refusal

LONGEST = 200_000  # letters of a line: a page has three thousand
BETWEEN_BARS = re.compile(r"\s*(?:[-*]\s+)?\|(.*)\|\s*")

#: The number of a line and its cells: one where it is no row of a table.
Line = tuple[int, Sequence[str]]


def read_text(data: bytes, watch: Watch) -> Sequence[Block]:
    """The blocks of a text file."""
    text = decoded(data)
    if max(map(len, text.splitlines()), default=0) > LONGEST:
        raise Refusal("import.too_many_rows", most=ROWS)
    return list(_blocks(text, watch))


def _blocks(text: str, watch: Watch) -> Iterator[Block]:
    tables = 0
    lines = ((number, _cells(line)) for number, line in enumerate(text.splitlines(), 1))
    for is_row, run in groupby(lines, key=lambda line: len(line[1]) > 1):
        together = list(run)
        if is_row and any(sum(bool(cell.strip()) for cell in cells) > 1 for _, cells in together):
            tables += 1
            yield from _table(together, tables, watch)
        else:  # a tab alone may begin a paragraph
            watch.look()
            yield from _paragraphs(together)


def _paragraphs(lines: Sequence[Line]) -> Iterator[Paragraph]:
    for number, cells in lines:
        text = plain(" ".join(cells))
        if text:
            yield Paragraph(text, Place(line=number))


def _cells(line: str) -> Sequence[str]:
    bars = BETWEEN_BARS.fullmatch(line)
    return bars[1].split("|") if bars and "|" in bars[1] else line.split("\t")


def _is_rule(cell: str) -> bool:
    return "--" in cell and not cell.strip(" :-")


def _table(lines: Sequence[Line], number: int, watch: Watch) -> Iterator[Table]:
    """The rows but for the ruling line that Markdown draws, and for an empty heading above it."""
    grid = Grid()
    first = 0
    for line, cells in lines:
        watch.row(len(cells))
        if all(map(_is_rule, cells)) or not (grid.rows or any(cell.strip() for cell in cells)):
            continue
        first = first or line
        row = len(grid.rows)
        for column, cell in enumerate(cells):
            grid.put(row, column, plain(cell))
    if grid.rows:
        yield grid.table(Place(table=number, row=1, line=first))
