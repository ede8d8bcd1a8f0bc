"""What a person typed, brought to one spelling once, at the door.

Three forms of the same message leave here: `said` (tidy, letters as typed: what we quote), `plain` (the same
length, Arabic digits, small letters: what patterns read) and `packed` (no spaces beside Thai: what the word
lists are compared with). pythainlp's normalize gives the same spelling but costs 80 ms to import and 60 µs a
message, so these few substitutions stand alone; a test compares the two.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from itadomain.thai import fold, tidy

BESIDE_THAI = re.compile(r"(?<=[ก-๛])\s+|\s+(?=[ก-๛])")


def normalise(text: str) -> str:
    """The plain form of a text: tidy, then folded."""
    return _settled(text, lambda now: fold(tidy(now)))


def pack(plain: str) -> str:
    """A plain text without the spaces beside Thai letters, which people put anywhere."""
    return BESIDE_THAI.sub("", plain)


def _settled(text: str, change: Callable[[str], str]) -> str:
    """The text after a change that is made until it changes nothing (each one only shortens or orders)."""
    while (new := change(text)) != text:
        text = new
    return text


@dataclass(frozen=True)
class Normal:
    """One message in the three forms."""

    said: str
    plain: str
    packed: str


class Door:
    """Where messages come in: knows the polite particles and the common misspellings."""

    def __init__(self, particles: Iterable[str], kept: Iterable[str], spelling: Mapping[str, str]) -> None:
        """Kept words end like a particle and are left alone; spelling maps a wrong form to the right one."""
        self._spelling = dict(spelling)
        self._wrong = re.compile(f"(?:{_misspelled(spelling)})(?![ะ-ฺๅ็-๎])")
        self._particle = re.compile(f"({_either(kept)})|(?:{_either(particles)})+(?![ก-๛])")

    def _unadorned(self, text: str) -> str:
        return self._particle.sub(lambda found: found[1] or "", tidy(text))

    def enter(self, text: str) -> Normal:
        """The message as the rest of the package reads it."""
        right = self._wrong.sub(lambda wrong: self._spelling[wrong[0]], tidy(text))
        said = _settled(right, self._unadorned)
        plain = fold(said)
        return Normal(said, plain, pack(plain))


def _misspelled(spelling: Mapping[str, str]) -> str:
    """A pattern for any wrong form that is not just the beginning of the right one."""
    forms = sorted(spelling, key=len, reverse=True)
    return "|".join(f"(?!{re.escape(spelling[form])}){re.escape(form)}" for form in forms) or "(?!)"


def _either(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"
