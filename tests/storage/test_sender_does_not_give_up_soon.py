"""A message that LINE does not take, or whose sender died, is tried for long, and the others go on."""

import pytest

from bot.line.client import Outcome
from bot.storage.queue import State
from bot.storage.queue_sql import STUBBORN
from bot.storage.queue_tables import KEY_HOLDS_MS
from tests.storage.desk import FRESH, LEASE


@pytest.mark.parametrize("outcome", [Outcome.NO_ACCESS, Outcome.UNREACHED, Outcome.UNKNOWN])
def test_a_push_is_tried_as_long_as_line_knows_its_retry_key_and_then_given_up(desk, outcome):
    desk.post(token="")
    posted = desk.house.clock()
    while desk.state()[0][0] is State.WAITING:
        last = desk.house.clock()
        desk.send(outcome)
        desk.later(450_000)  # the longest pause
    a_day = 24 * 60 * 60 * 1000
    assert KEY_HOLDS_MS < last - posted < a_day
    assert desk.state()[0][0] is State.DEAD
    assert desk.send() is False
    assert len({call[-1] for call in desk.lines.calls}) == 1


def test_a_lane_keeps_its_order_while_a_message_waits_and_others_go_on(desk):
    desk.post("first", token="")
    desk.post("second", token="")
    desk.later(1)
    desk.post("of another", lane="y", token="")
    desk.send(Outcome.UNREACHED)
    desk.send(Outcome.ACCEPTED)
    assert desk.send() is False
    desk.later()
    desk.send()
    desk.send()
    assert desk.lines.said == ["first", "of another", "first", "second"]


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
    assert KEY_HOLDS_MS < desk.house.clock() - posted < KEY_HOLDS_MS + 1_000_000
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
