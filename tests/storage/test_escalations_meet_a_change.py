"""Two who write down at once how far up what is late has come do not undo each other; each agency sees its own."""

from dataclasses import replace
from datetime import date

import pytest

from bot.storage.people import Changed
from bot.storage.store import AgencyStore
from itadomain.reminding.reminded import Escalation, Level

TODAY = date(2026, 11, 9)
ONE = Escalation("o1", date(2026, 11, 2), warned={Level.HEAD: TODAY}, know=frozenset({"p1", "p2"}))
TOLD = replace(ONE, told={Level.HEAD: TODAY}, heard=frozenset({"p3"}))


@pytest.mark.parametrize("before", [[], [ONE]])
@pytest.mark.parametrize("second", ["save", "drop"])
def test_whoever_comes_second_is_told_that_it_was_changed(house, before, second):
    agency, core = house.add_agency("north"), house.core

    def begin(work):
        with core.database.reading(of=agency) as connection:
            store = AgencyStore(connection, core.channels.by_id(agency), core.ring)
            work(store)
        return store

    core.database.write(begin(lambda s: s.escalations.save(*before)).apply, of=agency)
    late = begin(lambda s: s.escalations.save(TOLD) if second == "save" else s.escalations.drop("o1"))
    other = replace(ONE, know=frozenset({"p9"}))
    core.database.write(begin(lambda s: s.escalations.save(other)).apply, of=agency)
    with pytest.raises(Changed):
        core.database.write(late.apply, of=agency)


def test_where_one_of_many_was_changed_none_is_written(house):
    agency, core = house.add_agency("north"), house.core
    two, three = replace(ONE, obligation="o2"), replace(ONE, obligation="o3")

    def begin(*some):
        with core.database.reading(of=agency) as connection:
            store = AgencyStore(connection, core.channels.by_id(agency), core.ring)
            store.escalations.save(*some)
        return store

    core.database.write(begin(ONE, two).apply, of=agency)
    late = begin(TOLD, replace(two, know=frozenset({"p9"})), three)
    core.database.write(begin(replace(two, heard=frozenset({"p8"}))).apply, of=agency)
    with pytest.raises(Changed):
        core.database.write(late.apply, of=agency)
    with core.database.reading(of=agency) as connection:
        kept = AgencyStore(connection, core.channels.by_id(agency), core.ring).escalations.all()
    assert kept == [ONE, replace(two, heard=frozenset({"p8"}))]


def test_another_agencys_are_not_seen(house):
    for slug, one in (("north", ONE), ("south", TOLD)):
        agency, core = house.add_agency(slug), house.core
        with core.database.reading(of=agency) as connection:
            store = AgencyStore(connection, core.channels.by_id(agency), core.ring)
            assert list(store.escalations.all()) == []
            store.escalations.save(one)
        core.database.write(store.apply, of=agency)
