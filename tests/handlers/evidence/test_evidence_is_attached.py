"""The script of evidence: out of the blue, in words, within a report and after one."""

from dataclasses import replace
from datetime import timedelta

from itadomain.evidence import DRAFT, MB, Kind, Stage
from itadomain.history import Deed
from tests.fakes import TODAY
from tests.handlers.evidence.sending import (
    ADMIN,
    CLERK,
    DUTY,
    QUARTERLY,
    SHA,
    approve,
    copied,
    hears,
    kept,
    of_a_set,
    sends,
    sent_report,
)
from tests.talk import Talk

# ── out of the blue


def test_a_photo_out_of_the_blue_is_fetched_at_once_and_asked_about(clerk, agency):
    asked = sends(clerk)
    assert asked.key == "evidence.which_measure"
    assert clerk.offered(asked) == ["ข้อ 1", "ข้อ 2", "ไม่ใช้ ลบทิ้ง", "ยกเลิก"]
    (one,) = kept(agency)
    assert (one.stage, one.obligation, one.kind, one.by) == (Stage.COMING, "", Kind.PHOTO, "clerk")
    (task,) = asked.tasks
    assert (task.name, task.facts) == ("fetch_evidence", {"evidence": one.id, "message": one.message, "name": ""})
    told = clerk.taps(asked.taps[1])
    assert (told.key, told.facts) == ("evidence.attached", {"count": 1, "title": QUARTERLY.title})
    assert clerk.offered(told) == ["รายงานความคืบหน้า", "ดูหลักฐาน", "เมนู"]
    (one,) = kept(agency)
    assert (one.obligation, str(one.slot)) == (DUTY, "2026-12-31")
    assert agency.history.of_measure("m2", 1)[0].deed is Deed.EVIDENCE


def test_the_copy_that_was_made_is_nothing_to_talk_about(clerk, agency):
    asked = sends(clerk)
    assert hears(clerk, asked, **copied()).bubbles == ()
    assert [(one.stage, one.copy.sha256) for one in kept(agency)] == [(Stage.KEPT, SHA)]
    assert clerk.says("ข้อ 2").key == "evidence.attached"  # the question is still open
    assert [(one.stage, one.obligation) for one in kept(agency)] == [(Stage.KEPT, DUTY)]


def test_photos_that_are_sent_together_are_one_question(clerk, agency):
    assert [of_a_set(clerk, number, 3).bubbles for number in (2, 1)] == [(), ()]
    asked = of_a_set(clerk, 3, 3)
    assert (asked.key, asked.facts["count"]) == ("evidence.which_measure", 3)
    assert clerk.says("2").facts["count"] == 3
    assert {one.obligation for one in kept(agency)} == {DUTY}


def test_a_phone_that_does_not_count_its_set_is_asked_with_the_first(clerk):
    first = sends(clerk, imageSet={"id": "old"})
    assert first.key == "evidence.which_measure"
    assert sends(clerk, imageSet={"id": "old"}).bubbles == ()


def test_what_comes_after_its_set_was_attached_goes_the_same_way(clerk, agency):
    sends(clerk, imageSet={"id": "old"})
    clerk.says("ข้อ 2")
    assert sends(clerk, imageSet={"id": "old"}).bubbles == ()
    assert {one.obligation for one in kept(agency)} == {DUTY}


def test_photos_one_by_one_join_the_same_question(clerk):
    assert [sends(clerk).facts["count"] for _ in range(3)] == [1, 2, 3]
    assert clerk.says("ข้อ 1").facts["count"] == 3


def test_what_is_not_wanted_is_deleted(clerk, agency):
    hears(clerk, sends(clerk), **copied())
    sends(clerk)
    dropped = clerk.says("ไม่ใช้ ลบทิ้ง")
    assert (dropped.key, dropped.facts) == ("evidence.dropped", {"count": 2})
    assert [task.facts for task in dropped.tasks] == [{"sha256": SHA}]
    assert {one.stage for one in kept(agency)} == {Stage.GONE}


def test_every_kind_of_file_is_taken(clerk, agency):
    for kind in ("video", "audio"):
        assert sends(clerk, kind).tasks
    assert sends(clerk, "file", fileName="บันทึก.pdf", fileSize=100).tasks[0].facts["name"] == "บันทึก.pdf"
    assert [one.kind for one in kept(agency)] == [Kind.VIDEO, Kind.AUDIO, Kind.FILE]


def test_what_a_citizen_sends_is_no_evidence_of_a_measure(citizen, agency):
    assert citizen.says("https://example.go.th/a").key == "complaint.notice"
    assert sends(citizen, "image").key == "complaint.so_far"
    assert [one.case for one in kept(agency)] == [DRAFT]


def test_who_answers_for_nothing_is_told_so_and_nothing_is_kept(agency):
    talk = Talk(agency, ADMIN, user="U3")
    reply = sends(talk)
    assert (reply.key, reply.tasks, kept(agency)) == ("evidence.nothing_yours", (), [])


def test_what_is_too_large_is_refused_before_it_is_fetched(clerk, agency):
    reply = sends(clerk, "file", fileName="ใหญ่.pdf", fileSize=51 * MB)
    assert (reply.key, reply.facts, reply.tasks) == ("evidence.too_large", {"most": 50}, ())
    assert kept(agency) == []


def test_what_lies_elsewhere_is_not_fetched_from_there(clerk):
    reply = sends(clerk, contentProvider={"type": "external", "originalContentUrl": "http://10.0.0.1/"})
    assert (reply.key, reply.tasks) == ("evidence.from_elsewhere", ())


