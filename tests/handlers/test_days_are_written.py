from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.texts import Texts
from handlers.kit import words

TEXTS = Texts()


def test_a_day_is_of_the_buddhist_era_in_both_languages():
    day = date(2027, 3, 31)
    assert (TEXTS.tell(day, "th", ""), TEXTS.tell(day, "en", "")) == ("31 มี.ค. 2570", "31 Mar 2570")


@pytest.mark.parametrize(
    ("key", "facts", "told"),
    [
        ("wishes.lives_in", {"village": "3"}, "จำไว้แล้วว่าท่านอยู่หมู่ 3 ค่ะ ใช้"),
        ("wishes.which_village", {}, "โปรดพิมพ์เลขหมู่ เช่น 3 ค่ะ"),
        ("reminders.no_such_hour", {"first": "08.00", "last": "15.30"}, "15.30 น. ค่ะ"),
        ("wishes.no_village", {}, "ลบหมู่ของท่านแล้วค่ะ"),
    ],
)
def test_a_figure_and_the_particle_after_it_do_not_touch(key, facts, told):
    assert told in TEXTS.tell(words(key, **facts), "th", "ค่ะ")
    assert TEXTS.tell(words(key, **facts), "th", "") == TEXTS.tell(words(key, **facts), "th", "ค่ะ").replace(
        " ค่ะ" if told[told.index("ค่ะ") - 1] == " " else "ค่ะ", ""
    )


@given(st.dates(date(1900, 1, 1), date(2400, 12, 31)))
def test_thai_months_are_those_of_pythainlp(day):
    library = pytest.importorskip("pythainlp.util")
    assert TEXTS.tell(day, "th", "") == library.thai_strftime(day, "%-d %b %Y")
