"""Inbox, lanes and outbox: what came in, whose turn it is, what goes out.

A worker leases a lane (one agency's one person or group), never an event, so one person's turns run in order on any
number of workers. Effects, answers and "done" are one transaction, fenced by the lease's owner: a late worker's commit
touches no row and rolls back.
"""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection, Dialect

from bot.storage.hot import Statements
from bot.storage.lanes import MINUTE_MS, InLane, Lanes, LeaseLost, changed
from bot.storage.queue_sql import CAST, SEND, TURN, statements
from bot.storage.queue_tables import State
from bot.storage.sealing import KeyRing, SealBroken, UnknownKey
from bot.storage.tasks import Tasks

__all__ = [
    "CAST", "SEND", "TURN", "Arrival", "Batch", "Event", "LeaseLost", "Letter", "Outgoing", "Queue", "Rate", "State",
    "lane_of",
]  # fmt: skip

FOR_A_KEY_MS = 60_000  # before something is tried again whose key we do not have
MOST_LANES = 1_000  # that are moved in one statement
HORIZON_MS = 10 * 60_000  # nothing is put off for longer, and no lease lasts so long
#: What of a message to send lies in its sealed body; the rest is in columns.
SEALED = ("to", "messages", "reply_token", "language", "apology", "to_citizen")
#: What a message is put into the outbox with.
POSTED = ("lane", "retry_key", "body", "token_at", "needed")


@dataclass(frozen=True)
class Arrival:
    """An event to take in. What nobody said happened at 0: it goes first, is not late, and does not count as said."""

    event_id: str
    lane: str
    happened_at: int
    body: bytes


@dataclass(frozen=True)
class Event:
    """An event whose lane is leased to us. `nth` is its place among its lane's events of the same minute."""

    id: int
    agency_id: int
    lane: str
    event_id: str
    happened_at: int
    received_at: int
    attempts: int
    nth: int
    late: bool
    body: dict[str, Any]
    kind = TURN


@dataclass(frozen=True)
class Batch:
    """The `nth` request of a broadcast, for people by their ids: who is forgotten meanwhile is not written to."""

    broadcast: str
    nth: int
    people: Sequence[str]


@dataclass(frozen=True)
class Outgoing:
    """Messages to one person or group, or a request of a broadcast. `needed` is what a person cannot do without."""

    to: str
    messages: Sequence[Mapping[str, Any]]
    reply_token: str = ""
    token_at: int = 0
    needed: bool = False
    language: str = "th"
    apology: bool = False  # said in place of a message that LINE found invalid
    batch: Batch | None = None
    to_citizen: bool = False  # about their own case: what the month's reserve is for

    @property
    def for_a_case(self) -> bool:
        """Whether a push of it counts against what is kept back for citizens."""
        return self.to_citizen or self.needed


@dataclass(frozen=True)
class Letter:
    """A message of the outbox whose lane is leased to us."""

    id: int
    agency_id: int
    lane: str
    retry_key: str
    attempts: int
    known: int
    posted_at: int
    outgoing: Outgoing
    first_at: int = 0
    kind: str = SEND

    @property
    def uncertain(self) -> bool:
        """Whether an earlier attempt may have arrived: nobody knows how it ended, or its process did not outlive it."""
        return self.attempts - 1 > self.known


def lane_of(ring: KeyRing, agency_id: int, source: str) -> str:
    """The lane of a person or group: a keyed hash of how LINE calls them, which no new order of the keys changes."""
    return ring.lasting_lookup(agency_id, "lane", source)


