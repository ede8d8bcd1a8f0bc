"""Looks at a paper as it is printed: its pages, the tables on them, and the ink."""

import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import pdfplumber
import pypdfium2

from bot.papers.document import Document, Table
from bot.papers.ink.figures import digits
from bot.papers.ink.word_tables import _placed

#: What can begin no line, for it belongs to the letter before it.
GOES_ON = "ะาำๅๆฯัิีึืฺุู็่้๊๋์ํ"
DPI, ABOVE_MM = 150, 22  # the head of a page ends there
WHITE = 200


def letters(text: str) -> str:
    """A text without spaces and without marks above and below, which PDFs tell in an order of their own."""
    whole = unicodedata.normalize("NFKD", text).replace("ํา", "ำ").replace("ำา", "ำ")  # the PDF has both for one
    return "".join(sign for sign in whole if unicodedata.category(sign)[0] in "LN")


@dataclass
class Printed:
    """A document and the PDF that was made of it."""

    document: Document
    pdf: bytes

    @cached_property
    def pages(self) -> Sequence[Any]:
        return pdfplumber.open(io.BytesIO(self.pdf)).pages

    @cached_property
    def tables(self) -> Sequence[tuple[int, Any]]:
        """Each table with lines around it, and the page that it is on."""
        return [(nth, table) for nth, page in enumerate(self.pages) for table in page.find_tables()]

    @property
    def bodies(self) -> Sequence[str]:
        """The letters of each page, its head left out."""
        return [
            letters(page.crop((0, ABOVE_MM / 25.4 * 72, page.width, page.height)).extract_text()) for page in self.pages
        ]

    def told_tables(self) -> Sequence[Table]:
        return [block for block in self.document.blocks if isinstance(block, Table)]

    def letters_of(self, text: str) -> str:
        """The letters of a text as this document writes figures."""
        return letters(digits(text, self.document))

    def sides(self) -> Sequence[str]:
        """The letters of the left and of the right halves of all pages."""
        halves = [
            letters(page.crop((page.width * half, 0, page.width * (half + 0.5), page.height)).extract_text())
            for half in (0, 0.5)
            for page in self.pages
        ]
        return ["".join(halves[: len(self.pages)]), "".join(halves[len(self.pages) :])]

    def headings(self) -> set[str]:
        """What stands in the heading rows of the document's tables."""
        return {
            self.letters_of("".join(cell.lines))
            for table in self.told_tables()
            for row in table.headings
            for cell in row
        }

    def columns(self) -> Mapping[int, str]:
        """The letters of each column of all tables, one page after the other, without headings."""
        found: dict[int, str] = {}
        headings = self.headings()
        for _, table in self.tables:
            for row in table.extract():
                for nth, cell in enumerate(row):
                    said = letters(cell or "")
                    found[nth] = found.get(nth, "") + ("" if said in headings else said)
        return found

    def missing_cells(self) -> Iterator[str]:
        """Cells of the document that the PDF does not have where they belong."""
        columns, headings = dict(self.columns()), self.headings()
        for table in self.told_tables():
            for _, column, cell in _placed(table.rows):
                said = self.letters_of("".join(cell.lines))
                if said and said not in headings:
                    _, found, after = columns.get(column, "").partition(said)
                    if not found:
                        yield "".join(cell.lines)
                    columns[column] = after if found else columns.get(column, "")

    def broken_lines(self) -> Iterator[tuple[str, str]]:
        """Where a line ends within a syllable."""
        for _, table in self.tables:
            for row in table.extract():
                for cell in row:
                    lines = (cell or "").splitlines()
                    yield from ((one, following) for one, following in pairwise(lines) if following[:1] in GOES_ON)
        for page in self.pages:
            lines = page.extract_text().splitlines()
            yield from (("", line) for line in lines if line[:1] in GOES_ON)

    def touching(self) -> Iterator[tuple[int, str]]:
        """Cells whose ink reaches the line above or below: a mark there is cut, or cannot be told from the line."""
        drawn = pypdfium2.PdfDocument(self.pdf)
        scale = DPI / 72
        try:
            for nth, table in self.tables:
                picture = drawn[nth].render(scale=scale).to_pil().convert("L")
                for box, cell in zip(table.cells, self._texts(nth, table), strict=True):
                    left, top, right, bottom = (round(side * scale) for side in box)
                    for y in (top + 2, bottom - 2):
                        strip = picture.crop((left + 4, y, right - 4, y + 1))
                        if strip.width > 0 and strip.getextrema()[0] < WHITE:
                            yield nth, cell
        finally:
            drawn.close()

    def _texts(self, nth: int, table: Any) -> Sequence[str]:
        return [self.pages[nth].crop(box).extract_text() or "" for box in table.cells]
