"""What becomes of a message: by reply token while it is fresh, else by push, never twice, always in order."""

import json

import pytest

from bot.letters import Letters
from bot.line.account import Quota
from bot.line.client import Outcome
from bot.quota import KEPT_MS, QuotaWatch
from bot.sender import LEAST_WAIT_MS, TOO_FAST_MS, TRIED_FOR_MS, Manners, SendLoop
from bot.storage.queue import Outgoing, Rate, State
from bot.storage.queue_sql import STUBBORN
from bot.texts import Texts

FRESH = 50_000
LEASE = 30_000
MANY = 10_000_000
TEXTS = Texts()
RATE = Rate(calls=10, burst=3)  # one in 100 ms


class ScriptedLines:
    """Stands where LINE's client stands: answers as it is told and remembers what it was asked."""

    def __init__(self):
        self.outcomes = []
        self.calls = []
        self.known_quota = None
        self.asked_for_quota = 0

    def quota(self, agency):
        self.asked_for_quota += 1
        return self.known_quota

    def reply(self, agency, reply_token, messages):
        return self._next("reply", agency.access_token, reply_token, messages, "")

    def push(self, agency, to, messages, retry_key):
        return self._next("push", agency.access_token, to, messages, retry_key)

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
        self.loop = SendLoop(
            house.ledger, self.lines, Letters(TEXTS, house.core.channels), Manners(LEASE, FRESH, RATE),
            QuotaWatch(house.ledger, self.lines),
        )  # fmt: skip

    def post(self, text="สวัสดี", lane="x", token="token", *, needed=False):
        letter = Outgoing("U1", [{"type": "text", "text": text}], token, self.house.clock(), needed)
        self.house.queue("post", self.agency, lane, [letter], self.house.clock())

    def send(self, *outcomes):
        """Send one message; False where none may be sent now."""
        self.lines.outcomes = list(outcomes)
        letter = self.loop.claim("a")
        if letter is not None:
            self.loop.work(letter, "a")
        return letter is not None

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


def test_too_fast_waits_a_moment_and_goes_on_while_the_token_lives(desk):
    desk.post()
    desk.send(Outcome.TOO_FAST)
    assert desk.send() is False
    desk.later(TOO_FAST_MS - 1)
    assert desk.send() is False
    desk.later(1)
    assert desk.send(Outcome.ACCEPTED) is True
    assert desk.state() == [(State.DONE, "replied")]


def test_too_fast_holds_everyone_at_that_endpoint_and_nobody_else(desk):
    """The limit is the channel's, not the person's; replies have one of their own."""
    desk.post("first", token="")
    desk.post("of another", lane="y", token="")
    desk.post("reply", lane="z")
    desk.send(Outcome.TOO_FAST)
    assert desk.send(Outcome.ACCEPTED) is True
    assert desk.send() is False
    assert desk.lines.said == ["first", "reply"]
    desk.later()
    assert [desk.send(), desk.send()] == [True, True]
    assert sorted(desk.lines.said[2:]) == ["first", "of another"]


def test_calls_are_held_apart_and_waiting_counts_no_attempt(desk):
    """Three at once, then one in 100 ms, whatever the number of people."""
    for number in range(6):
        desk.post(str(number), lane=f"lane-{number}", token="")
    assert [desk.send() for _ in range(5)] == [True, True, True, False, False]
    desk.later(LEAST_WAIT_MS)
    assert [desk.send() for _ in range(3)] == [True, True, False]
    desk.later(LEAST_WAIT_MS)
    assert [desk.send() for _ in range(2)] == [True, False]
    assert desk.lines.said == list("012345")
    assert {attempts for (attempts,) in desk.house.rows("SELECT attempts FROM outbox")} == {1}


def test_at_the_monthly_limit_a_push_is_kept_aside_and_the_free_replies_behind_it_go_on(desk):
    desk.post("costs", token="")
    desk.post("free")
    desk.send(Outcome.MONTH_USED_UP)
    desk.send(Outcome.ACCEPTED)
    assert desk.state() == [(State.DEAD, "monthly limit"), (State.DONE, "replied")]
    assert desk.lines.said == ["costs", "free"]  # nobody apologises: that would be a push too


@pytest.mark.parametrize(("told", "kept"), [
    (Quota(limit=300, used=290), (300, 300)),  # LINE's count lags; that it refused is the newer fact
    (Quota(limit=300, used=305), (300, 305)),
    (Quota(limit=None, used=7), (None, 7)),
])  # fmt: skip
def test_at_the_monthly_limit_the_quota_is_read_and_kept_as_used_up(desk, told, kept):
    desk.lines.known_quota = told
    desk.post(token="")
    desk.send(Outcome.MONTH_USED_UP)
    assert desk.house.rows("SELECT agency_id, most, used, read_at FROM quota") == [
        (desk.agency, *kept, desk.house.clock())
    ]


