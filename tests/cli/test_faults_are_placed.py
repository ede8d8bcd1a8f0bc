"""What a log says of an error: enough to find it, and no word of anyone's."""

import sqlite3

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.faults import place_of
from bot.storage.database import open_database

WORDS = "ถ้อยคำของใครคนหนึ่ง"


def raised(work):
    try:
        work()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked at
        return error
    pytest.fail("nothing was raised")


def test_a_fault_of_the_database_is_told_with_its_code_and_without_its_words(tmp_path):
    """«OperationalError» alone is a full disk, a lock and a lost file."""
    database = open_database(f"sqlite:///{tmp_path / 'small.db'}")
    database.write(lambda c: c.execute(text("CREATE TABLE agency (word TEXT PRIMARY KEY)")))
    database.write(lambda c: c.execute(text("CREATE TABLE alembic_version (word TEXT)")))

    def fill(connection):
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # SQLite takes no less than there are
        for number in range(1000):
            connection.execute(text("INSERT INTO agency VALUES (:word)"), {"word": f"{WORDS}{number}" * 100})

    full = raised(lambda: database.write(fill))
    database.close()
    assert place_of(full).startswith("OperationalError SQLITE_FULL at ")
    assert WORDS not in place_of(full)


def test_a_drivers_own_error_has_its_code_too():
    broken = raised(lambda: sqlite3.connect(":memory:").execute("SELECT"))
    assert place_of(broken).startswith("OperationalError SQLITE_ERROR at ")


def test_postgresql_is_told_by_its_sqlstate():
    there = DBAPIError.instance("SELECT 1", {}, psycopg.errors.DiskFull(WORDS), psycopg.Error)
    lost = DBAPIError.instance("SELECT 1", {}, psycopg.OperationalError(WORDS), psycopg.Error)
    assert place_of(there) == "OperationalError 53100 at nowhere"
    assert place_of(lost) == "OperationalError at nowhere"  # no server answered


def test_any_other_error_is_its_kind_and_place():
    found = place_of(raised(lambda: int(WORDS)))
    assert found.startswith("ValueError at test_faults_are_placed.py:")
    assert WORDS not in found
