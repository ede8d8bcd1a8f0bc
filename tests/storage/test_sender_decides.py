"""What becomes of a message: by reply token while it is fresh, else by push, never twice, always in order."""

import pytest

from bot.line.client import Outcome
from bot.sender import MOST_ATTEMPTS, SendLoop
from bot.storage.queue import Outgoing, State

FRESH = 50_000
LEASE = 30_000
MANY = 10_000_000


class ScriptedLines:
    """Stands where LINE's client stands: answers as it is told and remembers what it was asked."""

    def __init__(self):
        self.outcomes = []
        self.calls = []

    def reply(self, access_token, reply_token, messages):
        return self._next("reply", access_token, reply_token, messages, "")

    def push(self, access_token, to, messages, retry_key):
        return self._next("push", access_token, to, messages, retry_key)

    def _next(self, *call):
        self.calls.append(call)
        return self.outcomes.pop(0) if self.outcomes else Outcome.ACCEPTED

    @property
    def ways(self):
        return [call[0] for call in self.calls]

    @property
    def said(self):
        return [call[3][0]["text"] for call in self.calls]


class Desk:
    """A sender with its outbox."""

    def __init__(self, house):
        self.house = house
        self.lines = ScriptedLines()
        self.agency = house.add_agency("north")
        core = house.core
        self.loop = SendLoop(core.database, core.queue, core.channels, self.lines, LEASE, FRESH, house.clock)

    def post(self, text="สวัสดี", lane="x", token="token", *, needed=False):
        letter = Outgoing("U1", [{"type": "text", "text": text}], token, self.house.clock(), needed)
        core = self.house.core
        core.database.write(lambda c: core.queue.post(c, self.agency, lane, [letter], self.house.clock()))

    def send(self, *outcomes):
        self.lines.outcomes = list(outcomes)
        return self.loop.one("a")

    def state(self):
        return [
            (State(state), outcome)
            for state, outcome in self.house.rows("SELECT state, outcome FROM outbox ORDER BY id")
        ]

    def later(self, ms=MANY):
        self.house.clock.pass_ms(ms)


@pytest.fixture
def desk(house):
    return Desk(house)


def test_an_empty_outbox_sends_nothing(desk):
    assert desk.send() is False
    assert desk.lines.calls == []


def test_a_fresh_answer_goes_by_its_reply_token(desk):
    desk.post()
    assert desk.send(Outcome.ACCEPTED) is True
    assert desk.lines.calls == [("reply", "t-north", "token", [{"type": "text", "text": "สวัสดี"}], "")]
    assert desk.state() == [(State.DONE, "replied")]
    assert desk.send() is False


def test_a_token_serves_until_just_under_its_age(desk):
    desk.post()
    desk.later(FRESH - 1)
    desk.send()
    assert desk.lines.ways == ["reply"]


def test_an_old_token_is_not_tried(desk):
    desk.post()
    desk.later(FRESH)
    desk.send()
    assert desk.lines.ways == ["push"]
    assert desk.state() == [(State.DONE, "pushed")]


def test_a_message_without_a_token_is_pushed_to_its_person(desk):
    desk.post(token="")
    desk.send()
    way, _, to, _, key = desk.lines.calls[0]
    assert (way, to) == ("push", "U1")
    assert key == desk.house.value("SELECT retry_key FROM outbox")


def test_a_token_that_line_refuses_gives_way_to_a_push_at_once(desk):
    desk.post()
    desk.send(Outcome.TOKEN_GONE, Outcome.ACCEPTED)
    assert desk.lines.ways == ["reply", "push"]
    assert desk.state() == [(State.DONE, "pushed")]


def test_a_reply_of_unknown_outcome_whose_token_is_used_was_delivered(desk):
    desk.post()
    desk.send(Outcome.UNKNOWN)
    assert desk.state()[0][0] is State.WAITING
    desk.later(FRESH - 1000)
    desk.send(Outcome.TOKEN_GONE)
    assert desk.lines.ways == ["reply", "reply"]
    assert desk.state() == [(State.DONE, "reply delivered before")]


def test_a_reply_of_unknown_outcome_is_not_said_twice(desk):
    desk.post()
    desk.send(Outcome.UNKNOWN)
    desk.later(FRESH)
    desk.send()
    assert desk.lines.ways == ["reply"]
    assert desk.state()[0][0] is State.IGNORED


def test_what_a_person_cannot_do_without_is_pushed_all_the_same(desk):
    desk.post(needed=True)
    desk.send(Outcome.UNKNOWN)
    desk.later(FRESH)
    desk.send()
    assert desk.lines.ways == ["reply", "push"]
    assert desk.state() == [(State.DONE, "pushed")]


