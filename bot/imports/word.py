"""Word files (.docx): paragraphs and tables in the order of the body.

Read from the XML itself, since python-docx knows neither tracked changes nor text boxes nor the numbers of lists.
Headers, footers, notes and comments are left out; inserted text is in, deleted text out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from bot.imports.grid import Grid
from bot.imports.markup import folded
from bot.imports.package import Package
from bot.imports.watch import Watch
from bot.imports.word_lists import Lists, W, lists_of, number, value
from itadomain.documents.shape import Block, Paragraph, Place, Table
from itadomain.refusals import Refusal

DEEPEST = 10  # tables in tables
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
LETTERS = {f"{W}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"}
#: What stands for a letter.
SIGNS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": " "}
#: Signs out of fonts of signs, by their numbers.
DRAWN = {"F0FC": "✓", "F0FB": "✗", "F0FE": "☑", "F0FD": "☒", "F0A8": "☐", "F06F": "☐", "F0E0": "→", "F02D": "-"}
#: What is not part of the text, or no longer.
LEFT_OUT = {
    f"{W}del", f"{W}moveFrom", f"{W}delText", f"{W}instrText", f"{W}pPr", f"{W}rPr", f"{W}sdtPr", f"{W}rt",
    f"{W}txbxContent", f"{W}tbl", f"{MC}Fallback",
}  # fmt: skip


def read_word(package: Package, watch: Watch) -> Sequence[Block]:
    """The blocks of a Word file."""
    main = package.main_part()
    parts = dict(package.relations(main).values())
    lists = lists_of(package.tree(parts.get("numbering", "")), package.tree(parts.get("styles", "")))
    reader = _Reader(lists, watch)
    return [block for element in package.each(main, f"{W}body") for block in reader.blocks(element)]


@dataclass
class _Reader:
    lists: Lists
    watch: Watch
    tables: int = 0
    deep: int = 0
    inner: list[Table] = field(default_factory=list)  # tables inside of cells, until the outermost is read

    def blocks(self, element: Element) -> Iterator[Block]:
        """What one element of the body comes to."""
        self.watch.look()
        if element.tag == f"{W}p":
            text = self._text(element)
            if text:
                yield Paragraph(text)
            yield from self._boxes(element)
        elif element.tag == f"{W}tbl":
            yield from self._table(element)
        elif element.tag not in LEFT_OUT:
            for inner in element:
                yield from self.blocks(inner)

    def _text(self, paragraph: Element) -> str:
        """The paragraph with its number. A column of numbers has nothing but those; a dash alone is nothing."""
        label, text = self.lists.label(paragraph), folded("".join(_letters(paragraph)))
        return text if label == "- " and not text else (label + text).strip()

    def _boxes(self, element: Element) -> Iterator[Block]:
        """What stands in the text boxes that hang on an element."""
        for inner in element:
            if inner.tag == f"{W}txbxContent":
                yield from self.blocks_in(inner)
            elif inner.tag not in LEFT_OUT:
                yield from self._boxes(inner)

    def blocks_in(self, element: Element) -> Iterator[Block]:
        """The blocks of everything inside an element."""
        for inner in element:
            yield from self.blocks(inner)

    def _table(self, table: Element) -> Iterator[Block]:
        """A table, then the tables inside of its cells."""
        rows = [row for row in _through(table, f"{W}tr") if row.find(f"{W}trPr/{W}del") is None]
        cells = [_through(row, f"{W}tc") for row in rows]
        if sum(map(len, cells)) == 1:  # a frame around text
            yield from self.blocks_in(cells[0][0])
            return
        self.tables += 1
        self.deep += 1
        if self.deep > DEEPEST:
            raise Refusal("import.broken")
        place, grid = Place(table=self.tables, row=1), Grid()
        for nth, row in enumerate(rows):
            self._row(grid, nth, row, cells[nth])
        self.deep -= 1
        yield grid.table(place)
        if not self.deep:
            yield from sorted(self.inner, key=lambda one: one.place.table)
            self.inner.clear()

    def _row(self, grid: Grid, nth: int, row: Element, cells: Sequence[Element]) -> None:
        column = number(value(row.find(f"{W}trPr/{W}gridBefore")), 0)
        for cell in cells:
            wide = max(1, number(value(cell.find(f"{W}tcPr/{W}gridSpan")), 1))
            self.watch.wide(column + wide)
            merged = cell.find(f"{W}tcPr/{W}vMerge")
            if merged is not None and value(merged) != "restart" and nth > 0:
                grid.join((nth - 1, column), [(nth, column)])
            else:
                grid.put(nth, column, self._cell(cell))
            grid.join((nth, column), [(nth, column + more) for more in range(1, wide)])
            column += wide
        self.watch.row(column)

    def _cell(self, cell: Element) -> str:
        """All the text of a cell, that of a table inside of it too."""
        blocks = list(self.blocks_in(cell))
        self.inner += [one for one in blocks if isinstance(one, Table) and _is_whole(one)]
        return folded(" ".join(text for block in blocks for text in _said(block)))


def _letters(element: Element) -> Iterator[str]:
    """The text of an element as it is printed once every change is accepted."""
    for inner in element:
        if inner.tag in LETTERS:
            yield inner.text or ""
        elif inner.tag in SIGNS:
            yield SIGNS[inner.tag]
        elif inner.tag == f"{W}sym":
            yield DRAWN.get(inner.get(f"{W}char", "").upper(), "")
        elif inner.tag not in LEFT_OUT and not _is_hidden(inner):
            yield from _letters(inner)


def _is_hidden(run: Element) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and value(hidden) not in {"0", "false", "off"}


def _through(element: Element, tag: str) -> list[Element]:
    """The rows of a table, or the cells of a row, also where they stand in a control or a change."""
    found = []
    for inner in element:
        if inner.tag == tag:
            found.append(inner)
        elif inner.tag not in LEFT_OUT and inner.tag != f"{W}tc":
            found += _through(inner, tag)
    return found


def _said(block: Block) -> Sequence[str]:
    return [block.text] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row]


def _is_whole(table: Table) -> bool:
    """A table of its own, not a few lines set side by side."""
    return len(table.rows) > 1 and len(table.rows[0]) > 1
