"""Messages that are left in a month, and from when on somebody should know."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.allowance import Allowance

counts = st.integers(0, 10**6)


@given(counts, counts)
def test_what_is_left_and_what_is_used_come_to_the_limit_until_it_is_passed(most, used):
    left = Allowance(most, used).left
    assert left == (most - used if used <= most else 0)


@given(counts)
def test_an_account_without_a_limit_is_never_short(used):
    unlimited = Allowance(None, used)
    assert unlimited.left is None
    assert not unlimited.short


@pytest.mark.parametrize(("most", "used", "short"), [
    (300, 239, False), (300, 240, True), (300, 300, True), (300, 301, True),
    (7, 5, False), (7, 6, True),  # four fifths of 7 are 5.6: no rounding to either side
    (1, 0, False), (1, 1, True),
])  # fmt: skip
def test_four_fifths_are_the_border_exactly(most, used, short):
    assert Allowance(most, used).short is short


@given(st.integers(1, 10**6), counts)
def test_whoever_is_short_stays_short_with_every_further_message(most, used):
    assert not Allowance(most, used).short or Allowance(most, used + 1).short
