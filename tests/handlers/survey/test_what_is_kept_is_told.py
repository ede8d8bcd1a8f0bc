"""«ข้อมูลของฉัน» tells what surveys keep of somebody; «ลบข้อมูลของฉัน» drops what was not sent, and names what stays."""

from tests.handlers.survey.asking import begins, box


def told(reply):
    return [(row.label.key, getattr(row.value, "key", "")) for row in reply.bubbles[0].rows]


def test_what_was_begun_is_named_and_goes(agency, citizen, long):
    begins(citizen)
    citizen.says("มาก")
    citizen.says("ข้อมูลของฉัน")
    assert "รู้เพียงว่าชวนหรือตอบแล้ว 1 แบบ ไม่ใช่ตอบอะไร, ตอบค้างไว้ยังไม่ส่ง 1 แบบ" in citizen.words
    sure = citizen.says("ลบข้อมูลของฉัน")
    assert {("privacy.goes", "privacy.goes_begun"), ("privacy.stays", "privacy.stays_answered")} <= set(told(sure))
    assert citizen.says("ลบเลย").key == "privacy.deleted"
    assert agency.participation.drafts == {}


def test_that_somebody_answered_stays_and_what_they_answered_is_nobodys(agency, citizen, long):
    begins(citizen)
    for said in ("3", "3", "มี", "ส่งคำตอบ"):
        citizen.says(said)
    citizen.says("ข้อมูลของฉัน")
    assert "ตอบค้างไว้" not in citizen.words
    citizen.says("ลบข้อมูลของฉัน")
    assert "คำตอบที่ส่งแล้วไม่มีชื่อผู้ตอบ" in citizen.words
    citizen.says("ลบเลย")
    assert len(box(agency)) == 1
    assert agency.participation.of(long.id, "villager") is not None


def test_where_no_survey_knows_them_nothing_is_said_of_surveys(citizen, long):
    citizen.says("ข้อมูลของฉัน")
    assert "แบบสำรวจ" not in citizen.words
