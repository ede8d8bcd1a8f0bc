"""What stands in the way of a measure: told by a unit, answered by who can help, open until both say it is gone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from itadomain.refusals import Refusal

LONGEST = 1000  # characters of one thing said


class Side(StrEnum):
    """Who speaks about an obstacle."""

    TOLD = "told"  # the unit that is held up
    HELPS = "helps"  # the head, the secretariat, an executive


@dataclass(frozen=True)
class Said:
    """One thing that one side said about an obstacle."""

    side: Side
    by: str  # the id of a person
    on: date
    words: str


@dataclass(frozen=True)
class Obstacle:
    """Something that holds a unit up. The first of `talk` is what was told; `agreed` are those who say it is gone."""

    id: str
    measure: str  # an id
    unit: str  # an id
    talk: Sequence[Said]
    agreed: frozenset[Side] = field(default_factory=frozenset)
    closed_on: date | None = None

    @property
    def open(self) -> bool:
        """Whether it is still in the way."""
        return self.closed_on is None

    @property
    def told(self) -> Said:
        """What was told first."""
        return self.talk[0]

    def speakers(self, side: Side) -> Sequence[str]:
        """The ids of those who spoke for a side, each once."""
        return tuple(dict.fromkeys(one.by for one in self.talk if one.side is side))


def in_words(text: str) -> str:
    """What somebody says about an obstacle; Refusal where it is nothing, or too long."""
    said = text.strip()
    if not said:
        raise Refusal("obstacle.say_what")
    if len(said) > LONGEST:
        raise Refusal("obstacle.too_long", most=LONGEST)
    return said


def told(obstacle_id: str, measure: str, unit: str, said: Said) -> Obstacle:
    """A new obstacle."""
    return Obstacle(obstacle_id, measure, unit, (_checked(said),))


def answered(obstacle: Obstacle, said: Said) -> Obstacle:
    """The obstacle with one thing more said; who has more to say does not hold it to be gone."""
    _open(obstacle)
    return replace(obstacle, talk=(*obstacle.talk, _checked(said)), agreed=obstacle.agreed - {said.side})


def gone_for(obstacle: Obstacle, sides: Iterable[Side], today: date) -> Obstacle:
    """The obstacle after one says that it is gone: closed once both sides have, or where one person is both."""
    _open(obstacle)
    agreed = obstacle.agreed | frozenset(sides)
    return replace(obstacle, agreed=agreed, closed_on=today if agreed == frozenset(Side) else None)


def _open(obstacle: Obstacle) -> None:
    if not obstacle.open:
        raise Refusal("obstacle.is_gone")


def _checked(said: Said) -> Said:
    return replace(said, words=in_words(said.words))
