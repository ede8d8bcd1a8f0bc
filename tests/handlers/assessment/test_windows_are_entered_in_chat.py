"""The script of entering the calendar: phase, first day, last day, seen, kept; each slip is answered at its question."""

from datetime import date

import pytest

from itadomain.assessment.windows import Phase
from itadomain.people import Role
from tests.fakes import a_person, an_agency
from tests.talk import Talk


@pytest.fixture
def store():
    return an_agency()


@pytest.fixture
def admin(store):
    return Talk(store, a_person(Role.ADMIN, key="p1"))


def kept(store):
    return [(one.phase, one.first, one.last, one.by) for one in store.windows.of_year(2570)]


EIT = (Phase.EIT, date(2027, 4, 1), date(2027, 6, 30), "p1")


def test_the_script_with_typed_days(admin, store):
    assert admin.says("กำหนดปฏิทิน ITA").key == "windows.which"
    assert admin.answers("eit").key == "windows.first_day"
    assert admin.says("๑ เม.ย. ๗๐").key == "windows.last_day"
    right = admin.says("30 มิ.ย. 70")
    assert (right.key, right.facts["year"]) == ("windows.is_it_right", 2570)
    assert kept(store) == []
    assert admin.answers("yes").key == "windows.saved"
    assert kept(store) == [EIT]


def test_the_same_with_the_date_picker_and_a_typed_phase(admin, store):
    admin.says("กำหนดปฏิทิน ITA")
    assert admin.says("ตอบแบบวัด EIT").key == "windows.first_day"
    admin.picks("2027-04-01")
    admin.picks("2027-06-30")
    admin.answers("yes")
    assert kept(store) == [EIT]


def test_the_whole_in_one_sentence(admin, store):
    admin.says("กำหนดปฏิทิน ITA")
    assert admin.says("EIT 1 เม.ย. 70 ถึง 30 มิ.ย. 70").key == "windows.is_it_right"
    admin.answers("yes")
    assert kept(store) == [EIT]


@pytest.mark.parametrize("said", ["1 เม.ย. 70 ถึง 30 มิ.ย. 70", "EIT 1 เม.ย. 70 - 30 มิ.ย. 70"])
def test_both_days_may_be_told_where_the_first_is_asked_for(admin, store, said):
    admin.says("กำหนดปฏิทิน ITA")
    admin.answers("eit")
    assert admin.says(said).key == "windows.is_it_right"
    admin.answers("yes")
    assert kept(store) == [EIT]


@pytest.mark.parametrize("before", [(), ("eit",)])
def test_a_sentence_that_ends_before_it_starts_is_told_so(admin, store, before):
    admin.says("กำหนดปฏิทิน ITA")
    for step in before:
        admin.answers(step)
    open_question = admin.asked_by
    reply = admin.says("EIT 1 เม.ย. 70 ถึง 1 มี.ค. 70")
    assert reply.then is not None, "asked again, whatever else the sentence may be read as"
    assert (reply.key, reply.facts["first"]) == ("assessment.ends_before_it_starts", date(2027, 4, 1))
    assert admin.asked_by == open_question


def test_one_day_is_a_tap(admin, store):
    admin.says("กำหนดปฏิทิน ITA")
    admin.answers("results")
    admin.says("15 ส.ค. 70")
    admin.answers("2027-08-15")
    admin.answers("yes")
    assert kept(store) == [(Phase.RESULTS, date(2027, 8, 15), date(2027, 8, 15), "p1")]


