"""PostgreSQL: workers and webhooks of many processes at one lane. SQLite lets one of them write at a time anyway."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.storage.queue import Arrival, LeaseLost, Outgoing, Rate, State
from tests.storage.meanwhile import PATIENCE_S, at_once, uncommitted, until_someone_waits

pytestmark = pytest.mark.parametrize("engine", ["postgresql"])
LEASE = 30_000


class Trouble(Exception):
    """Why a transaction was taken back."""


@pytest.fixture
def agency(house):
    return house.add_agency("north")


def ev(name, lane="x", at=1000):
    return {"id": name, "lane": lane, "at": at}


def putting(house, agency, name, lane="x"):
    arrival = Arrival(name, lane, 2000, b"{}")
    return lambda connection: house.core.queue.put(connection, agency, [arrival], house.clock())


def finishing(house, event, owner="a"):
    return lambda connection: house.core.queue.finish_event(connection, event, owner, house.clock(), State.DONE)


def posting(house, agency, lane="x"):
    letter = Outgoing("U1", [{"type": "text", "text": "second"}])
    return lambda connection: house.core.queue.post(connection, agency, lane, [letter], house.clock())


def then(work, error):
    """Does `work`, and then something goes wrong."""

    def both(connection):
        work(connection)
        raise error

    return both


def test_an_arrival_is_not_forgotten_by_a_turn_that_ends_meanwhile(house, agency):
    """The arrival is written, not yet committed; the turn's end waits for it and then sees it."""
    house.put(agency, ev("e"))
    event = house.claim("a")
    with ThreadPoolExecutor(1) as pool:
        with uncommitted(house.core.database, putting(house, agency, "f"), of=agency):
            ended = pool.submit(house.core.database.write, finishing(house, event), across=True)
            until_someone_waits(house)
        ended.result(PATIENCE_S)
    assert house.claim("b").event_id == "f"


def test_an_arrival_waits_for_a_turn_that_ends_and_makes_its_lane_ready_again(house, agency):
    house.put(agency, ev("e"))
    event = house.claim("a")
    with ThreadPoolExecutor(1) as pool:
        with uncommitted(house.core.database, finishing(house, event), across=True):
            arrived = pool.submit(house.core.database.write, putting(house, agency, "f"), of=agency)
            until_someone_waits(house)
        assert arrived.result(PATIENCE_S) == 1
    assert house.claim("b").event_id == "f"


def test_a_turns_end_that_is_taken_back_leaves_the_lane_to_it_and_the_arrival_behind(house, agency):
    house.put(agency, ev("e"))
    event = house.claim("a")
    held, fail = threading.Event(), threading.Event()

    def fails(connection):
        finishing(house, event)(connection)
        held.set()
        assert fail.wait(PATIENCE_S)
        raise Trouble

    with ThreadPoolExecutor(2) as pool:
        ended = pool.submit(house.core.database.write, fails, across=True)
        assert held.wait(PATIENCE_S)
        arrived = pool.submit(house.core.database.write, putting(house, agency, "f"), of=agency)
        until_someone_waits(house)
        fail.set()
        with pytest.raises(Trouble):
            ended.result(PATIENCE_S)
        assert arrived.result(PATIENCE_S) == 1
    assert house.claim("b") is None
    house.core.database.write(finishing(house, event), across=True)
    assert house.claim("b").event_id == "f"


def test_an_arrival_that_is_taken_back_leaves_nothing(house, agency):
    with pytest.raises(Trouble):
        house.core.database.write(then(putting(house, agency, "f"), Trouble()), of=agency)
    assert house.value("SELECT COUNT(*) FROM lane") == house.value("SELECT COUNT(*) FROM inbox") == 0


@pytest.mark.parametrize("posted_first", [True, False])
def test_a_letter_is_not_forgotten_by_a_sender_that_ends_meanwhile(house, agency, posted_first):
    house.core.database.write(posting(house, agency), of=agency)
    letter = house.queue("claim_letter", "a", house.clock(), LEASE)

    def settle(connection):
        house.core.queue.settle(connection, letter, "a", house.clock(), State.DONE, "sent")

    first, second = (posting(house, agency), settle) if posted_first else (settle, posting(house, agency))
    with ThreadPoolExecutor(1) as pool:
        with uncommitted(house.core.database, first, of=agency, across=True):
            other = pool.submit(house.core.database.write, second, of=agency, across=True)
            until_someone_waits(house)
        other.result(PATIENCE_S)
    assert house.queue("claim_letter", "b", house.clock(), LEASE).id == letter.id + 1


def test_a_claim_passes_by_a_lane_that_somebody_holds_instead_of_waiting(house, agency):
    house.put(agency, ev("x1"))
    house.clock.pass_ms(1)
    house.put(agency, ev("y1", lane="y"))
    with uncommitted(house.core.database, putting(house, agency, "x2"), of=agency) as other:
        assert house.claim("a").event_id == "y1"
        assert house.claim("b") is None
        assert not other.done()
    assert house.claim("b").event_id == "x1"