def test_the_quota_is_read_after_a_push_and_once_an_hour_at_most(desk):
    desk.lines.known_quota = Quota(limit=300, used=12)
    desk.post("free")
    desk.send()
    assert desk.lines.asked_for_quota == 0  # replies cost nothing
    for text in ("one", "two"):
        desk.post(text, token="")
        desk.send()
    assert desk.lines.asked_for_quota == 1
    assert desk.house.rows("SELECT most, used FROM quota") == [(300, 12)]
    desk.later(KEPT_MS)
    desk.lines.known_quota = Quota(limit=300, used=14)
    desk.post("three", token="")
    desk.send()
    assert desk.lines.asked_for_quota == 2
    assert desk.house.rows("SELECT most, used FROM quota") == [(300, 14)]


def test_a_quota_that_cannot_be_read_does_not_undo_a_push(desk):
    def breaks(_agency):
        raise ValueError

    desk.lines.quota = breaks
    desk.post(token="")
    desk.send()
    assert desk.state() == [(State.DONE, "pushed")]
    assert desk.house.value("SELECT COUNT(*) FROM quota") == 0


@pytest.mark.parametrize("token", ["token", ""])
def test_what_line_finds_invalid_is_dead_and_its_person_hears_of_it_once(desk, token):
    desk.post("wrong", token=token)
    desk.post("right")
    desk.send(Outcome.REFUSED)
    desk.send(Outcome.ACCEPTED)
    assert desk.send(Outcome.ACCEPTED) is True
    assert desk.send() is False
    assert desk.state() == [(State.DEAD, "refused as invalid"), (State.DONE, "replied"),
                            (State.DONE, "replied" if token else "pushed")]  # fmt: skip
    wrong, right, apology = desk.lines.said
    assert (wrong, right) == ("wrong", "right")
    assert TEXTS.words["th"]["help.unsayable"].split("{polite}")[1] in apology
    assert desk.lines.calls[2][2] == (token or "U1")  # by the same way as what it stands for


def test_an_apology_that_line_finds_invalid_is_not_apologised_for(desk):
    desk.post("wrong")
    assert [desk.send(Outcome.REFUSED), desk.send(Outcome.REFUSED), desk.send()] == [True, True, False]
    assert desk.state() == [(State.DEAD, "refused as invalid")] * 2


@pytest.mark.parametrize("outcome", [Outcome.NO_ACCESS, Outcome.UNREACHED, Outcome.UNKNOWN])
def test_a_push_is_tried_as_long_as_line_knows_its_retry_key_and_then_given_up(desk, outcome):
    desk.post(token="")
    posted = desk.house.clock()
    while desk.state()[0][0] is State.WAITING:
        last = desk.house.clock()
        desk.send(outcome)
        desk.later(450_000)  # the longest pause
    a_day = 24 * 60 * 60 * 1000
    assert TRIED_FOR_MS < last - posted < a_day
    assert desk.state()[0][0] is State.DEAD
    assert desk.send() is False
    assert len({call[-1] for call in desk.lines.calls}) == 1


def test_a_lane_keeps_its_order_while_a_message_waits_and_others_go_on(desk):
    desk.post("first", token="")
    desk.post("second", token="")
    desk.post("of another", lane="y", token="")
    desk.send(Outcome.UNREACHED)
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


@pytest.mark.parametrize(("after", "needed", "ways", "ends"), [
    (1, False, ["reply"], "replied"),
    (FRESH, False, [], "reply may be delivered, not said twice"),
    (FRESH, True, ["push"], "pushed"),
])  # fmt: skip
def test_what_a_killed_sender_may_have_said_is_not_said_twice(desk, after, needed, ways, ends):
    """It died somewhere between the claim and its end. While the token lives LINE itself sees to it; then nobody."""
    desk.post(needed=needed)
    desk.loop.claim("killed")
    desk.later(LEASE + after)
    desk.send()
    assert desk.lines.ways == ways
    assert [outcome for _, outcome in desk.state()] == [ends]


def test_what_a_killed_sender_did_say_by_reply_is_known_by_its_used_token(desk):
    desk.post()
    desk.loop.claim("killed")
    desk.later(LEASE + 1)
    desk.send(Outcome.TOKEN_GONE)
    assert desk.lines.ways == ["reply"]
    assert desk.state() == [(State.DONE, "reply delivered before")]


