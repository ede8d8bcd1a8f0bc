"""Thousands of broken webhooks: none is our fault, none comes in unsigned, and what comes in is worked off."""

import copy
import json
import random
import time
from collections import Counter

from bot.line.events import Heard, Ignored, hear
from bot.line.webhook import MOST_AHEAD_MS
from bot.storage.queue import State
from bot.storage.retention import KEPT_MS
from bot.wiring import milliseconds
from tests.line.edge import as_of_now, event

OWN, RECORDED = 15_000, 5_000
BLOCK = 100  # after so many bodies without a right signature we look whether anything came in
TURNS_IN = 5  # one body in so many goes to an agency whose turns are all taken
MINUTE_MS = 60_000  # between what came first and the look at what is stored
SEED = 2569  # the fiscal year; any other will do
USERS = [f"U{number:032x}" for number in range(400)]  # many, as one person is heard so often in a minute only
GROUP = "C" + "2" * 32


def own_events():
    """One of each kind that means something here, and some that mean nothing."""
    group = {"type": "group", "groupId": GROUP, "userId": USERS[0]}
    mention = {"mentionees": [{"index": 0, "length": 4, "type": "user", "isSelf": True}]}
    return [
        event("text", "ปีนี้เราได้เกรดอะไร"),
        event("english", "English please 😀"),
        event("asked", "ตัวชี้วัดที่ 7"),
        event("group", source=group, message={"type": "text", "text": "@บอท คะแนน", "mention": mention}),
        event("image", message={"type": "image", "id": "1", "contentProvider": {"type": "line"}}),
        event("sticker", message={"type": "sticker", "packageId": "1", "stickerId": "2"}),
        event("tap", type="postback", postback={"data": "go=score.now&year=2565"}),
        event("answer", type="postback", postback={"data": "at=account.pick_language&a=en"}),
        event("picked", type="postback", postback={"data": "at=x&a=", "params": {"date": "2026-11-21"}}),
        event(
            "switch", type="postback", postback={"data": "", "params": {"newRichMenuAliasId": "a", "status": "SUCCESS"}}
        ),
        event("follow", type="follow", follow={"isUnblocked": True}),
        event("unfollow", type="unfollow"),
        event("join", type="join", source=group),
        event("unsend", type="unsend", unsend={"messageId": "1"}),
        event("standby", mode="standby", deliveryContext={"isRedelivery": True}),
    ]


class Breaker:
    """Breaks webhook bodies in the ways of networks, of other programs and of bad intent."""

    ODD = (
        None, True, -1, 0, 1.5, 2**53 + 1, 10**40, 10**4200, float("nan"), float("inf"), "", "a\0b", "\ud800", "\udfff\ud83d",
        "ก" * 6000, "x" * 300, "go=score.part&indicator=9999", "at=%00&a=%ff", "message", "text", [], {}, [[]], {"type": "text"},
    )  # fmt: skip
    BYTES = (b"{", b"}", b"[", b"]", b'"', b",", b":", b"\\", b"\\ud83d", b"\\u0000", b"\x00", b"\xff", b"\xed\xa0\x80", b"1e400", b"NaN",
             b"-", b"9" * 5000, b"[" * 2000, b"null")  # fmt: skip

    def __init__(self, events, seed):
        self._events = events
        self._random = random.Random(seed)
        self._made = 0
        self._before = b"{}"

    def body(self):
        """A body of one to three events, each new by its id, broken once to three times."""
        body = {"destination": "U" + "0" * 32, "events": [self._event() for _ in range(self._random.randint(1, 3))]}
        for _ in range(self._random.randint(0, 2)):
            self._break_value(body)
        raw = json.dumps(body, ensure_ascii=self._random.random() < 0.5).encode("utf-8", "surrogatepass")
        if self._random.random() < 0.5:
            raw = self._random.choice((self._flip, self._cut, self._splice, self._insert, self._double, self._bury))(
                raw
            )
        self._before = raw
        return raw

    def _event(self):
        self._made += 1
        made = copy.deepcopy(self._random.choice(self._events))
        source = made.get("source") or {}
        if "userId" in source:
            source["userId"] = self._random.choice(USERS)
        return made | {"webhookEventId": f"{self._made:026}", "timestamp": milliseconds()}

    def _break_value(self, body):
        """Put something odd in the place of one value, or leave the value out."""
        table, key = self._random.choice(list(places(body)))
        if self._random.random() < 0.2:
            del table[key]
        else:
            table[key] = copy.deepcopy(self._random.choice((*self.ODD, self._deep())))

    def _deep(self):
        value = []
        for _ in range(self._random.choice((10, 30, 31, 32, 33, 100))):
            value = [value]
        return value

    def _flip(self, raw):
        place = self._random.randrange(len(raw))
        return raw[:place] + bytes([raw[place] ^ 1 << self._random.randrange(8)]) + raw[place + 1 :]

    def _cut(self, raw):
        return raw[: self._random.randrange(len(raw))]

    def _splice(self, raw):
        return raw[: self._random.randrange(len(raw))] + self._before[self._random.randrange(len(self._before) + 1) :]

    def _insert(self, raw):
        place = self._random.randrange(len(raw))
        return raw[:place] + self._random.choice(self.BYTES) + raw[place:]

    def _double(self, raw):
        """Give a table a key that it has already."""
        name = self._random.choice((b"webhookEventId", b"type", b"message", b"source", b"events", b"timestamp"))
        odd = json.dumps(self._random.choice(self.ODD)).encode()
        return raw.replace(b"{", b'{"' + name + b'": ' + odd + b", ", self._random.randint(1, 3)).replace(b", }", b"}")

    def _bury(self, raw):
        depth = self._random.choice((5, 30, 500, 990))
        return raw.replace(b'"text"', b"[" * depth + b'"text"' + b"]" * depth, 1)


