"""Every copy is made and put back by the command itself, beside real writers, and killed where it hurts."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager

import pytest

from bot.backup import check
from bot.storage.schema import HEAD
from bot.storage.sealing import new_key
from bot.storage.sqlite import SqliteDatabase
from tests.cli.conftest import ROOT, Shell

AGENCY = ("agency", "add", "north", "--name", "อบต.เหนือ", "--channel-secret", "s1", "--access-token", "t1")
FIRST, SECOND = "0-1111", "0-2222"  # the phone of the office tells which database lies there

#: Batches of 20 rows of 2 kB: each commit changes 10 pages or more, so that a torn copy would show.
BATCH = 20
WRITER = """
import sys
from sqlalchemy import text
from bot.storage.sqlite import SqliteDatabase

put = text(
    "INSERT INTO inbox (agency_id, event_id, lane, happened_at, received_at, body, state, attempts, reason) "
    "VALUES (1, :id, 'lane', 0, :batch, :body, 0, 0, '')"
)
database, batch, size = SqliteDatabase(sys.argv[1]), 0, int(sys.argv[2])
print("began", flush=True)
while True:
    batch += 1
    rows = [{"id": f"{batch}-{n}", "batch": batch, "body": "x" * 2000} for n in range(size)]
    database.write(lambda c: c.execute(put, rows))
"""

HOLDER = """
import sys
from pathlib import Path
from bot.storage.in_use import hold
with hold(Path(sys.argv[1])):
    print("holds", flush=True)
    sys.stdin.read()
"""

#: Runs a command again and again, each time in a fresh child that is killed at its n-th touch of a file in a folder.
KILLED = """
import os, signal, sys
from bot.cli import run
from bot.commands import backup  # loaded once, by the parent of them all

folder, *arguments = sys.argv[1:]
for line in sys.stdin:
    left = int(line)
    child = os.fork()
    if not child:
        def touched(_event, facts):
            global left
            if any(folder in str(one) for one in facts if isinstance(one, str | os.PathLike)):
                left -= 1
                if not left:
                    os.kill(os.getpid(), signal.SIGKILL)
        sys.addaudithook(touched)
        sys.stdout = sys.stderr  # standard output tells how it ended
        os._exit(run(arguments))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@contextmanager
def running(shell, code, *arguments):
    """A Python of its own, once it has said its first word where it has one; killed at the end."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    process = subprocess.Popen(command, cwd=ROOT, env=shell.environment, stdin=-1, stdout=-1, encoding="utf-8")
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def database(shell):
    return shell.folder / "var" / "itabot.db"


def ask(file, sql):
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(sql).fetchall()


def phone(file):
    return ask(file, "SELECT phone FROM agency")[0][0]


def done(process):
    assert process.returncode == 0, process.stderr
    return process.stdout


def refused(process, *words):
    assert (process.returncode, process.stdout) == (1, ""), process
    (sentence,) = process.stderr.strip().splitlines()
    assert all(word in sentence for word in words), sentence


def kept(shell):
    return sorted(database(shell).parent.glob("itabot.db.before-*"))


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """An agency with its first phone in a copy, and with its second one in the database."""
    shell = Shell(tmp_path_factory.mktemp("model"))
    done(shell.itabot(*AGENCY, "--phone", FIRST))
    done(shell.itabot("backup", str(shell.folder / "copy.db")))
    done(shell.itabot(*AGENCY, "--phone", SECOND))
    return shell


@pytest.fixture
def office(model, tmp_path):
    """The model's own twin."""
    shutil.copytree(model.folder, tmp_path / "office")
    shell = Shell(tmp_path / "office")
    shell.environment["ITABOT_KEYS"] = model.environment["ITABOT_KEYS"]
    return shell


@pytest.fixture
def copy(office):
    return office.folder / "copy.db"


