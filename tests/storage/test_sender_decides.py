"""What becomes of a message: by reply token while it is fresh, else by push, never twice."""

import json

import pytest

from bot.line.client import Outcome
from bot.storage.queue import State
from tests.storage.desk import FRESH, TEXTS


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


def test_a_letter_of_another_release_is_read_as_far_as_it_is_known(desk):
    """Two releases run side by side for a while; one letter too new must not stop all sending."""
    house, sealed_for = desk.house, "11111111-1111-4111-8111-111111111111"
    body = {"to": "U1", "messages": [{"type": "text", "text": "สวัสดี"}], "colour": "red"}
    desk.post()
    sealed = house.core.ring.seal_text(json.dumps(body), desk.agency, "outbox", "body", sealed_for)
    house.change("UPDATE outbox SET retry_key = :key, body = :body", key=sealed_for, body=sealed)
    assert desk.send(Outcome.ACCEPTED) is True
    assert desk.lines.ways == ["push"]
