"""What Prometheus reads: counters of all processes together, gauges of what is there now."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy.exc import SQLAlchemyError

from bot.counts import Counts
from bot.pages import COUNTED
from bot.storage import tallies
from bot.storage.queue import Outgoing, State
from bot.storage.quotas import SqlQuotas
from bot.storage.tenancy import AgencySession
from bot.wiring import web
from itadomain.allowance import Allowance
from tests.storage.conftest import make_core
from tests.storage.meanwhile import at_once, uncommitted, until_someone_waits

ROOT = Path(__file__).resolve().parents[2]
LEASE = 30_000


class Page:
    """The page of a web process, as Prometheus reads it."""

    def __init__(self, settings):
        self.app = web(settings)
        self.client = self.app.test_client()

    def samples(self):
        """Every sample by its name and labels."""
        answer = self.client.get("/metrics")
        assert answer.status_code == 200
        assert answer.content_type.startswith("text/plain; version=")
        return {
            (one.name, *one.labels.values()): one.value
            for family in text_string_to_metric_families(answer.text)
            for one in family.samples
        }

    def close(self):
        self.app.extensions["core"].database.close()


@pytest.fixture
def page(house):
    page = Page(house.core.settings)
    yield page
    page.close()


def counted(house):
    return {(name, outcome): count for name, outcome, count in house.rows("SELECT name, outcome, count FROM tally")}


def test_an_empty_service_counts_nothing_and_waits_for_nobody(page):
    assert page.samples() == {
        ("itabot_ready_lanes", "turn"): 0, ("itabot_ready_lanes", "send"): 0,
        ("itabot_oldest_ready_seconds", "turn"): 0, ("itabot_oldest_ready_seconds", "send"): 0,
        ("itabot_dead_letters", "event"): 0, ("itabot_dead_letters", "message"): 0,
        ("itabot_ready_lanes", "cast"): 0, ("itabot_oldest_ready_seconds", "cast"): 0,
        ("itabot_ready_lanes", "task"): 0, ("itabot_oldest_ready_seconds", "task"): 0, ("itabot_dead_letters", "task"): 0,
    }  # fmt: skip


def test_every_metric_has_a_type_and_a_help(page):
    families = list(text_string_to_metric_families(page.client.get("/metrics").text))
    assert {(one.name, one.type) for one in families} == {
        ("itabot_ready_lanes", "gauge"), ("itabot_oldest_ready_seconds", "gauge"), ("itabot_dead_letters", "gauge"),
        ("itabot_quota_left", "gauge"), *((f"itabot_{name}s", "counter") for name in COUNTED),
    }  # fmt: skip
    assert all(one.documentation for one in families)


def test_the_counters_of_several_processes_add_up(house, page):
    for turns in (3, 4):
        counts = Counts(house.core.database)
        for _ in range(turns):
            counts.add("turn", "done")
        counts.add("message", "refused as invalid")
        counts.keep()
    samples = page.samples()
    assert samples["itabot_turns_total", "done"] == 7
    assert samples["itabot_messages_total", "refused as invalid"] == 2


def test_what_was_counted_is_added_once(house):
    counts = Counts(house.core.database)
    counts.add("turn", "done")
    for _ in range(3):
        counts.keep()
    assert counted(house) == {("turn", "done"): 1}


def test_counting_beside_keeping_loses_nothing(house):
    counts = Counts(house.core.database)

    def count():
        for _ in range(2000):
            counts.add("turn", "done")

    def keep():
        for _ in range(50):
            counts.keep()

    at_once(count, count, keep, keep)
    counts.keep()
    assert counted(house) == {("turn", "done"): 4000}


def test_processes_that_count_the_same_for_the_first_time_at_once_lose_nothing(house):
    names = [(name, outcome) for name in "abc" for outcome in "xyz"]

    def process():
        counts = Counts(house.core.database)
        for name in names:
            counts.add(*name)
        counts.keep()

    for _ in range(3):
        house.change("DELETE FROM tally")
        at_once(*[process] * 8)
        assert counted(house) == dict.fromkeys(names, 8)


@pytest.mark.parametrize("engine", ["postgresql"])
def test_who_counts_what_another_is_just_counting_for_the_first_time_adds_to_it(house):
    counts = Counts(house.core.database)
    counts.add("turn", "done")
    with ThreadPoolExecutor(1) as pool:
        with uncommitted(house.core.database, lambda c: tallies.add(c, {("turn", "done"): 5})):
            kept = pool.submit(counts.keep)
            until_someone_waits(house)
        kept.result(10)
    assert counted(house) == {("turn", "done"): 6}


def test_what_could_not_be_kept_is_kept_the_next_time(house):
    """The database is away for a moment."""
    counts = Counts(house.core.database)
    counts.add("turn", "done")
    house.change("ALTER TABLE tally RENAME TO away")
    try:
        with pytest.raises(SQLAlchemyError):
            counts.keep()
    finally:
        house.change("ALTER TABLE away RENAME TO tally")
    counts.add("turn", "done")
    counts.keep()
    assert counted(house) == {("turn", "done"): 2}


KILLED = """
import os, signal
from bot.counts import Counts
from bot.settings import Settings
from bot.wiring import Core
counts = Counts(Core(Settings.read()).database)
for kept in (True, False):
    for _ in range(5):
        counts.add("turn", "done")
    if kept:
        counts.keep()
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_process_loses_only_what_it_had_not_kept(house, page):
    settings = house.core.settings
    environment = {
        "ITABOT_VAR": str(settings.var), "ITABOT_KEYS": settings.keys[0], "DATABASE_URL": settings.database_url,
    }  # fmt: skip
    assert subprocess.run([sys.executable, "-c", KILLED], cwd=ROOT, env=environment, check=False).returncode == -9
    assert page.samples()["itabot_turns_total", "done"] == 5


