"""People say whether they want news, and where they live; it is theirs to see and to take back."""

import time
from dataclasses import replace
from datetime import date

import pytest

from itadomain.people import Role
from tests.fakes import TODAY, a_person, an_agency
from tests.talk import Talk

CITIZEN = a_person(key="c1")


@pytest.fixture
def agency():
    return an_agency()


@pytest.fixture
def citizen(agency):
    return Talk(agency, CITIZEN)


def person(agency):
    return agency.people.kept["U1"]


def test_the_script_no_news_and_news_again(agency, citizen):
    reply = citizen.says("ไม่รับข่าว")
    assert (reply.key, person(agency).muted) == ("wishes.muted", True)
    assert "คำตอบเรื่องที่ท่านแจ้งไว้ยังส่งให้ตามปกติ" in citizen.words
    assert (citizen.says("รับข่าว").key, person(agency).muted) == ("wishes.unmuted", False)


@pytest.mark.parametrize("said", ["no news", "unsubscribe", "หยุดส่งข่าว", "ไม่รับข่าวค่ะ"])
def test_it_is_said_in_other_ways_too(agency, citizen, said):
    citizen.says(said)
    assert person(agency).muted


@pytest.mark.parametrize("said", [
    "เลิกส่งข่าวมา", "อย่าส่งข้อความมาอีก", "หยุดส่งข้อความ", "รำคาญ ไม่ต้องส่งมาแล้ว", "เลิกรับข่าวสาร", "ไม่เอาข่าวแล้ว",
    "กรุณาเลิกส่งข้อความมาครับ", "ไม่อยากได้ข่าวแล้ว", "ไม่ต้องการรับข้อความ", "stop", "stop sending messages",
])  # fmt: skip
def test_whoever_has_had_enough_says_it_in_their_own_words(agency, citizen, said):
    assert citizen.says(said).key == "wishes.muted"
    assert person(agency).muted


@pytest.mark.parametrize("said", ["ไม่ต้อง", "หยุด", "อย่าส่งเรื่องผมให้ใคร", "เลิกส่งน้ำมาสามวันแล้ว", "ไม่ได้รับข่าว"])
def test_what_may_mean_anything_else_mutes_nobody(agency, citizen, said):
    citizen.says(said)
    assert not person(agency).muted


def test_an_officer_who_stops_messages_may_mean_a_broadcast(agency):
    Talk(agency, a_person(Role.STAFF, key="s1"), user="U7").says("หยุดส่งข้อความ")
    assert not agency.people.kept["U7"].muted


def test_an_officer_is_told_that_work_still_comes(agency):
    officer = Talk(agency, a_person(Role.STAFF, key="s1"), user="U7")
    assert officer.says("ไม่รับข่าว").key == "wishes.muted_insider"


@pytest.mark.parametrize(
    ("said", "village"),
    [("ฉันอยู่หมู่ 3", "3"), ("ผมอยู่หมู่ที่ ๗ ครับ", "7"), ("อยู่ ม.12", "12"), ("I live in moo 3", "3"), ("หมู่ 4", "4")],
)
def test_a_village_is_known_by_what_one_tells_of_oneself(agency, citizen, said, village):
    assert citizen.says(said).facts == {"village": village}
    assert person(agency).village == village


@pytest.mark.parametrize("said", ["ไฟดับหมู่ 3", "เพื่อนอยู่หมู่ 3", "หมู่ 3 น้ำไม่ไหล", "ฉันอยู่หมู่ 3 ถนนพัง"])
def test_what_speaks_of_anything_else_tells_no_village(agency, citizen, said):
    citizen.says(said)
    assert person(agency).village == ""


def test_a_village_that_is_not_there_is_said(agency, citizen):
    agency.settings.put("villages", "5")
    assert citizen.says("ฉันอยู่หมู่ 9").key == "wishes.no_such_village"
    assert citizen.says("หมู่ของฉัน").key == "wishes.where"
    assert citizen.says("สิบ").key == "wishes.which_village"
    assert citizen.answers("5").key == "wishes.lives_in"


def test_both_are_shown_and_go_with_the_rest(agency, citizen):
    citizen.says("ฉันอยู่หมู่ 3")
    citizen.says("ไม่รับข่าว")
    citizen.says("ข้อมูลของฉัน")
    assert "หมู่ 3" in citizen.words
    assert "ท่านขอไม่รับ" in citizen.words
    citizen.says("ลบข้อมูลของฉัน")
    assert "หมู่ที่ท่านบอกไว้" in citizen.words
    citizen.answers("yes")
    assert "U1" not in agency.people.kept


def test_a_village_is_forgotten_alone_too(agency, citizen):
    citizen.says("ฉันอยู่หมู่ 3")
    citizen.says("ไม่ต้องจำหมู่")
    assert person(agency).village == ""


def test_who_leaves_is_away_until_they_come_back(agency, citizen):
    citizen.does("unfollow")
    assert person(agency).away_since == TODAY
    citizen.today = date(2026, 12, 1)
    citizen.does("unfollow")
    assert person(agency).away_since == TODAY
    citizen.does("follow")
    assert not person(agency).away


def test_who_writes_is_there(agency, citizen):
    agency.people.kept["U1"] = replace(CITIZEN, away_since=TODAY)
    citizen.says("English please")
    assert (person(agency).away, person(agency).language) == (False, "en")


def test_what_comes_of_a_task_does_not_bring_anybody_back(agency, citizen):
    agency.people.kept["U1"] = replace(CITIZEN, away_since=TODAY)
    citizen.sends({"type": "task", "task": {"name": "fetch_evidence", "values": {"evidence": "none"}}})
    assert person(agency).away


def told_and_filed(talk, said):
    """A problem as far as its number."""
    talk.means("file_complaint", category="street_light_electric", location=said)
    talk.answers("done")
    while talk.asked_by != "complaint.review":
        was = talk.asked_by
        talk.answers("street_light_electric" if was == "complaint.pick_category" else "skip")
        assert talk.asked_by != was, was
    return talk.answers("send")


def test_the_village_of_a_first_case_is_asked_about_and_never_taken(agency, citizen):
    reply = told_and_filed(citizen, "หน้าวัด หมู่ 3")
    assert reply.key == "complaint.filed"
    assert person(agency).village == ""
    keep = next(tap for tap in reply.taps if citizen.voice(tap.label) == "ฉันอยู่หมู่ 3")
    citizen.taps(keep)
    assert person(agency).village == "3"


def test_it_is_asked_about_once(agency, citizen):
    told_and_filed(citizen, "หน้าวัด หมู่ 3")
    again = told_and_filed(citizen, "หน้าโรงเรียน หมู่ 4")
    assert again.key == "complaint.filed"
    assert "ฉันอยู่หมู่ 4" not in citizen.offered(again)


@pytest.mark.parametrize("blank", [" ", "\n", "\u00a0"])
def test_blanks_in_a_row_hold_nobody_up(agency, citizen, blank):
    """As many as LINE lets anybody type: tried in all ways they would keep a worker for minutes."""
    began = time.process_time()
    citizen.says(f"ฉัน{blank * 4900}x")
    assert time.process_time() - began < 5
    citizen.says(f"ฉัน{blank * 40}อยู่{blank * 40}หมู่{blank * 40}3{blank * 40}ครับ")
    assert person(agency).village == "3"
