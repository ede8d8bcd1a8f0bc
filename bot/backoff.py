"""How long to wait before trying again."""

import random
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


def backoff(attempts: int) -> int:
    """Milliseconds before the next attempt: doubling from half a second, with jitter."""
    return int(min(300_000, 500 * 2**attempts) * random.uniform(0.5, 1.5))  # noqa: S311 - no secret hangs on it


@dataclass(frozen=True)
class _Failed:
    """How often something failed in a row, when it did last, and how long it is left alone since."""

    times: int
    at: int
    pause: int


class Pauses(Generic[K]):
    """Leaves alone for a while what has just failed, each time longer. A process forgets it with its end."""

    def __init__(self, clock: Callable[[], int]) -> None:
        self._clock = clock
        self._failed: dict[K, _Failed] = {}

    def rests(self, what: K) -> bool:
        """Whether it is too early to try again; a clock that was set back keeps nothing waiting."""
        failed = self._failed.get(what)
        return failed is not None and 0 <= self._clock() - failed.at < failed.pause

    def failed(self, what: K) -> None:
        """It failed once more."""
        before = self._failed.get(what)
        times = before.times + 1 if before else 1
        self._failed[what] = _Failed(times, self._clock(), backoff(times))

    def went_well(self, what: K) -> None:
        """What failed before is forgiven."""
        self._failed.pop(what, None)
