"""The desk of the receivers: the list, one of them, and what is done with it until its reporter reads the outcome."""

from dataclasses import replace

import pytest

from handlers.kit import Card, Go, Link
from itadomain.cases.case import Line, Voice
from itadomain.integrity.disclosure import Accused, File, More, Outcome, Part, State, Way
from itadomain.integrity.filing import add
from itadomain.people import Role
from tests.fakes import TODAY, a_person
from tests.handlers.disclosures import (
    ANN,
    BEN,
    CAT,
    NAME,
    VILLAGER,
    WHAT,
    a_disclosure,
    audited,
    does,
    kept,
    talk_of,
    told_to,
)  # fmt: skip
from tests.talk import Reading


def test_the_list_says_where_each_stands_and_nothing_of_what_was_told(ann, disclosure):
    listed = ann.says("เรื่องแจ้งเบาะแส")
    assert "เรื่องที่ 1" in ann.words
    assert "รอรับเรื่อง" in ann.words
    assert WHAT not in ann.words
    assert listed.bubbles[0].summary.key == "integrity.opened"


def test_the_list_says_whose_reporter_wrote_and_has_no_answer_yet(agency, ann):
    code = told_to(agency)
    agency.disclosures.deliver(TODAY)
    one = agency.disclosures.by_code(code).id
    add(agency, code, More("มีพยานอีกคน"))
    agency.disclosures.deliver(TODAY)
    ann.taps("integrity.all")
    assert "ยังไม่ได้ตอบ" in ann.words
    assert "มีพยาน" not in ann.words
    does(ann, one, "ตอบผู้แจ้ง", "ขอบคุณ", "ส่งเลย")
    ann.taps("integrity.all")
    assert "ยังไม่ได้ตอบ" not in ann.words


def test_a_list_of_none_offers_to_enter_one_or_to_tell(ann):
    listed = ann.says("เรื่องแจ้งเบาะแส")
    assert [tap.to for tap in listed.taps if isinstance(tap, Go)][:2] == ["integrity_entry.start", "disclosure.start"]


def test_one_is_opened_by_its_number_in_the_list(ann, disclosure):
    ann.says("เรื่องแจ้งเบาะแส")
    assert ann.says("9").key == "integrity.which_one"
    ann.says("๑")
    assert WHAT in ann.words


def test_the_list_goes_on_page_by_page(agency, ann):
    for _ in range(8):
        a_disclosure(agency)
    ann.says("เรื่องแจ้งเบาะแส")
    assert "เรื่องที่ 7" not in ann.words
    ann.says("ถัดไป")
    assert "เรื่องที่ 8" in ann.words
    ann.says("8")
    assert WHAT in ann.words


def test_one_shows_what_was_told_about_whom_what_is_missing_and_who_reads_it(agency, ann):
    one = a_disclosure(agency, Way.WEB, Accused(frozenset({"กองช่าง"}), words="สมชาย"))
    ann.taps("integrity.one", id=one)
    assert all(part in ann.words for part in (WHAT, "กองช่าง", "สมชาย", ANN.name, CAT.name, "1 จาก 5", "ที่ยังขาด"))
    assert BEN.name not in ann.words


def test_no_word_of_it_stands_where_a_lock_screen_shows_it(agency, ann, disclosure):
    """A lock screen shows plain texts and what a card is in short."""
    for said in ((), ("ตอบผู้แจ้ง", "ความลับที่ตอบ"), ("บันทึกภายใน", "ความลับที่ตอบ"), ("ถามผู้แจ้ง", "ความลับที่ตอบ")):
        does(ann, disclosure, *said)
        shown = [one.get("text") or one["altText"] for one in ann.messages]
        assert not any(secret in text for text in shown for secret in (WHAT, "ความลับที่ตอบ", "ทุจริต", "เบาะแส"))


