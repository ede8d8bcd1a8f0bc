"""Keeps the tables small and moving. Any number of processes may do it: what one has done the next does not find."""

import threading
from collections.abc import Callable

from sqlalchemy import Connection

from bot.ledger import Ledger
from bot.storage import retention

EVERY_S = 10 * 60


def keep(ledger: Ledger, stop: threading.Event) -> None:
    """Everything that has to be seen to from time to time."""
    ledger.database.write(lambda c: ledger.queue.wake_early(c, ledger.clock()), across=True)
    tidy(ledger, stop)
    ledger.database.forget_deleted()


def tidy(ledger: Ledger, stop: threading.Event) -> int:
    """Forget what is old, until told to stop, a small batch at a time so that nobody waits; gives how many rows."""
    now, forgotten = ledger.clock(), 0
    for table in retention.CAME:
        after: int | None = 0
        while after is not None and not stop.is_set():
            count, after = ledger.database.write(_batch(table, now, after), across=True)
            forgotten += count
    return forgotten + ledger.database.write(lambda c: retention.forget_ticks(c, now), across=True)


def _batch(table: str, now: int, after: int) -> Callable[[Connection], tuple[int, int | None]]:
    def work(connection: Connection) -> tuple[int, int | None]:
        return retention.forget(connection, table, now, after)

    return work