def test_in_a_group_nothing_is_taken(agency):
    talk = Talk(agency, CLERK, group="C1")
    assert sends(talk).bubbles == ()
    assert kept(agency) == []


# ── words


def test_a_link_and_a_place_count_and_need_no_copy(clerk, agency):
    assert clerk.says("https://example.go.th/news/1").key == "evidence.which_measure"
    asked = sends(clerk, "location", title="อบต.", address="หมู่ 1", latitude=8.5, longitude=98.25)
    assert (asked.facts["count"], asked.tasks) == (2, ())
    clerk.says("ข้อ 2")
    assert [(one.stage, one.said) for one in agency.evidence.of_obligation(DUTY)] == [
        (Stage.KEPT, "อบต. · หมู่ 1 · 8.50000, 98.25000"), (Stage.KEPT, "https://example.go.th/news/1"),
    ]  # fmt: skip


def test_a_time_counts_where_something_was_asked_for(clerk, agency):
    asked = clerk.means("attach_evidence", measure=2)
    assert asked.key == "evidence.send_now"
    assert clerk.says("จัดประชุมวันที่ ๒๐ พ.ย. ๖๙ เวลา ๑๔.๓๐ น.").key == "evidence.added_one"
    assert clerk.says("ตามนั้น").key == "evidence.send_something"
    assert sends(clerk).key == "evidence.added_here"
    assert clerk.says("เท่านี้").key == "evidence.enough"
    assert [one.kind for one in agency.evidence.of_obligation(DUTY)] == [Kind.PHOTO, Kind.TIME]


def test_a_link_in_the_sentence_is_taken_with_it(clerk, agency):
    clerk._understanding.told["แนบลิงก์ https://example.go.th/x"] = replace(
        next(iter(clerk._understanding.told.values())), intent="attach_evidence", values={"measure": 2}
    )
    assert clerk.says("แนบลิงก์ https://example.go.th/x").key == "evidence.attached"


def test_without_a_measure_the_first_thing_that_comes_is_asked_about(clerk):
    assert clerk.means("attach_evidence").key == "evidence.send_now"
    assert sends(clerk).key == "evidence.which_measure"
    assert clerk.says("ข้อ 1").key == "evidence.attached"


def test_what_is_loose_is_attached_when_its_measure_is_named(clerk):
    sends(clerk)
    clerk.says("ยกเลิก")
    assert clerk.means("attach_evidence", measure=2).key == "evidence.attached"


def test_another_units_measure_is_refused(clerk, agency):
    sends(clerk)
    assert clerk.answers("m4.สำนักปลัด").key == "progress.not_yours"
    assert clerk.says("ข้อ 4").key == "progress.no_such_of_yours"
    assert clerk.says("ข้อ 2").key == "evidence.attached"


# ── within a report


def test_within_a_report_it_is_attached_and_the_question_stays_as_it_was(clerk, agency):
    asked = clerk.means("update_progress", measure=2)
    reply = sends(clerk)
    assert reply.key == "evidence.added_here"
    assert clerk.offered(reply) == clerk.offered(asked)  # LINE shows the buttons of the last message only
    assert hears(clerk, reply, **copied()).bubbles == ()
    clerk.says("https://example.go.th/a")
    for said in ("กำลังทำ", "ประชุมแล้ว", "50", "ข้าม"):
        clerk.says(said)
    assert clerk.says("ส่ง").key == "progress.sent"
    (report,) = agency.reports.of_obligation(DUTY)
    assert {(one.obligation, one.slot) for one in kept(agency)} == {(DUTY, report.slot)}


def test_several_photos_within_a_report_are_said_once(clerk):
    clerk.means("update_progress", measure=2)
    assert [of_a_set(clerk, number, 3).key for number in (1, 2, 3)] == ["evidence.added_here", "", ""]
    assert clerk.says("กำลังทำ").key == "progress.what_was_done"


def test_within_something_else_it_waits_and_the_question_stays(clerk):
    clerk.means("change_language")
    reply = sends(clerk)
    assert reply.key == "evidence.kept_for_later"
    assert clerk.offered(reply)[:2] == ["ไทย", "English"]
    assert clerk.says("ไทย").key == "account.language_set"
    assert clerk.means("attach_evidence").key == "evidence.which_measure"


def test_a_link_within_something_else_is_an_answer_to_that(clerk):
    clerk.means("change_language")
    assert clerk.says("https://example.go.th/a").key == "account.which_language_again"


# ── after a report


def test_it_may_belong_to_a_report_that_waits_or_to_the_next(clerk, agency):
    sent_report(clerk)
    later = Talk(agency, None, today=TODAY + timedelta(days=60), user="U1")
    sends(later)
    asked = later.says("ข้อ 2")
    assert (asked.key, later.offered(asked)) == (
        "evidence.which_report",
        ["รอบ 31 มี.ค. 2570", "รอบ 31 ธ.ค. 2569", "ยกเลิก"],
    )
    assert later.answers("2027-06-30").key == "evidence.which_of_these"
    assert later.says("รอบ 31 ธ.ค. 2569").key == "evidence.attached"
    assert [str(one.slot) for one in kept(agency)] == ["2026-12-31"]


def test_a_report_that_was_approved_takes_nothing_more(clerk, head, agency):
    sent_report(clerk)
    approve(agency)
    later = Talk(agency, None, today=TODAY + timedelta(days=60), user="U1")
    sends(later)
    assert later.says("ข้อ 2").key == "evidence.attached"
    assert [str(one.slot) for one in kept(agency)] == ["2027-03-31"]
