"""What fails is tried again, then given up with a word; the database is nobody's fault."""

import contextlib
import sqlite3

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from bot import worker
from bot.backoff import backoff
from bot.storage.queue import State
from bot.storage.sealing import SealBroken
from tests.storage.office import LEASE, MOST, OTHER, enrol, text_of


def test_a_step_that_fails_is_tried_again_later_and_then_answers_once(office):
    tried = []

    def fails_twice(_turn):
        tried.append(office.house.clock())
        if len(tried) < 3:
            raise OSError("the world is not as it should be")

    office.does["trial"] = fails_twice
    office.hear("e", "trial")
    office.work()
    assert len(tried) == 1  # not at once: after a pause
    office.work_on()
    assert len(tried) == 3
    assert office.states() == {"e": State.DONE}
    assert len(office.letters()) == 1


def test_a_step_that_keeps_failing_is_given_up_with_an_apology_and_the_lane_goes_on(office):
    tried = []

    def fails(_turn):
        tried.append(1)
        raise OSError

    office.does["trial"] = fails
    office.hear("poison", "trial", at=1000)
    office.hear("next", "help", at=2000)
    office.work_on()
    assert len(tried) == MOST
    assert office.states() == {"poison": State.DEAD, "next": State.DONE}
    (sorry, menu) = office.answers()
    assert sorry[0] == "r-poison"
    assert text_of("help.mishap") in sorry[1]
    assert text_of("help.menu") in menu[1]


def test_a_poisoned_event_holds_up_nobody_else(office):
    def fails(_turn):
        raise OSError

    office.does["trial"] = fails
    office.hear("poison", "trial")
    office.hear("other", "help", user=OTHER)
    office.work()
    assert office.states() == {"poison": State.WAITING, "other": State.DONE}


def test_a_step_that_kills_its_worker_is_given_up_too(office):
    """Attempts are counted when they begin, so a crash is one."""

    def kills(_turn):
        raise SystemExit

    office.does["trial"] = kills
    office.hear("e", "trial")
    for _ in range(MOST):
        with pytest.raises(SystemExit):
            office.one("w")
        office.house.clock.pass_ms(LEASE + 1)
    office.one("w")  # it is not run once more
    assert office.states() == {"e": State.DEAD}


def test_nothing_of_a_failed_turn_is_kept(office):
    """The person is met in the same transaction as the answer: no answer, no person."""

    def fails(_turn):
        raise OSError

    office.does["trial"] = fails
    office.hear("e", "trial")
    office.work()
    assert office.house.value("SELECT COUNT(*) FROM person") == 0
    assert office.letters() == []


def test_an_event_that_cannot_be_heard_is_given_up(office, monkeypatch):
    """A fault in the reading itself, say."""
    office.hear("odd", "odd")
    office.hear("next", "help", at=office.house.clock() + 1)
    hear = worker.hear

    def stumbles(event):
        if event["message"]["text"] == "odd":
            raise ValueError
        return hear(event)

    monkeypatch.setattr(worker, "hear", stumbles)
    office.work_on()
    assert office.states() == {"odd": State.DEAD, "next": State.DONE}


def test_an_event_whose_apology_fails_too_is_given_up(office):
    """The row of the person is damaged, say: neither the step nor the apology can read who they are."""
    enrol(office)
    office.house.change("UPDATE person SET name = 'v1.x.y.z'")
    office.hear("e", "help")
    for _ in range(MOST + 2):
        with contextlib.suppress(SealBroken):
            office.one("w")
        office.house.clock.pass_ms(1_000_000)
    assert office.states() == {"e": State.DEAD}


def test_pauses_double_and_stay_under_ten_minutes():
    for attempts in range(1, 40):
        middle = min(300_000, 500 * 2**attempts)
        assert middle * 0.5 <= backoff(attempts) <= middle * 1.5


FULL = sqlite3.OperationalError("database or disk is full")
FULL.sqlite_errorname = "SQLITE_FULL"


# ── one commit ends a turn and begins the next


@pytest.mark.parametrize("cause", [
    FULL, psycopg.errors.DiskFull(), psycopg.errors.AdminShutdown(), psycopg.OperationalError("server closed"),
])  # fmt: skip
def test_an_event_is_not_to_blame_for_the_database(office, cause):
    """However often it fails: nobody's message may be given up because a disk was full for a minute."""

    def fails(_turn):
        raise OperationalError("INSERT", {}, cause)

    office.does["trial"] = fails
    office.hear("e1", "trial")
    office.work_on(3 * MOST)
    assert office.house.rows("SELECT state, attempts FROM inbox") == [(State.WAITING, 0)]
    office.does["trial"] = lambda _turn: None
    office.work()
    assert office.house.rows("SELECT state, attempts FROM inbox") == [(State.DONE, 1)]


def test_a_statement_that_is_wrong_is_the_turns_own_fault(office):
    wrong = sqlite3.OperationalError("no such column")
    wrong.sqlite_errorname = "SQLITE_ERROR"

    def fails(_turn):
        raise OperationalError("SELECT", {}, wrong)

    office.does["trial"] = fails
    office.hear("e1", "trial")
    office.work_on()
    assert office.house.value("SELECT state FROM inbox") == State.DEAD
