"""The script of evidence: before a report, within one, after one; taken back; and what is told of the copy."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.line.events import result
from handlers.evidence import forget_loose
from handlers.kit import Tick
from itadomain.evidence import DRAFT, MB, Copy, Kind, Stage
from itadomain.history import Deed
from itadomain.people import Role
from itadomain.progress import Approval
from tests.fakes import TODAY, a_measure, a_person, at_work
from tests.talk import Talk

CLERK = a_person(Role.STAFF, unit="กองคลัง", key="clerk", name="สมชาย")
HEAD = a_person(Role.HEAD, unit="กองคลัง", key="head", name="สมศรี")
ADMIN = a_person(Role.ADMIN, key="admin", name="สมปอง")
MONTHLY = a_measure(1, owners=("กองคลัง",), follow_up="ทุกเดือน", steps=())
QUARTERLY = a_measure(2, owners=("กองคลัง",), follow_up="ทุกไตรมาส", steps=())
OTHERS = a_measure(4, owners=("สำนักปลัด",))
DUTY = "m2.กองคลัง"
SHA = "a" * 64
numbers = itertools.count(1000)


@pytest.fixture
def agency():
    return at_work(MONTHLY, QUARTERLY, OTHERS)


@pytest.fixture
def head(agency):
    return Talk(agency, HEAD, user="U9")


@pytest.fixture
def clerk(agency, head):
    return Talk(agency, CLERK)


@pytest.fixture
def citizen(agency):
    return Talk(agency, a_person(), user="U2")


def sends(talk, kind="image", **more):
    message = {"type": kind, "id": str(next(numbers)), **more}
    return talk.sends({"type": "message", "message": message})


def of_a_set(talk, index, total):
    return sends(talk, imageSet={"id": "set", "index": index, "total": total})


def hears(talk, reply, **values):
    """What comes of the task that a reply asked for, as the person's lane hears it."""
    (task,) = [task for task in reply.tasks if task.name == "fetch_evidence"]
    return talk.sends(result(task.name, talk.user, {**task.facts, **values}))


def copied(size=2 * MB, sha256=SHA, **more):
    copy = vars(Copy(sha256, size, "image/jpeg", shown=True))
    return {"copy": copy, "before": 0, "after": size, "most": 5000 * MB, **more}


def kept(agency):
    return sorted(agency.evidence.kept.values(), key=lambda one: one.message)


def sent_report(talk, measure=2):
    for said in ("กำลังทำ", "ประชุมแล้ว", "50", "ข้าม", "ส่ง"):
        reply = talk.means("update_progress", measure=measure) if said == "กำลังทำ" else None
        reply = talk.says(said)
    return reply


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


def approve(agency):
    (report,) = agency.reports.of_obligation(DUTY)
    agency.reports.save(replace(report, approval=Approval.APPROVED, decided_by="head", decided_on=TODAY))


# ── what comes of the copy


@pytest.mark.parametrize(("values", "key"), [
    ({"refused": "evidence.macros"}, "evidence.macros"),
    ({"refused": "evidence.too_large", "facts": {"most": 10}}, "evidence.too_large"),
    ({"failed": True}, "evidence.not_fetched"),
])  # fmt: skip
def test_a_copy_that_cannot_be_made_is_told_and_the_evidence_does_not_count(clerk, agency, values, key):
    asked = sends(clerk)
    clerk.says("ข้อ 2")
    assert hears(clerk, asked, **values).key == key
    assert [(one.stage, one.why) for one in kept(agency)] == [(Stage.REFUSED, key)]


def test_a_failure_after_the_contents_were_known_leaves_no_copy(clerk, agency):
    asked = sends(clerk)
    (one,) = kept(agency)
    agency.evidence.save(replace(one, copy=Copy(SHA, 0, "")))  # as it is registered before it is made
    assert [task.facts for task in hears(clerk, asked, failed=True).tasks] == [{"sha256": SHA}]


def comes_at_last(clerk, agency, asked):
    """The fetch is given up, and later revived: registered as the store does it, and heard of."""
    hears(clerk, asked, failed=True)
    (one,) = kept(agency)
    agency.evidence.save(replace(one, stage=Stage.COMING))
    return hears(clerk, asked, **copied())


def test_what_comes_after_it_was_given_up_is_told_once(clerk, agency):
    asked = sends(clerk)
    clerk.says("ข้อ 2")
    told = comes_at_last(clerk, agency, asked)
    assert (told.key, told.facts) == ("evidence.came_at_last", {"day": TODAY})
    assert clerk.offered(told) == ["รายงานความคืบหน้า", "ดูหลักฐาน", "เมนู"]
    assert [(one.stage, one.why) for one in kept(agency)] == [(Stage.KEPT, "")]
    assert hears(clerk, asked, **copied()).bubbles == ()


