"""The number of a case: «69-000123-C», the year it came in, its place in that year, and a letter that finds slips.

The letter is the number modulo 19, so that one wrong figure or two figures in each other's place never fit.
"""

import re
from dataclasses import dataclass

from itadomain.thai import fold

#: No letter that is taken for another, or for a figure.
LETTERS = "ABCDEFGHJKMNPQRSTVW"
BUDDHIST_CENTURY = 2500
MOST = 999_999
PRINTED = re.compile(r"(?:25)?(\d{2})[-/ ]?(\d{6})[- ]?([A-Za-z]?)")
SHORTENED = re.compile(r"(\d{1,6})(?:/((?:25)?\d{2}))?")


@dataclass(frozen=True, order=True)
class Ticket:
    """A year of the Buddhist era and a place in it, from 1."""

    year: int
    number: int

    @property
    def letter(self) -> str:
        """The letter that belongs to the figures."""
        return LETTERS[(self.year % 100 * (MOST + 1) + self.number) % len(LETTERS)]

    def __str__(self) -> str:
        return f"{self.year % 100:02}-{self.number:06}-{self.letter}"


def in_full(text: str) -> bool:
    """Whether a text is nothing but a ticket with its year, so that it can mean nothing else."""
    said = _written(text)
    return "-" in said and PRINTED.fullmatch(said) is not None


def ticket(text: str, running: int) -> Ticket | None:
    """The ticket that somebody wrote, in full or only its number («123», «123/69»); None where it is none.

    `running` is the year that a bare number is of.
    """
    said = _written(text)
    if printed := PRINTED.fullmatch(said):
        year, number, letter = printed.groups()
        found = Ticket(BUDDHIST_CENTURY + int(year), int(number))
        return found if letter.upper() in {"", found.letter} and found.number else None
    if short := SHORTENED.fullmatch(said):
        year = int(short[2] or running) % 100
        return Ticket(BUDDHIST_CENTURY + year, int(short[1])) if int(short[1]) else None
    return None


def _written(text: str) -> str:
    return fold(text).replace("–", "-").strip().lstrip("#")