@pytest.mark.parametrize(("at", "said", "key"), [
    ("phase", "ประชุม", "assessment.which_phase"), ("phase", "whole", "assessment.which_phase"),
    ("first", "เร็ว ๆ นี้", "day.which"), ("first", "1 เม.ย. 2590", "assessment.which_year"),
    ("last", "1 มี.ค. 70", "assessment.ends_before_it_starts"), ("last", "30 ธ.ค. 71", "assessment.out_of_year"),
    ("last", "30 ก.พ. 70", "day.which"), ("yes", "ไม่", "picking.yes_or_cancel"),
])  # fmt: skip
def test_a_slip_is_told_and_the_question_stays(admin, store, at, said, key):
    admin.says("กำหนดปฏิทิน ITA")
    steps = {"first": ["eit"], "last": ["eit", "1 เม.ย. 70"], "yes": ["eit", "1 เม.ย. 70", "30 มิ.ย. 70"]}.get(at, [])
    for step in steps:
        admin.answers(step) if step == "eit" else admin.says(step)
    open_question = admin.asked_by
    assert admin.says(said).key == key
    assert admin.asked_by == open_question
    assert kept(store) == []


def test_a_window_that_is_over_is_kept_to_look_back_and_says_so(admin, store):
    admin.says("กำหนดปฏิทิน ITA")
    assert admin.says("OIT 1 มี.ค. 69 ถึง 30 เม.ย. 69").key == "windows.is_it_right_over"
    admin.answers("yes")
    assert [one.phase for one in store.windows.of_year(2569)] == [Phase.OIT]


def test_entering_it_again_shows_what_counts_now_and_takes_its_place(admin, store):
    for days in ("1 เม.ย. 70 ถึง 30 มิ.ย. 70", "8 เม.ย. 70 ถึง 30 มิ.ย. 70"):
        admin.says("กำหนดปฏิทิน ITA")
        asked = admin.says(f"EIT {days}")
        admin.answers("yes")
    assert [one.key for one in asked.bubbles] == ["windows.is_it_right", "windows.instead_of"]
    assert kept(store) == [(Phase.EIT, date(2027, 4, 8), date(2027, 6, 30), "p1")]


def test_of_two_who_enter_it_at_once_the_second_is_told_and_asked_again(admin, store):
    other = Talk(store, a_person(Role.ADMIN, key="p2"), user="U2")
    for one, until in ((admin, "30 มิ.ย. 70"), (other, "31 พ.ค. 70")):
        one.says("กำหนดปฏิทิน ITA")
        one.says(f"EIT 1 เม.ย. 70 ถึง {until}")
    assert other.answers("yes").key == "windows.saved"
    again = admin.answers("yes")
    assert [one.key for one in again.bubbles] == [
        "windows.is_it_right",
        "windows.instead_of",
        "windows.changed_meanwhile",
    ]
    assert kept(store) == [(Phase.EIT, date(2027, 4, 1), date(2027, 5, 31), "p2")]
    assert admin.answers("yes").key == "windows.saved"
    assert kept(store) == [EIT]


def test_of_two_who_enter_the_same_both_are_told_that_it_is_kept(admin, store):
    other = Talk(store, a_person(Role.ADMIN, key="p2"), user="U2")
    for one in (admin, other):
        one.says("กำหนดปฏิทิน ITA")
        one.says("EIT 1 เม.ย. 70 ถึง 30 มิ.ย. 70")
    assert [other.answers("yes").key, admin.answers("yes").key] == ["windows.saved"] * 2


def test_an_entry_is_removed_by_tap_or_by_name_and_none_says_so(admin, store):
    for answer in (lambda: admin.answers("2570 eit"), lambda: admin.says("eit")):
        admin.says("กำหนดปฏิทิน ITA")
        admin.says("EIT 1 เม.ย. 70 ถึง 30 มิ.ย. 70")
        admin.answers("yes")
        assert admin.says("ลบช่วงที่กำหนด").key == "windows.remove_which"
        assert admin.says("oit").key == "windows.which_removed"
        assert answer().key == "windows.removed"
        assert kept(store) == []
    assert admin.says("ลบช่วงที่กำหนด").key == "windows.none_entered"


def test_nobody_else_may(store):
    for role in (Role.STAFF, Role.HEAD, Role.EXECUTIVE):
        assert Talk(store, a_person(role, key="p7"), user="U7").says("กำหนดปฏิทิน ITA").key == "help.not_allowed"
    assert Talk(store, a_person(), user="U8").taps("windows.remove").key == "help.not_allowed"
