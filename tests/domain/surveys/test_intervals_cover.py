"""How far a mean can be off: against tables, against drawing again and again from the sample, and against the truth."""

import random
from decimal import Decimal
from functools import cache
from statistics import fmean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.surveys.intervals import interval, student
from itadomain.surveys.results import estimate
from itadomain.surveys.scoring import side_by_side
from itadomain.surveys.survey import Sums

#: From a table with more places than ours; the last ones lie beyond it, and are reckoned.
STUDENT = {
    4: 2.7764,
    9: 2.2622,
    29: 2.0452,
    30: 2.0423,
    31: 2.0395,
    40: 2.0211,
    60: 2.0003,
    99: 1.9842,
    399: 1.9659,
    10**6: 1.95997,
}
#: What people answer, as points, and how often of a hundred.
EVENLY = {0: 25, 33: 25, 67: 25, 100: 25}
CONTENT = {0: 5, 33: 15, 67: 45, 100: 35}
MOSTLY_YES = {0: 20, 100: 80}
NEARLY_ALL_YES = {0: 5, 100: 95}
VERY_CONTENT = {0: 1, 33: 4, 67: 25, 100: 70}
SPREADS = {
    "evenly": EVENLY, "content": CONTENT, "very content": VERY_CONTENT, "mostly yes": MOSTLY_YES,
    "nearly all yes": NEARLY_ALL_YES,
}  # fmt: skip


def sums_of(points):
    return Sums(
        len(points), sum(map(Decimal, points), Decimal(0)), sum((Decimal(one) ** 2 for one in points), Decimal(0))
    )


def drawn(spread, people, seed):
    """A sample of people who answer so."""
    return random.Random(seed).choices(list(spread), list(spread.values()), k=people)


@pytest.mark.parametrize(("freedom", "expected"), STUDENT.items())
def test_students_t_is_that_of_the_tables(freedom, expected):
    assert abs(float(student(freedom)) - expected) < 0.0006


def test_students_t_falls_towards_the_normal():
    found = [student(freedom) for freedom in range(4, 500)]
    assert found == sorted(found, reverse=True)
    assert found[-1] > Decimal("1.959964")


def test_an_interval_by_hand():
    """100 100 67 67 33 and t 2.776: p .734, v 625.84 / (73.4 · 26.6) = .32054, k = t² v / 5 = .49402.

    (.734 + .24701 ∓ √(.49402 · .734 · .266 + .06101)) / 1.49402, where the root is .39683.
    """
    found = estimate(sums_of([100, 100, 67, 67, 33]))
    assert (found.mean, found.low, found.high, found.people) == (
        Decimal("73.40"),
        Decimal("39.10"),
        Decimal("92.22"),
        5,
    )


def test_of_equal_answers_it_does_not_claim_to_know_all():
    """As if one of them might have been another; at the end of the scale nothing lies beyond it."""
    best, middle = estimate(sums_of([100] * 5)), estimate(sums_of([67] * 30))
    assert (best.low, best.mean, best.high) == (Decimal("39.35"), 100, 100)
    assert (middle.low, middle.mean, middle.high) == (Decimal("63.72"), 67, Decimal("70.12"))


def test_an_interval_of_one_to_five_stays_within_it():
    found = estimate(sums_of([1, 1, 1, 1, 5]), scale=(Decimal(1), Decimal(5)))
    assert (found.low, found.mean, found.high) == (Decimal("1.08"), Decimal("1.80"), Decimal("3.97"))


@pytest.mark.parametrize("people", range(5))
def test_of_fewer_than_five_nothing_is_told(people):
    assert estimate(sums_of([67] * people)) is None


def test_knowing_how_many_could_be_asked_narrows_it_and_asking_all_leaves_no_doubt():
    sums = sums_of(drawn(CONTENT, 50, 1))
    widths = [width(sums, population) for population in (None, 10_000, 200, 100, 50)]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] == 0
    assert widths[3] / widths[0] == pytest.approx(0.5**0.5, abs=0.02)


def test_a_number_of_people_that_more_have_answered_than_it_is_wrong_and_corrects_nothing():
    sums = sums_of(drawn(CONTENT, 50, 1))
    assert width(sums, 49) == width(sums)


def width(sums, population=None):
    low, high = interval(sums, sums.total / sums.count, population)
    return float(high - low)


@given(st.lists(st.sampled_from([0, 33, 67, 100]), min_size=5, max_size=60), st.none() | st.integers(60, 9999))
def test_the_mean_lies_inside_and_the_interval_inside_its_scale(points, population):
    found = estimate(sums_of(points), population)
    assert float(found.mean) == pytest.approx(fmean(points), abs=0.0051)
    assert 0 <= found.low <= found.mean <= found.high <= 100
    assert found.low < found.high or population == len(points)


@given(st.integers(1000, 100_000), st.sampled_from([None, 200_000]))
def test_with_many_people_it_is_the_textbooks(people, population):
    """mean ± t · s / √n · √(1 − n / N)"""
    points = [0, 33, 67, 100, 100, 67, 67]
    sums = Sums(7 * people, Decimal(sum(points) * people), Decimal(sum(one * one for one in points) * people))
    n = 7 * people
    left = 1 - n / population if population and population >= n else 1
    assert width(sums, population) == pytest.approx(2 * 1.96 * pstdev(points) * (left / n) ** 0.5, rel=0.01)


