"""The days of a measure: which one comes next, and which one a report is for."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.measures import Closing, Obligation
from itadomain.meetings import Meeting
from itadomain.periods import MeetingKind
from itadomain.timetable import Days, due_for, next_due, scheduled, timetable
from itadomain.workdays import Calendar
from tests.fakes import a_measure

FOLLOW_UPS = (
    "ทุกเดือน",
    "ทุกไตรมาส",
    "ทุก 6 เดือน",
    "ปีละ 1 ครั้ง",
    "รายงานในการประชุมพนักงานทุกเดือน",
    "",
    "เป็นระยะ",
    "มีนาคม และ ตุลาคม",
)
YEAR = st.dates(date(2026, 10, 1), date(2027, 10, 31))
tables = st.builds(
    lambda cadence, period, off: timetable(
        a_measure(1, plan_year=2570, period=period, follow_up=cadence), Days(Calendar(dict.fromkeys(off, "วันหยุด")))
    ),
    st.sampled_from(FOLLOW_UPS), st.sampled_from(["ตลอดปีงบประมาณ", "ทุกไตรมาส", "ม.ค. - มี.ค. 2570", ""]), st.lists(YEAR, max_size=30),
)  # fmt: skip


def a_table(follow_up="ทุกเดือน", period="ตลอดปีงบประมาณ", days=None, **changes):
    measure = a_measure(1, plan_year=2570, period=period, follow_up=follow_up, **changes)
    return timetable(measure, days) if days else timetable(measure)


@given(tables)
def test_what_is_next_only_moves_forward(table):
    slots, reported = [], None
    while coming := next_due(table, reported):
        slots.append(coming)
        reported = coming.slot
    assert [one.slot for one in slots] == sorted({one.slot for one in slots})
    assert [one.day for one in slots] == sorted(one.day for one in slots)


@given(tables, YEAR, st.one_of(st.none(), YEAR))
def test_a_report_never_goes_back_behind_what_was_reported(table, today, reported):
    slots = [one.slot for one in table.after(None)]
    reported = max((slot for slot in slots if reported and slot <= reported), default=None)
    due = due_for(table, reported, today)
    assert (due is None) == (not slots)
    if due and reported and today <= max(one.day for one in table.after(None)):
        assert due.slot >= reported or due.day >= today


@pytest.mark.parametrize(("today", "reported", "slot"), [
    (date(2026, 10, 5), None, date(2026, 10, 31)),  # early
    (date(2026, 11, 2), None, date(2026, 10, 31)),  # on the day: 31 October is a Saturday
    (date(2026, 11, 20), None, date(2026, 10, 31)),  # late
    (date(2026, 12, 20), None, date(2026, 11, 30)),  # of two that were missed the newer
    (date(2026, 11, 20), date(2026, 10, 31), date(2026, 11, 30)),  # the next one
    (date(2026, 11, 20), date(2026, 11, 30), date(2026, 11, 30)),  # once more in the same month
    (date(2028, 1, 1), date(2027, 9, 30), date(2027, 9, 30)),  # after all is over
])  # fmt: skip
def test_which_due_day_a_report_is_for(today, reported, slot):
    assert due_for(a_table(), reported, today).slot == slot


def test_a_period_that_names_its_own_days_needs_no_follow_up():
    table = a_table("", "ทุกไตรมาส")
    assert [one.slot for one in table.dues] == [
        date(2026, 12, 31),
        date(2027, 3, 31),
        date(2027, 6, 30),
        date(2027, 9, 30),
    ]
    assert not table.silent
    assert table.doubts == ()


def test_what_says_nothing_of_reporting_is_asked_about_and_has_no_days():
    table = a_table("")
    assert (table.dues, table.silent, [str(one.code) for one in table.doubts]) == ((), True, ["empty"])
    assert due_for(table, None, date(2027, 1, 1)) is None


def test_what_a_person_settled_goes_before_the_print():
    table = a_table("", settled_follow_up="ทุกไตรมาส", settled_period="ม.ค. - มี.ค. 2570")
    assert [one.slot for one in table.dues] == [date(2027, 3, 31)]


def test_a_day_before_the_plan_began_is_asked_about_and_not_due():
    table = a_table("รายงานสิ้นเดือน มี.ค. 66")
    assert (next_due(table, None), len(table.doubts)) == (None, 1)


def test_a_meeting_that_is_set_moves_the_day_and_keeps_the_slot():
    meetings = [Meeting(MeetingKind.STAFF, date(2027, 2, 1), date(2027, 2, 15))]
    table = a_table("รายงานในการประชุมพนักงานทุกเดือน", days=Days(meetings=meetings))
    february = next(one for one in table.dues if one.slot == date(2027, 2, 28))
    assert (february.day, str(february.why.code)) == (date(2027, 2, 15), "meeting")


def test_an_obligation_has_the_day_that_is_next_and_none_when_it_is_over():
    duty = Obligation("m.u", "m", "u", 2570, reported_for=date(2026, 10, 31))
    assert (scheduled(duty, a_table()).slot, scheduled(duty, a_table()).due) == (date(2026, 11, 30),) * 2
    over = replace(duty, closed_on=date(2026, 11, 1), closed_as=Closing.DONE)
    assert (scheduled(over, a_table()).slot, scheduled(over, a_table()).due) == (None, None)


@given(tables, st.integers(0, 400))
def test_every_due_day_is_a_working_day_or_has_said_why(table, days):
    for one in table.dues:
        assert one.day >= one.slot
        assert one.moved is None or one.why.facts
    assert next_due(table, date(2027, 10, 31) + timedelta(days)) is None
