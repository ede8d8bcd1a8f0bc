"""How many days are left: today is not counted, the last day says that it is the last, and what is over says so."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.assessment.asking import meant, phases_in, without_names, year_in
from itadomain.assessment.windows import Phase, Standing, When, Window, over, standing
from itadomain.fiscal import FiscalYear

TODAY = date(2027, 4, 27)
DAYS = st.dates(date(2026, 10, 1), date(2028, 3, 31))


def a_window(first, last, phase=Phase.OIT):
    return Window(FiscalYear(2570), phase, first, last)


@pytest.mark.parametrize(("first", "last", "stands"), [
    (date(2027, 3, 1), date(2027, 4, 30), Standing(When.RUNNING, 3)),
    (date(2027, 3, 1), date(2027, 4, 28), Standing(When.RUNNING, 1)),
    (date(2027, 3, 1), TODAY, Standing(When.LAST_DAY)),
    (TODAY, TODAY, Standing(When.LAST_DAY)),
    (TODAY, date(2027, 5, 1), Standing(When.RUNNING, 4)),
    (date(2027, 4, 28), date(2027, 5, 1), Standing(When.AHEAD, 1)),
    (date(2027, 3, 1), date(2027, 4, 26), Standing(When.OVER, 1)),
    (None, date(2027, 4, 30), Standing(When.RUNNING, 3)),
    (None, date(2027, 4, 1), Standing(When.OVER, 26)),
    (date(2027, 3, 1), None, Standing(When.OPEN_END)),
    (date(2027, 5, 1), None, Standing(When.AHEAD, 4)),
])  # fmt: skip
def test_a_window_stands_like_this(first, last, stands):
    assert standing(a_window(first, last), TODAY) == stands


@given(DAYS, st.integers(0, 120), DAYS)
def test_every_day_a_window_comes_a_day_nearer(first, long, today):
    window = a_window(first, first + timedelta(days=long))
    now, tomorrow = (standing(window, day) for day in (today, today + timedelta(days=1)))
    left = (window.last - today).days
    assert (now.when is When.OVER) == (left < 0) == over(window, today)
    assert (now.when is When.LAST_DAY) == (left == 0)
    if now.when is When.RUNNING:
        assert now.days == left > 0
        assert tomorrow in {Standing(When.RUNNING, left - 1), Standing(When.LAST_DAY)}
    if now.when is When.AHEAD:
        assert tomorrow.when in {When.AHEAD, When.RUNNING, When.LAST_DAY}


@pytest.mark.parametrize(("said", "phases"), [
    ("ต้องส่ง OIT วันสุดท้ายวันไหนคะ", [Phase.OIT]), ("ต้องส่งภายในวันไหน", []), ("iit กับ eit ถึงวันไหน", [Phase.IIT, Phase.EIT]),
    ("อีกกี่วันปิดระบบ itas", []), ("ประกาศผลเดือนไหนอะ", [Phase.RESULTS]), ("อุทธรณ์ได้ถึงเมื่อไร", [Phase.CLARIFICATION]),
])  # fmt: skip
def test_a_sentence_names_windows(said, phases):
    assert phases_in(said) == phases


@pytest.mark.parametrize(("said", "year"), [
    ("ปฏิทิน ITA ปี ๒๕๖๘", 2568), ("ปฏิทินปี 68", 2568), ("calendar 2025", 2568), ("ปฏิทินปีที่แล้ว", 2569), ("ปีหน้าปิดเมื่อไร", 2571),
    ("อีกกี่วันปิดระบบ", None), ("ปฏิทินปี 2501", None),
])  # fmt: skip
def test_a_sentence_names_a_year(said, year):
    assert year_in(said, TODAY) == year


def test_without_its_names_a_sentence_is_its_days():
    assert without_names("EIT 1 เม.ย. 70 ถึง 30 มิ.ย. 70") == "1 เม.ย. 70 ถึง 30 มิ.ย. 70"


OIT, EIT = a_window(date(2027, 3, 1), date(2027, 4, 30)), a_window(date(2027, 4, 1), date(2027, 6, 30), Phase.EIT)
CLARIFY = a_window(date(2027, 6, 1), date(2027, 6, 15), Phase.CLARIFICATION)


@pytest.mark.parametrize(("today", "phases", "first"), [
    (TODAY, [], OIT), (TODAY, [Phase.EIT], EIT), (date(2027, 5, 2), [], EIT), (date(2027, 1, 1), [], OIT), (date(2027, 8, 1), [], EIT),
    (TODAY, [Phase.RESULTS], None), (date(2027, 6, 10), [], CLARIFY),
])  # fmt: skip
def test_the_answer_begins_with_the_window_that_closes_next(today, phases, first):
    assert meant([OIT, EIT, CLARIFY], phases, today) == first
