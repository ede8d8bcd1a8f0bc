"""The printed result of a document: tables joined over pages, totals and instruments, the official total first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from itadomain.documents.doubts import Ask, Code, Doubt, Finding, Question
from itadomain.documents.folding import arabic
from itadomain.documents.mentions import Mention
from itadomain.documents.pieces import Piece
from itadomain.documents.point_columns import YEAR
from itadomain.documents.shape import Place
from itadomain.fiscal import FiscalYear
from itadomain.frameworks import OLDEST, framework_for
from itadomain.frameworks.shape import Instrument
from itadomain.scores import Headline, Result, ScoreTable, recompute

TEN = 10


@dataclass(frozen=True)
class Found:
    """A result and what is doubtful in it, before its figures are worked out again."""

    result: Result | None
    doubts: tuple[Doubt, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)  # of headlines and tables, by their `where`


@dataclass(frozen=True)
class SaidYears:
    """The years that the document says its scores are of, and the year of its plan."""

    scores: Sequence[int]
    plan: int | None
    place: Place


def result_of(pieces: Sequence[Piece], mentions: Sequence[Mention], said: SaidYears, title: str) -> Found:
    """The printed result, None where the document prints no points."""
    pieces, left = _of_newest(pieces)
    said = replace(said, scores=[year for year in said.scores if year not in _left_aside(left)])
    tables = _whole_tables(pieces)
    doubts = [*left, *(doubt for piece in pieces for doubt in piece.doubts)]
    older = next((piece for piece in pieces if len(piece.older) > 2), None)  # noqa: PLR2004 - three of five
    if older:
        doubts.append(Question(Ask.OLDER_INDICES, {"count": len(older.older)}, older.place))
    totals = [one for one in mentions if one.total]
    tables = [_with_prose(tables[0], mentions), *tables[1:]] if tables else _from_prose(mentions)
    if not tables and not totals and not any(piece.in_a_box for piece in pieces):
        return Found(None, tuple(doubts))
    years = _years(pieces, totals, said)
    if not older:
        doubts += _about_year(years, said)
    years = years or ([said.plan - 1] if said.plan else [])
    if not years or years[0] < OLDEST:
        return Found(None, tuple(doubts))
    year = years[0]
    renumbered = next((piece for piece in pieces if piece.renumbered), None)
    if renumbered:
        doubts.append(Finding(Code.RENUMBERED, {"table": renumbered.name}, renumbered.place))
    doubts += _prose_differs(tables, mentions)
    doubts += _other_years(totals, year)
    headlines = _headlines(pieces, [one for one in totals if one.year is None or one.year in years])
    result = Result(
        fiscal_year=FiscalYear(year),
        document=title,
        headlines=tuple(_official_first(headlines, tables, year)),
        tables=tuple(tables),
        weights=next((piece.weights for piece in pieces if piece.weights), {}),
        years_printed=tuple(sorted(years)) if len(years) > 1 else (),
    )
    places = {one.where: one.place for one in totals} | {piece.name: piece.place for piece in reversed(pieces)}
    return Found(result, tuple(doubts), places)


def _of_newest(pieces: Sequence[Piece]) -> tuple[Sequence[Piece], list[Doubt]]:
    """Without the tables that are headed by another year than the newest."""
    years = {at: int(found[1]) for at, piece in enumerate(pieces) if (found := YEAR.search(arabic(piece.name)))}
    newest = max(years.values(), default=None)
    others = sorted({year for year in years.values() if year != newest})
    if not others:
        return pieces, []
    kept = [piece for at, piece in enumerate(pieces) if years.get(at, newest) == newest]
    return kept, [Finding(Code.OTHER_YEAR, {"years": others, "year": newest}, pieces[0].place)]


def _left_aside(left: Sequence[Doubt]) -> Sequence[int]:
    return [year for doubt in left for year in doubt.facts["years"]]


def _years(pieces: Sequence[Piece], totals: Sequence[Mention], said: SaidYears) -> Sequence[int]:
    """The years that the same scores are given to; a year with a total or a column of its own is another."""
    column = next((piece.year for piece in pieces if piece.year), None)
    own = {one.year: one.points for one in totals if one.year}
    if column:
        return [column]
    if own and (not said.scores or (len(own) > 1 and len(set(own.values())) > 1)):
        return [max(own)]
    return said.scores


def _about_year(years: Sequence[int], said: SaidYears) -> Iterator[Doubt]:
    """A year that is not said, or one of another form of assessment, is asked for."""
    if not years:
        likely = (said.plan - 1, said.plan) if said.plan else ()
        yield Question(Ask.SCORE_YEAR, {"years": "-"}, said.place, tuple(map(str, likely)))
    elif years[0] < OLDEST:
        yield Question(Ask.SCORE_YEAR, {"years": list(years)}, said.place)


def _whole_tables(pieces: Sequence[Piece]) -> list[ScoreTable]:
    """Pieces that have nothing in common are parts of one table; an excerpt of a table is no table."""
    whole: list[Piece] = []
    for piece in pieces:
        if not (piece.indicators or piece.instruments):
            continue
        last = whole[-1] if whole else None
        if last and _goes_on(last, piece):
            whole[-1] = replace(
                last,
                indicators={**last.indicators, **piece.indicators},
                instruments={**last.instruments, **piece.instruments},
            )
        else:
            whole.append(piece)
    kept = [one for one in whole if not any(one is not other and _inside(one, other, whole) for other in whole)]
    return [ScoreTable(one.name, one.indicators, one.instruments, one.name) for one in kept]


def _goes_on(last: Piece, piece: Piece) -> bool:
    apart = not (last.indicators.keys() & piece.indicators.keys() or last.instruments.keys() & piece.instruments.keys())
    return apart and len(last.indicators) < TEN and last.year == piece.year


def _inside(one: Piece, other: Piece, whole: Sequence[Piece]) -> bool:
    """Whether a table only repeats what another says; of two equal ones the first is kept."""
    mine, theirs = ({*piece.indicators.items(), *piece.instruments.items()} for piece in (one, other))
    return mine <= theirs and (len(theirs) > len(mine) or whole.index(other) < whole.index(one))


def _with_prose(table: ScoreTable, mentions: Sequence[Mention]) -> ScoreTable:
    """Instruments whose points stand in the text beside the table."""
    said = {one.instrument: one.points for one in reversed(mentions) if one.instrument}
    return replace(table, instruments={**said, **table.instruments})


def _from_prose(mentions: Sequence[Mention]) -> list[ScoreTable]:
    """Where no table is printed: what the sentences say of each indicator and instrument."""
    indicators = {one.indicator: one.points for one in reversed(mentions) if one.indicator}
    instruments = {one.instrument: one.points for one in reversed(mentions) if one.instrument}
    where = next((one.where for one in mentions if one.indicator or one.instrument), "")
    ordered = dict(sorted(indicators.items()))
    enough = len(indicators) >= TEN // 2 or len(instruments) == len(Instrument)
    return [ScoreTable(where, ordered, instruments, where)] if enough else []


def _prose_differs(tables: Sequence[ScoreTable], mentions: Sequence[Mention]) -> list[Doubt]:
    found: list[Doubt] = []
    for one in mentions:
        printed = _printed(tables, one)
        if printed and one.points not in printed:
            facts = {"name": one.where, "said": one.points, "printed": printed[0]}
            found.append(Finding(Code.PROSE_DIFFERS, facts, one.place))
            found.append(Question(Ask.POINTS, {"name": one.where, "text": f"{one.points}, {printed[0]}"}, one.place))
    return found


def _printed(tables: Sequence[ScoreTable], one: Mention) -> list[Decimal]:
    if one.indicator:
        return [table.indicators[one.indicator] for table in tables if one.indicator in table.indicators]
    if one.instrument:
        return [table.instruments[one.instrument] for table in tables if one.instrument in table.instruments]
    return []


def _other_years(totals: Sequence[Mention], year: int) -> list[Doubt]:
    others = [one for one in totals if one.year and one.year != year]
    return [Finding(Code.OTHER_YEAR, {"years": [one.year], "year": year}, one.place) for one in others[:1]]


def _headlines(pieces: Sequence[Piece], totals: Sequence[Mention]) -> list[Headline]:
    printed = [piece.total for piece in pieces if piece.total]
    return [*(Headline(one.points, one.grade, one.where) for one in totals), *printed]


def _official_first(headlines: Sequence[Headline], tables: Sequence[ScoreTable], year: int) -> list[Headline]:
    """With a grade beside it; then the one that a table gives; then the commonest; then the first printed."""
    framework = framework_for(year).framework
    again = [recompute(table, framework) for table in tables]
    times = [one.total for one in headlines]

    def rank(one: Headline) -> tuple[bool, bool, int]:
        return one.grade is None, not any(table.matches(one.total) for table in again), -times.count(one.total)

    return sorted(headlines, key=rank)
