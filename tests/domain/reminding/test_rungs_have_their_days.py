"""Every rung of a due day has its own day, on which offices are open, in the order in which the round comes to them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.reminding.reminded import Told
from itadomain.reminding.rungs import (
    A_FEW_DAYS,
    ADDITIONAL,
    ALWAYS,
    EARLY,
    ORDER,
    Round,
    Rung,
    days,
    newest_due,
    reached,
)
from itadomain.workdays import Calendar

OPEN = Calendar({})
DUE = date(2027, 3, 31)  # a Wednesday
OPENS = date(2027, 1, 1)
NONE, ALL = frozenset(), frozenset(ADDITIONAL)
SOME_DAYS = st.dates(date(2026, 10, 1), date(2028, 9, 30))
CHOSEN = st.frozensets(st.sampled_from(ADDITIONAL))


@st.composite
def calendars(draw):
    """Days off beside the weekends, some of them many in a row, as in April."""
    first = draw(SOME_DAYS)
    row = {first + timedelta(n): "หยุดยาว" for n in range(draw(st.integers(0, 9)))}
    return Calendar(row | dict.fromkeys(draw(st.lists(SOME_DAYS, max_size=20)), "หยุด"))


@st.composite
def rounds(draw):
    """A due day on which offices are open, of a round of one day to a year, in some agency."""
    calendar = draw(calendars())
    due = calendar.next_working(draw(SOME_DAYS))
    return Round(due, due - timedelta(draw(st.integers(0, 365))), draw(CHOSEN)), calendar


def of(one, calendar, until):
    return days(one.due, one.opens, one.chosen, calendar, until)


def test_the_usual_rungs_are_a_week_before_on_the_day_and_weekly_after_it():
    assert days(DUE, OPENS, NONE, OPEN, date(2027, 4, 15)) == [
        (Rung.WEEK_BEFORE, date(2027, 3, 24)),
        (Rung.ON_THE_DAY, DUE),
        (Rung.LATE, date(2027, 4, 7)),
        (Rung.LATE, date(2027, 4, 14)),
    ]


def test_an_agency_may_have_all_of_them():
    assert days(DUE, OPENS, ALL, OPEN, DUE) == [
        (Rung.OPENING, OPENS),
        (Rung.HALFWAY, date(2027, 2, 12)),  # the 14th is a Sunday
        (Rung.WEEK_BEFORE, date(2027, 3, 24)),
        (Rung.DAY_BEFORE, date(2027, 3, 30)),
        (Rung.ON_THE_DAY, DUE),
    ]


def test_before_the_day_one_is_told_earlier_after_it_later():
    songkran = Calendar({date(2027, 4, day): "สงกรานต์" for day in (13, 14, 15)})
    assert dict(days(date(2027, 4, 20), OPENS, NONE, songkran, date(2027, 4, 20)))[Rung.WEEK_BEFORE] == date(
        2027, 4, 12
    )
    assert days(date(2027, 4, 6), OPENS, NONE, songkran, date(2027, 4, 16))[-1] == (Rung.LATE, date(2027, 4, 16))
    assert days(date(2027, 4, 6), OPENS, NONE, songkran, date(2027, 4, 15))[-1] == (Rung.ON_THE_DAY, date(2027, 4, 6))


def test_a_round_that_opens_on_a_day_off_is_not_told_before_it_opens():
    assert days(DUE, date(2027, 1, 2), ALL, OPEN, DUE)[0] == (Rung.OPENING, date(2027, 1, 4))


def test_a_round_of_a_few_days_is_told_of_once_it_runs():
    assert days(DUE, DUE - timedelta(2), NONE, OPEN, DUE) == [
        (Rung.WEEK_BEFORE, date(2027, 3, 29)),
        (Rung.ON_THE_DAY, DUE),
    ]


@given(rounds(), st.integers(0, 60))
def test_every_day_is_a_working_day_of_its_own_in_order(case, after):
    one, calendar = case
    found = of(one, calendar, one.due + timedelta(after))
    told = [day for _, day in found]
    assert all(calendar.is_working(day) for day in told)
    assert told == sorted(set(told)), "none twice, none out of order"
    assert [ORDER[rung] for rung, _ in found] == sorted(ORDER[rung] for rung, _ in found)
    assert (Rung.ON_THE_DAY, one.due) in found
    assert {rung for rung, _ in found} <= ALWAYS | one.chosen
    assert all((day > one.due) == (rung is Rung.LATE) for rung, day in found)


@given(rounds())
def test_nobody_loses_a_day_they_were_promised(case):
    one, calendar = case
    found = [day for rung, day in of(one, calendar, one.due) if ORDER[rung] >= ORDER[Rung.WEEK_BEFORE]]
    if one.due - one.opens >= timedelta(7):
        assert one.due - found[0] >= timedelta(7)


@given(rounds(), st.integers(-400, 60))
def test_what_is_reached_is_the_newest_of_its_days(case, after):
    one, calendar = case
    today = one.due + timedelta(after)
    come = [(rung, day) for rung, day in of(one, calendar, max(today, one.due)) if day <= today]
    assert reached(one, calendar, today) == (come[-1] if come else None)


@given(rounds(), st.integers(-400, 60))
def test_only_what_may_be_told_early_is_and_never_before_it_may(case, after):
    one, calendar = case
    today = one.due + timedelta(after)
    early, now = reached(one, calendar, today, early=True), reached(one, calendar, today)
    if early is not None and early != now:
        rung, day = early
        assert rung in EARLY
        assert today < day <= today + A_FEW_DAYS
        assert (rung is Rung.LATE) == (today > one.due)
        assert early in of(one, calendar, max(day, one.due))


@given(rounds(), st.integers(1, 60))
def test_what_is_late_is_told_again_within_ten_days_though_it_was_told_early(case, after):
    """And the days off that follow."""
    one, calendar = case
    today = one.due + timedelta(after)
    early = reached(one, calendar, today, early=True)
    if early is not None and early[1] > today:
        again = next(day for _, day in of(one, calendar, early[1] + timedelta(40)) if day > early[1])
        assert again <= calendar.next_working(one.due + timedelta(((early[1] - one.due).days // 7 + 1) * 7))
        assert calendar.holidays or (again - today).days <= 12  # a weekend besides


@given(rounds(), st.integers(-400, 60))
def test_whoever_looks_as_far_as_they_are_told_to_misses_nothing(case, after):
    one, calendar = case
    today = one.due + timedelta(after)
    if len(calendar.holidays) < 6 and reached(one, calendar, today):
        assert one.due <= newest_due(today, one.chosen)


def told(rung, day, due=DUE, slot=DUE):
    return Told(slot, due, rung, day)


A_WEEK_BEFORE = told(Rung.WEEK_BEFORE, date(2027, 3, 24))
LATE = told(Rung.LATE, date(2027, 4, 7))
CORRECTED = date(2027, 4, 2)


@pytest.mark.parametrize(
    ("before", "now", "covered"),
    [
        (A_WEEK_BEFORE, A_WEEK_BEFORE, True),
        (A_WEEK_BEFORE, told(Rung.ON_THE_DAY, DUE), False),
        (told(Rung.ON_THE_DAY, DUE), A_WEEK_BEFORE, True),
        (A_WEEK_BEFORE, told(Rung.WEEK_BEFORE, date(2027, 6, 23), slot=date(2027, 6, 30)), False),
        (LATE, told(Rung.LATE, date(2027, 4, 14)), False),
        # a due day that was corrected by two days
        (A_WEEK_BEFORE, told(Rung.WEEK_BEFORE, date(2027, 3, 26), CORRECTED), True),
        (told(Rung.ON_THE_DAY, DUE), told(Rung.ON_THE_DAY, CORRECTED, CORRECTED), True),
        (LATE, told(Rung.LATE, date(2027, 4, 9), CORRECTED), True),
        (LATE, told(Rung.LATE, date(2027, 4, 16), CORRECTED), False),
        # one that was put off by months: what was late is not, and begins anew
        (LATE, told(Rung.WEEK_BEFORE, date(2027, 6, 23), date(2027, 6, 30)), False),
        (LATE, told(Rung.OPENING, OPENS, date(2027, 6, 30)), True),
    ],
)
def test_what_was_told_covers_what_needs_not_be_told_again(before, now, covered):
    assert before.covers(now) == covered
