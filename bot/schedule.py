"""The clock: runs the jobs that features declare, each run once for each agency, however many processes watch.

A run is a row that only one transaction can insert, and what the job writes and says lies in that transaction. After a
stop the newest run that was missed is caught up, and the older ones are not: nobody wants last week's reminders.

Agencies are gone through in parts. Those of a part are read on one snapshot after the other, each a moment old at most,
and where a job has nothing to write or say their runs are noted in one transaction. On PostgreSQL several clocks share
the work: what another one is at comes last.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from itertools import groupby

from sqlalchemy import Connection
from sqlalchemy.orm.exc import StaleDataError

from bot.backoff import Pauses
from bot.faults import place_of
from bot.ledger import Ledger
from bot.letters import Letters
from bot.logs import about
from bot.storage import ticks
from bot.storage.people import Changed
from bot.storage.queue import Outgoing
from bot.storage.store import AgencyStore
from bot.storage.tasks import Errands
from handlers.kit import Job, Tick

log = logging.getLogger(__name__)

AGENCIES_A_LOOK = 200
#: So many agencies have a snapshot in common, while it is so fresh: what somebody says meanwhile still counts.
A_PART, FRESH_S = 50, 0.25
NEVER = threading.Event()


@dataclass(frozen=True)
class Ran:
    """What one run of a job came to: for how many agencies, and how many notices they have in the outbox."""

    job: str
    slot: str
    agencies: int
    notices: int


@dataclass
class Run:
    """One run of a job while it goes on: `again` where an agency is left to the next look."""

    job: Job
    now: datetime  # in the agencies' zone
    slot: datetime
    agencies: int = 0
    notices: int = 0
    again: bool = False

    @property
    def due(self) -> str:
        """When it was due, ISO."""
        return self.slot.isoformat(timespec="minutes")

    @property
    def ran(self) -> Ran:
        """What it came to."""
        return Ran(self.job.name, self.due, self.agencies, self.notices)


@dataclass(frozen=True)
class Said:
    """What a job came to for one agency: what is to be written, told and done."""

    store: AgencyStore
    letters: Sequence[tuple[str, Outgoing]]
    errands: Sequence[Errands]

    @property
    def nothing(self) -> bool:
        """Whether nothing is left to do but to note that it ran."""
        return not (self.letters or self.errands or any(self.store.mark()))


class Schedule:
    """All jobs, and what has been looked at already."""

    def __init__(
        self, ledger: Ledger, jobs: Sequence[Job], letters: Letters, zone: tzinfo, posted: Callable[[], None]
    ) -> None:
        self._ledger = ledger
        self._jobs = jobs
        self._letters = letters
        self._zone = zone
        self._posted = posted
        self._over: dict[str, str] = {}
        self._pauses: Pauses[tuple[str, int]] = Pauses(ledger.clock)

    def look(self, stop: threading.Event) -> Sequence[Ran]:
        """Run what is due now, until told to stop."""
        return self.tick(datetime.fromtimestamp(self._ledger.clock() / 1000, UTC), stop)

    def tick(self, now: datetime, stop: threading.Event = NEVER) -> Sequence[Ran]:
        """Run what is due at `now`; gives what was run. It posts to the outbox and sends nothing.

        Told to stop, it finishes the agency at hand and leaves the others to the next look.
        """
        here = now.astimezone(self._zone)
        ran = [self._run(Run(job, here, job.newest(here)), stop) for job in self._jobs]
        if any(one.notices for one in ran):
            self._posted()
        return [one for one in ran if one.agencies]

    def _run(self, run: Run, stop: threading.Event) -> Ran:
        if self._over.get(run.job.name) == run.due:
            return run.ran
        busy = [part for part in self._parts(run, stop) if not self._run_part(run, part, stop, alone=True)]
        for part in busy:  # whoever was at it may have been killed since, and it is no harm to be two
            self._run_part(run, part, stop, alone=False)
        if not (run.again or stop.is_set()):
            self._over[run.job.name] = run.due  # until the next slot nobody needs to look
        return run.ran

    def _parts(self, run: Run, stop: threading.Event) -> Iterator[Sequence[int]]:
        """Every agency that has not had this run, those of one part of all agencies together."""
        after = 0
        while not stop.is_set() and (found := self._missing_beyond(after, run)):
            for _, part in groupby(found, _part_of):
                yield list(part)
            after = found[-1]

    def _missing_beyond(self, after: int, run: Run) -> Sequence[int]:
        with self._ledger.database.reading(across=True) as connection:
            return ticks.without(connection, run.job.name, run.due, after, AGENCIES_A_LOOK)

    def _run_part(self, run: Run, part: Sequence[int], stop: threading.Event, *, alone: bool) -> bool:
        """Run a job for some agencies, on one snapshot after the other; False where another clock is at them."""
        waiting, free = deque(part), True
        while waiting and free and not stop.is_set():
            silent: list[int] = []
            try:
                free = self._on_a_snapshot(run, waiting, silent, stop, alone=alone)
            except Exception as error:  # noqa: BLE001 - one agency must not hold up the others
                self._failed(run, waiting.popleft(), error)
            self._note(run, silent)
        return free

    def _on_a_snapshot(
        self, run: Run, waiting: deque[int], silent: list[int], stop: threading.Event, *, alone: bool
    ) -> bool:
        """Go on through those that wait while the snapshot is fresh; False where another clock is at them."""
        database, began = self._ledger.database, time.monotonic()
        with database.reading(across=True) as connection:
            if alone and not database.alone_at(connection, f"{run.job.name} {_part_of(waiting[0])}"):
                return False
            missing = set(ticks.without(connection, run.job.name, run.due, waiting[0] - 1, len(waiting), waiting[-1]))
            while waiting and not stop.is_set() and time.monotonic() - began < FRESH_S:
                if waiting[0] in missing:
                    self._run_for(connection, run, waiting[0], silent)
                waiting.popleft()
        return True

    def _run_for(self, connection: Connection, run: Run, agency_id: int, silent: list[int]) -> None:
        """Run a job for one agency: keep and post what it came to, or put it among those where that is nothing."""
        if self._pauses.rests((run.job.name, agency_id)):
            run.again = True
            return
        with about(agency=agency_id):
            said = self._said(connection, run, agency_id)
            if said.nothing:
                silent.append(agency_id)
                return
            try:
                self._commit(run, agency_id, said)
            except (ticks.Taken, Changed, StaleDataError):  # another clock, or somebody who wrote meanwhile
                run.again = True
                return
        run.notices += len(said.letters)
        self._went_well(run, agency_id)

    def _said(self, connection: Connection, run: Run, agency_id: int) -> Said:
        ledger = self._ledger
        ledger.database.turn_to(connection, agency_id)
        store = AgencyStore(connection, ledger.channels.on(connection, agency_id), ledger.ring)
        notices = run.job.run(Tick(run.slot.date(), store, run.slot, run.now))
        letters = self._letters.notices(agency_id, store.people, notices)
        return Said(store, letters, self._letters.errands(store.people, notices))

    def _commit(self, run: Run, agency_id: int, said: Said) -> None:
        ledger, now = self._ledger, self._ledger.clock()

        def write(connection: Connection) -> None:
            ticks.take(connection, agency_id, run.job.name, run.due, now)
            said.store.apply(connection)
            ledger.queue.tasks.put_all(connection, agency_id, said.errands, now)
            ledger.queue.post_all(connection, agency_id, said.letters, now)

        ledger.database.write(write, of=agency_id)

    def _note(self, run: Run, silent: Sequence[int]) -> None:
        """Note in one transaction where the run came to nothing; another clock may have been as fast."""
        if not silent:
            return
        ledger, now = self._ledger, self._ledger.clock()
        noted = ledger.database.write(
            lambda connection: ticks.note(connection, silent, run.job.name, run.due, now), across=True
        )
        for agency_id in noted:
            self._went_well(run, agency_id)

    def _went_well(self, run: Run, agency_id: int) -> None:
        run.agencies += 1
        self._ledger.counts.add("job", "done")
        self._pauses.went_well((run.job.name, agency_id))

    def _failed(self, run: Run, agency_id: int, error: Exception) -> None:
        job = run.job
        with about(agency=agency_id):
            log.error("%s failed: %s", job.name, place_of(error))
        run.again = True
        self._ledger.counts.add("job", "failed")
        self._pauses.failed((job.name, agency_id))


def _part_of(agency_id: int) -> int:
    """Which part of all agencies one is in: the same for every clock."""
    return agency_id // A_PART
