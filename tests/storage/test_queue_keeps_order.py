import pytest

from bot.storage.queue import LeaseLost, Outgoing, State
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

    house.core.database.write(write)


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
    house.claim("a")
    house.clock.pass_ms(LEASE + 1)
    house.claim("b")
    house.core.database.write(lambda c: house.core.queue.release(c, "turn", agency, "x", "a", house.clock()))
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
    house.claim("a")
    later = house.clock() + 5000
    house.core.database.write(lambda c: house.core.queue.release(c, "turn", agency, "x", "a", later))
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
    with house.core.database.reading() as connection:
        assert house.core.queue.depth(connection, house.clock()) == {"turn": (2, 700)}
    drain(house)
    with house.core.database.reading() as connection:
        assert house.core.queue.depth(connection, house.clock()) == {}


def test_a_body_that_does_not_open_stops_no_other_lane(house, agency):
    """An old key that was left out of the ring, or one damaged row."""
    house.put(agency, ev("broken"))
    house.core.database.write(lambda c: c.exec_driver_sql("UPDATE inbox SET body = 'v1.x.y.z'"))
    house.clock.pass_ms(1)
    house.put(agency, ev("fine", lane="y"))
    house.clock.pass_ms(LEASE + 1)
    claimed = [house.claim("a"), house.claim("b")]
    assert "fine" in [event.event_id for event in claimed if event]


# ── outbox


def post(house, agency, *texts, lane="x"):
    letters = [Outgoing("U1", [{"type": "text", "text": one}], "token", 5, needed=one == "needed") for one in texts]
    house.core.database.write(lambda c: house.core.queue.post(c, agency, lane, letters, house.clock()))


def claim_letter(house, owner="a"):
    return house.core.database.write(lambda c: house.core.queue.claim_letter(c, owner, house.clock(), LEASE))


def settle(house, letter, owner="a", state=State.DONE):
    house.core.database.write(lambda c: house.core.queue.settle(c, letter, owner, house.clock(), state, "sent"))


def said(letter):
    return letter.outgoing.messages[0]["text"]


def test_letters_of_a_lane_go_out_in_the_order_they_were_written(house, agency):
    post(house, agency, "one", "two")
    post(house, agency, "other", lane="y")
    post(house, agency, "three")
    first, second = claim_letter(house, "a"), claim_letter(house, "b")
    assert [said(first), said(second)] == ["one", "other"]
    assert claim_letter(house, "c") is None
    settle(house, first)
    settle(house, second, "b")
    assert said(claim_letter(house)) == "two"


def test_a_letter_comes_back_as_it_was_written(house, agency):
    post(house, agency, "needed")
    letter = claim_letter(house)
    message = {"type": "text", "text": "needed"}
    assert letter.outgoing == Outgoing("U1", [message], "token", 5, needed=True)
    assert (letter.attempts, letter.uncertain) == (1, False)


def test_a_letter_that_is_tried_again_keeps_its_place_and_its_key(house, agency):
    post(house, agency, "one", "two")
    letter = claim_letter(house)
    at = house.clock() + 1000
    queue = house.core.queue
    house.core.database.write(lambda c: queue.retry_letter(c, letter, "a", at, "unknown", uncertain=True))
    assert claim_letter(house) is None
    house.clock.pass_ms(1000)
    again = claim_letter(house)
    assert (said(again), again.retry_key, again.attempts, again.uncertain) == ("one", letter.retry_key, 2, True)


def test_once_uncertain_a_letter_stays_so(house, agency):
    post(house, agency, "one")
    queue = house.core.queue
    for uncertain in (True, False):
        letter = claim_letter(house)
        house.core.database.write(
            lambda c, letter=letter, uncertain=uncertain: queue.retry_letter(
                c, letter, "a", house.clock(), "again", uncertain=uncertain
            )
        )
    assert claim_letter(house).uncertain


def test_a_settled_letter_loses_its_words(house, agency):
    post(house, agency, "one")
    settle(house, claim_letter(house))
    assert house.rows("SELECT state, outcome, body FROM outbox") == [(State.DONE, "sent", None)]
    assert claim_letter(house) is None


def test_a_late_sender_does_not_give_the_lane_away(house, agency):
    post(house, agency, "one", "two")
    late = claim_letter(house, "a")
    house.clock.pass_ms(LEASE + 1)
    assert said(claim_letter(house, "b")) == "one"
    with pytest.raises(LeaseLost):
        settle(house, late, "a")
    assert claim_letter(house, "c") is None


def test_given_up_letters_and_events_are_counted(house, agency):
    house.put(agency, ev("e"))
    finish(house, house.claim(), state=State.DEAD)
    post(house, agency, "one")
    settle(house, claim_letter(house), state=State.DEAD)
    with house.core.database.reading() as connection:
        assert house.core.queue.dead(connection) == 2


def test_an_event_waits_through_a_restart(house, agency):
    house.put(agency, ev("e"))
    house.core.database.close()
    again = Core(house.core.settings)
    assert again.database.write(lambda c: again.queue.claim_event(c, "z", house.clock(), LEASE)).event_id == "e"
    again.database.close()
