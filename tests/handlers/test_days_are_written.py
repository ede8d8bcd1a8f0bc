from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts import Texts

TEXTS = Texts()


def test_a_day_is_of_the_buddhist_era_in_both_languages():
    day = date(2027, 3, 31)
    assert (TEXTS.tell(day, "th", ""), TEXTS.tell(day, "en", "")) == ("31 มี.ค. 2570", "31 Mar 2570")


@given(st.dates(date(1900, 1, 1), date(2400, 12, 31)))
def test_thai_months_are_those_of_pythainlp(day):
    library = pytest.importorskip("pythainlp.util")
    assert TEXTS.tell(day, "th", "") == library.thai_strftime(day, "%-d %b %Y")
