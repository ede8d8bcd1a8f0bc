"""What databases count of the rounds is what the rules say of each obligation; and nobody is reminded twice a day."""

from collections import Counter
from datetime import timedelta
from itertools import product

import pytest

from bot.storage.people import Changed
from itadomain.measures import Closing, Standing
from itadomain.progress import Approval
from itadomain.rounds import Gap, Round, round_of
from tests.fakes import a_measure
from tests.storage.conftest import ENGINES
from tests.storage.contract.test_plans_are_kept import TODAY, duty, keep, report

YESTERDAY = TODAY - timedelta(1)


def every_obligation():
    """Each way in which one can stand, over three units and two plans."""
    dues = (None, YESTERDAY, TODAY, TODAY + timedelta(40))
    ways = product(Standing, dues, (None, YESTERDAY), (None, *Closing))
    for number, (standing, due, reported_for, closed_as) in enumerate(ways, 1):
        yield duty(
            number, f"u{number % 3}", plan_year=2569 + number % 2, standing=standing, slot=due, due=due,
            reported_for=reported_for, closed_as=closed_as, closed_on=TODAY if closed_as else None,
        )  # fmt: skip


@pytest.fixture
def every(step):
    some = list(every_obligation())
    step(lambda s: [s.obligations.save(one) for one in some])
    return some


@pytest.mark.parametrize(("years", "units"), [
    ([2569, 2570], None), ([2570], None), ([2569, 2570], ["u1", "u2"]), ([2570], []), ([2560], None),
])  # fmt: skip
def test_a_unit_is_counted_as_its_obligations_stand(step, every, years, units):
    counted = step(lambda s: dict(s.rounds.by_unit(years, TODAY, units)))
    meant = [one for one in every if one.plan_year in years and (units is None or one.unit in units)]
    assert counted == {
        unit: round_of([one for one in meant if one.unit == unit], TODAY) for unit in {o.unit for o in meant}
    }


def test_the_measures_that_most_units_owe_come_first_page_by_page(step):
    for number, unit, due in [
        (1, "u1", YESTERDAY),
        (2, "u1", YESTERDAY),
        (2, "u2", YESTERDAY),
        (2, "u3", TODAY),
        (3, "u2", TODAY),
    ]:
        one = duty(number, unit, slot=due, due=due)
        step(lambda s, one=one: s.obligations.save(one))
    behind = lambda *asked: list(step(lambda s: s.rounds.by_measure([2570], TODAY, *asked)))  # noqa: E731
    assert behind(None, 9) == [("m2", Round(late=2, ahead=1)), ("m1", Round(late=1))]
    assert (behind(None, 1), behind(None, 9, 1)) == ([("m2", Round(late=2, ahead=1))], [("m1", Round(late=1))])
    assert behind(["u2"], 9) == [("m2", Round(late=1))]


def test_measures_and_rounds_are_counted_by_the_indicators_they_answer(step):
    plan = [
        a_measure(1, indicators=(7, 10)),
        a_measure(2, indicators=(7, 10)),
        a_measure(3),
        a_measure(4, indicators=(1,)),
    ]
    keep(step, plan)
    step(lambda s: s.measures.save(a_measure(4, indicators=(1,), place=4, cancelled_on=TODAY)))
    assert dict(step(lambda s: s.rounds.measures_by_indicators([2566]))) == {(7, 10): 2, (): 1}
    by = step(lambda s: s.rounds.by_indicators([2566], TODAY))
    assert {numbers: one.all for numbers, one in by.items()} == {(7, 10): 2, (): 1, (1,): 1}


