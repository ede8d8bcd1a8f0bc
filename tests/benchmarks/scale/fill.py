"""Fills a database as if many had written for long: the rows that one real turn left, again and again.

Whoever is filled in never writes again, so their sealed names and texts need not open; they are as long as real ones.
Ten events make a person.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

import psycopg

from bot.storage.sealing import KeyRing
from tests.benchmarks.scale.cells import Size

EVENTS_A_PERSON = 10
#: A table, and how many of its rows there shall be: one an agency, a person or an event.
AN_AGENCY = ("result", "measure")
A_PERSON = ("person", "place", "lane")
AN_EVENT = ("inbox", "outbox")
SLUG = "bench-{}"

Row = dict[str, Any]


class Table(Protocol):
    """Where rows come from and go to."""

    def rows(self, table: str) -> list[Row]:
        """All there are."""

    def put(self, table: str, columns: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
        """Add rows, fast and in one transaction."""


class Sqlite:
    """An SQLite file that nobody else has open."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def rows(self, table: str) -> list[Row]:
        with closing(sqlite3.connect(self._file)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]

    def put(self, table: str, columns: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
        marks = ", ".join("?" for _ in columns)
        with closing(sqlite3.connect(self._file)) as connection, connection:
            connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)

    def mib(self) -> float:
        return self._file.stat().st_size / 2**20


class Postgres:
    """A PostgreSQL database, as its superuser: the agencies' row-level security does not bind it."""

    def __init__(self, connect: Callable[[], psycopg.Connection]) -> None:
        self.connect = connect

    def rows(self, table: str) -> list[Row]:
        with self.connect() as connection, connection.cursor(row_factory=psycopg.rows.dict_row) as cursor:
            return cursor.execute(f"SELECT * FROM {table}").fetchall()

    def put(self, table: str, columns: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
        with self.connect() as connection, connection.cursor() as cursor:
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute(f"ANALYZE {table}")  # as the server's own housekeeping does after a while

    def mib(self) -> float:
        with self.connect() as connection:
            return connection.execute("SELECT pg_database_size(current_database())").fetchone()[0] / 2**20


def fill(database: Sqlite | Postgres, size: Size, ring: KeyRing, secret: str) -> tuple[str, ...]:
    """Fill up to `size` a database in which one agency had one turn; gives the paths of all webhooks."""
    (first,) = database.rows("agency")
    _copy(database, "agency", size.agencies - 1, lambda n: _agency(first, n + 1, ring, secret))
    agencies = sorted(row["id"] for row in database.rows("agency"))
    people = max(1, size.events // EVENTS_A_PERSON)
    for table in AN_AGENCY:
        _copy(database, table, size.agencies - 1, lambda n: {"agency_id": agencies[n + 1]})
    for table in A_PERSON:
        _copy(database, table, people, lambda n: _person(n, agencies))
    for table in AN_EVENT:
        _copy(database, table, size.events, lambda n: _event(n, n % people, agencies))
    return tuple(f"/line/{row['slug']}/webhook" for row in database.rows("agency"))


def _copy(database: Sqlite | Postgres, table: str, times: int, changes: Callable[[int], Row]) -> None:
    """Each row of a table `times` times, with what makes each its own."""
    for like in database.rows(table):
        counted = isinstance(like.get("id"), int)  # the database numbers these itself
        columns = [name for name in like if not (counted and name == "id")]
        database.put(table, columns, (_changed(like, columns, changes(n)) for n in range(times)))


def _changed(like: Row, columns: Sequence[str], changes: Row) -> tuple[Any, ...]:
    return tuple(changes.get(name, like[name]) for name in columns)


def _agency(first: Row, number: int, ring: KeyRing, secret: str) -> Row:
    slug = SLUG.format(number)
    token = ring.open_text(first["access_token"], first["slug"], "agency", "access_token")
    return {
        "slug": slug,
        "channel_secret": ring.seal_text(secret, slug, "agency", "channel_secret"),
        "access_token": ring.seal_text(token, slug, "agency", "access_token"),
    }


def _person(number: int, agencies: Sequence[int]) -> Mapping[str, Any]:
    key = hashlib.sha256(f"person {number}".encode()).hexdigest()
    return {
        "agency_id": agencies[number % len(agencies)], "id": key[:32], "person_id": key[:32], "lookup": key,
        "lane": key,
    }  # fmt: skip


def _event(number: int, person: int, agencies: Sequence[int]) -> Mapping[str, Any]:
    # LINE's ids grow with time, so an index of them grows at its end.
    key = f"{number:032d}"
    return {**_person(person, agencies), "event_id": f"01{number:024d}", "retry_key": key}
