"""Keeps an eye on how many messages a month each agency has left, so that the limit is seen before it is met."""

import logging
import threading

from sqlalchemy import Connection

from bot.faults import place_of
from bot.ledger import Ledger
from bot.line.client import Lines
from bot.storage.agencies import Agency
from bot.storage.quotas import SqlQuotas
from bot.storage.tenancy import AgencySession
from itadomain.allowance import Allowance

log = logging.getLogger(__name__)

#: LINE's own count is an estimate that lags; once an hour is enough to see a limit coming.
KEPT_MS = 60 * 60 * 1000


class QuotaWatch:
    """Only pushes use the quota up, so it is read after one."""

    def __init__(self, ledger: Ledger, lines: Lines) -> None:
        self._ledger = ledger
        self._lines = lines
        self._read_at: dict[tuple[int, bool], int] = {}
        self._lock = threading.Lock()

    def pushed(self, agency: Agency, *, used_up: bool = False) -> None:
        """A push was made, or refused as one too many: read the quota again, once an hour at most."""
        now = self._ledger.clock()
        with self._lock:
            if now - self._read_at.get((agency.id, used_up), -KEPT_MS) < KEPT_MS:
                return
            self._read_at[agency.id, used_up] = now
        try:
            quota = self._lines.quota(agency)
            if quota:
                used = max(quota.used, quota.limit or 0) if used_up else quota.used
                self._keep(agency.id, Allowance(quota.limit, used), now)
        except Exception as error:  # noqa: BLE001 - what was pushed is pushed
            log.warning("the quota could not be read: %s", place_of(error))

    def _keep(self, agency_id: int, allowance: Allowance, now: int) -> None:
        def write(connection: Connection) -> None:
            SqlQuotas(AgencySession(connection, agency_id)).keep(allowance, now)

        self._ledger.database.write(write, of=agency_id)