@pytest.mark.parametrize(("name", "nameless"), [("", True), (NAME, False)])
def test_that_nothing_is_known_of_its_reporter_is_said_where_it_is_so(agency, ann, name, nameless):
    ann.taps("integrity.one", id=a_disclosure(agency, Way.WEB, name=name))
    assert ("ผู้แจ้งไม่ระบุตัว" in ann.words) == nameless
    assert ("ผู้แจ้งบอกชื่อไว้" in ann.words) != nameless


def test_a_card_says_in_short_that_something_was_opened(ann, disclosure):
    ann.taps("integrity.one", id=disclosure)
    assert [one["altText"] for one in ann.messages] == ["รายการที่ท่านเปิดดู"]


def test_files_open_by_an_address_of_their_own(agency, ann):
    code = told_to(agency)
    agency.disclosures.put_more(code, More(file=File("f1", "image/jpeg", 9, TODAY)))
    agency.disclosures.deliver(TODAY)
    one = agency.disclosures.by_code(code).id
    card = ann.taps("integrity.one", id=one).bubbles[0]
    assert [tap.uri for tap in card.taps if isinstance(tap, Link)] == [f"disclosure:{one}/f1"]


@pytest.mark.parametrize(
    ("deed", "state"), [("รับเรื่อง", State.ACCEPTED), ("เริ่มตรวจสอบ", State.INQUIRY)],
)  # fmt: skip
def test_what_needs_no_words_is_done_at_once(agency, ann, disclosure, deed, state):
    does(ann, disclosure, deed)
    assert kept(agency, disclosure).standing.state is state
    assert kept(agency, disclosure).standing.accepted_on == TODAY
    assert ("moved", "ann", disclosure) in audited(agency)


def test_a_question_waits_for_its_reporter_who_reads_it_by_code(agency, ann):
    code = told_to(agency)
    agency.disclosures.deliver(TODAY)
    one = agency.disclosures.by_code(code).id
    does(ann, one, "ถามผู้แจ้ง", "วันไหนคะ")
    sent = ann.says("ส่งเลย")
    assert [bubble.key for bubble in sent.bubbles] == ["integrity.asked", "integrity.read_by_code"]
    assert sent.notices == ()
    found = agency.disclosures.by_code(code)
    assert (found.standing.state, [line.words for line in found.talk]) == (State.WAITING, ["วันไหนคะ"])
    does(ann, one, "ดำเนินการต่อ")
    assert kept(agency, one).standing.state is State.INQUIRY


@pytest.mark.parametrize("way", [Way.NOTICE, Way.NAMED])
def test_who_wanted_to_hear_of_news_is_told_of_a_message_and_of_nothing_else(agency, ann, way):
    one = a_disclosure(agency, way, person="villager", **({"name": NAME} if way is Way.NAMED else {}))
    does(ann, one, "ตอบผู้แจ้ง", "ความลับที่ตอบ")
    (notice,) = ann.says("ส่งเลย").notices
    assert (notice.to.id, notice.reply.key) == ("villager", "integrity.news")
    villager = talk_of(agency, VILLAGER)
    told = villager.voice(notice.reply.bubbles[0].summary)
    assert told == f"มีข้อความใหม่จาก {villager.voice(agency.office.name)}"
    assert notice.reply.bubbles[0].taps[0].to == "disclosure.follow"


def test_a_receiver_who_brought_it_is_not_told_of_their_own_answer(agency, ann):
    one = a_disclosure(agency, Way.NOTICE, person="ann")
    does(ann, one, "ตอบผู้แจ้ง", "กำลังตรวจสอบค่ะ")
    sent = ann.says("ส่งเลย")
    assert (sent.key, sent.notices) == ("integrity.answered", ())


def test_a_note_is_for_receivers_alone(agency, ann):
    code = told_to(agency)
    agency.disclosures.deliver(TODAY)
    one = agency.disclosures.by_code(code).id
    noted = does(ann, one, "บันทึกภายใน", "ถามพยานแล้ว")
    assert noted.key == "integrity.noted"
    talk_of(agency, CAT).taps("integrity.one", id=one)
    assert [line.words for line in kept(agency, one).talk] == ["ถามพยานแล้ว"]
    assert agency.disclosures.by_code(code).talk == ()


