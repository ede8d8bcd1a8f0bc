"""A changed measure is whole: its days are counted again, what it was is kept, and nothing happens by halves."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itadomain.changes import Act, add, cancel, give, hearing, keep, move, settle_all, silent
from itadomain.corrections import (
    CADENCES,
    LONGEST,
    Part,
    extended,
    facts_of,
    indicators_of,
    missing,
    new_measure,
    rewritten,
    target_of,
)
from itadomain.history import Deed
from itadomain.measures import Closing, Standing
from itadomain.new_year import carry_over, result_due, result_of, unfinished
from itadomain.organisation import Unit
from itadomain.people import Person, Role
from itadomain.periods import period
from itadomain.plans import keep_current, keep_plan
from itadomain.refusals import Refusal
from tests.fakes import MemoryStore, a_measure, a_person
from tests.handlers.plans import UNITS

TODAY = date(2027, 1, 15)
ACT = Act(TODAY, "p1", "เพราะ")
SECRETARIAT, TREASURY, WORKS = UNITS
WHEN = ["ตลอดปีงบประมาณ", "ม.ค. - มี.ค. 2570", "ไตรมาส 2", "ภายใน 31 มี.ค. 2570", "", "เร็ว ๆ นี้"]
plans = st.lists(
    st.tuples(st.sampled_from([("สำนักปลัด",), ("กองคลัง", "กองช่าง"), ("ทุกสำนัก/กอง",), ("กองที่ไม่มี",), ()]),
              st.sampled_from(WHEN), st.sampled_from(["ทุกเดือน", "ทุกไตรมาส", "", "ตามความเหมาะสม"])),
    min_size=1, max_size=5,
)  # fmt: skip
anything = st.text(max_size=40) | st.sampled_from(
    [*WHEN, *CADENCES, "3 กระบวนงาน", "7, 10", "ถึง ธ.ค. 2570", "๑๐๐", "ถึงวันที่ 31 มี.ค. 2571"]
)


#: Each example keeps a plan with all its days.
WHOLE_PLANS = settings(deadline=None, max_examples=40)


def kept(plan):
    store = MemoryStore()
    for unit in UNITS:
        store.units.save(unit)
    measures = [
        a_measure(no, plan_year=2570, owners=owners, period=when, follow_up=cadence)
        for no, (owners, when, cadence) in enumerate(plan, 1)
    ]
    keep_plan(store, measures, UNITS, date(2026, 10, 1))
    return store


def a_store():
    return kept([(("กองคลัง",), "ตลอดปีงบประมาณ", "ทุกเดือน"), (("ทุกสำนัก/กอง",), "ตลอดปีงบประมาณ", "ทุกเดือน")])


# ── parts


@given(st.sampled_from(Part), anything, st.sampled_from(WHEN))
def test_a_part_is_understood_or_refused_and_nothing_else_changes(part, said, when):
    before = a_measure(1, plan_year=2570, period=when)
    try:
        after = rewritten(before, part, said)
    except Refusal:
        return
    differing = {name for name in facts_of(before) if facts_of(before)[name] != facts_of(after)[name]}
    assert differing <= {Part.PERIOD if part is Part.EXTENSION else part}
    assert (after.id, after.period, after.follow_up, after.owners) == (
        before.id,
        before.period,
        before.follow_up,
        before.owners,
    )


@given(st.sampled_from(WHEN), st.dates(date(2026, 10, 1), date(2028, 9, 30)))
def test_an_extension_ends_later_and_begins_when_it_began(when, end):
    before = a_measure(1, plan_year=2570, period=when)
    was = period(when, 2570)
    try:
        after = extended(before, f"ถึง {end.day}/{end.month}/{end.year + 543}")
    except Refusal as refusal:
        assert refusal.key in {"changes.not_later", "changes.no_days"}
        return
    now = period(after.when, 2570)
    assert now.end == end
    assert was.end is None or now.end > was.end
    assert was.start is None or now.start == was.start


@pytest.mark.parametrize(
    ("said", "end"),
    [
        ("ถึง ธ.ค. 2570", date(2027, 12, 31)),
        ("ต.ค. 2569 - ธ.ค. 2570", date(2027, 12, 31)),
        ("ภายใน 15 พ.ย. 2570", date(2027, 11, 15)),
    ],
)
def test_an_extension_may_reach_beyond_the_year(said, end):
    after = period(extended(a_measure(1, plan_year=2570), said).when, 2570)
    assert (after.start, after.end) == (date(2026, 10, 1), end)


@given(st.integers(1, 10**6), st.sampled_from(["กระบวนงาน", "ครั้ง", "คน ต่อปี"]))
def test_a_target_is_a_number_and_what_it_counts(amount, of):
    assert (target_of(f"{amount:,} {of}").amount, target_of(f"{amount} {of}").of) == (amount, of)


@given(st.sets(st.integers(1, 10), min_size=1))
def test_indicators_are_those_of_the_year_in_order(numbers):
    assert indicators_of(" และ ".join(map(str, numbers)), 2570) == tuple(sorted(numbers))
    with pytest.raises(Refusal):
        indicators_of(f"{max(numbers)} 11", 2570)


@given(st.text(max_size=LONGEST + 50), anything, anything)
def test_a_new_measure_has_a_title_and_days_or_is_refused(title, when, cadence):
    try:
        made = new_measure(2570, title, when, cadence)
    except Refusal:
        return
    assert 0 < len(made.title) <= LONGEST
    assert period(made.when, 2570).span


# ── keeping


@WHOLE_PLANS
@given(plans, st.sampled_from(Part), anything)
def test_a_kept_change_is_written_down_and_its_days_are_those_of_a_new_plan(plan, part, said):
    store = kept(plan)
    before = store.measures.of_year(2570)[0]
    try:
        after = rewritten(before, part, said)
        keep(store, before, after, ACT)
    except Refusal:
        assert store.measures.of_year(2570)[0] == before
        return
    (entry,) = [one for one in store.history.kept if one.deed is Deed.CHANGED]
    assert entry.before.keys() == entry.after.keys()
    assert all(entry.before[name] != entry.after[name] for name in entry.before)
    again = keep_plan(store, store.measures.of_year(2570), UNITS, TODAY)
    assert {one.id: one.due for one in again.obligations} == {
        one.id: one.due for one in store.obligations.kept.values()
    }


@WHOLE_PLANS
@given(plans, st.lists(st.sampled_from(UNITS), unique_by=lambda unit: unit.id, min_size=1))
def test_an_added_measure_stands_last_and_is_due_as_if_it_had_been_printed(plan, owners):
    store = kept(plan)
    made, duties = add(store, new_measure(2570, "ก", "ตลอดปีงบประมาณ", "ทุกไตรมาส"), owners, ACT)
    assert store.measures.of_year(2570)[-1] == made
    assert {one.unit for one in duties} == {unit.id for unit in owners}
    before = dict(store.obligations.kept)
    keep_plan(store, store.measures.of_year(2570), UNITS, TODAY)
    assert store.obligations.kept == before


def test_a_cancelled_measure_is_nobodys_duty_and_cannot_be_cancelled_again():
    store = a_store()
    measure = store.measures.get("m2")
    assert len(cancel(store, measure, "นายก", ACT)) == 3
    assert {one.closed_as for one in store.obligations.of_measure("m2")} == {Closing.CANCELLED}
    assert store.obligations.get("m1.u2").open
    with pytest.raises(Refusal, match=r"changes\.is_cancelled"):
        cancel(store, store.measures.get("m2"), "นายก", ACT)
    with pytest.raises(Refusal, match=r"changes\.say_why"):
        cancel(store, store.measures.get("m1"), "นายก", replace(ACT, why="  "))
    keep_plan(store, store.measures.of_year(2570), UNITS, TODAY)  # the same document once more
    assert not any(one.open for one in store.obligations.of_measure("m2"))


def standing(store, measure):
    return {one.unit: one.open for one in store.obligations.of_measure(measure)}


@pytest.mark.parametrize("number", ["m1", "m2"])
def test_what_was_moved_stays_moved_when_the_plan_is_counted_again(number):
    """Also where the plan says «ทุกสำนัก/กอง»: it is spelled out who answers now."""
    store = a_store()
    store.units.save(Unit("u4", "กองการศึกษา"))
    moved = move(store, store.measures.get(number), TREASURY, store.units.get("u4"), ACT)
    before = standing(store, number)
    assert (before["u2"], before["u4"]) == (False, True)
    keep_current(store, TODAY)
    assert standing(store, number) == before
    assert store.measures.get(number) == moved.measure


def done(store, duty):
    store.obligations.save(
        replace(store.obligations.get(duty), standing=Standing.DONE, closed_on=TODAY, closed_as=Closing.DONE)
    )


def test_what_was_given_stays_given_when_the_plan_is_counted_again():
    """Also a measure that its printed owner has done, and one whose owner is no unit."""
    store = kept([(("กองคลัง",), "ตลอดปีงบประมาณ", "ทุกเดือน"), (("กองที่ไม่มี",), "", ""), ((), "", "")])
    done(store, "m1.u2")
    for number in ("m1", "m2", "m3"):
        give(store, store.measures.get(number), WORKS, ACT)
    keep_current(store, TODAY)
    assert [standing(store, one) for one in ("m1", "m2", "m3")] == [
        {"u2": False, "u3": True},
        {"u3": True},
        {"u3": True},
    ]
    assert store.measures.get("m1").owners == ("กองคลัง", "กองช่าง")


def test_a_unit_that_has_done_a_measure_does_not_get_it_again_and_one_that_gave_it_away_goes_on():
    store = a_store()
    done(store, "m1.u2")
    with pytest.raises(Refusal, match=r"changes\.not_movable"):
        give(store, store.measures.get("m1"), TREASURY, ACT)
    assert store.obligations.get("m1.u2").standing is Standing.DONE
    done(store, "m2.u1")
    with pytest.raises(Refusal, match=r"changes\.not_movable"):
        move(store, store.measures.get("m2"), WORKS, SECRETARIAT, ACT)
    store.obligations.save(replace(store.obligations.get("m2.u3"), percent=40))
    move(store, store.measures.get("m2"), WORKS, store.units.get("u4") or Unit("u4", "กองการศึกษา"), ACT)
    assert give(store, store.measures.get("m2"), WORKS, ACT).percent == 40


def test_a_given_unit_takes_the_place_of_the_owner_that_is_none():
    store = kept([(("1. นายสมชาย", "กองคลัง"), "", ""), (("ทุกสำนัก/กอง",), "", "")])
    give(store, store.measures.get("m1"), WORKS, ACT, "นายสมชาย")
    assert store.measures.get("m1").owners == ("กองช่าง", "กองคลัง")
    store.units.save(Unit("u4", "กองการศึกษา"))
    led = replace(store.measures.get("m2"), lead="กองที่ไม่มี")
    give(store, led, store.units.get("u4"), ACT, "กองที่ไม่มี")
    assert store.measures.get("m2").lead == "กองการศึกษา"


@pytest.mark.parametrize(("when", "cadence", "lacks"), [
    ("ตลอดปีงบประมาณ", "ทุกสัปดาห์", Part.FOLLOW_UP), ("ตลอดปีงบประมาณ", "", Part.FOLLOW_UP),
    ("", "ทุกเดือน", Part.PERIOD), ("1 - 2 ม.ค. 2570", "ทุกไตรมาส", Part.PERIOD),
])  # fmt: skip
def test_what_a_measure_without_days_lacks(when, cadence, lacks):
    assert missing(a_measure(1, plan_year=2570, period=when, follow_up=cadence)) is lacks


def test_a_document_that_comes_again_has_the_last_word_and_nothing_is_nobodys():
    store, printed = a_store(), a_store().measures.of_year(2570)
    assert move(store, store.measures.get("m1"), TREASURY, WORKS, ACT).measure.owners == ("กองช่าง",)
    keep_plan(store, printed, UNITS, TODAY)
    assert standing(store, "m1") == {"u2": True, "u3": False}


def test_a_cancelled_measure_is_not_the_duty_of_a_unit_that_is_made_later():
    store = a_store()
    cancel(store, store.measures.get("m2"), "นายก", ACT)
    store.units.save(Unit("u4", "กองการศึกษา"))
    keep_current(store, TODAY)
    assert not any(standing(store, "m2").values())


def test_a_lead_is_handed_on_by_its_name():
    store = kept([(("กองคลัง", "กองช่าง โดยกองคลังเป็นผู้รับผิดชอบ"), "ตลอดปีงบประมาณ", "ทุกเดือน")])
    led = replace(store.measures.get("m1"), lead="กองคลัง")
    store.measures.save(led)
    assert move(store, led, TREASURY, SECRETARIAT, ACT).measure.lead == "สำนักปลัด"
    assert store.obligations.get("m1.u1").lead == store.obligations.get("m1.u2").lead


def test_nothing_is_moved_from_who_does_not_have_it_or_to_who_does():
    store = a_store()
    for old, new in ((WORKS, SECRETARIAT), (TREASURY, TREASURY)):
        with pytest.raises(Refusal, match=r"changes\.not_movable"):
            move(store, store.measures.get("m1"), old, new, ACT)
    with pytest.raises(Refusal, match=r"changes\.not_movable"):
        give(store, store.measures.get("m1"), TREASURY, ACT)
    assert store.obligations.get("m1.u2").open


def test_all_that_are_silent_get_a_cadence_but_those_that_are_too_short_for_it():
    store = kept(
        [((), "ตลอดปีงบประมาณ", ""), (("กองคลัง",), "1 - 2 ม.ค. 2570", ""), (("กองคลัง",), "ตลอดปีงบประมาณ", "ทุกเดือน")]
    )
    waiting = silent(store, store.measures.of_year(2570))
    assert [one.id for one in waiting] == ["m1", "m2"]
    assert [one.id for one in settle_all(store, waiting, "ทุกไตรมาส", ACT)] == ["m1"]
    with pytest.raises(Refusal, match=r"changes\.no_days"):
        settle_all(store, waiting[1:], "แล้วแต่", ACT)


def test_a_units_heads_hear_of_its_new_measure_its_people_where_there_is_none():
    head, staff = a_person(Role.HEAD, unit="u2", key="h"), a_person(Role.STAFF, unit="u2", key="s")
    assert hearing("u2", [staff, head], Person("x"), TODAY) == [head]
    assert hearing("u2", [staff], Person("x"), TODAY) == [staff]
    assert hearing("u2", [staff], staff, TODAY) == []


# ── the next year


@WHOLE_PLANS
@given(plans)
def test_each_unfinished_measure_goes_on_once_and_its_old_duties_stay(plan):
    store = kept(plan)
    before = dict(store.obligations.kept)
    for measure in unfinished(store, 2570):
        if measure.id in {one.id for one in unfinished(store, 2570)}:  # of two that are alike one goes on
            carry_over(store, measure, ACT)
    assert unfinished(store, 2570) == []
    assert {name: store.obligations.kept[name] for name in before} == before
    owned = {measure.title for measure in store.measures.of_year(2570) if store.obligations.of_measure(measure.id)}
    assert {one.title for one in store.measures.of_year(2571)} == owned
    for measure in store.measures.of_year(2571):
        days = [one.due for one in store.obligations.of_measure(measure.id) if one.due]
        assert all(day > date(2027, 9, 30) for day in days)
        assert measure.settled_period == measure.settled_follow_up == ""


def test_a_measure_that_went_on_is_known_under_any_title_and_in_any_hands():
    store = a_store()
    carried = carry_over(store, store.measures.get("m1"), ACT).measure
    assert carried.carried_from == "m1"
    store.measures.save(replace(carried, title="ชื่อใหม่"))
    move(store, store.measures.get(carried.id), TREASURY, WORKS, ACT)
    assert [one.id for one in unfinished(store, 2570)] == ["m2"]


def test_of_two_measures_that_are_alike_both_go_on():
    store = kept([(("กองคลัง",), "ตลอดปีงบประมาณ", "ทุกเดือน")] * 2)
    store.measures.save(replace(store.measures.get("m2"), title=store.measures.get("m1").title))
    carry_over(store, store.measures.get("m1"), ACT)
    assert [one.id for one in unfinished(store, 2570)] == ["m2"]


def test_who_has_done_a_measure_does_not_get_it_back_in_the_new_year():
    store = a_store()
    store.obligations.save(replace(store.obligations.get("m2.u1"), lead=True))
    done(store, "m2.u2")
    carried = carry_over(store, store.measures.get("m2"), ACT).measure
    keep_plan(store, store.measures.of_year(2571), UNITS, date(2027, 10, 2))
    assert (standing(store, carried.id), carried.lead) == ({"u1": True, "u3": True}, "สำนักปลัด")


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_result_is_asked_for_in_august_and_september_alone(day):
    due = result_due([], day)
    assert (due is not None) == (day.month in {8, 9})
    assert due is None or (due == day.year + 543 and result_due([due], day) is None)


@given(st.lists(st.decimals(0, 100, places=2), min_size=8, max_size=12), st.sampled_from([" ", "\n", ", ", " / "]))
def test_points_are_taken_in_their_order_or_refused(points, between):
    try:
        result = result_of(2570, "90.00", between.join(map(str, points)), "ประกาศ")
    except Refusal as refusal:
        assert (refusal.key, len(points) == 10) == ("years.count_of_points", False)
        return
    assert list(result.tables[0].indicators.values()) == points
