"""Whatever an event says of itself: what is stored can be worked off, and its neighbours are not kept out."""

import json
import time
from datetime import date

import pytest

from bot.line.events import Heard, Ignored, Kind, hear
from bot.storage.queue import State
from bot.wiring import milliseconds
from tests.line.edge import event, understanding
from tests.line.odd import WORKED_OFF, nested

HOUR = 60 * 60 * 1000
DAY = 24 * HOUR
LEAP_MS = 10_000  # a test's clock and the product's may be read so far apart on a busy machine


# ── when it happened


@pytest.mark.parametrize(
    ("ago", "taken"), [(0, 1), (6 * DAY, 1), (7 * DAY - HOUR, 1), (7 * DAY + HOUR, 0), (3650 * DAY, 0)]
)
def test_an_event_older_than_its_id_is_kept_is_not_taken_in(edge, ago, taken):
    """A body that somebody kept for a week would be answered once more."""
    at = milliseconds() - ago
    assert edge.post([event("e", timestamp=at)]).status_code == 200
    assert edge.rows("SELECT happened_at FROM inbox") == [(at,)] * taken


def test_an_old_event_does_not_keep_its_neighbours_out(edge):
    assert edge.post([event("old", timestamp=1), event("new")]).status_code == 200
    assert edge.rows("SELECT event_id FROM inbox") == [("new",)]


def test_a_clock_that_runs_ahead_a_little_is_believed(edge):
    at = milliseconds() + 23 * HOUR
    edge.post([event("e", timestamp=at)])
    assert edge.rows("SELECT happened_at FROM inbox") == [(at,)]


@pytest.mark.parametrize("odd", [
    True, False, None, "1795150000000", -1, -(10**18), 1.5, 1e400, float("nan"), [], {}, 2**53, 2**63, 10**40, 10**4000,
])  # fmt: skip
def test_a_time_that_cannot_be_is_taken_for_now(edge, odd):
    before = milliseconds()
    assert edge.post([event("e", timestamp=odd)]).status_code == 200
    ((happened, received),) = edge.rows("SELECT happened_at, received_at FROM inbox")
    assert happened == received
    assert before <= happened <= before + LEAP_MS


def test_an_event_of_tomorrow_does_not_wait_behind_the_rest(edge):
    edge.post([event("tomorrow", timestamp=milliseconds() + 2 * DAY)])
    ((happened,),) = edge.rows("SELECT happened_at FROM inbox")
    assert abs(happened - milliseconds()) < LEAP_MS


# ── ids


@pytest.mark.parametrize("odd", [
    "\0", "a\0b", "\ud800", "\udfff\ud800", "ก", "x" * 256, "x" * 900_000, "a\nb", "\x7f", "\u202e",
])  # fmt: skip
def test_an_odd_event_id_is_kept_as_a_hash_and_known_again(edge, odd):
    """PostgreSQL takes no NUL, nobody takes half an emoji, and an index is no place for a megabyte."""
    for _ in range(2):
        assert edge.post([event("", webhookEventId=odd)]).status_code == 200
    ((kept,),) = edge.rows("SELECT event_id FROM inbox")
    assert len(kept) == 64
    assert set(kept) <= set("0123456789abcdef")
    assert edge.post([event("", webhookEventId=odd + "2")]).status_code == 200
    assert edge.stored == 2


@pytest.mark.parametrize("name", ["userId", "groupId", "roomId"])
def test_an_odd_sender_is_nobody(edge, name):
    odd = ["\0", "U\0", "\ud800", "U" * 900_000, 7, True, None, [], {"a": 1}, "ก", "\n"]
    edge.post([event(f"e{number}", source={"type": "user", name: one}) for number, one in enumerate(odd)])
    edge.post([event("nobody", source={"type": "user"})])
    assert edge.stored == len(odd) + 1
    edge.work()
    assert edge.rows("SELECT COUNT(DISTINCT lane) FROM inbox") == [(1,)]
    assert edge.states == {State.IGNORED}
    assert edge.rows("SELECT COUNT(*) FROM person") == [(0,)]


