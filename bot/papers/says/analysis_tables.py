"""The tables of the analysis of a year's assessment."""

from collections.abc import Iterator, Sequence

from bot.papers.asking import Says
from bot.papers.document import Cell, Table
from handlers.kit import Words, words
from itadomain.audit import Audit
from itadomain.frameworks.common import INSTRUMENT_NAMES
from itadomain.frameworks.shape import Grade, Instrument
from itadomain.measures import Measure
from itadomain.papers.analysis import Analysis, Ranked, disputed
from itadomain.papers.forms import Part, cell

#: The lines of each cell of each row.
Rows = Sequence[Sequence[Sequence[str]]]
NONE = "-"


def framework(found: Analysis, says: Says) -> Table:
    """What is assessed: the instruments with their indicators and weights."""
    heading = (words("analysis_paper.instrument"), words("analysis_paper.indicator"), words("analysis_paper.weight"))
    sure = found.framework.weights_confidence.confirmed and not found.applied.assumed
    rows = []
    for one in Instrument:
        own = found.framework.of(one)
        percent = (found.framework.weights[one] * 100).normalize()
        weight = words("analysis_paper.percent", percent=percent) if sure else words("analysis_paper.unconfirmed")
        named = (*_instrument(one, says), says(words("analysis_paper.how_many", count=len(own))))
        rows.append([named, [_named(found, each.no, says) for each in own], [says(weight)]])
    return _table((40, 44, 16), heading, rows, says)


def grades(found: Analysis, says: Says) -> Table:
    """The grades, the best first, each with what reaches it."""
    scale = found.framework.scale.grades
    rows = [[[says(one.name)], [says(_rule(one, above))]] for one, above in zip(scale, (None, *scale), strict=False)]
    return _table((40, 60), (words("analysis_paper.grade"), words("analysis_paper.rule")), rows, says)


def _rule(one: Grade, above: Grade | None) -> Words:
    if not one.confidence.confirmed:
        return words("analysis_paper.unconfirmed")
    if one.each is not None:
        return words("analysis_paper.from_each", least=one.least, each=one.each)
    if not one.least and above:
        return words("analysis_paper.below", above=above.least)
    return words("analysis_paper.from_points", least=one.least)


def by_instrument(seen: Audit, says: Says) -> Table:
    """The points of each instrument, and whether they are printed."""
    heading = (words("analysis_paper.instrument"), words("analysis_paper.points"), words("analysis_paper.taken_from"))
    printed = seen.chosen.table.instruments if seen.chosen else {}
    rows = []
    for one in Instrument:
        if one in seen.instruments:
            taken = words("analysis_paper.as_printed") if one in printed else words("analysis_paper.as_mean")
            rows.append([_instrument(one, says), [says(seen.shown(seen.instruments[one]))], [says(taken)]])
    return _table((56, 16, 28), heading, rows, says)


def by_place(found: Analysis, says: Says) -> Table:
    """The indicators, the highest first."""
    heading = (
        words("analysis_paper.place"), words("analysis_paper.indicator"), words("analysis_paper.instrument"),
        words("analysis_paper.points"), words("analysis_paper.against"),
    )  # fmt: skip
    rows = [
        [
            [str(one.place)],
            [_named(found, one.no, says)],
            [found.framework.indicator(one.no).instrument.value],
            [says(one.points)],
            [says(_against(one))],
        ]
        for one in found.ranked
    ]
    return _table((11, 41, 15, 13, 20), heading, rows, says)


def _against(one: Ranked) -> Words:
    return words("analysis_paper.fails", lacking=one.lacking) if one.lacking else words("analysis_paper.passes")


def changes(found: Analysis, says: Says) -> Table:
    """The indicators of both years, by their numbers."""
    heading = (
        words("analysis_paper.indicator"), words("analysis_paper.of_year", year=found.year - 1),
        words("analysis_paper.of_year", year=found.year), words("analysis_paper.changed"),
    )  # fmt: skip
    rows = [
        [
            [_named(found, one.no, says)],
            [says(one.before)],
            [says(one.now)],
            [f"{one.by:+f}" if one.by else says(one.by)],
        ]
        for one in found.changes.values()
    ]
    return _table((46, 18, 18, 18), heading, rows, says)


def totals(seen: Audit, says: Says) -> Table:
    """Each total as printed, and what each printed table comes to, with the grades."""
    heading = (words("analysis_paper.which_figures"), words("analysis_paper.total"), words("analysis_paper.grade"))
    return _table((60, 20, 20), heading, list(_totals(seen, says)), says)


