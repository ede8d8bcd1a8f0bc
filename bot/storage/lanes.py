"""Lanes: whose turn it is, leased by whom until when. Turns, messages and tasks wait in lanes of their own kind."""

import json
from collections.abc import Callable, Collection
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection

from bot.storage.queue_sql import CAST, SEND, TASK, TURN

MINUTE_MS = 60_000
_FREE = {TURN: "lane_free_turn", SEND: "lane_free_send", CAST: "lane_free_cast", TASK: "lane_free_task"}


class LeaseLost(Exception):
    """Another worker has the lane by now: nothing of ours may be written."""


class Address(NamedTuple):
    """A LINE user id, and the lane of what goes there."""

    to: str
    lane: str


class InLane(Protocol):
    """Something whose lane is leased to us."""

    @property
    def kind(self) -> str:
        """Which of its owner's lanes it waits in."""

    @property
    def agency_id(self) -> int:
        """Whose it is."""

    @property
    def lane(self) -> str:
        """Whose lane of that agency."""


class Lanes:
    """The statements of the lanes; `run` runs one by its name."""

    def __init__(self, run: Callable[..., Any]) -> None:
        self._run = run

    def ready(self, connection: Connection, kind: str, agency_id: int, lane: str, now: int, happened_at: int) -> int:
        """Mark a lane ready and hold it; gives which of its events in this minute that makes."""
        values = {"agency_id": agency_id, "kind": kind, "lane": lane, "now": now, "minute": happened_at // MINUTE_MS}
        return int(self._run(connection, "lane_ready", **values).fetchone()[0])

    def all_ready(self, connection: Connection, kind: str, agency_id: int, lanes: Collection[str], now: int) -> None:
        """Mark several lanes ready and hold them."""
        values = {"agency_id": agency_id, "kind": kind, "now": now, "minute": now // MINUTE_MS}
        self._run(connection, "lanes_ready", rows=json.dumps([[lane] for lane in sorted(lanes)]), **values)

    def lease(self, connection: Connection, kind: str, owner: str, now: int, lease: int) -> Any:
        """Lease the lane of a kind that has waited longest: agency, lane, when its newest event happened; or None."""
        values = {"kind": kind, "owner": owner, "now": now, "until": now + lease}
        return self._run(connection, "lane_lease", **values).fetchone()

    def hold(self, connection: Connection, one: InLane, owner: str) -> None:
        """The fence: nothing of ours is written unless the lane is still ours, and nobody else's until we commit."""
        lane = {"agency_id": one.agency_id, "kind": one.kind, "lane": one.lane, "owner": owner}
        if self._run(connection, "lane_hold", **lane).fetchone() is None:
            raise LeaseLost(one.lane)

    def extend(self, connection: Connection, one: InLane, owner: str, until: int) -> bool:
        """Keep a lane until `until`; False where it is no longer ours."""
        lane = {"agency_id": one.agency_id, "kind": one.kind, "lane": one.lane, "owner": owner}
        return bool(self._run(connection, "lane_extend", until=until, **lane).rowcount)

    def free(self, connection: Connection, kind: str, agency_id: int, lane: str, at: int, seen: int = 0) -> None:
        """Give a lane that we hold back: ready again at `at` where something waits in it, else idle.

        A task that waits has a time of its own, which counts instead.
        """
        self._run(connection, _FREE[kind], agency_id=agency_id, lane=lane, at=at, seen=seen)


def changed(ran: Any, one: InLane) -> None:
    """LeaseLost where a statement found nothing to change: another was faster."""
    if not ran.rowcount:
        raise LeaseLost(one.lane)
