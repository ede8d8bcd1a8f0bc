"""The smallest set of improvements that reaches the next grade by the year's own rule, worked out exactly.

Never what people should answer: only on which indicators the work is worth the most, and how many points it takes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import ceil, lcm

from itadomain.frameworks.shape import Framework, Grade, Instrument
from itadomain.refusals import Refusal
from itadomain.scores import FULL_SCORE, POINT

Scores = Mapping[int, Decimal]


@dataclass(frozen=True)
class Improvement:
    """An indicator that is to gain points of 100, and what it has now."""

    no: int
    before: Decimal
    points: Decimal

    @property
    def after(self) -> Decimal:
        """What it is to have."""
        return self.before + self.points


@dataclass(frozen=True)
class Plan:
    """What reaches a grade: the fewest indicators, of those the fewest points, then those that are weakest now."""

    grade: Grade
    improvements: Sequence[Improvement]

    @property
    def points(self) -> Decimal:
        """How many points of indicators it takes in all."""
        return sum((one.points for one in self.improvements), Decimal(0))


@dataclass(frozen=True)
class _Wanted:
    """What a grade still lacks: steps of each instrument, and of the total so much, in the unit of what a step adds."""

    instruments: Mapping[Instrument, int]
    total: int
    worth: Mapping[Instrument, int]  # of one step of an indicator


def plan(framework: Framework, scores: Scores, step: Decimal = POINT) -> Plan | None:
    """The smallest way to the grade above the one that `scores` give; None where there is none above.

    `scores` has every indicator of the year; each may gain whole steps up to 100. Refusal where one is missing, or
    where even full points do not reach the grade.

    It is exact. How steps are spread among the indicators of an instrument changes neither its mean nor the total, so
    for a set of indicators only the number of steps of each instrument counts. Those that the rule on single
    instruments wants are taken first, for no way does without them. A further step costs the same wherever it is
    taken, and n of them are worth the most where they are taken from the instruments whose steps are worth most: so
    the first n that suffice this way are the fewest of all. Every set is tried, smaller ones first. In a smallest set
    each indicator gains something, or the set without it would do.
    """
    _refuse_missing(framework, scores)
    above = _above(framework, scores)
    if above is None:
        return None
    wanted = _wanted(framework, scores, above, step)
    room = {no: int((FULL_SCORE - points) // step) for no, points in scores.items()}
    for size in range(1, len(scores) + 1):
        ways = [
            (sum(steps.values()), sum(scores[no] for no in chosen), chosen, steps)
            for chosen in combinations(sorted(scores), size)
            if (steps := _steps(framework, wanted, chosen, room)) is not None
        ]
        if ways:
            _, _, chosen, steps = min(ways, key=lambda way: way[:3])
            gained = _shared_out(framework, chosen, steps, room, int(FULL_SCORE // step))
            return Plan(above, [Improvement(no, scores[no], gained[no] * step) for no in chosen])
    raise Refusal("forecast.unreachable", grade=above.name)


def grade(framework: Framework, scores: Scores) -> Grade:
    """The grade that every indicator together gives. Means are compared as they are, never rounded."""
    return framework.scale.grades[_place(framework, _means(framework, scores))]


def _refuse_missing(framework: Framework, scores: Scores) -> None:
    missing = [one.no for one in framework.indicators if one.no not in scores]
    if missing:
        raise Refusal("forecast.indicators_missing", missing=missing)


def _above(framework: Framework, scores: Scores) -> Grade | None:
    place = _place(framework, _means(framework, scores))
    return framework.scale.grades[place - 1] if place else None


def _place(framework: Framework, instruments: Mapping[Instrument, Fraction]) -> int:
    """The place of the grade in its scale; the last one has no border."""
    grades, total = framework.scale.grades, _total(framework, instruments)
    return next((n for n, one in enumerate(grades) if _reaches(one, total, instruments)), len(grades) - 1)


def _means(framework: Framework, scores: Scores) -> Mapping[Instrument, Fraction]:
    """Each instrument's mean of its indicators."""
    return {
        instrument: sum((Fraction(scores[one.no]) for one in indicators), Fraction(0)) / len(indicators)
        for instrument in Instrument
        if (indicators := framework.of(instrument))
    }


def _reaches(grade: Grade, total: Fraction, instruments: Mapping[Instrument, Fraction]) -> bool:
    each = grade.each
    return total >= Fraction(grade.least) and (each is None or all(p >= Fraction(each) for p in instruments.values()))


def _total(framework: Framework, instruments: Mapping[Instrument, Fraction]) -> Fraction:
    return sum((Fraction(framework.weights[one]) * points for one, points in instruments.items()), Fraction(0))


def _wanted(framework: Framework, scores: Scores, grade: Grade, step: Decimal) -> _Wanted:
    exact, size = _means(framework, scores), Fraction(step)
    counts = {instrument: len(framework.of(instrument)) for instrument in exact}
    each = Fraction(grade.each or 0)
    lacking = {one: max(Fraction(0), each - points) * counts[one] for one, points in exact.items()}
    total = Fraction(grade.least) - _total(framework, exact)
    worth = {one: Fraction(framework.weights[one]) * size / count for one, count in counts.items()}
    unit = lcm(total.denominator, *(one.denominator for one in worth.values()))  # whole numbers are exact and quick
    return _Wanted(
        instruments={one: ceil(points / size) for one, points in lacking.items()},
        total=int(total * unit),
        worth={one: int(points * unit) for one, points in worth.items()},
    )


def _steps(
    framework: Framework, wanted: _Wanted, chosen: Sequence[int], room: Mapping[int, int]
) -> Mapping[Instrument, int] | None:
    """The fewest steps of each instrument that suffice where only `chosen` gain; None where none do."""
    most = dict.fromkeys(wanted.worth, 0)
    for no in chosen:
        most[framework.indicator(no).instrument] += room[no]
    steps = dict(wanted.instruments)
    if any(steps[one] > most[one] for one in steps):
        return None
    lacking = wanted.total - sum(wanted.worth[one] * count for one, count in steps.items())
    for one in sorted(wanted.worth, key=lambda one: (-wanted.worth[one], one)):
        more = min(most[one] - steps[one], max(0, -(-lacking // wanted.worth[one])))
        steps[one] += more
        lacking -= wanted.worth[one] * more
    return steps if lacking <= 0 else None


def _shared_out(
    framework: Framework, chosen: Sequence[int], steps: Mapping[Instrument, int], room: Mapping[int, int], full: int
) -> Mapping[int, int]:
    """The steps of each instrument shared out among its chosen indicators, by number."""
    gained: dict[int, int] = {}
    for instrument, count in steps.items():
        own = {no: full - room[no] for no in chosen if framework.indicator(no).instrument is instrument}
        gained |= _levelled(own, count, full)
    return gained


def _levelled(now: Mapping[int, int], count: int, full: int) -> Mapping[int, int]:
    """`count` steps to the lowest first, so that they end as level as can be."""
    low, high = 0, full
    while low < high:  # the highest level that the steps suffice for
        level = (low + high + 1) // 2
        low, high = (level, high) if _filling(now, level) <= count else (low, level - 1)
    left = count - _filling(now, low)
    gained = {no: max(0, low - points) for no, points in now.items()}
    lowest = [no for no in sorted(now) if now[no] + gained[no] == low][:left]
    return {no: steps + (no in lowest) for no, steps in gained.items()}


def _filling(now: Mapping[int, int], level: int) -> int:
    return sum(max(0, level - points) for points in now.values())
