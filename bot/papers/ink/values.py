"""What a document says, by the names under which an agency's own Word file asks for it.

They come from the document itself: the columns of a table are called as their headings, in Thai; a table, and the text
before it, by its place. Whoever types ตาราง๑ means ตาราง1.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.papers.document import Block, Cell, Document, Fields, PageBreak, Paragraph, Signatures, Style, Table
from bot.papers.ink.figures import THAI_DIGITS, UNWRITABLE, digits
from bot.papers.ink.workbooks import grid
from itadomain.fiscal import BUDDHIST_ERA
from itadomain.papers.templates import (
    AGENCY,
    APPROVED,
    COLUMN,
    DATA,
    MADE_BY,
    MADE_ON,
    ROW,
    STATE,
    TABLE,
    TEXT,
    TEXTS,
    TITLE,
    asked,
    begins,
    ends,
)
from itadomain.thai import SHORT_MONTHS

#: What stands between words in a heading is no part of a name.
BETWEEN = re.compile(r"[^\w\u0e00-\u0e7f]+")


@dataclass(frozen=True)
class Values:
    """Single values, and lists whose rows have named cells."""

    single: Mapping[str, str]
    lists: Mapping[str, Sequence[Mapping[str, str]]]
    cells: Mapping[str, Sequence[str]] = field(default_factory=dict)  # the names of each list's cells


def values_of(paper: Document) -> Values:
    """Everything that a document says, figures as the agency writes them."""
    about, made = paper.about, paper.about.made
    single = {
        TITLE: about.title, AGENCY: about.agency, MADE_BY: about.by,
        MADE_ON: f"{made.day} {SHORT_MONTHS[made.month - 1]} {made.year + BUDDHIST_ERA}",
        STATE: paper.draft, APPROVED: about.approved, DATA: about.data,
    }  # fmt: skip
    single |= {each.label: each.value for one in _fields(paper) for row in one.rows for each in row}
    lists: dict[str, Sequence[Mapping[str, str]]] = {}
    cells: dict[str, Sequence[str]] = {}
    for name, columns, rows in _lists(paper):
        told = [dict(zip(columns, (_said(text, paper) for text in row), strict=True)) for row in rows]
        for alike in {name, name.translate(THAI_DIGITS)}:
            lists[alike], cells[alike] = told, columns
    return Values({name: _said(text, paper) for name, text in single.items()}, lists, cells)


def names_of(paper: Document) -> Sequence[tuple[str, Sequence[str]]]:
    """Every list of a document with the names of its cells, as it is told to people."""
    return [(name, columns) for name, columns, _ in _lists(paper)]


def sample(paper: Document) -> Document:
    """The paper with names in the place of what they stand for, to begin a form of one's own with."""
    return replace(paper, blocks=list(_with_names(paper)), draft="")


def appendix(paper: Document) -> Sequence[Block]:
    """What stands behind a page break at its end, such as photos: it is added to every form."""
    breaks = [nth for nth, one in enumerate(paper.blocks) if isinstance(one, PageBreak)]
    return paper.blocks[breaks[-1] :] if breaks else ()


def _fields(paper: Document) -> Sequence[Fields]:
    """The lines over dots at the head of a memorandum, each called as its label."""
    return [one for one in paper.blocks if isinstance(one, Fields)]


def _body(paper: Document) -> Sequence[Block]:
    return paper.blocks[: len(paper.blocks) - len(appendix(paper))]


def _lists(paper: Document) -> Iterator[tuple[str, Sequence[str], Sequence[Sequence[str]]]]:
    """Tables, and the texts before, between and after them."""
    nth, texts = 1, list[Sequence[str]]()
    for one in _body(paper):
        if isinstance(one, Table):
            yield f"{TEXTS}{nth}", [TEXT], texts
            yield f"{TABLE}{nth}", _columns(one), grid(one.rows, len(one.widths))
            nth, texts = nth + 1, []
        elif _runs(one, paper) and isinstance(one, Paragraph):
            texts.append([one.text])
    yield f"{TEXTS}{nth}", [TEXT], texts


def _with_names(paper: Document) -> Iterator[Block]:
    nth, told = 1, False
    for one in _body(paper):
        if isinstance(one, Table):
            yield _rows_with_names(one, f"{TABLE}{nth}")
            nth, told = nth + 1, False
        elif _runs(one, paper):
            yield from () if told else _texts_with_names(f"{TEXTS}{nth}")
            told = True
        elif isinstance(one, Paragraph):
            name = {paper.about.title: TITLE, paper.about.agency: AGENCY}.get(one.text)
            yield replace(one, text=asked(name)) if name else one
        elif isinstance(one, Fields):
            named = [[replace(each, value=f"{{{{ {each.label} }}}}") for each in row] for row in one.rows]
            yield replace(one, rows=named)
        elif isinstance(one, Signatures):
            yield one


def _texts_with_names(name: str) -> Iterator[Block]:
    yield Paragraph(begins("p", name), Style.PLAIN)
    yield Paragraph(asked(ROW, TEXT))
    yield Paragraph(ends("p"), Style.PLAIN)


def _rows_with_names(table: Table, name: str) -> Table:
    columns = _columns(table)
    first, last = (Cell([said], across=len(columns)) for said in (begins("tr", name), ends("tr")))
    return replace(table, rows=[[first], [Cell([asked(ROW, column)]) for column in columns], [last]])


def _runs(one: Block, paper: Document) -> bool:
    """Whether it is running text: neither the head of the paper nor empty."""
    head, titles = {paper.about.title, paper.about.agency}, {Style.TITLE, Style.MEMO}
    return isinstance(one, Paragraph) and bool(one.text) and one.style not in titles and one.text not in head


def _columns(table: Table) -> Sequence[str]:
    """The names of its columns: each as the lowest heading that stands over it, and no two alike."""
    above = grid(table.headings, len(table.widths), along=True)
    named: list[str] = []
    for nth, column in enumerate(zip(*above, strict=True), 1):
        lowest = next((text for text in reversed(column) if text), "")
        name = BETWEEN.sub("_", lowest).strip("_")
        named.append(name if name.isidentifier() and name not in named else f"{COLUMN}{nth}")
    return named


def _said(text: str, paper: Document) -> str:
    return UNWRITABLE.sub("", digits(text, paper))
