"""From the owners that a plan prints to the units that answer for it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.duties import assigned, renewed
from itadomain.measures import Measure, natural_keys, years_at_hand
from itadomain.organisation import Unit
from itadomain.plans import keep_current, keep_plan
from tests.fakes import TODAY, MemoryStore, a_measure

UNITS = [
    Unit("p", "สำนักปลัด", ("สำนักปลัด อบต.", "สป."), secretariat=True), Unit("k", "กองคลัง"), Unit("c", "กองช่าง"),
    Unit("old", "กองสวัสดิการ", closed_on=TODAY),
]  # fmt: skip
SEVEN = ("สำนักปลัด", "กองคลัง", "กองช่าง", "กองการศึกษา", "กองสวัสดิการสังคม", "กองสาธารณสุข", "กองยุทธศาสตร์")
names = st.lists(st.text("กขคงจ", min_size=1, max_size=6), min_size=1, max_size=8, unique=True)


def owned(*owners, lead="", units=UNITS):
    return assigned(a_measure(1, owners=owners, lead=lead), units)


def units_of(found):
    return [one.unit for one in found.obligations]


@pytest.mark.parametrize(("owner", "unit"), [
    ("สำนักปลัด", "p"), ("สำนักปลัด อบต.", "p"), ("สป", "p"), ("1. กองคลัง", "k"), ("๒) กอง คลัง", "k"), (" กองช่าง ", "c"),
])  # fmt: skip
def test_a_unit_is_known_by_its_name_an_alias_and_however_it_is_printed(owner, unit):
    found = owned(owner)
    assert (units_of(found), found.unknown, found.settled) == ([unit], (), True)


@pytest.mark.parametrize("owner", ["ทุกสำนัก/กอง", "ทุกกอง", "ทุกส่วนราชการ", "ทุก ๆ หน่วยงาน", "ทุกสำนัก/ทุกกอง", "ทุกฝ่าย"])
def test_every_unit_means_each_that_exists(owner):
    assert units_of(owned(owner)) == ["p", "k", "c"]


@given(names)
def test_every_unit_makes_as_many_obligations_as_there_are_units(units):
    made = [Unit(f"u{number}", name) for number, name in enumerate(units)]
    found = owned("ทุกสำนัก/กอง", units=made)
    assert units_of(found) == [unit.id for unit in made]
    assert len({one.id for one in found.obligations}) == len(made)


@pytest.mark.parametrize("owner", ["กองที่ไม่มี", "ทุกคน", "นายสมชาย ใจดี", "กองสวัสดิการ", "ผู้บริหาร"])
def test_who_is_no_unit_is_asked_about_and_not_made_up(owner):
    found = owned("กองคลัง", owner)
    assert (units_of(found), found.unknown, found.settled) == (["k"], (owner,), False)


def test_nobody_printed_is_nobodys():
    found = owned()
    assert (found.obligations, found.unknown, found.settled) == ((), (), False)


def test_a_list_of_seven_makes_seven():
    found = owned(*SEVEN, units=[Unit(name, name) for name in SEVEN])
    assert units_of(found) == list(SEVEN)


@pytest.mark.parametrize(("owners", "lead"), [
    (("ทุกสำนัก/กอง",), "สำนักปลัด"), (("ทุกสำนัก/ทุกกอง โดยสำนักปลัดเป็นผู้รับผิดชอบ",), ""), (("กองช่าง", "กองคลัง"), "สป."),
])  # fmt: skip
def test_one_that_leads_answers_for_the_others(owners, lead):
    found = owned(*owners, lead=lead)
    assert {one.unit: one.lead for one in found.obligations} == {"p": True, "k": False, "c": False}


def test_a_lead_that_is_no_unit_is_asked_about():
    assert owned("กองคลัง", lead="กองที่ไม่มี").unknown == ("กองที่ไม่มี",)


def test_a_unit_that_is_named_twice_answers_once():
    assert units_of(owned("กองคลัง", "ทุกสำนัก/กอง")) == ["k", "p", "c"]


@given(st.lists(st.text(max_size=12), max_size=4), st.text(max_size=12))
def test_no_wording_is_a_fault_and_none_is_lost(owners, lead):
    found = owned(*owners, lead=lead)
    assert set(units_of(found)) <= {"p", "k", "c"}
    assert len(units_of(found)) == len(set(units_of(found)))


def test_a_plan_that_comes_again_keeps_what_was_reported():
    (now,) = owned("กองคลัง").obligations
    kept = replace(now, percent=40, place=9, slot=TODAY)
    assert renewed(kept, now) == replace(kept, place=now.place)
    assert renewed(None, now) == now


@given(st.lists(st.tuples(st.sampled_from(["ก", "ก ", "ข"]), st.sampled_from(["สำนักปลัด", "กองคลัง"])), max_size=8))
def test_no_two_measures_of_a_plan_are_taken_for_one(rows):
    plan = [Measure("", 2570, "", title, (owner,)) for title, owner in rows]
    keys = list(natural_keys(plan))
    assert len(set(keys)) == len(plan)
    assert keys == list(natural_keys([Measure("x", 2570, "9", f" {m.title} ", m.owners, period="ใหม่") for m in plan]))


@pytest.mark.parametrize(("kept", "years"), [
    ([], ()), ([2566], (2566,)), ([2566, 2564], (2566,)), ([2570], (2570,)), ([2571, 2570, 2569, 2568], (2571, 2570, 2569)),
    ([2568, 2571], (2571,)),
])  # fmt: skip
def test_the_years_that_are_worked_on(kept, years):
    """Last year's last reports come in October; what is older is over, unless there is nothing else."""
    assert years_at_hand(kept, TODAY) == years


def test_a_new_unit_gets_its_share_of_what_is_everyones_and_a_cancelled_measure_is_nobodys_again():
    store = MemoryStore()
    plan = [a_measure(1, owners=("ทุกสำนัก/กอง",)), a_measure(2, owners=("ทุกสำนัก/กอง",))]
    store.units.save(Unit("u1", "สำนักปลัด"))
    first, second = keep_plan(store, plan, store.units.all(), date(2022, 11, 1)).measures
    store.measures.save(replace(second, cancelled_on=date(2022, 12, 1)))
    store.units.save(Unit("u2", "กองคลัง"))
    keep_current(store, date(2022, 12, 2))
    assert [one.unit for one in store.obligations.of_measure(first.id)] == ["u1", "u2"]
    assert [one.unit for one in store.obligations.of_measure(second.id)] == ["u1"]
