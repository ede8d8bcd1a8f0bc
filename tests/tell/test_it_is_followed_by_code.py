"""What a receipt code opens, and what is left under it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from itadomain.cases.case import Line, Voice
from itadomain.integrity.disclosure import NOBODY, Outcome, Reveal, State
from itadomain.integrity.receipts import printed
from tests.fakes import TODAY
from tests.tell.visitor import SLUG

STORY = "เรียกรับเงินค่าออกใบอนุญาตก่อสร้างห้าพันบาท"


@pytest.fixture
def code(visitor):
    return visitor.sends(what=STORY, name="ผู้บอกชื่อ")


def delivered(store, **changes):
    """The one disclosure, delivered and changed since."""
    if not store.disclosures.kept:
        store.disclosures.deliver(TODAY)
    (found,) = store.disclosures.kept.values()
    at = {name: changes.pop(name) for name in ("state", "outcome", "over_on", "due") if name in changes}
    store.disclosures.kept[found.id] = replace(found.standing_at(**at), **changes)
    return store.disclosures.kept[found.id]


def test_before_the_round_it_waits_and_its_words_are_there(visitor, code):
    visitor.follows(code)
    assert visitor.says("ส่งแล้ว รอรอบถัดไป", "8.30", STORY)
    assert "ผู้บอกชื่อ" not in visitor.html


@pytest.mark.parametrize(
    "typed", [printed, str.lower, lambda code: f" {printed(code)} ครับ", lambda c: c.replace("0", "O")]
)
def test_a_code_is_read_however_it_was_typed(visitor, code, typed):
    assert visitor.follows(typed(code)).says("ส่งแล้ว รอรอบถัดไป")


@pytest.mark.parametrize(("state", "told"), [
    (State.NEW, "ถึงผู้รับเรื่องแล้ว"), (State.ACCEPTED, "รับเรื่องแล้ว"), (State.INQUIRY, "กำลังตรวจสอบ"),
    (State.WAITING, "ผู้รับเรื่องรอข้อมูลจากท่าน"), (State.CLOSED, "ปิดเรื่องแล้ว"),
])  # fmt: skip
def test_where_it_stands_is_told_in_words(visitor, code, store, state, told):
    delivered(store, state=state, over_on=TODAY if state is State.CLOSED else None, due=date(2026, 12, 1))
    visitor.follows(code)
    assert visitor.says(told, "ถึงผู้รับเรื่องวันที่ 20 พ.ย. 2569")
    assert visitor.says("1 ธ.ค. 2569") is (state is not State.CLOSED)


@pytest.mark.parametrize("outcome", Outcome)
def test_what_came_of_it_is_told(visitor, code, store, outcome):
    delivered(store, state=State.CLOSED, outcome=outcome, over_on=TODAY)
    visitor.follows(code)
    assert visitor.says("ผล:")
    assert ("tel:1205" in visitor.html) is (outcome in {Outcome.BEYOND, Outcome.INSUFFICIENT})


def test_answers_are_read_and_notes_are_not(visitor, code, store):
    lines = [(Voice.AGENCY, "ขอทราบวันที่"), (Voice.NOTE, "คุยกันเอง"), (Voice.MOVE, "accept")]
    delivered(store, talk=tuple(Line(voice, "r0", TODAY, said) for voice, said in lines))
    visitor.follows(code)
    assert visitor.says("ผู้รับเรื่อง วันที่ 20 พ.ย. 2569", "ขอทราบวันที่")
    assert "คุยกันเอง" not in visitor.html
    assert "ผู้รับหนึ่ง" not in visitor.html


def test_who_answered_is_not_asked_again_before_the_round(visitor, code, store):
    lines = [Line(Voice.AGENCY, "r0", TODAY, "ที่ไหน"), Line(Voice.REPORTER, "", TODAY, "ชั้นสอง")]
    delivered(store, state=State.WAITING, talk=tuple(lines))
    visitor.follows(code)
    assert visitor.says("ส่งแล้ว รอรอบถัดไป")
    assert not visitor.says("ผู้รับเรื่องถามไว้")


def test_words_are_added_once_however_often_they_are_sent(visitor, code, store):
    visitor.follows(code)
    page = visitor.page
    visitor.presses("add", more="เห็นวันที่ 5")
    assert visitor.says("รับข้อความแล้ว")
    visitor.page = page
    visitor.presses("add", more="เห็นวันที่ 5").presses("open")
    assert visitor.says("ท่าน", "เห็นวันที่ 5")
    assert [more.words for _, more in store.disclosures.more] == ["เห็นวันที่ 5"]


def test_the_same_words_answer_two_questions(visitor, code, store):
    for question in ("รู้ชื่อไหม", "รู้วันไหม"):
        delivered(store, talk=(*delivered(store).talk, Line(Voice.AGENCY, "r0", TODAY, question)))
        visitor.follows(code).presses("add", more="ไม่ทราบ")
        store.disclosures.deliver(TODAY)
    assert [line.words for line in delivered(store).talk] == ["รู้ชื่อไหม", "ไม่ทราบ", "รู้วันไหม", "ไม่ทราบ"]


def test_words_in_the_other_field_are_not_lost(visitor, code, store):
    delivered(store, state=State.CLOSED, outcome=Outcome.UNSUBSTANTIATED, over_on=TODAY)
    visitor.follows(code).presses("add", more="ส่ง", disagree="ค้าง").presses("open")
    assert visitor.carried["disagree"] == "ค้าง"


@pytest.mark.parametrize(("said", "told"), [
    ("", "โปรดพิมพ์ข้อความ"), ("ก" * 1001, "ยาวเกิน 1000"),
    ("รหัสคือ K7QX-93FD-AB12-CD34", "โปรดเอารหัสออกก่อน"),
])  # fmt: skip
def test_words_that_cannot_be_added_are_told_at_their_field_and_kept(visitor, code, store, said, told):
    visitor.follows(code).presses("add", more=said)
    assert (visitor.status, visitor.says(told), visitor.carried["more"]) == (400, True, said)
    assert store.disclosures.more == []


def test_its_reporter_does_not_agree_that_it_is_closed(visitor, code, store):
    delivered(store, state=State.CLOSED, outcome=Outcome.UNSUBSTANTIATED, over_on=TODAY)
    visitor.follows(code).presses("disagree", disagree="ยังไม่ได้ถามพยาน")
    assert visitor.says("รับข้อความแล้ว")
    ((_, more),) = store.disclosures.more
    assert (more.words, more.reopens) == ("ยังไม่ได้ถามพยาน", True)


def test_after_thirty_days_it_is_too_late_to_disagree(visitor, code, store):
    delivered(store, state=State.CLOSED, outcome=Outcome.UNSUBSTANTIATED, over_on=TODAY - timedelta(days=31))
    visitor.follows(code)
    assert 'name="disagree"' not in visitor.html
    visitor.posts(f"/tell/{SLUG}", [("page", "follow"), ("go", "disagree"), ("code", code), ("disagree", "ไม่เห็นด้วย")])
    assert visitor.says("เปิดใหม่ไม่ได้แล้ว")
    assert visitor.carried["more"] == "ไม่เห็นด้วย"


@pytest.mark.parametrize("agreed", ["", "r1"])
def test_that_a_name_was_asked_for_is_told_with_the_reason(visitor, code, store, agreed):
    delivered(store, reveal=Reveal("r0", "ต้องนัดพบ", "2026-11-20T09:00", agreed))
    visitor.follows(code)
    assert visitor.says("มีผู้ขอดูชื่อของท่าน", "ต้องนัดพบ", "เปิดให้ผู้รับเรื่องดูแล้ว" if agreed else "ยังไม่ได้เปิด")


def test_every_wrong_code_is_answered_alike(visitor, code, house, store):
    house.stores["south"].disclosures.new_code()  # the fake's are the same in every store
    south = type(visitor)(visitor.client, slug="south").sends(what=STORY)
    assert south != code
    answers = {
        typed: visitor.follows(typed).html.replace(f'value="{typed}"', "")
        for typed in ("x", "7K2M4N8P0QRSTVWX", south, "ก")
    }
    assert len(set(answers.values())) == 1
    assert visitor.status == 404
    assert visitor.says("ไม่พบเรื่องของรหัสนี้")


def test_the_other_language_loses_nothing(visitor, code):
    visitor.follows(code).presses("en", by="to", more="half a sentence")
    assert visitor.says("waiting for the next round")
    assert visitor.carried["more"] == "half a sentence"


def test_a_reporters_name_is_never_shown(visitor, code, store):
    assert delivered(store).identity != NOBODY
    assert "ผู้บอกชื่อ" not in visitor.follows(code).html


def test_how_many_can_read_it_is_told_each_time(visitor, code, store):
    """So a reporter sees when receivers were taken out, or nobody is left, and goes outside."""
    assert visitor.follows(code).says("ผู้ที่เปิดอ่านเรื่องนี้ได้มี 2 คน")
    delivered(store)
    store.people.save(store.people.get("r0", TODAY).with_posts((), TODAY))
    assert visitor.follows(code).says("ผู้ที่เปิดอ่านเรื่องนี้ได้มี 1 คน")
    assert not visitor.says("ป.ป.ช.")
    store.people.save(store.people.get("r1", TODAY).with_posts((), TODAY))
    assert visitor.follows(code).says("ไม่มีผู้รับเรื่องนี้ในหน่วยงาน", "ป.ป.ช.", "1205")
