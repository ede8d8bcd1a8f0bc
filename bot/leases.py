"""Keeps the lanes of slow work leased while it goes on, so that leases are short and a dead worker's lane soon free."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bot.ledger import Ledger
from bot.storage.queue import Event, Letter

#: Work that takes longer has gone wrong: the lane goes to somebody else, and what it does in the end is refused.
LONGEST_MS = 120_000


class Leases:
    """What this process holds at the moment."""

    def __init__(self, ledger: Ledger, lease_ms: int) -> None:
        self._ledger = ledger
        self._lease_ms = lease_ms
        self._held: dict[str, tuple[Event | Letter, int]] = {}
        self._lock = threading.Lock()

    @contextmanager
    def held(self, owner: str, work: Event | Letter) -> Iterator[None]:
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
        slow = [
            (owner, work) for owner, (work, since) in held.items() if self._lease_ms / 3 <= now - since < LONGEST_MS
        ]
        if slow:
            until = now + self._lease_ms
            extend = self._ledger.queue.extend
            self._ledger.database.write(lambda c: [extend(c, work, owner, until) for owner, work in slow], across=True)
        return len(slow)
