"""Which rungs there are beside the usual ones, and from when on: an administrator says so in the chat."""

from datetime import timedelta

import pytest

from itadomain.people import Role
from itadomain.reminding import chosen
from itadomain.reminding.rungs import Rung
from tests.fakes import a_person
from tests.handlers.reminding import DUE, runs
from tests.talk import Talk


@pytest.fixture
def admin(agency):
    return Talk(agency, a_person(Role.ADMIN, key="admin"), today=DUE, user="Uadmin")


def test_the_script_a_rung_is_added_and_people_are_told_on_it(agency, admin):
    shown = admin.says("ตั้งค่าการเตือน")
    assert admin.offered(shown) == ["เพิ่ม: เมื่อเปิดรอบ", "เพิ่ม: กลางรอบ", "เพิ่ม: ก่อน 1 วัน", "เปลี่ยนเวลา"]
    again = admin.taps(shown.taps[2])
    assert admin.offered(again)[2] == "ไม่เตือน: ก่อน 1 วัน"
    assert chosen.rungs(agency.settings) == {Rung.DAY_BEFORE}
    runs(agency, DUE - timedelta(7))
    assert "p2" in runs(agency, DUE - timedelta(5))  # before New Year's days off, and the weekend


def test_a_rung_may_be_dropped_and_the_usual_ones_stay(agency, admin):
    chosen.choose_rungs(agency.settings, {Rung.OPENING, Rung.DAY_BEFORE})
    admin.taps("reminding.choose", rung="opening", wanted="no")
    assert chosen.rungs(agency.settings) == {Rung.DAY_BEFORE}
    admin.taps("reminding.choose", rung="late", wanted="no")
    assert chosen.rungs(agency.settings) == {Rung.DAY_BEFORE}


def test_the_same_tap_twice_is_the_same(agency, admin):
    for _ in range(2):
        admin.taps("reminding.choose", rung="halfway", wanted="yes")
    assert chosen.rungs(agency.settings) == {Rung.HALFWAY}


@pytest.mark.parametrize(
    ("said", "time"),
    [("08.00", "08.00"), ("9", "09.00"), ("10 โมง", "11.00"), ("๑๓:๓๐ น.", "13.30"), ("14.00 น.", "15.30")],
)
def test_the_time_is_the_first_run_from_then_on(agency, admin, said, time):
    admin.taps("reminding.hour")
    assert admin.says(said).facts == {"time": time}
    hour, minute = map(int, time.split("."))
    assert "p2" in runs(agency, DUE, hour, minute)


@pytest.mark.parametrize(
    ("said", "key"),
    [("เช้า ๆ", "reminding.which_hour"), ("16.00", "reminders.no_such_hour"), ("6.00", "reminders.no_such_hour")],
)
def test_a_time_at_which_nobody_is_told_gets_a_sentence(agency, admin, said, key):
    admin.taps("reminding.hour")
    assert admin.says(said).key == key
    assert admin.asked_by == "reminding.hear_hour"


def test_nobody_else_sets_it(agency):
    for role in set(Role) - {Role.ADMIN}:
        talk = Talk(agency, a_person(role, unit="u2", key=role), today=DUE, user=f"U{role}")
        talk.taps("reminding.choose", rung="halfway", wanted="yes")
    assert chosen.rungs(agency.settings) == set()
