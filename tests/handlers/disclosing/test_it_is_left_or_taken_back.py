"""Left, taken back, gone on with: a little goes at once, much is asked about first."""

import json

from tests.handlers.disclosing.telling import BACK, NAMELESS, draft, sends, tells, types, unsends
from tests.handlers.receivers import (
    STORY,
    told_whole,
)


def test_a_little_is_forgotten_at_once_and_that_is_said(teller, agency):
    tells(teller, "จะแจ้งทุจริต", NAMELESS, "กองคลัง")
    assert teller.says("ยกเลิก").key == "disclosure.forgotten"
    assert not agency.places.kept


def test_much_is_asked_about_before_it_is_forgotten(teller, agency):
    told_whole(teller)
    assert teller.says("ยกเลิก").key == "leaving.sure"
    assert teller.answers("go_on").key == "disclosure.review"
    teller.says("ยกเลิก")
    assert teller.says("ยกเลิก").key == "disclosure.forgotten"
    assert not agency.places.kept


def test_whatever_is_sent_while_it_is_asked_whether_to_drop_it_loses_nothing(teller, agency):
    told_whole(teller)
    teller.says("ยกเลิก")
    assert sends(teller, "image", contentProvider={"type": "line"}).key == "disclosure.no_files_here"
    assert not agency.evidence.kept
    assert teller.answers("go_on").key == "disclosure.review"


def test_what_is_taken_back_is_taken_out_of_it(teller, agency):
    tells(teller, "จะแจ้งทุจริต", NAMELESS, "กองคลัง", "เล่าต่อ")
    _, number = types(teller, STORY)
    types(teller, "เดือนก่อน")
    assert unsends(teller, number).bubbles == ()
    assert draft(agency)["told"] == {"who": "กองคลัง", "when": "เดือนก่อน"}
    assert teller.says("ห้องการเงิน").bubbles[-1].key == "disclosure.ask_evidence"


def test_a_bubble_of_the_first_words_may_be_taken_back(teller, agency):
    _, number = types(teller, STORY)
    types(teller, "เขาทำแบบนี้มาสามปีแล้ว")
    tells(teller, NAMELESS, "กองคลัง", "เล่าต่อ", "ใช้ข้อความนี้")
    unsends(teller, number)
    assert draft(agency)["told"]["what"] == "เขาทำแบบนี้มาสามปีแล้ว"
    assert STORY not in json.dumps(draft(agency), ensure_ascii=False)


def test_where_whom_it_is_about_is_taken_back_that_is_asked_again(teller, agency):
    tells(teller, "จะแจ้งทุจริต", NAMELESS)
    _, number = types(teller, "วิชัย")
    tells(teller, "เล่าต่อ", STORY)
    assert unsends(teller, number).key == "disclosure.ask_about"
    assert "วิชัย" not in json.dumps(draft(agency), ensure_ascii=False)
    assert draft(agency)["told"]["what"] == STORY


def test_a_name_that_is_taken_back_is_gone(teller, agency):
    tells(teller, "จะแจ้งทุจริต", BACK, "บอกชื่อหรือเบอร์", "กองคลัง", "เล่าต่อ", STORY, "ข้าม", "ข้าม", "ข้าม")
    _, number = types(teller, "สมศรี")
    unsends(teller, number)
    assert draft(agency)["name"] == ""


def test_whoever_comes_to_the_door_again_goes_on(teller):
    tells(teller, "จะแจ้งทุจริต", NAMELESS, "กองคลัง", "เล่าต่อ", STORY)
    reply = teller.says("แจ้งเบาะแสทุจริต")
    assert [one.key for one in reply.bubbles] == ["disclosure.goes_on", "disclosure.meter", "disclosure.ask_when"]


def test_the_first_words_live_through_a_second_wish(teller, agency):
    teller.says(STORY)
    teller.says("จะแจ้งทุจริต")
    assert draft(agency)["first"][0][1] == STORY