def test_a_late_sender_keeps_nothing(desk):
    """While LINE answered it, its lease passed and another took the message; that one will say how it ended."""
    desk.post(token="")
    late = desk.loop.claim("late")
    desk.later(LEASE + 1)
    taken_over = desk.loop.claim("other")
    desk.lines.outcomes = [Outcome.REFUSED]
    assert desk.loop.work(late, "late", go_on=True) is None
    assert desk.state() == [(State.WAITING, "")]
    desk.loop.work(taken_over, "other")
    assert desk.state() == [(State.DONE, "pushed")]


def test_the_commit_that_settles_a_message_takes_hold_of_the_next(desk):
    for text in ("one", "two"):
        desk.post(text)
    following = desk.loop.work(desk.loop.claim("a"), "a", go_on=True)
    assert following.outgoing.messages[0]["text"] == "two"
    assert desk.loop.claim("b") is None
    assert desk.loop.work(following, "a", go_on=True) is None
    assert desk.lines.said == ["one", "two"]


def test_messages_are_counted_by_how_they_ended(desk):
    desk.post("wrong")
    desk.send(Outcome.REFUSED)
    desk.send(Outcome.ACCEPTED)
    desk.house.ledger.counts.keep()
    assert set(desk.house.rows("SELECT name, outcome, count FROM tally")) == {
        ("message", "refused as invalid", 1), ("message", "replied", 1),
    }  # fmt: skip


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
    desk.post("of another", lane="y")
    desk.send()
    assert desk.send() is True  # the others go on
    posted = desk.house.clock()
    while desk.state()[0][0] is State.WAITING:
        desk.send()
        desk.later(450_000)
    assert TRIED_FOR_MS < desk.house.clock() - posted < TRIED_FOR_MS + 1_000_000
    assert desk.state() == [(State.DEAD, "failed"), (State.DONE, "replied")]


def test_a_sender_that_stood_still_does_not_push_what_another_has_replied(desk):
    desk.post()
    late = desk.loop.claim("a")
    desk.later(LEASE + 1)  # it stands still; its token lives on, its lease does not
    desk.lines.outcomes = [Outcome.ACCEPTED, Outcome.TOKEN_GONE]
    desk.loop.work(desk.loop.claim("b"), "b")
    desk.loop.work(late, "a")
    assert desk.lines.ways == ["reply", "reply"]
    assert desk.state() == [(State.DONE, "replied")]


def test_a_push_whose_process_died_is_made_again_also_where_it_began_as_an_answer(desk):
    """Its token had died before, so only a push can have been made, and that has its retry key."""
    desk.post()
    desk.later(FRESH + 1)
    desk.loop.claim("killed")
    desk.later(LEASE + 1)
    assert desk.send(Outcome.ACCEPTED) is True
    assert desk.state() == [(State.DONE, "pushed")]


def test_what_has_failed_often_lets_the_rest_of_its_lane_pass(desk):
    desk.post("stubborn", token="")
    for _ in range(STUBBORN):
        desk.send(Outcome.UNKNOWN)
        desk.later(450_000)
    desk.post("fresh")
    assert desk.send(Outcome.ACCEPTED) is True
    assert desk.lines.said[-1] == "fresh"


def test_a_new_answer_does_not_wait_for_an_old_pause(desk):
    desk.post("old", token="")
    for _ in range(8):
        desk.send(Outcome.UNREACHED)
        desk.later(450_000)
    desk.send(Outcome.UNREACHED)
    desk.post("new")
    assert [desk.send(Outcome.ACCEPTED), desk.send(Outcome.ACCEPTED)] == [True, True]
    assert desk.lines.said[-2:] == ["old", "new"]


def test_a_held_channel_keeps_no_other_waiting(desk):
    for number in range(200):
        desk.post(str(number), lane=f"lane-{number}", token="")
    other = desk.house.add_agency("south")
    desk.send(Outcome.TOO_FAST)
    letter = Outgoing("U2", [{"type": "text", "text": "of another agency"}], "token", desk.house.clock())
    desk.house.queue("post", other, "x", [letter], desk.house.clock() + 1)
    desk.later(1)
    assert desk.send(Outcome.ACCEPTED) is True
    assert desk.lines.said[-1] == "of another agency"


def test_a_letter_of_another_release_is_read_as_far_as_it_is_known(desk):
    """Two releases run side by side for a while; one letter too new must not stop all sending."""
    house, sealed_for = desk.house, "11111111-1111-4111-8111-111111111111"
    body = {"to": "U1", "messages": [{"type": "text", "text": "สวัสดี"}], "colour": "red"}
    desk.post()
    sealed = house.core.ring.seal_text(json.dumps(body), desk.agency, "outbox", "body", sealed_for)
    house.change("UPDATE outbox SET retry_key = :key, body = :body", key=sealed_for, body=sealed)
    assert desk.send(Outcome.ACCEPTED) is True
    assert desk.lines.ways == ["push"]
