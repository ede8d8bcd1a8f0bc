"""From points to a grade by the rule of the year, and how far the next one is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from itadomain.frameworks.shape import Grade, Instrument, Scale

Instruments = Mapping[Instrument, Decimal]


@dataclass(frozen=True)
class NextGrade:
    """The grade above: how many points the total lacks, and how many each instrument that is too low lacks."""

    grade: Grade
    total: Decimal
    instruments: Mapping[Instrument, Decimal]


def grade_of(scale: Scale, total: Decimal, instruments: Instruments) -> Grade | None:
    """The grade of `total`; None where the year's rule needs instruments that are not known."""
    for grade in scale.grades:
        if total < grade.least:
            continue
        if grade.each is None or _all_reach(grade.each, instruments):
            return grade
        if len(instruments) < len(Instrument):
            return None
    return scale.grades[-1]


def next_grade(scale: Scale, grade: Grade, total: Decimal, instruments: Instruments) -> NextGrade | None:
    """What is missing to the grade above `grade`; None at the top."""
    place = scale.grades.index(grade)
    if place == 0:
        return None
    above = scale.grades[place - 1]
    lacking = {i: above.each - points for i, points in instruments.items() if above.each and points < above.each}
    return NextGrade(above, max(above.least - total, Decimal(0)), lacking)


def named(scale: Scale, name: str) -> Grade | None:
    """The grade that a document calls `name`, None for a name that the year does not know."""
    return next((grade for grade in scale.grades if name.strip() in {grade.name.th, grade.name.en}), None)


def borders(scale: Scale) -> Sequence[Decimal]:
    """The least points of every grade."""
    return [grade.least for grade in scale.grades]


def _all_reach(least: Decimal, instruments: Instruments) -> bool:
    return len(instruments) == len(Instrument) and all(points >= least for points in instruments.values())
