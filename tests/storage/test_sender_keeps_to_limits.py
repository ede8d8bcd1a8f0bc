"""What LINE takes in a second and in a month: who must wait, who need not, and in which order."""

import pytest

from bot.casts import fewer
from bot.line.account import Quota
from bot.line.client import Outcome
from bot.quota import KEPT_MS
from bot.sender import LEAST_WAIT_MS, TOO_FAST_MS
from bot.settings import Settings
from bot.storage.queue import Outgoing, Rate, State
from bot.wiring import CALLS_AT_ONCE


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
    desk.later(1)
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
        desk.later(1)
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
    assert desk.house.rows("SELECT pushed, read_at FROM quota") == [(1, 0)]  # counted, and LINE never told


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


def test_calls_keep_below_four_fifths_of_what_line_takes_requests_to_many_too():
    """LINE takes 2,000 calls a second of an account by one endpoint, and 200 requests to many."""
    rate = Rate(Settings.calls_a_second, CALLS_AT_ONCE)
    assert rate.calls <= 2_000 * 4 / 5
    assert fewer(rate).calls <= 200 * 4 / 5
    assert rate.calls + rate.burst <= 2_000
    assert fewer(rate).calls + fewer(rate).burst <= 200
    assert fewer(rate).burst >= 1
