"""Agencies by address or id, remembered for a few seconds: every webhook, turn and send needs one."""

import threading
import time
from collections.abc import Callable

from sqlalchemy import Connection

from bot.storage.agencies import Agencies, Agency
from bot.storage.database import Database

KEPT_S = 10.0
#: An address that nobody has is remembered too, so that it costs and takes what any other does; but not without end.
MOST_KEPT = 20_000


class Channels:
    """A short memory in front of the agency table."""

    def __init__(self, database: Database, agencies: Agencies) -> None:
        self._database = database
        self._agencies = agencies
        self._known: dict[str | int, tuple[float, Agency | None]] = {}
        self._lock = threading.Lock()

    def by_slug(self, slug: str) -> Agency | None:
        """The agency of an address, None where there is none."""
        return self._remembered(slug, lambda connection: self._agencies.by_slug(connection, slug))

    def by_id(self, agency_id: int) -> Agency:
        """The agency of a row."""
        found = self._remembered(agency_id, lambda connection: self._agencies.by_id(connection, agency_id))
        if found is None:
            raise LookupError(agency_id)
        return found

    def _remembered(self, key: str | int, look_up: Callable[[Connection], Agency | None]) -> Agency | None:
        now = time.monotonic()
        with self._lock:
            until, agency = self._known.get(key, (0.0, None))
        if until > now:
            return agency
        with self._database.reading(across=True) as connection:
            found = look_up(connection)
        with self._lock:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            self._known[key] = (now + KEPT_S, found)
        return found
