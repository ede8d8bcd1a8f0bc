"""Scores as a document prints them, and what they come to when they are worked out again.

Nothing printed is ever corrected here: a figure that does not add up stays as it is and becomes a finding.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Framework, Instrument
from itadomain.refusals import Refusal

POINT = Decimal("0.01")
#: Official totals are cut, not rounded, to two decimals, so a printed figure may lie this far from the exact one.
TOLERANCE = Decimal("0.02")
FULL_SCORE = Decimal(100)
PRINTED = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def score(text: str) -> Decimal:
    """A printed score as an exact decimal of 0 to 100; anything else is refused."""
    if not PRINTED.fullmatch(text):
        raise Refusal("score.not_a_number", text=text)
    value = Decimal(text)
    if not 0 <= value <= FULL_SCORE:
        raise Refusal("score.out_of_range", text=text)
    return value


@dataclass(frozen=True)
class Headline:
    """A total as printed, with its grade where one stands beside it, and where in the document that is."""

    total: Decimal
    grade: str | None = None
    where: str = ""


@dataclass(frozen=True)
class ScoreTable:
    """A printed table: points of indicators by official number, and of instruments where it prints them."""

    name: str
    indicators: Mapping[int, Decimal]
    instruments: Mapping[Instrument, Decimal] = field(default_factory=dict)
    where: str = ""


@dataclass(frozen=True)
class Result:
    """The printed result of one fiscal year: every headline and table, the likeliest headline first.

    The total that a person settled as the official one stands beside the print and goes before it.
    """

    fiscal_year: FiscalYear
    document: str
    headlines: Sequence[Headline] = ()
    tables: Sequence[ScoreTable] = ()
    weights: Mapping[Instrument, Decimal] = field(default_factory=dict)  # percent, as printed
    years_printed: Sequence[int] = ()  # where the document gives the same scores to more than one year
    settled: Decimal | None = None

    @property
    def headline(self) -> Headline | None:
        """The official headline, None where only a table is printed; a total that is not printed has no grade."""
        if self.settled is None:
            return self.headlines[0] if self.headlines else None
        return next((one for one in self.headlines if one.total == self.settled), Headline(self.settled))


@dataclass(frozen=True)
class Recomputed:
    """What a printed table comes to by the year's rule. `total` is None where an instrument is missing."""

    table: ScoreTable
    instruments: Mapping[Instrument, Decimal]
    total: Decimal | None

    def matches(self, printed: Decimal) -> bool:
        """Whether this table gives the printed total."""
        return self.total is not None and abs(self.total - printed) <= TOLERANCE


def recompute(table: ScoreTable, framework: Framework) -> Recomputed:
    """Mean of each instrument's indicators, then the weighted total; a printed instrument fills in for absent ones."""
    parts = {i: part for i in Instrument if (part := _part(table, framework, i)) is not None}
    means = {instrument: points / count for instrument, (points, count) in parts.items()}
    if len(parts) < len(Instrument):
        return Recomputed(table, means, None)
    # Weight first, divide last: 0.3 of a third is a finite decimal, a third is not.
    total = sum((framework.weights[i] * points / count for i, (points, count) in parts.items()), Decimal(0))
    return Recomputed(table, means, total)


def _part(table: ScoreTable, framework: Framework, instrument: Instrument) -> tuple[Decimal, int] | None:
    """Points and how many they are the sum of, or None where the table does not say."""
    numbers = [indicator.no for indicator in framework.of(instrument)]
    points = [table.indicators[no] for no in numbers if no in table.indicators]
    if len(points) == len(numbers):
        return sum(points, Decimal(0)), len(points)
    printed = table.instruments.get(instrument)
    return None if printed is None else (printed, 1)


def weakest(indicators: Mapping[int, Decimal], how_many: int) -> list[tuple[int, Decimal]]:
    """The lowest of `indicators`, lowest first, as (number, points)."""
    return sorted(indicators.items(), key=lambda pair: (pair[1], pair[0]))[:how_many]


def shown(value: Decimal, borders: Sequence[Decimal] = ()) -> Decimal:
    """`value` to two decimals, rounded, but never up over one of `borders` that it has not reached."""
    rounded = value.quantize(POINT, ROUND_HALF_UP)
    crossed = any(value < border <= rounded for border in borders)
    return value.quantize(POINT, ROUND_DOWN) if crossed else rounded
