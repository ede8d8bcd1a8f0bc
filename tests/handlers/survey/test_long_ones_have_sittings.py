"""A long survey is answered in sittings: after each one goes on, sends what was answered, or leaves it for later."""

from copy import copy
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.nlu import load
from bot.texts import LOCALES
from handlers.kit import Card
from itadomain.surveys import sitting
from itadomain.surveys.survey import Draft, Kind, Mark, Standing
from tests.fakes import TODAY, a_person
from tests.handlers.survey.asking import CITIZEN, an_item, at, box, knows, labels, opens
from tests.talk import Talk

#: Three indicators of thirteen bubbles: three sittings.
ITEMS = [replace(an_item(f"I{no}{nth:02}"), indicator=no) for no in (1, 2, 3) for nth in range(13)]


@pytest.fixture
def long(agency):
    return opens(agency, Kind.OUTSIDERS, ITEMS)


@pytest.fixture
def sittings(agency, long):
    """As whoever begins next is asked them."""
    lot = f"id{next(copy(agency.numbered))}"
    draft = Draft(long.id, CITIZEN.id, TODAY, lot=lot)
    return [[slot.code for slot in one] for one in sitting.sittings(long, draft)]


def begins(talk: Talk):
    talk.means("satisfaction_survey")
    return talk.says("เริ่มตอบ")


def passes(talk: Talk, said: str = "มาก", times: int = 13):
    for _ in range(times):
        reply = talk.says(said)
    return reply


def nth(talk: Talk, reply) -> str:
    card = reply.bubbles[-1]
    assert isinstance(card, Card)
    return talk.voice(card.title)


def test_the_door_says_in_how_many_parts_it_is_asked(citizen, long):
    citizen.means("satisfaction_survey")
    assert "39 ข้อ แบ่งเป็น 3 ตอน ตอนละไม่เกิน 2 นาที ตอบตอนเดียวก็ส่งได้" in citizen.words


def test_the_script_from_sitting_to_sitting(agency, citizen, long, sittings):
    assert nth(citizen, begins(citizen)) == "ข้อ 1 จาก 13 · ตอนแรก"
    border = passes(citizen)
    assert labels(citizen, border) == ["ทำตอนต่อไป", "ส่งคำตอบเท่านี้", "ไว้ทีหลัง"]
    assert "ครบตอนแรกแล้ว ขอบคุณค่ะ" in citizen.words
    assert "เหลืออีก 2 ตอน รวม 26 ข้อ ประมาณ 3 นาที" in citizen.words
    assert nth(citizen, citizen.says("ทำตอนต่อไป")) == "ข้อ 1 จาก 13 · ตอนที่ 2"
    passes(citizen)
    assert "ครบ 2 ตอนแล้ว ขอบคุณค่ะ" in citizen.words
    assert "เหลือตอนสุดท้าย 13 ข้อ ประมาณ 2 นาที" in citizen.words
    assert nth(citizen, citizen.answers("on")) == "ข้อ 1 จาก 13 · ตอนสุดท้าย"
    assert passes(citizen).key == "survey.more"
    citizen.says("ส่งคำตอบ")
    (ballot,) = box(agency)
    assert sorted(ballot.answers) == sorted(code for one in sittings for code in one)
    assert list(ballot.answers) == sorted(ballot.answers), "in the official order, whoever answered it"


def test_who_would_rather_go_on_than_send_goes_on_unless_words_would_be_lost(citizen, long):
    begins(citizen)
    passes(citizen)
    citizen.says("ส่งคำตอบเท่านี้")
    assert nth(citizen, citizen.says("ทำต่อ")) == "ข้อ 1 จาก 13 · ตอนที่ 2"
    passes(citizen)
    citizen.says("ส่งคำตอบเท่านี้")
    citizen.says("ป้ายเล็กไป")
    assert citizen.says("ทำต่อ").key == "survey.with_words"