def test_messages_left_are_told_by_agency_where_they_are_limited(house, page):
    for slug, allowance in (
        ("north", Allowance(300, 258)), ("south", Allowance(300, 309)), ("east", Allowance(None, 4)), ("west", None),
    ):  # fmt: skip
        agency = house.add_agency(slug)
        if allowance:
            house.core.database.write(
                lambda c, agency=agency, one=allowance: SqlQuotas(AgencySession(c, agency)).keep(
                    one, house.clock(), "2026-11"
                ),
                of=agency,
            )
    left = {key[1]: value for key, value in page.samples().items() if key[0] == "itabot_quota_left"}
    assert left == {"north": 42, "south": 0}


def test_what_was_given_up_is_told_by_kind(house, page):
    agency = house.add_agency("north")
    for number in range(3):
        house.put(agency, {"id": f"e{number}", "lane": "x"})
    for state in (State.DEAD, State.DEAD, State.DONE):
        house.queue("finish_event", house.claim(), "a", house.clock(), state)
    house.queue("post", agency, "x", [Outgoing("U1", [{"type": "text", "text": "hello"}])], house.clock())
    letter = house.queue("claim_letter", "s", house.clock(), LEASE)
    house.queue("settle", letter, "s", house.clock(), State.DEAD, "monthly limit")
    samples = page.samples()
    assert (samples["itabot_dead_letters", "event"], samples["itabot_dead_letters", "message"]) == (2, 1)


def test_who_waits_and_for_how_long_is_told(house, page):
    agency = house.add_agency("north")
    house.put(agency, {"id": "a", "lane": "x"}, {"id": "b", "lane": "x"}, {"id": "c", "lane": "y"})
    samples = page.samples()
    assert (samples["itabot_ready_lanes", "turn"], samples["itabot_ready_lanes", "send"]) == (2, 0)
    assert samples["itabot_oldest_ready_seconds", "turn"] > 0  # by the clock of the machine


def test_no_metric_names_a_person(house, page):
    agency = house.add_agency("north")
    house.put(agency, {"id": "event-of-the-test", "lane": "lane-of-the-test", "body": {"text": "ถ้อยคำลับ"}})
    told = page.client.get("/metrics").text
    assert not [word for word in ("of-the-test", "ถ้อยคำลับ") if word in told]


def test_a_database_without_tables_is_told_as_unavailable_and_without_a_traceback(tmp_path, template, caplog):
    core = make_core(tmp_path, template[1])
    page = Page(core.settings)
    answer = page.client.get("/metrics")
    page.close()
    assert (answer.status_code, answer.text) == (503, "not ready\n")
    assert "Traceback" not in caplog.text
