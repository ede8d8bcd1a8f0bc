"""`itabot audit …`: a log that was tampered with is found, also by somebody outside who has only the file."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from bot.settings import Settings
from bot.storage.store import AgencyStore
from bot.wiring import Core
from itadomain.audit_log import Deed, Happened


@pytest.fixture
def log(shell):
    """An agency in whose log three lines stand."""
    shell.itabot("agency", "add", "north", "--name", "อบต.เหนือ", "--channel-secret", "s1", "--access-token", "t1")
    core = Core(Settings.read(shell.environment))
    agency = core.channels.by_slug("north")
    for no in range(3):
        with core.database.reading(of=agency.id) as connection:
            store = AgencyStore(connection, agency, core.ring)
            store.audit_log.add(Happened(Deed.LOOKED, datetime(2026, 11, 20, 9, no, tzinfo=UTC), "p1", f"c{no}"))
        core.database.write(store.apply, of=agency.id)
    core.database.close()
    return shell


def test_a_whole_log_is_said_to_be_whole(log):
    ran = log.itabot("audit", "verify", "north")
    assert (ran.returncode, ran.stdout.split(",")[0]) == (0, "3 entries")


@pytest.mark.parametrize(
    ("tampering", "says"),
    [
        ("UPDATE audit_log SET \"by\" = 'p2' WHERE no = 2", "entry 3"),
        ("DELETE FROM audit_log WHERE no = 2", "entry 2"),
        ("UPDATE audit_log SET \"by\" = 'p2' WHERE no = 3", "ended with entry 3"),  # no line follows the last
        ("DELETE FROM audit_log WHERE no = 3", "ended with entry 3"),
        ("DELETE FROM audit_log", "ended with entry 3"),
        ("UPDATE audit_log SET deed = 'nothing' WHERE no = 2", "line 2"),
        ("UPDATE audit_log SET facts = '5' WHERE no = 2", "line 2"),
    ],
)
def test_a_log_that_was_changed_in_the_database_is_found(log, tmp_path, tampering, says):
    with closing(sqlite3.connect(log.folder / "var" / "itabot.db")) as connection, connection:
        connection.execute(tampering)
    for asked in (["verify", "north"], ["export", "north", str(tmp_path / "log.jsonl")]):
        ran = log.itabot("audit", *asked)
        assert (ran.returncode, says in ran.stderr, "Traceback" in ran.stderr) == (1, True, False), ran


def test_an_exported_log_is_checked_without_the_system(log, tmp_path):
    file = tmp_path / "log.jsonl"
    out = log.itabot("audit", "export", "north", str(file))
    assert out.returncode == 0
    assert file.stat().st_mode & 0o077 == 0
    assert len([json.loads(line) for line in file.read_text().splitlines()]) == 3
    checked = log.itabot("audit", "check", str(file))
    assert (checked.returncode, checked.stdout) == (0, out.stdout)
    assert log.itabot("audit", "export", "north", str(file)).returncode == 1  # never in place of a file


def test_a_log_that_was_written_anew_is_found_by_a_digest_that_was_noted(log, tmp_path):
    noted = log.itabot("audit", "verify", "north").stdout.split()[-1]
    assert log.itabot("audit", "verify", "north", "--digest", noted).returncode == 0
    ran = log.itabot("audit", "verify", "north", "--digest", "f" * 64)
    assert (ran.returncode, "written anew" in ran.stderr) == (1, True)


@pytest.mark.parametrize("text", ["nothing\n", '{"no": 1}\n', "\n"])
def test_a_file_that_is_no_log_is_refused_with_a_sentence(shell, tmp_path, text):
    file = tmp_path / "other.txt"
    file.write_text(text)
    ran = shell.itabot("audit", "check", str(file))
    assert (ran.returncode, "no entry of an audit log" in ran.stderr) == (1, True)
    assert shell.itabot("audit", "check", str(tmp_path / "none")).returncode == 1
