"""What is sent amid a survey begins a problem and loses no answer; a poster that is scanned amid a problem is no word of it."""

import pytest

from bot.nlu import load
from bot.texts import LOCALES
from itadomain.surveys.survey import Kind
from tests.handlers.survey.asking import POSTER, at, begins, box, labels, opens

IMAGE = {"type": "image", "id": "901", "contentProvider": {"type": "line"}}
VOICE = {"type": "audio", "id": "902", "duration": 4000, "contentProvider": {"type": "line"}}
FILE = {"type": "file", "id": "903", "fileName": "a.pdf", "fileSize": 10}
PLACE = {"type": "location", "id": "904", "title": "", "address": "หน้าวัด", "latitude": 8.4, "longitude": 98.2}
STORY = "ไฟถนนหน้าวัดดับมาสามคืนแล้ว เด็กเดินกลับบ้านมืดมาก มีคนล้มไปสองคน ช่วยมาดูด้วย"


def sends(talk, message):
    return talk.sends({"type": "message", "message": message})


@pytest.mark.parametrize("message", [IMAGE, VOICE, FILE, PLACE], ids=lambda one: one["type"])
def test_what_is_sent_amid_a_survey_begins_a_problem_and_the_answers_are_kept(agency, citizen, long, message):
    begins(citizen)
    citizen.says("มาก")
    told = sends(citizen, message)
    assert [one.key for one in told.bubbles] == ["survey.kept_beside", "complaint.notice", "complaint.so_far"]
    assert "คำตอบแบบสำรวจยังอยู่ครบค่ะ" in citizen.words
    (on,) = [tap for tap in told.taps if citizen.voice(tap.label) == "ทำแบบสำรวจต่อ"]
    assert at(citizen.taps(on)) == "2/3"


def test_what_is_sent_amid_own_words_does_the_same(agency, citizen, long):
    begins(citizen)
    for said in ("มาก", "มาก", "มี"):
        citizen.says(said)
    assert sends(citizen, IMAGE).key == "survey.kept_beside"
    citizen.says("เก้าอี้หัก")
    assert citizen.says("ทำแบบสำรวจต่อ").bubbles[-1].key == "survey.more"


def test_words_that_were_not_sent_are_said_to_be_lost_where_a_photo_comes(agency, citizen, long):
    begins(citizen)
    for said in ("มาก", "มาก", "มี"):
        citizen.says(said)
    assert citizen.says("เก้าอี้รอไม่พอ").key == "survey.with_words"
    told = sends(citizen, IMAGE)
    assert (told.key, told.facts) == ("survey.kept_but_words", {"said": "เก้าอี้รอไม่พอ"})


def test_what_is_sent_where_no_survey_is_asked_says_nothing_of_surveys(citizen, long):
    assert sends(citizen, IMAGE).key == "complaint.notice"
    citizen.taps("complaint.start")
    assert sends(citizen, PLACE).key == "complaint.so_far"


@pytest.fixture
def real(citizen):
    citizen._turns._understanding = load(LOCALES)
    return citizen


@pytest.mark.parametrize("said", [POSTER, "ตอบแบบสำรวจ k7q2", "ตอบแบบสำรวจ"])
def test_a_poster_scanned_amid_a_problem_is_no_word_of_it_and_loses_nothing(agency, real, long, said):
    real.taps("complaint.start")
    real.says(STORY)
    scanned = real.says(said)
    assert (scanned.key, real.asked_by) == ("survey.after_this", "complaint.gather")
    assert "ส่งเรื่อง" in real.offered(scanned)
    real.says("อยู่หมู่ 3")
    assert real.says("ส่งเรื่อง").key != "complaint.tell"
    draft = agency.places.of("villager", 0).draft
    assert [part[1] for part in draft["parts"]] == [STORY, "อยู่หมู่ 3"]


@pytest.mark.parametrize("at_which", ["ส่งเรื่อง", "ยกเลิก"])
def test_nor_at_a_later_question_of_it(real, long, at_which):
    real.taps("complaint.start")
    real.says(STORY)
    before = real.says(at_which)
    scanned = real.says(POSTER)
    assert scanned.key == "survey.after_this"
    assert labels(real, scanned) == labels(real, before)


@pytest.mark.parametrize("said", ["ตอบแบบสำรวจยากมาก", "ตอบแบบสำรวจ 2570", "ตอบแบบสำรวจ K7Q2 ไม่ได้"])
def test_words_about_a_survey_are_words(agency, real, long, said):
    real.taps("complaint.start")
    assert real.says(said).key != "survey.after_this"


def test_what_the_poster_says_names_its_own_code(real, long):
    real.taps("complaint.start")
    real.says(STORY)
    real.says(POSTER)
    assert "พิมพ์ «ตอบแบบสำรวจ K7Q2»" in real.words


def test_a_poster_scanned_at_a_door_opens_that_of_its_own_point(agency, real, long):
    real.says("ตอบแบบสำรวจ")
    assert real.says(POSTER).key == "survey.ours"
    real.says("เริ่ม")
    for said in ("มาก", "มาก", "มี", "ส่งคำตอบ"):
        real.says(said)
    assert [one.point for one in box(agency)] == ["K7Q2"]


def test_a_poster_scanned_amid_a_survey_goes_on_with_it(real, long):
    real.says(POSTER)
    real.says("เริ่ม")
    real.says("มาก")
    assert at(real.says(POSTER)) == "2/3"
    real.says("มาก")
    real.says("มี")
    real.says("ป้ายเล็กไป")
    assert real.says(POSTER).facts == {"said": "ป้ายเล็กไป"}


def test_a_poster_of_another_point_amid_the_short_one_is_another_visit(agency, real):
    opens(agency, Kind.VISIT)
    real.says("ตอบแบบสำรวจ")
    assert at(real.says(POSTER)) == "1/1"
    real.says("5")
    real.says("ส่งคำตอบ")
    assert [one.point for one in box(agency)] == ["K7Q2"]
