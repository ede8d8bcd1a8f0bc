"""SQLite: every writer of every process waits at one lock, and threads that wait meanwhile join one commit."""

import functools
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from bot.storage.database import open_database
from bot.storage.sqlite import OURS
from tests.storage.meanwhile import PATIENCE_S

ROOT = Path(__file__).resolve().parents[2]
DEFERRED = "CREATE TABLE child (word TEXT REFERENCES note (word) DEFERRABLE INITIALLY DEFERRED)"


@pytest.fixture
def notes(tmp_path):
    """A database with one table of notes, in which a word can stand once, beside those that tell it is ours."""
    database = open_database(f"sqlite:///{tmp_path / 'notes.db'}")
    for table in ("note (word TEXT PRIMARY KEY)", *(f"{name} (id INTEGER)" for name in OURS)):
        database.write(lambda c, table=table: c.execute(text(f"CREATE TABLE {table}")))
    yield database
    database.close()


def note(word):
    return lambda connection: connection.execute(text("INSERT INTO note VALUES (:word)"), {"word": word})


def words(database):
    with database.reading() as connection:
        return connection.execute(text("SELECT word FROM note")).scalars().all()


def in_threads(*works):
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_every_write_of_many_threads_is_there_once(notes):
    def many(name):
        return lambda: [notes.write(note(f"{name}-{number}")) for number in range(30)]

    in_threads(*(many(name) for name in "abcdefgh"))
    assert sorted(words(notes)) == sorted(f"{name}-{number}" for name in "abcdefgh" for number in range(30))


@contextmanager
def in_one_commit(notes, *calls):
    """While one commits, `calls` queue up behind it, each in a thread; gives the commits that were made of them."""
    begun, go_on, commits = threading.Event(), threading.Event(), []

    def slow(_connection):
        begun.set()
        assert go_on.wait(PATIENCE_S)

    threads = [threading.Thread(target=notes.write, args=(slow,)), *(threading.Thread(target=one) for one in calls)]
    threads[0].start()
    assert begun.wait(PATIENCE_S)
    note_it = commits.append
    event.listen(notes.engine, "commit", note_it)
    for one in threads[1:]:
        one.start()
    while len(notes._writer._waiting) < len(calls):
        begun.wait(0.001)
    go_on.set()
    for thread in threads:
        thread.join()
    yield commits
    event.remove(notes.engine, "commit", note_it)


def test_writes_that_wait_meanwhile_join_one_commit(notes):
    """While one commits, the others queue up; whoever is next takes all of them along."""
    with in_one_commit(notes, *(functools.partial(notes.write, note(f"n{number}")) for number in range(6))) as commits:
        assert len(commits) == 2
    assert len(words(notes)) == 6


def test_what_fails_in_a_commit_of_many_is_taken_back_alone(notes):
    heard = []

    def bad():
        try:
            notes.write(lambda c: (note("bad")(c), note("n3")(c), note("n3")(c)))
        except IntegrityError as error:
            heard.append(error)

    calls = [functools.partial(notes.write, note(f"n{number}")) for number in range(3)]
    with in_one_commit(notes, calls[0], bad, *calls[1:]) as commits:
        assert len(commits) == 4
    assert len(heard) == 1
    assert sorted(words(notes)) == ["n0", "n1", "n2"]


def test_a_write_that_fails_does_not_hurt_its_neighbours(notes):
    """What fails is taken back alone, and only its caller hears of it."""
    heard = []

    def good(number):
        return lambda: notes.write(note(f"good-{number}"))

    def bad(number):
        def work(connection):
            note(f"bad-{number}")(connection)
            raise LookupError(number)

        def call():
            with pytest.raises(LookupError) as caught:
                notes.write(work)
            heard.append(caught.value.args[0])

        return call

    in_threads(*(kind(number) for number in range(12) for kind in (good, bad)))
    assert sorted(heard) == list(range(12))
    assert sorted(words(notes)) == sorted(f"good-{number}" for number in range(12))


