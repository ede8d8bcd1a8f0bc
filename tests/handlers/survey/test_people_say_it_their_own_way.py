"""Words that nobody was told to type are understood where they can mean one thing, and asked about where they cannot."""

import pytest

from tests.handlers.survey.asking import at, begins, box, knows


@pytest.mark.parametrize("yes", ["เริ่มเลยค่ะ", "ได้ค่ะ", "ตกลงครับ", "ตอบเลย", "เอา", "yes"])
def test_who_agrees_begins(citizen, long, yes):
    citizen.means("satisfaction_survey")
    assert at(citizen.says(yes)) == "1/3"


def test_what_is_no_yes_begins_nothing(citizen, long):
    citizen.means("satisfaction_survey")
    assert citizen.says("ไม่แน่ใจ").key == "survey.begin_or_later"


@pytest.mark.parametrize(("said", "step"), [("ไม่เคยค่ะ", 0), ("เคยครับ", 1), ("ไม่เคยมี", 0), ("never", 0)])
def test_whether_it_ever_happened_is_said_with_never_too(agency, citizen, long, said, step):
    begins(citizen)
    citizen.says("มาก")
    citizen.says("มาก")
    citizen.says(said)
    citizen.says("ส่งคำตอบ")
    assert box(agency)[0].answers["E2"] == step


def test_praise_that_could_be_two_answers_is_asked_about_and_no_goodbye(citizen, visit):
    knows(citizen, "thanks", "ดีมาก")
    citizen.taps("survey.short")
    asked = citizen.says("ดีมาก")
    assert (asked.key, citizen.offered(asked)[4]) == ("survey.one_of_these", "5 พอใจมากที่สุด")
    assert citizen.says("5").key == "survey.why"


def test_a_poster_that_is_scanned_once_more_is_no_opinion(agency, citizen, long):
    begins(citizen)
    for said in ("มาก", "มาก", "มี"):
        citizen.says(said)
    assert citizen.says("ตอบแบบสำรวจ K7Q2").key == "survey.more"
    assert citizen.says("ตอบแบบสำรวจยากมาก").key == "survey.with_words"


@pytest.mark.parametrize("way", ["ตอบต่อ", "ทำต่อ"])
def test_it_is_gone_on_with_in_short(citizen, long, way):
    begins(citizen)
    citizen.says("มาก")
    citizen.says("หยุดไว้ก่อน")
    assert at(citizen.says(way)) == "2/3"


def test_what_stays_in_the_survey_is_not_called_a_report(citizen, long):
    """Nobody looks into it, and it has no number: who taps it must not think so."""
    knows(citizen, "report_corruption", "หัวหน้าเรียกเงินใต้โต๊ะ")
    begins(citizen)
    for said in ("มาก", "มาก", "มี"):
        citizen.says(said)
    asked = citizen.says("หัวหน้าเรียกเงินใต้โต๊ะ")
    assert "ไม่มีเลขติดตาม" in citizen.words
    assert citizen.offered(asked)[:2] == ["ใช่ ไปช่องทางอื่น", "ไม่ใช่ เป็นความเห็น"]
