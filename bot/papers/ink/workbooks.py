"""A document as a workbook: what stands around its tables on the first sheet, then a sheet for each of them."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bot.papers.asking import Says
from bot.papers.contents import Workbook
from bot.papers.document import Cell, Document, Paragraph, Style, Table
from bot.papers.ink.sheets import LONGEST_NAME, Line, Sheet
from bot.papers.ink.sheets import Cell as Value
from handlers.kit import words

#: A count, or points with two places; nothing that begins with a nought, as codes do.
FIGURE = re.compile(r"(0|[1-9]\d{0,8})(\.\d\d)?", re.ASCII)
#: What the name of a sheet must not have.
UNNAMEABLE = re.compile(r"[\[\]:*?/\\']")


def workbook_of(document: Document, says: Says) -> Workbook:
    """Every table of a document. What one cell says beside several rows is said in each, so that they can be sorted."""
    tables = list(_headed(document))
    whole = says(words("papers.sheet_table"))
    names = _unlike([says(words("papers.sheet_about")), *(_plain(name) or whole for name, _ in tables)])
    around = Sheet(names[0], [*_about(document, says), *_around(document)])
    return Workbook([around, *(_sheet(name, table) for name, (_, table) in zip(names[1:], tables, strict=True))])


def _headed(document: Document) -> Iterator[tuple[str, Table]]:
    """Each table with the heading that it stands under."""
    heading = ""
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.style is Style.HEADING:
            heading = block.text
        if isinstance(block, Table):
            yield heading, block


def _about(document: Document, says: Says) -> Iterator[Line]:
    """What the file says of itself; a draft says so here, for there are no pages that could."""
    about = document.about
    yield [says(words("papers.about_paper")), about.title]
    if document.draft:
        yield [says(words("papers.about_state")), document.draft]
    yield [says(words("papers.about_agency")), about.agency]
    yield [says(words("papers.about_by")), about.by]
    yield [says(words("papers.about_made")), says(about.made)]
    yield [says(words("papers.about_data")), about.data]


def _around(document: Document) -> Iterator[Line]:
    """Its running text."""
    told = {document.about.title, document.about.agency}
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.text and block.text not in told:
            yield ["", block.text]


def _sheet(name: str, table: Table) -> Sheet:
    width = len(table.widths)
    above = grid(table.headings, width, along=True)
    heading = [": ".join(dict.fromkeys(filter(None, column))) for column in zip(*above, strict=True)]
    columns = [_reckoned(column) for column in zip(*grid(table.rows, width), strict=True)]
    return Sheet(name, list(zip(*columns, strict=True)), heading)


def _reckoned(column: Sequence[str]) -> Sequence[Value]:
    """Figures as figures, where a column has nothing else: a number such as 1.1 of a list stays as it is written."""
    told = [text for text in column if text]
    if not told or not all(FIGURE.fullmatch(text) for text in told):
        return column
    make = Decimal if any("." in text for text in told) else int
    return [make(text) if text else None for text in column]


def grid(rows: Sequence[Sequence[Cell]], width: int, *, along: bool = False) -> Sequence[Sequence[str]]:
    """What stands in each place; what spans several columns in the first of them, or in all `along`."""
    filled: dict[tuple[int, int], str] = {}
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in filled:
                column += 1
            said = "\n".join(cell.lines)
            for across in range(cell.across):
                text = said if along or across == 0 else ""
                filled |= {(row + down, column + across): text for down in range(cell.down)}
            column += cell.across
    return [[filled.get((row, column), "") for column in range(width)] for row in range(len(rows))]


def _unlike(names: Sequence[str]) -> Sequence[str]:
    """As a workbook takes them: short, and no two alike."""
    taken: list[str] = []
    for plain in names:
        nth, made = 1, plain[:LONGEST_NAME].strip()
        while made.casefold() in map(str.casefold, taken):
            nth += 1
            made = f"{plain[: LONGEST_NAME - len(str(nth)) - 1].strip()} {nth}"
        taken.append(made)
    return taken


def _plain(name: str) -> str:
    """Without signs that the name of a sheet must not have."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in UNNAMEABLE.sub(" ", name)).split())
