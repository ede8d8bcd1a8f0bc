import pytest

from bot.storage.queue import LeaseLost, Outgoing, Queue, State
from bot.storage.sealing import KeyRing, new_key
from bot.wiring import Core

LEASE = 30_000


@pytest.fixture
def agency(house):
    return house.add_agency("north")


def finish(house, event, owner="a", state=State.DONE, also=None):
    def write(connection):
        if also:
            also(connection)
        house.core.queue.finish_event(connection, event, owner, house.clock(), state)

    house.core.database.write(write, of=event.agency_id, across=True)


def drain(house, owner="a"):
    """Take and finish everything; gives the ids in the order they came."""
    taken = []
    while event := house.claim(owner):
        taken.append(event.event_id)
        finish(house, event, owner)
    return taken


def ev(name, lane="x", at=1000):
    return {"id": name, "lane": lane, "at": at}


def test_a_lanes_events_come_by_their_time_then_by_arrival(house, agency):
    house.put(agency, ev("late", at=3000), ev("early", at=1000), ev("twin-1", at=2000), ev("twin-2", at=2000))
    assert drain(house) == ["early", "twin-1", "twin-2", "late"]


def test_lanes_are_leased_side_by_side_and_each_to_one(house, agency):
    house.put(agency, ev("x1"), ev("x2"), ev("y1", lane="y"))
    first, second = house.claim("a"), house.claim("b")
    assert {first.event_id, second.event_id} == {"x1", "y1"}
    assert house.claim("c") is None


def test_the_lane_that_has_waited_longest_comes_first(house, agency):
    for lane in "zya":
        house.put(agency, ev(f"{lane}1", lane))
        house.clock.pass_ms(10)
    assert drain(house) == ["z1", "y1", "a1"]


def test_the_same_lane_of_two_agencies_is_two_lanes(house, agency):
    south = house.add_agency("south")
    house.put(agency, ev("e"))
    house.put(south, ev("e"))
    claimed = [house.claim("a"), house.claim("b")]
    assert {event.agency_id for event in claimed} == {agency, south}


def test_an_attempt_is_counted_when_it_begins(house, agency):
    """A step that kills its process counts too."""
    house.put(agency, ev("e"))
    for attempt in (1, 2, 3):
        assert house.claim().attempts == attempt
        house.clock.pass_ms(LEASE + 1)


def test_a_lease_holds_to_its_last_millisecond(house, agency):
    house.put(agency, ev("e"))
    assert house.claim("a").event_id == "e"
    house.clock.pass_ms(LEASE)
    assert house.claim("b") is None
    house.clock.pass_ms(1)
    assert house.claim("b").event_id == "e"


def test_a_late_worker_writes_nothing(house, agency):
    house.put(agency, ev("e"))
    late = house.claim("a")
    house.clock.pass_ms(LEASE + 1)
    taken_over = house.claim("b")

    def effect(connection):
        house.core.queue.post(connection, agency, "x", [Outgoing("U1", [])], house.clock())

    with pytest.raises(LeaseLost):
        finish(house, late, "a", also=effect)
    assert house.value("SELECT COUNT(*) FROM outbox") == 0
    finish(house, taken_over, "b", also=effect)
    assert house.value("SELECT COUNT(*) FROM outbox") == 1


def test_a_late_worker_writes_nothing_after_the_other_is_done_either(house, agency):
    house.put(agency, ev("e"), ev("f", at=2000))
    late = house.claim("a")
    house.clock.pass_ms(LEASE + 1)
    finish(house, house.claim("b"), "b")
    with pytest.raises(LeaseLost):
        finish(house, late, "a")
    assert drain(house, "c") == ["f"]


def test_a_late_worker_does_not_give_the_lane_away(house, agency):
    house.put(agency, ev("e"))
    late = house.claim("a")
    house.clock.pass_ms(LEASE + 1)
    house.claim("b")
    with pytest.raises(LeaseLost):
        house.queue("retry_event", late, "a", house.clock())
    assert house.claim("c") is None


