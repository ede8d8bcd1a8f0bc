"""What was answered is kept for seven days, whatever is done meanwhile; and what is told of it is one ballot."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itadomain.surveys.survey import Kind, Standing
from tests.fakes import TODAY, an_agency
from tests.handlers.survey.asking import CITIZEN, POSTER, at, begins, box, knows, opens
from tests.talk import Talk

PHOTO = {"type": "message", "message": {"type": "image", "id": "901", "contentProvider": {"type": "line"}}}


@pytest.mark.parametrize("stop", ["หยุดไว้ก่อน", "หยุด", "พักก่อน", "ยกเลิก"])
def test_one_stops_and_goes_on(agency, citizen, long, stop):
    begins(citizen)
    citizen.says("มาก")
    stopped = citizen.says(stop)
    assert (stopped.key, stopped.facts["day"]) == ("survey.stopped", TODAY + timedelta(days=7))
    assert citizen.offered(stopped)[:2] == ["ทำแบบสำรวจต่อ", "ลบคำตอบที่ตอบไว้"]
    on = citizen.says("ทำแบบสำรวจต่อ")
    assert (on.key, on.facts, at(on)) == ("survey.goes_on", {"count": 1}, "2/3")


@pytest.mark.parametrize("way", [POSTER, "ประเมินบริการ", "ประเมินบริการค่ะ", "ตอบแบบสำรวจต่อ"])
def test_any_word_of_the_survey_goes_on_with_it(citizen, long, visit, way):
    begins(citizen)
    citizen.says("มาก")
    citizen.says("หยุดไว้ก่อน")
    assert at(citizen.says(way)) == "2/3"


def test_for_seven_days_it_is_gone_on_with_and_then_begun_anew(citizen, long):
    begins(citizen)
    citizen.says("มาก")
    citizen.says("หยุดไว้ก่อน")
    citizen.today = TODAY + timedelta(days=7)
    assert at(citizen.says("ทำแบบสำรวจต่อ")) == "2/3"
    citizen.says("หยุดไว้ก่อน")
    citizen.today = TODAY + timedelta(days=8)
    assert citizen.says("ทำแบบสำรวจต่อ").key == "survey.ours"
    assert at(citizen.says("เริ่มตอบ")) == "1/3"


def test_what_was_begun_is_dropped_where_they_say_so(agency, citizen, long):
    begins(citizen)
    citizen.says("มาก")
    citizen.says("หยุดไว้ก่อน")
    assert citizen.says("ลบคำตอบที่ตอบไว้").key == "survey.forgotten"
    assert agency.participation.drafts == {}
    assert citizen.says("ลบคำตอบที่ตอบไว้").key == "survey.nothing_begun"


def test_something_else_that_is_asked_meanwhile_loses_nothing(citizen, long):
    begins(citizen)
    citizen.says("มาก")
    assert citizen.taps("complaint.start").key == "complaint.notice"
    citizen.says("ไฟดับหน้าวัด")
    citizen.taps("help.cancel")
    assert at(citizen.says("ทำแบบสำรวจต่อ")) == "2/3"
    citizen.sends(PHOTO)
    assert at(citizen.taps("survey.start")) == "2/3"


def test_what_is_only_looked_at_leaves_the_question_open(citizen, long):
    begins(citizen)
    looked = citizen.says("ขอเบอร์โทร")
    assert (looked.key, citizen.offered(looked)[0]) == ("office.call", "1 น้อยที่สุดหรือไม่มีเลย")
    assert at(citizen.says("มาก")) == "2/3"


def test_what_was_said_of_corruption_is_led_elsewhere_and_the_answers_stay(agency, citizen, long):
    knows(citizen, "report_corruption", "หัวหน้าเรียกเงินใต้โต๊ะ")
    begins(citizen)
    for said in ("3", "3", "มี"):
        citizen.says(said)
    assert citizen.says("หัวหน้าเรียกเงินใต้โต๊ะ").key == "survey.is_it_corruption"
    safe = citizen.answers("safe")
    assert safe.key == "survey.kept_meanwhile"
    assert any(one.key.startswith("disclosure.") for one in safe.bubbles)
    assert citizen.says("ทำแบบสำรวจต่อ").bubbles[-1].key == "survey.more"
    citizen.says("ส่งคำตอบ")
    assert [(one.answers, one.why) for one in box(agency)] == [({"E1.1": 2, "E1.2": 2, "E2": 1}, "")]


def test_what_only_sounds_like_corruption_goes_with_the_answers(agency, citizen, long):
    knows(citizen, "report_corruption", "ไม่เคยเจอทุจริตเลย")
    begins(citizen)
    for said in ("3", "3", "มี"):
        citizen.says(said)
    citizen.says("ไม่เคยเจอทุจริตเลย")
    assert citizen.says("ว่าไงนะ").key == "complaint.safe_or_general"
    citizen.answers("general")
    citizen.says("ส่งคำตอบ")
    assert [one.why for one in box(agency)] == ["ไม่เคยเจอทุจริตเลย"]


def test_words_of_corruption_that_are_taken_back_are_gone(agency, citizen, long):
    knows(citizen, "report_corruption", "เรียกเงิน")
    begins(citizen)
    for said in ("3", "3", "มี"):
        citizen.says(said)
    citizen.sends({"type": "message", "message": {"type": "text", "id": "m1", "text": "เรียกเงิน"}})
    citizen.does("unsend", unsend={"messageId": "m1"})
    citizen.answers("send")
    assert [one.why for one in box(agency)] == [""]


def test_how_far_somebody_came_is_known_and_never_falls(agency, citizen, long):
    begins(citizen)
    for said in ("3", "ข้าม", "ย้อนกลับ", "ย้อนกลับ"):
        citizen.says(said)
    mark = agency.participation.of(long.id, "villager")
    assert (mark.standing, mark.reached) == (Standing.STARTED, 3)


CODES = ["E1.1", "E1.2", "E2"]
COUNTS = dict(zip(CODES, (4, 4, 2), strict=True))
END = ""  # where words may be added
AWAY = None


class Oracle:
    """Answers, and keeps by hand what was answered last, and where they are."""

    def __init__(self) -> None:
        self.agency = an_agency()
        self.survey = opens(self.agency, Kind.OUTSIDERS)
        self.talk = Talk(self.agency, CITIZEN, user="U1")
        begins(self.talk)
        self.given, self.here, self.words, self.sent = {}, CODES[0], "", False

    def does(self, deed) -> None:
        if self.sent:
            self.talk.taps("survey.start")
            self.talk.taps("survey.resume")
        elif isinstance(deed, int):
            self.answers(deed)
        else:
            getattr(self, deed)()

    def answers(self, step) -> None:
        if self.here and step < COUNTS[self.here]:
            self.talk.answers(f"{self.here}:{step}")
            self.moves_on(step)

    def skips(self) -> None:
        if self.here:
            self.talk.answers(f"{self.here}:skip")
            self.moves_on(None)

    def moves_on(self, step) -> None:
        self.given[self.here] = step
        self.here = self.coming()

    def goes_back(self) -> None:
        if self.here not in {AWAY, CODES[0]}:
            self.talk.answers(f"{self.here}:back" if self.here else "back")
            self.here, self.words = CODES[(CODES.index(self.here) if self.here else len(CODES)) - 1], ""

    def taps_twice(self) -> None:
        if self.here:
            self.talk.answers(f"{CODES[CODES.index(self.here) - 1]}:1")

    def stops(self) -> None:
        if self.here is not AWAY:
            self.talk.answers(f"{self.here}:stop" if self.here else "stop")
            self.here, self.words = AWAY, ""

    def resumes(self) -> None:
        self.talk.taps("survey.resume")
        self.here, self.words = self.coming(), ""

    def looks_elsewhere(self) -> None:
        self.talk.taps("office.call")

    def adds_words(self) -> None:
        if self.here == END:
            self.words = "ป้ายเล็กไป"
            self.talk.says(self.words)

    def sends(self) -> None:
        if self.here == END:
            self.sent = self.talk.answers("send").key == "survey.sent"

    def coming(self) -> str:
        return next((code for code in CODES if code not in self.given), END)


NAMES = [
    "skips", "goes_back", "taps_twice", "stops", "resumes", "looks_elsewhere", "adds_words", "sends",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.integers(0, 3), st.sampled_from(NAMES)), max_size=40))
def test_whatever_is_done_the_ballot_is_what_the_last_answers_say(deeds):
    """Answers, steps back, stops and returns in any order; never more than one ballot comes of it."""
    oracle = Oracle()
    for deed in deeds:
        oracle.does(deed)
    answers = {code: oracle.given[code] for code in CODES if oracle.given.get(code) is not None}
    expected = [(answers, oracle.words)] if oracle.sent else []
    assert [(one.answers, one.why) for one in box(oracle.agency)] == expected
    kept = oracle.agency.participation.draft(CITIZEN.id, oracle.survey.id)
    assert (dict(kept.answers) if kept else None) == (None if oracle.sent else oracle.given)
