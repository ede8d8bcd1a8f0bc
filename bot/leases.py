"""Keeps the lanes of slow work leased while it goes on, so that leases are short and a dead worker's lane soon free."""

import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.ledger import Ledger
from bot.storage.lanes import InLane
from bot.storage.queue_sql import TASK

#: Work that takes longer has gone wrong: the lane goes to somebody else, and what it does in the end is refused.
LONGEST_MS = 120_000
LONGEST_TASK_MS = 15 * 60_000
STUCK = 70  # the exit status

log = logging.getLogger(__name__)


def give_up_process() -> None:
    """A thread never came back, and nobody can end it but with the process; whoever watches starts another."""
    log.critical("a thread is stuck; the process ends itself")
    os._exit(STUCK)


class Leases:
    """What this process holds at the moment."""

    def __init__(self, ledger: Ledger, lease_ms: int, stuck: Callable[[], None] = give_up_process) -> None:
        self._ledger = ledger
        self._lease_ms = lease_ms
        self._stuck = stuck
        self._held: dict[str, tuple[InLane, int]] = {}
        self._lock = threading.Lock()

    @contextmanager
    def held(self, owner: str, work: InLane) -> Iterator[None]:
        """`owner` is busy with `work`."""
        with self._lock:
            self._held[owner] = work, self._ledger.clock()
        try:
            yield
        finally:
            with self._lock:
                del self._held[owner]

    def extend(self) -> int:
        """Extend what has been going on for a third of a lease; gives how many. Quick work costs nothing."""
        now = self._ledger.clock()
        with self._lock:
            held = dict(self._held)
        if any(now - since > _longest(work) + self._lease_ms for work, since in held.values()):
            self._stuck()
        slow = [
            (owner, work) for owner, (work, since) in held.items() if self._lease_ms / 3 <= now - since < _longest(work)
        ]
        for one in slow:
            self._extend(*one, now + self._lease_ms)
        return len(slow)

    def _extend(self, owner: str, work: InLane, until: int) -> None:
        """Each in a transaction of its own: a turn may hold one of these lanes and want another."""
        self._ledger.database.write(lambda c: self._ledger.queue.extend(c, work, owner, until), across=True)


def _longest(work: InLane) -> int:
    return LONGEST_TASK_MS if work.kind == TASK else LONGEST_MS
