"""Who opens an agency's store for the form: it reads a snapshot, and writes in one transaction, as a turn does."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from bot.channels import Channels
from bot.storage.agencies import CannotOpen
from bot.storage.database import Database
from bot.storage.sealing import KeyRing
from bot.storage.store import AgencyStore
from itadomain.office import Office
from itadomain.ports import Store

T = TypeVar("T")
#: The mark of a store in which nothing waits to be written.
NOTHING = (0, 0)


class House(Protocol):
    """The agencies whose form is served, by the last part of their address."""

    def office(self, slug: str) -> Office | None:
        """The public face of an agency, None where there is none."""

    def number(self, slug: str) -> int:
        """What an agency that is there is known by on the shelf of files."""

    def file_key(self, slug: str, code: str, file_id: str) -> str:
        """The key that seals a file of the disclosure of a code, which is there."""

    def read(self, slug: str, look: Callable[[Store], T]) -> T:
        """What is found in an agency's store."""

    def write(self, slug: str, act: Callable[[Store], T]) -> T:
        """Do something in an agency's store, and keep it."""


class RealHouse:
    """Agencies in a database."""

    def __init__(self, database: Database, channels: Channels, ring: KeyRing) -> None:
        self._database = database
        self._channels = channels
        self._ring = ring

    def office(self, slug: str) -> Office | None:
        """The public face of an agency; none where its secrets do not open either."""
        try:
            agency = self._channels.by_slug(slug)
        except CannotOpen:
            return None
        return agency.office if agency else None

    def number(self, slug: str) -> int:
        """Its id."""
        agency = self._channels.by_slug(slug)
        if agency is None:
            raise LookupError("no such agency")
        return agency.id

    def file_key(self, slug: str, code: str, file_id: str) -> str:
        """Derived from the disclosure's own key, which the code opens."""
        agency = self._channels.by_id(self.number(slug))
        with self._database.reading(of=agency.id) as connection:
            key = AgencyStore(connection, agency, self._ring).disclosures.file_key(code, file_id)
        if key is None:
            raise LookupError("no such code")
        return key

    def read(self, slug: str, look: Callable[[Store], T]) -> T:
        """Look at a snapshot."""
        return self._with(slug, look)[1]

    def write(self, slug: str, act: Callable[[Store], T]) -> T:
        """Act on a snapshot, then write what was collected."""
        store, made = self._with(slug, act)
        if store.mark() != NOTHING:
            self._database.write(store.apply, of=self.number(slug))
        return made

    def _with(self, slug: str, act: Callable[[Store], T]) -> tuple[AgencyStore, T]:
        agency = self._channels.by_id(self.number(slug))
        with self._database.reading(of=agency.id) as connection:
            store = AgencyStore(connection, agency, self._ring)
            return store, act(store)
