"""A plan that is changed stands the same in every store, and a turn that is run again does nothing twice."""

from dataclasses import replace
from datetime import date

import pytest

from bot.storage.people import Changed
from bot.storage.store import AgencyStore
from itadomain.changes import Act, add, cancel, give, keep, move
from itadomain.corrections import Part, new_measure, rewritten
from itadomain.measures import Closing, Standing
from itadomain.new_year import carry_over, unfinished
from tests.fakes import a_measure
from tests.storage.conftest import ENGINES
from tests.storage.contract.test_plans_are_kept import UNITS
from tests.storage.contract.test_plans_are_kept import keep as keep_plan

TODAY = date(2027, 1, 15)
ACT = Act(TODAY, "p1", "เพราะ")
OFFICE, TREASURY, WORKS = UNITS


@pytest.fixture
def step(store):
    step = store.step
    step(lambda s: [s.units.save(unit) for unit in UNITS])
    owners = [("สำนักปลัด",), ("กองคลัง",), ("ทุกสำนัก/กอง",), ("กองที่ไม่มี",)]
    plan = [a_measure(no, plan_year=2570, owners=one, follow_up="ทุกเดือน") for no, one in enumerate(owners, 1)]
    keep_plan(step, plan, date(2026, 10, 1))
    return step


def standing(step, measure):
    return {one.unit: (one.closed_as, one.slot) for one in step(lambda s: s.obligations.of_measure(measure))}


def deeds(step, measure):
    return [one.deed.value for one in step(lambda s: s.history.of_measure(measure, 9))]


def test_a_longer_period_moves_the_days_of_every_unit(step):
    def extend(store):
        before = store.measures.get("m3")
        keep(store, before, rewritten(before, Part.EXTENSION, "ถึง ธ.ค. 2570"), ACT)

    step(
        lambda s: [
            s.obligations.save(replace(one, reported_for=date(2027, 9, 30), slot=None, due=None))
            for one in s.obligations.of_measure("m3")
        ]
    )
    step(extend)
    assert standing(step, "m3") == dict.fromkeys(("u1", "u2", "u3"), (None, date(2027, 10, 31)))
    assert step(lambda s: s.measures.get("m3")).settled_period == "1 ต.ค. 2569 - 31 ธ.ค. 2570"
    (changed, _) = step(lambda s: s.history.of_measure("m3", 9))
    assert (changed.before, changed.after) == ({"period": "ตลอดปีงบประมาณ"}, {"period": "1 ต.ค. 2569 - 31 ธ.ค. 2570"})


def test_a_measure_is_moved_given_and_cancelled(step):
    step(lambda s: move(s, s.measures.get("m2"), TREASURY, WORKS, ACT))
    assert standing(step, "m2") == {"u2": (Closing.MOVED, None), "u3": (None, date(2026, 10, 31))}
    step(lambda s: give(s, s.measures.get("m4"), WORKS, ACT))
    assert standing(step, "m4") == {"u3": (None, date(2026, 10, 31))}
    step(lambda s: cancel(s, s.measures.get("m2"), "นายก", ACT))
    assert standing(step, "m2") == {"u2": (Closing.MOVED, None), "u3": (Closing.CANCELLED, None)}
    assert step(lambda s: s.measures.get("m2")).cancelled_on == TODAY
    assert deeds(step, "m2") == ["cancelled", "moved", "planned"]


def test_a_measure_is_added_and_an_unfinished_one_goes_on(step):
    made, _ = step(lambda s: add(s, new_measure(2570, "ใหม่", "ตลอดปีงบประมาณ", "ทุกไตรมาส", (7,)), [WORKS], ACT))
    assert made.place == 5
    assert step(lambda s: s.measures.get(made.id)) == made
    assert standing(step, made.id) == {"u3": (None, date(2026, 12, 31))}
    done = lambda one: replace(one, standing=Standing.DONE, closed_on=TODAY, closed_as=Closing.DONE)  # noqa: E731
    step(lambda s: [s.obligations.save(done(one)) for one in s.obligations.of_measure("m1")])
    assert [one.title for one in step(lambda s: unfinished(s, 2570))] == [a_measure(2).title, a_measure(3).title, "ใหม่"]
    carried = step(lambda s: carry_over(s, s.measures.get(made.id), ACT))
    assert standing(step, carried.measure.id) == {"u3": (None, date(2027, 12, 31))}
    assert [one.title for one in step(lambda s: unfinished(s, 2570))] == [a_measure(2).title, a_measure(3).title]
    assert deeds(step, carried.measure.id) == ["carried"]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_turn_that_is_run_again_before_it_was_kept_does_it_once(step, store):
    """What a step collects is thrown away when it has to run again."""
    core, agency = store.house.core, store.agency
    with core.database.reading(of=agency) as connection:
        first, second = (AgencyStore(connection, core.channels.by_id(agency), core.ring) for _ in range(2))
        for one in (first, second):
            cancel(one, one.measures.get("m3"), "นายก", ACT)
            one.nudges.add("p1", TODAY)
    core.database.write(second.apply, of=agency)
    assert deeds(step, "m3") == ["cancelled", "planned"]
    assert step(lambda s: s.nudges.on(TODAY)) == {"p1"}


@pytest.mark.parametrize("engine", ENGINES)
def test_of_two_who_change_one_measure_at_once_the_slower_begins_again(step, store):
    """Else the first change is gone, though the history tells of both."""
    core, agency = store.house.core, store.agency
    with core.database.reading(of=agency) as connection:
        first, second = (AgencyStore(connection, core.channels.by_id(agency), core.ring) for _ in range(2))
        first.measures.save(replace(first.measures.get("m1"), method="ประชุม"))
        second.measures.save(replace(second.measures.get("m1"), settled_period="ต.ค. 2569"))
    core.database.write(first.apply, of=agency)
    with pytest.raises(Changed):
        core.database.write(second.apply, of=agency)
    assert step(lambda s: s.measures.get("m1")).method == "ประชุม"
