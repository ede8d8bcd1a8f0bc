"""The scripts of knowledge, topics, inquiry and of words alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from itadomain.cases.case import Kind, State
from itadomain.cases.categories import Category
from itadomain.cases.counting import figures
from itadomain.knowledge import Topic
from itadomain.people import Role
from tests.fakes import TODAY, MemoryStore, a_person, an_agency, an_office
from tests.talk import Reading, Talk

SIGNBOARD = Topic("t1", "ภาษีป้าย", "ชำระได้ถึงเดือนมีนาคม", ("จ่ายภาษีป้าย",), papers="บัตรประชาชน", phone="077-000000")
LAND = Topic("t2", "ภาษีที่ดินและสิ่งปลูกสร้าง", "ชำระได้ถึงเดือนเมษายน", ("ภาษีที่ดิน",))


@pytest.fixture
def store() -> MemoryStore:
    store = an_agency(office=an_office(phone="02-000-0000", hours="จันทร์-ศุกร์ 08.30-16.30 น."))
    for one in (SIGNBOARD, LAND):
        store.knowledge.save(one)
    return store


@pytest.fixture
def villager(store) -> Talk:
    return Talk(store, a_person())


@pytest.fixture
def officer(store) -> Talk:
    return Talk(store, a_person(Role.OFFICER, name="สมศรี", key="desk"), user="U2")


# ── asking


def test_the_script_a_question_is_answered_with_all_that_is_known(villager):
    assert villager.means("ask_service_info").key == "knowledge.no_answer"  # these words name nothing
    villager._understanding.told["จ่ายภาษีป้ายใช้อะไรบ้าง"] = Reading("ask_service_info")
    assert villager.says("จ่ายภาษีป้ายใช้อะไรบ้าง").key == "knowledge.told"
    assert "ชำระได้ถึงเดือนมีนาคม" in villager.words
    assert "บัตรประชาชน" in villager.words


def test_the_script_two_that_may_be_meant_are_offered_and_one_is_picked(villager):
    which = villager.says("ภาษี")
    assert which.key == "knowledge.which"
    assert villager.taps(which.taps[0]).facts == {"title": "ภาษีป้าย"}


def test_words_alone_that_call_a_topic_are_answered_and_others_are_not(villager):
    assert villager.says("ภาษีป้าย").key == "knowledge.told"
    lost = villager.says("อากาศดีจัง")
    assert (lost.key, villager.offered(lost)[0]) == ("help.not_understood", "ถามเจ้าหน้าที่")


def test_the_script_browsing_offers_what_there_is_and_hears_words(villager):
    asked = villager.taps("knowledge.browse")
    assert villager.offered(asked)[:2] == ["ภาษีที่ดินและสิ่งปลูกสร้าง", "ภาษีป้าย"]
    assert villager.says("อยากจ่ายภาษีที่ดิน").facts["title"] == LAND.title


def test_where_nothing_is_prepared_an_officer_is_offered(store, villager):
    for one in (SIGNBOARD, LAND):
        store.knowledge.save(replace(one, closed=True))
    assert "ถามเจ้าหน้าที่" in villager.offered(villager.taps("knowledge.browse"))
    assert villager.taps("knowledge.topic", id="t1").key == "knowledge.gone"
    assert villager.taps("knowledge.topic", id="t9").key == "knowledge.gone"


# ── an officer


def test_the_script_a_question_reaches_the_officers_and_has_a_number(store, villager, officer):
    asked = villager.means("talk_to_human")
    assert "จันทร์-ศุกร์ 08.30-16.30 น." in villager.words
    assert "โทรหาเรา" in villager.offered(asked)
    assert villager.says("น้ำจะไหลเมื่อไรคะ").facts == {"said": "น้ำจะไหลเมื่อไรคะ"}
    sent = villager.answers("send")
    (case,) = store.cases.kept.values()
    assert (sent.key, sent.needed, sent.facts["ticket"]) == ("inquiry.sent", True, str(case.ticket))
    assert (case.kind, case.story) == (Kind.QUESTION, "น้ำจะไหลเมื่อไรคะ")
    assert [notice.to.id for notice in sent.notices] == ["desk"]
    assert "น้ำ" not in str(sent.notices[0].reply), "a lock screen shows it"
    assert officer.taps("casework.one", id=case.id).key == "casework.one"
    assert "น้ำจะไหลเมื่อไรคะ" in officer.words


@pytest.mark.parametrize("chosen", ["safe", "general"])
def test_words_of_corruption_are_asked_about_before_officers_in_general_get_them(store, villager, chosen):
    villager.means("talk_to_human")
    villager._understanding.told["ปลัดเรียกเงินห้าพัน"] = Reading("report_corruption", {}, 0.9)
    asked = villager.says("ปลัดเรียกเงินห้าพัน")
    assert asked.key == "complaint.is_it_corruption"
    assert villager.says("อะไรนะ").key == "complaint.safe_or_general"
    after = villager.answers(chosen).key
    assert after == ("inquiry.confirm" if chosen == "general" else "disclosure.no_receiver")
    assert not store.cases.kept


def test_a_question_is_mended_before_it_is_sent(store, villager):
    villager.means("talk_to_human")
    villager.says("น้ำ")
    villager.says("แก้ข้อความ")
    assert villager.says("น้ำประปาจะไหลเมื่อไร").facts == {"said": "น้ำประปาจะไหลเมื่อไร"}
    assert villager.says("อะไรนะ").key == "inquiry.send_or_mend"
    assert not store.cases.kept


def _asks(villager, said="น้ำจะไหลเมื่อไรคะ"):
    villager.means("talk_to_human")
    villager.says(said)
    villager.answers("send")
    return list(villager.store.cases.kept.values())[-1]


def _is_answered(officer, case, said="พรุ่งนี้เช้าค่ะ"):
    officer.taps("casework.one", id=case.id)
    officer.says("ตอบผู้แจ้ง")
    officer.says(said)
    return officer.says("ส่งเลย")


@pytest.mark.parametrize(("hour", "said"), [(10, False), (20, True)])
def test_out_of_hours_it_is_said_when_officers_see_it(villager, hour, said):
    villager.now = int(datetime(2026, 11, 20, hour, tzinfo=UTC).timestamp() * 1000)
    _asks(villager)
    assert ("ขณะนี้อยู่นอกเวลาทำการ (จันทร์-ศุกร์ 08.30-16.30 น.)" in villager.words) is said


def test_an_answer_settles_a_question_and_is_read_on_opening(store, villager, officer):
    case = _asks(villager)
    told = _is_answered(officer, case)
    (notice,) = told.notices
    shown = villager.taps(notice.reply.bubbles[0].taps[0])
    assert "พรุ่งนี้เช้าค่ะ" in villager.words
    assert "เจ้าหน้าที่ตอบแล้ว" in villager.words
    assert villager.offered(shown)[:2] == ["ได้คำตอบแล้ว", "ถามเพิ่ม"]
    kept = store.cases.get(case.id)
    assert (kept.state, kept.due) == (State.RESOLVED, None), "nobody is late with it any more"


def test_a_question_is_not_mended_and_needs_no_photo(store, villager, officer):
    store.categories.save(Category("other", photo=True))
    case = _asks(villager)
    assert "แก้ไขแล้ว" not in officer.offered(officer.taps("casework.one", id=case.id))
    _is_answered(officer, case)
    assert store.cases.get(case.id).state is State.RESOLVED


@pytest.mark.parametrize("answered", [False, True])
def test_free_words_go_on_with_an_open_question(store, villager, officer, answered):
    case = _asks(villager)
    if answered:
        _is_answered(officer, case)
    else:
        officer.taps("casework.one", id=case.id)
    asked = villager.says("แล้วหมู่ 4 ล่ะ")
    assert (asked.key, villager.offered(asked)) == ("following.is_it_more_to_ask", [f"เพิ่มใน {case.ticket}", "ยกเลิก"])
    added = villager.taps(asked.taps[0])
    assert [one.to.id for one in added.notices] == ["desk"]
    kept = store.cases.get(case.id)
    assert (kept.talk[-1].words, kept.open) == ("แล้วหมู่ 4 ล่ะ", True)


def test_free_words_at_the_answer_go_on_with_the_question(store, villager, officer):
    case = _asks(villager)
    villager.taps(_is_answered(officer, case).notices[0].reply.bubbles[0].taps[0])
    villager.taps(villager.says("แล้วหมู่ 4 ล่ะ").taps[0])
    assert (store.cases.get(case.id).state, store.cases.get(case.id).talk[-1].words) == (State.WORKING, "แล้วหมู่ 4 ล่ะ")


def test_more_is_asked_in_words_of_its_own_and_is_no_complaint(store, villager, officer):
    case = _asks(villager)
    villager.taps(_is_answered(officer, case).notices[0].reply.bubbles[0].taps[0])
    asked = villager.says("ถามเพิ่ม")
    assert (asked.key, villager.offered(asked)) == ("following.what_more", ["ยกเลิก"])
    assert [one.to.id for one in villager.says("แล้วหมู่ 4 ล่ะ").notices] == ["desk"]
    officer.taps("casework.one", id=case.id)
    assert "แจ้งว่ายังไม่แก้ไข" not in officer.words
    assert figures(store.cases.counted(TODAY, TODAY), TODAY).reopened == 0
    _is_answered(officer, case, "หมู่ 4 ด้วยค่ะ")
    officer.taps("casework.one", id=case.id)
    assert "ตอบแล้ว" in officer.words


def test_what_has_an_answer_of_its_own_goes_before_an_open_question(villager):
    _asks(villager)
    assert villager.says("ภาษีป้าย").key == "knowledge.told"


def test_a_question_of_long_ago_takes_no_words(villager, officer):
    _is_answered(officer, _asks(villager))
    villager.today += timedelta(days=8)
    assert villager.says("แล้วหมู่ 4 ล่ะ").key == "help.not_understood"


def test_an_answer_may_become_the_agencys_own(store, villager, officer):
    done = _is_answered(officer, _asks(villager))
    (keep,) = [tap for tap in done.taps if officer.voice(tap.label) == "ใช้เป็นคำตอบสำเร็จรูป"]
    officer.taps(keep)
    shown = officer.says("น้ำประปา")
    assert (shown.key, shown.facts) == ("knowledge.told", {"title": "น้ำประปา"})
    officer.says("บันทึกคำตอบ")
    assert [one.text for one in store.knowledge.all() if one.title == "น้ำประปา"] == ["พรุ่งนี้เช้าค่ะ"]


def test_an_answer_of_a_case_that_is_not_theirs_is_no_draft(store, villager):
    case = _asks(villager)
    clerk = Talk(store, a_person(Role.ADMIN, name="สมปอง", key="admin"), user="U5")
    assert clerk.taps("topics.add", case=case.id).key == "case.not_found"


def test_a_problem_at_a_question_begins_where_problems_are_told(villager):
    villager._understanding.told["ท่อแตกหน้าบ้าน หมู่ 3"] = Reading("file_complaint", {"category": "water_supply"}, 0.9)
    villager.taps("knowledge.browse")
    assert villager.says("ท่อแตกหน้าบ้าน หมู่ 3").key == "complaint.notice"
    assert "รับไว้แล้ว: ข้อความ 1" in villager.words


def test_what_has_no_answer_is_not_typed_again_for_an_officer(store, villager):
    villager._understanding.told["น้ำจะไหลเมื่อไร"] = Reading("ask_service_info")
    none = villager.says("น้ำจะไหลเมื่อไร")
    sure = villager.taps(none.taps[0])
    assert (none.key, sure.key, sure.facts) == ("knowledge.no_answer", "inquiry.confirm", {"said": "น้ำจะไหลเมื่อไร"})
    assert villager.says("แก้ข้อความ").key == "inquiry.what"
    villager.says("น้ำประปาจะไหลเมื่อไร")
    villager.answers("send")
    assert [one.story for one in store.cases.kept.values()] == ["น้ำประปาจะไหลเมื่อไร"]


def test_after_no_answer_anything_else_may_be_said(villager):
    villager._understanding.told["น้ำจะไหลเมื่อไร"] = Reading("ask_service_info")
    for said, key in (("ขอเบอร์โทร", "office.call"), ("ภาษีป้าย", "knowledge.told"), ("ขอบคุณ", "account.you_are_welcome")):
        villager.says("น้ำจะไหลเมื่อไร")
        assert villager.says(said).key == key


def test_praise_in_free_words_is_led_to_where_it_is_told(villager):
    reply = villager.means("satisfaction_survey")
    assert villager.offered(reply)[:2] == ["ฝากคำชม", "แจ้งปัญหา"]
    assert villager.taps(reply.taps[0]).key == "complaint.notice"


# ── keeping topics


def test_the_script_a_topic_is_added_and_asked_for_at_once(store, officer, villager):
    officer.says("คำตอบสำเร็จรูป")
    officer.taps("topics.add")
    assert officer.says("ภาษีป้าย").key == "topics.exists"
    assert officer.says("เวลาทำการ").key == "topics.what_text"
    assert officer.says("จันทร์-ศุกร์ 08.30-16.30 น.").key == "knowledge.told"
    assert officer.says("บันทึกคำตอบ").key == "topics.saved"
    (made,) = [one for one in store.knowledge.all() if one.title == "เวลาทำการ"]
    officer.taps("topics.call", id=made.id)
    officer.says("เปิดกี่โมง, เปิดวันไหน")
    officer.taps("topics.detail", id=made.id)
    officer.answers("phone")
    officer.says("077-111111")
    kept = store.knowledge.get(made.id)
    assert (kept.aliases, kept.phone, kept.changed_by) == (("เปิดกี่โมง", "เปิดวันไหน"), "077-111111", "desk")
    assert villager.says("เปิดกี่โมง").facts == {"title": "เวลาทำการ"}


def test_an_answer_is_changed_and_put_out_of_use(store, officer, villager):
    officer.taps("topics.mend", id="t1")
    officer.says("ชำระได้ถึงเดือนเมษายน")
    officer.answers("save")
    assert store.knowledge.get("t1").text == "ชำระได้ถึงเดือนเมษายน"
    officer.taps("topics.close", id="t1")
    assert officer.says("ใช่หรือเปล่า").key == "picking.yes_or_cancel"
    officer.answers("yes")
    assert store.knowledge.get("t1").closed
    assert villager.says("จ่ายภาษีป้าย").key != "knowledge.told"


@pytest.mark.parametrize("step", ["topics.all", "topics.add", "topics.mend", "topics.close"])
@pytest.mark.parametrize("roles", [(), (Role.STAFF,), (Role.EXECUTIVE,)])
def test_only_officers_and_administrators_keep_topics(store, step, roles):
    assert Talk(store, a_person(*roles), user="U9").taps(step, id="t1").key == "help.not_allowed"
