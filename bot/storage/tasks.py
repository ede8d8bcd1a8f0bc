"""Tasks: what takes longer than a turn, made in the commit of a turn and leased by the same code as everything else.

They wait in lanes of their own kind, one for each person who is told of results: one person's tasks are done one at a
time, and nobody's flood holds up the others. A task waits until its own time, so that one which has to be tried again
later does not hold up those behind it.
"""

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from sqlalchemy import Connection, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.lanes import Address, Lanes, changed
from bot.storage.queue_sql import TASK
from bot.storage.queue_tables import State, only
from bot.storage.sealing import KeyRing, SealBroken, UnknownKey
from bot.storage.tenancy import Base, Moment, Number


class Wanted(NamedTuple):
    """What is to be done, by its name and its facts, and not before `at` (ms)."""

    name: str
    facts: Mapping[str, Any]
    at: int = 0


#: What is to be done, and who hears what came of it.
Errands = tuple[Address, Sequence[Wanted]]
FOR_A_KEY_MS = 60_000  # before something is tried again whose key we do not have


class TaskRow(Base):
    """A task: its name, what it needs to know (sealed, emptied when done, kept when dead), and when it may be tried."""

    __tablename__ = "task"
    __table_args__ = (
        Index("task_dead", "state", **only("state = 3")),
        Index("task_waiting", "agency_id", "lane", "ready_at", "id", **only("state = 0")),
    )

    id: Mapped[Number] = mapped_column(primary_key=True)
    agency_id: Mapped[int]
    lane: Mapped[str]
    key: Mapped[str]
    name: Mapped[str]
    body: Mapped[str | None]
    put_at: Mapped[Moment]
    ready_at: Mapped[Moment]
    not_before: Mapped[Moment] = mapped_column(server_default="0")  # the time that it was put for
    state: Mapped[int]
    attempts: Mapped[int]
    reason: Mapped[str]


@dataclass(frozen=True)
class Errand:
    """A task whose lane is leased to us: what is to be done with which facts, and for whom (`to`, a LINE user id)."""

    id: int
    agency_id: int
    lane: str
    key: str
    name: str
    attempts: int
    put_at: int
    to: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    kind = TASK


class Tasks:
    """The statements of tasks."""

    def __init__(self, run: Callable[..., Any], lanes: Lanes, ring: KeyRing) -> None:
        self._run = run
        self._lanes = lanes
        self._ring = ring

    def put(
        self, connection: Connection, agency_id: int, lane: str, to: str, tasks: Sequence[Wanted], now: int
    ) -> None:
        """Let tasks wait in the lane of whoever is told of their results; their age counts from their time."""
        if tasks:
            self._lanes.ready(connection, TASK, agency_id, lane, now, 0)
        for name, facts, at in (Wanted(*one) for one in tasks):
            key = str(uuid.uuid4())
            body = self._ring.seal_text(json.dumps({"to": to, "facts": facts}), agency_id, "task", "body", key)
            values = {
                "agency_id": agency_id,
                "lane": lane,
                "key": key,
                "task": name,
                "body": body,
                "at": max(at, now),
                "not_before": at,
            }
            self._run(connection, "task_put", **values)

    def put_all(self, connection: Connection, agency_id: int, errands: Sequence[Errands], now: int) -> None:
        """Let tasks wait in the lanes of several people; lanes are taken in one order by all."""
        for (to, lane), tasks in sorted(errands, key=lambda one: one[0].lane):
            self.put(connection, agency_id, lane, to, tasks, now)

    def claim(self, connection: Connection, owner: str, now: int, lease: int) -> Errand | None:
        """Lease the lane that has waited longest, with its oldest task. The attempt counts from here."""
        while leased := self._lanes.lease(connection, TASK, owner, now, lease):
            agency_id, lane, _ = leased
            row = self._run(connection, "task_next", agency_id=agency_id, lane=lane, now=now).fetchone()
            if row is None:
                self._lanes.free(connection, TASK, agency_id, lane, now)
                continue
            number, key, name, attempts, put_at, sealed = row
            errand = Errand(number, agency_id, lane, key, name, attempts, put_at)
            try:
                body = json.loads(self._ring.open_text(sealed, agency_id, "task", "body", key))
            except UnknownKey:  # whoever knows it may be about to start
                self.retry(connection, errand, owner, now + FOR_A_KEY_MS, counted=False)
                continue
            except (SealBroken, ValueError):
                self.finish(connection, errand, owner, now, State.DEAD, "does not open")
                continue
            return replace(errand, to=body["to"], facts=body["facts"])
        return None

    def finish(
        self, connection: Connection, errand: Errand, owner: str, now: int, state: State, reason: str = ""
    ) -> None:
        """The task is over; LeaseLost where the lane is no longer ours."""
        self._lanes.hold(connection, errand, owner)
        changed(self._run(connection, "task_finish", id=errand.id, state=int(state), reason=reason), errand)
        self._lanes.free(connection, TASK, errand.agency_id, errand.lane, now)

    def retry(self, connection: Connection, errand: Errand, owner: str, at: int, *, counted: bool = True) -> None:
        """Try the task again at `at`; `counted` where the fault was its own."""
        self._lanes.hold(connection, errand, owner)
        changed(self._run(connection, "task_later", id=errand.id, at=at, uncount=int(not counted)), errand)
        self._lanes.free(connection, TASK, errand.agency_id, errand.lane, at)
