"""What a table comes to is exact: the same as in fractions, whatever the table."""

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.frameworks import FRAMEWORKS
from itadomain.frameworks.shape import Instrument
from itadomain.grades import borders, grade_of
from itadomain.refusals import Refusal
from itadomain.scores import TOLERANCE, ScoreTable, recompute, score, shown, weakest
from tests.fakes import POINTS, a_table

RULE = FRAMEWORKS[2565]
POINT = st.integers(0, 10_000).map(lambda hundredths: str(Decimal(hundredths) / 100))
TABLES = st.lists(POINT, min_size=10, max_size=10).map(a_table)
#: IIT 95, EIT 285.01 / 3, OIT 94.9975 and the like: totals on a border by way of a third.
ON_A_BORDER = (
    ("95.00", "95.00", "95.00", "95.00", "95.00", "95.00", "95.00", "95.01", "95.00", "94.995"),
    ("95.00", "95.00", "95.00", "95.00", "95.00", "94.00", "95.00", "95.50", "95.25", "95.00"),
    ("85.00", "85.00", "85.00", "85.00", "85.00", "84.99", "85.00", "85.00", "85.005", "85.00"),
)


def exact(table: ScoreTable) -> tuple[list[Fraction], Fraction]:
    """Instruments and total by the rule, in fractions and by other steps than the product's."""
    points = [Fraction(table.indicators[no]) for no in range(1, 11)]
    parts = [points[:5], points[5:8], points[8:]]
    means = [sum(part, Fraction()) / len(part) for part in parts]
    return means, Fraction(3, 10) * means[0] + Fraction(3, 10) * means[1] + Fraction(4, 10) * means[2]


def grade_by_hand(total: Fraction) -> str:
    borders_by_hand = {"AA": 95, "A": 85, "B": 75, "C": 65, "D": 55, "E": 40, "F": 0}
    return next(name for name, least in borders_by_hand.items() if total >= least)


@given(TABLES)
def test_a_total_is_the_exact_fraction(table):
    _, total = exact(table)
    assert Fraction(recompute(table, RULE).total) == total


@given(TABLES)
def test_instruments_are_the_means(table):
    means, _ = exact(table)
    told = recompute(table, RULE).instruments
    assert list(told) == list(Instrument)
    assert all(abs(Fraction(told[i]) - mean) < Fraction(1, 10**20) for i, mean in zip(Instrument, means, strict=True))


@given(TABLES)
def test_the_grade_is_that_of_the_exact_total(table):
    _, total = exact(table)
    one = recompute(table, RULE)
    assert grade_of(RULE.scale, one.total, one.instruments).name.en == grade_by_hand(total)


@pytest.mark.parametrize("points", ON_A_BORDER)
def test_a_total_on_a_border_keeps_its_side(points):
    table = a_table(points)
    _, total = exact(table)
    one = recompute(table, RULE)
    assert Fraction(one.total) == total
    assert grade_of(RULE.scale, one.total, one.instruments).name.en == grade_by_hand(total)


def test_a_third_in_the_mean_does_not_cost_the_grade():
    """EIT is 94.8333…; weighed first and divided last, the total is 95 to the last digit."""
    one = recompute(a_table(["95"] * 5 + ["94.50", "95.00", "95.00"] + ["95.125"] * 2), RULE)
    assert one.total == 95
    assert grade_of(RULE.scale, one.total, one.instruments).name.en == "AA"


@given(TABLES, st.integers(1, 10))
def test_a_missing_indicator_leaves_the_total_open(table, no):
    kept = {other: points for other, points in table.indicators.items() if other != no}
    one = recompute(ScoreTable("t", kept), RULE)
    assert one.total is None
    assert len(one.instruments) == 2


@given(TABLES, POINT)
def test_a_printed_instrument_stands_in_for_absent_indicators(table, printed):
    kept = {no: points for no, points in table.indicators.items() if no not in {6, 7}}
    means, _ = exact(table)
    one = recompute(ScoreTable("t", kept, {Instrument.EIT: Decimal(printed)}), RULE)
    assert one.instruments[Instrument.EIT] == Decimal(printed)
    expected = Fraction(3, 10) * (means[0] + Fraction(printed)) + Fraction(4, 10) * means[2]
    assert Fraction(one.total) == expected


@given(TABLES, POINT)
def test_a_printed_instrument_never_replaces_its_indicators(table, printed):
    beside = ScoreTable("t", table.indicators, {Instrument.IIT: Decimal(printed)})
    assert recompute(beside, RULE).total == recompute(table, RULE).total


@pytest.mark.parametrize(
    ("printed", "fits"),
    [("92.40", True), ("92.42", True), ("92.38", True), ("92.43", False), ("92.37", False), ("92.4201", False)],
)
def test_a_printed_total_may_lie_two_hundredths_away_and_no_more(printed, fits):
    one = recompute(a_table(POINTS), RULE)
    assert one.total == Decimal("92.40")
    assert Decimal("0.02") == TOLERANCE
    assert one.matches(Decimal(printed)) is fits


VALUES = st.decimals(0, 100, places=6)


@given(VALUES)
def test_what_is_shown_has_two_decimals_and_lies_within_one_hundredth(value):
    told = shown(value, borders(RULE.scale))
    assert told.as_tuple().exponent == -2
    assert abs(told - value) < Decimal("0.01")


@given(VALUES, st.sampled_from(list(FRAMEWORKS.values())))
def test_what_is_shown_never_shows_a_border_that_was_not_reached(value, framework):
    told = shown(value, borders(framework.scale))
    assert all((told >= border) == (value >= border) for border in borders(framework.scale))


@pytest.mark.parametrize(
    ("value", "told"),
    [("94.995", "94.99"), ("94.99999", "94.99"), ("95", "95.00"), ("84.996", "84.99"), ("87.8624", "87.86"),
     ("92.676", "92.68"), ("94.9774", "94.98"), ("0.005", "0.01"), ("39.9999", "39.99")],
)  # fmt: skip
def test_known_figures_as_they_are_shown(value, told):
    assert shown(Decimal(value), borders(RULE.scale)) == Decimal(told)


@given(TABLES, st.integers(0, 10))
def test_the_weakest_are_the_lowest_in_order(table, how_many):
    lowest = weakest(table.indicators, how_many)
    assert [points for _, points in lowest] == sorted(table.indicators.values())[:how_many]
    assert all(table.indicators[no] == points for no, points in lowest)


@given(POINT)
def test_a_printed_score_is_read_to_the_digit(text):
    assert str(score(text)) == text


@given(st.text())
def test_reading_a_score_refuses_and_never_fails(text):
    with suppress(Refusal):
        assert 0 <= score(text) <= 100


@pytest.mark.parametrize(
    ("text", "key"),
    [("ร้อย", "score.not_a_number"), ("", "score.not_a_number"),
     ("100.01", "score.out_of_range"),
     ("-0.01", "score.out_of_range"), ("NaN", "score.not_a_number"),
     ("9_5", "score.not_a_number"), ("1e1", "score.not_a_number")],
)  # fmt: skip
def test_what_is_no_score_is_refused(text, key):
    with pytest.raises(Refusal) as refused:
        score(text)
    assert refused.value.key == key


@given(TABLES, TABLES)
def test_higher_points_never_lower_the_total(one, other):
    higher = ScoreTable("t", {no: max(points, other.indicators[no]) for no, points in one.indicators.items()})
    assert recompute(higher, RULE).total >= recompute(one, RULE).total
