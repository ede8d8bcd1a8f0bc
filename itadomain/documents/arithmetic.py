"""What the figures of a result come to, and what must be asked because of it. Nothing printed is changed.

Only weighted points are taken out: stored as points of a hundred they would be wrong.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from typing import Any

from itadomain import audit
from itadomain.documents.doubts import Ask, Code, Doubt, Finding, Question
from itadomain.documents.shape import Place
from itadomain.frameworks import framework_for
from itadomain.frameworks.shape import Framework, Instrument
from itadomain.grades import named
from itadomain.scores import TOLERANCE, Result, ScoreTable, recompute

SLIGHT = Decimal("0.10")  # a total that is less off than this, with the grade the same, is noticed and not asked
ROUNDED = Decimal("0.05")


@dataclass(frozen=True)
class Checked:
    """The result to keep, and its doubts."""

    result: Result
    doubts: tuple[Doubt, ...]


def checked(result: Result, places: Mapping[str, Place]) -> Checked:
    """Hold the printed figures against each other."""
    framework = framework_for(result.fiscal_year).framework
    doubts: list[Doubt] = []
    tables = []
    for table in result.tables:
        plain, weighted = _without_weighted(table, result, framework)
        tables.append(plain)
        doubts += weighted
    result = replace(
        result, tables=_fitting_first([one for one in tables if one.indicators or one.instruments], result)
    )
    swapped = [doubt for table in result.tables for doubt in _swapped(table, result, framework)]
    found = audit.audit(result).findings
    noticed = [Finding(one.code, one.facts, _place(one, result, places)) for one in found]
    asked = [question for one in noticed if (question := _question(one, swapped=bool(swapped)))]
    if not any(question.code is Ask.GRADE for question in asked):
        asked += _too_high(result, framework, places)
    return Checked(result, (*doubts, *swapped, *noticed, *asked))


def _too_high(result: Result, framework: Framework, places: Mapping[str, Place]) -> list[Question]:
    """A grade that the total alone is too low for, whatever the instruments are."""
    official = result.headline
    grade = named(framework.scale, official.grade) if official and official.grade else None
    if official is None or grade is None or official.total >= grade.least:
        return []
    return [Question(Ask.GRADE, {"grade": grade.name}, places.get(official.where, Place()))]


def _fitting_first(tables: Sequence[ScoreTable], result: Result) -> tuple[ScoreTable, ...]:
    framework, official = framework_for(result.fiscal_year).framework, result.headline
    return tuple(sorted(tables, key=lambda one: not (official and recompute(one, framework).matches(official.total))))


def _place(finding: audit.Finding, result: Result, places: Mapping[str, Place]) -> Place:
    """Where the figure that a finding is about is printed."""
    official = result.headline.where if result.headline else ""
    where = finding.facts.get("where") or finding.facts.get("other") or official
    return places.get(str(where), Place())


def _without_weighted(table: ScoreTable, result: Result, framework: Framework) -> tuple[ScoreTable, list[Doubt]]:
    """Figures that add up to the total, where points of a hundred would be averaged."""
    total = result.headline.total if result.headline else None
    doubts: list[Doubt] = []
    if _add_up(table.instruments.values(), len(Instrument), total):
        doubts += _weighted(table.instruments.values(), total)
        table = replace(table, instruments={})
    if _add_up(table.indicators.values(), len(framework.indicators), total):
        doubts += _weighted(table.indicators.values(), total)
        table = replace(table, indicators={})
    return table, doubts


def _add_up(figures: Collection[Decimal], how_many: int, total: Decimal | None) -> bool:
    if total is None or len(figures) < how_many:
        return False
    return abs(sum(figures, Decimal(0)) - total) <= ROUNDED and max(figures) < total


def _weighted(figures: Collection[Decimal], total: Decimal | None) -> list[Doubt]:
    facts = {"figures": ", ".join(f"{figure}" for figure in figures), "total": total}
    return [Finding(Code.WEIGHTED_POINTS, facts), Question(Ask.WEIGHTED, facts)]


def _swapped(table: ScoreTable, result: Result, framework: Framework) -> Iterator[Doubt]:
    """Two printed instruments that give the printed total, or their indicators' means, only when exchanged."""
    for one, other in combinations(table.instruments, 2):
        exchanged = {**table.instruments, one: table.instruments[other], other: table.instruments[one]}
        if _fits_better(table, replace(table, instruments=exchanged), (one, other), result, framework):
            facts = {"one": one, "other": other, "first": table.instruments[one], "second": table.instruments[other]}
            yield Finding(Code.INSTRUMENTS_SWAPPED, facts)
            choices = (_both(one, other, table.instruments), _both(one, other, exchanged))
            yield Question(Ask.INSTRUMENTS, facts, choices=choices)
            return


def _both(one: Instrument, other: Instrument, points: Mapping[Instrument, Decimal]) -> str:
    return f"{one} {points[one]}, {other} {points[other]}"


def _fits_better(
    table: ScoreTable, exchanged: ScoreTable, pair: tuple[Instrument, Instrument], result: Result, framework: Framework
) -> bool:
    means = recompute(replace(table, instruments={}), framework).instruments
    if all(one in means for one in pair):
        near = [abs(means[one] - exchanged.instruments[one]) <= TOLERANCE for one in pair]
        return all(near) and any(abs(means[one] - table.instruments[one]) > TOLERANCE for one in pair)
    total = result.headline.total if result.headline else None
    before, after = (recompute(replace(one, indicators={}), framework) for one in (table, exchanged))
    return total is not None and not before.matches(total) and after.matches(total)


def _question(finding: Finding, *, swapped: bool) -> Question | None:
    """What must be asked because of a finding, None where noticing it is enough."""
    facts = finding.facts
    match finding.code:
        case audit.Code.HEADLINE_DIFFERS if not swapped and not _slight(facts):
            asked = Ask.TOTAL, {"printed": facts["printed"], "other": facts["recomputed"]}
        case audit.Code.SECOND_HEADLINE:
            asked = Ask.TOTAL, {"printed": facts["official"], "other": facts["printed"]}
        case audit.Code.TABLES_DISAGREE:
            asked = Ask.TABLE, {"first": facts["chosen"], "second": facts["other"]}
        case audit.Code.GRADE_DIFFERS | audit.Code.GRADE_UNKNOWN:
            return Question(Ask.GRADE, {"grade": facts["printed_grade"]}, finding.place)
        case audit.Code.INSTRUMENT_DIFFERS if not swapped:
            asked = Ask.MEAN, {"printed": facts["printed"], "other": facts["recomputed"]}
        case audit.Code.YEAR_UNCLEAR:
            return Question(Ask.SCORE_YEAR, {"years": facts["years"]}, finding.place, tuple(map(str, facts["years"])))
        case _:
            return None
    code, choices = asked
    return Question(code, {**choices, **_of(finding)}, finding.place, tuple(str(choice) for choice in choices.values()))


def _of(finding: Finding) -> dict[str, Any]:
    return {"instrument": finding.facts["instrument"]} if "instrument" in finding.facts else {}


def _slight(facts: Mapping[str, Any]) -> bool:
    return bool(facts["difference"] < SLIGHT and facts["printed_grade"] == facts["recomputed_grade"])
