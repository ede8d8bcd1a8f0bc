"""Free words quoted out of a message: what a note, a message or a place says."""

import re
from collections.abc import Iterator

from bot.nlu.figures import Figures, Marks, either
from bot.nlu.normal import Normal

CLAUSE = re.compile(r",\s*|\n|(?<=[ก-๛])\s+(?=[ก-๛])|(?<=[ก-๛\d])\s+(?=[ก-๛])")
EDGES = " ,.:;-–\"'"


class TextReader:
    """Patterns for the words around which people put what they want to say."""

    def __init__(self, marks: Marks) -> None:
        """Marks come before the quoted words; stops end them."""
        stop = rf"(?=\s*{either(marks['stop'])}|\s*[?!]|$)"
        self._title = re.compile(rf"{either(marks['title'])}\s*(.{{4,60}}?){stop}")
        self._reason = re.compile(rf"{either(marks['reason'])}\s*(.+)")
        self._message = re.compile(rf"(?:{either(marks['says'])}|:)\s*(.+)")
        self._place = re.compile(
            rf"({either(marks['numbered_place'])}\s*\d+(?:/\d+)?|{either(marks['place'])}(?:\s?[^\s,]+(?:\s[a-z]+)*)?)"
        )
        self._document = re.compile(either(marks["document"]))

    def title(self, message: Normal) -> str | None:
        """The name of a measure that is asked for by name."""
        return _cut(message, self._title.search(message.plain))

    def reason(self, message: Normal, figures: Figures) -> str | None:
        """What stands in the way: after «because», else the clause that names no measure."""
        if found := self._reason.search(message.plain):
            return _cut(message, found)
        span = figures.measure_span or figures.item_span
        clauses = [(start, text) for start, text in _clauses(message)]
        if span is None:
            return clauses[0][1] if clauses else None
        after = [text for start, text in clauses if start >= span[1]]
        before = [text for start, text in clauses if start + len(text) <= span[0]]
        left = after or before
        return left[-1] if left else None

    def done(self, message: Normal, figures: Figures) -> str | None:
        """What was done, when it was counted in parts (3 จาก 4 กิจกรรม)."""
        if not figures.fraction_span:
            return None
        span = figures.measure_span or figures.item_span or (len(message.said),) * 2
        part = message.said[: span[0]] if figures.fraction_span[0] < span[0] else message.said[span[1] :]
        return part.strip(EDGES) or None

    def document(self, message: Normal, figures: Figures) -> str | None:
        """The paper that is being sent, when it is named before its measure."""
        found = self._document.search(message.plain)
        span = figures.measure_span or figures.item_span
        if found and span and found.start() < span[0]:
            return message.said[found.start() : span[0]].strip(EDGES) or None
        return None

    def message(self, message: Normal) -> str | None:
        """What is to be announced."""
        return _cut(message, self._message.search(message.plain))

    def place(self, message: Normal) -> str | None:
        """Where it is."""
        return _cut(message, self._place.search(message.plain))


def _cut(message: Normal, found: re.Match[str] | None) -> str | None:
    return (message.said[slice(*found.span(1))].strip(EDGES) or None) if found else None


def _clauses(message: Normal) -> Iterator[tuple[int, str]]:
    start = 0
    for gap in CLAUSE.finditer(message.said):
        yield start, message.said[start : gap.start()].strip(EDGES)
        start = gap.end()
    yield start, message.said[start:].strip(EDGES)
