"""A server that takes everything and answers nothing is not waited for without end, and is found again afterwards."""

import time
from contextlib import closing, contextmanager

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.storage import tallies
from bot.storage.database import is_away
from bot.storage.postgres import Patience, PostgresDatabase
from bot.storage.queue import Arrival
from tests import postgres
from tests.reliability.proxy import Proxy

pytestmark = pytest.mark.parametrize("engine", ["postgresql"])
SHORT = Patience(opening_s=2, statement_s=1, silence_s=2)  # the driver takes no less than two seconds to connect
SLACK_S = 15


@pytest.fixture
def proxy(house):
    with closing(Proxy(postgres.cluster().port)) as made:
        yield made


@pytest.fixture
def database(house, proxy):
    """The same database by a way that can fall silent."""
    way = house.core.settings.database_url.replace(f":{postgres.cluster().port}/", f":{proxy.port}/")
    with closing(PostgresDatabase(way, SHORT)) as made:
        yield made


@contextmanager
def heard_within(seconds):
    """What is asked of the database fails in time, and as one that is away for now."""
    began = time.monotonic()
    with pytest.raises(DBAPIError) as error:
        yield
    assert time.monotonic() - began < seconds + SLACK_S
    assert is_away(error.value)


def add(name):
    return lambda connection: tallies.add(connection, {(name, "x"): 1})


def counted(house):
    return {name for (name,) in house.rows("SELECT name FROM tally")}


def test_a_server_that_is_silent_from_the_first_word_on_is_not_waited_for(house, proxy, database):
    proxy.fall_silent()
    with heard_within(SHORT.opening_s):
        database.write(add("a"))
    proxy.speak()
    database.write(add("b"))
    assert counted(house) == {"b"}


def test_connections_of_the_pool_that_have_become_silent_are_given_up(house, proxy, database):
    """The first is tried, then a new one: more would not help."""
    database.write(add("a"))
    proxy.fall_silent()
    with heard_within(2 * SHORT.opening_s), database.reading():
        pass
    proxy.speak()
    database.write(add("b"))
    assert counted(house) == {"a", "b"}


@pytest.mark.parametrize("hot", [False, True])
def test_a_server_that_becomes_silent_in_the_middle_of_a_write_is_not_waited_for(house, proxy, database, hot):
    """Nobody knows what became of it, so it is not run again behind its caller's back."""
    house.add_agency("north")
    ran = []

    def work(connection):
        ran.append(True)
        proxy.fall_silent()
        if hot:
            house.core.queue.put(connection, 1, [Arrival("e", "x", 1000, b"{}")], 1000)
        else:
            add("a")(connection)

    with heard_within(SHORT.silence_s):
        database.write(work, of=1)
    assert ran == [True]
    proxy.speak()
    database.write(add("b"))
    assert counted(house) == {"b"}
    assert house.value("SELECT COUNT(*) FROM inbox") == 0


def test_a_commit_that_is_not_answered_is_not_waited_for(house, proxy, database):
    def work(connection):
        add("a")(connection)
        proxy.fall_silent()

    with heard_within(SHORT.silence_s):
        database.write(work)


def test_a_statement_that_takes_too_long_is_ended_by_the_server(database):
    with pytest.raises(OperationalError) as error:
        database.write(lambda c: c.execute(text("SELECT pg_sleep(20)")))
    assert isinstance(error.value.orig, psycopg.errors.QueryCanceled)
    assert is_away(error.value)


def test_a_migration_may_take_its_time_and_what_follows_may_not(database):
    def work(connection):
        database.take_time(connection)
        connection.execute(text("SELECT pg_sleep(:seconds)"), {"seconds": SHORT.silence_s + 0.5})
        return connection.scalar(text("SELECT pg_backend_pid()"))

    backend = database.write(work)
    with database.reading() as connection:
        assert connection.scalar(text("SELECT pg_backend_pid()")) == backend
        assert connection.scalar(text("SHOW statement_timeout")) == f"{SHORT.statement_s}s"
        assert connection.connection.driver_connection.patience_s == SHORT.silence_s
