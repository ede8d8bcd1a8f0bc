"""DATABASE_URL may name a file of somebody else's by mistake: it stays as it is, and nothing is put beside it."""

import os
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy.exc import DatabaseError

from bot.storage.database import open_database

AGENCY = ("agency", "add", "south", "--name", "อบต.ใต้", "--channel-secret", "s", "--access-token", "t")


def letter(file):
    file.write_text("to the mayor\n" * 400)


def short_letter(file):
    file.write_text("yes")


def zeros(file):
    file.write_bytes(bytes(8192))


def database_of_another(file):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE photo (id INTEGER)")


def database_of_another_with_a_log(file):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE photo (id INTEGER)")


FOREIGN = (letter, short_letter, zeros, database_of_another, database_of_another_with_a_log)


def looks(folder):
    """Every file below, with its mode and what stands in it."""
    return {one.name: (one.stat().st_mode, one.read_bytes()) for one in folder.iterdir() if one.is_file()}


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "somebody's"
    made.mkdir()
    return made


@pytest.mark.parametrize("make", FOREIGN, ids=lambda make: make.__name__)
def test_what_is_not_ours_is_neither_opened_nor_changed(folder, make):
    file = folder / "file"
    make(file)
    file.chmod(0o644)
    before = looks(folder)
    database = open_database(f"sqlite:///{file}")
    for use in (lambda: database.write(lambda _: None), lambda: database.reading().__enter__()):
        with pytest.raises(DatabaseError, match=r"not a database|of another program"):
            use()
    database.close()
    assert looks(folder) == before


@pytest.mark.parametrize("command", [
    ("migrate",), ("serve",), ("web",), ("worker",), AGENCY, ("doctor",), ("keys", "rotate"), ("dead", "list"),
    ("tick",), ("backup", "copy"),
], ids=lambda command: command[0])  # fmt: skip
def test_no_command_touches_a_file_that_is_not_ours(shell, folder, command):
    for make in (letter, database_of_another_with_a_log):
        file = folder / "file"
        file.unlink(missing_ok=True)
        make(file)
        file.chmod(0o644)
        before = looks(folder)
        arguments = (*command[:-1], str(shell.folder / "copy")) if command[0] == "backup" else command
        # doctor asks LINE the time: nobody listens there
        ran = shell.itabot(*arguments, DATABASE_URL=f"sqlite:///{file}", LINE_API_HOST="http://127.0.0.1:9")
        assert ran.returncode == 1, ran
        assert "not a database" in ran.stdout + ran.stderr or "of another program" in ran.stdout + ran.stderr
        assert "Traceback" not in ran.stderr
        assert looks(folder) == before
        assert not (shell.folder / "copy").exists()


def test_a_new_database_is_private_from_its_first_moment(tmp_path):
    """Whatever the umask; and so is what SQLite puts beside it."""
    database = open_database(f"sqlite:///{tmp_path / 'new.db'}")
    before = os.umask(0)
    try:
        database.write(lambda c: c.exec_driver_sql("CREATE TABLE agency (id INTEGER)"))
    finally:
        os.umask(before)
    modes = {one.name: one.stat().st_mode & 0o777 for one in tmp_path.iterdir()}
    database.close()
    assert {"new.db", "new.db-wal", "new.db.open", "new.db.lock"} <= modes.keys()
    assert set(modes.values()) == {0o600}


@pytest.mark.parametrize("dangling", [False, True])
def test_a_database_behind_a_link_is_made_where_the_link_points_to(tmp_path, dangling):
    (tmp_path / "disk").mkdir()
    real, link = tmp_path / "disk" / "real.db", tmp_path / "link.db"
    link.symlink_to(real)
    if not dangling:
        real.touch(0o600)
    database = open_database(f"sqlite:///{link}")
    database.write(lambda _: None)
    database.close()
    assert real.stat().st_mode & 0o777 == 0o600


def test_our_own_database_that_others_could_read_is_made_private(office):
    file = office.folder / "var" / "itabot.db"
    file.chmod(0o644)
    assert office.itabot("migrate").returncode == 0
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_database_of_another_user_keeps_its_mode(office):
    """Root may look at the service's database, and must not lock its group out."""
    file = office.folder / "var" / "itabot.db"
    os.chown(file, 65534, 65534)
    file.chmod(0o640)
    assert office.itabot("migrate").returncode == 0
    assert file.stat().st_mode & 0o777 == 0o640
    os.chown(file, 0, 0)