def test_a_broken_rule_of_the_database_reaches_its_caller(notes):
    notes.write(note("once"))
    with pytest.raises(IntegrityError):
        notes.write(note("once"))
    assert words(notes) == ["once"]


def test_what_a_write_gives_back_reaches_its_caller(notes):
    assert notes.write(lambda _: "seven") == "seven"


def test_a_failing_commit_is_heard_by_everyone_in_it(notes):
    """A deferred rule breaks only at COMMIT: nobody may believe that their write is kept."""
    notes.write(lambda c: c.execute(text(DEFERRED)))
    with pytest.raises(IntegrityError):
        notes.write(lambda c: c.execute(text("INSERT INTO child VALUES ('nobody')")))
    assert words(notes) == []


def test_after_a_failing_commit_the_next_write_is_kept(notes):
    """A deferred rule stands for a full disk: COMMIT fails once, the process lives on."""
    notes.write(lambda c: c.execute(text(DEFERRED)))
    with pytest.raises(IntegrityError):
        notes.write(lambda c: c.execute(text("INSERT INTO child VALUES ('nobody')")))
    notes.write(note("afterwards"))
    assert words(notes) == ["afterwards"]


WRITER = """
import sys
from sqlalchemy import event, text
from bot.storage.database import open_database
from bot.storage.sqlite import OURS
database = open_database(sys.argv[1])
for number in range(int(sys.argv[3])):
    words = {"word": f"{sys.argv[2]}-{number}"}
    database.write(lambda c: c.execute(text("INSERT INTO note VALUES (:word)"), words))
"""


def test_two_processes_write_at_a_time_and_none_is_lost(notes):
    command = [sys.executable, "-c", WRITER, str(notes.engine.url)]
    children = [subprocess.Popen([*command, name, "250"], cwd=ROOT) for name in ("p", "q")]
    for number in range(50):
        notes.write(note(f"me-{number}"))
    assert [child.wait(PATIENCE_S) for child in children] == [0, 0]
    assert len(words(notes)) == len(set(words(notes))) == 550


def test_a_reader_sees_one_moment_however_long_it_looks(notes):
    count = text("SELECT COUNT(*) FROM note")
    with notes.reading() as connection:
        assert connection.execute(count).scalar() == 0
        notes.write(note("meanwhile"))
        assert connection.execute(count).scalar() == 0
    with notes.reading() as connection:
        assert connection.execute(count).scalar() == 1


def test_what_is_written_while_reading_is_thrown_away(notes):
    with notes.reading() as connection:
        note("not meant to last")(connection)
    assert words(notes) == []


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


def test_a_child_writes_on_a_connection_and_a_lock_of_its_own(notes):
    notes.write(note("before"))
    writer = notes._writer
    inherited, lock = writer._connection, writer._lock

    def work():
        notes.write(note("of the child"))
        assert writer._connection is not inherited
        assert writer._lock != lock

    assert in_a_fork(work) == 0
    notes.write(note("after"))
    assert sorted(words(notes)) == ["after", "before", "of the child"]


def test_a_child_reads_what_it_wrote_and_the_parent_goes_on(notes):
    """A child that was forked before anything was opened, as the processes of the service are."""
    fresh = open_database(str(notes.engine.url))

    def work():
        fresh.write(note("child"))
        assert words(fresh) == ["child"]

    assert in_a_fork(work) == 0
    fresh.write(note("parent"))
    assert sorted(words(fresh)) == ["child", "parent"]
    fresh.close()


def test_nothing_is_opened_before_it_is_used(tmp_path):
    database = open_database(f"sqlite:///{tmp_path / 'untouched.db'}")
    assert not database.file.exists()
    database.close()
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_was_closed_opens_again(notes):
    notes.write(note("one"))
    notes.close()
    notes.write(note("two"))
    assert sorted(words(notes)) == ["one", "two"]