def test_a_copy_is_one_private_file_and_is_told_in_one_line(office, copy):
    """A copy tells names of agencies; nobody else on the machine may read it."""
    again = office.itabot("backup", str(copy), "--replace")
    rows = check(copy).rows
    assert done(again) == f"{copy}: {rows} rows, {copy.stat().st_size / 1_000_000:.1f} MB\n"
    assert "ITABOT_KEYS" in again.stderr
    assert copy.stat().st_mode & 0o777 == 0o600
    assert sorted(one.name for one in office.folder.iterdir()) == ["copy.db", "var"]
    assert phone(copy) == SECOND


def test_a_copy_is_made_without_keys(office):
    """Whoever makes the copies every night need not have them."""
    done(office.itabot("backup", str(office.folder / "nightly.db"), ITABOT_KEYS=None))


def test_a_copy_made_while_others_write_is_one_moment_of_the_database(office, tmp_path):
    newest = "SELECT COALESCE(MAX(received_at), 0) FROM inbox"
    with running(office, WRITER, f"sqlite:///{database(office)}", BATCH) as writer:
        assert writer.stdout.readline() == "began\n"
        for number in range(2):
            copy = tmp_path / f"copy-{number}.db"
            ((before,),) = ask(database(office), newest)
            done(office.itabot("backup", str(copy)))
            ((after,),) = ask(database(office), newest)
            batches = ask(copy, "SELECT received_at, COUNT(*) FROM inbox GROUP BY received_at ORDER BY received_at")
            assert batches == [(batch + 1, BATCH) for batch in range(len(batches))]
            assert before <= len(batches) <= after
            assert before < after, "the writer stood still"
            assert ask(copy, "PRAGMA integrity_check") == [("ok",)]
        assert writer.poll() is None


def test_a_file_that_is_there_is_not_overwritten(office, copy):
    before = copy.read_bytes()
    refused(office.itabot("backup", str(copy)), "copy.db", "--replace")
    assert copy.read_bytes() == before


def test_only_an_earlier_copy_is_replaced(office):
    letter = office.folder / "letter.txt"
    letter.write_text("to the mayor\n" * 100)
    refused(office.itabot("backup", str(letter), "--replace"), "letter.txt")
    assert letter.read_text() == "to the mayor\n" * 100


def test_the_database_is_not_copied_over_itself(office):
    refused(office.itabot("backup", str(database(office)), "--replace"), "itabot.db")
    assert phone(database(office)) == SECOND


def test_where_there_is_no_database_there_is_no_copy(shell):
    refused(shell.itabot("backup", str(shell.folder / "copy.db")), "no database")
    assert list(shell.folder.iterdir()) == []


def test_a_copy_is_put_back_and_the_database_before_it_is_kept(office, copy):
    said = done(office.itabot("restore", str(copy)))
    (before,) = kept(office)
    assert str(before) in said
    assert (phone(database(office)), phone(before)) == (FIRST, SECOND)
    assert [one.stat().st_mode & 0o777 for one in (database(office), before)] == [0o600, 0o600]
    assert done(office.itabot("migrate")) == "the database is up to date\n"


def test_a_restore_is_taken_back_by_restoring_what_it_kept(office, copy):
    done(office.itabot("restore", str(copy)))
    done(office.itabot("restore", str(kept(office)[0])))
    assert phone(database(office)) == SECOND


def test_a_copy_starts_a_new_machine(office, copy, tmp_path):
    var = tmp_path / "new" / "var"
    said = done(office.itabot("restore", str(copy), ITABOT_VAR=str(var)))
    assert "before" not in said
    assert phone(var / "itabot.db") == FIRST


def test_an_older_copy_is_brought_up_to_date(office, tmp_path):
    from alembic import command
    from alembic.config import Config

    def first_migration(connection):
        config = Config()
        config.set_main_option("script_location", "bot.storage:migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")

    old = SqliteDatabase(f"sqlite:///{tmp_path / 'old.db'}")
    old.write(first_migration)
    old.close()
    assert check(tmp_path / "old.db").migration == "0001"
    done(office.itabot("restore", str(tmp_path / "old.db")))
    assert check(database(office)).migration == HEAD


