"""Finding every listed word of a message in one pass over its letters."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

LEADING = frozenset("เแโใไ")
HANGING = frozenset("ะัาำิีึืฺุูๅ็่้๊๋์ํ๎")
LATIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
WITHIN = 24  # letters that `*` may stand for
END = ""


@dataclass(frozen=True, eq=False)
class Word:
    """One listed word: `^` and `$` tie it to the ends of the message, `*` is a few letters."""

    text: str
    names: frozenset[str]
    hides: bool = False
    pieces: tuple[str, ...] = field(init=False)
    first: bool = field(init=False)
    last: bool = field(init=False)

    def __post_init__(self) -> None:
        body = self.text.removeprefix("^").removesuffix("$")
        object.__setattr__(self, "first", self.text.startswith("^"))
        object.__setattr__(self, "last", self.text.endswith("$"))
        object.__setattr__(self, "pieces", tuple(piece for piece in body.split("*") if piece))

    def stops(self, text: str, start: int) -> int:
        """Where the word ends in the text when its first piece begins at start; -1 when it is not there."""
        stop = start + len(self.pieces[0])
        if (self.first and start) or not whole(text, start, stop):
            return -1
        for piece in self.pieces[1:]:
            at = text.find(piece, stop, stop + WITHIN + len(piece))
            if at < 0 or not whole(text, at, at + len(piece)):
                return -1
            stop = at + len(piece)
        return -1 if self.last and stop < len(text) else stop


def whole(text: str, start: int, stop: int) -> bool:
    """Whether text[start:stop] cuts no Thai syllable sign and no Latin word in two."""
    if start and (text[start - 1] in LEADING or (text[start] in LATIN and text[start - 1] in LATIN)):
        return False
    if stop == len(text):
        return True
    return not (text[stop] in HANGING or (text[stop] in LATIN and text[stop - 1] in LATIN))


class Found(NamedTuple):
    """A word at its place in the packed message."""

    start: int
    stop: int
    word: Word


class Vocabulary:
    """All listed words, as a tree of letters in which END holds the words that stop there."""

    def __init__(self, words: Iterable[Word]) -> None:
        """Words of several lists with one spelling stay several words."""
        self._tree: dict[str, Any] = {}
        self._depth = 0
        for word in words:
            node = self._tree
            self._depth = max(self._depth, len(word.pieces[0]))
            for letter in word.pieces[0]:
                node = node.setdefault(letter, {})
            node.setdefault(END, []).append(word)

    def find(self, text: str) -> list[Found]:
        """Every word in the text, without those inside a name that hides its parts."""
        found: list[Found] = []
        for start, letter in enumerate(text):
            if letter in self._tree and (not start or text[start - 1] not in LEADING):
                self._collect(text, start, found)
        hiding = [(each.start, each.stop) for each in found if each.word.hides]
        return [each for each in found if not _hidden(each, hiding)] if hiding else found

    def _collect(self, text: str, start: int, found: list[Found]) -> None:
        node = self._tree
        for letter in text[start : start + self._depth]:
            if letter not in node:
                return
            node = node[letter]
            if END in node:
                stops = ((word, word.stops(text, start)) for word in node[END])
                found.extend(Found(start, stop, word) for word, stop in stops if stop >= 0)


def _hidden(each: Found, hiding: list[tuple[int, int]]) -> bool:
    """Whether the word lies inside a longer hiding one."""
    size = each.stop - each.start
    return any(a <= each.start and each.stop <= b and size < b - a for a, b in hiding)
