"""PostgreSQL: any number of processes on any number of hosts share the tables.

A transaction opens in one round trip, `BEGIN` together with whose rows it is about; the policies of `row_security.py`
read that. Workers are woken by NOTIFY; one that is not heard is no loss, everyone looks twice a second anyway.
"""

import contextlib
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from psycopg import sql
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.bell import LOOK_ANYWAY_S, Bell, DoorBell
from bot.storage.database import WHOSE, WRITES, Database, Whose, options

T = TypeVar("T")
CONNECTIONS, MORE_CONNECTIONS = 8, 16
RERUNS = 3
LET_PASS_S = 0.05
CHANNEL = "itabot"
#: A connection that went dead without a word is noticed within half a minute, not after hours.
PATIENCE = {
    "connect_timeout": 5, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}  # fmt: skip
SESSION = "SET TIME ZONE 'UTC'; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'"


class PostgresDatabase(Database):
    """A PostgreSQL server; `postgres://` is understood too."""

    def __init__(self, url: str) -> None:
        super().__init__(_engine(url))

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

    def door_bell(self) -> DoorBell:
        """NOTIFY on a channel of this database."""
        return NotifyBell(self.engine)

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
        connection.exec_driver_sql(
            f"BEGIN{kind}; SET LOCAL itabot.agency = '{agency}'; SET LOCAL itabot.across = '{across}'"
        )


class NotifyBell:
    """Between all processes of a database. A ring goes out on a thread of its own: no webhook waits for it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
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
    def _own(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection outside the pool."""
        arguments, named = self._engine.dialect.create_connect_args(self._engine.url)
        with psycopg.connect(*arguments, **{**named, **PATIENCE}, autocommit=True) as connection:
            yield connection


def _engine(url: str) -> Engine:
    engine = create_engine(
        "postgresql+psycopg://" + url.split("://", 1)[1], connect_args=PATIENCE, hide_parameters=True,
        pool_size=CONNECTIONS, max_overflow=MORE_CONNECTIONS, pool_use_lifo=True, pool_timeout=10,
    )  # fmt: skip

    @event.listens_for(engine, "connect")
    def prepare(raw: psycopg.Connection[Any], _record: object) -> None:
        raw.autocommit = True  # transactions are opened by `_begin`
        raw.execute(sql.SQL(SESSION))

    return engine
