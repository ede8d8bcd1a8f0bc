"""From points to a grade by the year's rule, and what the next grade asks."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.frameworks import FRAMEWORKS
from itadomain.frameworks.shape import Instrument
from itadomain.grades import borders, grade_of, named, next_grade

LETTERS, LEVELS = FRAMEWORKS[2565].scale, FRAMEWORKS[2568].scale
IIT, EIT, OIT = Instrument

POINT = st.decimals(0, 100, places=2)
PARTS = st.tuples(POINT, POINT, POINT).map(lambda points: dict(zip(Instrument, points, strict=True)))
SCALES = st.sampled_from([LETTERS, LEVELS])


def parts(iit: str, eit: str, oit: str) -> dict[Instrument, Decimal]:
    return {IIT: Decimal(iit), EIT: Decimal(eit), OIT: Decimal(oit)}


def rank(scale, grade) -> int:
    """0 is the lowest."""
    return len(scale.grades) - scale.grades.index(grade)


@pytest.mark.parametrize(
    ("total", "letter"),
    [("100", "AA"), ("95", "AA"), ("94.99", "A"), ("85", "A"), ("84.99", "B"), ("75", "B"), ("74.99", "C"),
     ("65", "C"), ("64.99", "D"), ("55", "D"), ("54.99", "E"), ("40", "E"), ("39.99", "F"), ("0", "F")],
)  # fmt: skip
def test_letters_begin_exactly_on_their_border(total, letter):
    assert grade_of(LETTERS, Decimal(total), {}).name.en == letter


@pytest.mark.parametrize("name", ["AA", "A", "B", "C", "D", "E", "F"])
def test_only_the_border_of_e_and_f_is_disputed(name):
    assert named(LETTERS, name).confidence.confirmed == (name not in {"E", "F"})


@pytest.mark.parametrize(
    ("total", "instruments", "level"),
    [
        ("97.00", parts("96", "95", "99.25"), "ผ่านดีเยี่ยม"),
        ("95.00", parts("95", "95", "95"), "ผ่านดีเยี่ยม"),
        ("96.00", parts("99", "94.99", "94.51"), "ผ่านดี"),  # 95 and over, but not in every instrument
        ("94.99", parts("95", "95", "94.98"), "ผ่านดี"),
        ("85.00", parts("85", "85", "85"), "ผ่านดี"),
        ("94.64", parts("98.50", "84.99", "99.00"), "ผ่าน"),  # the NACC's own example: EIT below 85
        ("98.00", parts("100", "84.99", "100"), "ผ่าน"),
        ("84.99", parts("100", "100", "62.48"), "ต้องปรับปรุง"),
        ("70.00", parts("0", "100", "100"), "ต้องปรับปรุง"),
        ("69.99", parts("100", "100", "24.98"), "ต้องปรับปรุงโดยด่วน"),
        ("0.00", parts("0", "0", "0"), "ต้องปรับปรุงโดยด่วน"),
    ],
)
def test_the_five_levels_ask_the_total_and_every_instrument(total, instruments, level):
    assert grade_of(LEVELS, Decimal(total), instruments).name.th == level


@pytest.mark.parametrize("known", [{}, {IIT: Decimal(99)}, {IIT: Decimal(99), OIT: Decimal(99)}])
@pytest.mark.parametrize("total", ["85.00", "94.64", "99.00"])
def test_without_all_instruments_a_passing_level_stays_open(total, known):
    assert grade_of(LEVELS, Decimal(total), known) is None


@pytest.mark.parametrize(("total", "level"), [("84.99", "ต้องปรับปรุง"), ("10", "ต้องปรับปรุงโดยด่วน")])
def test_below_85_the_total_alone_decides(total, level):
    assert grade_of(LEVELS, Decimal(total), {}).name.th == level


@given(SCALES, POINT, POINT, PARTS)
def test_a_higher_total_never_gets_a_lower_grade(scale, one, other, instruments):
    low, high = sorted((one, other))
    assert rank(scale, grade_of(scale, low, instruments)) <= rank(scale, grade_of(scale, high, instruments))


@given(POINT, PARTS, st.sampled_from(Instrument), POINT)
def test_a_higher_instrument_never_gets_a_lower_level(total, instruments, which, points):
    better = {**instruments, which: max(points, instruments[which])}
    assert rank(LEVELS, grade_of(LEVELS, total, instruments)) <= rank(LEVELS, grade_of(LEVELS, total, better))


@given(SCALES, POINT, PARTS)
def test_a_grade_is_earned(scale, total, instruments):
    grade = grade_of(scale, total, instruments)
    assert total >= grade.least
    assert grade.each is None or min(instruments.values()) >= grade.each


@given(SCALES, POINT, PARTS)
def test_what_is_lacking_leads_to_the_next_grade_and_nothing_less_does(scale, total, instruments):
    grade = grade_of(scale, total, instruments)
    ahead = next_grade(scale, grade, total, instruments)
    if ahead is None:
        assert grade == scale.grades[0]
        return
    raised = {i: points + ahead.instruments.get(i, 0) for i, points in instruments.items()}
    assert rank(scale, ahead.grade) == rank(scale, grade) + 1
    assert rank(scale, grade_of(scale, total + ahead.total, raised)) >= rank(scale, ahead.grade)
    hair = Decimal("0.0001")
    if ahead.total:
        assert grade_of(scale, total + ahead.total - hair, raised) != ahead.grade
    for i in ahead.instruments:
        short = {**raised, i: raised[i] - hair}
        assert grade_of(scale, total + ahead.total, short) != ahead.grade


def test_the_distance_of_a_known_total():
    ahead = next_grade(LETTERS, named(LETTERS, "A"), Decimal("94.97"), {})
    assert (ahead.grade.name.en, ahead.total, dict(ahead.instruments)) == ("AA", Decimal("0.03"), {})


def test_the_distance_where_one_instrument_holds_it_back():
    instruments = parts("98.50", "84.40", "99.00")
    ahead = next_grade(LEVELS, named(LEVELS, "ผ่าน"), Decimal("94.64"), instruments)
    assert (ahead.grade.name.th, ahead.total, dict(ahead.instruments)) == ("ผ่านดี", 0, {EIT: Decimal("0.60")})


@pytest.mark.parametrize("scale", [LETTERS, LEVELS])
def test_a_grade_is_known_by_its_printed_name_in_either_language(scale):
    for grade in scale.grades:
        assert named(scale, f" {grade.name.th} ") == named(scale, grade.name.en) == grade


def test_a_name_of_other_years_is_not_known():
    assert named(LETTERS, "ผ่านดี") is None
    assert named(LEVELS, "AA") is None
    assert named(LETTERS, "") is None


def test_every_grade_has_its_border():
    assert borders(LETTERS) == [95, 85, 75, 65, 55, 40, 0]
    assert borders(LEVELS) == [95, 85, 85, 70, 0]
