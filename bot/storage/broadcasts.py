"""Broadcasts: what was told to many, how many hear it, and what became of it."""

import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, select

from bot.storage.broadcast_rows import (
    BroadcastRow,
    RequestRow,
    RequestState,
    bound,
    broadcast_of,
    hold,
    letters_in,
    requests_in,
    take_back,
    written,
)
from bot.storage.participation import marked_done, not_done
from bot.storage.people import NO_POSTS, Changed, Later, PersonRow
from bot.storage.queue_tables import KEY_HOLDS_MS, OutboxRow, State
from bot.storage.sealing import KeyRing
from bot.storage.tenancy import AgencySession
from itadomain.broadcasts.broadcast import Audience, Broadcast, Reach, Reachable, Results, Stage
from itadomain.people import Person

#: Where it ends, one way or another.
ENDED = {Stage.STOPPED, Stage.DONE}


class SqlBroadcasts:
    """One agency's broadcasts; `members` gives who hears what is told inside the agency."""

    def __init__(
        self,
        session: AgencySession,
        later: Later,
        ring: KeyRing,
        members: Callable[[Audience, date], Sequence[Person]],
    ) -> None:
        self._session = session
        self._later = later
        self._ring = ring
        self._members = members
        self._agency = session.info["agency_id"]

    def get(self, broadcast_id: str) -> Broadcast | None:
        """One by its id."""
        row = self._row(self._session, broadcast_id)
        return broadcast_of(row, self._ring) if row else None

    def recent(self, limit: int) -> Sequence[Broadcast]:
        """The newest first."""
        return self._found(select(BroadcastRow).limit(limit))

    def made_since(self, at: datetime) -> Sequence[Broadcast]:
        """Those made since a time, the newest first: whether somebody sends the same just now."""
        return self._found(select(BroadcastRow).where(BroadcastRow.made_at >= _ms(at)))

    def save(self, broadcast: Broadcast) -> None:
        """Keep a new one, or what has changed; where another did meanwhile, the step runs again."""
        seen = self._row(self._session, broadcast.id)
        version = seen.version if seen else 0
        nth = seen.nth if seen else 1 + (self._session.scalar(select(func.max(BroadcastRow.nth))) or 0)
        told = self._ring.seal_text(written(broadcast), *bound(self._agency, broadcast.id))

        def write(session: AgencySession) -> None:
            hold(session, broadcast.id)
            row = self._row(session, broadcast.id) or _new(broadcast, nth)
            if row.version != version:
                raise Changed(broadcast.id)
            row.stage, row.told, row.version = broadcast.stage, told, version + 1
            session.add(row)

        self._later(write)

    def reachable(self, audience: Audience, today: date) -> Reachable:
        """How many would hear it."""
        if not audience.citizens:
            members = self._members(audience, today)
            away = sum(one.away for one in members)
            return Reachable(len(members) - away, away)
        found = self._by_wish(audience)
        return Reachable(found[False, False], found[True, False] + found[True, True], found[False, True])

    def results(self, broadcast_id: str) -> Results:
        """What became of it so far."""
        row = self._row(self._session, broadcast_id)
        if row is None:
            return Results()
        by_state = select(RequestRow.state, func.sum(RequestRow.people), func.count())
        mine = by_state.where(RequestRow.broadcast_id == broadcast_id).group_by(RequestRow.state)
        came = {state: (int(people), count) for state, people, count in self._session.execute(mine)}
        ahead = self._ahead(row)
        waiting, unsent = came.get(RequestState.WAITING, (0, 0))[0], came.get(RequestState.UNSENT, (0, 0))[0]
        stopped, held = row.stage == Stage.STOPPED, letters_in(self._session, broadcast_id, State.HELD)
        return Results(
            accepted=came.get(RequestState.ACCEPTED, (0, 0))[0],
            refused=came.get(RequestState.REFUSED, (0, 0))[0],
            unsent=unsent + (ahead if stopped else 0),
            waiting=waiting + (0 if stopped else ahead),
            failed_requests=len(held) + bool(ahead and stopped),  # of older ones the messages are gone
            retry_until=self._keys_hold_until(broadcast_id, held),
        )

    def stop(self, broadcast_id: str) -> None:
        """Take back all requests that were not made yet: one that is being sent is STOPPED from then on."""

        def write(session: AgencySession) -> None:
            hold(session, broadcast_id)
            row = self._row(session, broadcast_id)
            if row and row.stage in {Stage.SENDING, Stage.STOPPED}:
                take_back(session, row)

        self._later(write)

    def again(self, broadcast_id: str, now: datetime) -> None:
        """Let the requests that failed be made again, with the same retry keys while these hold; it is SENDING then.

        One that was stopped before all its requests stood needs the task `send_broadcast` once more.
        """

        def write(session: AgencySession) -> None:
            lane, row = hold(session, broadcast_id), self._row(session, broadcast_id)
            if row is None or row.stage not in {*ENDED, Stage.SENDING}:
                return
            held = letters_in(session, broadcast_id, State.HELD)
            for letter in held:
                self._revive(letter, _ms(now))
            unsent = requests_in(session, broadcast_id, RequestState.UNSENT)
            for request in unsent[-len(held) :] if held else ():  # of older ones the messages are gone
                request.state = RequestState.WAITING
            if held or not row.expanded:
                row.stage, row.version = Stage.SENDING, row.version + 1
            if lane and held:
                lane.ready_at = _ms(now) if lane.ready_at is None else lane.ready_at

        self._later(write)

    def _revive(self, letter: OutboxRow, now: int) -> None:
        """Let a message wait again; under another retry key where LINE may have forgotten the first."""
        letter.state, letter.outcome, letter.attempts, letter.known, letter.posted_at = (
            int(State.WAITING),
            "",
            0,
            0,
            now,
        )
        if not letter.first_at or now - letter.first_at < KEY_HOLDS_MS:
            return
        body = self._ring.open_text(letter.body or "", self._agency, "outbox", "body", letter.retry_key)
        letter.retry_key, letter.first_at = str(uuid.uuid4()), 0
        letter.body = self._ring.seal_text(body, self._agency, "outbox", "body", letter.retry_key)

    def _row(self, session: AgencySession, broadcast_id: str) -> BroadcastRow | None:
        return session.get(BroadcastRow, (self._agency, broadcast_id))

    def _found(self, those: Select[BroadcastRow]) -> Sequence[Broadcast]:
        rows = self._session.scalars(those.order_by(BroadcastRow.nth.desc()))
        return [broadcast_of(row, self._ring) for row in rows]

    def _ahead(self, row: BroadcastRow) -> int:
        """How many citizens are in no request yet; inside the agency all requests stand at once."""
        audience = broadcast_of(row, self._ring).audience
        if row.expanded or not audience.citizens or row.stage not in {Stage.SENDING, Stage.STOPPED}:
            return 0
        return self._by_wish(audience, PersonRow.id > row.expanded_to)[False, False]

    def _by_wish(self, audience: Audience, *more: ColumnElement[bool]) -> Counter[tuple[bool, bool]]:
        """How many citizens an audience means, by whether they left and whether they want none.

        Those who have answered are counted and taken off: that is much quicker than looking each of the others up.
        """
        wishes = PersonRow.away_since != "", PersonRow.muted
        counted = select(*wishes, func.count()).where(*meant(audience), *more).group_by(*wishes)
        found = Counter({(bool(away), bool(muted)): count for away, muted, count in self._session.execute(counted)})
        if audience.reach is Reach.NOT_ANSWERED:
            done = self._session.execute(counted.where(*marked_done(audience.of)))
            found.subtract({(bool(away), bool(muted)): count for away, muted, count in done})
        return found

    def _keys_hold_until(self, broadcast_id: str, held: Sequence[OutboxRow]) -> datetime | None:
        """When the first of the retry keys of what failed ends, of those that LINE has ever seen."""
        shown = [one.first_at for one in held if one.first_at]
        broadcast = self.get(broadcast_id)
        if not shown or broadcast is None:
            return None
        return datetime.fromtimestamp((min(shown) + KEY_HOLDS_MS) / 1000, broadcast.send_at.tzinfo)


def meant(audience: Audience) -> Sequence[ColumnElement[bool]]:
    """The citizens that an audience means; of those who have not answered, those who could have."""
    match audience.reach:
        case Reach.VILLAGE:
            return [PersonRow.village == audience.of]
        case Reach.NOT_ANSWERED:
            return [PersonRow.posts == NO_POSTS]
    return []


def hearing(audience: Audience) -> Sequence[ColumnElement[bool]]:
    """Those who hear it."""
    left_alone = [not_done(audience.of)] if audience.reach is Reach.NOT_ANSWERED else []
    return [*meant(audience), *left_alone, PersonRow.away_since == "", PersonRow.muted.is_(False)]


def _new(broadcast: Broadcast, nth: int) -> BroadcastRow:
    made_at = _ms(broadcast.made_at)
    return BroadcastRow(
        id=broadcast.id, nth=nth, requests=0, version=0, made_at=made_at, expanded_to=broadcast.expanded_to,
        expanded=broadcast.expanded,
    )  # fmt: skip


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
