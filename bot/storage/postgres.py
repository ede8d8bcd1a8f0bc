"""PostgreSQL: any number of processes on any number of hosts share the tables.

A transaction opens in one round trip, `BEGIN` together with whose rows it is about; the policies of `row_security.py`
read that. Workers are woken by NOTIFY; one that is not heard is no loss, everyone looks twice a second anyway.

No wait is without end: the server ends a statement that takes too long, and where it says nothing at all, as one that
stands still behind a network that goes on, we hang up.
"""

import contextlib
import random
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import psycopg
from psycopg import sql
from psycopg.abc import RV, PQGen
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.bell import LOOK_ANYWAY_S, Bell, DoorBell
from bot.storage import hot
from bot.storage.database import WHOSE, WRITES, Database, Whose, options

T = TypeVar("T")
CONNECTIONS, MORE_CONNECTIONS = 8, 16
RERUNS = 3
LET_PASS_S = 0.05
CHANNEL = "itabot"
TURNS = 0x17AB08  # with an agency, the lock of its turns
WORK = 0x17AB09  # with what it is, the lock of a piece of work
LOOKS_UP_S = 0.1


@dataclass(frozen=True)
class Patience:
    """How many seconds a server may take to open a connection or a transaction, and to carry out a statement.

    `silence_s` is for one that does not even say that a statement took too long.
    """

    opening_s: int = 5
    statement_s: int = 30
    silence_s: int = 40

    @property
    def settings(self) -> dict[str, int]:
        """Of a connection. One that went dead without a word is noticed within half a minute, not after hours."""
        return {
            "connect_timeout": self.opening_s, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3,
            "tcp_user_timeout": 30_000,
        }  # fmt: skip

    @property
    def session(self) -> str:
        """What a connection asks of the server first."""
        return (
            f"SET TIME ZONE 'UTC'; SET lock_timeout = '10s'; SET statement_timeout = '{self.statement_s}s'; "
            "SET idle_in_transaction_session_timeout = '60s'"
        )


class Line(psycopg.Connection[Any]):
    """A connection that hangs up where no answer comes within `patience_s`; None waits without end."""

    patience_s: float | None = None

    def wait(self, gen: PQGen[RV], interval: float = LOOKS_UP_S, timeout: float | None = None) -> RV:
        """What the server says."""
        try:
            return super().wait(gen, interval, self.patience_s if timeout is None else timeout)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:  # still: an answer would come too late
                self.pgconn.finish()
            raise


class PostgresDatabase(Database):
    """A PostgreSQL server; `postgres://` is understood too."""

    def __init__(self, url: str, patience: Patience = Patience()) -> None:
        super().__init__(_engine(url, patience))
        self._patience = patience

    @contextmanager
    def reading(self, of: int | None = None, *, across: bool = False) -> Iterator[Connection]:
        """A snapshot to read from; the server refuses to write on it."""
        with self._begun(writes=False, whose=Whose(of, across)) as connection:
            yield connection
            connection.commit()  # after a rollback the driver forgets the statements that it has prepared

    def write(self, work: Callable[[Connection], T], of: int | None = None, *, across: bool = False) -> T:
        """Run `work` in a transaction and commit it; run it again where it met another in a deadlock."""
        whose = Whose(of, across)
        for _ in range(RERUNS - 1):
            try:
                return self._write(work, whose)
            except OperationalError as error:
                if not isinstance(error.orig, psycopg.errors.DeadlockDetected):
                    raise
                time.sleep(random.uniform(0, LET_PASS_S))  # noqa: S311 - lets the other one through first
        return self._write(work, whose)

    def narrow(self, connection: Connection, of: int) -> None:
        """From here on this transaction is about agency `of`, which it has just made."""
        connection.exec_driver_sql(f"SET LOCAL itabot.agency = '{int(of)}'")

    def turn_to(self, connection: Connection, of: int) -> None:
        """From here on this transaction is about agency `of` and nobody else."""
        hot.turn_to(connection, int(of))

    def alone_at(self, connection: Connection, what: str) -> bool:
        """Whether nobody else is at a piece of work, nor will be until this transaction is over."""
        number = zlib.crc32(what.encode()) - 2**31
        tried = connection.exec_driver_sql(f"SELECT pg_try_advisory_xact_lock({WORK}, {number})")
        return bool(tried.scalar())

    def take_time(self, connection: Connection) -> None:
        """What follows in this transaction may take as long as it needs."""
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        _line(connection).patience_s = None

    def beside(self, connection: Connection, agency: int) -> None:
        """A lock that all turns of an agency share. It comes before any row, so that they never wait in a ring."""
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock_shared({TURNS}, {int(agency)})")

    def alone(self, connection: Connection, agency: int) -> None:
        """The same lock for one turn alone."""
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({TURNS}, {int(agency)})")

    def door_bell(self) -> DoorBell:
        """NOTIFY on a channel of this database."""
        return NotifyBell(self.engine, self._patience)

    def doubts(self) -> Sequence[str]:
        """What whoever runs this should know."""
        with self.reading() as connection:
            role = connection.exec_driver_sql(
                "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
            )
            if role.scalar():
                return ["the database role is a superuser, so nothing stands behind the program between agencies"]
        return []

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()

    def _write(self, work: Callable[[Connection], T], whose: Whose) -> T:
        with self._begun(writes=True, whose=whose) as connection:
            result = work(connection)
            connection.commit()
            return result

    @contextmanager
    def _begun(self, *, writes: bool, whose: Whose) -> Iterator[Connection]:
        """A connection in an open transaction; one that died in the pool is replaced unseen."""
        with contextlib.ExitStack() as stack:
            for last in (False, True):
                connection = stack.enter_context(self.engine.connect())
                connection = connection.execution_options(**options(writes=writes, whose=whose))
                try:
                    connection.begin()
                    break
                except DBAPIError as error:
                    if last or not error.connection_invalidated:
                        raise
            yield connection

    def _begin(self, connection: Connection) -> None:
        asked = connection.get_execution_options()
        whose: Whose = asked.get(WHOSE, Whose())
        kind = "" if asked.get(WRITES, False) else " ISOLATION LEVEL REPEATABLE READ, READ ONLY"
        agency = "" if whose.agency is None else str(int(whose.agency))
        across = "on" if whose.across else ""
        line = _line(connection)
        line.patience_s = self._patience.opening_s
        connection.exec_driver_sql(
            f"BEGIN{kind}; SET LOCAL itabot.agency = '{agency}'; SET LOCAL itabot.across = '{across}'"
        )
        line.patience_s = self._patience.silence_s