def test_nothing_is_restored_under_a_running_service(office, copy):
    """It would go on in the file that is no longer there."""
    with running(office, HOLDER, database(office)) as service:
        assert service.stdout.readline() == "holds\n"
        refused(office.itabot("restore", str(copy)), "in use", "stop the service")
        done(office.itabot("backup", str(office.folder / "meanwhile.db")))
    assert (phone(database(office)), kept(office)) == (SECOND, [])
    done(office.itabot("restore", str(copy)))


def test_nothing_is_restored_while_a_stranger_has_the_database_open(office, copy):
    """Someone who looks into it with another program holds no place beside it, but SQLite knows."""
    with closing(sqlite3.connect(database(office))) as stranger:
        assert stranger.execute("SELECT phone FROM agency").fetchall() == [(SECOND,)]
        refused(office.itabot("restore", str(copy)), "in use")
    assert (phone(database(office)), kept(office)) == (SECOND, [])


def spoil(copy, sql):
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute(sql)
        connection.commit()


def damage(copy):
    """Overwrites a page in the middle, as a bad disk does."""
    size = copy.stat().st_size
    with copy.open("r+b") as file:
        file.seek(size // 2 // 4096 * 4096)
        file.write(b"\xff" * 4096)


@pytest.mark.parametrize(("change", "words"), [
    (lambda copy: copy.write_text("to the mayor\n" * 400), ["not a database"]),
    (lambda copy: copy.write_bytes(b""), ["no database of itabot"]),
    (lambda copy: spoil(copy, "DROP TABLE agency"), ["no database of itabot"]),
    (lambda copy: spoil(copy, "DELETE FROM alembic_version"), ["no database of itabot"]),
    (lambda copy: spoil(copy, "UPDATE alembic_version SET version_num = '9001'"), ["newer release", "9001", HEAD]),
    (lambda copy: spoil(copy, "UPDATE agency SET access_token = channel_secret"), ["ITABOT_KEYS"]),
    (damage, ["copy.db"]),
    (lambda copy: copy.unlink(), ["no file"]),
], ids=["letter", "empty", "foreign", "unmigrated", "newer", "tampered", "damaged", "missing"])  # fmt: skip
def test_what_is_no_good_copy_is_refused_and_changes_nothing(office, copy, change, words):
    before = database(office).read_bytes()
    change(copy)
    refused(office.itabot("restore", str(copy)), *words)
    assert database(office).read_bytes() == before
    assert [one for one in database(office).parent.iterdir() if "restoring" in one.name or "before" in one.name] == []


def test_a_copy_of_other_keys_is_refused_and_changes_nothing(office, copy):
    refused(office.itabot("restore", str(copy), ITABOT_KEYS=new_key()), "another key")
    assert (phone(database(office)), kept(office)) == (SECOND, [])


def another_program(file):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE photo (id INTEGER)")


@pytest.mark.parametrize("make", [
    lambda file: file.write_text("to the mayor\n" * 400),
    another_program,
    lambda file: file.mkdir(),
], ids=["letter", "another program's", "folder"])  # fmt: skip
def test_somebody_elses_file_is_not_replaced(office, copy, tmp_path, make):
    """DATABASE_URL names it by mistake; nothing is put beside it either."""
    folder = tmp_path / "somebody's"
    folder.mkdir()
    make(folder / "file")
    before = {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}
    there = office.itabot("restore", str(copy), DATABASE_URL=f"sqlite:///{folder / 'file'}")
    refused(there, "file", "no database of itabot", "DATABASE_URL")
    assert {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()} == before
    assert [one.name for one in folder.iterdir()] == ["file"]


def test_an_empty_file_is_replaced(office, copy, tmp_path):
    """As a machine makes it that was set up and never started."""
    (tmp_path / "empty.db").touch()
    done(office.itabot("restore", str(copy), DATABASE_URL=f"sqlite:///{tmp_path / 'empty.db'}"))
    assert phone(tmp_path / "empty.db") == FIRST


def test_a_damaged_database_is_replaced_and_kept_as_it_lies_there(office, copy):
    """The day on which a copy is needed."""
    database(office).write_bytes(b"\xff" * 9000)
    log = database(office).with_name("itabot.db-wal")
    log.write_bytes(b"\xee" * 5000)
    done(office.itabot("restore", str(copy)))
    before, before_log = kept(office)
    assert (before.read_bytes(), before_log.read_bytes()) == (b"\xff" * 9000, b"\xee" * 5000)
    assert phone(database(office)) == FIRST
    assert not log.exists()


def test_the_log_of_a_database_that_was_removed_does_not_get_into_the_restored_one(office, copy):
    """SQLite takes any log of the right name for the database's own."""
    kill_a_writer(office)
    database(office).unlink()
    assert database(office).with_name("itabot.db-wal").stat().st_size > 0
    done(office.itabot("restore", str(copy)))
    assert ask(database(office), "SELECT COUNT(*) FROM inbox") == [(0,)]
    assert check(database(office)).rows == check(copy).rows


def kill_a_writer(shell):
    """Leaves commits that stand in the write-ahead log only."""
    with running(shell, WRITER, f"sqlite:///{database(shell)}", 1) as writer:
        assert writer.stdout.readline() == "began\n"
        while not ask(database(shell), "SELECT COUNT(*) FROM inbox WHERE received_at > 2")[0][0]:
            assert writer.poll() is None
        writer.kill()


def test_a_restore_that_is_killed_leaves_the_old_database_or_the_new_one(office, copy, tmp_path):
    """Killed at every touch of a file; commits of the old one stand in its log only."""
    kill_a_writer(office)
    var = database(office).parent
    shutil.copytree(var, tmp_path / "as it was")
    shutil.copytree(var, tmp_path / "looked at")
    ((waiting,),) = ask(tmp_path / "looked at" / "itabot.db", "SELECT COUNT(*) FROM inbox")
    assert waiting > 2
    found = []
    with running(office, KILLED, var, "restore", copy) as restores:
        for touch in range(1, 1000):
            shutil.rmtree(var)
            shutil.copytree(tmp_path / "as it was", var)
            print(touch, file=restores.stdin, flush=True)
            status = int(restores.stdout.readline())
            rows = ask(database(office), "SELECT (SELECT phone FROM agency), (SELECT COUNT(*) FROM inbox)")
            assert check(database(office)).migration == HEAD
            found.append(rows[0])
            if status != -signal.SIGKILL:
                break
    assert status == 0
    assert set(found) == {(SECOND, waiting), (FIRST, 0)}
    assert found == sorted(found, reverse=True), "from the old one to the new one, once"
    print(len(found), "touches,", found.count((FIRST, 0)), "after the change")


def test_what_a_killed_restore_left_behind_does_not_hinder_the_next(office, copy):
    left = database(office).with_name("itabot.db.restoring")
    left.mkdir()
    (left / "itabot.db").write_bytes(b"half of a copy")
    (left / "itabot.db-wal").write_bytes(b"and its log")
    done(office.itabot("restore", str(copy)))
    assert phone(database(office)) == FIRST
    assert not left.exists()


def test_a_backup_that_is_killed_leaves_no_copy_or_a_whole_one(office, tmp_path):
    folder = tmp_path / "copies"
    found = []
    with running(office, KILLED, folder, "backup", folder / "copy.db") as backups:
        for touch in range(1, 1000):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            print(touch, file=backups.stdin, flush=True)
            status = int(backups.stdout.readline())
            whole = (folder / "copy.db").exists()
            assert not whole or phone(folder / "copy.db") == SECOND
            found.append(whole)
            if status != -signal.SIGKILL:
                break
    assert status == 0
    assert set(found) == {False, True}


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_postgresql_database_is_left_to_its_own_tools(shell, command):
    there = shell.itabot(command, str(shell.folder / "copy.db"), DATABASE_URL="postgresql://127.0.0.1:1/itabot")
    refused(there, "PostgreSQL", "docs/postgresql.md")
    assert (ROOT / "docs" / "postgresql.md").exists()
    assert list(shell.folder.iterdir()) == []
