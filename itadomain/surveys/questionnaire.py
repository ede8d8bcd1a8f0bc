"""What is asked in a survey, on which scale, and how many points an answer is worth."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import combinations, pairwise

from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Confidence, Instrument, Name


class Answering(StrEnum):
    """How a question is answered. Steps are counted from 0, always from low to high."""

    LEVELS = "levels"  # น้อยที่สุดหรือไม่มีเลย · น้อย · มาก · มากที่สุด
    YES_NO = "yes_no"  # ไม่มี · มี
    SIX = "six"  # the six steps of later years, whose points the agency enters
    FIVE = "five"  # 1 to 5: the short survey's, never told on ITA's scale


STEPS: Mapping[Answering, int] = {Answering.LEVELS: 4, Answering.YES_NO: 2, Answering.SIX: 6, Answering.FIVE: 5}
#: With what stands before and after them, so many bubbles, of so many seconds, are answered in two minutes.
LONGEST_SITTING, LONGEST_SECONDS = 24, 90
#: What a reader of Thai takes in, marks above and below not counted; a tap takes a second more.
LETTERS_A_SECOND = 15
Points = Mapping[Answering, Sequence[Decimal]]
#: What an answer is worth, from the lowest step to the highest. Of the six steps no source tells it.
POINTS: Points = {
    Answering.LEVELS: (Decimal(0), Decimal(33), Decimal(67), Decimal(100)),
    Answering.YES_NO: (Decimal(0), Decimal(100)),
}


@dataclass(frozen=True)
class Item:
    """One question; where it has `parts`, each is asked and scored by itself, and the item is their mean.

    `reversed`: the highest step is worth the fewest points. It counts for its indicator where its wording is
    confirmed; else it is the agency's own question on the same subject, and is told apart.
    """

    code: str  # "E3"; the agency's own: "A1"
    wording: Name
    answering: Answering
    instrument: Instrument | None = None  # none: it is in no official questionnaire
    indicator: int | None = None
    parts: Sequence[Name] = ()
    reversed: bool = False
    reversed_parts: Sequence[int] = ()  # parts, counted from 1, that are reversed where the item is not
    confidence: Confidence = Confidence.HIGH
    source: str = ""  # keys of docs/sources.md, or what the agency went by

    @property
    def official(self) -> bool:
        """Whether it stands for a question of an official questionnaire, and so has one to be compared with."""
        return self.instrument is not None

    @property
    def counts(self) -> bool:
        """Whether its score is part of its indicator's."""
        return self.indicator is not None and self.confidence.confirmed


@dataclass(frozen=True)
class Slot:
    """One thing that is asked in one bubble: a question, or one part of it."""

    code: str  # "E2", or "E1.2" for the second part of E1
    item: Item
    part: Name | None = None
    reversed: bool = False  # whether the highest step is worth the fewest points


@dataclass(frozen=True)
class Questionnaire:
    """The questions of one survey in their order, with the points of each scale that they use."""

    fiscal_year: FiscalYear
    items: Sequence[Item]
    points: Points = field(default_factory=lambda: POINTS)
    missing: Sequence[str] = ()  # codes of official questions whose wording nobody knows

    @cached_property
    def slots(self) -> Sequence[Slot]:
        """What is asked, one after the other."""
        return tuple(self._slots())

    @cached_property
    def sittings(self) -> Sequence[Sequence[Slot]]:
        """What is asked at one go: as few sittings as take two minutes each, as even as they can be.

        An indicator is never cut in two, so that a long one may make a longer sitting. What belongs to no indicator
        goes with the last.
        """
        groups = self._by_indicator()
        cuts = (cut for count in range(len(groups)) for cut in combinations(range(1, len(groups)), count))
        return min((_cut(groups, cut) for cut in cuts), key=_burden, default=())

    def slot(self, code: str) -> Slot | None:
        """What is asked under a code."""
        return next((one for one in self.slots if one.code == code), None)

    def score(self, slot: Slot, step: int) -> Decimal | None:
        """Points of 100 for an answer; None where nobody has said what a step of this scale is worth."""
        points = self.points.get(slot.item.answering)
        if points is None:
            return None
        return points[-1 - step] if slot.reversed else points[step]

    def _by_indicator(self) -> Sequence[Sequence[Slot]]:
        found: dict[int | None, list[Slot]] = {}
        last = None
        for slot in self.slots:
            last = slot.item.indicator or last
            found.setdefault(last, []).append(slot)
        return tuple(found.values())

    def _slots(self) -> Iterator[Slot]:
        for item in self.items:
            if not item.parts:
                yield Slot(item.code, item, reversed=item.reversed)
            for nth, part in enumerate(item.parts, 1):
                yield Slot(f"{item.code}.{nth}", item, part, item.reversed or nth in item.reversed_parts)


def _cut(groups: Sequence[Sequence[Slot]], cuts: Sequence[int]) -> Sequence[Sequence[Slot]]:
    """The groups as sittings, cut before those whose places are named."""
    ends = pairwise((0, *cuts, len(groups)))
    return tuple(tuple(slot for group in groups[first:last] for slot in group) for first, last in ends)


def _burden(sittings: Sequence[Sequence[Slot]]) -> tuple[int, int, int, int]:
    """Less is better: the longest that is too long, how many there are, how uneven they are."""
    sizes, seconds = [len(one) for one in sittings], [_seconds(one) for one in sittings]
    uneven = sum(one * one for one in seconds)
    return max(LONGEST_SITTING, *sizes), max(LONGEST_SECONDS, *seconds), len(sizes), uneven


def _seconds(sitting: Sequence[Slot]) -> int:
    """How long it takes to read and to answer: what stands over several parts is read once."""
    read = {text.th for slot in sitting for text in (slot.item.wording, slot.part) if text}
    return len(sitting) + sum(map(_letters, read)) // LETTERS_A_SECOND


@lru_cache(1_000)
def _letters(text: str) -> int:
    return sum(sign.isalnum() for sign in text)
