"""What ITAS shows is kept day by day, and tells when it will be enough: never more surely than the days allow."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.assessment.windows import Phase, Window
from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Instrument
from itadomain.refusals import Refusal
from itadomain.surveys import meter
from itadomain.surveys.survey import Sample
from tests.fakes import an_agency

EIT, IIT = Instrument.EIT, Instrument.IIT
FIRST, LAST = date(2027, 4, 1), date(2027, 4, 30)


def entered(*answered, wanted=300, first=FIRST, window=(FIRST, LAST)):
    """A store with a count for each day from the first on; None leaves a day out."""
    store = an_agency()
    if window:
        store.windows.save(Window(FiscalYear(2570), Phase.EIT, *window))
    for days, count in enumerate(answered):
        if count is not None:
            store.surveys.save_sample(Sample(FiscalYear(2570), EIT, first + timedelta(days), count, wanted, "a1"))
    return store


def seen(store, today):
    return meter.meter(store, 2570, EIT, today)


def test_nothing_entered_is_told_as_nothing():
    assert seen(entered(), FIRST) is None


def test_ten_a_day_are_three_hundred_on_the_thirtieth_day():
    found = seen(entered(10, 20, 30), FIRST + timedelta(2))
    assert (found.pace, found.enough_on, found.too_late) == (10, date(2027, 4, 30), False)
    assert (found.a_day, found.share) == (10, 10)  # 270 in the 28 days from the third on: 9.6, so 10


def test_nine_a_day_are_too_late():
    found = seen(entered(9, 18, 27), FIRST + timedelta(2))
    assert (found.enough_on, found.too_late) == (date(2027, 5, 4), True)


def test_of_one_day_the_pace_since_the_window_began_is_told_and_without_a_window_none():
    assert seen(entered(None, None, 30), FIRST + timedelta(2)).pace == 10
    alone = seen(entered(None, None, 30, window=None), FIRST + timedelta(2))
    assert (alone.pace, alone.enough_on, alone.a_day, alone.too_late) == (None, None, None, False)


def test_where_nobody_answers_any_more_no_day_is_told():
    found = seen(entered(50, 50, 50), FIRST + timedelta(2))
    assert (found.pace, found.enough_on, found.too_late) == (0, None, True)


def test_a_year_ahead_is_no_day():
    assert seen(entered(0, 1, wanted=100_000, window=None), FIRST + timedelta(1)).enough_on is None


def test_only_what_came_lately_makes_the_pace():
    slow_then_fast = [0] * 20 + [10, 20, 30]
    assert seen(entered(*slow_then_fast), FIRST + timedelta(22)).pace == Fraction(30, 14)


def test_enough_is_enough():
    found = seen(entered(300, 310), FIRST + timedelta(1))
    assert (found.enough, found.enough_on, found.a_day, found.share, found.too_late) == (True, None, None, 100, False)


def test_after_the_last_day_it_is_too_late():
    found = seen(entered(100, 110), LAST + timedelta(1))
    assert (found.too_late, found.a_day) == (True, None)


def test_what_is_entered_later_is_not_known_earlier():
    assert seen(entered(10, 20, 30), FIRST).sample.answered == 10


@given(
    st.lists(st.integers(0, 400), min_size=1, max_size=25),
    st.integers(1, 500),
    st.booleans(),
    st.integers(0, 60),
)
def test_a_day_that_is_told_has_the_pace_to_be_reached(counts, wanted, known, later):
    store = entered(*counts, wanted=wanted, window=(FIRST, LAST) if known else None)
    today = FIRST + timedelta(len(counts) - 1 + later)
    found = seen(store, today)
    newest = found.sample
    assert 0 <= found.share <= 100
    assert found.enough is (newest.answered >= wanted)
    if found.enough_on:
        days = (found.enough_on - newest.on).days
        assert newest.answered + found.pace * days >= wanted
        assert newest.answered + found.pace * (days - 1) < wanted
    if found.a_day:
        assert found.a_day * ((LAST - today).days + 1) >= wanted - newest.answered
    assert not (found.too_late and found.enough)


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("ITAS 120/300", (None, 120, 300)),
        ("itas ๑๒๐/๓๐๐", (None, 120, 300)),
        ("ITAS EIT 120 จาก 300 คน", (EIT, 120, 300)),
        ("ยอด ITAS IIT: 20/40", (IIT, 20, 40)),
        ("ITAS 1,200/3,000", (None, 1200, 3000)),
        ("ITAS 120", None),
        ("120/300", None),
        ("เข้าระบบ ITAS ไม่ได้", None),
        ("ITAS 12/3/2570", None),
    ],
)
def test_one_sentence_says_it_all(said, heard):
    assert meter.said_whole(said) == heard


@pytest.mark.parametrize(
    ("said", "wanted", "heard"),
    [
        ("120/300", None, (120, 300)),
        ("๑๒๐ จาก ๓๐๐", 5, (120, 300)),
        ("ตอบแล้ว 120 คน", 300, (120, 300)),
        ("120 300", None, (120, 300)),
        ("ตอบแล้ว\n120  /  300", None, (120, 300)),
        ("120" + " " * 100_000, 300, (120, 300)),  # a matter of minutes, where every blank is tried with every other
    ],
)
def test_numbers_are_heard_in_any_spelling(said, wanted, heard):
    assert meter.said(said, wanted) == heard


@pytest.mark.parametrize(("said", "wanted"), [("120", None), ("", 300), ("มาก", 300), ("1 2 3", 300)])
def test_what_is_no_count_is_refused(said, wanted):
    with pytest.raises(Refusal, match=r"sample_meter\.which_numbers"):
        meter.said(said, wanted)


@pytest.mark.parametrize(("answered", "wanted"), [(-1, 300), (5, 0), (10**7, 300), (5, 10**7)])
def test_a_count_that_cannot_be_is_refused(answered, wanted):
    with pytest.raises(Refusal, match=r"sample_meter\.which_numbers"):
        meter.entered(2570, EIT, answered, wanted, FIRST, "a1")


def test_there_is_no_count_of_what_nobody_answers():
    with pytest.raises(Refusal, match=r"sample_meter\.which_instrument"):
        meter.entered(2570, Instrument.OIT, 1, 2, FIRST, "a1")


@pytest.mark.parametrize(("answered", "wanted", "odd"), [(120, 300, False), (119, 300, True), (130, 310, True)])
def test_a_count_that_falls_or_wants_another_number_is_looked_at_twice(answered, wanted, odd):
    store = entered(120)
    assert meter.odd(store, meter.entered(2570, EIT, answered, wanted, FIRST + timedelta(1), "a1")) is odd
    assert not meter.odd(store, meter.entered(2570, EIT, 1, 2, FIRST, "a1")), "the same day is written over"


@pytest.mark.parametrize(
    ("year", "instrument", "population", "least"),
    [
        (2563, EIT, 200, 30), (2563, EIT, 301, 31), (2563, EIT, 1000, 100), (2563, EIT, 1001, 100), (2563, EIT, 90000, 100),
        (2563, IIT, 20, 20), (2563, IIT, 30, 30), (2564, EIT, 4000, 400), (2564, EIT, 9000, 400), (2564, EIT, 12, 12),
    ],
)  # fmt: skip
def test_the_rules_that_are_known(year, instrument, population, least):
    assert meter.RULES[year, instrument].minimum(population) == least


@given(st.sampled_from(list(meter.RULES.values())), st.integers(0, 10**6))
def test_no_rule_wants_more_people_than_there_are(rule, population):
    assert 0 <= rule.minimum(population) <= population