def test_a_ready_sentence_is_picked_by_its_number_and_looked_at_before_it_goes(agency, ann, disclosure):
    card = does(ann, disclosure, "ตอบผู้แจ้ง").bubbles[0]
    ready = card.rows[1].value
    assert does(ann, disclosure, "ตอบผู้แจ้ง", "2").key == "integrity.opened"
    assert ready in ann.words
    assert ann.says("อะไรนะ").key == "integrity.send_or_mend"
    ann.says("แก้ข้อความ")
    ann.says("แบบที่ 2")
    ann.says("ส่งเลย")
    assert [line.words for line in kept(agency, disclosure).talk] == [ready]


@pytest.mark.parametrize(
    ("said", "outcome"),
    [("ปิดเรื่อง: มีมูล", "substantiated"), ("ปิดเรื่อง: ไม่มีมูล", "unsubstantiated"), ("ปิดเรื่อง: ข้อมูลไม่พอ", "insufficient")],
)
def test_it_is_closed_with_an_outcome_and_words_for_its_reporter(agency, ann, disclosure, said, outcome):
    assert does(ann, disclosure, "ปิดเรื่อง").key == "integrity.what_outcome"
    assert ann.says("เสร็จ").key == "integrity.which_outcome"
    ann.says(said)
    ann.says("ตรวจสอบแล้ว")
    assert ann.says("ส่งเลย").key == "integrity.closed"
    standing = kept(agency, disclosure).standing
    assert (standing.state, standing.outcome, standing.over_on) == (State.CLOSED, Outcome(outcome), TODAY)
    assert [line.words for line in kept(agency, disclosure).talk] == ["ตรวจสอบแล้ว"]


def test_what_is_beyond_the_agency_names_a_body_outside(agency, ann, disclosure):
    does(ann, disclosure, "ปิดเรื่อง", "ปิดเรื่อง: ที่อื่นรับ")
    assert ann.says("ตำรวจดาวอังคาร").key == "integrity.which_body"
    ann.says("สำนักงาน ป.ป.ช.")
    ann.says("1")
    ann.says("ส่งเลย")
    assert [line.words for line in kept(agency, disclosure).talk][1:] == ["สำนักงาน ป.ป.ช. 1205"]


@pytest.mark.parametrize("said", ["ตรวจสอบแล้วพบว่ายกเลิกสัญญาไปแล้วค่ะ", "ขอความช่วยเหลือจากหน่วยงานอื่นแล้ว"])
def test_words_of_leaving_or_help_in_an_answer_are_an_answer(agency, ann, disclosure, said):
    ann._understanding.told[said] = Reading("cancel" if "ยกเลิก" in said else "help", confidence=0.8)
    does(ann, disclosure, "ตอบผู้แจ้ง", said)
    ann.says("ส่งเลย")
    assert [line.words for line in kept(agency, disclosure).talk] == [said]


def test_what_was_written_is_left_only_when_that_is_said_twice(agency, ann, disclosure):
    does(ann, disclosure, "ตอบผู้แจ้ง", "ขอบคุณค่ะ")
    assert ann.says("ยกเลิก").key == "leaving.sure"
    assert ann.answers("go_on").key == "integrity.opened"
    ann.says("ยกเลิก")
    assert ann.says("ยกเลิก").key == "help.cancelled"
    assert (kept(agency, disclosure).talk, agency.places.kept) == ((), {})


def test_what_another_did_meanwhile_is_not_done_twice(agency, ann, disclosure):
    does(ann, disclosure, "ปิดเรื่อง", "ปิดเรื่อง: มีมูล", "ตรวจสอบแล้ว")
    other = talk_of(agency, BEN)
    does(other, disclosure, "ปิดเรื่อง", "ปิดเรื่อง: ไม่มีมูล", "ไม่พบ")
    other.says("ส่งเลย")
    assert ann.says("ส่งเลย").key == "integrity.not_now"
    assert kept(agency, disclosure).standing.outcome is Outcome.UNSUBSTANTIATED


