"""What an analysis tells of a result, whatever the result is."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.audit import audit
from itadomain.fiscal import FiscalYear
from itadomain.measures import Measure
from itadomain.papers.analysis import analysis, disputed, ranked
from itadomain.refusals import Refusal
from itadomain.scores import ScoreTable
from tests.fakes import MemoryStore, a_measure, a_result, a_table

POINTS = st.decimals(0, 100, places=2)
INDICATORS = st.dictionaries(st.integers(1, 10), POINTS, min_size=1)


def of(indicators, year=2565):
    return a_result(year, None, None, ScoreTable("ตาราง", indicators))


def store_of(*results, plan=()):
    store = MemoryStore()
    for one in results:
        store.scores.save(one)
    store.measures.save_plan(list(plan))
    return store


def planned(number, **changes):
    return a_measure(number, plan_year=FiscalYear(2566), **changes)


@given(INDICATORS)
def test_every_indicator_has_one_place_and_none_stands_above_a_higher_one(indicators):
    told = ranked(of(indicators))
    assert {one.no: one.points for one in told} == indicators
    assert [one.points for one in told] == sorted(indicators.values(), reverse=True)
    assert [one.place for one in told] == [
        1 + sum(other > one.points for other in indicators.values()) for one in told
    ], "the same points, the same place"


@given(INDICATORS)
def test_what_is_strong_passes_and_is_never_among_the_lowest(indicators):
    told = ranked(of(indicators))
    strong, weak = [one for one in told if not one.weak], [one for one in told if one.weak]
    assert all(one.points >= 85 and one.lacking == 0 for one in strong)
    assert all(one.lacking == max(85 - one.points, 0) for one in weak)
    assert len(weak) >= min(3, len(indicators))
    assert all(low.points <= high.points for low in weak for high in strong)


@given(INDICATORS)
def test_what_is_weak_is_fixed_in_the_order_of_its_points(indicators):
    fixed = analysis(store_of(of(indicators)), 2565).to_fix
    assert fixed == sorted(fixed, key=lambda one: (one.points, one.no))
    assert {one.no for one in fixed} == {one.no for one in ranked(of(indicators)) if one.weak}


@given(INDICATORS, INDICATORS)
def test_changes_lead_from_the_one_year_to_the_other(old, new):
    told = analysis(store_of(of(old, 2564), of(new)), 2565).changes
    assert set(told) == set(old) & set(new)
    assert all(old[no] + one.by == new[no] for no, one in told.items())


@given(st.lists(INDICATORS, min_size=1, max_size=3))
def test_an_indicator_is_disputed_where_two_tables_print_it_differently_and_only_there(tables):
    result = a_result(2565, None, None, *(ScoreTable(str(nth), one) for nth, one in enumerate(tables)))
    told = {one.no: one.points for one in disputed(audit(result))}
    assert all(points == [one.get(no) for one in tables] for no, points in told.items())
    assert set(told) == {no for no in range(1, 11) if len({one[no] for one in tables if no in one}) > 1}


@given(INDICATORS, st.lists(st.sets(st.integers(1, 10)), max_size=6))
def test_each_measure_answers_what_it_names_and_what_is_weak_and_unnamed_is_left_out(indicators, named):
    plan = [planned(nth, indicators=tuple(sorted(those))) for nth, those in enumerate(named, 1)]
    found = analysis(store_of(of(indicators), plan=plan), 2565)
    assert [set(found.answers(one)) for one in found.plan] == named
    assert {one.no for one in found.left_out} == {one.no for one in found.to_fix} - set().union(*named)


def test_the_total_changes_from_year_to_year_where_both_are_known():
    up = analysis(store_of(a_result(2564, "90.00"), a_result(2565, "92.40")), 2565).change
    assert (up.before, up.now, up.by) == (Decimal("90.00"), Decimal("92.40"), Decimal("2.40"))
    assert analysis(store_of(a_result(2565)), 2565).change is None
    without = a_result(2564, None, None, ScoreTable("ตาราง", {7: Decimal(80)}))
    assert analysis(store_of(without, a_result(2565)), 2565).change is None


def test_the_plan_of_the_year_after_answers_without_what_was_cancelled():
    plan = [planned(1, indicators=(7,)), planned(2, indicators=(8,), cancelled_on="2023-01-01")]
    found = analysis(store_of(a_result(2565), plan=plan), 2565)
    assert [one.number for one in found.plan] == ["1"]
    assert [one.number for one in found.answering[7]] == ["1"]
    assert not found.answering[8]


def test_a_question_leads_to_its_indicator_only_where_that_is_confirmed():
    asks = Measure("", FiscalYear(2567), "1", "บริการออนไลน์", questions=("E13",), finding="ยังไม่มีบริการออนไลน์")
    known = analysis(store_of(a_result(2566, "92.40", None), plan=[asks]), 2566)
    assert [known.answers(one) for one in known.plan] == [[8]], "E13 of 2566 was printed in a paper"
    before = analysis(store_of(a_result(2565), plan=[replace(asks, plan_year=FiscalYear(2566))]), 2565)
    assert [before.answers(one) for one in before.plan] == [[]], "what E13 asked in 2565 nobody confirmed"


def test_findings_beside_what_is_weak_are_not_lost():
    plan = [planned(1, indicators=(7,), finding="สื่อสารช้า"), planned(2, finding="คู่มือเก่า"), planned(3)]
    found = analysis(store_of(of({no: Decimal(70 + no) for no in range(1, 11)}), plan=plan), 2565)
    assert [one.number for one in found.beside] == ["2"]


def test_without_a_result_or_a_finding_there_is_nothing_to_analyse():
    with pytest.raises(Refusal, match=r"analysis_paper\.none"):
        analysis(store_of(plan=[planned(1)]), 2565)
    assert analysis(store_of(plan=[planned(1, finding="สื่อสารช้า")]), 2565).seen is None
    with pytest.raises(Refusal, match=r"score\.before_frameworks"):
        analysis(store_of(), 2561)


def test_two_years_are_each_judged_by_their_own_rule():
    found = analysis(store_of(a_result(2565), a_result(2566, "92.40", None, a_table())), 2566)
    assert found.before.applied.framework.fiscal_year == 2565
    assert found.framework.fiscal_year == 2566
