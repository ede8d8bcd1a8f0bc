"""How often: every so many months, and on which day of them."""

from collections.abc import Sequence
from typing import NamedTuple

from itadomain.periods.calendar_days import MONTHS
from itadomain.periods.signs import Sign, Signs, months_between

DAYS_OF_A_MONTH = range(1, 32)
LONGEST_WAIT = 366  # days after something
EVERY, TURN, AT_EACH_END = "Vf", "R", "e"


class Round(NamedTuple):
    """«ทุก ๓ เดือน» at its place among the signs."""

    at: int
    sign: Sign
    months: int


class DayOfMonth(NamedTuple):
    """«วันที่ ๑ และ ๑๕ ของทุกเดือน» at its place; `next_month` where they are those of the month after."""

    at: int
    days: tuple[int, ...]
    next_month: bool


def months_of(signs: Signs) -> int | None:
    """Every how many months something is done; None where the words do not say it in months."""
    return next((months for sign in signs.row if (months := months_in(sign))), None)


def months_in(sign: Sign) -> int | None:
    """The months between two times of «ทุก ๓ เดือน», «ปีละ ๒ ครั้ง», «รอบ ๖ เดือน»."""
    figures = sign.figures or (1,)
    if sign.letter == "V":
        return figures[0] * months_between(sign.text) or None
    if sign.letter == "f":
        months = months_between(sign.text)
        return months // figures[0] if figures[0] and not months % figures[0] else None
    return steady(sign.figures) if sign.letter == TURN else None


def steady(turns: Sequence[int]) -> int | None:
    """The months between turns: 6 for the 6th and the 12th month, and for the 6th alone; None where they differ."""
    least = min(turns)
    whole = 0 < least <= MONTHS and set(turns) in ({least}, set(range(least, MONTHS + 1, least)))
    return least if whole else None


def rounds_in(signs: Signs) -> Sequence[Round]:
    """Each repetition in months; «at the end of the quarter» is one where no other is told."""
    found = [(at, sign, months_in(sign)) for at, sign in enumerate(signs.row) if sign.letter in EVERY]
    if not found:
        found = [
            (at, sign, months_between(sign.text)) for at, sign in enumerate(signs.row) if sign.letter == AT_EACH_END
        ]
    return [Round(at, sign, months) for at, sign, months in found if months]


def day_of_month(signs: Signs, rest: str, *, monthly: bool) -> DayOfMonth | None:
    """The days of each month that are named; a lone figure beside «every month» is one too."""
    for at, sign in enumerate(signs.row):
        if not sign.figures or not all(day in DAYS_OF_A_MONTH for day in sign.figures):
            continue
        next_month = rest.startswith("Nl", at)
        if sign.letter == "t" or next_month or (rest[at] == "N" and monthly and rest.count("N") == 1):
            return DayOfMonth(at, sign.figures, next_month)
    return None


def waiting_days(signs: Signs) -> int | None:
    """The days of «ภายใน ๓๐ วัน»."""
    found = (sign.figures[0] for sign in signs.row if sign.letter == "d")
    return next((days for days in found if 0 < days <= LONGEST_WAIT), None)
