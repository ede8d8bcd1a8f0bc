"""The whole survey of outsiders is answered in under two minutes, and in the words that people really type."""

import re
from functools import cache

import pytest

from bot.nlu import load
from bot.texts import LOCALES
from handlers.kit import Answer
from itadomain.people import Role
from itadomain.surveys.asking import questionnaire_of
from itadomain.surveys.survey import Kind
from tests.fakes import a_person, an_agency
from tests.handlers.survey.asking import CITIZEN, POSTER, at, box, opens
from tests.talk import Talk

#: What a reader of Thai takes in: 900 letters a minute, marks above and below not counted; and a tap takes a second.
LETTERS_A_SECOND, SECONDS_A_TAP = 15, 1.0
NUMBER = re.compile(r"ข้อ \d+ จาก \d+(?: · .*)?")


@cache
def understanding():
    return load(LOCALES)


def reads(text: str) -> int:
    """Letters that stand on the line."""
    return sum(letter.isalnum() for letter in text)


def test_from_the_poster_to_thanks():
    """Every line is read once: a stem that stands over its second part is known, and so are the steps.

    «ข้อ 3 จาก 19» is glanced at, not read.
    """
    agency = an_agency()
    opens(agency, Kind.OUTSIDERS, questionnaire_of(agency, Kind.OUTSIDERS, 2570).items)
    seconds, taps = takes(Talk(agency, CITIZEN))
    assert len(box(agency)) == 1
    assert taps == len(questionnaire_of(agency, Kind.OUTSIDERS, 2570).slots) + 2
    assert seconds < 120


@pytest.mark.parametrize("year", [2564, 2570])
def test_each_sitting_of_what_insiders_are_asked_whichever_comes_first(year):
    """From the door to thanks, with one sitting answered and sent."""
    agency = an_agency()
    items = questionnaire_of(agency, Kind.INSIDERS, year).items
    survey = opens(agency, Kind.INSIDERS, items)
    asked = set()
    for key in ("a", "b", "c", "d"):
        seconds, taps = takes(Talk(agency, a_person(Role.STAFF, unit="กองคลัง", key=key), user=key))
        ballot = box(agency)[-1]
        first = next(one for one in survey.questionnaire.sittings if one[0].code in ballot.answers)
        asked.add(first[0].code)
        assert taps == len(first) + 3
        assert seconds < 120
    assert len(asked) == len(box(agency)) == 4


def takes(talk: Talk) -> tuple[float, int]:
    """How long it takes somebody who taps what is offered first, and sends at the first border; and how many taps."""
    lines, taps = set(), 0
    reply = talk.means("satisfaction_survey")
    while reply.key != "survey.sent":
        lines.update(line for text in talk.words.split("\n") for line in text.split(": ")[-1:])
        taps += 1
        answers = [tap for tap in reply.taps if isinstance(tap, Answer)]
        reply = talk.taps(answers[1 if reply.key == "survey.further" else 0])
    seconds = sum(reads(line) for line in lines if not NUMBER.fullmatch(line)) / LETTERS_A_SECOND + taps * SECONDS_A_TAP
    return seconds, taps


def test_the_short_one_is_two_taps():
    agency = an_agency()
    opens(agency, Kind.VISIT)
    talk = Talk(agency, CITIZEN)
    talk.means("satisfaction_survey")
    talk.answers("V1:4")
    assert talk.answers("send").key == "survey.sent"


@pytest.fixture
def talk():
    agency = an_agency()
    opens(agency, Kind.OUTSIDERS)
    talking = Talk(agency, CITIZEN)
    talking._turns._understanding = understanding()
    return talking


def starts(talk):
    talk.says(POSTER)
    assert at(talk.says("เริ่มตอบ")) == "1/3"


@pytest.mark.parametrize(
    ("said", "then"),
    [("มากค่ะ", "2/3"), ("๓", "2/3"), ("3", "2/3"), ("น้อย", "2/3"), ("น้อยที่สุดครับ", "2/3"), ("มากที่สุดครับ", "2/3"),
     ("ไม่มีเลย", "2/3"), ("a lot", "2/3"), ("ข้าม", "2/3"), ("ข้ามค่ะ", "2/3"), ("ไม่ทราบครับ", "2/3")],
)  # fmt: skip
def test_real_words_are_understood_as_answers(talk, said, then):
    starts(talk)
    assert at(talk.says(said)) == then


def test_real_words_lead_back_away_and_on(talk):
    talk.says("ประเมินความพึงพอใจ")
    talk.says("เริ่มตอบ")
    talk.says("มาก")
    assert at(talk.says("ย้อนกลับ")) == "1/3"
    talk.says("มาก")
    talk.says("มาก")
    assert at(talk.says("ย้อนกลับ")) == "2/3"
    talk.says("มาก")
    for stop in ("หยุดไว้ก่อน", "หยุด", "ยกเลิก", "พอแล้ว", "ไว้ทีหลัง"):
        assert talk.says(stop).key == "survey.stopped"
        assert at(talk.says("ทำแบบสำรวจต่อ")) == "3/3"
    assert talk.says("ไม่").key == "survey.more"  # to a question of มี and ไม่มี it is an answer
    assert talk.says("ไม่มีครับ").key == "survey.sent"


def test_a_bare_no_to_how_much_is_asked_again(talk):
    starts(talk)
    assert talk.says("ไม่").key == "survey.one_of_these"


@pytest.mark.parametrize("said", ["บริการช้ามาก รอนาน", "อยากให้เปิดวันเสาร์", "เจ้าหน้าที่พูดจาไม่ดี", "ขอบคุณมากค่ะ", "พอใจมาก"])
def test_whatever_is_added_is_taken_as_it_is(talk, said):
    starts(talk)
    for answer in ("3", "3", "มี"):
        talk.says(answer)
    assert talk.says(said).facts == {"said": said}


def test_real_words_of_corruption_are_asked_about(talk):
    starts(talk)
    for answer in ("3", "3", "มี"):
        talk.says(answer)
    assert talk.says("เจ้าหน้าที่เรียกเงินใต้โต๊ะ").key == "survey.is_it_corruption"


@pytest.mark.parametrize(
    "said",
    ["โอเค", "โอเคค่ะ", "เริ่ม", "เริ่มเลย", "เริ่มเลยค่ะ", "ได้ค่ะ", "ตกลงครับ", "ครับ", "👍", "ok", "OK", "okay", "start", "yes", "sure"],
)  # fmt: skip
def test_real_words_open_the_door(talk, said):
    """Elsewhere «โอเค» is a thank-you and «เริ่ม» asks for the menu."""
    talk.says(POSTER)
    assert at(talk.says(said)) == "1/3"


@pytest.mark.parametrize("said", ["later", "ไม่", "no", "not now", "ไว้ก่อน", "stop", "ยังก่อน", "ไม่เอา"])
def test_real_words_leave_it_shut(talk, said):
    talk.says(POSTER)
    assert talk.says(said).key == "survey.later"


@pytest.mark.parametrize("said", ["stop", "Stop", "STOP!", "pause", "later"])
@pytest.mark.parametrize("answers", [0, 3])
def test_stop_amid_a_survey_stops_it_and_mutes_nothing(talk, said, answers):
    starts(talk)
    for code in ("E1.1:3", "E1.2:3", "E2:1")[:answers]:
        talk.answers(code)
    assert talk.says(said).key == "survey.stopped"
    assert not talk.store.people.kept[talk.user].muted
    assert talk.says("stop").key == "wishes.muted"  # where no survey is asked it means what it did
