"""The time on the desk, which a test may move forward."""

from __future__ import annotations

import threading
import time


class Clock:
    """Wall time plus whatever it was advanced by."""

    def __init__(self) -> None:
        self._ahead = 0.0
        self._lock = threading.Lock()
        self._last_ms = 0

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time() + self._ahead

    def now_ms(self) -> int:
        """Milliseconds since the epoch, as LINE writes times."""
        return int(self.now() * 1000)

    def tick_ms(self) -> int:
        """As `now_ms`, or a little later, so that no two events carry the same time."""
        with self._lock:
            self._last_ms = max(self._last_ms + 1, self.now_ms())
            return self._last_ms

    def advance(self, seconds: float) -> None:
        """Let time pass for everything that ages here."""
        self._ahead += seconds
