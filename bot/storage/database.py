"""The database of a process: reads on a snapshot, writes one transaction at a time. SQLite or PostgreSQL.

Every transaction says whose rows it is about: one agency's, or the queue's across all agencies. PostgreSQL enforces it
row by row (`row_security.py`), behind the criteria of the ORM.
"""

import os
import weakref
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import InterfaceError, OperationalError, TimeoutError  # noqa: A004 - the pool's

from bot.bell import DoorBell

T = TypeVar("T")
WRITES, WHOSE = "writes", "whose"
PASSING_SQLITE = (
    "SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY",
)  # fmt: skip
#: Connection, read only, rolled back, out of resources, locked, going down.
PASSING_SQLSTATES = ("08", "25006", "40", "53", "55", "57")


@dataclass(frozen=True)
class Whose:
    """Whose rows a transaction is about: those of `agency`; `across` adds the queue and the list of agencies."""

    agency: int | None = None
    across: bool = False


class Database(ABC):
    """One database for a process and all its threads; nothing is opened before it is used."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        event.listen(engine, "begin", self._begin)
        # What was opened before a fork belongs to the parent.
        mine = weakref.ref(self)
        os.register_at_fork(after_in_child=lambda: _forget(mine()))

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @abstractmethod
    def reading(self, of: int | None = None, *, across: bool = False) -> AbstractContextManager[Connection]:
        """A snapshot to read from: agency `of`, and where asked the queue across all; it writes nothing."""

    @abstractmethod
    def write(self, work: Callable[[Connection], T], of: int | None = None, *, across: bool = False) -> T:
        """Run `work` in a write transaction and commit it; it must wait for nothing. Whose rows: as in `reading`."""

    def narrow(self, connection: Connection, of: int) -> None:  # noqa: B027 - only PostgreSQL has to be told
        """From here on this transaction is about agency `of`, which it has just made."""

    def turn_to(self, connection: Connection, of: int) -> None:  # noqa: B027 - only PostgreSQL has to be told
        """From here on this transaction is about agency `of` and nobody else."""

    def alone_at(self, connection: Connection, what: str) -> bool:  # noqa: ARG002 - SQLite serves one machine
        """Whether nobody else is at a piece of work, nor will be until this transaction is over."""
        return True

    def take_time(self, connection: Connection) -> None:  # noqa: B027 - only PostgreSQL is watched by a clock
        """What follows in this transaction may take as long as it needs."""

    def beside(self, connection: Connection, agency: int) -> None:  # noqa: B027 - SQLite has one writer at a time
        """Until this transaction is over, let nobody be alone with an agency."""

    def alone(self, connection: Connection, agency: int) -> None:  # noqa: B027 - SQLite has one writer at a time
        """Wait until no turn of an agency is being written, and let none be until this transaction is over."""

    @abstractmethod
    def door_bell(self) -> DoorBell:
        """What wakes the workers of this database."""

    def short_of(self) -> str:
        """What there is too little of to go on storing; empty where there is enough, or another machine would know."""
        return ""

    @abstractmethod
    def doubts(self) -> Sequence[str]:
        """What whoever runs this should know, a sentence each."""

    def forget_deleted(self) -> None:  # noqa: B027 - a server does so by itself
        """Let go of what is deleted and still lies beside the database."""

    @abstractmethod
    def close(self) -> None:
        """Give back every connection."""

    @abstractmethod
    def _begin(self, connection: Connection) -> None:
        """Open the transaction that the options of `connection` ask for."""


def _forget(database: Database | None) -> None:
    if database:
        database.engine.dispose(close=False)


def open_database(url: str) -> Database:
    """The database at `url`: `sqlite:///path` or `postgresql://…`."""
    if url.startswith("sqlite"):
        from bot.storage.sqlite import SqliteDatabase  # noqa: PLC0415 - one engine is loaded, not both

        return SqliteDatabase(url)
    from bot.storage.postgres import PostgresDatabase  # noqa: PLC0415

    return PostgresDatabase(url)


def is_away(error: Exception) -> bool:
    """Whether the database cannot be written to for now, whatever was asked of it: away, full, busy, ending."""
    if isinstance(error, TimeoutError):
        return True
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    sqlite = getattr(error.orig, "sqlite_errorname", None)
    if sqlite:
        return str(sqlite).startswith(PASSING_SQLITE)
    state = getattr(error.orig, "sqlstate", None)  # PostgreSQL's; None where no server answered
    return state is None or str(state).startswith(PASSING_SQLSTATES)


def options(*, writes: bool, whose: Whose) -> dict[str, Any]:
    """What `_begin` reads from a connection."""
    return {WRITES: writes, WHOSE: whose}
