"""The script: from the poster or the menu over every question to the box, in taps or in words."""

from datetime import timedelta

import pytest

from handlers.kit import Card
from itadomain.surveys.questionnaire import Answering
from itadomain.surveys.survey import Ballot, Kind, Mark, Standing
from tests.fakes import TODAY
from tests.handlers.survey.asking import POSTER, an_item, at, begins, box, closes, labels, opens
from tests.talk import Talk

LEVELS = ["1 น้อยที่สุดหรือไม่มีเลย", "2 น้อย", "3 มาก", "4 มากที่สุด"]
WAYS = ["ข้าม", "ย้อนกลับ", "หยุดไว้ก่อน"]
AT_FIRST = ["ข้าม", "หยุดไว้ก่อน"]  # there is nothing to go back to


def test_the_script_from_the_poster_to_the_box(agency, citizen, long, visit):
    door = citizen.says(POSTER)
    assert labels(citizen, door) == ["เริ่มตอบ", "ตอบแบบสั้น", "ไว้ทีหลัง", "ตอบแบบของ ป.ป.ช. แล้ว"]
    assert citizen.words.startswith("แบบสำรวจของหน่วยงาน ไม่ใช่แบบ EIT ของ ป.ป.ช.")
    assert "3 ข้อ ใช้เวลาประมาณ 1 นาที" in citizen.words
    assert "ยังโยงถึงไลน์ของท่านได้ จนมีผู้ตอบครบ 5 คน" in citizen.words
    first = citizen.says("เริ่มตอบ")
    assert (at(first), labels(citizen, first)) == ("1/3", [*LEVELS, *AT_FIRST])
    assert "คำถาม E1" in citizen.words
    assert "ตามขั้นตอน" in citizen.words
    assert at(citizen.says("มากค่ะ")) == "2/3"
    assert "คำถาม E1" in citizen.words  # the stem stands over every part
    third = citizen.says("๔")
    assert (at(third), labels(citizen, third)) == ("3/3", ["ไม่มี", "มี", *WAYS])
    assert citizen.says("ไม่มีเลย").key == "survey.more"
    assert citizen.says("อยากให้เปิดวันเสาร์").facts == {"said": "อยากให้เปิดวันเสาร์"}
    sent = citizen.says("ส่งคำตอบ")
    assert "ไม่ใช่แบบ EIT ของ ป.ป.ช." in citizen.words
    assert sent.key == "survey.sent"
    assert box(agency) == [Ballot(long.id, "K7Q2", {"E1.1": 2, "E1.2": 3, "E2": 0}, "อยากให้เปิดวันเสาร์")]
    assert agency.participation.of(long.id, "villager") == Mark(Standing.ANSWERED, TODAY)
    assert agency.participation.draft("villager", long.id) is None


def test_nobody_answers_a_round_twice(agency, citizen, long, visit):
    begins(citizen)
    for said in ("3", "3", "มี", "ส่งคำตอบ"):
        citizen.says(said)
    again = citizen.says(POSTER)
    assert (again.key, citizen.offered(again)[0]) == ("survey.answered_already", "ตอบแบบสั้น")
    citizen.taps("survey.start")
    citizen.taps("survey.resume")
    assert len(box(agency)) == 1


SCALES = {
    Answering.LEVELS: LEVELS,
    Answering.YES_NO: ["ไม่มี", "มี"],
    Answering.SIX: [
        "1 ไม่เห็นด้วยอย่างยิ่ง", "2 ไม่เห็นด้วย", "3 ค่อนข้างไม่เห็นด้วย", "4 ค่อนข้างเห็นด้วย", "5 เห็นด้วย", "6 เห็นด้วยอย่างยิ่ง",
    ],
    Answering.FIVE: ["1 พอใจน้อยที่สุด", "2 พอใจน้อย", "3 ปานกลาง", "4 พอใจมาก", "5 พอใจมากที่สุด"],
}  # fmt: skip


@pytest.mark.parametrize("scale", Answering)
def test_each_scale_stands_from_low_to_high_and_is_typed_by_its_labels(agency, citizen, scale):
    survey = opens(agency, Kind.OUTSIDERS, [an_item(f"E{nth}", scale) for nth, _ in enumerate(SCALES[scale], 1)])
    shown = begins(citizen)
    for nth, label in enumerate(SCALES[scale]):
        assert labels(citizen, shown) == [*SCALES[scale], *(WAYS if nth else AT_FIRST)]
        shown = citizen.says(label)
    citizen.says("ส่งคำตอบ")
    assert [list(one.answers.values()) for one in box(agency)] == [list(range(len(SCALES[scale])))], survey


@pytest.mark.parametrize("said", ["มากๆ", "ปานกลาง", "5", "0", "3 น้อย", "ก็ดีนะ", "1 หรือ 2"])
def test_what_is_no_clear_answer_is_asked_again_and_nothing_is_guessed(agency, citizen, long, said):
    begins(citizen)
    reply = citizen.says(said)
    assert (reply.key, labels(citizen, reply)) == ("survey.one_of_these", [*LEVELS, *AT_FIRST])
    assert agency.participation.draft("villager", long.id).answers == {}
    assert at(citizen.says("มาก")) == "2/3"


