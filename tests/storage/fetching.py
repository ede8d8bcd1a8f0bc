"""What people sent to LINE, and what fetches it for one agency."""

import hashlib
import itertools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.evidence.fetching import Fetch, Remove
from bot.evidence.file import FileShelf
from bot.evidence.shelf import name_of, pieces
from bot.line.client import Lines
from bot.line.content import Contents
from bot.simulator.accounts import Content
from bot.simulator.client import Desk
from bot.simulator.server import DeskServer
from bot.storage import evidence
from bot.storage.store import AgencyStore
from bot.storage.tasks import Errand
from itadomain.evidence import MB, Evidence, Kind
from tests.talk import TODAY

SLUG, STAFF = "north", "U" + "5" * 32
numbers = itertools.count(1)


@dataclass
class Fetching:
    """LINE as the tests see it, one agency, its shelf, and what fetches."""

    house: Any
    server: DeskServer
    folder: Path
    agency: int = 0
    most: int = 100 * MB
    shelf: Any = None

    def __post_init__(self):
        self.agency = self.house.add_agency(SLUG)
        self.shelf = self.shelf or FileShelf(self.folder)
        self.contents = Contents(self.server.url, Lines(self.server.url))

    @property
    def desk(self):
        return Desk(self.server.url)

    def holds(self, data, **more):
        """Bytes that somebody sent; gives the id of their message."""
        message = str(900_000 + next(numbers))
        self.server.desk.accounts[SLUG].contents[message] = Content("application/octet-stream", data, **more)
        return message

    def step(self, work):
        core = self.house.core
        with core.database.reading(of=self.agency) as connection:
            store = AgencyStore(connection, core.channels.by_id(self.agency), core.ring)
            result = work(store)
        core.database.write(store.apply, of=self.agency)
        return result

    def sent(self, message, name="", kind=Kind.FILE):
        """The errand that fetches a message."""
        key = f"{int(message):032x}"
        self.step(lambda s: s.evidence.save(Evidence(key, "p1", kind, TODAY, message=message, name=name)))
        return Errand(
            1,
            self.agency,
            "lane",
            "k",
            "fetch_evidence",
            1,
            self.house.clock(),
            STAFF,
            {"evidence": key, "message": message, "name": name},
        )

    def fetch(self, errand):
        return Fetch(self.house.ledger, self.contents, self.shelf, self.most)(errand)

    def fetched(self, data, name=""):
        errand = self.sent(self.holds(data), name)
        told = self.fetch(errand)
        return told, errand

    def settle(self, errand, **changes):
        """What the turn does that hears of it."""

        def work(store):
            one = store.evidence.get(errand.facts["evidence"])
            store.evidence.save(changes["as_is"](one))

        self.step(work)

    def remove(self, sha256):
        errand = Errand(
            1, self.agency, "lane", "k", "remove_evidence", 1, self.house.clock(), STAFF, {"sha256": sha256}
        )
        return Remove(self.house.ledger, self.shelf)(errand)

    def read(self, sha256, variant=""):
        return b"".join(pieces(self.shelf.open(name_of(self.agency, sha256, variant))))

    def used(self):
        with self.house.core.database.reading(of=self.agency) as connection:
            return evidence.used(connection, self.agency)


def sha(data):
    return hashlib.sha256(data).hexdigest()