def test_an_event_that_arrives_during_a_turn_waits_for_its_end(house, agency):
    house.put(agency, ev("e", at=2000))
    event = house.claim("a")
    house.put(agency, ev("older", at=1000), ev("newer", at=3000))
    assert house.claim("b") is None
    finish(house, event)
    assert drain(house) == ["older", "newer"]


def test_an_event_makes_a_finished_lane_ready_again(house, agency):
    house.put(agency, ev("e"))
    assert drain(house) == ["e"]
    assert house.value("SELECT ready_at FROM lane") is None
    house.put(agency, ev("f"))
    assert drain(house) == ["f"]


def test_a_redelivered_event_is_not_taken_in_twice(house, agency):
    assert house.put(agency, ev("e"), ev("e")) == 1
    assert house.put(agency, ev("e")) == 0
    assert drain(house) == ["e"]
    assert house.put(agency, ev("e")) == 0
    assert drain(house) == []


def test_a_lane_that_was_put_off_comes_when_its_time_has_come_and_in_order(house, agency):
    house.put(agency, ev("e"), ev("f", at=2000))
    house.queue("retry_event", house.claim("a"), "a", house.clock() + 5000)
    house.put(agency, ev("g", at=500))
    house.clock.pass_ms(4999)
    assert house.claim() is None
    house.clock.pass_ms(1)
    assert drain(house) == ["g", "e", "f"]


def test_a_done_event_keeps_its_id_and_loses_its_words(house, agency):
    house.put(agency, {"id": "e", "lane": "x", "body": {"text": "ถ้อยคำ"}})
    event = house.claim()
    assert event.body == {"text": "ถ้อยคำ"}
    finish(house, event)
    assert house.rows("SELECT event_id, body, state FROM inbox") == [("e", None, State.DONE)]


def test_the_depth_tells_how_many_wait_and_for_how_long(house, agency):
    house.put(agency, ev("x1"))
    house.clock.pass_ms(700)
    house.put(agency, ev("y1", lane="y"), ev("y2", lane="y"))
    assert house.queue("depth", house.clock()) == {"turn": (2, 700)}
    drain(house)
    assert house.queue("depth", house.clock()) == {}


def test_a_body_that_does_not_open_stops_no_other_lane(house, agency):
    """An old key that was left out of the ring, or one damaged row."""
    house.put(agency, ev("broken"))
    house.change("UPDATE inbox SET body = 'v1.x.y.z'")
    house.clock.pass_ms(1)
    house.put(agency, ev("fine", lane="y"))
    house.clock.pass_ms(LEASE + 1)
    claimed = [house.claim("a"), house.claim("b")]
    assert "fine" in [event.event_id for event in claimed if event]


def test_an_event_waits_through_a_restart(house, agency):
    house.put(agency, ev("e"))
    house.core.database.close()
    again = Core(house.core.settings)
    claimed = again.database.write(lambda c: again.queue.claim_event(c, "z", house.clock(), LEASE), across=True)
    assert claimed.event_id == "e"
    again.database.close()


def test_an_expired_lease_that_nobody_took_may_still_finish(house, agency):
    """The work is done, and nobody else has begun it."""
    house.put(agency, ev("e"), ev("f", at=2000))
    slow = house.claim("a")
    house.clock.pass_ms(10 * LEASE)
    finish(house, slow, "a")
    assert drain(house, "b") == ["f"]


def test_an_extended_lease_holds_until_its_new_end_and_only_for_its_owner(house, agency):
    house.put(agency, ev("e"))
    event, until = house.claim("a"), house.clock() + 2 * LEASE
    assert house.queue("extend", event, "a", until) is True
    assert house.queue("extend", event, "b", until + LEASE) is False
    house.clock.now = until
    assert house.claim("b") is None
    house.clock.pass_ms(1)
    assert house.claim("b").event_id == "e"
    assert house.queue("extend", event, "a", house.clock() + LEASE) is False