def test_what_its_reporter_adds_is_read_and_opens_it_again(agency, ann):
    code = told_to(agency)
    agency.disclosures.deliver(TODAY)
    one = agency.disclosures.by_code(code).id
    does(ann, one, "ปิดเรื่อง", "ปิดเรื่อง: มีมูล", "ตรวจสอบแล้ว")
    ann.says("ส่งเลย")
    agency.disclosures.put_more(code, More("ยังทำอยู่", reopens=True))
    from handlers.disclosures.integrity_clock import noon
    from handlers.kit import Tick

    noon(Tick(TODAY, agency))
    assert kept(agency, one).standing.state is State.INQUIRY
    ann.taps("integrity.one", id=one)
    assert "ยังทำอยู่" in ann.words
    assert "ไม่เห็นด้วยกับผล 1 ครั้ง" in ann.words


def test_all_that_was_said_is_read_page_by_page_and_whole(agency, ann, disclosure):
    long = replace(
        kept(agency, disclosure),
        told=dict.fromkeys(Part, "ยาว" * 490),
        talk=tuple(Line(Voice.REPORTER, "", TODAY, f"{no} " + "ก" * 980) for no in range(9)),
    )
    agency.disclosures.kept[disclosure] = long
    ann.taps("integrity.one", id=disclosure)
    assert "8 กก" in ann.words, "the newest has room on the card"
    reply, read = ann.taps("integrity.said", id=disclosure), ""
    while True:
        read += ann.words
        on = [tap for tap in reply.taps if isinstance(tap, Go) and tap.to == "integrity.said"]
        if not on:
            break
        reply = ann.taps(on[0])
    assert read.count("ยาว" * 490) == len(Part)
    assert all(f"{no} " + "ก" * 980 in read for no in range(9))


def test_every_look_is_written_down_and_nothing_of_who_told_it(agency, ann):
    one = a_disclosure(agency, Way.NOTICE, person="villager")
    ann.says("เรื่องแจ้งเบาะแส")
    ann.says("1")
    ann.taps("integrity.said", id=one)
    assert audited(agency) == [
        ("filed", "", one),
        ("listed", "ann", ""),
        ("looked", "ann", one),
        ("looked", "ann", one),
    ]
    assert "villager" not in repr(agency.audit_log.kept)


def test_who_joined_later_is_told_how_many_came_before(agency):
    a_disclosure(agency)
    late = a_person(key="dan", name="สมศักดิ์ มาใหม่")
    from datetime import timedelta

    from itadomain.people import Post

    tomorrow = TODAY + timedelta(days=1)
    agency.people.meet("Udan", late.with_posts([Post(Role.INTEGRITY, since=tomorrow)], tomorrow))
    agency.disclosures.with_key.append("dan")
    dan = talk_of(agency, late, tomorrow)
    dan.says("เรื่องแจ้งเบาะแส")
    assert "มีอีก 1 เรื่องที่มาถึงก่อนท่านรับหน้าที่" in dan.words


def test_one_that_was_kept_from_a_receiver_is_not_hinted_at(agency):
    a_disclosure(agency, Way.WEB, Accused(words=BEN.name))
    ben = talk_of(agency, BEN)
    listed = ben.says("เรื่องแจ้งเบาะแส")
    assert isinstance(listed.bubbles[0], Card)
    assert listed.bubbles[0].notes == []
    assert "ไม่มีเรื่อง" in ben.words


def test_whoever_lost_the_post_reads_nothing_with_the_key_that_is_left(agency, disclosure):
    agency.people.save(replace(ANN, posts=(), roles=frozenset()))
    former = talk_of(agency, ANN)
    assert former.taps("integrity.one", id=disclosure).key == "help.not_allowed"
    agency.people.save(a_person(Role.ADMIN, key="ann", name=ANN.name))
    assert former.taps("integrity.one", id=disclosure).key == "help.not_allowed"
