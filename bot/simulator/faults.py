"""Trouble on demand: the next calls or webhooks go wrong in the way that was asked for."""

from __future__ import annotations

import threading
from dataclasses import asdict, dataclass, replace
from typing import Any

CALL_FAULTS = ("error500", "rate", "month", "timeout_before", "timeout_after", "reset", "slow")
WEBHOOK_FAULTS = ("twice", "reorder")
AT_ONCE = ("expire_tokens",)
KINDS = CALL_FAULTS + WEBHOOK_FAULTS + AT_ONCE
SENDING = ("/message/reply", "/message/push", "/message/multicast")


@dataclass(frozen=True)
class Fault:
    """One kind of trouble, for the next `count` occasions that fit."""

    kind: str
    count: int = 1
    agency: str | None = None
    endpoint: str | None = None
    seconds: float = 1.0

    def fits(self, kinds: tuple[str, ...], agency: str, path: str) -> bool:
        """Whether this call or webhook is one it was meant for."""
        if self.kind not in kinds or self.agency not in (None, agency):
            return False
        if self.kind in WEBHOOK_FAULTS or self.endpoint == "any":
            return True
        return path.endswith(SENDING) if self.endpoint is None else self.endpoint in path


class Faults:
    """The troubles that wait for their occasion, oldest first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Plan one."""
        with self._lock:
            self._waiting.append(fault)

    def clear(self) -> None:
        """Forget all that are planned."""
        with self._lock:
            self._waiting.clear()

    def take(self, kinds: tuple[str, ...], agency: str, path: str = "") -> Fault | None:
        """The fault for this occasion, if one waits; it counts down."""
        with self._lock:
            for index, fault in enumerate(self._waiting):
                if fault.fits(kinds, agency, path):
                    left = fault.count - 1
                    self._waiting[index : index + 1] = [replace(fault, count=left)] if left > 0 else []
                    return fault
        return None

    def as_json(self) -> list[dict[str, Any]]:
        """What is planned."""
        with self._lock:
            return [asdict(fault) for fault in self._waiting]
