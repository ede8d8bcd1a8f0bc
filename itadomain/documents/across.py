"""Tables of points whose columns are indicators or instruments and whose rows are agencies or years."""

from collections.abc import Sequence
from dataclasses import replace

from itadomain.documents.agency import names_another
from itadomain.documents.doubts import Ask, Code, Finding, Question
from itadomain.documents.figures import points_in
from itadomain.documents.folding import arabic, bone, packed
from itadomain.documents.indicator_names import indicator_named, instrument_named
from itadomain.documents.pieces import Piece
from itadomain.documents.point_columns import YEAR, is_figure
from itadomain.documents.score_labels import Labelled, Rows, known
from itadomain.documents.shape import Place

NAMES = 3  # in one row make it a heading of columns
AGENCY = bone("หน่วยงาน")


def across(rows: Rows, name: str, place: Place, agencies: Sequence[str]) -> Piece | None:
    """The agency's own row of the newest year; None where the table is of another form."""
    at = next((at for at, row in enumerate(rows) if _names(row) >= NAMES), None)
    if at is None:
        return None
    piece = Piece(name=name, place=place)
    filled = [row for row in rows[at + 1 :] if sum(map(is_figure, row)) >= NAMES]
    own = _own(filled, agencies, listed=any(AGENCY in bone(head) for head in rows[at]))
    dated = {int(found[1]): row for row in own if (found := YEAR.search(arabic(" ".join(row))))}
    if len(own) == 1:
        return _read(piece, rows[at], own[0])
    if not own or len(dated) < len(own):
        question = Question(Ask.POINTS, {"name": name, "text": "-"}, place)
        return replace(piece, doubts=(question,)) if filled else piece
    year = max(dated)
    left = Finding(Code.OTHER_YEAR, {"years": sorted(dated.keys() - {year}), "year": year}, place)
    return _read(replace(piece, year=year, doubts=(left,)), rows[at], dated[year])


def _own(rows: Rows, agencies: Sequence[str], *, listed: bool) -> list[Sequence[str]]:
    """The rows that name the agency; where none does and agencies have no column, those that name no other."""
    wanted = {packed(agency) for agency in agencies}
    named = [row for row in rows if any(packed(cell) in wanted for cell in row if cell)]
    if named or listed:
        return named
    return [row for row in rows if not any(names_another(cell, agencies) for cell in row)]


def _read(piece: Piece, heads: Sequence[str], row: Sequence[str]) -> Piece:
    for column, (head, cell) in enumerate(zip(heads, row, strict=False)):
        figure = points_in(cell)
        if figure is not None and known(head):
            piece = piece.saying(Labelled(0, column, head), figure, row)
    return piece


def _names(row: Sequence[str]) -> int:
    """How many different indicators and instruments a row names in cells of their own."""
    return len({indicator_named(cell) or instrument_named(cell) for cell in row if cell} - {None})
