"""From the inbox to the outbox: one turn, one transaction."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bot.backoff import backoff
from bot.channels import Channels
from bot.faults import place_of
from bot.line.events import Heard, Ignored, hear
from bot.line.render import Voice, render
from bot.storage.database import Database
from bot.storage.people import Changed
from bot.storage.queue import Event, LeaseLost, Outgoing, Queue, State
from bot.storage.sealing import KeyRing
from bot.storage.unit import Unit
from bot.texts import Texts
from bot.turns import Moment, Taken, Turns

log = logging.getLogger(__name__)

CONFLICT_RERUNS = 3


@dataclass(frozen=True)
class Patience:
    """How long a lease lasts and how often a turn is tried."""

    lease_ms: int
    most_attempts: int


class TurnLoop:
    """Takes one waiting event after the other."""

    def __init__(
        self,
        database: Database,
        queue: Queue,
        channels: Channels,
        ring: KeyRing,
        turns: Turns,
        texts: Texts,
        patience: Patience,
        zone: tzinfo,
        clock: Callable[[], int],
        posted: Callable[[], None],
    ) -> None:
        self._database = database
        self._queue = queue
        self._channels = channels
        self._ring = ring
        self._turns = turns
        self._texts = texts
        self._patience = patience
        self._zone = zone
        self._clock = clock
        self._posted = posted

    def one(self, owner: str) -> bool:
        """Take the event that has waited longest; False where none waits."""
        lease = self._patience.lease_ms
        event = self._database.write(lambda c: self._queue.claim_event(c, owner, self._clock(), lease))
        if event is None:
            return False
        try:
            self._attempt(event, owner)
        except LeaseLost:
            log.warning("event %s: another worker took over", event.id)
        return True

    def _attempt(self, event: Event, owner: str) -> None:
        heard: Heard | Ignored = Ignored("not readable")
        try:
            heard = hear(event.body)
            if event.attempts > self._patience.most_attempts:
                self._give_up(event, owner, heard)  # it took its process down each time
            elif isinstance(heard, Ignored):
                self._ignore(event, owner, heard.reason)
            else:
                self._take(event, owner, heard)
        except LeaseLost:
            raise
        except Exception as error:  # noqa: BLE001 - a fault of ours must not stop the others
            log.error("event %s: attempt %s failed: %s", event.id, event.attempts, place_of(error))  # noqa: TRY400
            if event.attempts < self._patience.most_attempts:
                self._later(event, owner)
            else:
                self._give_up(event, owner, heard)

    def _take(self, event: Event, owner: str, heard: Heard) -> None:
        for _ in range(CONFLICT_RERUNS - 1):
            try:
                return self._run(event, owner, heard)
            except (Changed, IntegrityError):
                continue  # someone else wrote meanwhile: the step runs again on what is there now
        return self._run(event, owner, heard)

    def _run(self, event: Event, owner: str, heard: Heard) -> None:
        agency = self._channels.by_id(event.agency_id)
        with self._database.reading() as connection:
            unit = Unit(connection, agency, self._ring)
            taken = self._turns.take(unit, heard, self._moment())
            letters = self._letters(event, heard, taken, agency.office.particle)

        def commit(connection: Connection) -> None:
            state = State.DONE if taken else State.IGNORED
            self._queue.finish_event(connection, event, owner, self._clock(), state, "" if taken else "no listener")
            unit.apply(connection)
            self._queue.post(connection, event.agency_id, event.lane, letters, self._clock())

        self._database.write(commit)
        if letters:
            self._posted()

    def _ignore(self, event: Event, owner: str, reason: str) -> None:
        self._database.write(lambda c: self._queue.finish_event(c, event, owner, self._clock(), State.IGNORED, reason))

    def _later(self, event: Event, owner: str) -> None:
        at = self._clock() + backoff(event.attempts)
        self._database.write(lambda c: self._queue.release(c, "turn", event.agency_id, event.lane, owner, at))

    def _give_up(self, event: Event, owner: str, heard: Heard | Ignored) -> None:
        """The event is dead, the person hears that it was not dealt with, and the lane goes on."""
        letters = self._apology(event, heard) if isinstance(heard, Heard) else []

        def bury(connection: Connection) -> None:
            self._queue.finish_event(connection, event, owner, self._clock(), State.DEAD, "failed")
            self._queue.post(connection, event.agency_id, event.lane, letters, self._clock())

        self._database.write(bury)
        self._posted()

    def _apology(self, event: Event, heard: Heard) -> list[Outgoing]:
        """What the person is told; nothing where even that fails."""
        try:
            agency = self._channels.by_id(event.agency_id)
            with self._database.reading() as connection:
                sorry = self._turns.apologise(Unit(connection, agency, self._ring), heard, self._moment())
            return self._letters(event, heard, sorry, agency.office.particle)
        except Exception as error:  # noqa: BLE001 - an apology must not keep the dead alive
            log.error("event %s: no apology: %s", event.id, place_of(error))  # noqa: TRY400
            return []

    def _letters(self, event: Event, heard: Heard, taken: Taken | None, particle: str) -> list[Outgoing]:
        if taken is None or not taken.reply.bubbles or not heard.to:
            return []
        messages = render(taken.reply, Voice(self._texts, taken.language, particle), taken.asked_by)
        json.dumps(messages)  # what cannot be sent must fail here, where the turn can still be tried again
        return [Outgoing(heard.to, messages, heard.reply_token, event.received_at)]

    def _moment(self) -> Moment:
        now = self._clock()
        return Moment(datetime.fromtimestamp(now / 1000, UTC).astimezone(self._zone).date(), now)
