"""The questions: each may be skipped, none takes a file that LINE would keep."""

import pytest

from itadomain.integrity.disclosure import Part
from tests.handlers.disclosing.telling import NAMELESS, draft, in_the_box, sends, tells
from tests.handlers.receivers import (
    FORM,
    STORY,
    an_office_that_receives,
    talking,
)


def test_one_thing_is_asked_at_a_time_and_how_far_it_is(teller, agency):
    tells(teller, "จะแจ้งทุจริต", NAMELESS, "กองคลัง")
    asked = [teller.says(said) for said in ("เล่าต่อ", STORY, "เดือนก่อน", "ห้องการเงิน")]
    assert [one.facts["count"] for one in asked] == [1, 2, 3, 4]
    assert [one.bubbles[1].key.split(".")[1] for one in asked] == ["ask_what", "ask_when", "ask_where", "ask_evidence"]
    assert teller.says("มีใบเสร็จอยู่ที่บ้าน").key == "disclosure.review"
    assert "มีข้อมูลพอให้เริ่มตรวจสอบแล้ว" in teller.words


def test_every_part_may_be_skipped_and_what_would_help_is_said(teller):
    tells(teller, "จะแจ้งทุจริต", NAMELESS, "กองคลัง", "เล่าต่อ", STORY, "ข้าม", "ไม่ทราบ", "ข้าม")
    assert "บอกแล้ว 2 จาก 5" in teller.words
    assert "ถ้าบอกได้อีก จะตรวจสอบได้ง่ายขึ้น: เมื่อใด, ที่ไหน, สิ่งที่ตรวจสอบได้" in teller.words


def test_where_nothing_was_told_something_is_asked_for(teller):
    reply = tells(teller, "จะแจ้งทุจริต", NAMELESS, "ไม่ทราบ", "เล่าต่อ", "ข้าม", "ข้าม", "ข้าม", "ข้าม")
    assert (reply.key, reply.bubbles[-1].key) == ("disclosure.nothing_told", "disclosure.ask_what")


def test_words_that_mean_something_else_are_an_answer_to_what_happened(teller, agency):
    tells(teller, "จะแจ้งทุจริต", NAMELESS, "กองคลัง", "เล่าต่อ", "ไฟถนนดับหน้าวัด")
    assert draft(agency)["told"]["what"] == "ไฟถนนดับหน้าวัด"


def test_an_answer_longer_than_can_be_kept_is_refused(teller, agency):
    tells(teller, "จะแจ้งทุจริต", NAMELESS, "กองคลัง", "เล่าต่อ")
    assert teller.says("ก" * 1501).key == "integrity.too_long"
    assert teller.says("ก" * 1500).bubbles[-1].key == "disclosure.ask_when"


def test_the_longest_answers_fit_the_review_in_every_language(teller, agency):
    tells(teller, "จะแจ้งทุจริต", NAMELESS, "พ" * 1500, "เล่าต่อ", *("ก" * 1500 for _ in range(3)))
    assert teller.says("ม" * 1500).key == "disclosure.review"
    assert teller.says("ส่ง").key == "disclosure.sent"
    assert len(in_the_box(agency)[1].told[Part.EVIDENCE]) == 1500


def test_a_place_that_is_sent_is_where_it_was(teller, agency):
    tells(teller, "จะแจ้งทุจริต", NAMELESS, "กองคลัง", "เล่าต่อ")
    place = {"latitude": 13.7, "longitude": 100.5, "title": "ศาลากลางบ้าน", "address": "หมู่ 3"}
    assert sends(teller, "location", **place).bubbles[-1].key == "disclosure.ask_what"
    asked = tells(teller, STORY, "เดือนก่อน")
    assert asked.bubbles[-1].key == "disclosure.ask_evidence"
    assert draft(agency)["told"]["where"] == "ศาลากลางบ้าน หมู่ 3"


@pytest.mark.parametrize("kind", ["image", "video", "audio", "file"])
@pytest.mark.parametrize("form", [FORM, ""])
def test_files_are_not_taken_where_line_keeps_them(kind, form):
    store = an_office_that_receives(form=form)
    talk = talking(store)
    tells(talk, "จะแจ้งทุจริต", NAMELESS, "กองคลัง", "เล่าต่อ", STORY)
    more = {"fileName": "ก.pdf", "fileSize": 5} if kind == "file" else {"contentProvider": {"type": "line"}}
    reply = sends(talk, kind, **more)
    assert reply.key == ("disclosure.files_on_the_web" if form else "disclosure.no_files_here")
    assert (FORM in talk.words) is bool(form)
    assert reply.tasks == ()
    assert not store.evidence.kept
    assert talk.says("เดือนก่อน").bubbles[-1].key == "disclosure.ask_where"


def test_a_photo_at_the_door_begins_no_complaint(teller, agency):
    teller.says("จะแจ้งทุจริต")
    assert sends(teller, "image", contentProvider={"type": "line"}).key == "disclosure.no_files_here"
    assert not agency.evidence.kept
