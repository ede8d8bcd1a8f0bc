"""The rows of all tables of measures in reading order, cells under their columns, whatever pages they stand on."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from itadomain.documents.folding import squeezed
from itadomain.documents.headings import Heading, heading_at, is_ordinals
from itadomain.documents.numbers import number_in
from itadomain.documents.plausible import holds_other_things, may_be_measures
from itadomain.documents.reading import Column
from itadomain.documents.runs import Run, RunRow, runs_of
from itadomain.documents.shape import Document, Place

#: A year between two tables: the second may be another year's.
A_YEAR = re.compile(r"25\d\d|๒๕[๐-๙]{2}")


ARROW = re.compile("[←→↔⟵⟶⟷◄►◀▶<>]|-{2,}")


@dataclass(frozen=True)
class Line:
    """A row under its columns. `held` is what a cell that spans rows or columns also says here."""

    cells: Mapping[Column, str]
    held: Mapping[Column, str] = field(default_factory=dict)
    place: Place = field(default_factory=Place)
    group: int = 0  # tables that belong together
    block: int = 0  # the how-many-eth of the document they begin with
    fresh: bool = False  # first after a page break, a repeated heading or a new table
    torn: bool = False  # first of a page that has no heading of its own
    alone: str = ""  # the text of a row that has one only
    unmarked: bool = False  # a plan of months in which no month is marked
    marked: bool = False  # its period is made of marks


@dataclass(frozen=True)
class Doubtful:
    """A table that may be one of measures, by its heading."""

    heading: Sequence[str]
    place: Place


Row = Line | Doubtful | Heading


def lines_of(document: Document) -> Iterator[Row]:
    """Every row of a table of measures, every heading of one, and every table of which it is not sure."""
    group = 0
    for run in runs_of(document):
        group += 1
        for row in _run(run):
            yield replace(row, group=group + row.group) if isinstance(row, Line) else row
            group += isinstance(row, Line) and row.group


def _run(run: Run) -> Iterator[Row]:
    """The rows of one run; the group of a line is 1 where a heading with other columns has begun a new one."""
    heading: Heading | None = None
    cells, at, fresh, other, seen = [row.cells for row in run.rows], 0, True, 0, False
    while at < len(run.rows):
        row = run.rows[at]
        found = heading_at(cells, at)
        seen = seen or found is not None
        if heading:
            yield from (Line({}, place=words.place, alone=squeezed(words.text)) for words in row.words)
        if found and found.sure:
            dated = any(A_YEAR.search(words.text) for words in row.words)
            other = int(heading is not None and (dated or heading.columns != found.columns))
            heading, fresh = found, True
            yield found
        elif found and not heading:
            yield Doubtful([cell for cell in cells[at] if cell], row.place)
        elif heading and row.first and holds_other_things(_same_table(run, at), heading):
            heading = None
        elif heading and any(cells[at]) and not is_ordinals(cells[at]):
            torn = row.first and not fresh
            yield replace(_line(row, heading), group=other, fresh=fresh or row.first, torn=torn)
            fresh, other = False, 0
        at += found.depth if found and found.sure else 1
    if not seen and may_be_measures(cells):
        yield Doubtful([cell for cell in cells[0] if cell], run.rows[0].place)


def _same_table(run: Run, at: int) -> list[list[str]]:
    """The cells of a row and of all that follow it in its table."""
    table = run.rows[at].table
    return [row.cells for row in takewhile(lambda row: row.table is table, run.rows[at:])]


def _line(row: RunRow, heading: Heading) -> Line:
    texts = row.cells
    cells = _cells(heading, dict(enumerate(texts)))
    marks = _marks(row, heading)
    marked = bool(heading.months) and not cells.get(Column.PERIOD)
    if marked:
        cells = {**cells, Column.PERIOD: spoken(marks, list(heading.months.values()))}
    filled = {text for text in texts if text}
    return Line(
        cells=cells,
        held=_cells(heading, {column: row.held(column) for column in range(len(texts))}),
        place=row.place,
        block=row.block,
        alone=next(iter(filled)) if len(filled) == 1 and texts[0] else "",
        unmarked=marked and not marks,
        marked=marked and bool(marks),
    )


def _marks(row: RunRow, heading: Heading) -> list[str]:
    """The months that are marked: an arrow marks all that its cell spans, or all to where another arrow ends."""
    texts = row.cells
    held = {column: texts[column] or row.held(column) for column in heading.months if column < len(texts)}
    arrows = [column for column, text in held.items() if ARROW.search(text)]
    if not arrows:
        return [heading.months[column] for column, text in held.items() if text]
    whole = range(arrows[0], arrows[-1] + 1) if len(arrows) > 1 else ()  # one arrow alone may mean more months
    return [heading.months[column] for column in whole if column in heading.months]


def _cells(heading: Heading, row: Mapping[int, str]) -> dict[Column, str]:
    """The cells by column; two columns of one kind (start and end, owner and helper) are read together."""
    cells: dict[Column, str] = {}
    for place, column in sorted(heading.columns.items()):
        text, before = row.get(place, ""), cells.get(column, "")
        if column is Column.TITLE and number_in(text) and place + 1 not in heading.columns:
            text = f"{text} {row.get(place + 1, '')}".strip()  # one heading over the number and the title
        between = " - " if column is Column.PERIOD else " "
        cells[column] = f"{before}{between}{text}" if text and before else text or before
    return cells


def spoken(marked: Sequence[str], months: Sequence[str]) -> str:
    """Marked months in words: «ต.ค. 2566 - ธ.ค. 2566, มี.ค. 2567»."""
    runs: list[list[str]] = []
    for month in marked:
        follows = runs and months.index(month) == months.index(runs[-1][-1]) + 1
        if follows:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]} - {run[-1]}" for run in runs)
