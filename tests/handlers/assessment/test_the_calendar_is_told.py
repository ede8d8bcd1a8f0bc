"""The script of the assessment's calendar: one number first, then the year; what is not confirmed says so."""

from datetime import date

import pytest

from handlers.kit import Card
from itadomain.assessment.entering import entered
from itadomain.assessment.windows import Phase
from itadomain.people import Role
from tests.fakes import a_person, an_agency
from tests.talk import Reading, Talk

APRIL = date(2027, 4, 27)
ASKED = "อีกกี่วันปิดระบบ ITAS"


@pytest.fixture
def agency():
    store = an_agency()
    for phase, first, last in (
        (Phase.OIT, date(2027, 3, 1), date(2027, 4, 30)),
        (Phase.EIT, date(2027, 4, 1), date(2027, 6, 30)),
        (Phase.RESULTS, date(2027, 8, 15), date(2027, 8, 15)),
    ):
        store.windows.save(entered(phase, first, last, date(2026, 11, 20), note="หนังสือ ป.ป.ช."))
    return store


def talking(agency, *roles, today=APRIL, **more):
    talk = Talk(agency, a_person(*roles, key="p1"), today=today, **more)
    said = (
        ASKED,
        "ต้องส่ง OIT วันสุดท้ายวันไหนคะ",
        "ประกาศผลเดือนไหนอะ",
        "ปฏิทินปี 2565",
        "ปฏิทินปี 2570",
        "iit ถึงวันไหน",
        "ปฏิทินปี 2567",
    )
    talk._understanding.told |= {one: Reading("assessment_calendar") for one in said}
    return talk


def rows(talk, reply):
    (card,) = [one for one in reply.bubbles if isinstance(one, Card)]
    return {talk.voice(row.label): talk.voice(row.value) for row in card.rows}


def test_the_script_how_many_days_are_left_stands_first(agency):
    talk = talking(agency)
    told = talk.says(ASKED)
    assert talk.words.splitlines()[0] == "เหลืออีก 3 วัน (ถึง 30 เม.ย. 2570): ส่งข้อมูล OIT"
    assert rows(talk, told)["ส่งข้อมูล OIT"] == "1 มี.ค. 2570 ถึง 30 เม.ย. 2570 · หน่วยงานกำหนด (หนังสือ ป.ป.ช.)"
    assert rows(talk, told)["ลงทะเบียนข้อมูล"] == "น่าจะเป็น 1 ม.ค. 2570 ถึง 28 ก.พ. 2570 ตามปีก่อน ๆ (ยังไม่ยืนยัน)"
    assert rows(talk, told)["ตอบแบบวัด IIT"] == "ยังไม่มีข้อมูล"
    assert list(rows(talk, told))[:4] == ["ลงทะเบียนข้อมูล", "ตอบแบบวัด IIT", "ตอบแบบวัด EIT", "ส่งข้อมูล OIT"]


@pytest.mark.parametrize(("today", "first"), [
    (date(2027, 4, 30), "วันนี้เป็นวันสุดท้าย (30 เม.ย. 2570): ส่งข้อมูล OIT"),
    (date(2027, 5, 1), "เหลืออีก 60 วัน (ถึง 30 มิ.ย. 2570): ตอบแบบวัด EIT"),
    (date(2027, 7, 31), "เริ่มในอีก 15 วัน: ประกาศผล 15 ส.ค. 2570"),
    (date(2026, 12, 1), "เริ่มในอีก 90 วัน: ส่งข้อมูล OIT 1 มี.ค. 2570 ถึง 30 เม.ย. 2570"),
    (date(2027, 8, 16), "ประกาศผล: สิ้นสุดแล้วเมื่อ 15 ส.ค. 2570"),
])  # fmt: skip
def test_on_other_days_it_says_otherwise(agency, today, first):
    talk = talking(agency, today=today)
    talk.says(ASKED)
    assert talk.words.splitlines()[0] == first


def test_a_window_that_is_named_is_answered_for(agency):
    talk = talking(agency)
    assert talk.says("ประกาศผลเดือนไหนอะ").facts["days"] == 110
    assert talk.says("iit ถึงวันไหน").key == "assessment.not_this_one"


def test_a_former_year_tells_what_was_found_and_where(agency):
    talk = talking(agency)
    told = talk.says("ปฏิทินปี 2565")
    assert told.facts["last"] == date(2022, 8, 1)
    assert rows(talk, told)["ส่งข้อมูล OIT"] == "1 มี.ค. 2565 ถึง 30 เม.ย. 2565 · ยืนยันแล้ว ที่มา ts-local.com, itas.nacc.go.th"
    whole = talk.says("ปฏิทินปี 2567")
    assert list(rows(talk, whole)) == ["การประเมินทั้งหมด", "ประกาศผล"]


def test_of_a_year_without_a_source_nothing_is_told_as_a_fact():
    talk = talking(an_agency())
    told = talk.says("ปฏิทินปี 2570")
    assert told.key == "assessment.nothing_known"
    assert all("ยังไม่" in value for value in rows(talk, told).values())


def test_one_turns_from_year_to_year_as_far_as_there_is_one(agency):
    talk = talking(agency)
    told = talk.says(ASKED)
    assert {"ปี 2569", "ปี 2571"} <= set(talk.offered(told))
    oldest = talk.taps("assessment.calendar", year=2562)
    assert [one for one in talk.offered(oldest) if one.startswith("ปี ")] == ["ปี 2563"]
    for year in (0, 99_999, -5):
        assert talk.taps("assessment.calendar", year=year).bubbles


def test_a_group_is_told_the_same_without_taps(agency):
    group = talking(agency, group="C1")
    group.says(ASKED, mention=True)
    assert group.words.splitlines()[0].startswith("เหลืออีก 3 วัน")


def test_only_administrators_are_shown_the_way_to_change_it(agency):
    assert "กำหนดปฏิทิน" not in (citizen := talking(agency)).offered(citizen.says(ASKED))
    assert "กำหนดปฏิทิน" not in (staff := talking(agency, Role.STAFF)).offered(staff.says(ASKED))
    assert "กำหนดปฏิทิน" in (admin := talking(agency, Role.ADMIN)).offered(admin.says(ASKED))