def places(value):
    """Every table or list in `value` with each of its keys."""
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from places(value[key])


def wrong_signatures(edge, body, other):
    """An address and a signature that do not go with `body`."""
    right = edge.sign("secret-bare", body)
    yield "bare", edge.sign("secret-krasang", body)
    yield "krasang", right
    yield "nowhere", right
    yield "bare", right[:-1]
    yield "bare", right.swapcase()
    yield "bare", edge.sign("secret-bare", other)
    yield "bare", edge.sign("", body)


def fuzz(edge, events, how_many):
    """Post `how_many` bodies, half of them signed rightly, in blocks of the one and the other; gives the answers."""
    breaker, answers, other = Breaker(events, SEED), Counter(), b""
    for start in range(0, how_many, 2 * BLOCK):
        for number in range(start, start + BLOCK):
            slug = "krasang" if number % TURNS_IN == 0 else "bare"
            answers["signed", edge.post_raw(breaker.body(), slug)] += 1
        before = edge.stored
        for number in range(BLOCK):
            body = breaker.body()
            ways = list(wrong_signatures(edge, body, other))
            slug, signature = ways[number % len(ways)]
            answers["unsigned", edge.post_raw(body, slug, signature)] += 1
            other = body
        assert edge.stored == before
    return answers


def check_stored(edge):
    """All that came in has an id and a time that any database takes, and is heard or ignored by the worker."""
    heard, now = Counter(), milliseconds()
    rows = edge.rows("SELECT agency_id, event_id, happened_at, body FROM inbox")
    for agency_id, event_id, happened_at, sealed in rows:
        assert event_id.isascii()
        assert event_id.isprintable()
        assert 1 <= len(event_id) <= 255
        assert now - MINUTE_MS - KEPT_MS <= happened_at <= now + MOST_AHEAD_MS
        one = hear(json.loads(edge.core.ring.open(sealed, agency_id, "inbox", "body", event_id)))
        assert isinstance(one, Heard | Ignored)
        heard[type(one).__name__] += 1
    return heard


def take_turns(edge):
    """Take all turns of the one agency, and give how they ended."""
    agency = edge.core.channels.by_slug("krasang").id
    ready = f"UPDATE lane SET ready_at = NULL WHERE agency_id <> {agency}"
    edge.core.database.write(lambda c: c.exec_driver_sql(ready), across=True)
    edge.work()
    ended = edge.rows(f"SELECT state, COUNT(*) FROM inbox WHERE agency_id = {agency} GROUP BY state")
    return {State(state).name: count for state, count in ended}


def check(edge, events, how_many):
    began = time.monotonic()
    answers = fuzz(edge, events, how_many)
    posted = time.monotonic()
    heard, ended = check_stored(edge), take_turns(edge)
    print(f"\n{how_many} broken webhooks in {posted - began:.1f} s: {dict(answers)}; stored {dict(heard)}; "
          f"turns {ended} in {time.monotonic() - posted:.1f} s")  # fmt: skip
    assert {status for kind, status in answers if kind == "signed"} == {200, 400}
    assert {status for kind, status in answers if kind == "unsigned"} == {401}
    assert answers["signed", 200] > how_many / 10
    assert heard["Heard"] > how_many / 10
    assert set(ended) == {"DONE", "IGNORED"}
    assert ended["DONE"] > how_many / 2 / TURNS_IN / 4


def test_broken_webhooks_do_no_harm(edge):
    check(edge, own_events(), OWN)


def test_broken_webhooks_as_line_recorded_them_do_no_harm(edge, line_events):
    check(edge, as_of_now(line_events), RECORDED)
