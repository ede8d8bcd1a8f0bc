"""So many of a kind within a time, for each agency and process. Nobody is known here, so it counts for all at once."""

import threading
import time
from collections.abc import Callable
from enum import Enum


class Kind(Enum):
    """What is counted."""

    WRONG_CODE = "wrong code"
    NEW = "new"
    MORE = "more"
    FILE = "file"


#: How many may come at once, and after how many seconds there is one more.
LIMITS = {Kind.WRONG_CODE: (30, 10.0), Kind.NEW: (20, 30.0), Kind.MORE: (30, 10.0), Kind.FILE: (20, 300.0)}


class Buckets:
    """One bucket for each kind and agency; what is taken drips in again."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._left: dict[tuple[Kind, str], tuple[float, float]] = {}  # as many as there are agencies

    def takes(self, kind: Kind, slug: str) -> bool:
        """Whether one more may be; it is counted then."""
        most, every_s = LIMITS[kind]
        with self._lock:
            now = self._clock()
            left, at = self._left.get((kind, slug), (float(most), now))
            left = min(most, left + (now - at) / every_s)
            self._left[kind, slug] = (left - 1 if left >= 1 else left), now
        return left >= 1
