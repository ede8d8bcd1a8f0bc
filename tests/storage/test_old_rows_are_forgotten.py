"""What is done is forgotten after a week, runs of the clock after a year and a bit; what was given up stays."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot import housekeeping
from bot.storage.queue import Outgoing, State
from bot.storage.retention import BATCH, DAY_MS, KEPT_MS, TICKS_KEPT_MS, forget
from tests.storage.meanwhile import at_once, uncommitted, until_someone_waits

LEASE = 30_000
GOING_ON = threading.Event()
LETTER = Outgoing("U1", [{"type": "text", "text": "hello"}])
STATES = (State.DONE, State.IGNORED, State.DEAD)
MANY = BATCH + 5


@pytest.fixture
def agency(house):
    return house.add_agency("north")


def finish(house, agency, name, state):
    house.put(agency, {"id": name, "lane": name})
    house.queue("finish_event", house.claim(), "a", house.clock(), state)


def settle(house, agency, lane, state):
    house.queue("post", agency, lane, [LETTER], house.clock())
    letter = house.queue("claim_letter", "s", house.clock(), LEASE)
    house.queue("settle", letter, "s", house.clock(), state, "")


def one_of_each(house, agency, age):
    for state in STATES:
        finish(house, agency, f"{age} {state.name}", state)
        settle(house, agency, f"{age} {state.name}", state)
    house.put(agency, {"id": f"{age} {State.WAITING.name}", "lane": "waits"})
    house.queue("post", agency, f"{age} {State.WAITING.name}", [LETTER], house.clock())


def lanes_of_waiting(house):
    """Nothing that waits is taken while others are put down in this test."""
    house.change("UPDATE lane SET ready_at = NULL")


def left(house, table, column):
    return {name for (name,) in house.rows(f"SELECT {column} FROM {table}")}


def names(*wanted):
    return {f"{age} {state.name}" for age, states in wanted for state in states}


def test_what_was_done_more_than_a_week_ago_goes_and_nothing_else(house, agency):
    one_of_each(house, agency, "old")
    lanes_of_waiting(house)
    house.clock.pass_ms(1)
    one_of_each(house, agency, "younger")
    house.clock.pass_ms(KEPT_MS)
    assert housekeeping.tidy(house.ledger, GOING_ON) == 4
    kept = names(("old", [State.DEAD, State.WAITING]), ("younger", [*STATES, State.WAITING]))
    assert left(house, "inbox", "event_id") == kept
    assert left(house, "outbox", "lane") == kept
    assert housekeeping.tidy(house.ledger, GOING_ON) == 0


def test_requests_of_a_stopped_broadcast_are_kept_for_a_week(house, agency):
    settle(house, agency, "held", State.HELD)
    house.clock.pass_ms(KEPT_MS)
    assert housekeeping.tidy(house.ledger, GOING_ON) == 0
    house.clock.pass_ms(1)
    assert housekeeping.tidy(house.ledger, GOING_ON) == 1


def test_what_line_delivers_again_within_a_week_is_still_known(house, agency):
    finish(house, agency, "e", State.DONE)
    house.clock.pass_ms(KEPT_MS)
    housekeeping.tidy(house.ledger, GOING_ON)
    assert house.put(agency, {"id": "e", "lane": "x"}) == 0
    house.clock.pass_ms(1)
    housekeeping.tidy(house.ledger, GOING_ON)
    assert house.put(agency, {"id": "e", "lane": "x"}) == 1


def test_every_agencys_old_rows_go(house, agency):
    for one in (agency, house.add_agency("south")):
        finish(house, one, "e", State.DONE)
        settle(house, one, "x", State.DONE)
    house.clock.pass_ms(8 * DAY_MS)
    assert housekeeping.tidy(house.ledger, GOING_ON) == 4


@pytest.fixture
def many_old(house, agency):
    """More than a batch that nobody may forget, and behind it more than a batch that is done."""
    house.put(agency, *({"id": f"{number:04}", "lane": f"{number:04}"} for number in range(2 * MANY)))
    house.change("UPDATE inbox SET state = 3 WHERE event_id < :border", border=f"{MANY:04}")
    house.change("UPDATE inbox SET state = 1 WHERE event_id >= :border", border=f"{MANY:04}")
    house.clock.pass_ms(8 * DAY_MS)


def test_more_than_a_batch_goes_from_behind_more_than_a_batch_that_stays(house, many_old):
    assert housekeeping.tidy(house.ledger, GOING_ON) == MANY
    assert house.rows("SELECT state, COUNT(*) FROM inbox GROUP BY state") == [(State.DEAD, MANY)]


def test_processes_that_tidy_at_once_delete_each_row_once(house, many_old):
    assert sum(at_once(*[lambda: housekeeping.tidy(house.ledger, GOING_ON)] * 3)) == MANY
    assert house.value("SELECT COUNT(*) FROM inbox") == MANY


@pytest.mark.parametrize("engine", ["postgresql"])
def test_what_another_process_is_just_deleting_is_not_counted_as_ours(house, agency):
    finish(house, agency, "e", State.DONE)
    house.clock.pass_ms(8 * DAY_MS)
    with ThreadPoolExecutor(1) as pool:
        with uncommitted(house.core.database, lambda c: forget(c, "inbox", house.clock(), 0), across=True):
            ours = pool.submit(housekeeping.tidy, house.ledger, GOING_ON)
            until_someone_waits(house)
        assert ours.result(10) == 0
    assert house.value("SELECT COUNT(*) FROM inbox") == 0


def test_a_batch_that_is_not_old_to_its_end_is_the_last_one(house, agency):
    """Housekeeping reads what is old, not the whole table."""
    house.put(agency, *({"id": f"old {number:04}", "lane": "x"} for number in range(BATCH - 1)))
    house.clock.pass_ms(8 * DAY_MS)
    house.put(agency, {"id": "young", "lane": "x"})
    house.change("UPDATE inbox SET state = 1")
    assert housekeeping.tidy(house.ledger, GOING_ON) == BATCH - 1
    assert left(house, "inbox", "event_id") == {"young"}


def test_runs_of_the_clock_are_kept_for_a_year_and_a_bit(house, agency):
    for slot, age in (("young", TICKS_KEPT_MS), ("old", TICKS_KEPT_MS + 1)):
        house.change(
            "INSERT INTO tick (agency_id, job, slot, at) VALUES (:agency, 'trial.tell', :slot, :at)",
            agency=agency, slot=slot, at=house.clock() - age,
        )  # fmt: skip
    assert housekeeping.tidy(house.ledger, GOING_ON) == 1
    assert left(house, "tick", "slot") == {"young"}


def test_whoever_is_told_to_stop_leaves_what_is_left_to_the_next(house, agency):
    finish(house, agency, "old", State.DONE)
    house.clock.pass_ms(KEPT_MS + 1)
    stop = threading.Event()
    stop.set()
    assert housekeeping.tidy(house.ledger, stop) == 0
    assert housekeeping.tidy(house.ledger, GOING_ON) == 1