def test_what_comes_after_it_was_given_up_can_still_be_attached(clerk, agency):
    asked = sends(clerk)
    clerk.says("ยกเลิก")
    told = comes_at_last(clerk, agency, asked)
    assert clerk.offered(told) == ["แนบหลักฐาน", "เมนู"]
    assert clerk.taps(told.taps[0]).key == "evidence.which_measure"


def test_administrators_hear_once_that_room_gets_scarce(clerk, agency):
    Talk(agency, ADMIN, user="U3")
    for before, after, told in ((3900, 3999, []), (3999, 4001, ["admin"]), (4001, 4100, [])):
        values = copied(before=before, after=after, most=5000)
        reply = hears(clerk, sends(clerk), **values)
        assert [notice.to.id for notice in reply.notices] == told
        assert reply.bubbles == ()
        assert {notice.reply.facts["percent"] for notice in reply.notices} <= {80}


# ── taken back


def unsends(talk, message):
    return talk.does("unsend", unsend={"messageId": message})


def test_what_is_taken_back_before_it_is_filed_is_deleted(clerk, agency):
    hears(clerk, sends(clerk, "file", fileName="ลับ.pdf", fileSize=10), **copied())
    clerk.says("ข้อ 2")
    reply = unsends(clerk, kept(agency)[0].message)
    assert ([task.facts for task in reply.tasks], reply.bubbles) == ([{"sha256": SHA}], ())
    (one,) = kept(agency)
    assert (one.stage, one.name) == (Stage.GONE, "")
    assert agency.history.of_measure("m2", 1)[0].deed is Deed.EVIDENCE_GONE


def test_what_is_taken_back_after_it_was_filed_is_hidden_and_noted(clerk, head, agency):
    hears(clerk, sends(clerk), **copied())
    clerk.says("ข้อ 2")
    sent_report(clerk)
    approve(agency)
    assert unsends(clerk, kept(agency)[0].message).tasks == ()
    (one,) = kept(agency)
    assert (one.stage, one.copy.sha256) == (Stage.HIDDEN, SHA)
    assert agency.history.of_measure("m2", 1)[0].deed is Deed.EVIDENCE_HIDDEN
    assert clerk.taps("evidence.one", id=one.id).key == "evidence.not_there"
    assert clerk.taps("evidence.listed", duty=DUTY).facts == {"count": 0}


def test_what_is_taken_back_while_it_is_fetched_is_not_kept(clerk, agency):
    asked = sends(clerk)
    unsends(clerk, kept(agency)[0].message)
    assert hears(clerk, asked).bubbles == ()
    assert [task.facts for task in hears(clerk, asked, **copied()).tasks] == [{"sha256": SHA}]
    assert [one.stage for one in kept(agency)] == [Stage.GONE]


WORDS = {
    "a link": lambda clerk: types(clerk, "https://example.go.th/a"),
    "a link after it was asked for": lambda clerk: [clerk.means("attach_evidence"), types(clerk, "https://example.go.th/a")],
    "a time": lambda clerk: [clerk.means("attach_evidence", measure=2), types(clerk, "20 พ.ย. 69 เวลา 14.30 น.")],
    "a place": lambda clerk: sends(clerk, "location", title="อบต.", latitude=8.5, longitude=98.25),
}  # fmt: skip


def types(talk, text):
    return sends(talk, "text", text=text)


@pytest.mark.parametrize("kind", WORDS)
def test_words_that_are_taken_back_are_forgotten(clerk, agency, kind):
    WORDS[kind](clerk)
    clerk.says("ข้อ 2")
    (before,) = kept(agency)
    unsends(clerk, before.message)
    (one,) = kept(agency)
    assert before.message
    assert (one.stage, one.said) == (Stage.GONE, "")


def test_a_sentence_of_a_report_that_is_taken_back_stays_in_the_report(clerk, agency):
    sent = []
    for said in ("กำลังทำ", "ประชุมแล้ว", "50", "ข้าม", "ส่ง"):
        if not sent:
            clerk.means("update_progress", measure=2)
        sent.append(str(next(numbers)))
        clerk.sends({"type": "message", "message": {"type": "text", "id": sent[-1], "text": said}})
    (before,) = agency.reports.of_obligation(DUTY)
    assert [unsends(clerk, one).bubbles for one in sent] == [()] * 5
    assert agency.reports.of_obligation(DUTY) == [before]


def test_only_its_sender_takes_it_back(clerk, head, agency):
    sends(clerk)
    clerk.says("ข้อ 2")
    (one,) = kept(agency)
    unsends(head, one.message)
    assert head.taps("evidence.take_back", id=one.id).key == "evidence.not_yours"
    assert kept(agency) == [one]
    assert clerk.taps("evidence.take_back", id=one.id).key == "evidence.taken_back_now"
    assert clerk.taps("evidence.take_back", id=one.id).key == "evidence.not_there"


