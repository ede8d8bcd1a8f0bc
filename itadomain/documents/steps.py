"""The steps of a method, taken apart at the numbers or dashes that are printed before them."""

import re
from collections.abc import Sequence

from itadomain.documents.folding import arabic, squeezed

NUMBERS = re.compile(r"(?:(?<=^)|(?<=\s)|(?<=[ก-๛)]))\(?(\d{1,2})[.)](?!\d)\s*\.?\s*")
GLUED_DASH = re.compile(r"(?:^|(?<=\s))[-–•●▪*](?=[^\s\d-])")
LOOSE_DASH = re.compile(r"(?:^|(?<=\s))[-–•●▪*]\s(?!\d)")
MONTH_BEFORE = re.compile(r"(?:\.|\d|[ก-ฮ]\.[ก-ฮ])\s*$")
ENOUGH = 2


def steps_of(method: str) -> tuple[str, ...]:
    """The steps in order; the whole text where it has no marks."""
    text = squeezed(method)
    pieces = _at(text, _counted(text)) or _at(text, _dashed(text)) or [text]
    return tuple(step for piece in pieces if (step := piece.strip(" -–•")))


def _counted(text: str) -> list[tuple[int, int]]:
    """Marks 1. 2. 3. in their order; a figure that is not next in order is part of the text."""
    marks, awaited = [], 1
    for found in NUMBERS.finditer(arabic(text)):
        if int(found[1]) == awaited:
            marks.append(found.span())
            awaited += 1
    return marks


def _dashed(text: str) -> list[tuple[int, int]]:
    """Dashes before steps; one alone between two words with a blank on both sides is a dash."""
    glued = [found.span() for found in GLUED_DASH.finditer(text)]
    loose = [found.span() for found in LOOSE_DASH.finditer(text) if not MONTH_BEFORE.search(text[: found.start()])]
    if len(loose) < ENOUGH and not (loose and (loose[0][0] == 0 or glued)):
        loose = []
    return sorted(glued + loose)


def _at(text: str, marks: Sequence[tuple[int, int]]) -> list[str]:
    if not marks:
        return []
    ends = [start for start, _ in marks[1:]] + [len(text)]
    return [text[: marks[0][0]], *(text[begin:end] for (_, begin), end in zip(marks, ends, strict=True))]