def test_what_is_not_known_of_measures_is_counted_and_found_page_by_page(step):
    plan = [
        a_measure(1, indicators=(7,)),
        a_measure(2, owners=("กองที่ไม่มี",)),
        a_measure(3, period="", follow_up="", indicators=(8,)),
        a_measure(4, owners=(), period="", follow_up=""),
    ]
    keep(step, plan)
    found = lambda gap, *page: [one.id for one in step(lambda s: s.rounds.unsettled([2566], gap, *page))]  # noqa: E731
    assert found(Gap.OWNER, 9) == ["m2", "m4"]
    assert found(Gap.DATES, 9) == ["m3"]
    assert found(Gap.INDICATORS, 9) == ["m2", "m4"]
    assert (found(Gap.OWNER, 1), found(Gap.OWNER, 1, 1), found(Gap.OWNER, 1, 2)) == (["m2"], ["m4"], [])
    assert step(lambda s: s.rounds.count_unsettled([2566])) == {Gap.DATES: 1, Gap.OWNER: 2, Gap.INDICATORS: 2}
    assert step(lambda s: s.rounds.count_unsettled([2560])) == dict.fromkeys(Gap, 0)


def test_what_was_cancelled_lacks_nothing(step):
    keep(step, [a_measure(1, owners=(), period="", follow_up="")])
    step(lambda s: s.measures.save(a_measure(1, owners=(), period="", follow_up="", place=1, cancelled_on=TODAY)))
    assert step(lambda s: s.rounds.count_unsettled([2566])) == dict.fromkeys(Gap, 0)


def test_reports_that_wait_are_counted_by_unit(step):
    ways = [
        ("u1", Approval.WAITING, ""),
        ("u1", Approval.WAITING, "r9"),
        ("u1", Approval.OWN, ""),
        ("u2", Approval.WAITING, ""),
    ]
    for number, (unit, approval, replaced_by) in enumerate(ways, 1):
        made = report(number, obligation=f"m{number}.{unit}", unit=unit, approval=approval, replaced_by=replaced_by)
        step(lambda s, made=made: s.reports.save(made))
    assert Counter(step(lambda s: s.rounds.waiting())) == {"u1": 1, "u2": 1}
    assert Counter(step(lambda s: s.rounds.waiting(["u2"]))) == {"u2": 1}


# ── one more measure


def test_a_measure_is_added_at_the_end_of_its_plan(step):
    keep(step, [a_measure(1), a_measure(2)])
    added = step(lambda s: s.measures.add(a_measure(3, id="m3")))
    assert added.place == 3
    assert step(lambda s: s.measures.get("m3")) == added
    assert [one.id for one in step(lambda s: s.measures.of_year(2566))] == ["m1", "m2", "m3"]


def test_a_measure_like_another_is_another(step):
    keep(step, [a_measure(1)])
    step(lambda s: s.measures.save(a_measure(1, title="ชื่อที่แก้แล้ว", place=1)))
    for new in ("m8", "m9"):
        step(lambda s, new=new: s.measures.add(a_measure(1, id=new)))
    assert {one.id: one.title for one in step(lambda s: s.measures.of_year(2566))} == {
        "m1": "ชื่อที่แก้แล้ว", "m8": a_measure(1).title, "m9": a_measure(1).title,
    }  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_of_two_who_add_at_once_the_slower_begins_again(step):
    keep(step, [a_measure(1)])

    def slower(store):
        store.measures.add(a_measure(2, id="slow"))
        step(lambda s: s.measures.add(a_measure(3, id="quick")))

    with pytest.raises(Changed):
        step(slower)
    assert [one.id for one in step(lambda s: s.measures.of_year(2566))] == ["m1", "quick"]


# ── who was reminded


def test_who_was_reminded_is_known_for_that_day(step):
    step(lambda s: s.nudges.add("p1", YESTERDAY))
    step(lambda s: s.nudges.add("p2", TODAY))
    assert (step(lambda s: s.nudges.on(TODAY)), step(lambda s: s.nudges.on(YESTERDAY))) == ({"p2"}, {"p1"})
    step(lambda s: s.nudges.add("p1", TODAY))
    assert step(lambda s: s.nudges.on(TODAY)) == {"p1", "p2"}


@pytest.mark.parametrize("engine", ENGINES)
def test_of_two_who_remind_somebody_at_once_one_does_not(step):
    def slower(store):
        assert store.nudges.on(TODAY) == frozenset()
        store.nudges.add("p1", TODAY)
        step(lambda s: s.nudges.add("p1", TODAY))

    with pytest.raises(Changed):
        step(slower)
