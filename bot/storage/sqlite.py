"""SQLite: one writer at a time over all processes, and threads of a process join one commit.

SQLite's own lock wait sleeps and retries, which puts the worst webhook at a second. Here every writer of every process
queues on one file lock, and threads of a process that wait meanwhile join one commit, a savepoint each. With the lock
around each commit no checkpoint can overlap another commit, which also closes the WAL-reset race of SQLite before
3.51.3.
"""

import fcntl
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event

from bot.bell import DoorBell, FifoBell
from bot.storage.database import WRITES, Database, Whose, options
from bot.storage.in_use import Hold, hold

T = TypeVar("T")
#: The first release without the WAL-reset race; older ones are safe only behind the file lock.
RACE_MENDED = (3, 51, 3)


class SqliteDatabase(Database):
    """A file on a local disk."""

    def __init__(self, url: str) -> None:
        engine = _engine(url)
        super().__init__(engine)
        self._writer = _Writer(engine, self.file)
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

    def _open(self, *_connecting: object) -> None:
        """From the first connection on nobody may put another file in the place of this one."""
        with self._opening:
            if self._hold is None:
                self._hold = hold(self.file)

    def _begin(self, connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class _Job(Generic[T]):
    def __init__(self, work: Callable[[Connection], T]) -> None:
        self.work = work
        self.done = False
        self.result: T | None = None
        self.error: BaseException | None = None

    def run_alone(self, connection: Connection) -> None:
        """Nobody to protect from a failure: no savepoint, the whole transaction falls."""
        self.result = self.work(connection)

    def run(self, connection: Connection) -> None:
        """Fall back to a savepoint, so that the others of this commit are kept."""
        point = connection.begin_nested()
        try:
            self.result = self.work(connection)
            point.commit()
        except BaseException as error:  # noqa: BLE001 - handed to the thread that asked
            if point.is_active:
                point.rollback()
            self.error = error


class _Writer:
    """Threads queue their work; whoever gets the turn commits all that waits."""

    def __init__(self, engine: Engine, file: Path) -> None:
        self._engine = engine
        self._lock_file = file.with_name(file.name + ".lock")
        self._waiting: list[_Job[Any]] = []
        self._gate = threading.Lock()
        self._turn = threading.Lock()
        self._pid = 0
        self._connection: Connection | None = None
        self._lock = -1

    def write(self, work: Callable[[Connection], T]) -> T:
        job = _Job(work)
        with self._gate:
            self._waiting.append(job)
        with self._turn:
            if not job.done:
                self._commit_all()
        if job.error is not None:
            raise job.error
        return job.result  # type: ignore[return-value]

    def close(self) -> None:
        with self._turn:
            self._drop()

    def _drop(self) -> None:
        if self._connection is not None and self._pid == os.getpid():
            self._connection.invalidate()
            self._connection.close()
            os.close(self._lock)
        self._connection = None

    def _commit_all(self) -> None:
        with self._gate:
            jobs, self._waiting = self._waiting, []
        try:
            connection, lock = self._open()
            fcntl.flock(lock, fcntl.LOCK_EX)
            try:
                self._run(connection, jobs)
            finally:
                fcntl.flock(lock, fcntl.LOCK_UN)
        except BaseException as error:  # noqa: BLE001 - nothing was committed: everyone who waits must hear it
            for job in jobs:
                job.error = job.error or error
            self._drop()  # who knows what its transaction looks like
        finally:
            for job in jobs:
                job.done = True

    def _run(self, connection: Connection, jobs: list[_Job[Any]]) -> None:
        with connection.begin():
            for job in jobs:
                job.run_alone(connection) if len(jobs) == 1 else job.run(connection)

    def _open(self) -> tuple[Connection, int]:
        """This process's own connection: one inherited over a fork belongs to the parent."""
        if self._connection is None or self._pid != os.getpid():
            connection = self._engine.connect().execution_options(**options(writes=True, whose=Whose()))
            self._lock = os.open(self._lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            self._connection = connection
            self._pid = os.getpid()
        return self._connection, self._lock


def _engine(url: str) -> Engine:
    arguments = {"isolation_level": None, "check_same_thread": False, "timeout": 30}
    engine = create_engine(url, paramstyle="named", connect_args=arguments, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(raw: sqlite3.Connection, _record: object) -> None:
        Path(engine.url.database or "").chmod(0o600)  # names of agencies stand in it plain
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
            raw.execute(f"PRAGMA {pragma}")

    return engine