class NotifyBell:
    """Between all processes of a database. A ring goes out on a thread of its own: no webhook waits for it."""

    def __init__(self, engine: Engine, patience: Patience) -> None:
        self._engine = engine
        self._patience = patience
        self._wanted = threading.Event()
        self._start = threading.Lock()
        self._ringer: threading.Thread | None = None

    def ring(self) -> None:
        """Wake the workers; rings that come while one is under way become one."""
        self._wanted.set()
        with self._start:
            if self._ringer is None or not self._ringer.is_alive():
                self._ringer = threading.Thread(target=self._ring_on, name="ringer", daemon=True)
                self._ringer.start()

    def listen(self, bell: Bell, stop: threading.Event) -> None:
        """Pass every ring on to `bell` until told to stop; a lost connection is made anew."""
        while not stop.is_set():
            with contextlib.suppress(psycopg.Error, DBAPIError), self._own() as connection:
                connection.execute(f"LISTEN {CHANNEL}")
                while not stop.is_set():
                    for _ in connection.notifies(timeout=LOOK_ANYWAY_S, stop_after=1):
                        bell.ring(2)
            stop.wait(LOOK_ANYWAY_S)

    def _ring_on(self) -> None:
        while True:
            with contextlib.suppress(psycopg.Error, DBAPIError), self._own() as connection:
                while self._wanted.wait():
                    self._wanted.clear()
                    connection.execute(f"NOTIFY {CHANNEL}")
            time.sleep(LOOK_ANYWAY_S)  # the server is away: workers look by themselves

    @contextmanager
    def _own(self) -> Iterator[Line]:
        """A connection outside the pool."""
        arguments, named = self._engine.dialect.create_connect_args(self._engine.url)
        with Line.connect(*arguments, **{**named, **self._patience.settings}, autocommit=True) as connection:
            connection.patience_s = self._patience.silence_s
            yield connection


def _engine(url: str, patience: Patience) -> Engine:
    engine = create_engine(
        "postgresql+psycopg://" + url.split("://", 1)[1], connect_args=patience.settings, hide_parameters=True,
        pool_size=CONNECTIONS, max_overflow=MORE_CONNECTIONS, pool_use_lifo=True, pool_timeout=10,
    )  # fmt: skip

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _record: object, arguments: list[Any], named: dict[str, Any]) -> Line:
        line = Line.connect(*arguments, **named)
        line.patience_s = patience.opening_s
        return line

    @event.listens_for(engine, "connect")
    def prepare(raw: Line, _record: object) -> None:
        raw.autocommit = True  # transactions are opened by `_begin`
        raw.execute(sql.SQL(patience.session))

    return engine


def _line(connection: Connection) -> Line:
    line = connection.connection.driver_connection
    assert isinstance(line, Line)
    return line
