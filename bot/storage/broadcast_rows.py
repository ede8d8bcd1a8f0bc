"""The tables of broadcasts: each with what it says, sealed, and one row for each request that it is sent by.

Whoever changes what becomes of the requests holds the lane of their broadcast first, as everybody does who changes what
waits in a lane: a person who stops it, the task that makes requests, the sender who settles one.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, defer, mapped_column

from bot.storage.queue_sql import CAST
from bot.storage.queue_tables import LaneRow, OutboxRow, State
from bot.storage.sealing import KeyRing
from bot.storage.tenancy import AgencySession, Base, Moment, Owned
from itadomain.broadcasts.broadcast import Audience, Broadcast, Content, Reach, Stage

#: What the lane of a broadcast is called, before its id.
BROADCAST = "broadcast:"
MOMENTS = ("made_at", "send_at", "confirmed_at")
#: What stands in columns of its own; the rest is sealed.
OPEN = {"id", "stage", "expanded_to", "expanded"}


class RequestState(StrEnum):
    """What became of a request."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNSENT = "unsent"


class BroadcastRow(Owned, Base):
    """A broadcast, the `nth` of its agency: two made at once would be the same one, so the second maker looks again."""

    __tablename__ = "broadcast"
    __table_args__ = (UniqueConstraint("agency_id", "nth"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    nth: Mapped[int]
    requests: Mapped[int]  # made so far
    version: Mapped[int]  # changes with the stage, and with all that people change
    made_at: Mapped[Moment]
    stage: Mapped[str]
    told: Mapped[str]
    expanded_to: Mapped[str]
    expanded: Mapped[bool]


class RequestRow(Owned, Base):
    """The `nth` request of a broadcast: for how many people, and what became of it. Its message is forgotten sooner."""

    __tablename__ = "broadcast_request"

    broadcast_id: Mapped[str] = mapped_column(primary_key=True)
    nth: Mapped[int] = mapped_column(primary_key=True)
    people: Mapped[int]
    state: Mapped[str]


def lane_of_broadcast(broadcast_id: str) -> str:
    """The lane that its requests wait in."""
    return BROADCAST + broadcast_id


def hold(session: AgencySession, broadcast_id: str) -> LaneRow | None:
    """Its lane, which nobody else changes until we commit; None while it has no request."""
    key = (session.info["agency_id"], CAST, lane_of_broadcast(broadcast_id))
    return session.get(LaneRow, key, with_for_update=True)


def written(broadcast: Broadcast) -> str:
    """What is sealed of a broadcast."""
    told: dict[str, Any] = {name: value for name, value in asdict(broadcast).items() if name not in OPEN}
    moments = {name: told[name].isoformat() if told[name] else "" for name in MOMENTS}
    return json.dumps({**told, **moments}, ensure_ascii=False)


def broadcast_of(row: BroadcastRow, ring: KeyRing) -> Broadcast:
    """The broadcast of a row."""
    told = json.loads(ring.open_text(row.told, *bound(row.agency_id, row.id)))
    moments = {name: datetime.fromisoformat(told[name]) if told[name] else None for name in MOMENTS}
    audience = Audience(Reach(told["audience"]["reach"]), told["audience"]["of"])
    said = {"audience": audience, "content": Content(**told["content"]), "stage": Stage(row.stage)}
    where = {"id": row.id, "expanded_to": row.expanded_to, "expanded": row.expanded}
    return Broadcast(**{**told, **moments, **said, **where})


def bound(agency_id: int, broadcast_id: str) -> tuple[object, ...]:
    """Where the sealed part of a broadcast belongs."""
    return agency_id, "broadcast", "told", broadcast_id


def letters_in(session: AgencySession, broadcast_id: str, state: State) -> Sequence[OutboxRow]:
    """Its messages in a state; the people in them are read only where they are asked for."""
    mine = (OutboxRow.agency_id == session.info["agency_id"], OutboxRow.lane == lane_of_broadcast(broadcast_id))
    those = select(OutboxRow).where(*mine, OutboxRow.state == int(state)).order_by(OutboxRow.id)
    return session.scalars(those.options(defer(OutboxRow.body))).all()


def requests_in(session: AgencySession, broadcast_id: str, state: RequestState) -> Sequence[RequestRow]:
    """Its requests in a state."""
    those = select(RequestRow).where(RequestRow.broadcast_id == broadcast_id, RequestRow.state == state)
    return session.scalars(those.order_by(RequestRow.nth)).all()


def take_back(session: AgencySession, row: BroadcastRow) -> None:
    """What waits is held: its lane is ours, so at most the request under way goes out, and is settled as what it is."""
    for letter in letters_in(session, row.id, State.WAITING):
        letter.state = int(State.HELD)
    for request in requests_in(session, row.id, RequestState.WAITING):
        request.state = RequestState.UNSENT
    row.stage, row.version = Stage.STOPPED, row.version + 1
