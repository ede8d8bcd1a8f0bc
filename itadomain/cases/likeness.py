"""Cases that may be about the same thing: suggested to the officer, never joined or dropped by themselves."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt

from itadomain.cases.case import Case, Spot

#: So near each other, two points are one place; so long apart, two cases are two.
NEAR_METRES = 150
RECENT = timedelta(days=60)
EARTH_METRES = 6_371_000
MOST = 3


def alike(case: Case, others: Iterable[Case]) -> Sequence[Case]:
    """Open cases of the same category at the same place, newest first."""
    same = [one for one in others if one.id != case.id and one.open and _recent(one, case.filed_on)]
    near = [one for one in same if one.category == case.category and same_place(one.spot, case.spot)]
    return sorted(near, key=lambda one: one.filed_on, reverse=True)[:MOST]


def same_place(one: Spot, other: Spot) -> bool:
    """Whether two spots are one place: by their points where both have one, else by village and landmark."""
    apart = metres(one, other)
    if apart is not None:
        return apart <= NEAR_METRES
    villages = _folded(one.village), _folded(other.village)
    marks = _folded(one.landmark), _folded(other.landmark)
    if not all(villages) or villages[0] != villages[1]:
        return False
    return not all(marks) or marks[0] in marks[1] or marks[1] in marks[0]


def metres(one: Spot, other: Spot) -> float | None:
    """How far two points lie apart, along a great circle; None where one has no point."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    north, south = radians(one.latitude), radians(other.latitude)
    across = radians(other.longitude - one.longitude)
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(across / 2) ** 2
    return 2 * EARTH_METRES * asin(sqrt(min(1.0, half)))


def _recent(one: Case, today: date) -> bool:
    return today - one.filed_on <= RECENT


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()
