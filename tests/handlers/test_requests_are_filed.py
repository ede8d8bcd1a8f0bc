"""The script of requests: a question at a time, looked over, sent with a number; mended, left open, taken back."""

import itertools
from dataclasses import replace

import pytest

from itadomain.audit_log import Deed
from itadomain.cases.case import Kind, State
from tests.fakes import TODAY
from tests.handlers.cases import DESK, VILLAGER, an_office_of_cases, filed, fills
from tests.talk import Talk

TENT = ("เต็นท์", "๒ หลัง", "5 ธ.ค. 2569", "7 ธ.ค. 2569", "งานบวช หมู่ 3", "สมชาย ใจดี", "081-234-5678")
numbers = itertools.count(7000)


@pytest.fixture
def agency():
    return an_office_of_cases()


@pytest.fixture
def villager(agency):
    return Talk(agency, VILLAGER, user="Uvillager")


def sends(talk, kind, **more):
    number = str(next(numbers))
    return talk.sends({"type": "message", "message": {"type": kind, "id": number, **more}}), number


def test_the_script_a_tent_is_asked_for(agency, villager):
    first = villager.says("ขอยืมเต็นท์")
    assert [one.key for one in first.bubbles] == ["request.notice", "request.ask_item"]
    shown = fills(villager, *TENT)
    assert (shown.key, villager.offered(shown)) == ("request.review", ["ส่งคำร้อง", "แก้คำตอบ", "ยกเลิก"])
    assert not agency.cases.kept
    sent = villager.says("ส่ง")
    case = filed(agency)
    assert (case.kind, case.reporter, case.contact) == (Kind.REQUEST, "villager", "081-234-5678")
    assert case.story.splitlines() == [
        "ขอยืมทรัพย์สิน", "สิ่งที่ยืม: เต็นท์", "จำนวน: ๒ หลัง", "ยืมตั้งแต่: 5 ธ.ค. 2569", "คืนวันที่: 7 ธ.ค. 2569", "ใช้ที่ใด: งานบวช หมู่ 3",
        "ผู้ยื่นคำร้อง: สมชาย ใจดี",
    ]  # fmt: skip
    assert (sent.needed, sent.facts["ticket"]) == (True, str(case.ticket))
    assert [notice.to.id for notice in sent.notices] == ["desk"]
    assert "เต็นท์" not in str(sent.notices[0].reply), "a lock screen shows it"
    (written,) = agency.audit_log.since()
    assert (written.happened.deed, written.happened.about) == (Deed.FILED, case.id)


@pytest.mark.parametrize(
    ("days", "told"), [(("5 ธ.ค. 2569", "7 ธ.ค. 2569"), True), (("5 ก.พ. 2570", "7 ก.พ. 2570"), False)]
)
def test_what_is_needed_before_the_promised_day_is_told_by_phone_too(villager, days, told):
    item, amount, _, _, *rest = TENT
    sent = fills(villager, "ขอยืมเต็นท์", item, amount, *days, *rest, "ส่ง")
    assert ("request.needed_sooner" in [one.key for one in sent.bubbles]) is told


def test_the_forms_are_offered_and_questions_may_be_left_open(agency, villager):
    asked = villager.says("คำร้อง")
    assert villager.offered(asked) == ["คำร้องทั่วไป", "ขอข้อมูลข่าวสาร", "ขอยืมทรัพย์สิน", "ยกเลิก"]
    villager.taps(asked.taps[1])
    assert villager.offered(villager.says("แผนพัฒนาท้องถิ่น")) == ["ข้าม", "ยกเลิก"]
    fills(villager, "ข้าม", "สมหญิง", "ข้าม", "ส่งคำร้อง")
    assert filed(agency).story == "ขอข้อมูลข่าวสาร\nข้อมูลที่ขอ: แผนพัฒนาท้องถิ่น\nผู้ยื่นคำร้อง: สมหญิง"
    assert filed(agency).contact == ""


def test_an_officer_finds_it_and_it_is_counted_on_its_own(agency, villager):
    fills(villager, "ขอยืมเต็นท์", *TENT, "ส่ง")
    officer = Talk(agency, DESK, user="Udesk")
    officer.taps("casework.one", id=filed(agency).id)
    for told in ("คำร้องออนไลน์", "สิ่งที่ยืม: เต็นท์", "081-234-5678"):
        assert told in officer.words
    shown = officer.taps("figures.of_year")
    keys = [one.key for one in shown.bubbles]
    assert (keys, shown.facts["count"]) == (["figures.in_short", "integrity.figures"], 0)  # it is no complaint
    assert "คำร้องออนไลน์ (นับแยก)\n1" in officer.words


def test_the_agencys_answers_lead_to_the_forms(villager):
    shown = villager.taps("knowledge.browse")
    assert "ยื่นคำร้อง" in villager.offered(shown)
    tap = next(tap for tap in shown.taps if villager.voice(tap.label) == "ยื่นคำร้อง")
    assert villager.taps(tap).key == "request.which"