@pytest.mark.parametrize("people", [30, 100, 400])
@pytest.mark.parametrize("spread", ["evenly", "content", "mostly yes"])
def test_drawing_again_from_the_sample_gives_the_same_interval(spread, people):
    """The percentile bootstrap, seeded. Where nearly all answer alike, it is deceived as the textbook is."""
    sample = drawn(SPREADS[spread], people, 7)
    draws = random.Random(people)
    means = sorted(sum(draws.choices(sample, k=people)) / people for _ in range(1000))
    found, (low, high) = estimate(sums_of(sample)), (means[25], means[974])
    tolerance = 0.12 * (high - low)
    assert float(found.low) == pytest.approx(low, abs=tolerance)
    assert float(found.high) == pytest.approx(high, abs=tolerance)


def coverage(spread, people, population=None, within=interval):
    """The share of samples whose interval holds the truth."""
    source, answers = random.Random(f"{spread} {people} {population}"), SPREADS[spread]
    everybody = source.choices(list(answers), list(answers.values()), k=population) if population else []
    truth = fmean(everybody) if population else sum(points * often for points, often in answers.items()) / 100
    caught, rounds = 0, min(1500, 320_000 // people)
    for _ in range(rounds):
        sample = (
            source.sample(everybody, people)
            if population
            else source.choices(list(answers), list(answers.values()), k=people)
        )
        low, high = _within(within, people, sum(sample), sum(one * one for one in sample), population)
        caught += low <= truth <= high
    return caught / rounds


@cache
def _within(rule, people, total, squares, population):
    sums = Sums(people, Decimal(total), Decimal(squares))
    return tuple(map(float, rule(sums, sums.total / people, population)))


def textbook(sums, middle, population=None):
    """mean ± t · s / √n, which a small and one-sided sample deceives."""
    variance = max(sums.squares - sums.total * sums.total / sums.count, Decimal(0)) / (sums.count - 1)
    half = student(sums.count - 1) * (variance / sums.count).sqrt()
    return middle - half, middle + half


@pytest.mark.parametrize("people", [30, 100, 400])
@pytest.mark.parametrize("spread", SPREADS)
def test_it_covers_the_truth_nineteen_times_of_twenty(spread, people):
    assert 0.93 <= coverage(spread, people) <= 0.97


@pytest.mark.parametrize(("people", "population"), [(30, 120), (100, 250), (400, 1200)])
@pytest.mark.parametrize("spread", SPREADS)
def test_it_covers_the_truth_of_a_known_number_of_people(spread, people, population):
    assert 0.93 <= coverage(spread, people, population) <= 0.97


@pytest.mark.parametrize("people", [5, 10])
@pytest.mark.parametrize("spread", SPREADS)
def test_of_very_few_people_it_promises_no_less(spread, people):
    assert coverage(spread, people) >= 0.93


def test_the_textbooks_interval_would_not_cover_what_nearly_all_answer_well():
    """So the tests above see the difference."""
    assert coverage("nearly all yes", 30, within=textbook) < 0.85


def test_without_the_correction_it_would_cover_too_much():
    assert coverage("content", 30, 60, within=lambda sums, middle, _: interval(sums, middle)) > 0.98


def several(people, alike, rng):
    """Three questions to each of whom some skip the last; how far one person says the same to all is `alike`."""
    answered = [[], [], []]
    for nth in range(people):
        first = rng.choices(list(CONTENT), list(CONTENT.values()))[0]
        for place, question in enumerate(answered):
            if place < 2 or nth % 3:
                same = rng.random() < alike
                question.append(first if same else rng.choices(list(CONTENT), list(CONTENT.values()))[0])
    return answered


@pytest.mark.parametrize("people", [30, 100])
@pytest.mark.parametrize("alike", [0, 0.5, 1])
def test_side_by_side_the_truth_is_covered_however_alike_people_answer(people, alike):
    """Nobody knows how alike, so it is never too narrow; and where all answer alike it is no wider than it must be."""
    rng, caught, rounds = random.Random(f"{people} {alike}"), 0, 400
    truth = sum(points * often for points, often in CONTENT.items()) / 100
    for _ in range(rounds):
        sums = side_by_side([sums_of(one) for one in several(people, alike, rng)])
        low, high = interval(sums, sums.total / sums.count)
        caught += float(low) <= truth <= float(high)
    assert caught / rounds >= 0.93 <= (0.98 if alike == 1 else 1)


def test_a_part_that_few_answered_weighs_no_more_than_the_others():
    many, few = sums_of(drawn(CONTENT, 400, 1)), sums_of(drawn(CONTENT, 8, 2))
    mixed = side_by_side([many] * 9 + [few])
    assert width(side_by_side([many] * 10)) < width(mixed) < (9 * width(many) + 2 * width(few)) / 10
    assert side_by_side([many] * 10).count == 400


@pytest.mark.parametrize("people", [60, 150])
def test_where_half_of_the_people_answer_one_sitting_alone_the_truth_is_still_covered(people):
    """The mean is of all who answered, how far it can be off is told by those who answered all (`scoring.counted`)."""
    chance, caught, rounds, indicators = random.Random(people), 0, 400, range(4)
    for _ in range(rounds):
        content = [chance.choice((20, 50, 80)) for _ in range(people)]  # people differ from each other
        told = [[min(100, max(0, one + chance.gauss(0, 15))) for _ in indicators] for one in content]
        all_of_it, beginnings = told[: people // 2], enumerate(told[people // 2 :])
        by_indicator = [[one[no] for one in all_of_it] for no in indicators]
        for nth, one in beginnings:
            by_indicator[nth % len(indicators)].append(one[nth % len(indicators)])
        sums = sums_of([fmean(one) for one in all_of_it])
        low, high = interval(sums, Decimal(fmean(map(fmean, by_indicator))))
        caught += low <= 50 <= high
    assert caught / rounds >= 0.93