def test_an_odd_reply_token_is_none(edge):
    edge.post(
        [event(f"e{number}", replyToken=odd) for number, odd in enumerate(["\0", "\ud800", "r" * 300_000, 7, []])]
    )
    edge.work()
    assert edge.states == {State.DONE}


@pytest.mark.parametrize("odd", ["\0", "\ud800", "x" * 400_000, "no type", "ก", 7, None, [], {}])
def test_an_odd_type_is_ignored_and_not_repeated_in_the_database(edge, odd):
    edge.post([event("e", type=odd), event("f", message={"type": odd, "text": "a"})])
    edge.work()
    assert set(edge.rows("SELECT state, reason FROM inbox")) == {
        (State.IGNORED, "type unknown"), (State.IGNORED, "message unknown"),
    }  # fmt: skip


@pytest.mark.parametrize("data", [
    "go=score.now&year=%00", "go=score.now&year=\0", "go=%00", "at=%ED%A0%80&a=\ud800", "go=measures.one&id=%00", "go=\ud800",
    "go=score.part&indicator=" + "9" * 5000, "&" * 900_000, "go=score.now&" + "a=1&" * 100_000, "%", "=", ";", 7, None, [], {},
])  # fmt: skip
def test_an_odd_tap_is_worked_off(edge, data):
    edge.post([event("e", type="postback", postback={"data": data})])
    edge.work()
    assert edge.states == {State.DONE}


@pytest.mark.parametrize(("size", "kind"), [(300, Kind.GO), (301, Kind.TRIGGER)])
def test_a_tap_longer_than_line_lets_one_be_is_none_of_ours(size, kind):
    heard = hear(event("e", type="postback", postback={"data": "go=score.now&x=".ljust(size, "9")}))
    assert heard.kind is kind


def test_nothing_that_is_heard_has_a_sign_that_no_database_takes():
    odd = "a\0b\ud800c"
    postback = {"data": "at=\0%00&a=\ud800", "params": {"date": odd}}
    text, tap, go = (
        hear({**event("e"), **one})
        for one in (
            {"message": {"type": "text", "text": odd}},
            {"type": "postback", "postback": postback},
            {"type": "postback", "postback": {"data": "go=x&y\0=z\0&\ud800=1"}},
        )
    )
    assert (text.text, tap.step, tap.chosen) == ("ab\ufffdc", "", "\ufffd")
    assert go.values == {"y": "z", "\ufffd": "1"}


# ── texts