def test_one_sitting_alone_is_sent(agency, citizen, long, sittings):
    begins(citizen)
    passes(citizen)
    assert citizen.says("ส่งคำตอบเท่านี้").key == "survey.more_so_far"
    citizen.says("ป้ายเล็กไป")
    assert citizen.says("โอเค").key == "survey.sent"
    (ballot,) = box(agency)
    assert (sorted(ballot.answers), ballot.why) == (sorted(sittings[0]), "ป้ายเล็กไป")
    assert citizen.means("satisfaction_survey").key == "survey.answered_already"


@pytest.mark.parametrize(
    ("said", "key"),
    [("ต่อ", "1/13"), ("ต่อเลยค่ะ", "1/13"), ("ได้ค่ะ", "1/13"), ("โอเค", "1/13"), ("next", "1/13"), ("Go on", "1/13"),
     ("พอแค่นี้ ส่งเลย", "survey.more_so_far"), ("ส่งเท่านี้ค่ะ", "survey.more_so_far"), ("send", "survey.more_so_far"),
     ("that's all", "survey.more_so_far"), ("ไว้ก่อน", "survey.stopped"), ("พอแล้ว", "survey.stopped"),
     ("later", "survey.stopped"), ("stop", "survey.stopped"), ("ยกเลิก", "survey.stopped"), ("ไม่", "survey.stopped"),
     ("ย้อนกลับ", "13/13"), ("back", "13/13"), ("3", "survey.further_or_send")],
)  # fmt: skip
def test_at_the_border_words_do_as_well_as_taps(citizen, long, said, key):
    citizen._turns._understanding = load(LOCALES)
    citizen.says("ตอบแบบสำรวจ")
    citizen.says("เริ่ม")
    passes(citizen)
    reply = citizen.says(said)
    assert (at(reply) or reply.key) == key


def test_in_english_it_is_the_same(agency, talk, long):
    talking = talk()
    talking.language = "en"
    agency.people.save(agency.people.kept["Uvillager"].speaking("en"))
    talking.means("satisfaction_survey")
    assert "39 questions in 3 parts, at most 2 min each" in talking.words
    assert nth(talking, talking.says("ok")) == "Question 1 of 13 · first part"
    border = passes(talking, "a lot")
    assert labels(talking, border) == ["Next part", "Send these only", "Later"]
    assert nth(talking, talking.says("Next part")) == "Question 1 of 13 · part 2"
    talking.says("stop")
    assert talking.says("send these only").key == "survey.more_so_far"


def test_later_keeps_it_for_seven_days_and_it_goes_on_at_the_border(citizen, long):
    begins(citizen)
    passes(citizen)
    stopped = citizen.says("ไว้ทีหลัง")
    assert (stopped.key, stopped.facts["day"]) == ("survey.stopped", TODAY + timedelta(days=7))
    assert citizen.offered(stopped)[:3] == ["ทำแบบสำรวจต่อ", "ส่งคำตอบเท่านี้", "ลบคำตอบที่ตอบไว้"]
    citizen.today = TODAY + timedelta(days=7)
    on = citizen.says("ทำแบบสำรวจต่อ")
    assert (on.key, on.bubbles[-1].key, citizen.offered(on)[0]) == ("survey.goes_on", "survey.further", "ทำตอนต่อไป")
    assert at(citizen.says("ทำตอนต่อไป")) == "1/13"


def test_who_stops_amid_the_second_sitting_goes_on_there_or_sends_what_there_is(agency, citizen, long, sittings):
    begins(citizen)
    passes(citizen)
    citizen.says("ต่อ")
    passes(citizen, times=2)
    citizen.says("หยุดไว้ก่อน")
    assert at(citizen.says("ทำแบบสำรวจต่อ")) == "3/13"
    assert citizen.says("พอแค่นี้ ส่งเลย").key == "survey.more_so_far"
    citizen.says("หยุดไว้ก่อน")
    assert citizen.taps("survey.enough").key == "survey.more_so_far"
    citizen.says("ส่งคำตอบ")
    assert sorted(box(agency)[0].answers) == sorted([*sittings[0], *sittings[1][:2]])