def test_a_tap_that_comes_twice_answers_one_question(agency, citizen, long):
    begins(citizen)
    citizen.answers("E1.1:3")
    assert at(citizen.answers("E1.1:3")) == "2/3"
    assert agency.participation.draft("villager", long.id).answers == {"E1.1": 3}
    citizen.answers("E1.2:3")
    citizen.answers("E2:1")
    assert citizen.answers("E2:1").key == "survey.more"
    assert box(agency) == []


@pytest.mark.parametrize("forged", ["E1.1:9", "E1.1:send", "E1.1:", "E1.1:x", "skip", "๓"])
def test_a_forged_tap_answers_nothing(agency, citizen, long, forged):
    begins(citizen)
    citizen.answers(forged)
    assert agency.participation.draft("villager", long.id).answers == {}


def test_one_goes_back_and_answers_anew(agency, citizen, long):
    begins(citizen)
    citizen.says("มาก")
    citizen.says("น้อย")
    assert at(citizen.says("ย้อนกลับ")) == "2/3"
    assert "ตอบไว้แล้ว: 2 น้อย" in citizen.words
    assert at(citizen.says("กลับ")) == "1/3"
    assert citizen.says("ย้อนกลับ").key == "survey.is_the_first"
    assert at(citizen.says("มากที่สุด")) == "3/3"  # what was answered after it still counts
    citizen.says("มี")
    assert at(citizen.says("ย้อนกลับ")) == "3/3"
    citizen.says("ข้าม")
    citizen.says("ส่งคำตอบ")
    assert [one.answers for one in box(agency)] == [{"E1.1": 3, "E1.2": 1}]


def test_words_are_added_mended_and_left_out(agency, citizen, long):
    begins(citizen)
    for said in ("3", "3", "มี"):
        citizen.says(said)
    citizen.says("เก้าอี้ไม่พอ")
    assert citizen.says("เก้าอี้รอไม่พอ").facts == {"said": "เก้าอี้รอไม่พอ"}
    assert citizen.says("ไม่ส่งข้อความนี้").key == "survey.more"
    assert citizen.says("ก" * 501).key == "survey.too_long"
    assert citizen.says("K7QX-93FD-AB12-CD34").key == "case.is_a_code"
    assert citizen.says("ไม่มีค่ะ").key == "survey.sent"  # an answer to «anything to add?»
    assert [one.why for one in box(agency)] == [""]


def test_words_that_are_taken_back_are_gone(agency, citizen, long):
    begins(citizen)
    for said in ("3", "3", "มี"):
        citizen.says(said)
    citizen.sends({"type": "message", "message": {"type": "text", "id": "m1", "text": "ชื่อสมชาย"}})
    citizen.does("unsend", unsend={"messageId": "m1"})
    citizen.answers("send")
    assert [one.why for one in box(agency)] == [""]


def test_who_skips_everything_has_nothing_to_send(agency, citizen, long):
    begins(citizen)
    for _ in range(3):
        citizen.says("ข้าม")
    assert citizen.says("ส่งคำตอบ").key == "survey.nothing_answered"
    assert at(citizen.says("ย้อนกลับ")) == "3/3"
    citizen.says("มี")
    citizen.says("ส่งคำตอบ")
    assert [one.answers for one in box(agency)] == [{"E2": 1}]


def test_in_english_it_is_the_same(agency, talk, long):
    talking = talk()
    talking.language = "en"
    agency.people.save(agency.people.kept["Uvillager"].speaking("en"))
    first = begins_in_english(talking)
    assert labels(talking, first)[:4] == ["1 Least or none", "2 A little", "3 A lot", "4 The most"]
    assert "Question 1 of 3" in talking.words
    talking.says("a lot")
    assert talking.says("stop").key == "survey.stopped"
    assert at(talking.says("go on with survey")) == "2/3"
    talking.says("the most")
    talking.says("no")
    talking.says("Send my answers")
    assert [one.answers for one in box(agency)] == [{"E1.1": 2, "E1.2": 3, "E2": 0}]


def begins_in_english(talking: Talk):
    talking.means("satisfaction_survey")
    assert "not the EIT of the NACC" in talking.words
    return talking.says("Begin")


def test_a_survey_that_closed_meanwhile_says_so_and_keeps_nothing(agency, citizen, long):
    begins(citizen)
    citizen.says("มาก")
    closes(agency, long)
    reply = citizen.says("มาก")
    assert (reply.key, reply.bubbles[1].key) == ("surveys.none_open", "survey.not_sent")
    assert citizen.says("มาก").key == "help.not_understood"
    assert box(agency) == []


def test_a_round_ends_with_its_last_day(agency, talk):
    survey = opens(agency, Kind.OUTSIDERS, closes_on=TODAY)
    talking = talk()
    begins(talking)
    talking.says("มาก")
    talking.today = TODAY + timedelta(days=1)
    assert talking.says("มาก").key == "surveys.is_over"
    assert agency.participation.of(survey.id, "villager").standing is Standing.STARTED


def test_every_question_is_a_card_in_large_letters(citizen, long):
    reply = begins(citizen)
    (card,) = reply.bubbles
    assert isinstance(card, Card)
    assert citizen.voice(card.text) == "คำถาม E1\n\n• ตามขั้นตอน"
    assert [citizen.voice(note) for note in card.notes] == [f"ตอบได้: {', '.join(LEVELS)}"]