def test_what_is_no_answer_is_asked_again(agency, villager):
    fills(villager, "ขอยืมเต็นท์", "เต็นท์")
    assert villager.says("หลายหลัง").key == "request.a_number"
    villager.says("สองหลัง")
    assert villager.says("1 พ.ย. 2569").key == "request.not_before"
    assert villager.says("สักวัน").key == "day.which"
    villager.picks("2026-12-05")
    assert villager.says("4 ธ.ค. 2569").key == "request.not_before"
    assert villager.picks("2026-12-05").key == "request.ask_where"
    assert villager.says("ก" * 501).key == "case.too_long"
    assert villager.answers("skip").key == "request.ask_name"
    assert villager.answers("skip").key == "request.please_answer"  # nobody offered that
    assert not agency.cases.kept


def test_one_answer_is_mended_and_what_was_measured_against_it_is_asked_again(agency, villager):
    fills(villager, "ขอยืมเต็นท์", *TENT)
    assert villager.says("แก้คำตอบ").key == "request.which_to_mend"
    assert villager.answers("x").key == "request.one_of_these"
    assert villager.says("ยืมตั้งแต่").key == "request.ask_since"
    assert villager.says("10 ธ.ค. 2569").key == "request.ask_until"
    assert villager.says("11 ธ.ค. 2569").key == "request.review"
    villager.says("ส่ง")
    assert "ยืมตั้งแต่: 10 ธ.ค. 2569\nคืนวันที่: 11 ธ.ค. 2569" in filed(agency).story


def test_a_photo_has_to_wait_and_the_question_stays(agency, villager):
    fills(villager, "ขอยืมเต็นท์", "เต็นท์")
    reply, _ = sends(villager, "image")
    assert reply.key == "request.send_first"
    assert villager.says("2 หลัง").key == "request.ask_since"
    assert not agency.evidence.kept


def test_an_answer_that_is_taken_back_leaves_nothing_behind(agency, villager):
    villager.says("ขอยืมเต็นท์")
    _, number = sends(villager, "text", text="เต็นท์ของวัด")
    fills(villager, "2 หลัง")
    assert villager.sends({"type": "unsend", "unsend": {"messageId": number}}).bubbles == ()
    assert "เต็นท์ของวัด" not in str(agency.places.of("villager", 0).draft)
    assert villager.says("5 ธ.ค. 2569").key == "request.ask_item"  # what was open is answered, then the gap is asked
    assert villager.says("เต็นท์").key == "request.ask_until"


def test_what_is_taken_back_while_it_is_looked_over_is_asked_before_it_is_sent(agency, villager):
    fills(villager, "ขอยืมเต็นท์", *TENT[:-2])
    _, number = sends(villager, "text", text="สมชาย")
    shown = villager.says("ข้าม")
    assert shown.key == "request.review"
    villager.sends({"type": "unsend", "unsend": {"messageId": number}})
    assert villager.says("ส่ง").key == "request.ask_name"
    assert not agency.cases.kept


def test_an_older_answer_that_is_taken_back_leaves_the_newer_one(agency, villager):
    fills(villager, "คำร้อง", "คำร้องทั่วไป")
    _, number = sends(villager, "text", text="ขอถังขยะ")
    fills(villager, "สมชาย", "ข้าม", "แก้คำตอบ", "สิ่งที่ต้องการ", "ขอถังขยะสองใบ")
    villager.sends({"type": "unsend", "unsend": {"messageId": number}})
    villager.says("ส่ง")
    assert "ขอถังขยะสองใบ" in filed(agency).story


def test_a_number_to_call_has_room_for_a_number(villager):
    fills(villager, "คำร้อง", "คำร้องทั่วไป", "ขอถังขยะ", "สมชาย")
    assert villager.says("0" * 201).facts == {"most": 200}


def test_a_request_may_be_given_up(agency, villager):
    fills(villager, "ขอยืมเต็นท์", "เต็นท์")
    assert villager.says("ยกเลิก").key == "help.cancelled"
    assert not agency.cases.kept
    assert agency.places.of("villager", 0) is None


def test_words_that_wish_for_a_form_are_shown_the_forms(villager):
    assert villager.says("อยากยื่นคำร้องค่ะ ทำไงคะ").key == "request.which"
    assert villager.says("ยกเลิก").key == "help.cancelled"
    assert villager.says("วันนี้อากาศดี").key == "help.not_understood"


def test_a_request_is_called_so_in_lists_and_is_answered_not_mended(agency, villager):
    fills(villager, "ขอยืมเต็นท์", *TENT, "ส่ง")
    officer = Talk(agency, DESK, user="Udesk")
    officer.says("เรื่องร้องเรียน")
    assert f"{filed(agency).ticket} · ขอยืมทรัพย์สิน" in officer.words
    agency.cases.save(replace(filed(agency), state=State.RESOLVED, over_on=TODAY))
    shown = villager.taps("following.one", id=filed(agency).id)
    assert villager.offered(shown)[:2] == ["ได้คำตอบแล้ว", "ถามเพิ่ม"]


def test_a_form_that_is_not_there_is_refused(villager):
    villager.says("คำร้อง")
    assert villager.answers("x").key == "request.one_of_these"


def test_someone_who_reads_english_is_asked_in_english_and_officers_read_thai(agency, villager):
    villager.says("English please")
    villager.says("borrow a tent")
    assert "What would you like to borrow?" in villager.words
    fills(villager, *TENT, "send")
    assert filed(agency).story.startswith("ขอยืมทรัพย์สิน\nสิ่งที่ยืม: เต็นท์")
