"""Each fiscal year brings its own rule, and says how sure it is."""

from decimal import Decimal
from itertools import pairwise

import pytest

from itadomain.frameworks import FRAMEWORKS, NEWEST, framework_for
from itadomain.frameworks.shape import Confidence, Framework, Instrument
from itadomain.refusals import Refusal

every_year = pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=FRAMEWORKS)


def test_nine_years_are_known():
    assert sorted(FRAMEWORKS) == list(range(2562, 2571))
    assert all(framework.fiscal_year == year for year, framework in FRAMEWORKS.items())


@every_year
def test_weights_are_thirty_thirty_forty(framework: Framework):
    assert list(framework.weights.values()) == [Decimal("0.30"), Decimal("0.30"), Decimal("0.40")]
    assert sum(framework.weights.values()) == 1


@every_year
def test_ten_indicators_five_three_and_two(framework: Framework):
    assert [indicator.no for indicator in framework.indicators] == list(range(1, 11))
    assert [len(framework.of(instrument)) for instrument in Instrument] == [5, 3, 2]
    assert len({indicator.name.th for indicator in framework.indicators}) == 10
    assert framework.indicator(7).name.th == "ประสิทธิภาพการสื่อสาร"


@every_year
def test_grades_fall_strictly_and_leave_no_score_without_one(framework: Framework):
    grades = framework.scale.grades
    # Where two grades share a total, the higher one asks something of every instrument as well.
    ranks = [(grade.least, grade.each or Decimal(-1)) for grade in grades]
    assert all(above > below for above, below in pairwise(ranks))
    assert grades[-1].least == 0
    assert grades[-1].each is None
    assert framework.scale.passing == 85


@every_year
def test_grades_carry_names_in_both_languages(framework: Framework):
    grades = framework.scale.grades
    assert all(grade.name.th and grade.name.en for grade in grades)
    assert len({grade.name.th for grade in grades}) == len({grade.name.en for grade in grades}) == len(grades)


def test_letters_to_2565_and_five_levels_from_2566():
    assert {year: len(framework.scale.grades) for year, framework in FRAMEWORKS.items()} == {
        **dict.fromkeys(range(2562, 2566), 7),
        **dict.fromkeys(range(2566, 2571), 5),
    }


@pytest.mark.parametrize("year", FRAMEWORKS)
def test_a_year_of_its_own_is_not_assumed(year):
    applied = framework_for(year)
    assert applied.framework is FRAMEWORKS[year]
    assert not applied.assumed


@pytest.mark.parametrize("year", [NEWEST + 1, NEWEST + 2, 9999])
def test_a_later_year_borrows_the_newest_rule_and_is_never_confirmed(year):
    applied = framework_for(year)
    assert applied.framework is FRAMEWORKS[NEWEST]
    assert applied.assumed
    assert not applied.confirmed


@pytest.mark.parametrize("year", [2561, 2019, 0, -1])
def test_a_year_before_the_present_form_is_refused(year):
    with pytest.raises(Refusal) as refused:
        framework_for(year)
    assert refused.value.key == "score.before_frameworks"
    assert refused.value.facts == {"year": year, "oldest": 2562}


def test_only_sourced_scales_may_be_told_as_fact():
    confirmed = {year for year in FRAMEWORKS if framework_for(year).confirmed}
    assert confirmed == {2563, 2564, 2565, 2567, 2568}


@pytest.mark.parametrize("confidence", Confidence)
def test_what_is_remembered_or_copied_is_not_confirmed(confidence):
    assert confidence.confirmed == (confidence in {Confidence.HIGH, Confidence.MEDIUM})
