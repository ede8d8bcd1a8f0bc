"""What was given up: events no turn could be taken of, messages not sent, tasks not done. Nothing of it is lost."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from bot.storage.broadcast_rows import BROADCAST
from bot.storage.queue import CAST, SEND, TURN, Queue
from bot.storage.queue_sql import TASK
from bot.storage.sealing import KeyRing, SealBroken

EVENT, MESSAGE = "event", "message"
KINDS = (EVENT, MESSAGE, TASK)
_COLUMNS = {
    EVENT: "d.id, d.agency_id, d.lane, d.received_at AS at, d.attempts, d.reason, d.body, d.event_id AS sealed_for",
    MESSAGE: "d.id, d.agency_id, d.lane, d.posted_at AS at, d.attempts, d.outcome AS reason, d.body, "
    "d.retry_key AS sealed_for",
    TASK: "d.id, d.agency_id, d.lane, d.put_at AS at, d.attempts, d.reason, d.body, d.key AS sealed_for",
}
_TABLES = {EVENT: "inbox", MESSAGE: "outbox", TASK: "task"}
_LANES = {EVENT: TURN, MESSAGE: SEND, TASK: TASK}
_REVIVE = {
    EVENT: "UPDATE inbox SET state = 0, attempts = 0, reason = '', nth = 1 WHERE id = :id AND state = 3",
    MESSAGE: "UPDATE outbox SET state = 0, attempts = 0, known = 0, outcome = '', posted_at = :now "
    "WHERE id = :id AND state = 3",
    TASK: "UPDATE task SET state = 0, attempts = 0, reason = '', put_at = :now, ready_at = :now "
    "WHERE id = :id AND state = 3",
}
_DROP = {
    EVENT: "UPDATE inbox SET state = 2, body = NULL WHERE id = :id AND state = 3",
    MESSAGE: "UPDATE outbox SET state = 2, body = NULL WHERE id = :id AND state = 3",
    TASK: "UPDATE task SET state = 2, body = NULL WHERE id = :id AND state = 3",
}


@dataclass(frozen=True)
class Dead:
    """One event, message or task that was given up, in an agency by its slug, since `at` (ms)."""

    kind: str
    id: int
    agency_id: int
    agency: str
    lane: str
    at: int
    attempts: int
    reason: str
    body: str | None
    sealed_for: str

    @property
    def name(self) -> str:
        """How it is named on the command line: `event:12`."""
        return f"{self.kind}:{self.id}"


def all_of(connection: Connection, kind: str, slug: str = "", number: int = 0) -> Sequence[Dead]:
    """Everything of a kind that was given up, oldest first; of one agency, or the one of a number, where named."""
    sql = f"""SELECT {_COLUMNS[kind]}, a.slug AS agency FROM {_TABLES[kind]} d JOIN agency a ON a.id = d.agency_id
        WHERE d.state = 3 AND (:slug = '' OR a.slug = :slug) AND :number IN (0, d.id) ORDER BY d.id"""  # noqa: S608 - constants of this module
    return [Dead(kind=kind, **row._mapping) for row in connection.execute(text(sql), {"slug": slug, "number": number})]  # noqa: SLF001


def one(connection: Connection, kind: str, number: int) -> Dead | None:
    """One of them."""
    return next(iter(all_of(connection, kind, number=number)), None)


def opened(ring: KeyRing, dead: Dead) -> dict[str, Any] | None:
    """What is inside; None where it does not open."""
    try:
        body = ring.open_text(dead.body or "", dead.agency_id, _TABLES[dead.kind], "body", dead.sealed_for)
        return dict(json.loads(body))
    except (SealBroken, ValueError):
        return None


def retry(connection: Connection, queue: Queue, dead: Dead, now: int) -> bool:
    """Let it be tried again, as often as a new one; False where somebody else dealt with it."""
    values = {"id": dead.id} | ({} if dead.kind == EVENT else {"now": now})
    kind = CAST if dead.lane.startswith(BROADCAST) else _LANES[dead.kind]
    queue.wake(connection, kind, dead.agency_id, dead.lane, now)
    return connection.execute(text(_REVIVE[dead.kind]), values).rowcount == 1


def drop(connection: Connection, dead: Dead) -> bool:
    """Give it up for good: its words are deleted, its id stays as long as any other's."""
    return connection.execute(text(_DROP[dead.kind]), {"id": dead.id}).rowcount == 1
