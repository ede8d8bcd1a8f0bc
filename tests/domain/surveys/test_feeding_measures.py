"""Which measures answer which questions, and what no measure answers."""

from dataclasses import replace
from decimal import Decimal

import pytest

from itadomain.frameworks.shape import Confidence, Name
from itadomain.surveys.feeding import (
    answered,
    familiar,
    for_indicator,
    gaps,
    live,
    newest_rehearsals,
    official_whole,
    plan_at_hand,
)
from itadomain.surveys.known import known
from itadomain.surveys.survey import FEWEST, Kind
from tests.fakes import TODAY, a_measure, a_result, a_table, an_agency
from tests.rehearsed import YEAR, a_survey, answer, confirmed

ITEMS = {one.code: one for one in confirmed(Kind.OUTSIDERS)}


def measure(number=1, **changes):
    return a_measure(number, plan_year=YEAR, **changes)


def store_of(*measures, result=2569):
    return an_agency(a_result(result, "92.40", None), *measures)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"questions": ("e13",)}, {"E13"}),
        ({"questions": ("E1", "i14")}, {"E1"}),
        ({"indicators": (7,)}, {"E6", "E7", "E8", "E9", "E10"}),
        ({"questions": ("E13",), "indicators": (8,)}, {"E13"}),
        ({}, set()),
    ],
    ids=str,
)
def test_a_measure_answers_what_it_names_or_all_of_its_indicators(changes, codes):
    assert {code for code, item in ITEMS.items() if answered(measure(**changes), item, YEAR)} == codes


@pytest.mark.parametrize("year", [2569, 2570, 2571])
def test_in_another_year_a_code_means_the_question_only_where_it_is_worded_alike(year):
    """A plan of 2570 names E13; whether a round of another year asks the same under that code, its words tell."""
    one = measure(questions=("e13",))
    known_then = next(item for item in known(Kind.OUTSIDERS, YEAR) if item.code == "E13")
    other = replace(known_then, wording=Name("อื่น", "other"))
    assert answered(one, known_then, year)
    assert answered(one, other, year) is (year == YEAR)
    own = replace(other, code="A1", instrument=None, indicator=8)
    assert answered(measure(questions=("a1",)), own, year) is (year == YEAR)
    assert [bool(for_indicator([one], 8, [item], year)) for item in (known_then, other)] == [True, year == YEAR]


def test_what_stands_for_an_indicator_answers_its_questions_in_any_year():
    assert answered(measure(indicators=(8,)), replace(ITEMS["E13"], wording=Name("อื่น", "other")), 2571)


def test_the_measures_of_an_indicator_are_those_that_name_it_or_one_of_its_questions():
    plan = [measure(1, indicators=(8,)), measure(2, questions=("e13",)), measure(3, questions=("e1",)), measure(4)]
    assert [one.id for one in for_indicator(plan, 8, list(ITEMS.values()), YEAR)] == ["m1", "m2"]


def test_what_is_cancelled_is_no_plan_any_more():
    store = store_of(measure(1, indicators=(8,), cancelled_on=TODAY), measure(2, indicators=(8,)))
    assert [one.id for one in plan_at_hand(store, TODAY)] == ["m2"]


def test_a_question_has_its_score_that_of_the_year_before_and_its_indicator():
    one = measure(questions=("e13",))
    store = store_of(one)
    answer(store, a_survey(store, year=2569), 10, best=0.5)
    answer(store, a_survey(store), 20, best=0.75)
    (told,) = live(store, one, TODAY)
    assert (told.item.code, told.now.mean, told.now.people, told.before) == ("E13", 75, 20, 50)
    assert (told.indicator.mean, told.official.points, told.official.fiscal_year) == (75, Decimal("90.00"), 2569)


def test_a_question_in_other_words_has_no_year_before():
    one = measure(questions=("e13",))
    store = store_of(one)
    other = [replace(item, wording=Name("อื่น", "other")) for item in confirmed(Kind.OUTSIDERS)]
    answer(store, a_survey(store, year=2569, items=other), 10)
    answer(store, a_survey(store), 20)
    assert live(store, one, TODAY)[0].before is None


def test_of_too_few_people_nothing_is_told():
    one = measure(questions=("e13",))
    store = store_of(one)
    survey = a_survey(store)
    answer(store, survey, FEWEST - 1)
    assert (live(store, one, TODAY), gaps(store, survey, TODAY)) == ([], None)


def test_an_old_round_says_nothing_about_the_plans_of_today():
    one = measure(questions=("e13",))
    store = store_of(one)
    answer(store, a_survey(store, year=2568), 20)
    assert (live(store, one, TODAY), newest_rehearsals(store, TODAY)) == ([], [])


def test_a_weak_question_without_a_measure_is_a_gap_the_weakest_first():
    store = store_of(measure(1, questions=("e1",)), measure(2, indicators=(7,)))
    survey = a_survey(store)
    answer(store, survey, 20, weak=("E1", "E2", "E9", "E13"))
    assert [one.item.code for one in gaps(store, survey, TODAY)] == ["E2", "E13"]


def test_the_lowest_are_weak_even_where_they_pass():
    store = store_of()
    survey = a_survey(store)
    answer(store, survey, 20)
    assert [one.item.code for one in gaps(store, survey, TODAY)] == ["E1", "E2", "E3"]
    store.measures.kept.append(measure(indicators=(6,)))
    assert gaps(store, survey, TODAY) == []


def test_what_is_not_confirmed_is_no_gap():
    store = store_of()
    unsure = [replace(one, confidence=Confidence.LOW) for one in confirmed(Kind.OUTSIDERS)]
    survey = a_survey(store, items=unsure)
    answer(store, survey, 20, best=0)
    assert gaps(store, survey, TODAY) is None
    one = measure(questions=("e13",))
    assert [told.item.code for told in live(store_with(store, one), one, TODAY)] == ["E13"], "its own score is told"


def store_with(store, one):
    store.measures.kept.append(one)
    return store


def test_the_whole_is_told_beside_the_last_result_to_two_decimals():
    points = ("92", "88", "90", "86", "94", "91", "89", "89", "95", "97")
    store = an_agency(a_result(2569, "92.30", None, a_table(points)))
    assert official_whole(store, a_survey(store)).points == Decimal("89.67")
    assert official_whole(store, a_survey(store, Kind.VISIT)) is None
    assert official_whole(an_agency(), a_survey(store)) is None


@pytest.mark.parametrize("year", [2565, 2566])
def test_plans_of_the_time_of_fifteen_questions_speak_of_these(year):
    assert all(familiar(one) for one in known(Kind.OUTSIDERS, year))
    assert not any(familiar(replace(one, wording=Name("ใหม่", "new"))) for one in known(Kind.OUTSIDERS, year))