class Queue:
    """The statements, for one dialect and one key ring."""

    def __init__(self, dialect: Dialect, ring: KeyRing) -> None:
        self._ring = ring
        self._run = Statements(statements(dialect.name), dialect).run
        self._lanes = Lanes(self._run)
        self.tasks = Tasks(self._run, self._lanes, ring)

    def put(self, connection: Connection, agency_id: int, arrivals: Iterable[Arrival], now: int) -> int:
        """Take events in and mark their lanes ready; gives how many were new. Lanes in order: no deadlock."""
        arrivals = sorted(arrivals, key=lambda arrival: arrival.lane)
        return sum(self._take_in(connection, agency_id, arrival, now) for arrival in arrivals)

    def _take_in(self, connection: Connection, agency_id: int, arrival: Arrival, now: int) -> int:
        nth = self._lanes.ready(connection, TURN, agency_id, arrival.lane, now, arrival.happened_at)
        sealed = self._ring.seal(arrival.body, agency_id, "inbox", "body", arrival.event_id)
        put = self._run(
            connection, "inbox_put", agency_id=agency_id, event_id=arrival.event_id, lane=arrival.lane,
            happened_at=arrival.happened_at, now=now, body=sealed, nth=nth,
        )  # fmt: skip
        if not put.rowcount:  # it came already, and was counted then
            lane = {"agency_id": agency_id, "kind": TURN, "lane": arrival.lane}
            self._run(connection, "lane_uncount", **lane, minute=arrival.happened_at // MINUTE_MS)
        return int(put.rowcount)

    def claim_event(self, connection: Connection, owner: str, now: int, lease: int) -> Event | None:
        """Lease the lane that has waited longest, with its oldest event. The attempt counts from here."""
        while leased := self._lanes.lease(connection, TURN, owner, now, lease):
            agency_id, lane, newest_at = leased
            row = self._run(connection, "inbox_next", agency_id=agency_id, lane=lane, newest_at=newest_at).fetchone()
            if row is None:
                self._lanes.free(connection, TURN, agency_id, lane, now)
                continue
            number, event_id, happened_at, received_at, attempts, sealed, nth, late = row
            event = Event(number, agency_id, lane, event_id, happened_at, received_at, attempts, nth, bool(late), {})
            try:
                body = json.loads(self._ring.open(sealed, agency_id, "inbox", "body", event_id))
            except UnknownKey:  # whoever knows it may be about to start
                self.put_back(connection, event, now + FOR_A_KEY_MS)
                continue
            except (SealBroken, ValueError):
                self.finish_event(connection, event, owner, now, State.DEAD, "does not open")
                continue
            return replace(event, body=body)
        return None

    def finish_event(
        self, connection: Connection, event: Event, owner: str, now: int, state: State, reason: str = ""
    ) -> None:
        """The event is done; LeaseLost where the lane is no longer ours."""
        self._lanes.hold(connection, event, owner)
        changed(self._run(connection, "inbox_finish", id=event.id, state=int(state), reason=reason), event)
        self._lanes.free(connection, TURN, event.agency_id, event.lane, now, seen=event.happened_at)

    def retry_event(self, connection: Connection, event: Event, owner: str, at: int, *, counted: bool = True) -> None:
        """Take the event again at `at`, and nothing of its lane before; `counted` where the fault was its own."""
        self._lanes.hold(connection, event, owner)
        if counted:
            self._lanes.free(connection, TURN, event.agency_id, event.lane, at)
        else:
            self.put_back(connection, event, at)

    def post(
        self, connection: Connection, agency_id: int, lane: str, letters: Sequence[Outgoing], now: int, kind: str = SEND
    ) -> None:
        """Put messages into the outbox of a lane."""
        if letters:
            self._lanes.ready(connection, kind, agency_id, lane, now, now)
        for letter in letters:
            row = dict(zip(POSTED, self._sealed(agency_id, lane, letter), strict=True))
            self._run(connection, "outbox_put", agency_id=agency_id, now=now, **row)

    def post_all(
        self, connection: Connection, agency_id: int, letters: Sequence[tuple[str, Outgoing]], now: int
    ) -> None:
        """Put messages into the outboxes of several lanes, each with its lane; lanes are taken in one order by all."""
        if not letters:
            return
        self._lanes.all_ready(connection, SEND, agency_id, {lane for lane, _ in letters}, now)
        written: dict[int, str] = {}
        rows = [self._sealed(agency_id, lane, letter, written) for lane, letter in letters]
        self._run(connection, "outbox_put_all", agency_id=agency_id, now=now, rows=json.dumps(rows))

    def _sealed(
        self, agency_id: int, lane: str, letter: Outgoing, written: dict[int, str] | None = None
    ) -> tuple[str, str, str, int, bool]:
        """A message as it lies in the outbox: POSTED. What was `written` already is not written anew."""
        retry_key = str(uuid.uuid4())
        body = _body(letter, {} if written is None else written)
        sealed = self._ring.seal_text(body, agency_id, "outbox", "body", retry_key)
        return lane, retry_key, sealed, letter.token_at if letter.reply_token else 0, letter.needed

    def claim_letter(self, connection: Connection, owner: str, now: int, lease: int, kind: str = SEND) -> Letter | None:
        """Lease the lane of a kind that has waited longest to send, with its oldest message."""
        while leased := self._lanes.lease(connection, kind, owner, now, lease):
            agency_id, lane, _ = leased
            row = self._run(connection, "outbox_next", agency_id=agency_id, lane=lane, now=now).fetchone()
            if row is None:
                self._lanes.free(connection, kind, agency_id, lane, now)
                continue
            number, retry_key, attempts, known, sealed, posted_at, token_at, needed, first_at = row
            sent = (number, agency_id, lane, retry_key, attempts, known, posted_at)
            letter = Letter(*sent, Outgoing("", ()), first_at, kind)
            try:
                body = json.loads(self._ring.open_text(sealed, agency_id, "outbox", "body", retry_key))
                told = {name: body[name] for name in SEALED if name in body}  # another release may say more, or less
                batch = Batch(**body["batch"]) if "batch" in body else None
                outgoing = Outgoing(**told, token_at=token_at, needed=bool(needed), batch=batch)
            except UnknownKey:
                self.put_back(connection, letter, now + FOR_A_KEY_MS)
                continue
            except (SealBroken, ValueError, TypeError):
                self.settle(connection, letter, owner, now, State.DEAD, "does not open")
                continue
            return replace(letter, outgoing=outgoing)
        return None

    def settle(self, connection: Connection, letter: Letter, owner: str, now: int, state: State, outcome: str) -> None:
        """The message is sent, dropped or dead; LeaseLost where the lane is no longer ours."""
        self._lanes.hold(connection, letter, owner)
        changed(self._run(connection, "outbox_settle", id=letter.id, state=int(state), outcome=outcome), letter)
        self._lanes.free(connection, letter.kind, letter.agency_id, letter.lane, now)

    def retry_letter(
        self, connection: Connection, letter: Letter, owner: str, at: int, outcome: str, *, known: bool
    ) -> None:
        """Try the message again at `at`; `known` where this attempt did not arrive, or a second one does no harm."""
        self._lanes.hold(connection, letter, owner)
        retried = self._run(connection, "outbox_retry", id=letter.id, outcome=outcome, known=int(known))
        changed(retried, letter)
        self._lanes.free(connection, letter.kind, letter.agency_id, letter.lane, at)

    def put_back(self, connection: Connection, one: Event | Letter, at: int) -> None:
        """Undo a claim, in the transaction that made it or later while we hold it; its lane waits until `at`."""
        self._run(connection, "inbox_unclaim" if one.kind == TURN else "outbox_unclaim", id=one.id)
        self._lanes.free(connection, one.kind, one.agency_id, one.lane, at)

    def wait(
        self, connection: Connection, agency_id: int, now: int, at: int, fresh_from: int, *, replies: bool
    ) -> None:
        """Let what an agency has to send wait until `at`, for its channel has been called often enough for now.

        Only what goes by the same endpoint: `replies`, whose token came after `fresh_from`, or what has to be pushed.
        """
        how = {"fresh_from": fresh_from, "replies": replies, "most": MOST_LANES}
        self._run(connection, "lanes_wait", agency_id=agency_id, now=now, at=at, **how)

    def wake(self, connection: Connection, kind: str, agency_id: int, lane: str, now: int) -> None:
        """Mark a lane ready and hold it: something is about to wait in it again."""
        self._lanes.ready(connection, kind, agency_id, lane, now, 0)

    def wake_early(self, connection: Connection, now: int) -> None:
        """Let wait no longer what waits for a time beyond the horizon: the clock was set back since."""
        self._run(connection, "lanes_wake", now=now, horizon=now + HORIZON_MS)
        self._run(connection, "tasks_wake", now=now, horizon=now + HORIZON_MS)
        self._run(connection, "buckets_wake", now=now * 1000, horizon=(now + HORIZON_MS) * 1000)

    def will_push(self, connection: Connection, letter: Letter) -> Letter:
        """This attempt can be repeated without harm, whatever becomes of it: a push has its retry key."""
        self._run(connection, "outbox_retry", id=letter.id, outcome="", known=1)
        return replace(letter, known=letter.known + 1)

    def extend(self, connection: Connection, one: InLane, owner: str, until: int) -> bool:
        """Keep a lane until `until`; False where it is no longer ours."""
        return self._lanes.extend(connection, one, owner, until)

    def depth(self, connection: Connection, now: int) -> Mapping[str, tuple[int, int]]:
        """For each kind, how many lanes are ready and for how many milliseconds the oldest has been."""
        return {kind: (lanes, max(0, age)) for kind, lanes, age in self._run(connection, "depth", now=now).fetchall()}

    def dead(self, connection: Connection) -> Mapping[str, int]:
        """How many events, messages and tasks were given up."""
        events, messages, tasks = self._run(connection, "dead").fetchone()
        return {"event": events, "message": messages, "task": tasks}

    def take_permit(self, connection: Connection, agency_id: int, endpoint: str, now: int, rate: "Rate") -> int:
        """Ask to call `endpoint` of an agency's channel: 0 to go on, else milliseconds to wait."""
        bucket = {"agency_id": agency_id, "endpoint": endpoint}
        micro = now * 1000
        took = self._run(connection, "bucket_take", **bucket, now=micro, each=rate.each_us, burst=rate.burst_us)
        if took.rowcount:
            return 0
        (ahead,) = self._run(connection, "bucket_ahead", **bucket).fetchone()
        return max(1, (int(ahead) - micro - rate.burst_us) // 1000 + 1)

    def hold_permits(self, connection: Connection, agency_id: int, endpoint: str, until: int, rate: "Rate") -> None:
        """LINE said that we are too fast: nobody calls `endpoint` of this channel before `until`."""
        until_us = until * 1000 + rate.burst_us
        self._run(connection, "bucket_hold", agency_id=agency_id, endpoint=endpoint, until=until_us)


def _body(letter: Outgoing, written: dict[int, str]) -> str:
    """What lies in the sealed body of a message. What several are told alike is `written` as JSON once, by its id()."""
    told = {name: getattr(letter, name) for name in SEALED if name != "messages"}
    if letter.batch:
        told["batch"] = asdict(letter.batch)
    same = id(letter.messages)
    if same not in written:
        written[same] = json.dumps(letter.messages, ensure_ascii=False)
    return f'{{"messages": {written[same]}, {json.dumps(told, ensure_ascii=False)[1:]}'


@dataclass(frozen=True)
class Rate:
    """How often an endpoint of one channel may be called: `calls` a second, the first `burst` at once."""

    calls: float
    burst: int

    @property
    def each_us(self) -> int:
        """Microseconds that a call takes up."""
        return int(1_000_000 / self.calls)

    @property
    def burst_us(self) -> int:
        """How far ahead of time calls may be."""
        return self.each_us * (self.burst - 1)
