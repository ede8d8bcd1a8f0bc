"""Webhooks out: signed, in order, delivered again, and troubled on demand."""

import base64
import hashlib
import hmac
import http.client
import json
import socket
from collections.abc import Callable
from typing import Any

import pytest

from bot.simulator.client import Desk, DeskRefused
from bot.simulator.delivery import sign

SLUG, CITIZEN, BOT = "thaimueang", "U" + "c" * 32, "U" + "b" * 32
SECRET = b"secret-of-thaimueang"
#: So often that a slow machine has its turn too.
ON_AND_ON = [0.1] * 200


def test_a_webhook_is_signed_over_its_raw_bytes(desk: Desk, bot: Any) -> None:
    desk.say(SLUG, CITIZEN, "สวัสดี 🙏")
    bot.events(1)
    headers, body = bot.got[0]
    expected = base64.b64encode(hmac.new(SECRET, body, hashlib.sha256).digest()).decode()
    assert headers["x-line-signature"] == expected == sign(SECRET.decode(), body)
    assert sign("another secret", body) != expected
    assert json.loads(body)["destination"] == BOT


def test_a_text_event_has_everything_that_line_sends(desk: Desk, bot: Any) -> None:
    desk.say(SLUG, CITIZEN, "คะแนน")
    (event,) = bot.events(1)
    assert set(event) == {
        "replyToken", "type", "mode", "timestamp", "source", "webhookEventId", "deliveryContext", "message",
    }  # fmt: skip
    assert set(event["message"]) == {"id", "type", "quoteToken", "markAsReadToken", "text"}
    assert event["source"] == {"type": "user", "userId": CITIZEN}
    assert event["deliveryContext"] == {"isRedelivery": False}
    assert len(event["webhookEventId"]) == 26


def test_one_persons_events_arrive_in_order(desk: Desk, bot: Any) -> None:
    for number in range(20):
        desk.say(SLUG, CITIZEN, str(number))
    events = bot.events(20)
    assert [each["message"]["text"] for each in events] == [str(number) for number in range(20)]
    times = [each["timestamp"] for each in events]
    assert times == sorted(set(times))


@pytest.mark.parametrize("status", [500, 404, 302])
def test_a_failed_webhook_comes_again_the_same(desk: Desk, bot: Any, status: int) -> None:
    bot.answers = [status, status]
    desk.say(SLUG, CITIZEN, "สวัสดี")
    first, second, third = bot.events(3)
    assert [each["deliveryContext"]["isRedelivery"] for each in (first, second, third)] == [False, True, True]
    assert second == third == {**first, "deliveryContext": {"isRedelivery": True}}
    entries = desk.wait_for_record(3, kind="webhook")
    assert [each["status"] for each in entries] == [status, status, 200]


def test_a_slow_webhook_comes_again(make_desk: Callable[..., Any], bot: Any) -> None:
    bot.delay = 0.3
    desk = Desk(make_desk(webhook_seconds=0.1, redelivery=ON_AND_ON).url)
    desk.say(SLUG, CITIZEN, "สวัสดี")
    assert desk.wait_for_record(1, kind="webhook", status=None)[0]["error"] == "TimeoutError"
    bot.delay = 0.0
    assert desk.wait_for_record(1, kind="webhook", status=200)


def test_a_bot_that_starts_late_still_gets_it(make_desk: Callable[..., Any], bot: Any) -> None:
    with socket.socket() as gone:
        gone.bind(("127.0.0.1", 0))
        server = make_desk(webhook=f"http://127.0.0.1:{gone.getsockname()[1]}/", redelivery=ON_AND_ON)
    desk = Desk(server.url)
    desk.say(SLUG, CITIZEN, "สวัสดี")
    desk.wait_for_record(1, kind="webhook", error="ConnectionRefusedError")
    server.desk.accounts[SLUG].webhook = bot.url
    assert bot.events(1)[0]["deliveryContext"]["isRedelivery"]


def test_redelivery_gives_up_after_the_last_delay(make_desk: Callable[..., Any], bot: Any) -> None:
    desk = Desk(make_desk(redelivery=[0.01, 0.01]).url)
    bot.answers = [500] * 9
    desk.say(SLUG, CITIZEN, "สวัสดี")
    desk.wait_for_record(3, kind="webhook")
    desk.say(SLUG, "U" + "d" * 32, "ต่อ")
    desk.wait_for_record(6, kind="webhook")
    assert len(desk.record(kind="webhook")) == 6


