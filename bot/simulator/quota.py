"""What a channel may send: pushes in a month, and calls in a second or an hour."""

from __future__ import annotations

import threading
from typing import Any

RATES: dict[str, tuple[int, float]] = {
    "loading": (100, 1.0),
    "richmenu-list": (10, 1.0),
    "richmenu-create": (100, 3600.0),
    "richmenu-delete": (100, 3600.0),
    "webhook-test": (60, 3600.0),
    "multicast": (200, 1.0),
    "broadcast": (60, 3600.0),
}
OTHER_RATE = (2000, 1.0)


class MonthlyQuota:
    """Counts recipients of pushes against the plan."""

    def __init__(self, limit: int | None) -> None:
        self._lock = threading.Lock()
        self.limit = limit
        self.used = 0

    def take(self, recipients: int) -> bool:
        """Count a push; False where the plan has no room for it."""
        with self._lock:
            if self.limit is not None and self.used + recipients > self.limit:
                return False
            self.used += recipients
            return True

    def as_json(self) -> dict[str, Any]:
        """The plan as LINE states it."""
        return {"type": "none"} if self.limit is None else {"type": "limited", "value": self.limit}


class Rates:
    """A token bucket for each endpoint of one channel."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._limits = dict(RATES)
        self._levels: dict[str, tuple[float, float]] = {}

    def limit(self, endpoint: str, calls: int, seconds: float) -> None:
        """Set another rate for an endpoint."""
        with self._lock:
            self._limits[endpoint] = (calls, seconds)
            self._levels.pop(endpoint, None)

    def take(self, endpoint: str, now: float) -> bool:
        """Spend one call; False where the bucket is empty."""
        with self._lock:
            calls, seconds = self._limits.get(endpoint, OTHER_RATE)
            level, then = self._levels.get(endpoint, (float(calls), now))
            level = min(calls, level + (now - then) * calls / seconds)
            self._levels[endpoint] = (level - 1 if level >= 1 else level, now)
            return level >= 1
