"""Somebody else writes what a turn has read: it runs again on what is there now, and answers once."""

from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event

import pytest

from bot.storage.people import Changed
from bot.storage.queue import State
from bot.storage.store import AgencyStore
from itadomain.cases.case import Case, Kind
from itadomain.people import Person
from tests.fakes import TODAY
from tests.storage.meanwhile import PATIENCE_S
from tests.storage.office import LEASE, enrol


def test_a_step_that_meets_a_change_runs_again_on_what_is_there_now(office):
    """Another writes what the step has read; the step sees the new state and its answer is given once."""
    seen = []

    def someone_is_faster(turn):
        seen.append(len(seen))
        if len(seen) == 1:
            office.does["other"](turn)

    def rename(turn):
        def write(connection):
            core = office.house.core
            store = AgencyStore(connection, core.channels.by_id(office.agency), core.ring)
            store.people.save(Person(turn.who.id, "ชื่อใหม่"))
            store.apply(connection)

        office.house.core.database.write(write, of=office.agency)

    office.does = {"trial": someone_is_faster, "other": rename}
    enrol(office)
    office.hear("e", "trial")
    office.one("w")
    assert len(seen) == 2
    assert office.states() == {"e": State.DONE}
    assert len(office.letters()) == 1


def test_who_was_too_slow_once_is_not_passed_again(office):
    """As with numbers of cases, which all who file one at the same time want: each try meets another who is faster."""
    core, rivals = office.house.core, []

    def case(name):
        return Case(name, Kind.PROBLEM, "ไฟดับ", TODAY)

    def file_another(name, has_looked):
        with core.database.reading(of=office.agency) as connection:
            store = AgencyStore(connection, core.channels.by_id(office.agency), core.ring)
            store.cases.add(case(name))
        has_looked.set()

        def write(connection):
            core.database.beside(connection, office.agency)
            store.apply(connection)

        core.database.write(write, of=office.agency)

    with ThreadPoolExecutor() as pool:

        def file(turn):
            has_looked, is_first = Event(), not rivals
            rivals.append(pool.submit(file_another, f"rival {len(rivals)}", has_looked))
            assert has_looked.wait(PATIENCE_S)
            wait(rivals, PATIENCE_S if is_first else 0.5)  # the second would be through long ago, if it could
            turn.store.cases.add(case("mine"))

        office.does["trial"] = file
        office.hear("e", "trial")
        office.one("w")
    assert office.states() == {"e": State.DONE}
    assert [type(one.exception()) for one in rivals] == [type(None), Changed]
    assert office.house.rows("SELECT number, id FROM case_file ORDER BY number") == [(1, "rival 0"), (2, "mine")]


@pytest.mark.filterwarnings("ignore:nested transaction already deassociated")
def test_a_person_who_was_met_meanwhile_is_not_met_twice(office):
    """Two first events of one person on two lanes, a group's and their own, say."""

    def met_elsewhere(_turn):
        office.does["trial"] = lambda _turn: None
        enrol(office)

    office.does["trial"] = met_elsewhere
    office.hear("e", "trial")
    office.one("w")
    assert office.states() == {"e": State.DONE}
    assert office.house.value("SELECT COUNT(*) FROM person") == 1
    assert len(office.letters()) == 1


def test_a_step_that_never_stops_conflicting_is_tried_later_like_any_other(office):
    def always(_turn):
        raise Changed("someone")

    office.does["trial"] = always
    office.hear("e", "trial")
    office.work_on()
    assert office.states() == {"e": State.DEAD}
    assert len(office.letters()) == 1


def test_a_late_workers_turn_leaves_nothing(office):
    """While it ran, its lease passed and another worker did the same event."""

    def slow(_turn):
        office.house.clock.pass_ms(LEASE + 1)
        office.does["trial"] = lambda _turn: None
        office.one("faster")

    office.does["trial"] = slow
    office.hear("e", "trial")
    office.work("late")
    assert office.states() == {"e": State.DONE}
    assert len(office.letters()) == 1
    assert office.house.value("SELECT COUNT(*) FROM person") == 1