def test_a_redelivered_token_lives_again_for_a_minute(server: Any, desk: Desk, bot: Any, line: Any) -> None:
    desk.say(SLUG, CITIZEN, "สวัสดี")
    token, tokens = bot.token(), server.desk.accounts[SLUG].tokens
    desk.advance(90)
    assert not tokens.find(token).alive(server.desk.clock.now())
    tokens.reissue(token, server.desk.clock.now())
    assert line.reply(token)[0] == 200
    tokens.reissue(token, server.desk.clock.now())
    assert line.reply(token)[0] == 400


def test_a_token_is_not_renewed_after_twenty_minutes(server: Any, desk: Desk, bot: Any, line: Any) -> None:
    desk.say(SLUG, CITIZEN, "สวัสดี")
    token = bot.token()
    desk.advance(20 * 60 + 1)
    server.desk.accounts[SLUG].tokens.reissue(token, server.desk.clock.now())
    assert line.reply(token)[0] == 400


def test_every_webhook_twice(desk: Desk, bot: Any) -> None:
    desk.faults("twice")
    desk.say(SLUG, CITIZEN, "หนึ่ง")
    desk.say(SLUG, CITIZEN, "สอง")
    one, again, two = bot.events(3)
    assert one == again
    assert two["message"]["text"] == "สอง"


def test_the_next_webhooks_arrive_last_first(desk: Desk, bot: Any) -> None:
    desk.faults("reorder", 3)
    for words in ("หนึ่ง", "สอง", "สาม"):
        desk.say(SLUG, CITIZEN, words)
    events = bot.events(3)
    assert [each["message"]["text"] for each in events] == ["สาม", "สอง", "หนึ่ง"]
    assert events[0]["timestamp"] > events[2]["timestamp"]


def test_a_webhook_that_is_switched_off_hears_nothing(server: Any, desk: Desk, bot: Any) -> None:
    server.desk.accounts[SLUG].uses_webhook = False
    desk.say(SLUG, CITIZEN, "หนึ่ง")
    server.desk.accounts[SLUG].uses_webhook = True
    desk.say(SLUG, CITIZEN, "สอง")
    assert bot.events(1)[0]["message"]["text"] == "สอง"


@pytest.mark.parametrize(
    ("kind", "status", "words"),
    [
        ("error500", 500, "Internal Server Error"),
        ("rate", 429, "The API rate limit has been exceeded. Try again later."),
        ("month", 429, "You have reached your monthly limit."),
    ],
)
def test_calls_fail_as_often_as_asked(desk: Desk, line: Any, kind: str, status: int, words: str) -> None:
    desk.faults(kind, 2)
    assert [line.push(CITIZEN)[:2] for _ in range(2)] == [(status, {"message": words})] * 2
    assert line.push(CITIZEN)[0] == 200


def test_a_fault_meets_only_its_agency_and_endpoint(desk: Desk, line: Any) -> None:
    desk.faults("error500", agency="krasang")
    assert line.push(CITIZEN)[0] == 200
    assert line.push(CITIZEN, token="token-of-krasang")[0] == 500
    desk.faults("error500", endpoint="profile")
    assert line.push(CITIZEN)[0] == 200
    assert line.call("GET", f"/v2/bot/profile/{CITIZEN}")[0] == 500
    desk.faults("error500")
    assert line.call("GET", "/v2/bot/info")[0] == 200
    desk.no_faults()
    assert line.push(CITIZEN)[0] == 200


@pytest.mark.parametrize(("kind", "shown"), [("reset", 0), ("timeout_before", 0), ("timeout_after", 1)])
def test_connections_break_before_or_after_acceptance(desk: Desk, line: Any, kind: str, shown: int) -> None:
    desk.faults(kind, seconds=0.05)
    with pytest.raises((ConnectionError, http.client.HTTPException, OSError)):
        line.push(CITIZEN)
    assert len(desk.chat(SLUG, CITIZEN)["items"]) == shown
    assert line.push(CITIZEN)[0] == 200


def test_a_slow_answer_is_an_answer(desk: Desk, line: Any) -> None:
    desk.faults("slow", seconds=0.1)
    assert line.push(CITIZEN)[0] == 200
    assert desk.record(kind="api")[-1]["ms"] >= 100


def test_reply_tokens_expire_on_demand(desk: Desk, bot: Any, line: Any) -> None:
    desk.say(SLUG, CITIZEN, "สวัสดี")
    token = bot.token()
    desk.faults("expire_tokens")
    assert line.reply(token)[0] == 400


def test_an_unknown_trouble_is_refused(desk: Desk) -> None:
    with pytest.raises(DeskRefused):
        desk.faults("earthquake")
    with pytest.raises(DeskRefused):
        desk.faults("slow", pace=3)
