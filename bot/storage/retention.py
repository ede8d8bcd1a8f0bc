"""Forgets what is done: events and messages after a week, runs of the clock after a year. What was given up stays.

An event's id is kept that long because LINE may deliver it again until then.
"""

from sqlalchemy import Connection, bindparam, text

from bot.storage.queue_tables import State

DAY_MS = 24 * 60 * 60 * 1000
KEPT_MS = 7 * DAY_MS
TICKS_KEPT_MS = 400 * DAY_MS
BATCH = 500
#: When a row of a table came in. Ids grow with it, so the oldest stand first.
CAME = {"inbox": "received_at", "outbox": "posted_at", "task": "put_at"}


def forget(connection: Connection, table: str, now: int, after: int) -> tuple[int, int | None]:
    """Delete the next rows of `table` beyond the id `after`; gives how many, and where to go on (None at the end)."""
    look = f"SELECT id, {CAME[table]} AS came, state FROM {table} WHERE id > :after ORDER BY id LIMIT :most"  # noqa: S608
    rows = connection.execute(text(look), {"after": after, "most": BATCH}).all()
    old = [row for row in rows if row.came < now - KEPT_MS]
    done = [row.id for row in old if row.state in {State.DONE, State.IGNORED, State.HELD}]
    deleted = 0
    if done:
        delete = text(f"DELETE FROM {table} WHERE id IN :ids").bindparams(bindparam("ids", expanding=True))  # noqa: S608
        deleted = connection.execute(delete, {"ids": done}).rowcount  # another process may have been faster
    return deleted, old[-1].id if old and len(rows) == BATCH else None


def forget_ticks(connection: Connection, now: int) -> int:
    """Delete the runs of more than a year ago; gives how many."""
    return connection.execute(text("DELETE FROM tick WHERE at < :before"), {"before": now - TICKS_KEPT_MS}).rowcount
