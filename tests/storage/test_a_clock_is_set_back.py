"""A clock that goes back by an hour holds up what waits until the next round of housekeeping, not for an hour."""

import threading

import pytest

from bot import housekeeping
from bot.storage.queue import LeaseLost, Outgoing, Rate, State

HOUR = 60 * 60 * 1000
LEASE, LONGEST_PAUSE = 30_000, 450_000
RATE = Rate(1, 2)
LETTER = Outgoing("U1", [{"type": "text", "text": "hello"}])


@pytest.fixture
def agency(house):
    return house.add_agency("north")


def keep(house):
    housekeeping.keep(house.ledger, threading.Event())


def claim_letter(house, owner="s"):
    return house.queue("claim_letter", owner, house.clock(), LEASE)


def test_what_was_ready_before_the_clock_was_set_back_is_ready_again(house, agency):
    house.put(agency, {"id": "e", "lane": "x"})
    house.queue("post", agency, "x", [LETTER], house.clock())
    house.clock.pass_ms(-HOUR)
    assert (house.claim(), claim_letter(house)) == (None, None)
    keep(house)
    assert house.claim().event_id == "e"
    assert claim_letter(house).outgoing.to == "U1"


def claim_task(house, owner="t"):
    return house.core.database.write(
        lambda c: house.core.queue.tasks.claim(c, owner, house.clock(), LEASE), across=True
    )


@pytest.fixture
def task(house, agency):
    """A task that waits in a lane."""
    put = house.core.queue.tasks.put
    house.core.database.write(lambda c: put(c, agency, "x", "U1", [("fetch", {})], house.clock()), of=agency)


def test_a_task_is_tried_again_when_the_clock_was_set_back(house, task):
    """One that waits for its first attempt, for its next one, and one whose worker died."""
    for _ in range(2):
        house.clock.pass_ms(-HOUR)
        assert claim_task(house) is None
        keep(house)
        errand = claim_task(house)
        again = house.clock() + LONGEST_PAUSE
        house.core.database.write(
            lambda c, errand=errand, at=again: house.core.queue.tasks.retry(c, errand, "t", at), across=True
        )
    house.clock.pass_ms(LONGEST_PAUSE)
    assert claim_task(house, "dead").attempts == 3
    house.clock.pass_ms(-HOUR)
    keep(house)
    assert claim_task(house, "living").attempts == 4


def test_a_task_that_waits_as_it_should_waits_on(house, task):
    errand = claim_task(house)
    at = house.clock() + LONGEST_PAUSE
    house.core.database.write(lambda c: house.core.queue.tasks.retry(c, errand, "t", at), across=True)
    keep(house)
    assert claim_task(house) is None
    assert house.value("SELECT ready_at FROM task") == at


def test_the_lane_of_who_died_before_the_clock_was_set_back_is_taken_over(house, agency):
    house.put(agency, {"id": "e", "lane": "x"})
    before = house.claim("dead")
    house.clock.pass_ms(-HOUR)
    keep(house)
    assert house.claim("living").attempts == 2
    with pytest.raises(LeaseLost):
        house.queue("finish_event", before, "dead", house.clock(), State.DONE)


def test_a_channel_that_had_to_wait_before_the_clock_was_set_back_may_be_called(house, agency):
    def permit():
        return house.queue("take_permit", agency, "push", house.clock(), RATE)

    while not permit():
        pass
    house.clock.pass_ms(-HOUR)
    assert permit() > HOUR / 2
    keep(house)
    assert permit() == 0


def test_what_waits_as_it_should_waits_on(house, agency):
    """The longest pause of all, a lease of somebody alive, a channel that is called often enough."""
    house.put(agency, {"id": "e", "lane": "x"}, {"id": "f", "lane": "y"})
    event = house.claim("a")
    house.queue("retry_event", event, "a", house.clock() + LONGEST_PAUSE)
    living = house.claim("b")
    while not house.queue("take_permit", agency, "push", house.clock(), RATE):
        pass
    tables = "SELECT lane, ready_at, owner, lease_until FROM lane ORDER BY lane", "SELECT ahead_to FROM bucket"
    before = [house.rows(sql) for sql in tables]
    keep(house)
    assert [house.rows(sql) for sql in tables] == before
    assert house.claim("c") is None
    house.queue("finish_event", living, "b", house.clock(), State.DONE)
