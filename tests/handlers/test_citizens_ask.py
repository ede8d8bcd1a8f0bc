"""The scripts of knowledge, topics, inquiry and of words alone."""

from dataclasses import replace

import pytest

from itadomain.cases.case import Kind
from itadomain.knowledge import Topic
from itadomain.people import Role
from tests.fakes import MemoryStore, a_person, an_agency, an_office
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
    assert villager.says("อากาศดีจัง").key == "help.not_understood"


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


def test_a_question_is_mended_before_it_is_sent(store, villager):
    villager.means("talk_to_human")
    villager.says("น้ำ")
    villager.says("แก้ข้อความ")
    assert villager.says("น้ำประปาจะไหลเมื่อไร").facts == {"said": "น้ำประปาจะไหลเมื่อไร"}
    assert villager.says("อะไรนะ").key == "inquiry.send_or_mend"
    assert not store.cases.kept


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
