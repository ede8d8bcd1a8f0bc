"""`itabot doctor` as people and scripts call it: exit 0 or 1, sentences or JSON, never a traceback."""

import json

import pytest

from bot.simulator import config
from bot.simulator.server import DeskServer

NOBODY = "http://127.0.0.1:9"  # the discard port: nothing listens


@pytest.fixture
def line(tmp_path):
    channel = config.Agency("north", "อบต.เหนือ", f"{NOBODY}/line/north/webhook", "s1", "t1", "U" + "b" * 32)
    server = DeskServer(config.Config(tmp_path / "record.jsonl", (channel,))).start()
    yield server
    server.close()


def objects(process):
    assert "Traceback" not in process.stderr, process.stderr
    return [json.loads(line) for line in process.stdout.splitlines()]


def test_where_nothing_fails_it_leaves_with_0(office, line):
    process = office.itabot("doctor", "--json", LINE_API_HOST=line.url)
    found = objects(process)
    assert process.returncode == 0, process.stdout
    assert all(list(one) == ["check", "agency", "result", "says", "do"] for one in found)
    assert {one["result"] for one in found} <= {"ok", "warn"}
    assert {one["check"] for one in found if one["agency"] == "north"} == {
        "secret", "token", "chat", "webhook", "quota", "receivers",
    }  # fmt: skip


def test_where_something_fails_it_leaves_with_1_and_says_what_to_do(office, line):
    """LINE's own test of a named agency finds nobody at the webhook's address."""
    process = office.itabot("doctor", "north", LINE_API_HOST=line.url)
    assert process.returncode == 1
    said = process.stdout.splitlines()
    (at,) = [number for number, one in enumerate(said) if one.startswith("fail")]
    assert said[at].startswith("fail  north: webhook test: ")
    assert said[at + 1].startswith("      → ")


def test_with_line_away_it_says_so(office):
    process = office.itabot("doctor", "--json", LINE_API_HOST=NOBODY)
    assert process.returncode == 1
    assert [one["check"] for one in objects(process) if one["result"] == "fail"] == ["line"]


def test_before_anything_is_set_up_it_says_what_is_missing(shell):
    process = shell.itabot("doctor", "--json", ITABOT_KEYS=None, LINE_API_HOST=NOBODY)
    assert process.returncode == 1
    assert [one["check"] for one in objects(process) if one["result"] == "fail"] == ["keys", "database", "line"]
    assert not (shell.folder / "var").exists()


def test_an_agency_is_warned_of_only_where_it_cannot_answer(shell):
    added = ("agency", "add", "south", "--name", "อบต.ใต้", "--channel-secret", "s")
    assert "cannot answer" in shell.itabot(*added).stderr
    assert "cannot answer" not in shell.itabot(*added, "--channel-id", "1650000001").stderr
