"""All the times that a wording names, found by the letters of its signs."""

import re
from collections.abc import Sequence
from dataclasses import replace

from itadomain.periods.named import Named
from itadomain.periods.points import points_of
from itadomain.periods.signs import Signs
from itadomain.periods.wide import half_of, quarters_of, year_named, years_of

#: A date, days of a month, a month, with a year or without.
_POINT = "(?:D|(?:N[-,>]+)*N?MY?|N/Y)"
_NAMED = re.compile(
    rf"(?P<quarters>QN(?:[/,]?Y)?(?:[-,/>]+E?Q?N(?:/?Y)?(?!M|/N))*)"
    rf"|(?P<points>{_POINT}(?:[-,/>]+[EW]?{_POINT}|{_POINT})*)"
    r"|(?P<half>HY?)"
    r"|(?P<years>[GY](?:[-,>]+[GY])+)"
    r"|(?P<year>[GFCY]|(?<=[AE])y)"
)
_READERS = {
    "quarters": quarters_of,
    "points": points_of,
    "half": half_of,
    "years": years_of,
    "year": year_named,
}


def times(signs: Signs, year: int | None) -> tuple[Sequence[Named], str]:
    """What is named, in the order of the wording, and the letters with what was read blotted out."""
    rest = letters = signs.letters
    year, found = fiscal_context(signs, year), list[Named]()
    for match in _NAMED.finditer(letters):
        first, end = match.span()
        one = _READERS[match.lastgroup or ""](signs.row[first:end], year)
        found.append(replace(one, at=first, before=letters[first - 1 : first], after=letters[end : end + 1]))
        rest = rest[:first] + "_" * (end - first) + rest[end:]
    return found, rest


def year_beside(signs: Signs) -> Signs:
    """The same signs with a year that stands apart put beside what it belongs to: «ปี ๒๕๖๗ (ม.ค. – มี.ค.)»."""
    letters = signs.letters
    found = [(match.lastgroup, *match.span()) for match in _NAMED.finditer(letters)]
    apart = [start for _, start, end in found if letters[start:end] == "Y"]
    others = [(kind, end) for kind, start, end in found if start not in apart]
    lone = len(apart) == len(others) == letters.count("Y") == 1 and set(letters).isdisjoint("GD")
    if not lone or others[0][0] not in {"points", "quarters"}:
        return signs
    at, end = apart[0], others[0][1]
    row = [*signs.row[:end], signs.row[at], *signs.row[end:]]
    del row[at + (at >= end)]
    return replace(signs, row=tuple(row))


def fiscal_context(signs: Signs, year: int | None) -> int | None:
    """The fiscal year that the words name, else that of the plan."""
    return next((sign.figures[0] for sign in signs.row if sign.letter == "G"), year)
