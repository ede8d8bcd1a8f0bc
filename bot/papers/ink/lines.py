"""Puts a text into a box: broken between words, smaller where it is long, never over the edge."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

#: How wide a text is at a size.
Measure = Callable[[str, float], float]
Words = Callable[[str], Sequence[str]]

SMALLER = 0.94
#: A letter with what stands over, under and behind it, and the vowel before it.
CLUSTER = re.compile("[เแโใไ]?.[ะาำิ-ฺๅ็-๎ัํ]*", re.DOTALL)


@dataclass(frozen=True)
class Set:
    """A text as it is set: its lines, and the size at which each fits."""

    lines: Sequence[str]
    size: float


def fitted(
    text: str, width: float, most: int, sizes: tuple[float, float], measure: Measure, words: Words | None = None
) -> Set:
    """`text` in at most `most` lines of `width`, as large as it can be between two sizes.

    Where even the smaller is too large it ends with «…».
    """
    largest, smallest = sizes
    size, text = largest, " ".join(text.split())
    if measure(text, size) <= width:
        return Set((text,), size)
    pieces = (words or thai_words)(text)
    while True:
        wide = partial(_at, measure, size)
        lines = tuple(_lines(pieces, width, wide))
        if len(lines) <= most:
            return Set(lines, size)
        if size <= smallest:
            return Set((*lines[: most - 1], _clipped(lines[most - 1], width, wide)), size)
        size = max(smallest, size * SMALLER)


def _at(measure: Measure, size: float, text: str) -> float:
    return measure(text, size)


def thai_words(text: str) -> Sequence[str]:
    """The words of a text, spaces too; the dictionary is loaded when the first text is too long for its line."""
    from pythainlp.tokenize import word_tokenize  # noqa: PLC0415 - a second and 70 MB

    return list(word_tokenize(text, engine="newmm", keep_whitespace=True))


def _lines(pieces: Sequence[str], width: float, wide: Callable[[str], float]) -> Iterator[str]:
    """As many words a line as go on it; a word that is wider than a line is broken between its letters."""
    line = ""
    for piece in pieces:
        if wide((line + piece).strip()) <= width:
            line += piece
            continue
        if line.strip():
            yield line.strip()
        line = ""
        for cluster in _clusters(piece):
            if line and wide((line + cluster).strip()) > width:
                yield line.strip()
                line = ""
            line += cluster
    if line.strip():
        yield line.strip()


def _clipped(line: str, width: float, wide: Callable[[str], float]) -> str:
    clusters = _clusters(line)
    while clusters and wide("".join(clusters).rstrip() + "…") > width:
        clusters.pop()
    return "".join(clusters).rstrip() + "…"


def _clusters(text: str) -> list[str]:
    """Letters with the signs that belong to them."""
    found: list[str] = []
    for cluster in CLUSTER.findall(text):
        if found and unicodedata.combining(cluster[0]):
            found[-1] += cluster
        else:
            found.append(cluster)
    return found
