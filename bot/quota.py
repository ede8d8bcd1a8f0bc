"""Keeps an eye on how many messages a month each agency has left, so that the limit is seen before it is met.

LINE is asked each morning before anybody is reminded, at the first of a month, and after a push once an hour at most.
What is pushed between is counted by ourselves.
"""

import logging
import random
import threading
from datetime import UTC, datetime, time, timedelta, tzinfo
from functools import partial

from sqlalchemy import Connection

from bot.faults import place_of
from bot.ledger import Ledger
from bot.line.client import Lines
from bot.logs import about
from bot.storage import quotas, rotation
from bot.storage.quotas import SqlQuotas, month_of
from bot.storage.tenancy import AgencySession
from itadomain.allowance import Allowance

log = logging.getLogger(__name__)

#: LINE's own count is an estimate that lags; once an hour is enough to see a limit coming.
KEPT_MS = 60 * 60 * 1000
#: Early enough that all of a country's agencies are read before the first reminder.
MORNING = time(6)


class QuotaWatch:
    """What LINE says of each agency's month, and what we pushed."""

    def __init__(self, ledger: Ledger, lines: Lines, zone: tzinfo = UTC) -> None:
        self._ledger = ledger
        self._lines = lines
        self._zone = zone
        self._read_at: dict[tuple[int, bool], int] = {}
        self._lock = threading.Lock()

    def look(self, stop: threading.Event) -> None:
        """Read those that were not read since this morning, or since the month began.

        In no order: many workers look at once, and what one has read the others need not.
        """
        since = _newest_round(self._now())
        with self._ledger.database.reading(across=True) as connection:
            asked = quotas.asked(connection)
            old = [one for one in rotation.agencies(connection) if self._is_old(asked.get(one, 0), since)]
        random.shuffle(old)
        for agency_id in old:
            if stop.is_set():
                return
            if self._is_old(self._asked(agency_id), since):
                with about(agency=agency_id):
                    self._try_to_read(agency_id)

    def count(self, connection: Connection, agency_id: int, people: int = 1, *, for_cases: bool = False) -> None:
        """Count what LINE accepted, in the transaction that settles it."""
        month, now = month_of(self._now()), self._ledger.clock()
        quotas.count(connection, agency_id, people, for_cases=for_cases, month=month, now=now)

    def pushed(self, agency_id: int, *, used_up: bool = False) -> None:
        """A push was made and counted, or refused as one too many: read the quota again, once an hour at most."""
        now = self._ledger.clock()
        with self._lock:
            if now - self._read_at.get((agency_id, used_up), -KEPT_MS) < KEPT_MS:
                return
            self._read_at[agency_id, used_up] = now
        self._try_to_read(agency_id, used_up=used_up)

    def _is_old(self, asked: int, since: int) -> bool:
        return not since <= asked <= self._ledger.clock()  # one that is ahead is of a clock that was set back

    def _asked(self, agency_id: int) -> int:
        with self._ledger.database.reading(of=agency_id) as connection:
            return SqlQuotas(AgencySession(connection, agency_id)).asked()

    def _try_to_read(self, agency_id: int, *, used_up: bool = False) -> None:
        try:
            quota = self._lines.quota(self._ledger.channels.by_id(agency_id))
            if quota:
                used = max(quota.used, quota.limit or 0) if used_up else quota.used
                keep = partial(self._keep, agency_id=agency_id, told=Allowance(quota.limit, used))
                self._ledger.database.write(keep, of=agency_id)
        except Exception as error:  # noqa: BLE001 - what was pushed is pushed, and one must not hold up the others
            log.warning("the quota could not be read: %s", place_of(error))

    def _keep(self, connection: Connection, agency_id: int, told: Allowance) -> None:
        SqlQuotas(AgencySession(connection, agency_id)).keep(told, self._ledger.clock(), month_of(self._now()))

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._ledger.clock() / 1000, self._zone)


def _newest_round(now: datetime) -> int:
    """When all were to be read last: this morning, or yesterday's; at the first of a month from midnight on."""
    morning = datetime.combine(now.date(), MORNING, now.tzinfo)
    newest = morning if morning <= now else morning - timedelta(days=1)
    month = datetime.combine(now.date().replace(day=1), time(), now.tzinfo)
    return int(max(newest, month).timestamp() * 1000)
