"""Holds what is printed against what it comes to, and says in findings where they differ.

A finding is a code and the facts of its sentence; the sentences stand in `locales/<lang>/finding.toml`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from itadomain.frameworks import Applied, framework_for
from itadomain.frameworks.shape import Grade, Instrument
from itadomain.grades import NextGrade, borders, grade_of, named, next_grade
from itadomain.scores import POINT, TOLERANCE, Headline, Recomputed, Result, ScoreTable, recompute, shown


class Code(StrEnum):
    """The closed list of what can be found wrong with a printed result."""

    HEADLINE_DIFFERS = "headline_differs"  # no printed table gives the printed total
    GRADE_DIFFERS = "grade_differs"  # the printed grade is not the one of the printed total
    GRADE_UNKNOWN = "grade_unknown"  # the printed grade is not one of the year's
    SECOND_HEADLINE = "second_headline"  # the document prints another total elsewhere
    TABLES_DISAGREE = "tables_disagree"  # two tables print different points for the same indicators
    INSTRUMENT_DIFFERS = "instrument_differs"  # a printed instrument is not the mean of its indicators
    WEIGHT_DIFFERS = "weight_differs"  # a printed weight is not the year's
    YEAR_UNCLEAR = "year_unclear"  # the document gives the scores to more than one year


@dataclass(frozen=True)
class Finding:
    """Something that does not add up, told by the text `finding.<code>` with `facts`."""

    code: Code
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Audit:
    """A printed result beside its recomputation."""

    result: Result
    applied: Applied
    recomputed: Sequence[Recomputed]

    @cached_property
    def chosen(self) -> Recomputed | None:
        """The table that gives the printed total, else the first one."""
        printed = self.result.headline
        fitting = [one for one in self.recomputed if printed and one.matches(printed.total)]
        return next(iter([*fitting, *self.recomputed]), None)

    @property
    def instruments(self) -> Mapping[Instrument, Decimal]:
        """Each instrument's points: as printed where printed, else the mean of its indicators."""
        return {**self.chosen.instruments, **self.chosen.table.instruments} if self.chosen else {}

    @property
    def indicators(self) -> Mapping[int, Decimal]:
        """The indicators of the chosen table; none where only a total is printed."""
        return self.chosen.table.indicators if self.chosen else {}

    @property
    def total(self) -> Decimal | None:
        """The printed total; where none is printed, the recomputed one."""
        if self.result.headline:
            return self.result.headline.total
        return self.recomputed_total

    @property
    def recomputed_total(self) -> Decimal | None:
        """What the chosen table comes to, to two decimals."""
        return self.shown(self.chosen.total) if self.chosen and self.chosen.total is not None else None

    @property
    def recomputed_grade(self) -> Grade | None:
        """The grade of the exact recomputed total."""
        return self.grade_for(self.chosen) if self.chosen else None

    @property
    def printed_grade(self) -> str | None:
        """The grade beside the official headline, in the document's word."""
        return self.result.headline.grade if self.result.headline else None

    @property
    def grade(self) -> Grade | None:
        """The printed grade as the year knows it; where none is printed, that of the total."""
        scale = self.applied.framework.scale
        if self.printed_grade:
            return named(scale, self.printed_grade)
        return None if self.total is None else grade_of(scale, self.total, self.instruments)

    @property
    def ahead(self) -> NextGrade | None:
        """How far the grade above is, from the printed total."""
        if self.total is None or self.grade is None:
            return None
        return next_grade(self.applied.framework.scale, self.grade, self.total, self.instruments)

    @property
    def confirmed(self) -> bool:
        """Whether grade and rule may be told as fact: a confirmed year, an undisputed border."""
        return self.applied.confirmed and (self.grade is None or self.grade.confidence.confirmed)

    @cached_property
    def findings(self) -> Sequence[Finding]:
        """Everything that does not add up, the weightiest first."""
        return tuple(_findings(self))

    @property
    def contradicted(self) -> bool:
        """Whether the printed total or grade itself is not borne out by the document."""
        return any(f.code in {Code.HEADLINE_DIFFERS, Code.GRADE_DIFFERS, Code.GRADE_UNKNOWN} for f in self.findings)

    def grade_for(self, one: Recomputed) -> Grade | None:
        """The grade that a recomputed table gives."""
        return None if one.total is None else grade_of(self.applied.framework.scale, one.total, one.instruments)

    def shown(self, value: Decimal) -> Decimal:
        """`value` to two decimals, not rounded up into a grade that it has not reached."""
        return shown(value, borders(self.applied.framework.scale))

    def disputed(self, no: int) -> Sequence[Decimal]:
        """The different points that the tables print for indicator `no`, the chosen table's first."""
        tables = [self.chosen.table, *self.result.tables] if self.chosen else []
        return tuple(dict.fromkeys(table.indicators[no] for table in tables if no in table.indicators))


