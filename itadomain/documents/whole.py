"""What is noticed about the measures of a document together: their numbers, codes and years."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from itadomain.documents.doubts import Ask, Code, Doubt, Finding, Question
from itadomain.documents.folding import bone, likeness
from itadomain.documents.reading import Column, PrintedMeasure
from itadomain.documents.years import year_in

PLAIN = re.compile(r"\d{1,3}")
SAME_QUESTION = 0.6


def numbering(measures: Sequence[PrintedMeasure]) -> Iterator[Doubt]:
    """Numbers that are missing between two, and numbers that two different measures bear."""
    counted = [(at, int(one.number), one) for at, one in enumerate(measures, 1) if PLAIN.fullmatch(one.number)]
    there = {number for _, number, _ in counted}
    missing = [number for number in range(1, max(there, default=0)) if number not in there]
    if missing:
        after = next((one.place for _, number, one in counted if number > missing[0]), counted[0][2].place)
        facts = {"numbers": missing, "count": len(measures)}
        yield Finding(Code.NUMBERING_GAP, facts, after)
        yield Question(Ask.NUMBERS, facts, after)
    for (_, one, first), (at, other, second) in pairwise(counted):
        if one == other and bone(first.name) != bone(second.name):
            facts = {"number": one, "first": first.name, "second": second.name}
            yield Finding(Code.NUMBER_TWICE, facts, second.place, at)


def marked(measures: Sequence[PrintedMeasure]) -> tuple[PrintedMeasure, ...]:
    """The measures with each code marked that stands before two different questions."""
    twice = set(_twice(measures))
    return tuple(
        replace(one, codes=tuple(replace(code, twice=code.meant[0] in twice) for code in one.codes)) for one in measures
    )


def codes(measures: Sequence[PrintedMeasure]) -> Iterator[Doubt]:
    """Codes that have lost their letter, and a code that stands before two different questions: asked together."""
    doubtful = [(at, one, code) for at, one in enumerate(measures, 1) for code in one.codes if not code.sure]
    for at, one, code in doubtful:
        facts = {"code": code.printed, "meant": list(code.meant)}
        yield Finding(Code.CODE_TWICE if code.twice else Code.LETTER_LOST, facts, one.place, at)
    if doubtful:
        printed = tuple(dict.fromkeys(code.printed for _, _, code in doubtful))
        yield Question(Ask.CODES, {"codes": list(printed)}, doubtful[0][1].place, printed)


def _twice(measures: Sequence[PrintedMeasure]) -> Iterator[str]:
    asked: dict[str, str] = {}
    for one in measures:
        question = bone(one[Column.QUESTION])
        for code in one.codes:
            if question and code.sure and likeness(asked.setdefault(code.meant[0], question), question) < SAME_QUESTION:
                yield code.meant[0]


def years_before(measures: Sequence[PrintedMeasure], plan: int | None) -> Iterator[Doubt]:
    """Periods and follow-ups that print a year before the plan's."""
    for at, one in enumerate(measures, 1):
        for wording in (one[Column.PERIOD], one[Column.FOLLOW_UP]):
            year = year_in(wording)
            if plan and year and year < plan:
                facts = {"title": one.name, "text": wording, "year": plan}
                yield Finding(Code.BEFORE_PLAN, facts, one.place, at)
