"""The destruction of a record after its time (การทำลาย): proposed, kept on for a reason, or done and registered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self

#: What a disclosure is called among the kinds of cases.
DISCLOSURE = "disclosure"


class Stage(StrEnum):
    """How far it has come."""

    PROPOSED = "proposed"
    HELD = "held"  # taken out of the list, with a reason
    DONE = "done"  # a line of the register, which is never deleted


@dataclass(frozen=True)
class Disposal:
    """One record that may be, or was destroyed. No word of it is here; people are ids."""

    about: str  # the id of a case or of a disclosure
    what: str  # the kind of the case, or DISCLOSURE
    number: str  # the one it was given, empty where it has none
    over_on: date
    stage: Stage = Stage.PROPOSED
    by: str = ""  # who proposed it, or took it out
    at: datetime = datetime.min  # noqa: DTZ901 - before anybody did
    reason: str = ""  # why it was taken out
    approved_by: str = ""
    approved_at: datetime | None = None
    lines: int = 0  # how much was destroyed
    files: int = 0

    def approved(self, by: str, at: datetime, gone: "Gone") -> Self:
        """The same once it is done."""
        done = replace(self, stage=Stage.DONE, reason="", approved_by=by, approved_at=at)
        return replace(done, lines=gone.lines, files=gone.files)


@dataclass(frozen=True)
class Gone:
    """What was destroyed of one record: counts, and the contents of files that may be deleted now."""

    lines: int = 0
    files: int = 0
    copies: Sequence[str] = ()
