"""The tables of the queue. Bodies are sealed, emptied when done and kept when dead."""

from enum import IntEnum
from typing import Any

from sqlalchemy import Index, false, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tenancy import Base, Moment, Number, Owned

#: As long as LINE knows a retry key (24 hours), with an hour to spare.
KEY_HOLDS_MS = 23 * 60 * 60 * 1000


class State(IntEnum):
    """What has become of an event or a message."""

    WAITING = 0
    DONE = 1
    IGNORED = 2  # events: no meaning here. messages: not worth a push after the free reply was lost
    DEAD = 3
    HELD = 4  # requests of a broadcast: stopped, and kept for a week should somebody let them go on


def only(condition: str) -> dict[str, Any]:
    """A partial index: it holds what is under way, however much is stored."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class InboxRow(Base):
    """An event as it came. The id stays for a week: a redelivery is known by it."""

    __tablename__ = "inbox"
    __table_args__ = (
        Index("inbox_event", "agency_id", "event_id", unique=True),
        Index("inbox_dead", "state", **only("state = 3")),
        Index("inbox_waiting", "agency_id", "lane", "happened_at", "id", **only("state = 0")),
    )

    id: Mapped[Number] = mapped_column(primary_key=True)
    agency_id: Mapped[int]
    event_id: Mapped[str]
    lane: Mapped[str]
    happened_at: Mapped[Moment]
    received_at: Mapped[Moment]
    body: Mapped[str | None]
    state: Mapped[int]
    attempts: Mapped[int]
    reason: Mapped[str]
    nth: Mapped[int] = mapped_column(server_default="1")  # which of its lane's events in the minute it happened
    late: Mapped[bool] = mapped_column(server_default=false())  # it came after its successor was taken


class LaneRow(Owned, Base):
    """One agency's one person or group: ready since when, leased by whom until when."""

    __tablename__ = "lane"
    __table_args__ = (Index("lane_ready", "kind", "ready_at", **only("ready_at IS NOT NULL")),)

    kind: Mapped[str] = mapped_column(primary_key=True)
    lane: Mapped[str] = mapped_column(primary_key=True)
    ready_at: Mapped[Moment | None]
    owner: Mapped[str]
    lease_until: Mapped[Moment]
    newest_at: Mapped[Moment] = mapped_column(server_default="0")  # when the newest event that was taken happened
    minute: Mapped[Moment] = mapped_column(server_default="0")  # the newest minute in which something happened
    in_minute: Mapped[int] = mapped_column(server_default="0")  # how much


class OutboxRow(Base):
    """A message to send. `retry_key` goes to LINE with every push of it."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("outbox_dead", "state", **only("state = 3")),
        Index("outbox_waiting", "agency_id", "lane", "id", **only("state = 0")),
    )

    id: Mapped[Number] = mapped_column(primary_key=True)
    agency_id: Mapped[int]
    lane: Mapped[str]
    retry_key: Mapped[str]
    body: Mapped[str | None]
    posted_at: Mapped[Moment] = mapped_column(server_default="0")
    token_at: Mapped[Moment]
    needed: Mapped[bool]
    state: Mapped[int]
    attempts: Mapped[int]
    #: Attempts that did not arrive, or can be repeated without harm. Of the others nobody knows.
    known: Mapped[int] = mapped_column(server_default="0")
    outcome: Mapped[str]
    first_at: Mapped[Moment] = mapped_column(server_default="0")  # first tried: so long LINE knows the retry key


class BucketRow(Owned, Base):
    """How far ahead of time the calls to one endpoint of a channel are, over all processes (GCRA)."""

    __tablename__ = "bucket"

    endpoint: Mapped[str] = mapped_column(primary_key=True)
    ahead_to: Mapped[Moment]  # microseconds since 1970
