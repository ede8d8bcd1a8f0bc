"""How a broadcast goes out: people are put into requests a chunk at a time, and each request is settled in its commit.

The cursor over the people lies in the transaction that makes their requests, so an end at any point leaves nobody out
and puts nobody in twice. Who comes meanwhile may be in or not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from bot.storage.broadcast_rows import (
    BroadcastRow,
    RequestRow,
    RequestState,
    broadcast_of,
    lane_of_broadcast,
    take_back,
)
from bot.storage.broadcasts import hearing
from bot.storage.people import PersonRow, SqlPeople
from bot.storage.queue import CAST, Batch, Letter, Outgoing, Queue
from bot.storage.rotation import TWICE
from bot.storage.sealing import KeyRing
from bot.storage.tasks import Wanted
from bot.storage.tenancy import AgencySession
from itadomain.broadcasts.broadcast import Broadcast, Stage
from itadomain.people import Person, Role

#: LINE takes no more in a request.
PEOPLE_A_REQUEST = 500
#: Made in one transaction, which nobody has to wait long for.
REQUESTS_A_CHUNK = 10
OVER = "broadcast_over"


@dataclass(frozen=True)
class Addressed:
    """A request as it can be made now: what is said, and how LINE calls those who are still there."""

    broadcast: Broadcast
    to: Sequence[str]


class Casting:
    """Makes and settles the requests of broadcasts, in transactions that somebody else commits."""

    def __init__(self, queue: Queue, ring: KeyRing) -> None:
        self._queue = queue
        self._ring = ring

    def begin(self, connection: Connection, agency_id: int, broadcast_id: str, stage: Stage, now: int) -> None:
        """Let one that is scheduled be sent, or not (CANCELLED)."""
        session, row = self._held(connection, agency_id, broadcast_id, now)
        if row and row.stage == Stage.SCHEDULED:
            row.stage, row.version = stage, row.version + 1
            session.flush()

    def expand(
        self, connection: Connection, agency_id: int, broadcast_id: str, insiders: Sequence[str] | None, now: int
    ) -> bool:
        """Put the next people into requests, of `insiders` or of all who hear it; False where it is over."""
        session, row = self._held(connection, agency_id, broadcast_id, now)
        if row is None or row.stage != Stage.SENDING or row.expanded:
            return False
        broadcast = broadcast_of(row, self._ring)
        most = PEOPLE_A_REQUEST * REQUESTS_A_CHUNK
        people = _beyond(insiders, row.expanded_to, most) if insiders is not None else _next(session, broadcast, most)
        starts = range(0, len(people), PEOPLE_A_REQUEST)
        parts = [
            Batch(row.id, row.requests + nth, people[at : at + PEOPLE_A_REQUEST]) for nth, at in enumerate(starts, 1)
        ]
        letters = [Outgoing("", (), batch=part) for part in parts]
        self._queue.post(connection, agency_id, lane_of_broadcast(row.id), letters, now, CAST)
        session.add_all(
            RequestRow(broadcast_id=row.id, nth=part.nth, people=len(part.people), state=RequestState.WAITING)
            for part in parts
        )
        row.requests += len(parts)
        row.expanded_to, row.expanded = people[-1] if people else row.expanded_to, len(people) < most
        session.flush()
        self._end_where_all_is_settled(session, row, now)
        return not row.expanded

    def addressed(self, connection: Connection, agency_id: int, batch: Batch) -> Addressed | None:
        """A request as it can be made now; None where its broadcast was stopped."""
        session = AgencySession(connection, agency_id)
        row = session.get(BroadcastRow, (agency_id, batch.broadcast))
        if row is None or row.stage not in {Stage.SENDING, Stage.DONE}:  # one that is done may have been revived
            return None
        broadcast = broadcast_of(row, self._ring)
        still = hearing(broadcast.audience) if broadcast.audience.citizens and not broadcast.trial else []
        mine = (PersonRow.id.in_(batch.people), PersonRow.away_since == "", *still)
        there = select(PersonRow.id, PersonRow.line_user_id).where(*mine)
        found = session.execute(there.order_by(PersonRow.id)).all()
        opened = [self._ring.open_text(sealed, agency_id, "person", "line_user_id", id_) for id_, sealed in found]
        return Addressed(broadcast, list(dict.fromkeys(opened)))

    def settled(
        self, connection: Connection, letter: Letter, state: RequestState, now: int, reached: int | None = None
    ) -> None:
        """Keep what became of a request; what ends with it is over. Its lane is ours."""
        session, batch = AgencySession(connection, letter.agency_id), letter.outgoing.batch
        if batch is None:
            return
        row = session.get(BroadcastRow, (letter.agency_id, batch.broadcast))
        request = session.get(RequestRow, (letter.agency_id, batch.broadcast, batch.nth))
        if row is None or request is None:
            return
        request.state = state
        request.people = request.people if reached is None else reached
        session.flush()
        self._end_where_all_is_settled(session, row, now)

    def used_up(self, connection: Connection, letter: Letter, now: int) -> None:
        """The month's messages do not suffice for a request: it and all later ones are not sent, and that is told."""
        session, batch = AgencySession(connection, letter.agency_id), letter.outgoing.batch
        row = session.get(BroadcastRow, (letter.agency_id, batch.broadcast)) if batch else None
        if row and row.stage == Stage.SENDING:
            take_back(session, row)
            session.flush()
            self._tell(session, row, now)

    def _held(
        self, connection: Connection, agency_id: int, broadcast_id: str, now: int
    ) -> tuple[AgencySession, BroadcastRow | None]:
        """The row of a broadcast whose lane is ours from here on; there may be no such lane yet."""
        self._queue.wake(connection, CAST, agency_id, lane_of_broadcast(broadcast_id), now)
        session = AgencySession(connection, agency_id)
        return session, session.get(BroadcastRow, (agency_id, broadcast_id))

    def _end_where_all_is_settled(self, session: AgencySession, row: BroadcastRow, now: int) -> None:
        if row.stage != Stage.SENDING or not row.expanded or _waits(session, row):
            return
        row.stage, row.version = Stage.DONE, row.version + 1
        session.flush()
        self._tell(session, row, now)

    def _tell(self, session: AgencySession, row: BroadcastRow, now: int) -> None:
        """Its maker hears that it is over; where they are gone, an administrator."""
        people = SqlPeople(session, lambda _: None, self._ring)
        today = datetime.fromtimestamp(now / 1000, UTC).date()
        maker = people.get(broadcast_of(row, self._ring).made_by, today)
        who: Person | None = maker or next(iter(people.with_role(Role.ADMIN, today)), None)
        if who:
            address, over = people.address_of(who), [Wanted(OVER, {"id": row.id})]
            self._queue.tasks.put(session.connection(), row.agency_id, address.lane, address.to, over, now)


def _waits(session: AgencySession, row: BroadcastRow) -> bool:
    """Whether a request is not settled yet; the last ones are looked at first."""
    waiting = select(RequestRow.nth).where(RequestRow.broadcast_id == row.id, RequestRow.state == RequestState.WAITING)
    return session.scalar(waiting.order_by(RequestRow.nth.desc()).limit(1)) is not None


def _next(session: AgencySession, broadcast: Broadcast, most: int) -> Sequence[str]:
    """The next citizens in the order of their ids; whoever is there twice is found by one row only."""
    found = PersonRow.lookup.not_like(f"{TWICE}%"), PersonRow.id > broadcast.expanded_to
    those = select(PersonRow.id).where(*hearing(broadcast.audience), *found)
    return session.scalars(those.order_by(PersonRow.id).limit(most)).all()


def _beyond(insiders: Sequence[str], after: str, most: int) -> Sequence[str]:
    return [one for one in sorted(insiders) if one > after][:most]
