"""Tables of points: indicators by their names, instruments, weights and totals, in whatever rows and columns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from itadomain.documents.across import across
from itadomain.documents.doubts import Ask, Doubt, Question
from itadomain.documents.folding import arabic, bone, squeezed
from itadomain.documents.numbers import number_in
from itadomain.documents.pieces import Piece
from itadomain.documents.plausible import may_be_measures
from itadomain.documents.point_columns import headings_of, is_figure, points_column, weights_of
from itadomain.documents.score_labels import LONGEST_LABEL, Rows, figure_at, group_heads, labelled
from itadomain.documents.shape import Block, Document, Paragraph, Place, Table

INDICATOR, POINTS = bone("ตัวชี้วัด"), bone("คะแนน")
HALF_OF_TEN = 5
PAGE = re.compile(r"[-–\s]*(?:หน้า(?:ที่)?)?\s*\d{1,3}[-–\s]*|")  # a number of a page, or nothing


def pieces_of(document: Document, agencies: Sequence[str]) -> Iterator[Piece]:
    """What each table, and each line that is a label with its points, says."""
    title = ""
    for block in _whole(document.blocks):
        if isinstance(block, Table):
            name, title = _name(title, block.rows), ""
            piece = across(block.rows, name, block.place, agencies) or _piece(block.rows, name, block.place)
        else:
            line = squeezed(block.text)
            piece = _piece([[line]], title, block.place)
            title = line if piece.empty and line else title
        if not piece.empty:
            yield piece


def _whole(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with tables put together that a page break tore: the second goes on at once, or after its heading."""
    whole: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            whole += [] if PAGE.fullmatch(arabic(squeezed(block.text))) else [block]
            continue
        rows = [[squeezed(cell) for cell in row] for row in block.rows]
        last = whole[-1] if whole else None
        if isinstance(last, Table) and rows[:1] == last.rows[:1]:
            whole[-1] = replace(last, rows=[*last.rows, *rows[1:]])
        elif isinstance(last, Table) and _goes_on(last.rows, rows):
            whole[-1] = replace(last, rows=[*last.rows, *rows])
        else:
            whole.append(replace(block, rows=rows))
    return whole


def _goes_on(last: Rows, rows: Rows) -> bool:
    return bool(last and rows and len(last[0]) == len(rows[0]) and labelled(0, rows[0]))


def _name(title: str, rows: Rows) -> str:
    """What a table is called: the line above it, else its own heading."""
    if title and len(title) < LONGEST_LABEL:
        return title
    return " / ".join(cell for cell in rows[0] if cell) if rows else ""


def _piece(rows: Rows, name: str, place: Place) -> Piece:
    labels = [label for at, row in enumerate(rows) if (label := labelled(at, row))]
    if may_be_measures(rows):  # the rest of a plan, torn off by a page break
        return Piece()
    if not labels:
        return Piece(name=name, place=place, doubts=tuple(_by_number(rows, place)))
    headings = headings_of(rows)
    points = points_column(rows, labels, headings, place)
    weights = weights_of(rows, labels, headings)
    piece = Piece(name=name, place=place, year=points.year, doubts=points.doubts, weights=weights)
    heads = [head for at, row in enumerate(rows) for head in group_heads(at, row)]
    for label in (*labels, *heads):
        row = rows[label.at]
        figure = label.inside if label.inside is not None else figure_at(rows, label.at, points.column)
        if figure is not None:
            piece = piece.saying(label, figure, row)
        elif points.column is not None and points.column < len(row):
            piece = piece.missing(label, row[points.column])
    return piece.graded(rows)


def _by_number(rows: Rows, place: Place) -> Iterator[Doubt]:
    """Points beside numbers of indicators only: a number is not to be trusted, so they are asked for."""
    heading = bone(" ".join(rows[0])) if rows else ""
    beside = [row for row in rows[1:] if row and number_in(row[0]) and any(map(is_figure, row[1:]))]
    if INDICATOR in heading and POINTS in heading and len(beside) >= HALF_OF_TEN:
        yield Question(Ask.POINTS, {"name": " / ".join(rows[0]), "text": "-"}, place)
