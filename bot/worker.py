"""From the inbox to the outbox: one turn, one transaction. The same commit takes hold of the next event."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from bot.backoff import backoff
from bot.faults import place_of
from bot.ledger import Ledger
from bot.letters import Letters
from bot.line.events import Heard, Ignored, hear
from bot.logs import about
from bot.storage.database import is_away
from bot.storage.people import Changed
from bot.storage.queue import Event, LeaseLost, Outgoing, State
from bot.storage.store import AgencyStore
from bot.turns import MISHAP, TOO_MUCH, Moment, Turns

log = logging.getLogger(__name__)

CONFLICT_RERUNS = 3
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
                return self._finish(held, State.IGNORED, heard.reason)
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
        for _ in range(CONFLICT_RERUNS - 1):
            try:
                return self._run(held, heard)
            except (Changed, IntegrityError, StaleDataError):
                continue  # someone else wrote meanwhile: the step runs again on what is there now
        return self._run(held, heard)

    def _run(self, held: _Held, heard: Heard) -> Event | None:
        event = held.event
        agency = self._ledger.channels.by_id(event.agency_id)
        with self._ledger.database.reading(of=event.agency_id) as connection:
            store = AgencyStore(connection, agency, self._ledger.ring)
            taken = self._turns.take(store, heard, self._moment())
            letters = self._letters.answer(event, heard, taken)
            notices = self._letters.notices(event.agency_id, store.people, taken.reply.notices if taken else ())
        if taken is None:
            return self._finish(held, State.IGNORED, "no listener")
        tasks = [(task.name, task.facts) for task in taken.reply.tasks]
        return self._finish(
            held, State.DONE, store=store, letters=letters, notices=notices, tasks=(heard.user_id, tasks)
        )

    def _later(self, held: _Held, *, counted: bool = True) -> Event | None:
        event, at = held.event, self._ledger.clock() + backoff(held.event.attempts)
        self._count("retried")
        retry = self._ledger.queue.retry_event
        return self._commit(held, lambda c: retry(c, event, held.owner, at, counted=counted))

    def _slow_down(self, held: _Held, heard: Heard) -> Event | None:
        """More in a minute than a person can mean: said once, then nothing until the minute is over."""
        first = held.event.nth == self._most_a_minute(heard) + 1
        letters = self._tell(held.event, heard, TOO_MUCH) if first else []
        return self._finish(held, State.IGNORED, "too much in a minute", letters=letters)

    def _give_up(self, held: _Held, heard: Heard | Ignored) -> Event | None:
        """The event is dead, the person hears that it was not dealt with, and the lane goes on."""
        letters = self._tell(held.event, heard, MISHAP) if isinstance(heard, Heard) else []
        return self._finish(held, State.DEAD, "failed", letters=letters)

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

    def _finish(
        self,
        held: _Held,
        state: State,
        reason: str = "",
        store: AgencyStore | None = None,
        letters: Sequence[Outgoing] = (),
        notices: Sequence[tuple[str, Outgoing]] = (),
        tasks: tuple[str, Sequence[tuple[str, Any]]] = ("", ()),
    ) -> Event | None:
        """Effects, answers, notices to others, what is to be done and the end of the event in one commit."""
        event, queue, now = held.event, self._ledger.queue, self._ledger.clock()
        posted = [*((event.lane, letter) for letter in letters), *notices]

        def finish(connection: Connection) -> None:
            queue.finish_event(connection, event, held.owner, now, state, reason)
            if store:
                store.apply(connection)
            queue.tasks.put(connection, event.agency_id, event.lane, *tasks, now)
            queue.post_all(connection, event.agency_id, posted, now)

        following = self._commit(held, finish)
        self._count(state.name.lower())
        if event.late:
            self._ledger.counts.add("event", "late")
        if posted:
            self._posted()
        if tasks[1]:
            self._tasked()
        return following

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
