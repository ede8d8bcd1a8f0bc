"""Excel files (.xlsx): every visible sheet, each cell with the text that it shows.

Read from the XML itself, row by row: openpyxl builds the whole sheet before a limit can be asked, tells a formula
from its value only by reading the file twice, and does not know what a number looks like in its cell. Rows and columns
that are hidden are read, since a filter is easily forgotten; hidden sheets, which hold lists to choose from, are not.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from bot.imports.figures import Figures, figures_of
from bot.imports.markup import folded
from bot.imports.package import Package
from bot.imports.sheets import Merge, Sheet
from bot.imports.watch import COLUMNS, Watch
from itadomain.documents.shape import Block, Table
from itadomain.refusals import Refusal

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
SPOT = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def read_workbook(package: Package, watch: Watch) -> Sequence[Block]:
    """The blocks of a workbook."""
    main = package.main_part()
    relations = package.relations(main)
    parts = dict(relations.values())
    book = package.tree(main)
    reader = _Reader(package, watch, _shared(package, parts.get("sharedStrings", "")), _figures(package, parts, book))
    sheets = [one for one in book.iter(f"{S}sheet") if one.get("state", "visible") == "visible"]
    blocks: list[Block] = []
    for nth, sheet in enumerate(sheets, 1):
        kind, part = relations.get(sheet.get(ID, ""), ("", ""))
        if kind == "worksheet":
            tables = sum(isinstance(block, Table) for block in blocks)
            blocks += reader.sheet(sheet.get("name", ""), part).blocks(tables, watch)
        watch.done(nth, len(sheets))
    return blocks


def _shared(package: Package, part: str) -> Sequence[str]:
    """The texts that cells refer to by number."""
    return [_text(item) for item in package.each(part, f"{S}sst")] if part in package else []


def _text(item: Element) -> str:
    """A text of one or more runs; how it is read aloud (`rPh`) is no part of it."""
    whole, runs = item.find(f"{S}t"), item.findall(f"{S}r/{S}t")
    return folded("".join(one.text or "" for one in ([whole] if whole is not None else runs)))


def _figures(package: Package, parts: Mapping[str, str], book: Element) -> Figures:
    properties = book.find(f"{S}workbookPr")
    since_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
    return figures_of(package.tree(parts.get("styles", "")), since_1904=since_1904)


@dataclass(frozen=True)
class _Reader:
    package: Package
    watch: Watch
    shared: Sequence[str]
    figures: Figures

    def sheet(self, name: str, part: str) -> Sheet:
        """One sheet as it was filled in."""
        cells: dict[int, dict[int, str]] = {}
        merges: list[Merge] = []
        row = -1
        for element in self.package.each(part, f"{S}sheetData", f"{S}mergeCells"):
            self.watch.look()
            if element.tag == f"{S}row":
                row = int(element.get("r", row + 2)) - 1
                filled = dict(self._row(element, row, name))
                if filled:
                    cells.setdefault(row, {}).update(filled)
            else:
                merges += _merge(element.get("ref", ""))
        return Sheet(name, cells, merges)

    def _row(self, row: Element, nth: int, sheet: str) -> Iterator[tuple[int, str]]:
        """Its filled cells by column."""
        column = -1
        for cell in row.iter(f"{S}c"):
            spot = SPOT.fullmatch(cell.get("r", ""))
            column = _column(spot[1]) if spot else column + 1
            text = self._shown(cell, sheet, f"{_letters(column)}{nth + 1}")
            if text:
                self.watch.wide(column + 1)
                yield column, text

    def _shown(self, cell: Element, sheet: str, spot: str) -> str:
        kind = cell.get("t", "n")
        value = cell.findtext(f"{S}v") or ""
        if kind == "inlineStr":
            inline = cell.find(f"{S}is")
            return "" if inline is None else _text(inline)
        if not value:
            if kind != "str" and cell.find(f"{S}f") is not None:
                raise Refusal("import.formula", sheet=sheet, cell=spot)
            return ""
        if kind == "s":
            return self.shared[int(value)]
        if kind in {"n", "d"}:
            return self.figures.shown(value, int(cell.get("s", "0")))
        return {"0": "FALSE", "1": "TRUE"}.get(value, value) if kind == "b" else folded(value)


def _merge(area: str) -> Iterator[Merge]:
    first, _, last = area.partition(":")
    one, other = SPOT.fullmatch(first), SPOT.fullmatch(last)
    if one and other:
        yield Merge(int(one[2]) - 1, _column(one[1]), int(other[2]) - 1, min(_column(other[1]), COLUMNS))


def _column(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _letters(column: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    text = ""
    while column >= 0:
        text = chr(ord("A") + column % 26) + text
        column = column // 26 - 1
    return text
