"""How a paper stands: a draft until somebody approved it as it was, and a draft again once it says something else."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self


class Stage(StrEnum):
    """How far a request for approval has come."""

    WAITING = "waiting"
    APPROVED = "approved"
    RETURNED = "returned"


class Standing(StrEnum):
    """How a paper stands today."""

    DRAFT = "draft"
    WAITING = "waiting"
    RETURNED = "returned"
    APPROVED = "approved"
    CHANGED = "changed"  # it was approved, and says something else since


@dataclass(frozen=True)
class Approval:
    """The newest request to approve a paper, and what came of it.

    `digest` is that of what the paper said: when it was asked for, and then when it was approved. `told` are those who
    have heard of it: who may decide, as long as it waits; who asked, once it is decided.
    """

    kind: str
    of: str  # a fiscal year, or the id of what it is about
    digest: str
    asked_by: str  # the id of a person
    asked_at: datetime
    stage: Stage = Stage.WAITING
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""  # why it was sent back
    told: Sequence[str] = ()

    @property
    def decided(self) -> bool:
        """Whether somebody has said yes or no."""
        return self.stage is not Stage.WAITING

    @property
    def news(self) -> bool:
        """Whether somebody may still have to hear of it."""
        return not (self.decided and self.asked_by in {*self.told, self.decided_by})

    def approved(self, digest: str, by: str, at: datetime) -> Self:
        """The same, approved as the paper is now."""
        return replace(self, stage=Stage.APPROVED, digest=digest, decided_by=by, decided_at=at, told=())

    def returned(self, why: str, by: str, at: datetime) -> Self:
        """The same, sent back with a reason."""
        return replace(self, stage=Stage.RETURNED, reason=why, decided_by=by, decided_at=at, told=())

    def heard_by(self, person_id: str) -> Self:
        """The same, after somebody has heard of it."""
        return replace(self, told=tuple(dict.fromkeys((*self.told, person_id))))


def standing(approval: Approval | None, digest: str) -> Standing:
    """How a paper stands that says what `digest` is of."""
    if approval is None:
        return Standing.DRAFT
    if approval.stage is Stage.APPROVED and approval.digest != digest:
        return Standing.CHANGED
    return Standing(approval.stage.value)