def test_a_message_that_nobody_knows_is_taken_back_in_silence(clerk, citizen):
    assert unsends(clerk, "999").bubbles == unsends(citizen, "999").bubbles == ()


# ── attached to nothing


def after_nights(agency, days):
    """The notices of the night that is so many days on."""
    return forget_loose(Tick(TODAY + timedelta(days=days), agency))


def test_what_is_attached_to_nothing_goes_after_thirty_days_without_a_word(clerk, agency):
    asked = sends(clerk)
    assert "30 วัน" in clerk.words
    hears(clerk, asked, **copied())
    clerk.says("ยกเลิก")
    clerk.says("https://example.go.th/a")
    assert (after_nights(agency, 30), [one.stage for one in kept(agency)]) == ([], [Stage.KEPT, Stage.KEPT])
    (notice,) = after_nights(agency, 31)
    assert (notice.to.id, notice.reply.bubbles) == ("clerk", ())
    assert [task.facts for task in notice.reply.tasks] == [{"sha256": SHA}]
    assert [(one.stage, one.said) for one in kept(agency)] == [(Stage.GONE, ""), (Stage.GONE, "")]
    assert after_nights(agency, 32) == []


def test_what_is_attached_stays(clerk, agency):
    hears(clerk, sends(clerk), **copied())
    clerk.says("ข้อ 2")
    assert after_nights(agency, 400) == []
    assert [one.stage for one in kept(agency)] == [Stage.KEPT]


def test_the_copy_of_a_sender_who_is_known_no_more_is_deleted_too(clerk, agency):
    hears(clerk, sends(clerk), **copied())
    Talk(agency, ADMIN, user="U3")
    del agency.people.kept["U1"]
    assert [notice.to.id for notice in after_nights(agency, 31)] == ["admin"]


def test_what_waits_says_for_how_long(clerk):
    clerk.means("change_language")
    assert sends(clerk).facts == {"days": 30}


# ── to be seen


def test_evidence_is_listed_with_what_is_known_of_it(clerk, agency):
    hears(clerk, sends(clerk), **copied())
    sends(clerk, "file", fileName="บันทึก.pdf", fileSize=10)
    clerk.says("ข้อ 2")
    told = clerk.taps("evidence.listed", id="m2")
    assert (told.facts, clerk.offered(told)) == ({"count": 2}, ["ดู 1", "ดู 2", "เมนู"])
    for said in ("บันทึก.pdf", "กำลังเก็บ", "2.0 เมกะไบต์", "20 พ.ย. 2569"):
        assert said in clerk.words


def test_a_long_list_has_pages(clerk):
    for _ in range(10):
        sends(clerk)
    clerk.says("ข้อ 2")
    first = clerk.taps("evidence.listed", duty=DUTY)
    assert clerk.offered(first)[7:] == ["ดู 8", "หน้าถัดไป", "เมนู"]
    assert clerk.offered(clerk.taps(first.taps[8])) == ["ดู 9", "ดู 10", "เมนู"]


def test_one_piece_is_shown_with_its_picture_where_it_can_be_reached(clerk, agency):
    hears(clerk, sends(clerk), **copied())
    clerk.says("ข้อ 2")
    (one,) = kept(agency)
    told = clerk.taps("evidence.one", id=one.id)
    assert told.bubbles[0].picture == f"evidence:{one.id}"
    assert clerk.offered(told)[:2] == ["เปิดดู", "ถอนหลักฐานนี้"]
    assert all("hero" not in message.get("contents", {}) for message in clerk.messages)  # nobody can reach us here


def test_a_citizen_sees_none_of_it(clerk, citizen, agency):
    sends(clerk)
    (one,) = kept(agency)
    for step, values in (
        ("evidence.listed", {"id": "m2"}),
        ("evidence.one", {"id": one.id}),
        ("evidence.take_back", {"id": one.id}),
    ):
        assert citizen.taps(step, **values).key == "help.not_allowed"


def test_what_is_attached_to_nothing_is_seen_by_its_sender_alone(clerk, head, agency):
    sends(clerk)
    (one,) = kept(agency)
    for duty in ("", "m9.none"):
        assert head.taps("evidence.listed", duty=duty).facts == {"count": 0}
    assert head.taps("evidence.one", id=one.id).key == "evidence.not_there"
    assert clerk.taps("evidence.one", id=one.id).bubbles[0].title.key == "evidence.one"


def test_a_result_about_nothing_known_is_heard_in_silence(clerk):
    assert clerk.sends(result("fetch_evidence", "U1", {"evidence": "gone", "failed": True})).bubbles == ()
