"""A paper is listed with its files, asked for, approved as it was, and a draft again once its data changes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from handlers.kit import Card, Link
from itadomain.acknowledgements import Acknowledged, Audience, Circular
from itadomain.audit_log import Deed
from itadomain.papers.approval import Stage
from itadomain.people import Role
from tests.fakes import TODAY, a_person
from tests.handlers.papers.conftest import ADMIN, DAY_MS, MAYOR
from tests.talk import Talk

PLAN = {"kind": "plan", "of": "2566"}


def tap(reply, to):
    return next(one for one in reply.taps if getattr(one, "to", "") == to)


def links(reply):
    return [
        one.uri for bubble in reply.bubbles if isinstance(bubble, Card) for one in bubble.taps if isinstance(one, Link)
    ]


def asked(secretary):
    return secretary.taps(tap(secretary.taps("paperwork.one", **PLAN), "paper_approval.start"))


def test_the_papers_at_hand_are_listed_and_each_leads_to_its_files(secretary):
    listed = secretary.says("เอกสาร")
    assert "มาตรการ ปี 2566" in secretary.words
    assert "วิเคราะห์ผลการประเมิน ปี 2565" in secretary.words
    assert secretary.words.count("ร่าง") >= 3
    assert secretary.offered(listed)[:3] == ["มาตรการ 2566", "รายงานผล 2566", "วิเคราะห์ผล 2565"]
    one = secretary.taps(listed.taps[0])
    assert links(one) == ["paper:plan:2566:docx", "paper:plan:2566:xlsx", "paper:plan:2566:pdf"]


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("ขอไฟล์มาตรการ", "paper:plan:2566:docx"),
        ("ขอรายงานผล", "paper:report:2566:docx"),
        ("ขอรายงานการวิเคราะห์", "paper:analysis:2565:docx"),
    ],
)
def test_a_paper_is_asked_for_by_its_name(clerk, said, first):
    assert links(clerk.says(said))[0] == first


def test_without_a_result_what_the_plan_found_is_analysed(agency, clerk):
    agency.scores.kept.clear()
    assert "วิเคราะห์ผล 2565" not in clerk.offered(clerk.says("เอกสาร"))
    agency.measures.save(replace(agency.measures.of_year(2566)[0], finding="ผู้รับบริการไม่ทราบขั้นตอน"))
    assert links(clerk.says("ขอรายงานการวิเคราะห์"))[0] == "paper:analysis:2565:docx"
    clerk.taps("paperwork.years")
    assert clerk.offered(clerk.says("2565"))[0] == "วิเคราะห์ผล 2565"


@pytest.mark.parametrize("said", ["๒๕๖๕", "65", "2565"])
def test_another_year_is_typed_as_people_type_years(secretary, said):
    secretary.taps(tap(secretary.says("เอกสาร"), "paperwork.years"))
    listed = secretary.says(said)
    assert listed.facts == {"year": 2565}
    assert secretary.offered(listed)[0] == "วิเคราะห์ผล 2565"


@pytest.mark.parametrize("said", ["2590", "ปีไหนก็ได้", "๙๙๙๙๙๙๙๙"])
def test_a_year_without_papers_is_asked_for_again(secretary, said):
    secretary.taps("paperwork.years")
    assert secretary.says(said).key == "paperwork.no_such_year"
    assert secretary.says("2566").facts == {"year": 2566}


def test_an_agency_with_nothing_to_write_is_told_how_to_begin(agency, secretary):
    agency.measures.kept.clear()
    agency.scores.kept.clear()
    assert secretary.says("เอกสาร").bubbles[0].notes[0].key == "paperwork.none"


def test_a_paper_that_cannot_be_made_yet_is_said_to_be_so(agency, secretary):
    agency.scores.kept.clear()
    asked = secretary.says("ขอรายงานวิเคราะห์")
    assert asked.key == "paperwork.not_yet"
    assert secretary.offered(asked)[0] == "มาตรการ 2566"


def test_a_citizen_who_asks_for_documents_is_led_elsewhere(speaks):
    villager = speaks(a_person(key="villager"))
    assert villager.says("เอกสาร").key == "paperwork.for_staff"
    assert villager.taps("paperwork.one", **PLAN).key == "help.not_allowed"
    assert villager.taps("paper_approval.accept", **PLAN, seen="x").key == "help.not_allowed"


@pytest.mark.parametrize(
    ("said", "led"),
    [
        ("ขอแผนเป็นไฟล์ word", "paperwork.plan"),
        ("รายงานผลการดำเนินการ", "paperwork.report"),
        ("รายงานวิเคราะห์ผลการประเมิน", "paperwork.analysis"),
        ("ขออนุมัติ", "paperwork.of_agency"),
        ("คู่มือร้องเรียน", "paperwork.of_agency"),
        ("ใช้เลขไทย", "paper_settings.title"),
        ("ขอเอกสาร OIT", "oit_pack.title"),
    ],
)
def test_what_people_type_leads_to_the_papers(secretary, said, led):
    assert secretary.says(said).key == led


def test_it_is_approved_as_it_was_and_written_down(agency, secretary, mayor):
    first = asked(secretary)
    assert first.key == "paper_approval.asked"
    assert not first.notices
    waiting = mayor.says("อนุมัติเอกสาร")
    shown = mayor.taps(waiting.taps[0])
    done = mayor.taps(tap(shown, "paper_approval.accept"))
    assert done.key == "paper_approval.accepted"
    assert not done.notices
    mayor.taps("paperwork.one", **PLAN)
    assert "อนุมัติแล้วเมื่อ" in mayor.words
    assert "โดย สมหมาย" in mayor.words
    entries = [one.happened for one in agency.audit_log.kept]
    assert [(one.deed, one.by, one.facts["kind"], one.about) for one in entries] == [
        (Deed.ASKED, "secretary", "plan", "2566"), (Deed.APPROVED, "mayor", "plan", "2566"),
    ]  # fmt: skip
    assert entries[0].facts["digest"] == entries[1].facts["digest"] == agency.papers.approval("plan", "2566").digest


def test_once_the_data_changed_it_is_a_draft_again(agency, secretary, mayor):
    asked(secretary)
    mayor.taps(tap(mayor.taps("paperwork.one", **PLAN), "paper_approval.accept"))
    before = agency.measures.kept[0]
    agency.measures.kept[0] = replace(before, title="อีกชื่อหนึ่ง")
    again = secretary.taps("paperwork.one", **PLAN)
    assert "ข้อมูลเปลี่ยนหลังอนุมัติ" in secretary.words
    assert tap(again, "paper_approval.start")
    agency.measures.kept[0] = before  # it says what was approved again
    secretary.taps("paperwork.one", **PLAN)
    assert "อนุมัติแล้วเมื่อ" in secretary.words


def test_what_was_not_seen_is_not_approved(agency, secretary, mayor):
    asked(secretary)
    old = tap(mayor.taps("paperwork.one", **PLAN), "paper_approval.accept")
    agency.measures.kept[0] = replace(agency.measures.kept[0], title="อีกชื่อหนึ่ง")
    assert mayor.taps(old).key == "paperwork.changed_meanwhile"
    assert agency.papers.approval("plan", "2566").stage is Stage.WAITING
    shown = mayor.taps("paperwork.one", **PLAN)
    assert "ข้อมูลเปลี่ยนหลังขออนุมัติ" in mayor.words
    assert mayor.taps(tap(shown, "paper_approval.accept")).key == "paper_approval.accepted"


def test_it_is_sent_back_with_a_reason_that_the_asker_hears_for_nothing(agency, speaks, secretary, mayor):
    asked(secretary)
    mayor.taps(tap(mayor.taps("paperwork.one", **PLAN), "paper_approval.why"))
    assert mayor.says("   ").key == "paperwork.why_first"
    assert mayor.says("ก" * 501).key == "paperwork.reason_too_long"
    assert mayor.says("เพิ่มผู้รับผิดชอบ ข้อ 4").key == "paper_approval.sent_back"
    riding = Talk(agency, agency.people.kept["U-secretary"], user="U-secretary", rides=True)
    assert riding.says("เทียบกับปีก่อน").bubbles[-1].key == "paper_approval.was_sent_back"
    assert "เพิ่มผู้รับผิดชอบ ข้อ 4" in riding.words
    assert riding.says("เทียบกับปีก่อน").bubbles[-1].key != "paper_approval.was_sent_back"
    secretary.taps("paperwork.one", **PLAN)
    assert "เพิ่มผู้รับผิดชอบ ข้อ 4" in secretary.words
    assert asked(secretary).key == "paper_approval.asked"


def test_sending_back_can_be_cancelled(agency, secretary, mayor):
    asked(secretary)
    mayor.taps(tap(mayor.taps("paperwork.one", **PLAN), "paper_approval.why"))
    assert mayor.says("ยกเลิก").key == "help.cancelled"
    assert agency.papers.approval("plan", "2566").stage is Stage.WAITING


def test_who_decides_hears_of_it_once_on_the_back_of_an_answer(agency, secretary, speaks):
    asked(secretary)
    mayor = speaks(MAYOR, rides=True)
    first = mayor.says("เทียบกับปีก่อน")
    assert first.bubbles[-1].key == "paper_approval.rides"
    assert mayor.taps(tap(first, "paper_approval.waiting")).key == "paper_approval.waiting"
    assert "paper_approval.rides" not in [one.key for one in mayor.says("เทียบกับปีก่อน").bubbles]
    clerk = speaks(a_person(Role.STAFF, unit="กองคลัง", key="other"), rides=True)
    assert "paper_approval.rides" not in [one.key for one in clerk.says("เทียบกับปีก่อน").bubbles]


def test_a_message_is_spent_only_where_it_is_asked_for_and_once_a_day(secretary, mayor):
    told = secretary.taps(tap(asked(secretary), "paper_approval.tell"))
    ((whom, reply),) = [(notice.to.id, notice.reply) for notice in told.notices]
    assert whom == "mayor"
    assert reply.key == "measures.something_waits"
    assert secretary.taps("paper_approval.tell", **PLAN).key == "paper_approval.told_today"


def test_only_who_looks_after_the_whole_agency_asks(clerk, mayor, secretary):
    assert "paper_approval.start" not in [getattr(one, "to", "") for one in clerk.taps("paperwork.one", **PLAN).taps]
    assert clerk.taps("paper_approval.start", **PLAN).key == "paperwork.not_yours_to_ask"
    assert mayor.taps("paper_approval.start", **PLAN).key == "paper_approval.asked"


def test_who_asked_does_not_approve_while_another_is_there(clerk, secretary, mayor):
    asked(secretary)
    seen = tap(mayor.taps("paperwork.one", **PLAN), "paper_approval.accept").values["seen"]
    for one in (clerk, secretary):
        assert one.taps("paper_approval.accept", **PLAN, seen=seen).key == "paperwork.not_yours_to_decide"
        assert one.taps("paper_approval.why", **PLAN).key == "paperwork.not_yours_to_decide"


def test_where_there_is_no_executive_an_administrator_decides(agency, speaks, secretary):
    asked(secretary)
    admin = speaks(ADMIN)
    assert (
        admin.taps(tap(admin.taps("paperwork.one", **PLAN), "paper_approval.accept")).key == "paper_approval.accepted"
    )


def test_whoever_is_alone_approves_a_day_later_and_that_is_written_down(agency, secretary):
    assert [one.key for one in asked(secretary).bubbles] == ["paper_approval.asked", "paper_approval.alone"]
    seen = agency.papers.approval("plan", "2566").digest
    assert secretary.taps("paper_approval.accept", **PLAN, seen=seen).key == "paperwork.in_a_day"
    secretary.now += DAY_MS
    assert secretary.taps("paper_approval.accept", **PLAN, seen=seen).key == "paper_approval.accepted"
    assert agency.audit_log.kept[-1].happened.facts["alone"] == "yes"


def test_it_is_asked_for_once(secretary, mayor):
    asked(secretary)
    assert secretary.taps("paper_approval.start", **PLAN).key == "paperwork.asked_already"
    mayor.taps(tap(mayor.taps("paperwork.one", **PLAN), "paper_approval.accept"))
    assert secretary.taps("paper_approval.start", **PLAN).key == "paperwork.approved_already"
    assert mayor.taps("paper_approval.why", **PLAN).key == "paperwork.nothing_waits"


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "plan", "of": "2599"},
        {"kind": "plan", "of": "x"},
        {"kind": "secret", "of": "1"},
        {"kind": "memo", "of": "gone"},
        {},
    ],
)
def test_a_forged_tap_leads_to_no_paper(secretary, values):
    assert secretary.taps("paperwork.one", **values).key == "paperwork.unknown"
    assert secretary.taps("paper_approval.start", **values).key == "paperwork.unknown"


def test_a_memo_is_for_who_sees_the_whole(clerk, secretary):
    assert clerk.taps("paperwork.one", kind="memo", of="c1").key == "paperwork.for_whom"
    assert clerk.says("บันทึกข้อความ").key == "paperwork.for_whom"
    assert secretary.says("บันทึกข้อความ").key == "paperwork.memos"


def test_a_memo_lies_beside_its_circular_and_is_approved_like_any_paper(agency, secretary, mayor):
    agency.circulars.save(Circular("c1", "นโยบาย No Gift", "ไม่รับของขวัญ", Audience.EVERYONE, TODAY, "secretary"))
    shown = secretary.taps(tap(secretary.taps("circulars.one", id="c1"), "paperwork.one"))
    assert links(shown) == ["paper:memo:c1:docx", "paper:memo:c1:pdf"]
    secretary.taps(tap(shown, "paper_approval.start"))
    waiting = mayor.says("อนุมัติเอกสาร")
    mayor.taps(tap(mayor.taps(waiting.taps[0]), "paper_approval.accept"))
    assert agency.papers.approval("memo", "c1").stage is Stage.APPROVED
    agency.circulars.acknowledge(Acknowledged("c1", "mayor", datetime(2026, 11, 20, 9, tzinfo=UTC)))
    secretary.taps("paperwork.one", kind="memo", of="c1")
    assert "ข้อมูลเปลี่ยนหลังอนุมัติ" in secretary.words


def test_what_was_written_to_some_is_no_paper_of_others(agency, secretary):
    agency.circulars.save(Circular("c2", "ลับ", "ลับ", Audience.CHOSEN, TODAY, "mayor", people=("mayor",)))
    assert secretary.taps("paperwork.one", kind="memo", of="c2").key == "paperwork.unknown"
    assert "ลับ" not in secretary.words
    secretary.says("บันทึกข้อความ")
    assert "ลับ" not in secretary.words


def test_nobody_but_a_committee_hears_that_its_memo_waits(agency, secretary, mayor):
    agency.circulars.save(Circular("c2", "ลับ", "ลับ", Audience.CHOSEN, TODAY, "secretary", people=("secretary",)))
    asking = secretary.taps("paper_approval.start", kind="memo", of="c2")
    assert [one.key for one in asking.bubbles] == ["paper_approval.asked", "paper_approval.alone"]
    for said in ("อนุมัติเอกสาร", "เอกสาร", "ปีนี้ได้เกรดอะไร"):
        mayor.says(said)
        assert "ลับ" not in mayor.words
        assert "มีเอกสารรอท่านอนุมัติ" not in mayor.words
    secretary.now += DAY_MS
    shown = secretary.taps("paperwork.one", kind="memo", of="c2")
    assert secretary.taps(tap(shown, "paper_approval.accept")).key == "paper_approval.accepted"
