"""A paper written down as lines and rows, and the same paper as files of every kind.

A line that begins with «|» is a row. In a cell «^» goes on with the cell above, «<» with the one to the left (merged
cells), and «⏎» breaks the line. In a text file, which has no merged cells, both are empty. A line «§ name» begins a
new sheet in a workbook, and is a line elsewhere.
"""

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import docx
import openpyxl
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.imports.rebuilding import FONT, PAGE, Rows, saved

ABOVE, BESIDE, BREAK = "^", "<", "⏎"
SHEET = "§ "


@dataclass(frozen=True)
class Cell:
    """A cell that is not swallowed by another, with how far it reaches."""

    row: int
    column: int
    text: str
    down: int = 1
    across: int = 1


Part = str | Rows


def parts_of(text: str) -> Sequence[Part]:
    """Lines and tables in their order."""
    parts: list[Part] = []
    for is_row, lines in groupby(text.strip("\n").splitlines(), key=lambda line: line.startswith("|")):
        if is_row:
            parts.append(_even([[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]))
        else:
            parts.extend(line.strip() for line in lines if line.strip())
    return parts


def _even(rows: Rows) -> Rows:
    width = max(len(row) for row in rows)
    return [[*row, *[""] * (width - len(row))] for row in rows]


def cells_of(rows: Rows) -> Iterator[Cell]:
    """The cells of a table, merged ones once."""
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            if text not in {ABOVE, BESIDE}:
                yield Cell(at, column, text, *_reach(rows, at, column))


def _reach(rows: Rows, at: int, column: int) -> tuple[int, int]:
    down = next((n for n in range(1, len(rows) - at) if rows[at + n][column] != ABOVE), len(rows) - at)
    row = rows[at]
    across = next((n for n in range(1, len(row) - column) if row[column + n] != BESIDE), len(row) - column)
    return down, across


def as_text(parts: Sequence[Part]) -> bytes:
    lines = []
    for part in parts:
        rows = [] if isinstance(part, str) else part
        lines += [part] if isinstance(part, str) else ["", *("\t".join(map(_flat, row)) for row in rows), ""]
    return "\n".join(lines).encode()


def _flat(text: str) -> str:
    return "" if text in {ABOVE, BESIDE} else text.replace(BREAK, " ")


def as_word(parts: Sequence[Part]) -> bytes:
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(11)
    style.element.rPr.rFonts.set(qn("w:cs"), FONT)
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), len(part[0]), style="Table Grid")
        for cell in cells_of(part):
            own = table.cell(cell.row, cell.column)
            if (cell.down, cell.across) != (1, 1):
                own = own.merge(table.cell(cell.row + cell.down - 1, cell.column + cell.across - 1))
            own.text = cell.text.replace(BREAK, "\n")
    return saved(document)


def as_workbook(parts: Sequence[Part]) -> bytes:
    book = openpyxl.Workbook()
    sheet, at = book.active, 0
    for part in parts:
        if isinstance(part, str) and part.startswith(SHEET):
            sheet, at = book.create_sheet(part.removeprefix(SHEET)), 0
        elif isinstance(part, str):
            at += 1
            sheet.cell(at, 1, part)
        else:
            _laid(part, sheet, at + 1)
            at += len(part) + 2
    return saved(book)


def _laid(rows: Rows, sheet, above: int) -> None:
    for cell in cells_of(rows):
        row, column = above + cell.row + 1, cell.column + 1
        sheet.cell(row, column, cell.text.replace(BREAK, "\n") or None)
        if (cell.down, cell.across) != (1, 1):
            sheet.merge_cells(
                start_row=row, start_column=column, end_row=row + cell.down - 1, end_column=column + cell.across - 1
            )


def as_page(parts: Sequence[Part]) -> str:
    """The paper as a page for a browser to print."""
    body = [f"<p>{html.escape(one)}</p>" if isinstance(one, str) else f"<table>{_drawn(one)}</table>" for one in parts]
    return PAGE.format(font=FONT, broken="avoid", body="".join(body))


def _drawn(rows: Rows) -> str:
    by_row: Mapping[int, list[Cell]] = {at: [] for at in range(len(rows))}
    for cell in cells_of(rows):
        by_row[cell.row].append(cell)
    return "".join("<tr>" + "".join(map(_box, cells)) + "</tr>" for cells in by_row.values())


def _box(cell: Cell) -> str:
    text = html.escape(cell.text).replace(BREAK, "<br>")
    return f'<td rowspan="{cell.down}" colspan="{cell.across}">{text}</td>'
