"""By its code, from any account: where it stands, what was answered, more; and no guessing."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.kit import Link
from itadomain.cases.case import Line, Voice
from itadomain.integrity.disclosure import Outcome, Reveal, State, Way
from itadomain.integrity.receipts import code_of, printed
from itadomain.people import Role
from tests.fakes import TODAY, a_person
from tests.handlers.receivers import FORM, STORY, TELLER, an_office_that_receives, talking, told_whole
from tests.talk import Reading

numbers = itertools.count(8000)
WRONG = [printed(code_of(bytes([0x5A, number] * 5))) for number in range(1, 8)]
NEIGHBOUR = a_person(key="neighbour")


@pytest.fixture
def agency():
    return an_office_that_receives()


@pytest.fixture
def code(agency):
    """The printed code of what was told; it has reached its receivers."""
    talk = talking(agency)
    told_whole(talk)
    talk.says("ส่ง")
    agency.disclosures.deliver(TODAY)
    return printed(next(iter(agency.disclosures.codes)))


@pytest.fixture
def somebody(agency):
    """Another account than the one that told it."""
    agency.people.meet("Uneighbour", NEIGHBOUR)
    return talking(agency, NEIGHBOUR)


def only(agency):
    return next(iter(agency.disclosures.kept.values()))


def stands(agency, **changes):
    agency.disclosures.stand(only(agency).id, replace(only(agency).standing, **changes))


def says_of_receivers(agency, *lines):
    agency.disclosures.save(only(agency).saying(*lines), "nari")


def sends(talk, kind, **more):
    return talk.sends({"type": "message", "message": {"type": kind, "id": str(next(numbers)), **more}})


# ── the code


def test_a_tap_asks_for_the_code_and_another_account_may_type_it(somebody, code):
    assert somebody.taps("disclosure.follow").key == "disclosure.which_code"
    assert somebody.says(code).key == "disclosure.of_this_code"
    assert "ถึงผู้รับเรื่องแล้ว รอรับเรื่อง" in somebody.words
    assert STORY not in somebody.words


@pytest.mark.parametrize("typed", ["ติดตามด้วยรหัส", "ติดตามเรื่องทุจริต"])
def test_the_way_back_may_be_typed(somebody, code, typed):
    assert somebody.says(typed).key == "disclosure.which_code"
    assert somebody.says(code.replace("-", " ").lower()).key == "disclosure.of_this_code"


@pytest.mark.parametrize("around", ["{}", "รหัส {} ครับ", "{}\n"])
def test_a_code_is_taken_wherever_it_is_typed(somebody, code, around):
    assert somebody.says(around.format(code)).key == "disclosure.of_this_code"


def test_a_code_is_not_mistaken_for_one_to_join_with(somebody, code):
    assert somebody.says("ลงทะเบียน").key == "enrol.which_code"
    assert somebody.says(code).key == "disclosure.of_this_code"
    somebody.says("ยกเลิก")
    somebody._understanding.told[f"รหัส {code}"] = somebody._understanding.told["ลงทะเบียน"]
    assert somebody.says(f"รหัส {code}").key == "disclosure.of_this_code"
    assert not somebody.store.invitations.wrong_codes("neighbour")


@pytest.mark.parametrize("intent", ["ลงทะเบียน", "ถึงไหนแล้ว", "จะแจ้งทุจริต"])
def test_a_code_beside_words_that_mean_something_else_is_found(somebody, code, intent):
    understood = {**somebody._understanding.told, "ถึงไหนแล้ว": Reading("track_complaint")}
    somebody._understanding.told[f"{intent} {code}"] = understood[intent]
    assert somebody.says(f"{intent} {code}").key == "disclosure.of_this_code"


def test_a_code_to_join_with_is_still_one(somebody):
    somebody._understanding.told["K7QX-93FD"] = somebody._understanding.told["ลงทะเบียน"]
    assert somebody.says("K7QX-93FD").key == "enrol.code_wrong"


def test_before_the_round_it_is_seen_under_the_code_at_once(agency, somebody):
    talk = talking(agency)
    told_whole(talk)
    talk.says("ส่ง")
    code = printed(next(iter(agency.disclosures.new)))
    assert somebody.says(code).key == "disclosure.of_this_code"
    assert "จะถึงผู้รับเรื่องในรอบถัดไป" in somebody.words
    somebody.says("เพิ่มข้อมูล")
    somebody.says("มีพยานอีกคน")
    somebody.says(code)
    assert "มีพยานอีกคน" in somebody.words


@pytest.mark.parametrize("typed", ["K7QX", "1234 5678 9012 3456", "ไม่มีรหัส", WRONG[0]])
def test_a_code_that_is_wrong_gets_the_same_answer_as_one_that_nobody_has(somebody, code, typed):
    somebody.taps("disclosure.follow")
    assert somebody.says(typed).key == "disclosure.no_such_code"
    assert somebody.says(code).key == "disclosure.of_this_code"


def test_nobody_guesses_for_long(somebody, code):
    somebody.taps("disclosure.follow")
    for wrong in WRONG[:5]:
        assert somebody.says(wrong).key == "disclosure.no_such_code"
    assert somebody.says(WRONG[5]).key == "enrol.wait"
    assert somebody.says(code).key == "enrol.wait"
    somebody.now += 61 * 60 * 1000
    assert somebody.says(code).key == "disclosure.of_this_code"


def test_guessing_is_counted_together_with_codes_to_join_with(somebody, code):
    for wrong in WRONG[:5]:
        somebody.says(wrong)
    somebody.says("ยกเลิก")
    somebody.says("ลงทะเบียน")
    assert somebody.says("K7QX-93FD").key == "enrol.wait"


def test_what_reads_like_a_story_is_not_taken_for_a_code(somebody):
    assert somebody.says("THEY TOOK CASH 2018").key == "help.not_understood"
    assert not somebody.store.invitations.wrong_codes("neighbour")


def test_another_clear_wish_leaves_the_question_for_the_code(somebody):
    somebody.taps("disclosure.follow")
    assert somebody.says("ไฟถนนดับหน้าวัด").key == "complaint.notice"


def test_whoever_looks_is_not_written_down(agency, somebody, code):
    somebody.says(code)
    somebody.says("เพิ่มข้อมูล")
    somebody.says("มีพยานอีกคน")
    agency.disclosures.deliver(TODAY)
    assert not agency.audit_log.kept
    assert "neighbour" not in repr(agency.disclosures)
    assert not agency.places.kept  # the code was held no longer than the question was open


def test_a_code_in_a_complaint_is_not_kept_there(somebody, code, agency):
    somebody.says("ไฟถนนดับหน้าวัด")
    assert somebody.says(code).key == "case.is_a_code"
    assert code not in repr(agency.places.kept)


def test_a_code_in_a_disclosure_that_is_being_told_is_not_kept_there(agency, code):
    talk = talking(agency)
    told_whole(talk)
    assert talk.says(code).key == "disclosure.send_first"
    talk.says("ยกเลิก")
    talk.says("ยกเลิก")
    talk.says("จะแจ้งทุจริต")
    assert talk.says(code).key == "disclosure.of_this_code"


# ── where it stands


@pytest.mark.parametrize(
    ("state", "words"),
    [(State.ACCEPTED, "ผู้รับเรื่องรับเรื่องแล้ว"), (State.INQUIRY, "กำลังตรวจสอบ"), (State.CLOSED, "ปิดเรื่องแล้ว")],
)
def test_where_it_stands_is_told_in_words(agency, somebody, code, state, words):
    stands(agency, state=state, due=TODAY + timedelta(days=3))
    somebody.says(code)
    assert words in somebody.words
    assert "23 พ.ย. 2569" in somebody.words


@pytest.mark.parametrize("outcome", [*Outcome])
def test_what_came_of_it_is_told(agency, somebody, code, outcome):
    stands(agency, state=State.CLOSED, outcome=outcome, over_on=TODAY)
    reply = somebody.says(code)
    assert f"disclosure.outcome_{outcome}" in [getattr(row.value, "key", "") for row in reply.bubbles[0].rows]


def test_answers_are_read_and_notes_are_not(agency, somebody, code):
    says_of_receivers(
        agency,
        Line(Voice.AGENCY, "nari", TODAY, "ขอบคุณที่แจ้ง"),
        Line(Voice.NOTE, "nari", TODAY, "ดูสัญญาก่อน"),
    )
    somebody.says(code)
    assert "ผู้รับเรื่อง · 20 พ.ย. 2569\nขอบคุณที่แจ้ง" in somebody.words
    assert "ดูสัญญาก่อน" not in somebody.words
    assert "นารี" not in somebody.words


def test_much_that_was_said_still_fits(agency, somebody, code):
    says_of_receivers(agency, *(Line(Voice.AGENCY, "nari", TODAY, f"{no} {'คำ' * 700}") for no in range(9)))
    assert somebody.says(code).key == "disclosure.of_this_code"
    assert "8 คำ" in somebody.words


def test_whether_its_name_was_asked_for_is_told(agency, somebody, code):
    agency.disclosures.save(replace(only(agency), reveal=Reveal("nari", "ต้องถามพยาน", "2026-11-20T09:00")), "nari")
    somebody.says(code)
    assert "ยังไม่ได้เปิด เหตุผล: ต้องถามพยาน" in somebody.words
    agency.disclosures.save(
        replace(only(agency), reveal=Reveal("nari", "ต้องถามพยาน", "2026-11-20T09:00", agreed_by="wichai")), "nari"
    )
    somebody.says(code)
    assert "เปิดดูชื่อหรือเบอร์ของท่านแล้ว" in somebody.words


# ── more of it


def test_more_is_said_and_seen_after_the_round(agency, somebody, code):
    somebody.says(code)
    somebody.says("เพิ่มข้อมูล")
    reply = somebody.says("มีพยานอีกคน")
    assert (reply.key, reply.notices) == ("disclosure.added", ())
    assert not only(agency).talk
    agency.disclosures.deliver(TODAY)
    assert [(one.words, one.by) for one in only(agency).talk] == [("มีพยานอีกคน", "")]


def test_where_it_waits_what_is_typed_is_the_answer(agency, somebody, code):
    stands(agency, state=State.WAITING)
    reply = somebody.says(code)
    assert [one.key for one in reply.bubbles] == ["disclosure.of_this_code", "disclosure.say_it_now"]
    assert somebody.says("อยู่ชั้นสอง").key == "disclosure.added"


def test_who_answered_is_not_asked_again_before_the_round(agency, somebody, code):
    stands(agency, state=State.WAITING)
    says_of_receivers(agency, Line(Voice.AGENCY, "nari", TODAY, "ที่ไหน"))
    somebody.says(code)
    somebody.says("อยู่ชั้นสอง")
    reply = somebody.says(code)
    assert [one.key for one in reply.bubbles] == ["disclosure.of_this_code"]
    assert "ส่งคำตอบแล้ว" in somebody.words
    assert somebody.says("เพิ่มข้อมูล").key == "disclosure.say_more"


def test_a_place_is_words_too(agency, somebody, code):
    stands(agency, state=State.WAITING)
    somebody.says(code)
    place = {"latitude": 13.7, "longitude": 100.5, "title": "ศาลา", "address": "หมู่ 3"}
    assert sends(somebody, "location", **place).key == "disclosure.added"
    agency.disclosures.deliver(TODAY)
    assert only(agency).talk[0].words == "ศาลา หมู่ 3"


@pytest.mark.parametrize("form", [FORM, ""])
def test_files_go_to_the_form(agency, somebody, code, form):
    agency.office = replace(agency.office, form=form)
    reply = somebody.says(code)
    assert [tap.uri for tap in reply.taps if isinstance(tap, Link)] == ([FORM] if form else [])
    said = sends(somebody, "image", contentProvider={"type": "line"})
    assert said.key == ("disclosure.files_on_the_web" if form else "disclosure.no_files_here")
    assert not agency.evidence.kept


@pytest.mark.parametrize("said", ["", "ก" * 1501])
def test_nothing_and_too_much_is_refused_and_may_be_said_again(somebody, code, said):
    somebody.says(code)
    somebody.says("เพิ่มข้อมูล")
    assert somebody.says(said).key in {"integrity.say_something", "integrity.too_long"}
    assert somebody.says("มีพยาน").key == "disclosure.added"


def test_whoever_does_not_agree_says_why_within_the_days(agency, somebody, code):
    stands(agency, state=State.CLOSED, outcome=Outcome.UNSUBSTANTIATED, over_on=TODAY - timedelta(days=30))
    reply = somebody.says(code)
    assert somebody.offered(reply) == ["เพิ่มข้อมูล", "ไม่เห็นด้วย", "หน่วยงานภายนอก", "ยกเลิก"]
    assert "บอกได้ถึง 20 พ.ย. 2569" in somebody.words
    assert somebody.says("ไม่เห็นด้วย").key == "disclosure.what_is_wrong"
    assert somebody.says("ยังไม่ได้ถามพยาน").key == "disclosure.disagreed"
    (arrived,) = agency.disclosures.deliver(TODAY)
    assert arrived.reopens


def test_after_those_days_it_is_over(agency, somebody, code):
    stands(agency, state=State.CLOSED, outcome=Outcome.UNSUBSTANTIATED, over_on=TODAY - timedelta(days=31))
    assert somebody.offered(somebody.says(code)) == ["เพิ่มข้อมูล", "หน่วยงานภายนอก", "ยกเลิก"]


def test_what_nobody_asked_for_is_not_added(somebody, code, agency):
    somebody.says(code)
    assert somebody.says("ขอบคุณมาก").key == "disclosure.one_of_these"
    assert not agency.disclosures.more


# ── where staff read the chat


def test_where_staff_read_the_chat_a_code_is_not_asked_for_here(agency, somebody, code):
    agency.office = replace(agency.office, form=FORM)
    agency.settings.put("line.chat_mode", "chat")
    for reply in (somebody.taps("disclosure.follow"), somebody.says(code)):
        assert reply.key == "disclosure.follow_on_the_web"
        assert reply.then is None
        assert FORM in somebody.words


def test_without_a_form_it_is_followed_here_with_a_warning(agency, somebody, code):
    agency.settings.put("line.chat_mode", "chat")
    assert [one.key for one in somebody.taps("disclosure.follow").bubbles] == [
        "disclosure.watched", "disclosure.which_code",
    ]  # fmt: skip
    assert somebody.says(code).key == "disclosure.of_this_code"


# ── what is kept of people


def test_my_data_says_that_nothing_tells_who_disclosed(somebody, code):
    somebody.means("privacy")
    somebody.says("ข้อมูลของฉัน")
    assert "เรื่องแจ้งเบาะแส\nไม่รู้ว่าใครเป็นผู้แจ้ง" in somebody.words


def test_what_is_half_told_is_finished_before_anything_is_forgotten(agency):
    talk = talking(agency)
    told_whole(talk)
    assert talk.taps("privacy.delete").key == "privacy.finish_first"


@pytest.mark.parametrize("role", [None, *Role])
def test_everyone_may_follow(agency, code, role):
    who = a_person(*([role] if role else []), key="insider", name="อีกคน")
    agency.people.meet("Uinsider", who)
    assert talking(agency, who).says(code).key == "disclosure.of_this_code"


def test_the_way_that_was_chosen_is_no_matter(agency, somebody):
    talk = talking(agency)
    talk.says("จะแจ้งทุจริต")
    for said in ("แจ้งในแชท ติดต่อกลับได้", "แจ้งเตือนอย่างเดียว", "กองคลัง", "เล่าต่อ", STORY, "ข้าม", "ข้าม", "ข้าม", "ส่ง"):
        reply = talk.says(said)
    assert reply.bubbles[2].key == "disclosure.keep_the_code_push"
    agency.disclosures.deliver(TODAY)
    assert only(agency).standing.way is Way.NOTICE
    assert somebody.says(printed(next(iter(agency.disclosures.codes)))).key == "disclosure.of_this_code"
    assert TELLER.id not in somebody.words


def test_how_many_can_read_it_is_told_each_time(agency, somebody, code):
    somebody.says("ติดตามด้วยรหัส")
    somebody.says(code)
    assert "ผู้รับเรื่อง 2 คน" in somebody.words
    agency.people.save(agency.people.get("nari", TODAY).with_posts((), TODAY))
    somebody.says(code)
    assert "ผู้รับเรื่อง 1 คน" in somebody.words
