"""Writes a table into a Word file: its headings on every page, its rows whole where that leaves no page half empty."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from bot.papers.document import Cell, Document, Table
from bot.papers.ink.figures import digits
from bot.papers.ink.word_ink import IN_TABLE, held_together, said, width, write

#: Millimetres that a letter of a table takes, its marks not counted for themselves; lines that take half a page. A row
#: of more, kept whole, would leave as much of a page empty, or be cut off at its foot.
LETTER, TALL = 2.3, 12
ROOM = {"top": 100, "left": 108, "bottom": 70, "right": 108}  # twentieths of a point around what a cell says
CLOSE = {"top": 40, "left": 108, "bottom": 20, "right": 108}  # the same, where a page has to hold all of it


def write_table(file: Any, block: Table, paper: Document) -> None:
    """All of it, in the columns' shares of the page; what heads it stays on its page."""
    held_together([one for one in list(file.iter_inner_content())[-1:] if not hasattr(one, "rows")])
    lines = [*block.headings, *block.rows]
    made = file.add_table(len(lines), len(block.widths))
    made.style, made.alignment, made.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    _roomy(made, CLOSE if block.close else ROOM)
    widths = [width(file) * share // sum(block.widths) for share in block.widths]
    for column, wide in zip(made.columns, widths, strict=True):
        column.width = wide
    placed = list(_placed(lines))
    tall = {row for row, column, cell in placed if _height(cell, sum(widths[column : column + cell.across])) > TALL}
    places = [_settled(row, widths, tall=nth in tall) for nth, row in enumerate(made.rows)]
    for row in made.rows[: len(block.headings)] if block.headings else ():
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - python-docx has no name for it
    for row, column, cell in placed:
        place = places[row][column]
        if cell.across > 1 or cell.down > 1:
            place = place.merge(places[row + cell.down - 1][column + cell.across - 1])
        _fill(place, cell, paper, heading=row < len(block.headings))


def _settled(row: Any, widths: Sequence[int], *, tall: bool) -> Sequence[Any]:
    """The cells of a row, each as wide as its column; a row that is not tall stays whole."""
    if not tall:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - as above
    cells = list(row.cells)
    for cell, wide in zip(cells, widths, strict=True):
        cell.width = wide
    return cells


def _roomy(made: Any, around: Mapping[str, int]) -> None:
    """Room above what stands in cells: where another typeface stands in, its tone marks would touch the line."""
    told = made._tbl.tblPr  # noqa: SLF001 - as above
    room = OxmlElement("w:tblCellMar")
    for side, twips in around.items():
        said(room, f"w:{side}", {"w:w": str(twips), "w:type": "dxa"})
    told.find(qn("w:tblLook")).addprevious(room)


def _height(cell: Cell, wide: int) -> int:
    """About how many lines a cell takes; none where it spans rows, which may break between them."""
    letters = max(1, int(wide / Mm(LETTER)))
    return sum(len(text) // letters + 1 for text in cell.lines) if cell.down == 1 else 0


def _placed(lines: Sequence[Sequence[Cell]]) -> Iterator[tuple[int, int, Cell]]:
    """Each cell with its row and column, as those above it leave room."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(lines):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            yield row, column, cell
            taken |= {(row + down, column + across) for down in range(cell.down) for across in range(cell.across)}
            column += cell.across


def _fill(place: Any, cell: Cell, paper: Document, *, heading: bool) -> None:
    for nth, text in enumerate(cell.lines):
        made = place.paragraphs[0] if nth == 0 else place.add_paragraph()
        write(made, digits(text, paper), IN_TABLE, bold=heading, middle=heading)
