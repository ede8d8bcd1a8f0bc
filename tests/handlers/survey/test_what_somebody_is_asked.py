"""Which survey somebody is asked: by who they are, by what is open, and by how near the official one is."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from handlers.kit import Go, Link
from itadomain.assessment.windows import Phase, Window
from itadomain.fiscal import FiscalYear
from itadomain.surveys.survey import Ballot, Kind, Standing
from tests.fakes import TODAY
from tests.handlers.survey.asking import POSTER, at, box, closes, labels, opens

LINK = "https://itas.nacc.example/eit/123"


def the_official(agency, first=TODAY, last=TODAY + timedelta(days=30), link=LINK, phase=Phase.EIT):
    agency.windows.save(Window(FiscalYear(2570), phase, first, last, own=True))
    agency.settings.put(f"survey:official:{phase.value.upper()}:2570", link)


def links(reply):
    return [tap.uri for bubble in reply.bubbles for tap in getattr(bubble, "taps", ()) if isinstance(tap, Link)]


def test_where_nothing_is_open_it_may_be_told_at_once(citizen):
    for reply in (citizen.says(POSTER), citizen.taps("office.survey"), citizen.says("ประเมินบริการ")):
        assert reply.key == "survey.nothing_open"
        assert citizen.offered(reply)[:2] == ["ฝากคำชม", "แจ้งปัญหา"]
    assert citizen.taps("survey.short").key == "survey.nothing_open"


def test_a_visitor_is_asked_the_short_one_where_the_other_is_not_open(agency, citizen, visit):
    first = citizen.says(POSTER)
    assert (first.key, at(first)) == ("survey.ours", "1/1")
    assert labels(citizen, first)[:5] == [
        "1 พอใจน้อยที่สุด", "2 พอใจน้อย", "3 ปานกลาง", "4 พอใจมาก", "5 พอใจมากที่สุด",
    ]  # fmt: skip
    assert {"ฝากคำชม", "แจ้งปัญหา"} <= set(citizen.offered(first))
    assert citizen.says("4 ดาว").key == "survey.why"
    citizen.says("รอไม่นาน")
    citizen.says("ส่ง")
    assert box(agency) == [Ballot(visit.id, "K7Q2", {"V1": 3}, "รอไม่นาน")]


def test_a_rating_said_at_once_is_the_answer(agency, citizen, long, visit):
    assert citizen.means("satisfaction_survey", rating=5).bubbles[1].key == "survey.why"
    citizen.says("ส่งคำตอบ")
    assert box(agency) == [Ballot(visit.id, "", {"V1": 4})]


def test_the_short_one_is_asked_once_until_it_begins_anew(agency, citizen, visit):
    for _ in range(2):
        citizen.says(POSTER)
        citizen.says("5")
        citizen.says("ส่งคำตอบ")
    assert citizen.says(POSTER).key == "survey.answered_today"
    assert len(box(agency)) == 1
    citizen.today = TODAY + timedelta(days=1)
    assert citizen.says(POSTER).key == "survey.answered_today"
    agency.surveys.save(replace(visit, settled_on=citizen.today))
    citizen.says(POSTER)
    assert agency.participation.of(visit.id, "villager").standing is Standing.ANSWERED  # whatever comes of this one
    citizen.says("1")
    citizen.says("ส่งคำตอบ")
    assert len(box(agency)) == 2


def test_after_the_short_one_the_whole_one_is_offered_whatever_was_answered(agency, citizen, long, visit):
    for day, said in enumerate(("1", "5")):
        citizen.today = TODAY + timedelta(days=day)
        agency.surveys.save(replace(visit, settled_on=citizen.today))
        citizen.taps("survey.short")
        citizen.says(said)
        sent = citizen.says("ส่งคำตอบ")
        assert citizen.offered(sent)[0] == "ตอบแบบเต็ม"
    assert citizen.says("ตอบแบบเต็ม").key == "survey.ours"


def test_the_door_leads_to_the_short_one_with_the_same_service_point(agency, citizen, long, visit):
    citizen.says(POSTER)
    first = citizen.says("ตอบแบบสั้น")
    assert at(first) == "1/1"
    citizen.says("3")
    citizen.says("ส่งคำตอบ")
    assert [(one.survey, one.point) for one in box(agency)] == [(visit.id, "K7Q2")]


def test_a_closed_service_point_and_an_unknown_code_are_none(agency, citizen, long):
    citizen._understanding.told["ตอบแบบสำรวจ ZZZZ"] = citizen._understanding.told[POSTER]
    citizen.says("ตอบแบบสำรวจ ZZZZ")
    citizen.says("เริ่มตอบ")
    for said in ("3", "3", "มี", "ส่งคำตอบ"):
        citizen.says(said)
    assert [one.point for one in box(agency)] == [""]


def test_later_asks_nothing_and_keeps_nothing(agency, citizen, long):
    citizen.says(POSTER)
    assert citizen.says("ไว้ทีหลัง").key == "survey.later"
    citizen.says(POSTER)
    assert citizen.says("ยกเลิก").key == "survey.later"
    assert agency.participation.of(long.id, "villager") is None
    citizen.says(POSTER)
    assert citizen.says("เอาไงดี").key == "survey.begin_or_later"


def test_who_answered_the_official_one_says_so_and_may_change_their_mind(agency, citizen, long):
    citizen.says(POSTER)
    assert citizen.says("ตอบแบบของ ป.ป.ช. แล้ว").key == "survey.left_alone"
    assert agency.participation.of(long.id, "villager").standing is Standing.ELSEWHERE
    door = citizen.says(POSTER)
    assert labels(citizen, door) == ["เริ่มตอบ", "ไว้ทีหลัง"]
    assert at(citizen.says("เริ่มตอบ")) == "1/3"


def test_who_works_for_the_agency_is_asked_as_such_even_from_a_poster(agency, staff, long, visit):
    assert staff.says(POSTER).key == "survey.nothing_open"
    assert staff.taps("survey.short").key == "survey.nothing_open"
    survey = opens(agency, Kind.INSIDERS)
    door = staff.says(POSTER)
    assert "ไม่ใช่แบบ IIT ของ ป.ป.ช." in staff.words
    assert labels(staff, door) == ["เริ่มตอบ", "ไว้ทีหลัง", "ตอบแบบของ ป.ป.ช. แล้ว"]
    staff.says("เริ่มตอบ")
    for said in ("3", "3", "มี", "ส่งคำตอบ"):
        staff.says(said)
    assert [one.survey for one in box(agency)] == [survey.id]


@pytest.mark.parametrize("ahead", [0, 7])
def test_while_the_official_one_is_near_it_alone_is_shown(agency, citizen, long, ahead):
    the_official(agency, first=TODAY + timedelta(days=ahead))
    reply = citizen.says(POSTER)
    assert (reply.key, links(reply)) == ("survey.official_near" if ahead else "survey.official_running", [LINK])
    assert ("เมื่อเปิดแล้ว โปรดตอบที่แบบของ ป.ป.ช." in citizen.words) == bool(ahead)
    assert citizen.asked_by == ""
    assert "แบบสำรวจของหน่วยงานพักไว้" in citizen.words
    assert citizen.taps("survey.resume").key == reply.key


def test_a_week_and_a_day_before_the_official_one_ours_still_asks(agency, citizen, long):
    the_official(agency, first=TODAY + timedelta(days=8))
    assert citizen.says(POSTER).key == "survey.ours"


def test_after_the_official_one_ours_asks_again(agency, citizen, long):
    the_official(agency, first=date(2026, 10, 1), last=TODAY - timedelta(days=1))
    assert citizen.says(POSTER).key == "survey.ours"


def test_where_nobody_entered_the_official_address_it_is_said_whom_to_ask(agency, citizen, long, visit):
    the_official(agency, link="")
    reply = citizen.says(POSTER)
    assert links(reply) == []
    assert "ขอที่อยู่ของแบบได้ที่หน่วยงาน" in citizen.words
    (short,) = [tap for tap in reply.taps if isinstance(tap, Go) and tap.to == "survey.short"]
    citizen.taps(short)  # it is no rehearsal, so it goes on
    citizen.says("5")
    citizen.says("ส่งคำตอบ")
    assert [(one.survey, one.point) for one in box(agency)] == [(visit.id, "K7Q2")]


def test_what_insiders_are_asked_officially_does_not_stop_outsiders(agency, citizen, staff, long):
    the_official(agency, phase=Phase.IIT)
    assert citizen.says(POSTER).key == "survey.ours"
    assert staff.says(POSTER).key == "survey.official_running"


def test_an_official_one_that_comes_near_ends_what_was_begun_and_says_why(agency, citizen, long):
    citizen.says(POSTER)
    citizen.says("เริ่มตอบ")
    citizen.says("มาก")
    the_official(agency)
    reply = citizen.says("มาก")
    assert [bubble.key for bubble in reply.bubbles] == ["survey.rests", "survey.not_sent"]
    assert "รอบซ้อม" not in citizen.words, "a word of the desk"
    assert citizen.offered(reply)[0] == "ดูแบบของ ป.ป.ช."
    assert citizen.asked_by == ""


def test_a_door_left_open_leads_nowhere_once_the_survey_is_closed(agency, citizen, long):
    citizen.says(POSTER)
    closes(agency, long)
    assert citizen.says("เริ่มตอบ").key == "surveys.none_open"
    opens(agency, Kind.OUTSIDERS)
