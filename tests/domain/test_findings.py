"""What does not add up becomes a finding; what is printed stays as printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.audit import Code, audit
from itadomain.frameworks.shape import Instrument
from itadomain.scores import Result
from tests.fakes import CONTRADICTIONS, POINTS, a_result, a_table


def codes(result: Result) -> list[Code]:
    return [finding.code for finding in audit(result).findings]


def facts(result: Result, code: Code) -> dict:
    return dict(next(finding.facts for finding in audit(result).findings if finding.code is code))


def test_every_code_has_its_case():
    assert set(CONTRADICTIONS) == set(Code)


@pytest.mark.parametrize("code", Code)
def test_a_finding_appears_alone(code):
    assert codes(CONTRADICTIONS[code][0]) == [code]


@pytest.mark.parametrize("code", Code)
def test_its_neighbour_is_clean(code):
    assert codes(CONTRADICTIONS[code][1]) == []


def test_a_result_that_adds_up_has_no_finding():
    seen = audit(a_result())
    assert not seen.findings
    assert not seen.contradicted
    assert (seen.total, seen.recomputed_total, seen.grade.name.en) == (Decimal("92.40"), Decimal("92.40"), "A")


@pytest.mark.parametrize("code", Code)
def test_only_a_doubted_total_or_grade_contradicts(code):
    doubted = {Code.HEADLINE_DIFFERS, Code.GRADE_DIFFERS, Code.GRADE_UNKNOWN}
    assert audit(CONTRADICTIONS[code][0]).contradicted == (code in doubted)


def test_a_difference_is_told_to_three_decimals():
    told = facts(CONTRADICTIONS[Code.HEADLINE_DIFFERS][0], Code.HEADLINE_DIFFERS)
    assert told["difference"] == Decimal("0.030")
    assert (told["printed"], told["recomputed"]) == (Decimal("92.43"), Decimal("92.40"))


def test_the_table_that_gives_the_total_is_chosen_wherever_it_stands():
    other = a_table((*POINTS[:9], "100.00"), "ตารางอื่น")
    seen = audit(a_result(2565, "92.40", "A", other, a_table()))
    assert seen.chosen.table.name == a_table().name
    told = facts(seen.result, Code.TABLES_DISAGREE)
    assert (told["other"], told["other_total"], told["fits"]) == ("ตารางอื่น", Decimal("93.00"), True)


def test_where_no_table_gives_the_total_the_first_is_taken():
    other = a_table((*POINTS[:9], "100.00"), "ตารางอื่น")
    seen = audit(a_result(2565, "50.00", None, other, a_table()))
    assert seen.chosen.table is other
    assert not facts(seen.result, Code.TABLES_DISAGREE)["fits"]


def test_a_second_total_that_fits_a_table_says_so():
    fitting = a_table((*POINTS[:9], "100.00"), "ตารางอื่น")
    result = a_result(2565, "92.40", "A", a_table(), fitting, also=["93.00"])
    assert facts(result, Code.SECOND_HEADLINE)["fits"]
    assert not facts(a_result(also=["93.00"]), Code.SECOND_HEADLINE)["fits"]


def test_disputed_points_come_from_the_chosen_table_first():
    other = a_table((*POINTS[:9], "100.00"), "ตารางอื่น")
    seen = audit(a_result(2565, "92.40", "A", other, a_table()))
    assert list(seen.disputed(10)) == [Decimal("97.00"), Decimal("100.00")]
    assert list(seen.disputed(1)) == [Decimal("92.00")]
    assert list(seen.disputed(11)) == []


def test_a_printed_instrument_is_told_as_printed():
    seen = audit(a_result(2565, "92.40", "A", a_table(IIT="90.01")))
    assert seen.instruments[Instrument.IIT] == Decimal("90.01")
    assert seen.chosen.instruments[Instrument.IIT] == 90


def test_without_a_headline_the_recomputed_total_and_grade_stand_in():
    seen = audit(a_result(total=None))
    assert (seen.total, seen.grade.name.en, seen.contradicted) == (Decimal("92.40"), "A", False)


def test_a_headline_alone_is_told_and_nothing_is_made_up():
    seen = audit(Result(a_result().fiscal_year, "ประกาศ", a_result().headlines))
    assert (seen.total, seen.grade.name.en) == (Decimal("92.40"), "A")
    assert seen.chosen is None
    assert seen.recomputed_total is None
    assert not seen.findings


def test_a_printed_level_is_held_against_the_instruments():
    """94.64 with an EIT below 85 is «ผ่าน», whatever the paper calls it."""
    held_back = a_table(["98.50"] * 5 + ["84.40"] * 3 + ["99.425"] * 2)
    assert codes(a_result(2568, "94.64", "ผ่าน", held_back)) == []
    told = facts(a_result(2568, "94.64", "ผ่านดี", held_back), Code.GRADE_DIFFERS)
    assert (told["printed_grade"].th, told["due"].th) == ("ผ่านดี", "ผ่าน")


@pytest.mark.parametrize(
    ("year", "grade", "confirmed"),
    [(2565, "A", True), (2562, "A", False), (2566, None, False), (2569, None, False), (2571, None, False)],
)
def test_a_year_without_a_sourced_rule_is_not_confirmed(year, grade, confirmed):
    assert audit(a_result(year, "92.40", grade)).confirmed is confirmed


def test_a_grade_at_the_disputed_border_is_not_confirmed():
    assert not audit(a_result(2565, "45.00", "E", a_table(["45.00"] * 10))).confirmed
    assert audit(a_result(2565, "60.00", "D", a_table(["60.00"] * 10))).confirmed


POINT = st.decimals(0, 100, places=2)


@given(st.integers(2562, 2575), st.lists(POINT, min_size=10, max_size=10), POINT)
def test_any_printed_total_is_kept_and_told_against_the_exact_one(year, points, printed):
    seen = audit(a_result(year, str(printed), None, a_table([str(point) for point in points])))
    exact = seen.chosen.total
    assert seen.total == printed
    assert (Code.HEADLINE_DIFFERS in [f.code for f in seen.findings]) == (abs(exact - printed) > Decimal("0.02"))


@given(st.lists(POINT, min_size=10, max_size=10))
def test_a_computed_result_never_accuses_itself(points):
    table = a_table([str(point) for point in points])
    seen = audit(a_result(2565, None, None, table))
    again = audit(a_result(2565, str(seen.total), str(seen.recomputed_grade.name.en), table))
    assert not again.findings