@pytest.mark.parametrize("unit", [
    "ก", "สวัสดีครับ ", "ปีนี้เราได้เกรดอะไร ", "คะแนน ITA ", "นะคะ", "9", "๙", "่ิ", "ั", "เเ", "ํ่า", "😀", "\0", "\ud83d", " ",
    "\u200b", "x\u0301", "[", "{", "1,", "๑๒๓ ",
])  # fmt: skip
def test_a_text_far_beyond_lines_limit_is_understood_quickly(unit):
    """One person's marks on one letter must not stop a worker for all: LINE's own 5,000 units take some 10 ms."""
    heard = hear(event("e", unit * (100_000 // len(unit))))
    assert len(heard.text.encode("utf-16-le")) <= 2 * 5000
    reader, began = understanding(), time.thread_time()
    reader.read(heard.text, date(2026, 11, 21))
    assert time.thread_time() - began < 0.3


def test_a_text_of_a_hundred_thousand_letters_is_answered(edge):
    edge.post([event("e", "ปีนี้เราได้เกรดอะไร " * 5000)])
    edge.work()
    assert edge.states == {State.DONE}
    assert edge.rows("SELECT COUNT(*) FROM outbox") == [(1,)]


def test_an_emoji_is_not_cut_in_two_where_the_text_is_cut():
    assert hear(event("e", "a" + "😀" * 5000)).text.rstrip("\ufffd") == "a" + "😀" * 2499


def test_a_thousand_mentions_are_cut_out_quickly():
    named = [{"isSelf": True, "index": number % 5000, "length": 1} for number in range(40_000)]
    began = time.thread_time()
    hear(event("e", message={"type": "text", "text": "ก" * 100_000, "mention": {"mentionees": named}}))
    assert time.thread_time() - began < 0.5


# ── JSON


@pytest.mark.parametrize(
    "place", ["x", "type", "message", "source", "timestamp", "mode", "replyToken", "webhookEventId"]
)
def test_json_that_only_python_reads_is_taken_and_worked_off(edge, place):
    odd = [
        b"NaN", b"-Infinity", b"1e400", b"-1e400", b"9" * 4300, b"1" + b"0" * 4000, b'"\\ud800"', b'"\\u0000"',
        b'"\xed\xa0\x81"', b'{"a": 1, "a": 2}', b'{"": {"": {"": null}}}', nested(20),
    ]  # fmt: skip
    wholes = [json.dumps(event(f"e{number}")).encode() for number in range(len(odd))]
    for whole, one in zip(wholes, odd, strict=True):
        assert edge.post_raw(b'{"events": [' + whole[:-1] + b', "' + place.encode() + b'": ' + one + b"}]}") == 200
    assert edge.stored == len(odd)
    edge.work()
    assert edge.states <= WORKED_OFF


def test_the_last_of_two_equal_keys_counts(edge):
    body = b'{"events": [{"webhookEventId": "first", "webhookEventId": "last"}], "events": [{"webhookEventId": "e"}]}'
    assert edge.post_raw(body) == 200
    assert edge.rows("SELECT event_id FROM inbox") == [("e",)]


@pytest.mark.parametrize(
    ("depth", "taken"), [(1, ["deep", "next"]), (32, ["deep", "next"]), (33, ["next"]), (300, ["next"])]
)
def test_an_event_deeper_than_any_of_lines_is_passed_over_and_its_neighbour_taken(edge, depth, taken):
    """The event is one table, and what it holds lies `depth` - 1 deep in it."""
    deep = (
        b'{"webhookEventId": "deep", "x": ' + nested(depth - 1) + b"}" if depth > 1 else b'{"webhookEventId": "deep"}'
    )
    assert edge.post_raw(b'{"events": [' + deep + b"," + json.dumps(event("next")).encode() + b"]}") == 200
    assert [name for (name,) in edge.rows("SELECT event_id FROM inbox ORDER BY event_id")] == taken
    edge.work()
    assert edge.states <= WORKED_OFF


def test_an_event_that_line_may_send_one_day_does_not_keep_its_neighbours_out(edge):
    """Other parsers lose the whole body for one unknown mode or one field that is missing."""
    strange = [event("a", mode="asleep"), {"type": "newest"}, event("b", message={"type": "hologram"})]
    edge.post([*strange, event("e")])
    edge.work()
    assert edge.states == WORKED_OFF
    assert edge.rows(f"SELECT event_id FROM inbox WHERE state = {int(State.DONE)}") == [("e",)]


@pytest.mark.parametrize(
    "event", [{}, {"type": []}, {"mode": {}}, {"type": "message"}, {"type": "postback", "postback": 1}]
)
def test_an_event_of_a_wrong_shape_is_heard_or_ignored(event):
    assert isinstance(hear(event), Heard | Ignored)


# ── floods


def test_a_flood_of_follows_and_unfollows_is_one_lane_in_order(edge):
    now = milliseconds()
    kinds = ("follow", "unfollow")
    flood = [event(f"e{no:03}", type=kinds[no % 2], timestamp=now - 200 + no) for no in range(200)]
    for start in range(0, 200, 50):
        assert edge.post(flood[start : start + 50][::-1]).status_code == 200
    assert edge.rows("SELECT COUNT(DISTINCT lane) FROM inbox") == [(1,)]
    done = []
    while edge.one():
        ((settled,),) = edge.rows("SELECT COUNT(*) FROM inbox WHERE state <> 0")
        ((newest,),) = edge.rows("SELECT MAX(event_id) FROM inbox WHERE state <> 0")
        done.append((settled, newest))
    assert done == [(no + 1, f"e{no:03}") for no in range(200)]
    assert edge.states <= WORKED_OFF
    assert edge.rows("SELECT COUNT(*) FROM person") == [(1,)]
