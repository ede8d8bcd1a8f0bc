"""What came on paper, at the counter or by phone is written in by a receiver, sealed like any other."""

import pytest

from handlers.disclosures.integrity_clock import noon
from handlers.kit import Tick
from itadomain.integrity.disclosure import Part, State, Way
from itadomain.integrity.receipts import code_in
from tests.fakes import TODAY, a_person
from tests.handlers.disclosures import ANN, BEN, CAT, NAME, WHAT, an_office_of_disclosures, kept, talk_of

LETTER = f"ใคร: นายช่างคนหนึ่ง\nทำอะไร: {WHAT}\nเมื่อไร: ต้นเดือน\nที่ไหน: หน้าอำเภอ\nหลักฐาน: มีคนเห็นสองคน"


@pytest.fixture
def agency():
    return an_office_of_disclosures()


@pytest.fixture
def ann(agency):
    talk = talk_of(agency, ANN)
    talk.says("เรื่องแจ้งเบาะแส")
    talk.says("แจ้งเรื่องเอง")
    talk.taps("integrity_entry.start")
    return talk


def says(talk, *said):
    reply = None
    for one in said:
        reply = talk.says(one)
    return reply


def arrived(agency):
    noon(Tick(TODAY, agency))
    (one,) = agency.disclosures.kept.values()
    return one


def test_a_letter_is_sorted_into_its_parts_and_given_a_code(agency, ann):
    written = says(ann, "หนังสือ", "กองช่าง", "ต่อไป", LETTER, "ข้าม", "บันทึก")
    assert (written.key, written.needed) == ("integrity.entered", True)
    code = code_in(written.bubbles[1].facts["code"])
    one = arrived(agency)
    assert agency.disclosures.by_code(code).id == one.id
    assert (one.standing.way, one.standing.state, one.accused.units) == (Way.LETTER, State.NEW, {"กองช่าง"})
    assert list(one.told) == list(Part)
    assert one.told[Part.WHAT] == WHAT
    assert one.readers == {"ann", "cat"}, "Ben works in that unit"


def test_who_will_read_it_is_said_before_anything_is_written(agency, ann):
    asked = says(ann, "โทรศัพท์", "กองช่าง", "ต่อไป")
    assert asked.key == "integrity.write_it"
    assert CAT.name in ann.words
    assert BEN.name not in ann.words


def test_whom_the_story_names_does_not_read_it_either(agency, ann):
    says(ann, "โทรศัพท์", "ต่อไป", f"ใคร: {CAT.name}\nทำอะไร: {WHAT}", "ข้าม")
    assert f"{ANN.name}, {BEN.name}" in ann.words
    says(ann, "บันทึก")
    assert arrived(agency).readers == {"ann", "ben"}


def test_where_nobody_is_left_nothing_is_kept_and_bodies_outside_are_shown(agency, ann):
    told = says(ann, "มาที่สำนักงาน", "กองช่าง", "กองคลัง", CAT.name, "ต่อไป")
    assert told.key == "integrity.nobody_left"
    assert "1205" in ann.words
    assert (agency.disclosures.new, agency.places.kept) == ({}, {})


def test_several_units_those_at_the_top_and_names_are_gathered(agency, ann):
    asked = says(ann, "หนังสือ", "กองช่าง", "ผู้บริหาร", "สมศักดิ์", "ช่างใหญ่")
    assert asked.key == "integrity.whom_more"
    assert "กองช่าง, ผู้บริหาร, สมศักดิ์ ช่างใหญ่" in ann.words
    says(ann, "ต่อไป", WHAT, "ข้าม", "บันทึก")
    accused = arrived(agency).accused
    assert (accused.units, accused.executives, accused.words) == ({"กองช่าง"}, True, "สมศักดิ์ ช่างใหญ่")


def test_the_name_of_its_reporter_is_sealed_apart(agency, ann):
    says(ann, "หนังสือ", "ต่อไป", WHAT, NAME, "บันทึก")
    one = arrived(agency)
    assert (one.identity.name, one.identity.person) == (NAME, "")
    ann.taps("integrity.one", id=one.id)
    assert NAME not in ann.words
    assert "ยังไม่เปิด" in ann.words


def test_tapping_twice_keeps_it_once(agency, ann):
    says(ann, "หนังสือ", "ต่อไป", WHAT, "ข้าม")
    place = agency.places.kept["ann"]
    says(ann, "บันทึก")
    agency.places.kept["ann"] = place
    says(ann, "บันทึก")
    assert len(agency.disclosures.new) == 1


@pytest.mark.parametrize(
    ("before", "said", "refused"),
    [
        ((), "ทางอากาศ", "integrity.which_of_these_ways"),
        (("หนังสือ",), "ก" * 1501, "integrity.too_long"),
        (("หนังสือ", "ต่อไป"), "ก" * 1501, "integrity.too_long"),
        (("หนังสือ", "ต่อไป"), "ใคร:", "integrity.say_something"),
        (("หนังสือ", "ต่อไป", WHAT), "ก" * 201, "integrity.too_long"),
        (("หนังสือ", "ต่อไป", WHAT, "ข้าม"), "เอ๊ะ", "integrity.keep_or_cancel"),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_question_stays_open(agency, ann, before, said, refused):
    says(ann, *before)
    place = agency.places.kept["ann"]
    assert says(ann, said).key == refused
    assert agency.places.kept["ann"] == place


@pytest.mark.parametrize("name", [(), ("ข้าม",)])
def test_a_letter_is_left_only_when_that_is_said_twice(agency, ann, name):
    says(ann, "หนังสือ", "ต่อไป", WHAT, *name)
    assert says(ann, "ยกเลิก").key == "leaving.sure"
    assert ann.answers("go_on").key == ("integrity.opened" if name else "integrity.name_told")
    assert says(ann, "ยกเลิก", "ยกเลิก").key == "help.cancelled"
    assert (agency.disclosures.new, agency.places.kept) == ({}, {})


def test_nothing_of_it_stays_with_whoever_wrote_it_in(agency, ann):
    says(ann, "หนังสือ", "ต่อไป", WHAT, "ข้าม", "บันทึก")
    assert agency.places.kept == {}
    assert WHAT not in repr((agency.settings, agency.audit_log, agency.cases))


def test_who_is_no_receiver_enters_nothing(agency):
    agency.people.meet("Udan", a_person(key="dan"))
    assert talk_of(agency, a_person(key="dan")).taps("integrity_entry.start").key == "help.not_allowed"
    assert agency.disclosures.new == {}


def test_one_entered_is_worked_on_like_any_other(agency, ann):
    says(ann, "หนังสือ", "ต่อไป", WHAT, "ข้าม", "บันทึก")
    one = arrived(agency)
    ann.taps("integrity.one", id=one.id)
    sent = says(ann, "ตอบผู้แจ้ง", "ได้รับแล้วค่ะ", "ส่งเลย")
    assert [bubble.key for bubble in sent.bubbles] == ["integrity.answered", "integrity.tell_them_otherwise"]
    assert [line.words for line in kept(agency, one.id).talk] == ["ได้รับแล้วค่ะ"]