def audit(result: Result) -> Audit:
    """Work out every table of `result` by its year's rule."""
    applied = framework_for(result.fiscal_year)
    return Audit(result, applied, tuple(recompute(table, applied.framework) for table in result.tables))


def _findings(seen: Audit) -> Iterator[Finding]:
    for rule in (_headline, _grade, _second_headlines, _tables, _instruments, _weights, _years):
        yield from rule(seen)


def _headline(seen: Audit) -> Iterator[Finding]:
    printed, chosen = seen.result.headline, seen.chosen
    if not printed or not chosen or chosen.total is None or chosen.matches(printed.total):
        return
    yield _finding(
        Code.HEADLINE_DIFFERS,
        printed=printed.total,
        printed_grade=_word(seen.grade, printed.grade),
        recomputed=seen.recomputed_total,
        recomputed_grade=_word(seen.recomputed_grade),
        difference=abs(printed.total - chosen.total).quantize(POINT, ROUND_HALF_UP),
    )


def _grade(seen: Audit) -> Iterator[Finding]:
    printed = seen.result.headline
    if not printed or not printed.grade:
        return
    due = grade_of(seen.applied.framework.scale, printed.total, seen.instruments)
    if seen.grade is None:
        yield _finding(Code.GRADE_UNKNOWN, printed_grade=printed.grade, year=seen.result.fiscal_year)
    elif due is not None and due != seen.grade:
        yield _finding(Code.GRADE_DIFFERS, printed=printed.total, printed_grade=seen.grade.name, due=due.name)


def _second_headlines(seen: Audit) -> Iterator[Finding]:
    official = seen.result.headline
    for other in seen.result.headlines:
        if official and other.total != official.total:
            yield _finding(
                Code.SECOND_HEADLINE,
                printed=other.total,
                where=other.where,
                official=official.total,
                fits=_fits(seen, other),
            )


def _tables(seen: Audit) -> Iterator[Finding]:
    for other in seen.recomputed:
        if seen.chosen and _differs(seen.chosen.table, other.table):
            yield _finding(
                Code.TABLES_DISAGREE,
                chosen=seen.chosen.table.name,
                chosen_total=seen.recomputed_total,
                other=other.table.name,
                other_total=None if other.total is None else seen.shown(other.total),
                other_grade=_word(seen.grade_for(other)),
                printed=seen.total,
                fits=seen.total is not None and seen.chosen.matches(seen.total),
            )


def _instruments(seen: Audit) -> Iterator[Finding]:
    for one in seen.recomputed:
        for instrument, printed in one.table.instruments.items():
            mean = one.instruments[instrument]
            if abs(mean - printed) > TOLERANCE:
                yield _finding(
                    Code.INSTRUMENT_DIFFERS,
                    instrument=instrument,
                    printed=printed,
                    recomputed=seen.shown(mean),
                )


def _weights(seen: Audit) -> Iterator[Finding]:
    printed = seen.result.weights
    for instrument, percent in printed.items():
        rule = seen.applied.framework.weights[instrument] * 100
        if percent != rule:
            yield _finding(
                Code.WEIGHT_DIFFERS,
                instrument=instrument,
                printed=percent.normalize(),
                rule=rule.normalize(),
                sum=sum(printed.values(), Decimal(0)).normalize(),
            )


def _years(seen: Audit) -> Iterator[Finding]:
    if len(set(seen.result.years_printed)) > 1:
        years = sorted(set(seen.result.years_printed))
        yield _finding(Code.YEAR_UNCLEAR, years=years, year=seen.result.fiscal_year)


def _finding(code: Code, **facts: Any) -> Finding:
    return Finding(code, facts)


def _fits(seen: Audit, headline: Headline) -> bool:
    return any(one.matches(headline.total) for one in seen.recomputed)


def _differs(one: ScoreTable, other: ScoreTable) -> bool:
    both = one.indicators.keys() & other.indicators.keys()
    return any(one.indicators[no] != other.indicators[no] for no in both)


def _word(grade: Grade | None, printed: str | None = None) -> Any:
    return grade.name if grade else printed or "-"
