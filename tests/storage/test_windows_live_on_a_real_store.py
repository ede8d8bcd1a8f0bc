"""The calendar of the assessment on the stores that agencies have: entered, told, taken out, its address changed."""

from datetime import date

import pytest

from handlers.kit import Link
from itadomain.assessment.windows import Phase
from itadomain.people import Role
from tests.fakes import a_person
from tests.storage.real_talk import RealTalk
from tests.talk import Reading

ASKED = "อีกกี่วันปิดระบบ ITAS"


@pytest.fixture
def admin(house):
    talk = RealTalk(house, house.add_agency("north"), a_person(Role.ADMIN, key="a" * 32))
    talk._understanding.told[ASKED] = Reading("assessment_calendar")
    return talk


def test_what_an_administrator_enters_is_told_until_it_is_taken_out(admin):
    assert admin.says(ASKED).key == "assessment.nothing_known"
    admin.says("กำหนดปฏิทิน ITA")
    admin.says("EIT 1 เม.ย. 70 ถึง 30 มิ.ย. 70")
    assert admin.answers("yes").key == "windows.saved"
    (kept,) = admin.keeps(lambda store: store.windows.of_year(2570))
    assert (kept.phase, kept.first, kept.last, kept.by) == (Phase.EIT, date(2027, 4, 1), date(2027, 6, 30), "a" * 32)
    assert admin.says(ASKED).key == "assessment.left_ahead"
    admin.says("ลบช่วงที่กำหนด")
    assert admin.answers("2570 eit").key == "windows.removed"
    assert admin.says(ASKED).key == "assessment.nothing_known"


def test_a_refused_entry_leaves_nothing(admin):
    admin.says("กำหนดปฏิทิน ITA")
    admin.answers("eit")
    admin.says("1 เม.ย. 70")
    assert admin.says("1 มี.ค. 70").key == "assessment.ends_before_it_starts"
    assert admin.keeps(lambda store: store.windows.of_year(2570)) == []


def test_the_address_of_a_calendar_is_given_and_changed(house):
    house.core.agencies._site = "https://bot.example.go.th"
    staff = RealTalk(house, house.add_agency("north"), a_person(Role.STAFF, key="b" * 32))
    assert links(staff.says("ปฏิทินของฉัน")) == ["calendar:1"]
    staff.says("เปลี่ยนที่อยู่ปฏิทิน")
    assert links(staff.answers("yes")) == ["calendar:2"]
    assert links(staff.says("ปฏิทินของฉัน")) == ["calendar:2"]


def links(reply):
    return [tap.uri for tap in reply.taps if isinstance(tap, Link)]