@pytest.mark.parametrize("between", [Outcome.TOO_FAST, Outcome.UNREACHED, Outcome.NO_ACCESS])
def test_an_unknown_outcome_is_not_forgotten_over_another_fault(desk, between):
    """It may have been delivered the first time, whatever the second attempt came to."""
    desk.post()
    desk.send(Outcome.UNKNOWN)
    desk.later(5_000)
    desk.send(between)
    desk.later(FRESH)
    desk.send()
    assert "push" not in desk.lines.ways
    assert desk.state()[0][0] is State.IGNORED


@pytest.mark.parametrize("needed", [True, False])
def test_a_push_of_unknown_outcome_is_pushed_again_under_the_same_key(desk, needed):
    desk.post(token="", needed=needed)
    for outcome in (Outcome.UNKNOWN, Outcome.UNREACHED, Outcome.TOO_FAST, Outcome.ACCEPTED):
        desk.send(outcome)
        desk.later()
    assert desk.lines.ways == ["push"] * 4
    assert len({key for *_, key in desk.lines.calls}) == 1
    assert desk.state() == [(State.DONE, "pushed")]


def test_two_messages_have_two_keys(desk):
    desk.post(token="")
    desk.post(token="")
    desk.send()
    desk.send()
    assert len({key for *_, key in desk.lines.calls}) == 2


def test_too_fast_waits_longer_each_time_then_goes_on(desk):
    desk.post(token="")
    desk.send(Outcome.TOO_FAST)
    assert desk.send() is False
    desk.later(399)  # half of the first pause, doubled from half a second, less jitter
    assert desk.send() is False
    desk.later(1_500)
    assert desk.send(Outcome.ACCEPTED) is True
    assert desk.state() == [(State.DONE, "pushed")]


def test_at_the_monthly_limit_a_push_is_kept_aside_and_the_free_replies_behind_it_go_on(desk):
    desk.post("costs", token="")
    desk.post("free")
    desk.send(Outcome.MONTH_USED_UP)
    desk.send(Outcome.ACCEPTED)
    assert desk.state() == [(State.DEAD, "monthly limit"), (State.DONE, "replied")]


def test_what_line_finds_invalid_is_dead_and_the_lane_goes_on(desk):
    desk.post("wrong")
    desk.post("right")
    desk.send(Outcome.REFUSED)
    desk.send(Outcome.ACCEPTED)
    assert [state for state, _ in desk.state()] == [State.DEAD, State.DONE]
    assert desk.lines.said == ["wrong", "right"]


@pytest.mark.parametrize("outcome", [Outcome.NO_ACCESS, Outcome.UNREACHED, Outcome.TOO_FAST, Outcome.UNKNOWN])
def test_after_many_attempts_a_push_is_given_up(desk, outcome):
    desk.post(token="")
    for _ in range(MOST_ATTEMPTS):
        assert desk.state()[0][0] is State.WAITING
        desk.send(outcome)
        desk.later()
    assert desk.state()[0][0] is State.DEAD
    assert desk.send() is False
    assert len(desk.lines.calls) == MOST_ATTEMPTS


def test_a_lane_keeps_its_order_while_a_message_waits_and_others_go_on(desk):
    desk.post("first", token="")
    desk.post("second", token="")
    desk.post("of another", lane="y", token="")
    desk.send(Outcome.TOO_FAST)
    desk.send(Outcome.ACCEPTED)
    assert desk.send() is False
    desk.later()
    desk.send()
    desk.send()
    assert desk.lines.said == ["first", "of another", "first", "second"]


def test_no_transaction_is_open_while_line_is_called(desk):
    """Whoever writes meanwhile must not wait for LINE."""
    desk.post()
    written = []
    desk.lines.reply = lambda *_: (
        written.append(desk.house.put(desk.agency, {"id": "e", "lane": "z"})),
        Outcome.ACCEPTED,
    )[1]
    desk.send()
    assert written == [1]


def test_a_sender_that_dies_leaves_its_message_to_the_next(desk):
    desk.post()

    def dies(*_):
        raise SystemExit

    alive, desk.lines.reply = desk.lines.reply, dies
    with pytest.raises(SystemExit):
        desk.send()
    desk.lines.reply = alive
    assert desk.send() is False
    desk.later(LEASE + 1)
    desk.send()
    assert desk.state() == [(State.DONE, "replied")]


def test_logs_tell_ids_and_outcomes_only(desk, caplog):
    desk.post("ถ้อยคำลับ")
    desk.send(Outcome.REFUSED)
    assert "refused as invalid" in caplog.text
    assert "ถ้อยคำลับ" not in caplog.text
    assert "U1" not in caplog.text


def test_a_message_whose_sending_breaks_is_given_up_in_the_end(desk):
    """An access token with a letter that no header can carry, say."""

    def breaks(*_):
        raise UnicodeEncodeError("latin-1", "ก", 0, 1, "ordinal not in range")

    desk.lines.push = breaks
    desk.post(token="")
    for _ in range(MOST_ATTEMPTS + 1):
        desk.send()
        desk.later()
    assert desk.state()[0][0] is State.DEAD
