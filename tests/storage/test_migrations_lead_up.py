"""From an empty database, and from the first release's with its rows, to the tables of today; by two at once too."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from bot.storage.queue import State
from bot.storage.schema import HEAD, METADATA, is_current, migrate, revision
from bot.storage.sealing import new_key
from bot.storage.store import AgencyStore
from tests import postgres
from tests.storage.conftest import House, make_core, unbound

ROOT = Path(__file__).resolve().parents[2]
LEASE = 30_000


@pytest.fixture
def bare(engine, tmp_path):
    """An installation on a database without a table."""
    if engine == "sqlite":
        house = House(make_core(tmp_path, new_key()))
        yield house
        house.core.database.close()
        return
    if postgres.programs() is None:
        pytest.skip(postgres.WANTED)
    name = postgres.cluster().new_database()
    house = House(make_core(tmp_path, new_key(), postgres.cluster().url(name)))
    yield house
    house.core.database.close()
    unbound(house.core.settings.database_url).dispose()
    postgres.cluster().drop(name)


def up_to(connection, number):
    config = Config()
    config.set_main_option("script_location", "bot.storage:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, number)


def differences(database):
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, METADATA)


def test_an_empty_database_comes_up_to_the_tables_of_the_code(bare):
    database = bare.core.database
    assert not is_current(database)
    assert migrate(database) is True
    assert is_current(database)
    assert differences(database) == []
    assert migrate(database) is False


MIGRATOR = """
import sys
from bot.storage.database import open_database
from bot.storage.schema import migrate
sys.stdin.readline()
print(migrate(open_database(sys.argv[1])))
"""


def test_two_processes_that_migrate_at_once_do_it_once(bare):
    command_line = [sys.executable, "-c", MIGRATOR, bare.core.settings.database_url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    both = [subprocess.Popen(command_line, cwd=ROOT, **pipes) for _ in range(2)]
    for one in both:
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate(timeout=200)[0].strip() for one in both]
    assert [one.returncode for one in both] == [0, 0]
    assert "True" in said  # the other may have looked when it was done already, or have waited
    assert differences(bare.core.database) == []


# ── the first release's rows

BODY = b'{"type": "message"}'
LETTER = '{"to": "U1", "messages": [{"type": "text", "text": "one"}], "reply_token": "r", "language": "th"}'
AGENCY = """INSERT INTO agency (id, slug, name, name_en, short, short_en, phone, hours, particle, sample, channel_id,
    bot_user_id, channel_secret, access_token) VALUES (1, 'north', 'เหนือ', '', '', '', '', '', 'ค่ะ', FALSE, '', '', :s, :t)"""
EVENT = """INSERT INTO inbox (agency_id, event_id, lane, happened_at, received_at, body, state, attempts, reason)
    VALUES (1, :event_id, :lane, :at, :at, :body, :state, :attempts, :reason)"""
MESSAGE = """INSERT INTO outbox (agency_id, lane, retry_key, body, token_at, needed, state, attempts, uncertain, outcome)
    VALUES (1, :lane, :key, :body, 77, :needed, :state, :attempts, :uncertain, :outcome)"""
PERSON = """INSERT INTO person (agency_id, id, lookup, line_user_id, name, roles, unit, language, version)
    VALUES (1, :id, :id, :line, :name, '["staff"]', :unit, 'th', 1)"""
MEASURE = """INSERT INTO measure (agency_id, id, natural_key, plan_year, position, printed)
    VALUES (1, :id, :id, 2570, :position, :printed)"""
LANE = """INSERT INTO lane (agency_id, kind, lane, ready_at, owner, lease_until)
    VALUES (1, :kind, :lane, :ready_at, :owner, :until)"""

#: A measure as the first release kept it, and whose two of them were.
PRINTED = {
    "title": "เผยแพร่ข้อมูล", "lead": "", "period": "ตลอดปีงบประมาณ", "steps": ["ประชุม"], "questions": [], "finding": "", "result": "",
    "suggestion": "",
}  # fmt: skip
OWNED = [(["ทุกสำนัก/กอง"], "ทุกไตรมาส"), (["กองคลัง", "กองที่ไม่มี"], "")]


@pytest.fixture
def old(bare):
    """A database as the first release left it: events and messages of every kind, a lane leased and one ready."""
    ring = bare.core.ring

    def fill(connection):
        up_to(connection, "0001")
        seal = {name: ring.seal_text(name, "north", "agency", name) for name in ("channel_secret", "access_token")}
        connection.execute(text(AGENCY), {"s": seal["channel_secret"], "t": seal["access_token"]})
        for name, lane, at, state, attempts in (
            ("waiting-2", "x", 2000, 0, 0), ("waiting-1", "x", 1000, 0, 2), ("leased", "y", 1000, 0, 1),
            ("done", "x", 500, 1, 1), ("ignored", "x", 400, 2, 1), ("dead", "x", 300, 3, 5),
        ):  # fmt: skip
            body = ring.seal(BODY, 1, "inbox", "body", name) if state in {0, 3} else None
            values = {"event_id": name, "lane": lane, "at": at, "state": state, "attempts": attempts, "body": body}
            connection.execute(text(EVENT), {**values, "reason": "failed" if state == 3 else ""})
        for key, lane, state, attempts, uncertain in (
            ("fresh", "a", 0, 0, False), ("known", "b", 0, 3, False), ("uncertain", "c", 0, 3, True),
            ("sent", "a", 1, 1, False), ("given up", "a", 3, 12, True),
        ):  # fmt: skip
            body = ring.seal_text(LETTER, 1, "outbox", "body", key) if state in {0, 3} else None
            values = {"key": key, "lane": lane, "state": state, "attempts": attempts, "uncertain": uncertain}
            connection.execute(text(MESSAGE), {**values, "body": body, "needed": key == "known", "outcome": "so"})
        for who, unit in (("p1", "กองคลัง"), ("p2", "สำนักปลัด")):
            sealed = {
                name: ring.seal_text(who, 1, "person", column, who)
                for name, column in (("line", "line_user_id"), ("name", "name"))
            }
            connection.execute(text(PERSON), {"id": who, "unit": unit, **sealed})
        for position, (owners, follow_up) in enumerate(OWNED, 1):
            printed = {**PRINTED, "number": str(position * 2), "owners": owners, "follow_up": follow_up}
            row = {"id": f"m{position}", "position": position, "printed": json.dumps(printed)}
            connection.execute(text(MEASURE), row)
        for kind, lane, ready, owner, until in (
            ("turn", "x", 10, "", 0), ("turn", "y", 5, "old", bare.clock() + 5_000), ("send", "a", 1, "", 0),
            ("send", "b", 2, "", 0), ("send", "c", 3, "", 0), ("turn", "idle", None, "", 0),
        ):  # fmt: skip
            connection.execute(
                text(LANE), {"kind": kind, "lane": lane, "ready_at": ready, "owner": owner, "until": until}
            )

    bare.core.database.write(fill)
    with bare.core.database.reading() as connection:
        assert revision(connection) == "0001" != HEAD
    migrate(bare.core.database)
    assert is_current(bare.core.database)
    return bare


def test_an_old_database_comes_up_to_the_same_tables_as_a_new_one(old):
    assert differences(old.core.database) == []


def test_old_events_wait_in_their_order_with_their_attempts(old):
    first = old.claim("a")
    assert (first.event_id, first.attempts, first.body) == ("waiting-1", 3, {"type": "message"})
    assert not first.late
    assert old.claim("b") is None  # the other lane is leased
    old.queue("finish_event", first, "a", old.clock(), State.DONE)
    second = old.claim("a")
    assert (second.event_id, second.attempts, second.late) == ("waiting-2", 1, False)
    old.clock.pass_ms(5_001)
    assert old.claim("b").event_id == "leased"


def test_old_events_that_are_over_stay_so_and_are_known_when_they_come_again(old):
    assert dict(old.rows("SELECT event_id, state FROM inbox WHERE state > 0")) == {
        "done": State.DONE, "ignored": State.IGNORED, "dead": State.DEAD,
    }  # fmt: skip
    assert [old.put(1, {"id": name, "lane": "x"}) for name in ("done", "ignored", "dead", "waiting-1", "new")] == [
        0, 0, 0, 0, 1,
    ]  # fmt: skip
    assert old.queue("dead") == {"event": 1, "message": 1, "task": 0}


def test_an_old_letter_is_as_certain_as_it_was(old):
    """What may have arrived must not be said twice; what surely did not must not be swallowed."""
    letters = [old.queue("claim_letter", owner, old.clock(), LEASE) for owner in "abc"]
    assert {letter.retry_key: (letter.attempts, letter.uncertain) for letter in letters} == {
        "fresh": (1, False), "known": (4, False), "uncertain": (4, True),
    }  # fmt: skip
    assert {letter.retry_key: letter.outgoing.needed for letter in letters}["known"] is True
    assert {letter.outgoing.token_at for letter in letters} == {77}
    assert old.queue("claim_letter", "d", old.clock(), LEASE) is None


def test_an_old_agency_opens_with_its_secrets(old):
    agency = old.core.channels.by_slug("north")
    assert (agency.channel_secret, agency.access_token) == ("channel_secret", "access_token")


def test_old_measures_become_the_duties_of_the_units_that_are_known(old):
    core = old.core
    with core.database.reading(of=1) as connection:
        store = AgencyStore(connection, core.channels.by_slug("north"), core.ring)
        units = {unit.id: unit.name for unit in store.units.all()}
        duties = [(one.measure, units[one.unit], one.slot) for one in store.obligations.of_year(2570)]
        measure = store.measures.get("m1")
    quarter = date(2026, 12, 31)
    assert sorted(duties[:2]) == [("m1", "กองคลัง", quarter), ("m1", "สำนักปลัด", quarter)]
    assert duties[2:] == [("m2", "กองคลัง", None)]
    assert (measure.number, measure.title, measure.steps, measure.place) == ("2", "เผยแพร่ข้อมูล", ("ประชุม",), 1)


@pytest.mark.parametrize("engine", ["postgresql"])
def test_an_old_database_gets_the_wall(old):
    """Its rows were written before there was one."""
    with old.core.database.reading() as connection:
        assert connection.scalar(text("SELECT COUNT(*) FROM inbox")) == 0
    with old.core.database.reading(of=1) as connection:
        assert connection.scalar(text("SELECT COUNT(*) FROM inbox")) == 6
    with old.core.database.reading(of=2) as connection:
        assert connection.scalar(text("SELECT COUNT(*) FROM outbox")) == 0
