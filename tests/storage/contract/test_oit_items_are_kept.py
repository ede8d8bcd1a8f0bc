"""One contract for three stores, the part about what is published for the OIT."""

from dataclasses import replace
from datetime import date

import pytest

from bot.storage.people import Changed
from bot.storage.store import AgencyStore
from itadomain.fiscal import FiscalYear
from itadomain.oit.items import Check, Item, Outcome
from tests.fakes import TODAY
from tests.storage.conftest import ENGINES

YEAR = FiscalYear(2570)
BARE = Item(YEAR, 5, "ข้อมูลการติดต่อ")
FULL = Item(
    YEAR, 12, "รายงาน", confirmed=False, unit="u1", due=date(2027, 3, 31), address="https://a.go.th/", board="e1", updated_on=TODAY,
    updated_by="p1", check=Check(TODAY, Outcome.NOT_FOUND, 404, expired=True, changed_on=date(2026, 1, 2)), dropped=True,
)  # fmt: skip


def test_items_come_back_whole_by_year_and_in_the_order_of_their_numbers(step):
    step(lambda s: s.oit_items.save(FULL, BARE, replace(BARE, year=FiscalYear(2569))))
    assert step(lambda s: list(s.oit_items.of_year(2570))) == [BARE, FULL]
    assert step(lambda s: list(s.oit_items.of_year(2569))) == [replace(BARE, year=FiscalYear(2569))]
    assert step(lambda s: list(s.oit_items.of_year(2568))) == []


def test_what_has_changed_takes_the_place_of_what_was(step):
    step(lambda s: s.oit_items.save(FULL))
    step(lambda s: s.oit_items.save(replace(FULL, check=None, due=None, board="", dropped=False)))
    assert step(lambda s: list(s.oit_items.of_year(2570))) == [
        replace(FULL, check=None, due=None, board="", dropped=False)
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_two_who_change_the_same_at_once_do_not_overwrite_each_other_unseen(store):
    store.step(lambda s: s.oit_items.save(BARE))
    core, agency = store.house.core, store.agency
    with core.database.reading(of=agency) as connection:
        mine = AgencyStore(connection, core.channels.by_id(agency), core.ring)
        mine.oit_items.save(replace(BARE, address="https://mine.go.th/"))
    store.step(lambda s: s.oit_items.save(replace(BARE, unit="u2")))
    with pytest.raises(Changed):
        core.database.write(mine.apply, of=agency)
    assert store.step(lambda s: list(s.oit_items.of_year(2570))) == [replace(BARE, unit="u2")]


@pytest.mark.parametrize("engine", ENGINES)
def test_another_agency_has_a_register_of_its_own(store):
    store.step(lambda s: s.oit_items.save(BARE))
    other = type(store)(store.house, store.house.add_agency("south"))
    assert other.step(lambda s: list(s.oit_items.of_year(2570))) == []
    other.step(lambda s: s.oit_items.save(replace(BARE, name="ของอีกหน่วยงาน")))
    assert store.step(lambda s: [one.name for one in s.oit_items.of_year(2570)]) == [BARE.name]
