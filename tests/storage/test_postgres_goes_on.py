"""PostgreSQL ends connections and transactions: what the service was asked to do is done all the same."""

import contextlib
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.bell import Bell
from bot.storage import tallies
from bot.storage.postgres import CHANNEL, RERUNS
from bot.storage.queue import Arrival, Rate
from tests.storage.meanwhile import PATIENCE_S, at_once, until

pytestmark = pytest.mark.parametrize("engine", ["postgresql"])
ROOT = Path(__file__).resolve().parents[2]
END_ALL = """SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
             WHERE usename = 'itabot' AND datname = current_database()"""
LISTENERS = f"SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN {CHANNEL}'"


def add(name):
    return lambda connection: tallies.add(connection, {(name, "x"): 1})


def counted(house):
    with house.core.database.reading() as connection:
        return {name: times for (name, _), times in tallies.all_of(connection).items()}


def open_connections(house, how_many):
    """Fill the pool."""
    with contextlib.ExitStack() as stack:
        return {
            stack.enter_context(house.core.database.reading()).scalar(text("SELECT pg_backend_pid()"))
            for _ in range(how_many)
        }


def test_connections_that_the_server_ended_are_replaced_unseen(house):
    """A restart of the server, say: everything in the pool is dead at once."""
    for look in (lambda: house.core.database.write(add("a")), lambda: counted(house)):
        dead = open_connections(house, 4)
        assert len(dead) == 4
        assert len(house.rows(END_ALL)) >= 4  # one that was given back a moment ago may still be ending
        look()
        assert not open_connections(house, 4) & dead
    assert counted(house) == {"a": 1}


def by_the_orm(_house, name):
    return lambda connection: tallies.add(connection, {(name, "x"): 1})


def by_the_queue(house, name):
    """Its statements are hot and go straight to the driver."""
    return lambda connection: house.core.queue.put(connection, 1, [Arrival(name, "x", 1000, b"{}")], 1000)


@pytest.mark.parametrize("write", [by_the_orm, by_the_queue])
def test_a_connection_that_ends_in_the_middle_of_a_write_is_heard_of(house, write):
    """Nobody knows what became of it, so it is not run again behind its caller's back; the next finds a new one."""
    house.add_agency("north")
    ran = []

    def work(connection):
        ran.append(True)
        write(house, "a")(connection)
        house.rows(END_ALL)
        write(house, "b")(connection)

    with pytest.raises((OperationalError, psycopg.OperationalError)):
        house.core.database.write(work, of=1)
    assert ran == [True]
    assert counted(house) == {}
    assert house.value("SELECT COUNT(*) FROM inbox") == 0
    house.core.database.write(write(house, "c"), of=1)


class Crossing:
    """Takes two rows, in an order in which another takes them the other way round. The first time they meet."""

    def __init__(self, house, write, order, meet):
        self.house = house
        self.steps = [write(house, name) for name in order]
        self.meet = meet
        self.runs = 0
        self.done = threading.Event()

    def run(self, other):
        def work(connection):
            self.runs += 1
            if self.runs > 1:  # else it could be quicker than the other wakes up, and meet it again
                assert other.done.wait(PATIENCE_S)
            self.steps[0](connection)
            if self.runs == 1:
                self.meet.wait(PATIENCE_S)
            self.steps[1](connection)

        self.house.core.database.write(work, of=1)
        self.done.set()


def taking_a_permit(house, name):
    rate = Rate(1000, 1000)
    return lambda connection: house.core.queue.take_permit(connection, 1, name, house.clock(), rate)


@pytest.mark.parametrize("write", [by_the_orm, taking_a_permit])
def test_a_transaction_that_met_another_in_a_deadlock_is_run_again(house, write):
    house.add_agency("north")
    for name in "ab":
        house.core.database.write(write(house, name), of=1)
    meet = threading.Barrier(2)
    one, other = (Crossing(house, write, order, meet) for order in ("ab", "ba"))
    at_once(lambda: one.run(other), lambda: other.run(one))
    assert sorted([one.runs, other.runs]) == [1, 2]
    three_each = [(3 * 1000 + house.clock() * 1000,)] * 2 if write is taking_a_permit else [(3,)] * 2
    table, column = ("bucket", "ahead_to") if write is taking_a_permit else ("tally", "count")
    assert house.rows(f"SELECT {column} FROM {table}") == three_each


def test_a_deadlock_that_comes_every_time_is_heard_of_in_the_end(house):
    ran = []

    def work(_connection):
        ran.append(True)
        raise OperationalError("UPDATE", {}, psycopg.errors.DeadlockDetected())

    with pytest.raises(OperationalError):
        house.core.database.write(work)
    assert len(ran) == RERUNS


RINGER = """
import sys
from bot.storage.database import open_database
door = open_database(sys.argv[1]).door_bell()
for _ in sys.stdin:
    door.ring()
"""


@pytest.fixture
def ringer(house):
    """Another process, which rings for every line that it is told."""
    command = [sys.executable, "-c", RINGER, house.core.settings.database_url]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, text=True) as child:

        def ring():
            child.stdin.write("\n")
            child.stdin.flush()

        yield ring
        child.stdin.close()
        assert child.wait(PATIENCE_S) == 0


@pytest.fixture
def listening(house):
    """A bell at the door of the database, heard on a thread."""
    bell, stop = Bell(), threading.Event()
    listener = threading.Thread(target=house.core.door_bell.listen, args=(bell, stop))
    listener.start()
    until(lambda: house.rows(LISTENERS))
    yield bell
    stop.set()
    house.change(f"NOTIFY {CHANNEL}")  # it would look up by itself, half a second later
    listener.join(PATIENCE_S)
    assert not listener.is_alive()


def hears(bell, ring):
    heard = bell.rings
    ring()
    bell.wait(heard, timeout=PATIENCE_S)
    return bell.rings > heard


def test_a_ring_in_one_process_wakes_who_listens_in_another(listening, ringer):
    assert hears(listening, ringer)
    assert hears(listening, ringer)


def test_a_listener_whose_connection_was_ended_listens_again(house, listening, ringer):
    assert hears(listening, ringer)
    ((ended,),) = house.rows(LISTENERS)
    house.rows("SELECT pg_terminate_backend(:pid, 5000)", pid=ended)
    until(lambda: [pid for (pid,) in house.rows(LISTENERS) if pid != ended])
    assert hears(listening, ringer)


def test_a_ringer_whose_connection_was_ended_rings_again(house, listening, ringer):
    """The ring that finds the connection gone may be lost; everyone looks by themselves anyway."""
    assert hears(listening, ringer)
    ringing = f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE query = 'NOTIFY {CHANNEL}'"
    assert len(house.rows(ringing)) == 1

    def rings():
        heard = listening.rings
        ringer()
        listening.wait(heard, timeout=0.5)
        return listening.rings > heard

    assert until(rings)


def test_listening_at_a_door_that_nobody_rings_ends_when_told(listening):
    assert listening.rings == 0
