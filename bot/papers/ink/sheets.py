"""Writes sheets as an Excel workbook, or as one file of comma-separated values that Excel reads Thai from."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Cell = str | int | Decimal | None
Line = Sequence[Cell]
#: What a spreadsheet may take for the start of a formula.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
#: The typeface of Thai offices; where it is missing another stands in.
FONT, SIZE = "TH Sarabun New", 16
WIDEST, NARROWEST = 70, 9
LONGEST_NAME, LONGEST_CELL = 31, 32_000


@dataclass(frozen=True)
class Sheet:
    """A table under its heading; no heading where the first column says what stands beside it."""

    name: str
    lines: Sequence[Line]
    heading: Sequence[str] = ()


def as_csv(sheets: Sequence[Sheet]) -> bytes:
    """One table under the other, each under its name."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    for nth, sheet in enumerate(sheets):
        above = ([""], [sheet.name]) if nth else ([sheet.name],)
        writer.writerows([*above, *([sheet.heading] if sheet.heading else []), *map(_harmless, sheet.lines)])
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def as_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook: figures as figures, the heading stays in sight, columns as wide as what they hold."""
    from openpyxl import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - who wants a CSV needs none

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name[:LONGEST_NAME]), sheet)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _fill(page: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped]  # noqa: PLC0415 - as above
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]  # noqa: PLC0415 - as above

    plain, bold, wrapped = Font(name=FONT, size=SIZE), Font(name=FONT, size=SIZE, bold=True), Alignment(wrap_text=True)
    lines = [*([sheet.heading] if sheet.heading else []), *sheet.lines]
    for row, line in enumerate(lines, 1):
        for column, value in enumerate(line, 1):
            cell = page.cell(row, column, _clean(value))
            if isinstance(value, str):
                cell.data_type = "s"  # else what begins with = would be reckoned
                cell.quotePrefix = value.startswith(FORMULA)
            cell.font = bold if sheet.heading and row == 1 else plain
            cell.alignment = wrapped
            if isinstance(value, Decimal):
                cell.number_format = "0.00"
    for column, width in enumerate(_widths(lines), 1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = "A2" if sheet.heading else None


def _widths(lines: Sequence[Line]) -> Iterator[int]:
    for column in range(max(map(len, lines), default=0)):
        longest = max(len(str(line[column] or "")) for line in lines if column < len(line))
        yield min(WIDEST, max(NARROWEST, longest + 2))


def _clean(value: Cell) -> Cell:
    """Without signs that a workbook must not hold, and no longer than a cell may be."""
    if not isinstance(value, str):
        return value
    return "".join(sign for sign in value if sign.isprintable() or sign in "\n\t")[:LONGEST_CELL]


def _harmless(line: Line) -> list[str]:
    """As text that no spreadsheet reckons with; figures stay figures."""
    return [_quoted(one) if isinstance(one, str) else "" if one is None else str(one) for one in line]


def _quoted(text: str) -> str:
    """On one line; the mark before what could begin a formula is what spreadsheets themselves set."""
    said = " ".join(str(_clean(text)).split())
    return f"'{said}" if said.startswith(FORMULA) else said
