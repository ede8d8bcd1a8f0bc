"""Agencies by address or id, remembered for a few seconds: every webhook, turn and send needs one."""

import threading
import time
from collections.abc import Callable

from sqlalchemy import Connection

from bot.storage.agencies import SLUG, Agencies, Agency
from bot.storage.database import Database

KEPT_S = 10.0
#: An address that nobody has is remembered too, so that it costs and takes what any other does; but not without end.
MOST_UNKNOWN = 20_000


class Channels:
    """A short memory in front of the agency table."""

    def __init__(self, database: Database, agencies: Agencies) -> None:
        self._database = database
        self._agencies = agencies
        self._known: dict[str | int, tuple[float, Agency]] = {}  # as many as there are agencies
        self._unknown: dict[str, float] = {}
        self._lock = threading.Lock()

    def by_slug(self, slug: str) -> Agency | None:
        """The agency of an address, None where there is none; what cannot be an address is not even looked up."""
        if not SLUG.fullmatch(slug) or self._unknown.get(slug, 0.0) > time.monotonic():
            return None
        found = self._remembered(slug, lambda connection: self._agencies.by_slug(connection, slug))
        if found is None:
            self._forget_later(slug)
        return found

    def by_id(self, agency_id: int) -> Agency:
        """The agency of a row."""
        found = self._remembered(agency_id, lambda connection: self._agencies.by_id(connection, agency_id))
        if found is None:
            raise LookupError(agency_id)
        return found

    def on(self, connection: Connection, agency_id: int) -> Agency:
        """The same, read in a transaction that is open already."""
        until, agency = self._known.get(agency_id, (0.0, None))
        if agency is None or until <= time.monotonic():
            agency = self._agencies.by_id(connection, agency_id)
            self._known[agency_id] = (time.monotonic() + KEPT_S, agency)
        return agency

    def _remembered(self, key: str | int, look_up: Callable[[Connection], Agency | None]) -> Agency | None:
        until, agency = self._known.get(key, (0.0, None))
        if until > time.monotonic():
            return agency
        with self._database.reading(across=True) as connection:
            found = look_up(connection)
        if found is not None:
            self._known[key] = (time.monotonic() + KEPT_S, found)
        return found

    def _forget_later(self, slug: str) -> None:
        with self._lock:
            if len(self._unknown) >= MOST_UNKNOWN:
                self._unknown.clear()
            self._unknown[slug] = time.monotonic() + KEPT_S
