"""Glyphs on a page → lines → text. Thai lines go on without a blank; one that a wrap swallowed cannot be known."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.imports.markup import folded
from bot.imports.pdf_thai import mended

MARK = re.compile("[ัิ-ฺ็-๎\uf701-\uf70e\uf710-\uf71a\uf884-\uf899]+")
THAI = re.compile("[ก-ฺเ-๎]")
#: In heights of a letter: what is one line, what was struck twice, how far a mark is from its letter, what is a blank.
SAME_LINE, STRUCK_TWICE, AT_HAND, BLANK = 0.5, 0.12, 0.4, 0.35


@dataclass(frozen=True)
class Glyph:
    """Something drawn, with its text; down the page numbers grow."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def size(self) -> float:
        """Its height."""
        return max(self.bottom - self.top, 1)

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle, across and down."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    @property
    def is_mark(self) -> bool:
        """Whether it stands above or below a letter."""
        return bool(MARK.fullmatch(self.text))


@dataclass(frozen=True)
class Line(Glyph):
    """A line of text as it stands on the page."""

    def ends_early(self, right: float, then: Glyph) -> bool:
        """Whether the next word would have fitted before `right`: then the line was meant to end."""
        letters = len(MARK.sub("", then.text)) or 1
        word = len(MARK.sub("", then.text.split(" ", 1)[0]))
        return self.x1 + self.size / 2 + (then.x1 - then.x0) * word / letters < right


def lines_of(glyphs: Iterable[Glyph]) -> Sequence[Line]:
    """The lines that glyphs form, from above to below."""
    rows: list[list[Glyph]] = []
    for letter in sorted(_letters(glyphs), key=lambda one: one.bottom):
        if rows and letter.bottom - rows[-1][0].bottom < SAME_LINE * min(rows[-1][0].size, letter.size):
            rows[-1].append(letter)
        else:
            rows.append([letter])
    return [line for line in map(_line, rows) if line.text]


def joined(lines: Sequence[Line], right: float) -> str:
    """The text of lines that belong together, as in a cell whose text may go as far as `right`."""
    text = ""
    for nth, line in enumerate(lines):
        text += line.text if nth == 0 else _between(lines[nth - 1], line, right) + line.text
    return folded(mended(text))


def _between(line: Line, then: Line, right: float) -> str:
    wrapped = THAI.match(line.text[-1]) and THAI.match(then.text[0]) and not line.ends_early(right, then)
    return "" if wrapped else " "


def _letters(glyphs: Iterable[Glyph]) -> Sequence[Glyph]:
    """Letters with their marks, in the order in which they were drawn; glyphs without text widen the one before."""
    letters: list[Glyph] = []
    for glyph in glyphs:
        last = letters[-1] if letters else None
        if last and not glyph.text:
            letters[-1] = replace(last, x1=max(last.x1, glyph.x1))
        elif last and glyph.is_mark and _at_hand(glyph, last):
            letters[-1] = replace(last, text=last.text + glyph.text)
        elif glyph.text:
            letters.append(glyph)
    return letters


def _at_hand(mark: Glyph, letter: Glyph) -> bool:
    near = AT_HAND * letter.size
    return abs(mark.x0 - letter.x1) < near and abs(mark.bottom - letter.bottom) < near


def _line(letters: Sequence[Glyph]) -> Line:
    text, before = "", None
    for letter in sorted(letters, key=_across):
        gap = letter.x0 - before.x1 if before else 0
        if before and letter.text == before.text and letter.x0 - before.x0 < STRUCK_TWICE * letter.size:
            continue
        text += f" {letter.text}" if gap > BLANK * letter.size and not letter.is_mark else letter.text
        before = letter
    seen = [letter for letter in letters if letter.text.strip()] or letters
    x0, x1 = min(one.x0 for one in seen), max(one.x1 for one in seen)
    return Line(folded(mended(text)), x0, x1, min(one.top for one in seen), max(one.bottom for one in seen))


def _across(letter: Glyph) -> float:
    """Where a letter comes in its line; a mark drawn by itself comes before the letter that begins beside it."""
    return letter.x0 - (letter.size / 5 if letter.is_mark else 0)
