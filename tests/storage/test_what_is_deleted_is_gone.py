"""What is done is emptied, and after the next round of housekeeping no file holds it any more, sealed or not."""

import threading

import pytest
from sqlalchemy import text

from bot import housekeeping

WORDS = "v1.what-was-sealed-here-and-is-done"


@pytest.fixture
def files(house):
    if house.core.database.dialect != "sqlite":
        pytest.skip("a server clears its files by itself")
    file = house.core.database.file

    def found():
        return {one.name: one.read_bytes() for one in file.parent.glob(f"{file.name}*") if one.is_file()}

    return found


def write(house, sql):
    house.core.database.write(lambda c: c.execute(text(sql), {"words": WORDS * 20}) and None, across=True)


def holding(files):
    return {name for name, contents in files().items() if WORDS.encode() in contents}


@pytest.fixture
def done(house):
    write(house, "INSERT INTO installation (name, value) VALUES ('said', :words)")
    write(house, "UPDATE installation SET value = '' WHERE name = 'said'")


def test_what_was_emptied_lies_in_the_log_until_it_is_tidied(house, files, done):
    assert holding(files) == {"itabot.db-wal"}
    housekeeping.keep(house.ledger, threading.Event())
    assert holding(files) == set()
    assert len(files()["itabot.db-wal"]) == 0


def test_whoever_reads_meanwhile_goes_on_and_it_is_done_the_next_time(house, files, done):
    with house.core.database.reading(across=True) as connection:
        before = connection.execute(text("SELECT COUNT(*) FROM installation")).scalar()
        write(house, "INSERT INTO installation (name, value) VALUES ('later', :words)")
        house.core.database.forget_deleted()
        assert connection.execute(text("SELECT COUNT(*) FROM installation")).scalar() == before
    write(house, "DELETE FROM installation WHERE name = 'later'")
    house.core.database.forget_deleted()
    assert holding(files) == set()


def test_it_can_be_written_to_at_the_same_time(house, files):
    threads = [threading.Thread(target=house.core.database.forget_deleted) for _ in range(5)]
    for one in threads:
        one.start()
    for number in range(50):
        write(house, f"INSERT INTO installation (name, value) VALUES ('n{number}', :words)")
    for one in threads:
        one.join()
    with house.core.database.reading(across=True) as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM installation WHERE name LIKE 'n%'")).scalar() == 50
