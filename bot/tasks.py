"""Does what takes longer than a turn, one task after the other; what comes of it is an event in the person's lane.

The commit that ends a task puts the event there, so each task is heard of once, in order with everything else that the
person does; and it takes hold of the next task. What is done outside the database may be done twice, where a process
ends in between, and has to bear it.
"""

import json
import logging
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from bot.backoff import backoff
from bot.faults import place_of
from bot.ledger import Ledger
from bot.line.events import result
from bot.logs import about
from bot.storage.database import is_away
from bot.storage.queue import Arrival, LeaseLost, State
from bot.storage.retention import DAY_MS
from bot.storage.tasks import Errand

log = logging.getLogger(__name__)

#: Does a task; gives what the person's lane is told, None for nothing. It may take a quarter of an hour, and may be run
#: again.
Act = Callable[[Errand], Mapping[str, Any] | None]
FAILED = {"failed": True}
SHORTEST_MS, LONGEST_MS = 2_000, 300_000


class Later(Exception):
    """A task cannot be done now and is tried again: after `pause_ms`, else after a while that grows with its age.

    `counted` where the fault may be its own, so that it is given up after some attempts; else it is tried for a day.
    """

    def __init__(self, why: str, *, pause_ms: int = 0, counted: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.pause_ms = pause_ms
        self.counted = counted


@dataclass(frozen=True)
class _Verdict:
    """What became of an attempt: over in a state, with what the lane is told; or to be tried again after a pause."""

    state: State | None = None
    values: Mapping[str, Any] | None = None
    pause_ms: int = 0
    counted: bool = True
    reason: str = ""


class TaskLoop:
    """Takes one waiting task after the other. `heard` is called when a lane has something to hear."""

    def __init__(
        self, ledger: Ledger, acts: Mapping[str, Act], lease_ms: int, most_attempts: int, heard: Callable[[], None]
    ) -> None:
        self._ledger = ledger
        self._acts = acts
        self._lease_ms = lease_ms
        self._most_attempts = most_attempts
        self._heard = heard

    def claim(self, owner: str) -> Errand | None:
        """Take hold of the task that has waited longest; None where none may be tried now."""
        return self._ledger.database.write(lambda c: self._next(c, owner), across=True)

    def work(self, errand: Errand, owner: str, *, go_on: bool = False) -> Errand | None:
        """Do a task; with `go_on` gives the next one, taken hold of in the same commit."""
        with about(agency=errand.agency_id, task=errand.id, attempt=errand.attempts):
            verdict = self._attempt(errand)
            self._ledger.counts.add("task", verdict.state.name.lower() if verdict.state else "retried")
            try:
                return self._keep(errand, owner, verdict, go_on=go_on)
            except LeaseLost:
                log.warning("another worker took over")
                return None

    def _attempt(self, errand: Errand) -> _Verdict:
        if errand.attempts > self._most_attempts:
            return _Verdict(State.DEAD, FAILED, reason="failed")  # it took its process down each time
        if errand.name not in self._acts:  # of another release, which may be about to start
            return self._later(errand, Later("unknown task"))
        try:
            return _Verdict(State.DONE, self._acts[errand.name](errand))
        except Later as later:
            return self._later(errand, later)
        except Exception as error:  # noqa: BLE001 - a fault of ours must not stop the others
            log.error("failed: %s", place_of(error))  # noqa: TRY400
            return self._later(errand, Later("failed", counted=not is_away(error)))

    def _later(self, errand: Errand, later: Later) -> _Verdict:
        age = self._ledger.clock() - errand.put_at
        if age > DAY_MS or (later.counted and errand.attempts >= self._most_attempts):
            return _Verdict(State.DEAD, FAILED, reason=later.why)
        waits = backoff(errand.attempts) if later.counted else min(LONGEST_MS, max(SHORTEST_MS, age // 2))
        return _Verdict(pause_ms=later.pause_ms or waits, counted=later.counted, reason=later.why)

    def _keep(self, errand: Errand, owner: str, verdict: _Verdict, *, go_on: bool) -> Errand | None:
        now, queue = self._ledger.clock(), self._ledger.queue

        def keep(connection: Connection) -> Errand | None:
            if verdict.state is None:
                queue.tasks.retry(connection, errand, owner, now + verdict.pause_ms, counted=verdict.counted)
            else:  # lanes of turns are held before those of tasks, as by whoever makes a task
                told = [] if verdict.values is None else [_told(errand, verdict.values)]
                queue.put(connection, errand.agency_id, told, now)
                queue.tasks.finish(connection, errand, owner, now, verdict.state, verdict.reason)
            return self._next(connection, owner) if go_on else None

        following = self._ledger.database.write(keep, across=True)
        if verdict.state is not None:
            self._heard()
        return following

    def _next(self, connection: Connection, owner: str) -> Errand | None:
        return self._ledger.queue.tasks.claim(connection, owner, self._ledger.clock(), self._lease_ms)


def _told(errand: Errand, values: Mapping[str, Any]) -> Arrival:
    """The event that tells the lane, with what the task was about."""
    event = result(errand.name, errand.to, {**errand.facts, **values})
    return Arrival(f"task:{uuid.uuid4()}", errand.lane, 0, json.dumps(event).encode())
