"""What is due is said under an answer that is given anyway: it costs nothing, and is not pushed."""

from datetime import timedelta

import pytest

from handlers.kit import Reply, Turn, say, words
from handlers.schedule.reminder_cards import later
from handlers.schedule.reminders import ride
from itadomain.people import Role
from itadomain.reminding import digests
from itadomain.reminding.steps import Steps, choose
from tests.handlers.plans import enrol, reported
from tests.handlers.reminding import DUE, WEEK_BEFORE, at, runs
from tests.talk import Talk

LINE = "มีเรื่องที่รอรายงาน 3 เรื่อง กำหนดแรก 4 ม.ค. 2570"


def riding(agency, day, key="p2"):
    return Talk(agency, today=day, user=f"U{key}", rides=True)


def test_the_script_a_line_with_a_button_under_an_answer(agency):
    talk = riding(agency, DUE)
    reply = talk.says("ขอบคุณ")
    assert reply.bubbles[-1].key == "reminders.rides"
    assert talk.words.endswith(LINE)
    assert talk.offered(reply)[-1] == "เรื่องที่รอรายงาน"
    assert talk.says("เรื่องที่รอรายงาน").key == "measures.mine_in_short"


def test_what_rode_is_not_pushed(agency):
    riding(agency, DUE).says("ขอบคุณ")
    assert runs(agency, DUE) == {}


def test_it_rides_once(agency):
    talk = riding(agency, DUE)
    talk.says("ขอบคุณ")
    talk.says("ขอบคุณ")
    assert LINE not in talk.words


def test_what_was_pushed_does_not_ride(agency):
    runs(agency, DUE)
    talk = riding(agency, DUE)
    talk.says("ขอบคุณ")
    assert LINE not in talk.words


@pytest.mark.parametrize(("ahead", "rides"), [(4, False), (3, True), (0, True)])
def test_a_week_before_may_ride_three_days_early(agency, ahead, rides):
    talk = riding(agency, WEEK_BEFORE - timedelta(ahead))
    talk.says("ขอบคุณ")
    assert (LINE in talk.words) == rides


def test_who_opens_the_own_list_has_seen_it_all(agency):
    talk = riding(agency, DUE)
    talk.says("มาตรการของฉัน")
    assert LINE not in talk.words
    assert runs(agency, DUE) == {}


def test_who_looks_at_another_units_list_has_not(agency):
    talk = riding(agency, DUE)
    talk.means("my_measures", owner="กองช่าง")
    assert LINE in talk.words


def test_an_open_question_is_not_broken(agency):
    talk = riding(agency, DUE)
    reply = talk.taps("progress.start", id="m2.u2")
    assert reply.then is not None
    assert LINE not in talk.words
    assert "p2" in runs(agency, DUE), "it was not told, so it is pushed"


def test_an_answer_in_passing_leaves_the_question_as_it_was(agency):
    talk = riding(agency, DUE)
    talk.taps("progress.start", id="m2.u2")
    talk.does("message", message={"type": "sticker", "id": "1", "packageId": "1", "stickerId": "1"})
    assert LINE not in talk.words


def test_a_refusal_is_heard_alone(agency):
    talk = riding(agency, DUE)
    reply = talk.taps("reminding.settings")
    assert reply.bubbles
    assert LINE not in talk.words
    talk.taps("progress.start", id="m5.u3")  # another unit's
    assert LINE not in talk.words


@pytest.mark.parametrize("step", ["disclosure.start", "following.mine", "privacy.about"])
def test_where_people_tell_what_troubles_them_nothing_rides(agency, step):
    talk = riding(agency, DUE)
    talk.taps(step)
    assert LINE not in talk.words


def test_citizens_have_nothing_riding(agency):
    talk = Talk(agency, today=DUE, user="Uvillager", rides=True)
    asked = []
    agency.reminders.of = asked.append
    talk.says("ขอบคุณ")
    assert asked == []


def test_in_a_group_nothing_rides(agency):
    talk = Talk(agency, today=DUE, user="Up2", group="C1", rides=True)
    talk.says("ขอบคุณ", mention=True)
    assert LINE not in talk.words


def test_who_asked_to_be_left_alone_is(agency):
    talk = riding(agency, DUE)
    talk.taps("reminders.later")
    talk.says("พรุ่งนี้")
    talk.says("ขอบคุณ")
    assert LINE not in talk.words
    assert runs(agency, DUE) == {}
    tomorrow = riding(agency, DUE + timedelta(1))
    tomorrow.says("ขอบคุณ")
    assert LINE in tomorrow.words


def test_who_reports_at_last_is_told_of_the_rest_under_the_thanks(agency):
    talk = riding(agency, DUE)
    talk.taps("progress.start", id="m2.u2")
    for said in ("เสร็จ", "เผยแพร่บนเว็บไซต์แล้ว", "ส่ง"):
        reply = talk.says(said)
    assert reply.key == "progress.sent"
    assert "มีเรื่องที่รอรายงาน 2 เรื่อง" in talk.words


def test_it_is_looked_for_once_a_day(agency, monkeypatch):
    for measure in ("m2", "m3", "m4"):
        reported(agency, measure, "u2")
    looked = []
    before = digests.of
    monkeypatch.setattr(digests, "of", lambda *asked: looked.append(asked) or before(*asked))
    talk = riding(agency, DUE)
    for _ in range(3):
        talk.says("ขอบคุณ")
    assert len(looked) == 1
    riding(agency, DUE + timedelta(1)).says("ขอบคุณ")
    assert len(looked) == 2


@pytest.mark.parametrize("full", [Reply([words("help.hello")] * 3), say("help.hello").offering(*[later()] * 13)])
def test_a_full_answer_takes_nothing_and_it_is_told_another_time(agency, full):
    who = agency.people.get("p2", DUE)
    turn = Turn(who, DUE, agency, at=at(DUE))
    assert ride(turn, full) == full
    assert ride(turn, say("help.hello")).bubbles[-1].key == "reminders.rides"


def test_who_hears_next_is_said_where_it_rides(agency):
    enrol(agency, "h2", Role.HEAD, unit="u2")
    choose(agency.settings, Steps(2, 9, 12))
    day = DUE + timedelta(1)
    talk = riding(agency, day)
    talk.says("ขอบคุณ")
    assert "จะเรียนให้หัวหน้าหน่วยงานทราบตั้งแต่วันทำการถัดไป" in talk.words
    assert runs(agency, day) == {}
    head = riding(agency, day + timedelta(1), "h2")
    head.says("ขอบคุณ")
    assert "มี 3 เรื่องที่ขอเรียนให้ทราบ" in head.words
    assert "h2" not in runs(agency, day + timedelta(1))


def test_the_week_rides_too(agency):
    enrol(agency, "mayor", Role.EXECUTIVE)
    talk = riding(agency, WEEK_BEFORE, "mayor")
    talk.says("ขอบคุณ")
    assert "สรุปประจำสัปดาห์" in talk.words
    assert "mayor" not in runs(agency, WEEK_BEFORE)
