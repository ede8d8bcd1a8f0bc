"""A small installation on a real SQLite file, with a clock that the test sets."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot import enrol
from bot.settings import Settings
from bot.storage.queue import Arrival
from bot.storage.schema import migrate
from bot.storage.sealing import new_key
from bot.wiring import Core

START = 1_795_150_000_000
LEASE = 30_000


def make_core(folder: Path, key: str) -> Core:
    return Core(Settings.read({"ITABOT_VAR": str(folder), "ITABOT_KEYS": key}))


@dataclass
class Clock:
    """Time that stands still until it is told to pass."""

    now: int = START

    def __call__(self) -> int:
        return self.now

    def pass_ms(self, more: int) -> None:
        self.now += more


@dataclass
class House:
    """One installation: the real core, a settable clock, and a few words to say things shortly."""

    core: Core
    clock: Clock = field(default_factory=Clock)

    def add_agency(self, slug: str) -> int:
        enrol.add_agency(
            self.core, enrol.NewAgency(slug, f"หน่วยงาน {slug}", f"secret-{slug}", access_token=f"t-{slug}")
        )
        return self.core.channels.by_slug(slug).id

    def put(self, agency: int, *events: dict[str, Any]) -> int:
        arrivals = [
            Arrival(e["id"], e["lane"], e.get("at", START), json.dumps(e.get("body", e)).encode()) for e in events
        ]
        return self.core.database.write(lambda c: self.core.queue.put(c, agency, arrivals, self.clock()))

    def claim(self, owner: str = "a", lease: int = LEASE):
        return self.core.database.write(lambda c: self.core.queue.claim_event(c, owner, self.clock(), lease))

    def rows(self, sql: str, **values: Any) -> list[Any]:
        with self.core.database.reading() as connection:
            return list(connection.execute(text(sql), values))

    def value(self, sql: str, **values: Any) -> Any:
        return self.rows(sql, **values)[0][0]


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> tuple[Path, str]:
    """A folder with a migrated, empty database, and the key it belongs to."""
    folder, key = tmp_path_factory.mktemp("template"), new_key()
    core = make_core(folder, key)
    migrate(core.database)
    core.database.close()
    return folder, key


@pytest.fixture(scope="session")
def new_core(template) -> Callable[[Path], Core]:
    """Makes a core on a fresh copy of the migrated database."""
    source, key = template

    def make(folder: Path) -> Core:
        shutil.copy(source / "itabot.db", folder / "itabot.db")
        return make_core(folder, key)

    return make


@pytest.fixture
def house(new_core, tmp_path) -> Iterator[House]:
    house = House(new_core(tmp_path))
    yield house
    house.core.database.close()
