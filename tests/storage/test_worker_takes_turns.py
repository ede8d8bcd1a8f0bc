"""From the inbox to the outbox: one turn, one transaction; one commit ends a turn and begins the next."""

import pytest

from bot.storage.queue import State
from tests.storage.office import LEASE, OTHER, USER, text_of


def test_an_event_becomes_an_answer_in_the_outbox(office):
    office.hear("e", "help")
    office.work()
    assert office.states() == {"e": State.DONE}
    (letter,) = office.letters()
    assert (letter["to"], letter["reply_token"]) == (USER, "r-e")
    assert text_of("help.menu") in letter["messages"][0]["text"]
    assert office.posted == [True]


def test_an_event_without_a_meaning_is_ignored_without_a_word(office):
    office.hear("e", type="beacon")
    office.hear("f", mode="standby")
    office.work()
    assert office.states() == {"e": State.IGNORED, "f": State.IGNORED}
    assert office.letters() == []


def test_a_persons_events_run_in_the_order_they_happened(office):
    office.hear("second", "help", at=2000)
    office.hear("first", "menu?", at=1000)
    office.work()
    assert [token for token, _ in office.answers()] == ["r-first", "r-second"]


@pytest.mark.parametrize("broken", [
    {"type": "postback", "postback": {"data": "&".join(f"a{n}=1" for n in range(30))}},
    {"message": {"type": "text", "text": "@บอท เมนู", "mention": {"mentionees": [{"isSelf": True, "index": "?"}]}}},
])  # fmt: skip
def test_an_event_of_an_odd_shape_holds_nobody_up(office, broken):
    office.hear("odd", **broken)
    office.hear("next", "help", at=office.house.clock() + 1)
    office.work_on()
    assert office.states() == {"odd": State.DONE, "next": State.DONE}


def test_a_failing_step_does_not_tell_the_log_what_was_said(office, caplog):
    def fails(turn):
        int(turn.text + "ถ้อยคำลับ")

    office.does["trial"] = fails
    office.hear("e", "trial")
    office.work()
    assert "failed: ValueError" in caplog.text
    assert "ถ้อยคำลับ" not in caplog.text


# ── one commit ends a turn and begins the next


def test_the_commit_that_ends_a_turn_takes_hold_of_the_next(office):
    office.hear("one", "help", at=1000)
    office.hear("two", "help", at=2000)
    following = office.loop.work(office.loop.claim("w"), "w", go_on=True)
    assert following.event_id == "two"
    assert office.loop.claim("other") is None
    assert office.loop.work(following, "w", go_on=True) is None
    assert office.states() == {"one": State.DONE, "two": State.DONE}


def test_without_going_on_nothing_is_taken_hold_of(office):
    """The worker is told to stop: what waits is somebody else's."""
    office.hear("one", "help", at=1000)
    office.hear("two", "help", at=2000)
    assert office.loop.work(office.loop.claim("w"), "w") is None
    assert office.loop.claim("other").event_id == "two"


def test_a_failed_turn_goes_on_with_another_lane_from_the_same_commit(office):
    def fails(_turn):
        raise OSError

    office.does["trial"] = fails
    office.hear("poison", "trial", at=1000)
    office.hear("other", "help", user=OTHER)
    assert office.loop.work(office.loop.claim("w"), "w", go_on=True).event_id == "other"
    assert office.states() == {"poison": State.WAITING, "other": State.WAITING}


def test_a_worker_that_lost_its_lane_takes_hold_of_nothing(office):
    """Its commit is taken back as a whole, the next claim with it."""
    office.hear("e", "help")
    late = office.loop.claim("late")
    office.house.clock.pass_ms(LEASE + 1)
    office.loop.claim("faster")
    office.hear("other", "help", user=OTHER)
    assert office.loop.work(late, "late", go_on=True) is None
    assert office.loop.claim("free").event_id == "other"


def test_turns_are_counted_by_how_they_ended_and_late_events_too(office):
    office.hear("new", "help", at=2000)
    office.work()
    office.hear("old", "help", at=1000)
    office.hear("odd", type="beacon", at=3000)
    office.work()
    office.house.ledger.counts.keep()
    assert set(office.house.rows("SELECT name, outcome, count FROM tally")) == {
        ("turn", "done", 2), ("turn", "ignored", 1), ("event", "late", 1),
    }  # fmt: skip
