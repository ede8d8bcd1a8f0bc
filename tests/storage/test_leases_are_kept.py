"""Slow work keeps its lane; quick work costs nothing; work that has gone wrong gives its lane away."""

import pytest

from bot.leases import LONGEST_MS, Leases
from bot.storage.queue import Outgoing

LEASE = 9_000
SLOW = LEASE // 3


@pytest.fixture
def agency(house):
    return house.add_agency("north")


@pytest.fixture
def leases(house):
    return Leases(house.ledger, LEASE)


def take(house, agency, lane="x", owner="a"):
    house.put(agency, {"id": f"of {lane}", "lane": lane})
    return house.claim(owner, LEASE)


def lease_of(house, lane="x"):
    return house.value("SELECT lease_until FROM lane WHERE lane = :lane", lane=lane)


def test_quick_work_is_not_extended(house, agency, leases):
    event = take(house, agency)
    before = lease_of(house)
    with leases.held("a", event):
        house.clock.pass_ms(SLOW - 1)
        assert leases.extend() == 0
    assert lease_of(house) == before


def test_slow_work_keeps_its_lane_for_as_long_as_it_goes_on(house, agency, leases):
    event = take(house, agency)
    with leases.held("a", event):
        for _ in range(8):  # 24 s, of leases of 9 s
            house.clock.pass_ms(SLOW)
            assert leases.extend() == 1
            assert lease_of(house) == house.clock() + LEASE
            assert house.claim("b", LEASE) is None
    assert leases.extend() == 0


def test_only_the_slow_is_extended(house, agency, leases):
    slow = take(house, agency, "x", "a")
    with leases.held("a", slow):
        house.clock.pass_ms(SLOW)
        quick = take(house, agency, "y", "b")
        until = lease_of(house, "y")
        with leases.held("b", quick):
            assert leases.extend() == 1
    assert lease_of(house, "x") == house.clock() + LEASE
    assert lease_of(house, "y") == until


def test_work_that_takes_too_long_gives_its_lane_away(house, agency, leases):
    event = take(house, agency)
    with leases.held("a", event):
        while house.clock() < event.received_at + LONGEST_MS - SLOW:
            house.clock.pass_ms(SLOW)
            assert leases.extend() == 1
        house.clock.pass_ms(SLOW)
        assert leases.extend() == 0
        house.clock.pass_ms(LEASE)
        assert house.claim("b", LEASE).event_id == event.event_id


def test_a_lane_that_somebody_else_has_by_now_is_not_taken_back(house, agency, leases):
    event = take(house, agency)
    with leases.held("a", event):
        house.clock.pass_ms(LEASE + 1)
        house.claim("b", LEASE)
        before = lease_of(house)
        house.clock.pass_ms(SLOW)
        leases.extend()
        assert lease_of(house) == before


def test_work_that_failed_is_not_held_any_more(house, agency, leases):
    event = take(house, agency)
    with pytest.raises(LookupError), leases.held("a", event):
        raise LookupError
    house.clock.pass_ms(SLOW)
    assert leases.extend() == 0


def test_a_letter_is_kept_as_an_event_is(house, agency, leases):
    house.queue("post", agency, "x", [Outgoing("U1", [{"type": "text", "text": "one"}])], house.clock())
    letter = house.queue("claim_letter", "a", house.clock(), LEASE)
    with leases.held("a", letter):
        house.clock.pass_ms(SLOW)
        assert leases.extend() == 1
    house.clock.pass_ms(LEASE)
    assert house.queue("claim_letter", "b", house.clock(), LEASE) is None


def test_a_thread_that_never_comes_back_ends_its_process(house, agency):
    """Nothing else ends a thread; whoever watches over the process starts another, and attempts count to an end."""
    ended = []
    leases = Leases(house.ledger, LEASE, lambda: ended.append(True))
    event = take(house, agency)
    with leases.held("a", event):
        house.clock.pass_ms(LONGEST_MS + LEASE)
        leases.extend()
        assert not ended
        house.clock.pass_ms(1)
        leases.extend()
        assert ended
