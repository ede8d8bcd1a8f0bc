"""A time that a wording names, and how several become one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from itadomain.periods.shape import Doubt, Span, Told
from itadomain.periods.signs import Sign


class Unit(IntEnum):
    """How wide a named time is."""

    DAY, MONTH, QUARTER, HALF, YEAR = range(5)


@dataclass(frozen=True)
class Named:
    """One time that is named; `before` and `after` are the letters beside it, `at` is its place among the signs."""

    unit: Unit
    parts: tuple[Span, ...] = ()
    doubt: Told | None = None
    at: int = 0
    before: str = ""
    after: str = ""
    listed: bool = False  # one by one, not from one to another
    joined: bool = False  # from one to another
    loose: bool = False  # one by one, with nothing between that says so
    own_year: bool = False

    @property
    def single(self) -> bool:
        """Whether it is one time: not a list, and not from one to another."""
        return not self.listed and not self.joined

    @property
    def start(self) -> date:
        """Its first day."""
        return self.parts[0].start

    @property
    def end(self) -> date:
        """Its last day."""
        return self.parts[-1].end


def joined(named: Named, spans: Sequence[tuple[Span, ...]], joints: str) -> Named:
    """Spans with ranges closed and lists kept; a range that runs backwards is doubted."""
    parts: list[Span] = [*spans[0]]
    for joint, following in zip(joints, spans[1:], strict=True):
        if joint == "-":
            parts[-1:] = [Span(parts[-1].start, following[-1].end)]
        else:
            parts += following
    if any(part.end < part.start for part in parts):
        return replace(named, doubt=Told(Doubt.REVERSED, {"start": parts[0].start, "end": parts[-1].end}))
    return replace(named, parts=tuple(parts), listed=len(parts) > 1, joined="-" in joints)


def joints_of(row: Sequence[Sign], items: str) -> str:
    """What joins the items of a row, one letter between two: `-` from one to another, `,` one by one."""
    joints = joint = ""
    for sign in row:
        if sign.letter in items:
            joints, joint = joints + joint, ","
        elif sign.letter in "->" and joint:
            joint = "-"
    return joints
