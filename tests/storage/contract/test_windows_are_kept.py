"""One contract for three stores, the part about the assessment's own windows."""

from datetime import date

import pytest

from bot.storage.people import Changed
from bot.storage.store import AgencyStore
from itadomain.assessment.entering import entered
from itadomain.assessment.windows import Phase
from tests.fakes import TODAY
from tests.storage.conftest import ENGINES

APRIL, JUNE = date(2027, 4, 1), date(2027, 6, 30)
EIT = entered(Phase.EIT, APRIL, JUNE, TODAY, by="p1", note="หนังสือ ป.ป.ช.")
RESULTS = entered(Phase.RESULTS, date(2027, 8, 15), date(2027, 8, 15), TODAY)


def test_windows_come_back_by_year_in_the_order_of_the_phases(step):
    step(lambda s: s.windows.save(RESULTS))
    step(lambda s: s.windows.save(EIT))
    assert step(lambda s: s.windows.of_year(2570)) == [EIT, RESULTS]
    assert step(lambda s: s.windows.of_year(2569)) == []


def test_a_later_entry_takes_the_place_of_the_former(step):
    later = entered(Phase.EIT, date(2027, 4, 8), JUNE, TODAY, by="p2")
    step(lambda s: s.windows.save(EIT))
    step(lambda s: s.windows.save(later))
    assert step(lambda s: s.windows.of_year(2570)) == [later]


def test_what_is_dropped_is_gone_and_what_is_not_there_too(step):
    step(lambda s: s.windows.save(EIT))
    for _ in range(2):
        step(lambda s: s.windows.drop(2570, Phase.EIT))
    assert step(lambda s: s.windows.of_year(2570)) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_two_who_enter_the_same_at_once_do_not_overwrite_each_other_unseen(store):
    core, agency = store.house.core, store.agency
    with core.database.reading(of=agency) as connection:
        mine = AgencyStore(connection, core.channels.by_id(agency), core.ring)
        mine.windows.save(EIT)
    store.step(lambda s: s.windows.save(entered(Phase.EIT, APRIL, date(2027, 5, 31), TODAY, by="p2")))
    with pytest.raises(Changed):
        core.database.write(mine.apply, of=agency)
    assert [one.by for one in store.step(lambda s: s.windows.of_year(2570))] == ["p2"]


# ── addresses of calendars


def test_the_first_address_counts_until_another_is_wanted(step):
    assert step(lambda s: s.calendars.number_of("p1")) == 1
    for number in (2, 3):
        step(lambda s, number=number: s.calendars.save("p1", number))
        assert step(lambda s: s.calendars.number_of("p1")) == number
    assert step(lambda s: s.calendars.number_of("p2")) == 1


@pytest.mark.parametrize("engine", ENGINES)
def test_two_changes_at_once_do_not_make_one_address_of_two(store):
    core, agency = store.house.core, store.agency
    with core.database.reading(of=agency) as connection:
        mine = AgencyStore(connection, core.channels.by_id(agency), core.ring)
        mine.calendars.save("p1", 2)
    store.step(lambda s: s.calendars.save("p1", 2))
    with pytest.raises(Changed):
        core.database.write(mine.apply, of=agency)
    assert store.step(lambda s: s.calendars.number_of("p1")) == 2
