"""The same measures printed again, later in the document or in its report of results, are one set of measures."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from itadomain.documents.doubts import Ask, Code, Doubt, Finding, Question
from itadomain.documents.folding import bone, joined, likeness, packed
from itadomain.documents.reading import Column
from itadomain.documents.rows import Draft

FIGURES = re.compile(r"\d+")  # «รุ่นที่ 1» is not «รุ่นที่ 2»
ALIKE, SAME_WORK = 0.9, 0.6
FARTHEST = 300  # measures that are looked through: a second printing keeps the order
AROUND = 25  # letters quoted on each side of a difference
WEIGHTY = {Column.OWNER, Column.PERIOD, Column.FOLLOW_UP}


def merged(drafts: Sequence[Draft]) -> list[Draft]:
    """Every measure once, in its first printing; what only a later one has is added to it."""
    kept: list[Draft] = []
    for group in _groups(drafts):
        before, again = len(kept), set[int]()
        for draft in group:
            left = islice((at for at in range(before) if at not in again), FARTHEST)
            at = next((at for at in left if _same(kept[at], draft)), None)
            if at is None:
                kept.append(draft)
            else:
                again.add(at)
                kept[at] = _joined(kept[at], draft)
        if again:
            first = min(again)
            kept[first] = kept[first].holding(Finding(Code.PRINTED_TWICE, {"count": len(again)}, group[0].place))
    return kept


def _groups(drafts: Sequence[Draft]) -> Iterable[list[Draft]]:
    numbers = dict.fromkeys(draft.group for draft in drafts)
    return [[draft for draft in drafts if draft.group == number] for number in numbers]


def _same(one: Draft, other: Draft) -> bool:
    """Whether two rows print one measure: the same title, and the same work where both print it."""
    if not _alike(one.name, other.name, ALIKE) or FIGURES.findall(packed(one.name)) != FIGURES.findall(
        packed(other.name)
    ):
        return False
    return all(
        _alike(one.cells.get(column, ""), other.cells.get(column, ""), SAME_WORK)
        for column in (Column.QUESTION, Column.METHOD)
        if one.cells.get(column) and other.cells.get(column)
    )


def _alike(one: str, other: str, least: float) -> bool:
    a, b = bone(one), bone(other)
    if a == b:
        return bool(a)
    return min(len(a), len(b)) >= least * max(len(a), len(b)) and likeness(a, b) >= least


def _joined(first: Draft, later: Draft) -> Draft:
    missing = {column: text for column, text in later.cells.items() if not first.cells.get(column)}
    added = {column: text for column, text in missing.items() if text or column not in first.cells}
    doubts = [doubt for column, text in later.cells.items() for doubt in _differing(first, later, column, text)]
    return replace(first.holding(*doubts), cells={**first.cells, **added}, number=first.number or later.number)


def _differing(first: Draft, later: Draft, column: Column, text: str) -> Iterable[Doubt]:
    printed = first.cells.get(column, "")
    if not printed or not text or bone(printed) == bone(text):
        return
    facts = {"title": first.name, "first": _around(printed, text), "second": _around(text, printed)}
    yield Finding(Code.PRINTINGS_DIFFER, facts, later.place)
    if column in WEIGHTY:
        yield Question(Ask.PRINTINGS, facts, later.place, choices=(printed, text))


def _around(text: str, other: str) -> str:
    """The part of a text where it begins to differ from the other, blanks aside."""
    text, other = joined(text), joined(other)
    at = next((at for at, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), min(len(text), len(other)))
    return text[max(0, at - AROUND) : at + AROUND].strip()