def _totals(seen: Audit, says: Says) -> Iterator[Sequence[Sequence[str]]]:
    for one in seen.result.headlines:
        at = words("analysis_paper.printed_at", where=one.where) if one.where else words("analysis_paper.printed")
        yield [says(at)], [says(one.total)], [one.grade or NONE]
    for made in seen.recomputed:
        if made.total is not None:
            grade = seen.grade_for(made)
            told = words("analysis_paper.recomputed", table=made.table.name)
            yield [says(told)], [says(seen.shown(made.total))], [says(grade.name) if grade else NONE]


def of_tables(found: Analysis, says: Says) -> Table | None:
    """What each table prints where they disagree; None where they do not."""
    rows = disputed(found.seen) if found.seen else ()
    if not found.seen or not rows:
        return None
    tables = found.seen.result.tables
    heading = [says(words("analysis_paper.indicator")), *(one.name for one in tables)]
    told = [[[_named(found, one.no, says)], *([says(points)] for points in one.points)] for one in rows]
    return Table((40, *(60 // len(tables) for _ in tables)), [[Cell((one,)) for one in heading]], _cells(told))


def to_fix(found: Analysis, says: Says) -> Table:
    """What is weak, the weakest first, with the questions and findings of the plan."""
    heading = (
        words("analysis_paper.indicator"), words("analysis_paper.points"), words("analysis_paper.question"),
        words("analysis_paper.finding"),
    )  # fmt: skip
    rows = []
    for one in found.to_fix:
        answering = found.answering[one.no]
        asked, told = _asked(answering), [each.finding for each in answering if each.finding]
        nothing = [says(words("analysis_paper.nothing_found"))]
        rows.append([[_named(found, one.no, says)], [says(one.points)], asked or [NONE], told or nothing])
    return _table((28, 12, 26, 34), heading, rows, says)


def other_findings(found: Analysis, says: Says) -> Table:
    """What the plan found beside that."""
    heading = (words("analysis_paper.question"), words("analysis_paper.finding"))
    rows = [[_asked([one]) or [NONE], [one.finding]] for one in found.beside]
    return _table((46, 54), heading, rows, says)


def measures(found: Analysis, says: Says) -> Table:
    """The indicators with the measures that answer them: what is weak first, and at last what names no indicator."""
    heading = (words("analysis_paper.indicator"), words("analysis_paper.answering"))
    weak = [one.no for one in found.to_fix]
    others = [one.no for one in found.framework.indicators if one.no not in weak and found.answering[one.no]]
    unsaid = [one for one in found.plan if not found.answers(one)]
    nothing = [says(words("analysis_paper.answered_by_none"))]
    rows = [[[_named(found, no, says)], _planned(found.answering[no], says) or nothing] for no in (*weak, *others)]
    last = [[[says(words("analysis_paper.no_indicator"))], _planned(unsaid, says)]] if unsaid else []
    return _table((34, 66), heading, [*rows, *last], says)


def _planned(those: Sequence[Measure], says: Says) -> Sequence[str]:
    """Measures with their units and periods, each once: one topic may stand for several questions."""
    return list(dict.fromkeys(_in_short(one, says) for one in those))


def _in_short(one: Measure, says: Says) -> str:
    title, owners = " ".join(cell(one, Part.MEASURE)), ", ".join(cell(one, Part.OWNER))
    told = " · ".join(part for part in (owners, one.when) if part)
    return says(words("analysis_paper.planned_by", title=title, told=told)) if told else title


def _asked(those: Sequence[Measure]) -> Sequence[str]:
    """The questions that measures name, each once."""
    return list(dict.fromkeys(line for one in those for line in cell(one, Part.QUESTION)))


def _instrument(one: Instrument, says: Says) -> Sequence[str]:
    return [f"{says(INSTRUMENT_NAMES[one])} ({one.value})"]


def _named(found: Analysis, no: int, says: Says) -> str:
    return says(words("analysis_paper.numbered", no=no, name=found.framework.indicator(no).name))


def _table(widths: Sequence[int], heading: Sequence[Words], rows: Rows, says: Says) -> Table:
    return Table(widths, [[Cell((says(one),)) for one in heading]], _cells(rows))


def _cells(rows: Rows) -> Sequence[Sequence[Cell]]:
    return [[Cell(lines) for lines in row] for row in rows]
