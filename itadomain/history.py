"""What happened to a measure: who did what on which day, and what it was before and after."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Deed(StrEnum):
    """The closed list of what is written down, told by the text `history.<deed>`."""

    PLANNED = "planned"  # a plan brought it in
    CHANGED = "changed"  # a wording was corrected or settled
    CANCELLED = "cancelled"
    MOVED = "moved"  # to another unit
    REPORTED = "reported"
    CORRECTED = "corrected"  # a report of the same day took the place of another, or of one that was sent back
    APPROVED = "approved"
    RETURNED = "returned"
    BLOCKED = "blocked"  # an obstacle was told
    ANSWERED = "answered"  # something was said about an obstacle
    SETTLED = "settled"  # both sides say that an obstacle is out of the way
    NUDGED = "nudged"
    EVIDENCE = "evidence"  # something was attached
    EVIDENCE_GONE = "evidence_gone"  # its sender took it back, and no copy is left
    EVIDENCE_HIDDEN = "evidence_hidden"  # its sender took it back after it was filed: it is not shown any more
    CARRIED = "carried"  # over into the next year's plan


@dataclass(frozen=True)
class Entry:
    """One line of the history of a measure. `before` and `after` hold what changed, by the names of the fields."""

    measure: str  # an id
    deed: Deed
    on: date
    by: str = ""  # the id of a person, empty where the clock or the command line did it
    unit: str = ""  # the id of a unit, empty where it is about the measure itself
    before: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)
    why: str = ""  # in the words of who did it


def changed(before: Any, after: Any, *names: str) -> tuple[dict[str, str], dict[str, str]]:
    """Those of the named fields that differ, as they were and as they are."""
    differing = [name for name in names if getattr(before, name) != getattr(after, name)]
    return _told(before, differing), _told(after, differing)


def _told(value: Any, names: list[str]) -> dict[str, str]:
    facts = {name: getattr(value, name) for name in names}
    return {name: "" if fact is None else str(fact) for name, fact in facts.items()}