def test_a_claim_does_not_see_an_arrival_before_it_is_committed(house, agency):
    with uncommitted(house.core.database, putting(house, agency, "e"), of=agency):
        assert house.claim("a") is None
    assert house.claim("a").event_id == "e"


def test_who_takes_over_while_the_late_one_writes_waits_and_finds_it_done(house, agency):
    """The fence holds until the commit: an expired lease that is finishing cannot be taken away from under it."""
    house.put(agency, ev("e"))
    late = house.claim("late")
    house.clock.pass_ms(LEASE + 1)
    with uncommitted(house.core.database, finishing(house, late, "late"), across=True):
        assert house.claim("other") is None
    assert house.claim("other") is None
    assert house.value("SELECT state FROM inbox") == State.DONE


def test_the_late_one_waits_for_who_takes_over_and_writes_nothing(house, agency):
    house.put(agency, ev("e"))
    late = house.claim("late")
    house.clock.pass_ms(LEASE + 1)
    claim = house.core.queue.claim_event
    with ThreadPoolExecutor(1) as pool:
        with uncommitted(house.core.database, lambda c: claim(c, "other", house.clock(), LEASE), across=True):
            ended = pool.submit(house.core.database.write, finishing(house, late, "late"), across=True)
            until_someone_waits(house)
        with pytest.raises(LeaseLost):
            ended.result(PATIENCE_S)
    assert house.value("SELECT state FROM inbox") == State.WAITING


def test_many_workers_never_hold_one_lane_and_keep_its_order(house, agency):
    """400 claims by six workers on five lanes, while events go on arriving."""
    lanes, each, workers = "vwxyz", 80, 6
    arriving = threading.Event()
    held, doubly, done = set(), [], {lane: [] for lane in lanes}

    def arrive():
        for number in range(each):
            house.put(agency, *(ev(f"{lane}-{number:02}", lane, number) for lane in lanes))
        arriving.set()

    def work(owner):
        while True:
            over = arriving.is_set()
            event = house.claim(owner)
            if event is None and over:
                return
            if event is not None:
                if event.lane in held:
                    doubly.append(event)
                held.add(event.lane)
                done[event.lane].append(event.event_id)
                held.discard(event.lane)
                house.core.database.write(finishing(house, event, owner), across=True)

    at_once(arrive, *(lambda owner=f"w{number}": work(owner) for number in range(workers)))
    assert doubly == []
    assert done == {lane: [f"{lane}-{number:02}" for number in range(each)] for lane in lanes}
    assert house.rows("SELECT state, COUNT(*) FROM inbox GROUP BY state") == [(State.DONE, each * len(lanes))]


def test_workers_that_claim_at_once_get_a_lane_each(house, agency):
    for _ in range(10):
        house.put(agency, *(ev(f"{house.clock()}-{lane}", lane) for lane in "wxyz"))
        claimed = at_once(*(lambda owner=owner: house.claim(owner) for owner in "abcdef"))
        lanes = Counter(event.lane for event in claimed if event)
        assert set(lanes.values()) == {1}
        for owner, event in zip("abcdef", claimed, strict=True):
            if event:
                house.core.database.write(finishing(house, event, owner), across=True)
        while event := house.claim("rest"):
            house.core.database.write(finishing(house, event, "rest"), across=True)
        house.clock.pass_ms(1)


@pytest.mark.parametrize("lanes", [1, 30, 400])
@pytest.mark.parametrize("analysed", [True, False])
def test_a_claim_leases_one_lane_however_the_server_plans_it(house, agency, lanes, analysed):
    """LIMIT 1 under a join can be run more than once, if the server thinks that cheaper."""
    house.put(agency, *(ev(f"e{number:03}", f"{number:03}") for number in range(lanes)))
    if analysed:
        house.change("ANALYZE")
    assert house.claim("a") is not None
    assert house.value("SELECT COUNT(*) FROM lane WHERE owner <> ''") == 1


def test_permits_are_given_out_once_however_many_ask_at_a_time(house, agency):
    rate = Rate(calls=1, burst=5)
    asked = at_once(*[lambda: house.queue("take_permit", agency, "push", house.clock(), rate)] * 16)
    assert asked.count(0) == rate.burst


def test_two_webhooks_with_the_same_lanes_in_another_order_do_not_wait_for_each_other_for_ever(house, agency):
    """Lanes are taken in order, so there is no deadlock; the server would end one of the two."""
    before = house.value("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")

    def put(name, lanes):
        for number in range(25):
            assert house.put(agency, *(ev(f"{name}-{number}-{lane}", lane) for lane in lanes)) == len(lanes)

    at_once(*(lambda n=n, lanes=lanes: put(n, lanes) for n, lanes in enumerate(("abcd", "dcba", "bdac", "cabd"))))
    house.change("SELECT pg_stat_force_next_flush()")
    assert house.value("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()") == before
    assert house.value("SELECT COUNT(*) FROM inbox") == 400
