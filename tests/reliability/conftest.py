"""Each test gets an installation of its own, on SQLite or PostgreSQL; what they measured is printed at the end."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.storage.schema import migrate
from bot.storage.sealing import new_key
from bot.wiring import Core
from tests import postgres
from tests.reliability import books
from tests.reliability.installation import Installation, install

BOOKS = pytest.StashKey[list[books.Books]]()
ENGINES = ("sqlite", "postgresql")


def _migrated(folder: Path, key: str, url: str = "") -> None:
    core = Core(Settings.read({"ITABOT_VAR": str(folder), "ITABOT_KEYS": key, "DATABASE_URL": url}))
    migrate(core.database)
    core.database.close()


@pytest.fixture(scope="session")
def key() -> str:
    return new_key()


@pytest.fixture(scope="session")
def file(tmp_path_factory, key) -> Path:
    """A migrated SQLite file, to be copied."""
    folder = tmp_path_factory.mktemp("template")
    _migrated(folder, key)
    return folder / "itabot.db"


@pytest.fixture(scope="session")
def template(tmp_path_factory, key) -> str:
    """The name of a migrated PostgreSQL database, to be copied."""
    if postgres.programs() is None:
        pytest.skip(postgres.WANTED)
    name = postgres.cluster().new_database()
    _migrated(tmp_path_factory.mktemp("template"), key, postgres.cluster().url(name))
    return name


@pytest.fixture(params=ENGINES)
def engine(request) -> str:
    return request.param


@pytest.fixture
def database_url(engine, tmp_path, request) -> str:
    if engine == "sqlite":
        shutil.copy(request.getfixturevalue("file"), tmp_path / "itabot.db")
        return f"sqlite:///{tmp_path / 'itabot.db'}"
    return postgres.cluster().url(postgres.cluster().new_database(request.getfixturevalue("template")))


@pytest.fixture
def installation(tmp_path, key, database_url) -> Iterator[Installation]:
    made = install(tmp_path, key, database_url)
    yield made
    made.close()


@pytest.fixture
def close_books(request, installation) -> Callable[[Mapping[str, int], int], books.Books]:
    """Gives the books of what the installation has been through; they are printed at the end whatever is in them."""

    def close(trouble: Mapping[str, int], budget_s: int) -> books.Books:
        name = request.node.originalname.removeprefix("test_").replace("_", " ")
        found = books.read(installation, name, trouble, budget_s)
        request.config.stash.setdefault(BOOKS, []).append(found)
        return found

    return close


def pytest_terminal_summary(terminalreporter, config) -> None:
    found = config.stash.get(BOOKS, [])
    if found:
        names = [name.replace("_", " ") for name in books.Books.columns()]
        for row in (names, ["---"] * len(names), *(one.row() for one in found)):
            terminalreporter.write_line(f"| {' | '.join(row)} |")
