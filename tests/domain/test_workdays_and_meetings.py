"""What falls on a day off is due the next working day, and what is due at a meeting on the day of the meeting."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.holidays_th import holidays_th
from itadomain.meetings import Meeting, held
from itadomain.periods import Due, MeetingKind, Span, Told, Weekday, Why, agree, follow_up
from itadomain.workdays import Calendar, shift

NEW_YEAR = {date(2023, 12, 29): "วันหยุดพิเศษ", date(2024, 1, 1): "วันขึ้นปีใหม่", date(2024, 4, 15): "วันสงกรานต์"}
OFFICE = Calendar(NEW_YEAR)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
FEBRUARY = date(2024, 2, 1)


def due_on(day, meeting=None):
    return Due(day, Told(Why.MONTH_END), meeting)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2023, 12, 28), True),
        (date(2023, 12, 29), False),
        (date(2023, 12, 30), False),
        (date(2023, 12, 31), False),
        (date(2024, 1, 1), False),
        (date(2024, 1, 2), True),
    ],
)
def test_offices_are_open_on_weekdays_that_are_no_holidays(day, working):
    assert OFFICE.is_working(day) == working


def test_several_days_off_in_a_row_are_passed_over():
    assert OFFICE.next_working(date(2023, 12, 29)) == date(2024, 1, 2)
    assert OFFICE.next_working(date(2024, 1, 2)) == date(2024, 1, 2)


@pytest.mark.parametrize(("count", "day"), [(0, date(2023, 12, 28)), (1, date(2024, 1, 2)), (5, date(2024, 1, 8))])
def test_working_days_are_counted_from_the_day_after(count, day):
    assert OFFICE.add_working_days(date(2023, 12, 28), count) == day


@given(DAYS, st.sets(DAYS, max_size=30))
def test_the_next_working_day_is_one_and_none_lies_between(day, holidays):
    calendar = Calendar(dict.fromkeys(holidays, "วันหยุด"))
    found = calendar.next_working(day)
    assert calendar.is_working(found)
    assert not any(calendar.is_working(day + timedelta(days=n)) for n in range((found - day).days))


@given(DAYS, st.integers(1, 40))
def test_more_working_days_end_later(day, count):
    assert OFFICE.add_working_days(day, count) > OFFICE.add_working_days(day, count - 1)


def test_a_sunday_moves_and_keeps_its_slot():
    moved = shift(due_on(date(2023, 12, 31)), OFFICE)
    assert (moved.slot, moved.day) == (date(2023, 12, 31), date(2024, 1, 2))
    assert moved.why.code == Why.WEEKEND
    assert moved.why.facts == {"slot": date(2023, 12, 31), "day": date(2024, 1, 2), "weekday": Weekday.SUNDAY}


def test_a_holiday_moves_and_is_named():
    moved = shift(due_on(date(2024, 4, 15)), OFFICE)
    assert (moved.day, moved.why.code, moved.why.facts["holiday"]) == (date(2024, 4, 16), Why.HOLIDAY, "วันสงกรานต์")


def test_a_working_day_stays_as_it_is():
    due = due_on(date(2024, 3, 29))
    assert shift(due, OFFICE) == due
    assert due.day == due.slot


def test_what_is_due_at_a_meeting_waits_for_its_day():
    due = due_on(date(2024, 2, 29), MeetingKind.STAFF)
    unset = shift(due, OFFICE)
    assert (unset.day, unset.why.code) == (date(2024, 2, 29), Why.MEETING_UNSET)
    other_kind = Meeting(MeetingKind.COUNCIL, FEBRUARY, date(2024, 2, 8))
    other_month = Meeting(MeetingKind.STAFF, date(2024, 1, 1), date(2024, 1, 25))
    assert held(due, [other_kind, other_month]) == unset
    known = shift(due, OFFICE, [other_kind, Meeting(MeetingKind.STAFF, FEBRUARY, date(2024, 2, 14))])
    assert (known.slot, known.day, known.why.code) == (date(2024, 2, 29), date(2024, 2, 14), Why.MEETING)


def test_a_month_end_without_a_meeting_moves_when_it_is_a_day_off():
    december = shift(due_on(date(2023, 12, 31), MeetingKind.MONTHLY), OFFICE)
    assert (december.day, december.why.code) == (date(2024, 1, 2), Why.MEETING_UNSET_WEEKEND)
    new_year = shift(due_on(date(2024, 1, 1), MeetingKind.MONTHLY), OFFICE)
    assert new_year.why.code == Why.MEETING_UNSET_HOLIDAY


def test_a_meeting_that_is_moved_again_is_told_anew():
    due = shift(due_on(date(2024, 2, 29), MeetingKind.STAFF), OFFICE, [Meeting(MeetingKind.STAFF, FEBRUARY, FEBRUARY)])
    assert due.day == FEBRUARY
    assert shift(due, OFFICE).day == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("wording", "meeting"),
    [
        ("รายงานในการประชุมพนักงานทุกเดือน", MeetingKind.STAFF),
        ("ทุกเดือนในที่ประชุมประจำเดือน", MeetingKind.MONTHLY),
        ("รายงานต่อที่ประชุมสภาภายในเดือนมีนาคม", MeetingKind.COUNCIL),
        ("ทุกไตรมาส ในการประชุมคณะผู้บริหาร", MeetingKind.EXECUTIVES),
        ("ทุกไตรมาส", None),
    ],
)
def test_the_meeting_is_read_from_the_wording(wording, meeting):
    found = follow_up(wording, 2567)
    assert found.meeting == meeting
    assert {due.meeting for due in found.due} == {meeting}


def test_a_day_that_is_named_waits_for_no_meeting():
    (due,) = follow_up("รายงานในการประชุมสภา วันที่ 15 ก.พ. 2567", 2567).due
    assert (due.slot, due.meeting) == (date(2024, 2, 15), None)


def test_a_follow_up_that_leaves_days_out_of_the_general_rule_is_asked_about():
    general = follow_up("ให้รายงานในการประชุมพนักงานทุกเดือน", 2564)
    one = follow_up("รายงานในการประชุมพนักงานเดือนมีนาคม 2564", 2564)
    assert str(agree(one, general).code) == "contradicts"
    assert agree(general, one) is None
    assert agree(general, general) is None
    assert agree(follow_up("เป็นระยะ", 2564), general) is None
    assert agree(one, follow_up("ตามความเหมาะสม", 2564)) is None


def test_a_follow_up_stays_inside_its_period():
    period = Span(date(2024, 1, 1), date(2024, 4, 30))
    assert follow_up("ทุก 3 เดือน", 2567, period).slots == (date(2024, 3, 31),)
    assert len(follow_up("ทุกเดือน", None, period).slots) == 4
    after = follow_up("หลังดำเนินการแล้วเสร็จ 30 วัน", 2567, period)
    assert (after.slots, after.doubt) == ((date(2024, 5, 30),), None)
    assert after.due[0].why.facts == {"days": 30, "end": date(2024, 4, 30)}


def test_holidays_of_the_state_have_thai_names_and_their_substitutes():
    found = holidays_th(2026, 2027)
    assert found[date(2026, 12, 5)].startswith("วัน")
    assert found[date(2026, 12, 7)].startswith("ชดเชย")
    assert date(2026, 5, 13) in found  # the ploughing ceremony, which only the state keeps
    assert {day.year for day in found} == {2026, 2027}
    assert holidays_th(2026, 2027) is found


def test_offices_of_the_state_are_open_on_labour_day():
    found = holidays_th(2020, 2035)
    assert not any("แรงงาน" in name for name in found.values())
    assert date(2026, 5, 1) not in found


def test_an_agency_can_add_days_of_its_own():
    own = date(2026, 11, 23)
    calendar = Calendar({**holidays_th(2026, 2027), own: "วันสถาปนา"})
    assert not calendar.is_working(own)
    assert shift(due_on(own), calendar).why.facts["holiday"] == "วันสถาปนา"
