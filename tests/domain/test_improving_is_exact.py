"""The smallest set of improvements, beside every other way there is."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.frameworks import FRAMEWORKS, framework_for
from itadomain.frameworks.common import levels
from itadomain.frameworks.shape import Confidence, Framework, Grade, Indicator, Instrument, Name
from itadomain.grades import grade_of
from itadomain.improving import Plan, grade, plan
from itadomain.refusals import Refusal
from itadomain.scores import POINT, ScoreTable, recompute

LETTERS, LEVELS = framework_for(2565).framework, framework_for(2568).framework
POINTS = st.integers(0, 10_000).map(lambda hundredths: Decimal(hundredths) * POINT)
FINE = st.decimals(0, 100, places=5)


def scores_of(*points: str) -> dict[int, Decimal]:
    return {no: Decimal(point) for no, point in enumerate(points, 1)}


def told(way: Plan) -> dict[int, Decimal]:
    return {one.no: one.points for one in way.improvements}


def a_small_framework(counts: tuple[int, int, int], base: Framework) -> Framework:
    """The rule of a year with fewer indicators, so that every way can be tried."""
    instruments = [one for one, count in zip(Instrument, counts, strict=True) for _ in range(count)]
    indicators = tuple(Indicator(no, one, Name(str(no), str(no))) for no, one in enumerate(instruments, 1))
    return replace(base, indicators=indicators)


def best_by_trying(framework: Framework, scores: dict[int, Decimal], step: int):
    """What every way that reaches the grade above comes to, and the best of them: indicators, points, weakness."""
    place = framework.scale.grades.index(grade(framework, scores))
    if not place:
        return None
    good = framework.scale.grades[:place]
    best = None
    for after in product(*(range(int(points), 101, step) for points in scores.values())):
        reached = dict(zip(scores, map(Decimal, after), strict=True))
        changed = tuple(no for no in scores if reached[no] != scores[no])
        cost = (
            len(changed),
            sum(reached[no] - scores[no] for no in changed),
            sum(scores[no] for no in changed),
            changed,
        )
        if (best is None or cost < best) and grade(framework, reached) in good:
            best = cost
    return best


@given(
    counts=st.sampled_from([(1, 1, 1), (2, 1, 1), (1, 2, 1), (2, 1, 2)]),
    base=st.sampled_from([LETTERS, LEVELS]),
    drawn=st.data(),
)
def test_no_other_way_is_smaller(counts, base, drawn):
    framework, step = a_small_framework(counts, base), 20
    grid = st.sampled_from([Decimal(points) for points in range(0, 101, step)])
    scores = {one.no: drawn.draw(grid) for one in framework.indicators}
    way = plan(framework, scores, Decimal(step))
    expected = best_by_trying(framework, scores, step)
    assert (way is None) == (expected is None)
    if way and expected:
        chosen = tuple(one.no for one in way.improvements)
        assert (len(chosen), way.points, sum(scores[no] for no in chosen), chosen) == expected


@pytest.mark.parametrize("base", [LETTERS, LEVELS])
@pytest.mark.parametrize("half", [(), (1, 6), (3, 8, 9), (2, 7, 10)])
def test_with_all_ten_indicators_no_other_way_is_smaller(base, half):
    scores = {no: Decimal(50 if no in half else 100) for no in range(1, 11)}
    way, expected = plan(base, scores, Decimal(50)), best_by_trying(base, scores, 50)
    assert (way and (len(way.improvements), way.points)) == (expected and expected[:2])


@given(points=st.lists(POINTS | FINE, min_size=10, max_size=10), base=st.sampled_from([LETTERS, LEVELS]))
def test_a_way_reaches_the_grade_and_nothing_of_it_is_too_much(points, base):
    scores = dict(enumerate(points, 1))
    now, way = grade(base, scores), plan_or_none(base, scores)
    if way is None:
        return
    after = {**scores, **{one.no: one.after for one in way.improvements}}
    assert base.scale.grades.index(way.grade) == base.scale.grades.index(now) - 1
    assert base.scale.grades.index(grade(base, after)) <= base.scale.grades.index(way.grade)
    assert all(one.points >= POINT and one.after <= 100 for one in way.improvements)
    assert all(one.points % POINT == 0 for one in way.improvements)
    for one in way.improvements:
        assert grade(base, {**after, one.no: one.after - POINT}) == now, "a step less does not do"
        assert grade(base, {**{no: Decimal(100) for no in told(way)}, one.no: one.before} | kept(scores, way)) == now


def plan_or_none(base, scores):
    """Full points of 99.99… cannot be reached in whole steps: then it is said."""
    try:
        return plan(base, scores)
    except Refusal as refusal:
        assert refusal.key == "forecast.unreachable"
        return None


def kept(scores, way):
    return {no: points for no, points in scores.items() if no not in told(way)}


@given(points=st.lists(POINTS, min_size=10, max_size=10), year=st.sampled_from(sorted(FRAMEWORKS)))
def test_the_grade_is_that_of_a_printed_result(points, year):
    framework = framework_for(year).framework
    scores = dict(enumerate(points, 1))
    seen = recompute(ScoreTable("", scores), framework)
    rounded = seen.total is not None and seen.total == seen.total.quantize(Decimal("0.000000001"))
    if rounded and all(one == one.quantize(Decimal("0.000000001")) for one in seen.instruments.values()):
        assert grade(framework, scores) == grade_of(framework.scale, seen.total, seen.instruments)


def test_a_hundredth_in_the_cheapest_place():
    """94.97 of 2565 lacks 0.03 of the total: a point of open data is worth a fifth of one."""
    scores = scores_of("95", "95", "95", "95", "95", "95", "95", "95", "95", "94.70")
    assert grade(LETTERS, scores).name.en == "A"
    assert told(plan(LETTERS, scores)) == {10: Decimal("0.30")}


def test_full_points_of_one_do_not_suffice_and_two_are_brought_level():
    """1.6 is lacking, and 20 points of an insiders' indicator are worth 1.2, those of the outsiders' 0.3 at most."""
    way = plan(LETTERS, scores_of("80", "80", "80", "80", "80", "97", "98", "99", "100", "100"))
    assert (way.grade.name.en, told(way)) == ("AA", {1: Decimal("13.34"), 2: Decimal("13.33")})


def test_an_instrument_that_is_too_low_has_to_gain_whatever_the_total_is():
    """A total of 94.64 fell to «ผ่าน» because of one instrument: what lacks there is what is told."""
    scores = scores_of("98", "98", "98", "98", "98", "84", "84", "84", "100", "99")
    assert grade(LEVELS, scores).name.th == "ผ่าน"
    way = plan(LEVELS, scores)
    assert (way.grade.name.th, told(way)) == ("ผ่านดี", {6: Decimal("3.00")})


def test_where_all_stand_alike_the_weakest_is_told():
    scores = scores_of("95", "95", "95", "95", "95", "95", "94", "95", "95", "95")
    assert told(plan(LETTERS, scores)) == {9: Decimal("0.50")}
    full_open_data = {**scores, 9: Decimal(95), 10: Decimal("94.75")}
    assert told(plan(LETTERS, full_open_data)) == {10: Decimal("0.75")}


def test_several_of_an_instrument_end_level():
    scores = scores_of("90", "90", "90", "90", "90", "60", "70", "80", "100", "100")
    assert grade(LEVELS, scores).name.th == "ผ่าน"
    assert [(one.no, one.after) for one in plan(LEVELS, scores).improvements] == [
        (6, Decimal("87.50")), (7, Decimal("87.50")),
    ]  # fmt: skip


def test_at_the_top_there_is_nothing_above():
    assert plan(LETTERS, scores_of(*["95"] * 10)) is None
    assert plan(LEVELS, scores_of(*["95"] * 10)) is None


def test_what_is_missing_is_named():
    with pytest.raises(Refusal) as refused:
        plan(LETTERS, {1: Decimal(90), 9: Decimal(90)})
    assert refused.value.facts == {"missing": [2, 3, 4, 5, 6, 7, 8, 10]}


def test_where_even_full_points_do_not_suffice_it_is_said():
    never = (Grade(Name("ก", "X"), Decimal(101)), Grade(Name("ข", "Y"), Decimal(0)))
    framework = replace(LETTERS, scale=replace(levels(Confidence.LOW), grades=never))
    with pytest.raises(Refusal) as refused:
        plan(framework, scores_of(*["90"] * 10))
    assert refused.value.key == "forecast.unreachable"


def test_from_the_bottom_every_indicator_may_be_needed():
    way = plan(LEVELS, scores_of(*["0"] * 10))
    assert (way.grade.name.th, way.points) == ("ต้องปรับปรุง", sum(told(way).values()))
    assert {9, 10} <= told(way).keys()
