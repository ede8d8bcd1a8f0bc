"""What an assessment would come to today: what each part stands on, and how far its range reaches."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.forecasting import FINEST, Span, forecast
from itadomain.frameworks.shape import Confidence, Instrument
from itadomain.refusals import Refusal
from itadomain.surveys.results import ENOUGH, whole_view
from itadomain.surveys.survey import Kind
from tests.fakes import TODAY, a_result, a_table, an_agency
from tests.rehearsed import a_survey, answer, confirmed

IIT, EIT, OIT = Instrument
OFFICIAL = {no: Decimal(points) for no, points in enumerate((92, 88, 90, 86, 94, 91, 89, 90, 95, 97), 1)}


def an_agency_before(year: int = 2569):
    return an_agency(a_result(year, "92.40", None))


def people_of(found) -> dict[int, int | None]:
    return {no: part.people for no, part in found.parts.items()}


def test_without_a_rehearsal_it_is_the_last_result():
    found = forecast(an_agency_before(), TODAY)
    assert (found.fiscal_year, found.official.result.fiscal_year) == (2570, 2569)
    assert found.scores == OFFICIAL
    assert {one: span.points for one, span in found.instruments.items()} == {IIT: 90, EIT: 90, OIT: 96}
    assert (found.total, found.total.printed) == (Span(*[Decimal("92.4")] * 3), True)
    assert [grade.name.th for grade in found.grades] == ["ผ่านดี"] * 3
    assert not found.rehearsed


@pytest.mark.parametrize(("people", "stands"), [(ENOUGH - 1, None), (ENOUGH, ENOUGH), (60, 60)])
def test_a_rehearsal_counts_from_thirty_people_on(people, stands):
    store = an_agency_before()
    answer(store, a_survey(store), people, best=0.9)
    found = forecast(store, TODAY)
    assert [people_of(found)[no] for no in (6, 7, 8)] == [stands] * 3
    assert [people_of(found)[no] for no in (1, 5, 9, 10)] == [None] * 4
    assert (EIT in found.rehearsed) == bool(stands)


def test_an_instrument_has_the_range_of_its_own_rehearsal():
    store = an_agency_before()
    survey = a_survey(store)
    answer(store, survey, 40, best=0.9)
    found, whole = forecast(store, TODAY), whole_view(store, survey).whole
    assert found.instruments[EIT] == Span(whole.mean, whole.low, whole.high)
    assert whole.low < whole.mean < whole.high
    assert found.instruments[IIT].printed
    wide = Decimal("0.3") * (whole.mean - whole.low)
    assert found.total.points - found.total.low == wide, "nothing else is uncertain"


def test_ranges_of_different_people_are_put_together_as_independent_ones():
    store = an_agency_before()
    for kind, best in ((Kind.OUTSIDERS, 0.9), (Kind.INSIDERS, 0.8)):
        answer(store, a_survey(store, kind), 40, best=best)
    found = forecast(store, TODAY)
    down = [Decimal("0.3") * (found.instruments[one].points - found.instruments[one].low) for one in (IIT, EIT)]
    together = found.total.points - found.total.low
    assert max(down) < together < sum(down)
    assert abs(together**2 - sum(one**2 for one in down)) < Decimal("1e-9")


def test_the_grades_of_both_ends_are_told():
    store = an_agency_before()
    answer(store, a_survey(store), 40, best=0.86)
    low, _, high = forecast(store, TODAY).grades
    assert (low.name.th, high.name.th) == ("ผ่าน", "ผ่านดี"), "an instrument may fall below 85"


def test_a_later_round_of_few_does_not_hide_an_earlier_one_of_many():
    store = an_agency_before()
    answer(store, a_survey(store), 40)
    answer(store, a_survey(store), 7)
    assert people_of(forecast(store, TODAY))[6] == 40


def test_the_round_of_another_year_is_no_rehearsal_of_this_one():
    store = an_agency_before(2568)
    answer(store, a_survey(store, year=2569), 40)
    assert not forecast(store, TODAY).rehearsed


def test_what_nobody_confirmed_is_left_out_and_counted():
    store = an_agency_before()
    items = [
        one if one.indicator != 6 else replace(one, confidence=Confidence.MEMORY) for one in confirmed(Kind.OUTSIDERS)
    ]
    answer(store, a_survey(store, items=items, missing=("E16",)), 40, best=0.9)
    found = forecast(store, TODAY)
    assert (people_of(found)[6], people_of(found)[7]) == (None, 40)
    assert found.rehearsed[EIT].unconfirmed == 6
    span, own = found.instruments[EIT], [found.parts[no].span for no in (6, 7, 8)]
    assert span.low == pytest.approx(sum(one.low for one in own) / 3, abs=FINEST), "as if they erred together"


def test_a_printed_instrument_stands_in_for_indicators_that_are_not_printed():
    store = an_agency(a_result(2569, "92.40", None, a_table((), IIT="90.00", EIT="90.00", OIT="96.00")))
    found = forecast(store, TODAY)
    assert (found.total.points, found.parts) == (Decimal("92.4"), {})


@pytest.mark.parametrize(
    ("store", "key"),
    [
        (an_agency(), "forecast.no_result"),
        (an_agency(a_result(2570, "92.40", None)), "forecast.already_official"),
        (an_agency(a_result(2569, "92.40", None, a_table(("90",) * 8))), "forecast.instruments_missing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_where_it_cannot_be_told_it_is_said_why(store, key):
    with pytest.raises(Refusal) as refused:
        forecast(store, TODAY)
    assert refused.value.key == key


@given(best=st.floats(0, 1), people=st.integers(ENOUGH, 60), population=st.one_of(st.none(), st.integers(60, 500)))
def test_the_middle_lies_within_and_every_figure_between_0_and_100(best, people, population):
    store = an_agency_before()
    survey = a_survey(store)
    store.surveys.save(replace(survey, population=population))
    answer(store, survey, people, best=best)
    found = forecast(store, TODAY)
    for span in (found.total, *found.instruments.values(), *(part.span for part in found.parts.values())):
        assert 0 <= span.low <= span.points <= span.high <= 100
    scale = found.applied.framework.scale.grades
    low, middle, high = (scale.index(grade) for grade in found.grades)
    assert low >= middle >= high