def test_before_a_sitting_is_over_nothing_is_sent(agency, citizen, long):
    begins(citizen)
    passes(citizen, times=12)
    assert citizen.says("พอแค่นี้ ส่งเลย").key == "survey.one_of_these"
    stopped = citizen.says("หยุดไว้ก่อน")
    assert "ส่งคำตอบเท่านี้" not in citizen.offered(stopped)
    assert at(citizen.taps("survey.enough")) == "13/13"
    assert box(agency) == []


def test_who_began_nothing_has_nothing_to_send(citizen, long):
    assert citizen.taps("survey.enough").key == "survey.nothing_begun"


def test_one_goes_back_across_the_border_and_on_again(agency, citizen, long, sittings):
    begins(citizen)
    passes(citizen)
    citizen.says("ทำตอนต่อไป")
    back = citizen.says("ย้อนกลับ")
    assert nth(citizen, back) == "ข้อ 13 จาก 13 · ตอนแรก"
    assert "ตอบไว้แล้ว: 3 มาก" in citizen.words
    assert citizen.says("น้อย").key == "survey.further"
    citizen.says("ทำตอนต่อไป")
    citizen.says("มากที่สุด")
    for _ in range(2):
        citizen.says("ย้อนกลับ")
    assert nth(citizen, citizen.says("มาก")) == "ข้อ 2 จาก 13 · ตอนที่ 2"  # the second is begun: no border any more
    assert agency.participation.draft(CITIZEN.id, long.id).answers[sittings[1][0]] == 3


def test_after_sending_only_these_one_goes_back_to_the_last_that_was_asked(citizen, long):
    begins(citizen)
    passes(citizen)
    citizen.says("ส่งคำตอบเท่านี้")
    assert nth(citizen, citizen.says("ย้อนกลับ")) == "ข้อ 13 จาก 13 · ตอนแรก"


def test_how_far_somebody_came_counts_what_they_saw(agency, citizen, long):
    begins(citizen)
    passes(citizen)
    assert agency.participation.of(long.id, CITIZEN.id).reached == 13
    citizen.says("ต่อ")
    assert agency.participation.of(long.id, CITIZEN.id).reached == 14


def test_people_begin_with_different_sittings(talk, long):
    """By their lots, one after another."""
    firsts = set()
    for key in ("a", "b", "c"):
        talking = talk(a_person(key=key))
        begins(talking)
        firsts.add(next(line for line in talking.words.split("\n") if line.startswith("คำถาม")))
    assert firsts == {"คำถาม I100", "คำถาม I200", "คำถาม I300"}


def test_a_short_one_knows_no_sittings(agency, citizen):
    opens(agency, Kind.OUTSIDERS)
    knows(citizen, "satisfaction_survey", "ทำ")
    assert nth(citizen, begins(citizen)) == "ข้อ 1 จาก 3"


def test_nothing_of_who_has_sent_tells_which_sitting_it_was(agency, citizen, long):
    """Else their id, or how far they came, would tell whose the sums are that one person alone has answered."""
    firsts = set()
    for nth in range(3):
        agency.participation.kept.clear()
        begins(citizen)
        draft = agency.participation.draft(CITIZEN.id, long.id)
        firsts.add(sitting.order(long, draft)[0].code)
        passes(citizen)
        citizen.says("พอแค่นี้ ส่งเลย")
        citizen.says("ส่งคำตอบ")
        assert len(box(agency)) == nth + 1
        assert agency.participation.draft(CITIZEN.id, long.id) is None
        assert agency.participation.of(long.id, CITIZEN.id) == Mark(Standing.ANSWERED, TODAY)
    assert len(firsts) == 3, "the same person begins elsewhere each time"