def test_an_event_that_is_tried_again_keeps_its_attempts(house, agency):
    house.put(agency, ev("e"))
    house.queue("retry_event", house.claim(), "a", house.clock())
    assert house.claim().attempts == 2


# ── late, and how many in a minute

MINUTE = 60_000


@pytest.mark.parametrize(("at", "late"), [(1999, True), (2000, False), (2001, False)])
def test_an_event_that_comes_after_its_successor_was_taken_is_late(house, agency, at, late):
    house.put(agency, ev("first", at=2000))
    finish(house, house.claim())
    house.put(agency, ev("next", at=at), ev("elsewhere", lane="y", at=1))
    claimed = {event.event_id: event.late for event in (house.claim("a"), house.claim("b"))}
    assert claimed == {"next": late, "elsewhere": False}
    assert house.rows("SELECT event_id FROM inbox WHERE late") == ([("next",)] if late else [])


def test_an_older_event_that_comes_during_a_turn_is_late(house, agency):
    house.put(agency, ev("turn", at=2000))
    turn = house.claim()
    house.put(agency, ev("older", at=1000))
    finish(house, turn)
    assert house.claim().late


def test_an_older_event_that_comes_before_a_turn_is_tried_again_is_not_late(house, agency):
    """Its successor has not taken effect."""
    house.put(agency, ev("successor", at=2000))
    house.queue("retry_event", house.claim(), "a", house.clock())
    house.put(agency, ev("older", at=1000))
    older = house.claim()
    assert (older.event_id, older.late) == ("older", False)
    finish(house, older)
    successor = house.claim()
    assert (successor.event_id, successor.late) == ("successor", False)


def test_events_are_numbered_within_their_lane_and_the_minute_they_happened(house, agency):
    house.put(agency, ev("x1", at=MINUTE), ev("x2", at=2 * MINUTE - 1), ev("x3", at=2 * MINUTE))
    house.put(agency, ev("y1", lane="y", at=MINUTE), ev("x4", at=2 * MINUTE + 5))
    house.put(house.add_agency("south"), ev("s1", at=MINUTE))
    numbers = dict(house.rows("SELECT event_id, nth FROM inbox"))
    assert numbers == {"x1": 1, "x2": 2, "x3": 1, "x4": 2, "y1": 1, "s1": 1}


def test_an_event_of_an_older_minute_counts_for_none(house, agency):
    """LINE delivers again what could not be delivered, minutes later: no reason to find a person too talkative."""
    house.put(agency, ev("now-1", at=5 * MINUTE), *(ev(f"old-{n}", at=MINUTE + n) for n in range(3)))
    house.put(agency, ev("now-2", at=5 * MINUTE))
    numbers = dict(house.rows("SELECT event_id, nth FROM inbox"))
    assert numbers == {"now-1": 1, "now-2": 2, "old-0": 1, "old-1": 1, "old-2": 1}


def test_an_event_that_came_already_is_not_counted_again(house, agency):
    for _ in range(3):
        house.put(agency, ev("e"))
    house.put(agency, ev("f"))
    assert dict(house.rows("SELECT event_id, nth FROM inbox")) == {"e": 1, "f": 2}


def test_a_claim_tells_which_of_its_minute_an_event_is(house, agency):
    house.put(agency, ev("one"), ev("two", at=1001))
    finish(house, house.claim())
    assert house.claim().nth == 2


def test_what_was_sealed_with_a_key_that_is_not_here_waits_for_it(house):
    """While a key is changed one process knows it and another does not yet: nothing may be given up for that."""
    agency = house.add_agency("north")
    house.put(agency, {"id": "e1", "lane": "x"}, {"id": "e2", "lane": "y"})
    other = Queue(house.core.database.engine.dialect, KeyRing([new_key()]))
    assert house.core.database.write(lambda c: other.claim_event(c, "b", house.clock(), LEASE), across=True) is None
    assert house.rows("SELECT state, attempts FROM inbox") == [(0, 0), (0, 0)]
    house.clock.pass_ms(60_000)
    assert house.claim().event_id == "e1"
