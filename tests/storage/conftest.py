"""A small installation on a real database, with a clock that the test sets: each test runs on SQLite and PostgreSQL."""

import functools
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, text

from bot import enrol
from bot.counts import Counts
from bot.ledger import Ledger
from bot.settings import Settings
from bot.simulator.config import Agency, Config
from bot.simulator.server import DeskServer
from bot.storage import casting
from bot.storage.queue import Arrival
from bot.storage.schema import METADATA, migrate
from bot.storage.sealing import new_key
from bot.wiring import Core
from tests import postgres
from tests.storage.caster import Caster
from tests.storage.desk import Desk
from tests.storage.fetching import SLUG, Fetching
from tests.storage.office import Office
from tests.storage.town import Town

START = 1_795_150_000_000
LEASE = 30_000
ENGINES = ("sqlite", "postgresql")
SEALED = new_key()  # of the officers' ring


def make_core(folder: Path, key: str, url: str = "") -> Core:
    environment = {
        "ITABOT_VAR": str(folder), "ITABOT_KEYS": key, "ITABOT_SEALED_KEYS": SEALED, "DATABASE_URL": url,
        "ITABOT_EVIDENCE_SHARED": "1",
    }  # fmt: skip
    return Core(Settings.read(environment))


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

    @functools.cached_property
    def ledger(self) -> Ledger:
        """What loops work on, by our clock."""
        core = self.core
        return Ledger(core.database, core.queue, core.channels, core.ring, self.clock, Counts(core.database))

    def add_agency(self, slug: str) -> int:
        enrol.add_agency(
            self.core, enrol.NewAgency(slug, f"หน่วยงาน {slug}", f"secret-{slug}", access_token=f"t-{slug}")
        )
        return self.core.channels.by_slug(slug).id

    def put(self, agency: int, *events: dict[str, Any]) -> int:
        arrivals = [
            Arrival(e["id"], e["lane"], e.get("at", START), json.dumps(e.get("body", e)).encode()) for e in events
        ]
        return self.core.database.write(lambda c: self.core.queue.put(c, agency, arrivals, self.clock()), of=agency)

    def claim(self, owner: str = "a", lease: int = LEASE):
        return self.queue("claim_event", owner, self.clock(), lease)

    def queue(self, name: str, *values: Any, **named: Any) -> Any:
        """One act of the queue in a transaction of its own."""
        act = getattr(self.core.queue, name)
        return self.core.database.write(lambda c: act(c, *values, **named), across=True)

    def rows(self, sql: str, **values: Any) -> list[Any]:
        """What lies in the tables, whosever it is."""
        with self.everything() as connection:
            return list(connection.execute(text(sql), values))

    def value(self, sql: str, **values: Any) -> Any:
        return self.rows(sql, **values)[0][0]

    def change(self, sql: str, **values: Any) -> None:
        """Tamper with the tables, whosever it is."""
        if self.core.database.dialect == "sqlite":
            self.core.database.write(lambda c: c.execute(text(sql), values))
        else:
            with self.everything() as connection:
                connection.execute(text(sql), values)
                connection.commit()

    def everything(self) -> AbstractContextManager[Connection]:
        """A connection that row-level security does not bind."""
        if self.core.database.dialect == "sqlite":
            return self.core.database.reading()
        return unbound(self.core.settings.database_url).connect()


@functools.cache
def unbound(url: str) -> Engine:
    """A superuser's engine, which sees every row."""
    raw = url.replace(f"//{postgres.ROLE}@", "//postgres@").replace("postgresql://", "postgresql+psycopg://")
    return create_engine(raw)


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> tuple[Path, str]:
    """A folder with a migrated, empty database, and the key it belongs to."""
    folder, key = tmp_path_factory.mktemp("template"), new_key()
    core = make_core(folder, key)
    migrate(core.database)
    core.database.close()
    return folder, key


@pytest.fixture(scope="session")
def server(template) -> Iterator[str]:
    """The address of a migrated, empty PostgreSQL database."""
    if postgres.programs() is None:
        pytest.skip(postgres.WANTED)
    name = postgres.cluster().new_database()
    with postgres.cluster().admin() as admin:
        admin.execute(f"ALTER DATABASE {name} SET deadlock_timeout = '50ms'")  # a second, else
    url = postgres.cluster().url(name)
    core = make_core(*template, url)
    migrate(core.database)
    core.database.close()
    yield url
    unbound(url).dispose()


def _empty(url: str) -> None:
    """Nothing in the tables, and numbers from one again. DELETE is much quicker than TRUNCATE, which makes new files."""
    emptied = [f"DELETE FROM {table.name}" for table in reversed(METADATA.sorted_tables)]
    numbered = [f"ALTER SEQUENCE {name}_id_seq RESTART" for name in ("agency", "inbox", "outbox", "task")]
    with unbound(url).begin() as connection:
        connection.exec_driver_sql(";".join((*emptied, *numbered)))


@pytest.fixture(params=ENGINES)
def engine(request) -> str:
    return request.param


@pytest.fixture
def new_core(template, engine, request) -> Callable[[Path], Core]:
    """Makes a core on a fresh, migrated database."""
    source, key = template

    def sqlite(folder: Path) -> Core:
        shutil.copy(source / "itabot.db", folder / "itabot.db")
        return make_core(folder, key)

    def postgresql(folder: Path) -> Core:
        url = request.getfixturevalue("server")
        _empty(url)
        return make_core(folder, key, url)

    return {"sqlite": sqlite, "postgresql": postgresql}[engine]


@pytest.fixture
def house(new_core, tmp_path) -> Iterator[House]:
    house = House(new_core(tmp_path))
    yield house
    house.core.database.close()


@pytest.fixture
def office(house: House) -> Office:
    return Office(house)


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)


@pytest.fixture
def caster(house: House) -> Caster:
    return Caster(house)


@pytest.fixture
def small_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests of ten people, two a chunk."""
    monkeypatch.setattr(casting, "PEOPLE_A_REQUEST", 10)
    monkeypatch.setattr(casting, "REQUESTS_A_CHUNK", 2)


@pytest.fixture
def town(house: House) -> Town:
    return Town(house)


@pytest.fixture(scope="module")
def line(tmp_path_factory) -> Iterator[DeskServer]:
    """LINE, as far as what people sent lies there."""
    record = tmp_path_factory.mktemp("desk") / "record.jsonl"
    agency = Agency(SLUG, "อบต.เหนือ", "http://127.0.0.1:9/", "secret", f"t-{SLUG}", "U" + "b" * 32)
    server = DeskServer(Config(record, (agency,), redelivery=())).start()
    yield server
    server.close()


@pytest.fixture
def fetching(house: House, line: DeskServer, tmp_path) -> Fetching:
    return Fetching(house, line, tmp_path / "evidence")
