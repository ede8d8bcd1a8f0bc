"""A fiscal year runs from 1 October of the year before to 30 September."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.fiscal import first_day, fiscal_year_of, last_day

DAYS = st.dates(date(1960, 1, 1), date(2150, 12, 31))
YEARS = st.integers(2500, 2700)


@given(DAYS)
def test_every_day_lies_within_its_own_fiscal_year(day):
    year = fiscal_year_of(day)
    assert first_day(year) <= day <= last_day(year)


@given(YEARS)
def test_years_follow_each_other_without_a_gap(year):
    assert last_day(year) + timedelta(days=1) == first_day(year + 1)
    assert fiscal_year_of(first_day(year)) == fiscal_year_of(last_day(year)) == year


@given(DAYS)
def test_the_year_only_changes_on_the_first_of_october(day):
    changed = fiscal_year_of(day) != fiscal_year_of(day - timedelta(days=1))
    assert changed == (day.month == 10 and day.day == 1)


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 9, 30), 2569), (date(2026, 10, 1), 2570), (date(2026, 12, 31), 2570), (date(2027, 1, 1), 2570)],
)
def test_the_turn_of_a_known_year(day, year):
    assert fiscal_year_of(day) == year
