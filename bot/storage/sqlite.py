"""SQLite: one writer at a time over all processes, and threads of a process join one commit (`group_commit.py`).

SQLite's own lock wait sleeps and retries, which puts the worst webhook at a second. With one file lock around each
commit writers queue in the kernel instead, and no checkpoint can overlap another commit, which also closes the
WAL-reset race of SQLite before 3.51.3.
"""

import fcntl
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
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
#: Bytes that a disk should have free: a write needs its log beside the file.
LEAST_FREE = 100 * 2**20
#: What is deleted is overwritten, too (some builds of SQLite leave it in the file; it costs nothing that is seen).
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000", "secure_delete=ON")
#: Tables by which a database is known for one of ours.
OURS = {"alembic_version", "agency"}


class SqliteDatabase(Database):
    """A file on a local disk."""

    least_free = LEAST_FREE

    def __init__(self, url: str) -> None:
        engine = _engine(url)
        super().__init__(engine)
        self._writer = GroupCommit(self._writing, lock_of(self.file))
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

    def short_of(self) -> str:
        """Room on the disk."""
        free = shutil.disk_usage(self.file.parent).free
        return "" if free >= self.least_free else f"{free / 2**20:,.0f} MB are free on the disk"

    def doubts(self) -> Sequence[str]:
        """What whoever runs this should know."""
        if sqlite3.sqlite_version_info >= RACE_MENDED:
            return []
        found, wanted = sqlite3.sqlite_version, ".".join(map(str, RACE_MENDED))
        return [f"SQLite is {found}, older than {wanted}: nothing but itabot may write to the database while it runs"]

    def forget_deleted(self) -> None:
        """Empty the log, where nobody reads from it just now: what was deleted since lies in it."""
        lock = os.open(lock_of(self.file), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            with closing(sqlite3.connect(self.file, timeout=0)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            os.close(lock)

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
                _make(self.file)
                must_be_ours(self.file)
                self._hold = hold(self.file)
                _make_private(self.file)

    def _begin(self, connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def lock_of(file: Path) -> Path:
    """The file beside a database that every writer of ours locks; it stays there."""
    return file.with_name(file.name + ".lock")


def must_be_ours(file: Path) -> None:
    """Nothing where a file is empty or one of our databases; sqlite3.DatabaseError where it is anything else.

    A wrong address must leave what it names as it is: the file is read without a lock, a log or a byte written.
    """
    address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_CORRUPT:
            return  # another process may be writing just there: whoever opens it with a lock will see
        raise
    if tables and not tables >= OURS:
        raise sqlite3.DatabaseError(f"{file} is a database of another program")


def _make(file: Path) -> None:
    """Make a file that is not there yet; SQLite would let others read it."""
    with suppress(FileExistsError):
        os.close(os.open(file.resolve(), os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))


def _make_private(file: Path) -> None:
    """Keep others from reading a file of our own: names of agencies stand in it plain."""
    found = file.stat()
    if found.st_uid == os.geteuid() and found.st_mode & 0o077:
        file.chmod(0o600)


def _engine(url: str) -> Engine:
    arguments = {"isolation_level": None, "check_same_thread": False, "timeout": 30}
    engine = create_engine(url, paramstyle="named", connect_args=arguments, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(raw: sqlite3.Connection, _record: object) -> None:
        for pragma in PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")

    return engine
