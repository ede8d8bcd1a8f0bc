"""Keeps the tables small. Any number of processes may do it: what one has deleted the next does not find."""

from collections.abc import Callable

from sqlalchemy import Connection

from bot.ledger import Ledger
from bot.storage import retention

EVERY_S = 10 * 60


def tidy(ledger: Ledger) -> int:
    """Forget what is old, a small batch at a time so that nobody waits; gives how many rows."""
    now, forgotten = ledger.clock(), 0
    for table in retention.CAME:
        after: int | None = 0
        while after is not None:
            count, after = ledger.database.write(_batch(table, now, after), across=True)
            forgotten += count
    return forgotten + ledger.database.write(lambda c: retention.forget_ticks(c, now), across=True)


def _batch(table: str, now: int, after: int) -> Callable[[Connection], tuple[int, int | None]]:
    def work(connection: Connection) -> tuple[int, int | None]:
        return retention.forget(connection, table, now, after)

    return work
