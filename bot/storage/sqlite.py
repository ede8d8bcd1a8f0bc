"""SQLite: one writer at a time over all processes, and threads of a process join one commit (`group_commit.py`).

SQLite's own lock wait sleeps and retries, which puts the worst webhook at a second. With one file lock around each
commit writers queue in the kernel instead, and no checkpoint can overlap another commit, which also closes the
WAL-reset race of SQLite before 3.51.3.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine, event

from bot.bell import DoorBell, FifoBell
from bot.storage.database import WRITES, Database, Whose, options
from bot.storage.group_commit import GroupCommit
from bot.storage.in_use import Hold, hold

T = TypeVar("T")
#: The first release without the WAL-reset race; older ones are safe only behind the file lock.
RACE_MENDED = (3, 51, 3)


class SqliteDatabase(Database):
    """A file on a local disk."""

    def __init__(self, url: str) -> None:
        engine = _engine(url)
        super().__init__(engine)
        self._writer = GroupCommit(self._writing, self.file.with_name(self.file.name + ".lock"))
        self._hold: Hold | None = None
        self._opening = threading.Lock()
        event.listen(engine, "do_connect", self._open)

    @property
    def file(self) -> Path:
        """The SQLite file."""
        return Path(self.engine.url.database or "")

    @contextmanager
    def reading(self, of: int | None = None, *, across: bool = False) -> Iterator[Connection]:  # noqa: ARG002
        """A snapshot to read from; what is written on it is thrown away. The ORM keeps agencies apart here."""
        with self.engine.connect() as connection:
            connection.begin()  # before anything is read, by whatever way: `hot.py` would not begin by itself
            yield connection

    def write(self, work: Callable[[Connection], T], of: int | None = None, *, across: bool = False) -> T:  # noqa: ARG002
        """Run `work` in a write transaction and commit it, alone or with others. It must wait for nothing."""
        return self._writer.write(work)

    def door_bell(self) -> DoorBell:
        """A named pipe beside the file."""
        return FifoBell(self.file.with_name(self.file.name + ".bell"))

    def doubts(self) -> Sequence[str]:
        """What whoever runs this should know."""
        if sqlite3.sqlite_version_info >= RACE_MENDED:
            return []
        found, wanted = sqlite3.sqlite_version, ".".join(map(str, RACE_MENDED))
        return [f"SQLite is {found}, older than {wanted}: nothing but itabot may write to the database while it runs"]

    def close(self) -> None:
        """Give back every connection."""
        self._writer.close()
        self.engine.dispose()
        if self._hold:
            self._hold.let_go()
            self._hold = None

    def _writing(self) -> Connection:
        return self.engine.connect().execution_options(**options(writes=True, whose=Whose()))

    def _open(self, *_connecting: object) -> None:
        """From the first connection on nobody may put another file in the place of this one."""
        with self._opening:
            if self._hold is None:
                self._hold = hold(self.file)

    def _begin(self, connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _engine(url: str) -> Engine:
    arguments = {"isolation_level": None, "check_same_thread": False, "timeout": 30}
    engine = create_engine(url, paramstyle="named", connect_args=arguments, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(raw: sqlite3.Connection, _record: object) -> None:
        Path(engine.url.database or "").chmod(0o600)  # names of agencies stand in it plain
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
            raw.execute(f"PRAGMA {pragma}")

    return engine
