"""From the inbox to the outbox: one turn, one transaction. The same commit takes hold of the next event."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from bot.backoff import backoff
from bot.faults import place_of
from bot.ledger import Ledger
from bot.letters import Letters, own_errands
from bot.line.events import Heard, Ignored, hear
from bot.logs import about
from bot.storage.agencies import Agency
from bot.storage.database import is_away
from bot.storage.people import Changed
from bot.storage.queue import Event, LeaseLost, Outgoing, State
from bot.storage.store import AgencyStore
from bot.storage.tasks import Errands
from bot.turns import MISHAP, TOO_MUCH, Moment, Turns

log = logging.getLogger(__name__)

#: A group is many people.
PEOPLE_IN_A_GROUP = 10


@dataclass(frozen=True)
class Patience:
    """How long a lease lasts, how often a turn is tried, how much one person may say in a minute."""

    lease_ms: int
    most_attempts: int
    most_a_minute: int


@dataclass(frozen=True)
class _Held:
    """An event whose lane is ours, and whether we take the next one with its commit."""

    event: Event
    owner: str
    go_on: bool


@dataclass(frozen=True)
class _Done:
    """What an event came to, all kept in one commit: effects, answers, notices to others, what is to be done."""

    state: State
    reason: str = ""
    store: AgencyStore | None = None
    letters: Sequence[Outgoing] = ()
    notices: Sequence[tuple[str, Outgoing]] = ()
    errands: Sequence[Errands] = ()


class TurnLoop:
    """Takes one waiting event after the other."""

    def __init__(
        self,
        ledger: Ledger,
        turns: Turns,
        letters: Letters,
        patience: Patience,
        zone: tzinfo,
        posted: Callable[[], None],
        tasked: Callable[[], None] = lambda: None,
    ) -> None:
        self._ledger = ledger
        self._turns = turns
        self._letters = letters
        self._patience = patience
        self._zone = zone
        self._posted = posted
        self._tasked = tasked

    def claim(self, owner: str) -> Event | None:
        """Take hold of the event that has waited longest; None where none waits."""
        return self._ledger.database.write(lambda c: self._next(c, owner), across=True)

    def work(self, event: Event, owner: str, *, go_on: bool = False) -> Event | None:
        """Take the turn of an event; with `go_on` gives the next one, taken hold of in the same commit."""
        held = _Held(event, owner, go_on)
        with about(agency=event.agency_id, event=event.id, attempt=event.attempts):
            try:
                return self._attempt(held)
            except LeaseLost:
                log.warning("another worker took over")
                self._count("lost")
                return None

    def _attempt(self, held: _Held) -> Event | None:
        event = held.event
        heard: Heard | Ignored = Ignored("not readable")
        try:
            heard = hear(event.body)
            if event.attempts > self._patience.most_attempts:
                return self._give_up(held, heard)  # it took its process down each time
            if isinstance(heard, Ignored):
                return self._finish(held, _Done(State.IGNORED, heard.reason))
            if event.nth > self._most_a_minute(heard):
                return self._slow_down(held, heard)
            return self._take(held, heard)
        except LeaseLost:
            raise
        except Exception as error:  # noqa: BLE001 - a fault of ours must not stop the others
            log.error("failed: %s", place_of(error))  # noqa: TRY400
            return self._failed(held, heard, error)

    def _failed(self, held: _Held, heard: Heard | Ignored, error: Exception) -> Event | None:
        if is_away(error):
            return self._later(held, counted=False)
        if held.event.attempts < self._patience.most_attempts:
            return self._later(held)
        return self._give_up(held, heard)

    def _take(self, held: _Held, heard: Heard) -> Event | None:
        try:
            return self._run(held, heard)
        except (Changed, IntegrityError, StaleDataError):
            return self._run_alone(held, heard)  # someone else wrote meanwhile: again, on what is there now

    def _run(self, held: _Held, heard: Heard) -> Event | None:
        """Read from a snapshot, and hold up nobody until all is written."""
        agency = self._agency(held)
        with self._ledger.database.reading(of=agency.id) as connection:
            done = self._turn(connection, agency, held.event, heard)
        return self._finish(held, done)

    def _run_alone(self, held: _Held, heard: Heard) -> Event | None:
        """Read and write in one transaction: who was too slow once is not passed again, however many others write."""
        agency = self._agency(held)
        came_to: list[_Done] = []

        def both(connection: Connection) -> None:
            self._ledger.database.alone(connection, agency.id)
            came_to[:] = [self._turn(connection, agency, held.event, heard)]
            self._keep(connection, held, came_to[0])

        following = self._commit(held, both)
        self._announce(held, came_to[0])
        return following

    def _turn(self, connection: Connection, agency: Agency, event: Event, heard: Heard) -> _Done:
        """Take the turn on what the connection sees; nothing is written yet."""
        store = AgencyStore(connection, agency, self._ledger.ring)
        taken = self._turns.take(store, heard, self._moment())
        if taken is None:
            return _Done(State.IGNORED, "no listener")
        letters, told = self._letters.answer(event, heard, taken), taken.reply.notices
        notices = self._letters.notices(agency.id, store.people, told)
        errands = [*self._letters.errands(store.people, told), own_errands(event, heard, taken)]
        return _Done(State.DONE, store=store, letters=letters, notices=notices, errands=errands)

    def _agency(self, held: _Held) -> Agency:
        return self._ledger.channels.by_id(held.event.agency_id)

    def _later(self, held: _Held, *, counted: bool = True) -> Event | None:
        event, at = held.event, self._ledger.clock() + backoff(held.event.attempts)
        self._count("retried")
        retry = self._ledger.queue.retry_event
        return self._commit(held, lambda c: retry(c, event, held.owner, at, counted=counted))

    def _slow_down(self, held: _Held, heard: Heard) -> Event | None:
        """More in a minute than a person can mean: said once, then nothing until the minute is over."""
        first = held.event.nth == self._most_a_minute(heard) + 1
        letters = self._tell(held.event, heard, TOO_MUCH) if first else []
        return self._finish(held, _Done(State.IGNORED, "too much in a minute", letters=letters))

    def _give_up(self, held: _Held, heard: Heard | Ignored) -> Event | None:
        """The event is dead, the person hears that it was not dealt with, and the lane goes on."""
        letters = self._tell(held.event, heard, MISHAP) if isinstance(heard, Heard) else []
        return self._finish(held, _Done(State.DEAD, "failed", letters=letters))

    def _tell(self, event: Event, heard: Heard, trigger: str) -> list[Outgoing]:
        """What the person is told about `trigger`; nothing where even that fails."""
        try:
            agency = self._ledger.channels.by_id(event.agency_id)
            with self._ledger.database.reading(of=event.agency_id) as connection:
                told = self._turns.tell(
                    trigger, AgencyStore(connection, agency, self._ledger.ring), heard, self._moment()
                )
            return self._letters.answer(event, heard, told)
        except Exception as error:  # noqa: BLE001 - an apology must not keep the dead alive
            log.error("no apology: %s", place_of(error))  # noqa: TRY400
            return []

    def _finish(self, held: _Held, done: _Done) -> Event | None:
        following = self._commit(held, lambda connection: self._keep(connection, held, done))
        self._announce(held, done)
        return following

    def _keep(self, connection: Connection, held: _Held, done: _Done) -> None:
        """Effects, answers, notices to others, what is to be done and the end of the event."""
        event, queue, now = held.event, self._ledger.queue, self._ledger.clock()
        if done.store:
            self._ledger.database.beside(connection, event.agency_id)
        queue.finish_event(connection, event, held.owner, now, done.state, done.reason)
        if done.store:
            done.store.apply(connection)
        queue.tasks.put_all(connection, event.agency_id, done.errands, now)
        posted = [*((event.lane, letter) for letter in done.letters), *done.notices]
        queue.post_all(connection, event.agency_id, posted, now)

    def _announce(self, held: _Held, done: _Done) -> None:
        """Count what was committed, and wake who goes on with it."""
        self._count(done.state.name.lower())
        if held.event.late:
            self._ledger.counts.add("event", "late")
        if done.letters or done.notices:
            self._posted()
        if any(tasks for _, tasks in done.errands):
            self._tasked()

    def _commit(self, held: _Held, work: Callable[[Connection], None]) -> Event | None:
        def both(connection: Connection) -> Event | None:
            work(connection)
            return self._next(connection, held.owner) if held.go_on else None

        return self._ledger.database.write(both, of=held.event.agency_id, across=True)

    def _next(self, connection: Connection, owner: str) -> Event | None:
        return self._ledger.queue.claim_event(connection, owner, self._ledger.clock(), self._patience.lease_ms)

    def _most_a_minute(self, heard: Heard) -> int:
        return self._patience.most_a_minute * (PEOPLE_IN_A_GROUP if heard.group_id else 1)

    def _count(self, outcome: str) -> None:
        self._ledger.counts.add("turn", outcome)

    def _moment(self) -> Moment:
        now = self._ledger.clock()
        return Moment(datetime.fromtimestamp(now / 1000, UTC).astimezone(self._zone).date(), now, self._zone)
