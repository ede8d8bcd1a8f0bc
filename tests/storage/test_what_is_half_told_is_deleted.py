"""What was half told is gone from the tables a day later, of every agency, and nothing that is younger."""

import threading

import pytest

from bot import unfinished
from bot.storage.places import KEPT_MS, Place
from bot.storage.store import AgencyStore

MINUTE_MS = 60 * 1000
GOING_ON = threading.Event()


@pytest.fixture
def agencies(house):
    return [house.add_agency(slug) for slug in ("north", "south")]


def asks(house, agency, person):
    """A question is open for a person from now on."""
    core = house.core
    with core.database.reading(of=agency) as connection:
        store = AgencyStore(connection, core.channels.by_id(agency), core.ring)
        store.people.meet(f"U{person}")
        store.places.put(person, Place("disclosure.tell", {"told": "x"}), house.clock())
    core.database.write(store.apply, of=agency)


def left(house):
    return [tuple(row) for row in house.rows("SELECT agency_id, person_id FROM place ORDER BY agency_id, person_id")]


def test_a_day_later_it_is_deleted_and_not_before(house, agencies):
    for agency in agencies:
        asks(house, agency, "old")
    house.clock.pass_ms(KEPT_MS)
    asks(house, agencies[0], "new")
    unfinished.forget(house.ledger, GOING_ON)
    assert len(left(house)) == 3
    house.clock.pass_ms(MINUTE_MS)
    unfinished.forget(house.ledger, GOING_ON)
    assert left(house) == [(agencies[0], "new")]


def test_a_worker_that_is_stopped_deletes_no_more(house, agencies):
    asks(house, agencies[0], "old")
    house.clock.pass_ms(KEPT_MS + MINUTE_MS)
    stop = threading.Event()
    stop.set()
    unfinished.forget(house.ledger, stop)
    assert len(left(house)) == 1


def test_one_agency_does_not_hold_up_the_others(house, agencies, monkeypatch):
    for agency in agencies:
        asks(house, agency, "old")
    house.clock.pass_ms(KEPT_MS + MINUTE_MS)
    whole, odd = house.ledger.database.write, RuntimeError("odd")

    def write(work, **how):
        if how.get("of") == agencies[0]:
            raise odd
        return whole(work, **how)

    monkeypatch.setattr(house.ledger.database, "write", write)
    unfinished.forget(house.ledger, GOING_ON)
    assert left(house) == [(agencies[0], "old")]
