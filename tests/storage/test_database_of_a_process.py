"""What holds for a process's database, whichever it is: all or nothing, one moment to read, nothing over a fork."""

import os

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.storage import tallies


def count(name):
    return lambda connection: tallies.add(connection, {(name, "x"): 1})


def counted(database):
    with database.reading() as connection:
        return {name: times for (name, _), times in tallies.all_of(connection).items()}


def in_a_fork(work):
    """Run `work` in a forked child; gives its exit status."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException:  # noqa: BLE001 - a child of a test must never go on as the test
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_write_that_fails_leaves_nothing_and_its_caller_hears_why(house):
    def fails(connection):
        count("a")(connection)
        raise LookupError("why")

    with pytest.raises(LookupError, match="why"):
        house.core.database.write(fails)
    assert counted(house.core.database) == {}
    house.core.database.write(count("b"))
    assert counted(house.core.database) == {"b": 1}


def test_a_write_gives_what_its_work_gives(house):
    assert house.core.database.write(lambda _: "seven") == "seven"


def test_what_is_read_is_one_moment_however_long_one_looks(house):
    with house.core.database.reading() as connection:
        assert tallies.all_of(connection) == {}
        house.core.database.write(count("meanwhile"))
        assert tallies.all_of(connection) == {}
    assert counted(house.core.database) == {"meanwhile": 1}


def test_what_is_written_while_reading_does_not_last(house):
    with house.core.database.reading() as connection:
        try:
            count("not meant to last")(connection)
        except DBAPIError as refused:
            assert "read-only" in str(refused.orig)  # PostgreSQL says so at once
    assert counted(house.core.database) == {}


def test_counters_of_many_writes_add_up(house):
    for more in ({("a", "x"): 2, ("b", "x"): 1}, {("b", "x"): 5}):
        house.core.database.write(lambda c, more=more: tallies.add(c, more))
    assert counted(house.core.database) == {"a": 2, "b": 6}


def test_a_child_reads_and_writes_on_connections_of_its_own(house):
    """Two processes on one connection would read each other's answers."""
    database = house.core.database
    database.write(count("before"))
    with database.reading() as held:
        assert tallies.all_of(held) == {("before", "x"): 1}
        theirs = held.connection.dbapi_connection

        def work():
            with database.reading() as connection:
                assert connection.connection.dbapi_connection is not theirs
            database.write(count("of the child"))
            assert counted(database) == {"before": 1, "of the child": 1}
            database.close()

        assert in_a_fork(work) == 0
        assert tallies.all_of(held) == {("before", "x"): 1}  # the parent's snapshot goes on undisturbed
    database.write(count("after"))
    assert counted(database) == {"before": 1, "of the child": 1, "after": 1}


@pytest.mark.parametrize("engine", ["postgresql"])
def test_a_child_talks_to_another_backend_of_the_server(house):
    database, backend = house.core.database, text("SELECT pg_backend_pid()")
    mine = {database.write(lambda c: c.scalar(backend))}
    reader, writer = os.pipe()

    def work():
        os.write(writer, str(database.write(lambda c: c.scalar(backend))).encode())

    assert in_a_fork(work) == 0
    assert int(os.read(reader, 20)) not in mine
    assert {database.write(lambda c: c.scalar(backend))} == mine  # the child did not hang up for its parent
    os.close(reader)
    os.close(writer)


def test_a_database_that_was_closed_opens_again(house):
    house.core.database.write(count("a"))
    house.core.database.close()
    assert counted(house.core.database) == {"a": 1}
