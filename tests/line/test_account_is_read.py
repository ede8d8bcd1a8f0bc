"""What LINE tells of an account: the bot, its webhook, its quota, the time."""

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.line.account import Bot, Quota, Trial, Webhook
from bot.line.client import Lines, Outcome
from bot.simulator import config
from bot.simulator.client import Desk
from bot.simulator.server import DeskServer
from bot.storage.agencies import Agency
from tests.fakes import an_office

BOT = "U" + "b" * 32
NOBODY = "http://127.0.0.1:9/line/north/webhook"  # the discard port: nothing listens
NORTH = Agency(1, "north", an_office(), "secret-north", "token-north")


@pytest.fixture
def server(tmp_path):
    agency = config.Agency("north", "อบต.เหนือ", NOBODY, NORTH.channel_secret, NORTH.access_token, BOT)
    server = DeskServer(config.Config(tmp_path / "record.jsonl", (agency,))).start()
    yield server
    server.close()


@pytest.fixture
def lines(server):
    lines = Lines(server.url)
    yield lines
    lines.close()


def test_the_account_behind_a_token_is_known(lines):
    assert lines.bot(NORTH) == Bot(BOT, "bot")
    assert lines.bot(replace(NORTH, access_token="other")) is Outcome.NO_ACCESS


def test_whether_staff_read_its_chat_is_known(server, lines):
    Desk(server.url).chat_mode("chat", agency="north")
    assert lines.bot(NORTH) == Bot(BOT, "chat")


def test_an_account_that_tells_no_mode_is_read_all_the_same():
    assert Bot.read({"userId": BOT}) == Bot(BOT)


def test_the_webhook_is_known_and_whether_it_is_used(server, lines):
    assert lines.webhook(NORTH) == Webhook(NOBODY, active=True)
    server.desk.accounts["north"].uses_webhook = False
    assert lines.webhook(NORTH) == Webhook(NOBODY, active=False)


def test_a_webhook_that_nobody_answers_fails_its_trial(lines):
    assert lines.try_webhook(NORTH) == Trial(passed=False, status=0, reason="COULD_NOT_CONNECT")


def test_the_sixty_first_trial_of_an_hour_is_too_fast(lines):
    outcomes = [lines.try_webhook(NORTH) for _ in range(61)]
    assert [outcome for outcome in outcomes if isinstance(outcome, Outcome)] == [Outcome.TOO_FAST]


def test_the_quota_is_the_plans_limit_and_what_was_used(server, lines):
    assert lines.quota(NORTH) == Quota(15_000, 0)
    Desk(server.url).quota(300, used=299)
    assert lines.quota(NORTH) == Quota(300, 299)
    Desk(server.url).quota(None, used=7)
    assert lines.quota(NORTH) == Quota(None, 7)


@pytest.mark.parametrize("endpoint", ["quota", "consumption"])
def test_half_a_quota_is_none(server, lines, endpoint):
    Desk(server.url).faults("error500", endpoint=endpoint)
    assert lines.quota(NORTH) is None


def test_the_time_at_line_is_known_without_any_access(lines):
    there = lines.now()
    assert abs(there.timestamp() - time.time()) < 60  # the same machine, a busy one
    assert there.tzinfo is not None
    assert there < datetime.now(UTC).replace(microsecond=999_999)


def test_a_line_that_is_away_tells_nothing(server, lines):
    server.close()
    lines.close()
    assert lines.bot(NORTH) is Outcome.UNREACHED
    assert lines.webhook(NORTH) is Outcome.UNREACHED
    assert lines.try_webhook(NORTH) is Outcome.UNREACHED
    assert lines.quota(NORTH) is None
    assert lines.now() is None
