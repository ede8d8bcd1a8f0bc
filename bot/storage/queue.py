"""Inbox, lanes and outbox: what came in, whose turn it is, what goes out.

A worker leases a lane (one agency's one person or group), never an event, so one person's turns run in order on any
number of workers. Effects, answers and "done" are one transaction, fenced by the lease's owner: a late worker's commit
touches no row and rolls back. These statements are hot, so they are compiled once and run past the ORM; every other
module uses `AgencySession`.
"""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from sqlalchemy import Connection, Dialect, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.queue_sql import SEND, SQL, TURN
from bot.storage.sealing import KeyRing, SealBroken
from bot.storage.tenancy import Base, Moment, Owned


class State(IntEnum):
    """What has become of an event or a message."""

    WAITING = 0
    DONE = 1
    IGNORED = 2  # events: no meaning here. messages: not worth a push after the free reply was lost
    DEAD = 3


class InboxRow(Base):
    """An event as it came, sealed; emptied when done, kept when dead. The id stays: a redelivery is known by it."""

    __tablename__ = "inbox"
    __table_args__ = (
        Index("inbox_event", "agency_id", "event_id", unique=True),
        Index("inbox_dead", "state", sqlite_where=text("state = 3")),
        Index("inbox_waiting", "agency_id", "lane", "happened_at", "id", sqlite_where=text("state = 0")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int]
    event_id: Mapped[str]
    lane: Mapped[str]
    happened_at: Mapped[Moment]
    received_at: Mapped[Moment]
    body: Mapped[str | None]
    state: Mapped[int]
    attempts: Mapped[int]
    reason: Mapped[str]


class LaneRow(Owned, Base):
    """One agency's one person or group: ready since when, leased by whom until when."""

    __tablename__ = "lane"
    __table_args__ = (Index("lane_ready", "kind", "ready_at", sqlite_where=text("ready_at IS NOT NULL")),)

    kind: Mapped[str] = mapped_column(primary_key=True)
    lane: Mapped[str] = mapped_column(primary_key=True)
    ready_at: Mapped[Moment | None]
    owner: Mapped[str]
    lease_until: Mapped[Moment]


class OutboxRow(Base):
    """A message to send, sealed; emptied when sent, kept when dead. `retry_key` goes to LINE with every push of it."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("outbox_dead", "state", sqlite_where=text("state = 3")),
        Index("outbox_waiting", "agency_id", "lane", "id", sqlite_where=text("state = 0")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int]
    lane: Mapped[str]
    retry_key: Mapped[str]
    body: Mapped[str | None]
    token_at: Mapped[Moment]
    needed: Mapped[bool]
    state: Mapped[int]
    attempts: Mapped[int]
    uncertain: Mapped[bool]
    outcome: Mapped[str]


@dataclass(frozen=True)
class Arrival:
    """An event to take in."""

    event_id: str
    lane: str
    happened_at: int
    body: bytes


@dataclass(frozen=True)
class Event:
    """An event whose lane is leased to us."""

    id: int
    agency_id: int
    lane: str
    event_id: str
    received_at: int
    attempts: int
    body: dict[str, Any]


@dataclass(frozen=True)
class Outgoing:
    """Messages to one person or group. `needed` is what a person cannot do without."""

    to: str
    messages: Sequence[Mapping[str, Any]]
    reply_token: str = ""
    token_at: int = 0
    needed: bool = False


@dataclass(frozen=True)
class Letter:
    """A message of the outbox whose lane is leased to us."""

    id: int
    agency_id: int
    lane: str
    retry_key: str
    attempts: int
    uncertain: bool
    outgoing: Outgoing


class LeaseLost(Exception):
    """Another worker has the lane by now: nothing of ours may be written."""


class Queue:
    """The statements, for one dialect and one key ring."""

    def __init__(self, dialect: Dialect, ring: KeyRing) -> None:
        self._ring = ring
        self._sql = {name: str(text(sql).compile(dialect=dialect)) for name, sql in SQL.items()}

    def put(self, connection: Connection, agency_id: int, arrivals: Iterable[Arrival], now: int) -> int:
        """Take events in and mark their lanes ready; gives how many were new. Lanes first, in order: no deadlock."""
        arrivals = list(arrivals)
        for lane in sorted({arrival.lane for arrival in arrivals}):
            self._run(connection, "lane_ready", agency_id=agency_id, kind=TURN, lane=lane, now=now)
        return sum(self._take_in(connection, agency_id, arrival, now) for arrival in arrivals)

    def _take_in(self, connection: Connection, agency_id: int, arrival: Arrival, now: int) -> int:
        sealed = self._ring.seal(arrival.body, agency_id, "inbox", "body", arrival.event_id)
        put = self._run(
            connection, "inbox_put", agency_id=agency_id, event_id=arrival.event_id, lane=arrival.lane,
            happened_at=arrival.happened_at, now=now, body=sealed,
        )  # fmt: skip
        return int(put.rowcount)

    def claim_event(self, connection: Connection, owner: str, now: int, lease: int) -> Event | None:
        """Lease the lane that has waited longest, with its oldest event. The attempt counts from here."""
        while leased := self._lease(connection, TURN, owner, now, lease):
            row = self._run(connection, "inbox_next", agency_id=leased[0], lane=leased[1]).first()
            if row is not None:
                event = Event(row.id, *leased, row.event_id, row.received_at, row.attempts, {})
                try:
                    body = self._ring.open(row.body, leased[0], "inbox", "body", row.event_id)
                except SealBroken:
                    self.finish_event(connection, event, owner, now, State.DEAD, "does not open")
                    continue
                return replace(event, body=json.loads(body))
            self.release(connection, TURN, *leased, owner, now)
        return None

    def finish_event(
        self, connection: Connection, event: Event, owner: str, now: int, state: State, reason: str = ""
    ) -> None:
        """The event is done; LeaseLost where the lane is no longer ours."""
        self._fenced(connection, "inbox_finish", event, owner, state=int(state), reason=reason)
        self.release(connection, TURN, event.agency_id, event.lane, owner, now)

    def post(self, connection: Connection, agency_id: int, lane: str, letters: Sequence[Outgoing], now: int) -> None:
        """Put messages into the outbox of a lane."""
        for letter in letters:
            retry_key = str(uuid.uuid4())
            body = json.dumps(
                {"to": letter.to, "messages": letter.messages, "reply_token": letter.reply_token},
                ensure_ascii=False,
            )
            self._run(
                connection, "outbox_put", agency_id=agency_id, lane=lane, retry_key=retry_key,
                token_at=letter.token_at, needed=letter.needed,
                body=self._ring.seal_text(body, agency_id, "outbox", "body", retry_key),
            )  # fmt: skip
        if letters:
            self._run(connection, "lane_ready", agency_id=agency_id, kind=SEND, lane=lane, now=now)

    def claim_letter(self, connection: Connection, owner: str, now: int, lease: int) -> Letter | None:
        """Lease the sending lane that has waited longest, with its oldest message."""
        while leased := self._lease(connection, SEND, owner, now, lease):
            row = self._run(connection, "outbox_next", agency_id=leased[0], lane=leased[1]).first()
            if row is not None:
                letter = Letter(row.id, *leased, row.retry_key, row.attempts, bool(row.uncertain), Outgoing("", ()))
                try:
                    body = self._ring.open_text(row.body, leased[0], "outbox", "body", row.retry_key)
                except SealBroken:
                    self.settle(connection, letter, owner, now, State.DEAD, "does not open")
                    continue
                outgoing = Outgoing(**json.loads(body), token_at=row.token_at, needed=bool(row.needed))
                return replace(letter, outgoing=outgoing)
            self.release(connection, SEND, *leased, owner, now)
        return None

    def settle(self, connection: Connection, letter: Letter, owner: str, now: int, state: State, outcome: str) -> None:
        """The message is sent, dropped or dead; LeaseLost where the lane is no longer ours."""
        self._fenced(connection, "outbox_settle", letter, owner, state=int(state), outcome=outcome)
        self.release(connection, SEND, letter.agency_id, letter.lane, owner, now)

    def retry_letter(
        self, connection: Connection, letter: Letter, owner: str, at: int, outcome: str, *, uncertain: bool
    ) -> None:
        """Try the message again at `at`; `uncertain` where it may have been delivered."""
        unknown = uncertain or letter.uncertain
        self._fenced(connection, "outbox_retry", letter, owner, outcome=outcome, uncertain=unknown)
        self.release(connection, SEND, letter.agency_id, letter.lane, owner, at)

    def release(self, connection: Connection, kind: str, agency_id: int, lane: str, owner: str, at: int) -> None:
        """Give a lane back: ready again at `at` where something waits in it, else idle."""
        name = "lane_free_turn" if kind == TURN else "lane_free_send"
        self._run(connection, name, agency_id=agency_id, lane=lane, owner=owner, at=at)

    def depth(self, connection: Connection, now: int) -> Mapping[str, tuple[int, int]]:
        """For each kind, how many lanes are ready and for how many milliseconds the oldest has been."""
        rows = self._run(connection, "depth", now=now).all()
        return {row.kind: (row.lanes, max(0, row.age)) for row in rows}

    def dead(self, connection: Connection) -> int:
        """How many events and messages were given up."""
        return int(self._run(connection, "dead").scalar_one())

    def _fenced(self, connection: Connection, name: str, one: Event | Letter, owner: str, **values: Any) -> None:
        """Change a row that waits in a lane of ours; LeaseLost where either is no longer so."""
        ours = {"id": one.id, "agency_id": one.agency_id, "lane": one.lane, "owner": owner}
        if not self._run(connection, name, **ours, **values).rowcount:
            raise LeaseLost(one.lane)

    def _lease(self, connection: Connection, kind: str, owner: str, now: int, lease: int) -> tuple[int, str] | None:
        row = self._run(connection, "lane_lease", kind=kind, owner=owner, now=now, until=now + lease).first()
        return (row.agency_id, row.lane) if row else None

    def _run(self, connection: Connection, name: str, **values: Any) -> Any:
        return connection.exec_driver_sql(self._sql[name], values)
