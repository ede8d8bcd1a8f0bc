"""«เตือนอีกที»: nothing more until the day that was asked for, and never past the due day of what is not late."""

from datetime import date, timedelta

import pytest

from handlers.kit import Day
from tests.handlers.plans import WHEN
from tests.handlers.reminding import DUE, WEEK_BEFORE, runs
from tests.talk import Talk


@pytest.fixture
def staff(agency):
    return Talk(agency, today=WEEK_BEFORE, user="Up2")


def test_the_script_it_is_said_again_on_the_day_that_was_asked_for(agency, staff):
    runs(agency, WEEK_BEFORE)
    asked = staff.says("เตือนอีกที")
    assert staff.offered(asked) == ["พรุ่งนี้", "อีก 3 วัน", "เลือกวัน", "ยกเลิก"]
    assert isinstance(asked.taps[2], Day)
    reply = staff.taps(asked.taps[0])
    assert (reply.key, reply.facts) == ("reminders.again", {"day": WEEK_BEFORE + timedelta(1)})
    assert "29 ธ.ค. 2569" in staff.words
    assert "p2" in runs(agency, WEEK_BEFORE + timedelta(1))


@pytest.mark.parametrize("said", ["29 ธ.ค.", "๒๙ ธ.ค. ๒๕๖๙", "พรุ่งนี้", "29/12/2569"])
def test_a_day_may_be_typed(agency, staff, said):
    staff.taps("reminders.later")
    assert staff.says(said).facts == {"day": WEEK_BEFORE + timedelta(1)}


def test_a_day_may_be_picked(agency, staff):
    staff.taps("reminders.later")
    assert staff.picks("2026-12-30").key == "reminders.again"
    assert runs(agency, WEEK_BEFORE + timedelta(1)) == {}
    assert "p2" in runs(agency, WEEK_BEFORE + timedelta(2))


def test_never_past_the_due_day_and_it_says_so(agency, staff):
    staff.taps("reminders.later")
    reply = staff.picks("2027-01-08")
    assert (reply.key, reply.facts) == ("reminders.again_on_its_day", {"day": DUE})
    assert "4 ม.ค. 2570" in staff.words
    assert "p2" in runs(agency, DUE)


def test_what_is_late_may_wait_past_its_day_and_the_ladder_goes_on(agency):
    talk = Talk(agency, today=WHEN, user="Up2")
    talk.taps("reminders.later")
    assert talk.picks("2027-01-22").key == "reminders.again"
    assert "ตามรอบเดิม" in talk.words
    assert [runs(agency, WHEN + timedelta(n)) for n in range(7)] == [{}] * 7
    assert "p2" in runs(agency, WHEN + timedelta(7))


@pytest.mark.parametrize(
    ("picked", "key"),
    [
        ("2026-12-27", "reminders.day_is_over"),
        ("2026-12-28", "reminders.day_is_over"),
        ("2027-01-28", "reminders.too_far"),
    ],
)
def test_a_day_that_will_not_do_gets_a_sentence_and_the_question_stays(agency, staff, picked, key):
    staff.taps("reminders.later")
    assert staff.picks(picked).key == key
    assert staff.asked_by == "reminders.hear_day"
    assert agency.reminders.of("p2").not_before is None


@pytest.mark.parametrize("said", ["อีก 2 วัน", "เตือนอีก ๒ วัน", "in 2 days", "30 ธ.ค."])
def test_days_are_told_as_people_tell_them(agency, staff, said):
    staff.taps("reminders.later")
    assert staff.says(said).facts == {"day": date(2026, 12, 30)}


@pytest.mark.parametrize("picked", ["2027-01-16", "2027-01-17"])
def test_a_day_off_is_no_day_that_is_promised(agency, picked):
    talk = Talk(agency, today=WHEN, user="Up2")
    talk.taps("reminders.later")
    assert talk.picks(picked).facts == {"day": date(2027, 1, 18)}


def test_yesterday_is_a_day_that_is_over(agency, staff):
    staff.taps("reminders.later")
    assert staff.says("เมื่อวาน").key == "reminders.day_is_over"


@pytest.mark.parametrize(("said", "key"), [
    ("เตือนอีก 3 วัน", "reminders.again"), ("เตือนอีกทีพรุ่งนี้", "reminders.again"),
    ("เตือนเมื่อวาน", "reminders.day_is_over"), ("remind me in 3 days", "reminders.again"),
])  # fmt: skip
def test_the_day_may_be_told_in_the_same_sentence(agency, staff, said, key):
    assert staff.says(said).key == key


def test_no_citizen_is_reminded_of_work(agency):
    Talk(agency, today=WHEN).says("เตือนอีก 3 วัน")
    assert agency.reminders.of("p2").not_before is None


def test_what_is_no_day_is_asked_again(agency, staff):
    staff.taps("reminders.later")
    assert staff.says("สักวันหนึ่ง").key == "day.which"


def test_an_answer_of_an_old_question_is_a_day_that_is_over(agency, staff):
    asked = staff.taps("reminders.later")
    tomorrow = Talk(agency, today=WEEK_BEFORE + timedelta(5), user="Up2")
    tomorrow.asked_by = staff.asked_by
    assert tomorrow.taps(asked.taps[0]).key == "reminders.day_is_over"


def test_who_reports_on_nothing_may_ask_too(agency):
    agency.obligations.kept.clear()
    talk = Talk(agency, today=WEEK_BEFORE, user="Up2")
    talk.taps("reminders.later")
    assert talk.says("พรุ่งนี้").key == "reminders.again"
