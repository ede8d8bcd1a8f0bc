"""The clock: runs the jobs that features declare, each run once for each agency, however many processes watch.

A run is a row that only one transaction can insert, and what the job writes and says lies in that transaction. After a
stop the newest run that was missed is caught up, and the older ones are not: nobody wants last week's reminders.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from sqlalchemy import Connection

from bot.backoff import Pauses
from bot.faults import place_of
from bot.ledger import Ledger
from bot.letters import Letters
from bot.logs import about
from bot.storage import ticks
from bot.storage.store import AgencyStore
from handlers.kit import Job, Tick

log = logging.getLogger(__name__)

AGENCIES_A_LOOK = 200
NEVER = threading.Event()


@dataclass(frozen=True)
class Ran:
    """What one run of a job came to: for how many agencies, and how many notices they have in the outbox."""

    job: str
    slot: str
    agencies: int
    notices: int


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
        ran = [self._run(job, job.at.newest(now.astimezone(self._zone)), stop) for job in self._jobs]
        if any(one.notices for one in ran):
            self._posted()
        return [one for one in ran if one.agencies]

    def _run(self, job: Job, slot: datetime, stop: threading.Event) -> Ran:
        due = slot.isoformat(timespec="minutes")
        agencies = notices = 0
        if self._over.get(job.name) == due:
            return Ran(job.name, due, 0, 0)
        again = False
        for agency_id in self._missing(job, due):
            if stop.is_set():
                return Ran(job.name, due, agencies, notices)
            told = self._run_for(agency_id, job, slot, due)
            again |= told is None
            agencies += told is not None
            notices += told or 0
        if not again:
            self._over[job.name] = due  # until the next slot nobody needs to look
        return Ran(job.name, due, agencies, notices)

    def _missing(self, job: Job, due: str) -> Iterator[int]:
        """Every agency that has not had this run, read a part at a time."""
        after = 0
        while found := self._missing_beyond(after, job, due):
            yield from found
            after = found[-1]

    def _missing_beyond(self, after: int, job: Job, due: str) -> Sequence[int]:
        with self._ledger.database.reading(across=True) as connection:
            return ticks.without(connection, job.name, due, after, AGENCIES_A_LOOK)

    def _run_for(self, agency_id: int, job: Job, slot: datetime, due: str) -> int | None:
        """Run a job for one agency; gives its notices, None where it failed, or rests after that, or is another's."""
        if self._pauses.rests((job.name, agency_id)):
            return None
        with about(agency=agency_id):
            try:
                told = self._commit(agency_id, job, slot, due)
            except ticks.Taken:
                return None
            except Exception as error:  # noqa: BLE001 - one agency must not hold up the others
                log.error("%s failed: %s", job.name, place_of(error))  # noqa: TRY400
                self._ledger.counts.add("job", "failed")
                self._pauses.failed((job.name, agency_id))
                return None
            self._ledger.counts.add("job", "done")
            self._pauses.went_well((job.name, agency_id))
            return told

    def _commit(self, agency_id: int, job: Job, slot: datetime, due: str) -> int:
        ledger, now = self._ledger, self._ledger.clock()
        agency = ledger.channels.by_id(agency_id)
        with ledger.database.reading(of=agency_id) as connection:
            store = AgencyStore(connection, agency, ledger.ring)
            notices = job.run(Tick(slot.date(), store))
            letters = self._letters.notices(agency_id, store.people, notices)
            errands = self._letters.errands(store.people, notices)

        def write(connection: Connection) -> int:
            ticks.take(connection, agency_id, job.name, due, now)
            store.apply(connection)
            ledger.queue.tasks.put_all(connection, agency_id, errands, now)
            ledger.queue.post_all(connection, agency_id, letters, now)
            return len(letters)

        return ledger.database.write(write, of=agency_id)
