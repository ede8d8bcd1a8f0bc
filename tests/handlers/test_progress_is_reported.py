"""The script of progress: what is asked, what is shown before it is sent, and what becomes of it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from itadomain.history import Deed
from itadomain.measures import Closing, Standing, Target
from itadomain.people import Post, Role
from itadomain.progress import Approval
from tests.fakes import TODAY, a_measure, a_person, at_work
from tests.talk import Talk

CLERK = a_person(Role.STAFF, unit="กองคลัง", key="clerk", name="สมชาย")
HEAD = a_person(Role.HEAD, unit="กองคลัง", key="head", name="สมศรี")
MONTHLY = a_measure(1, owners=("กองคลัง",), follow_up="ทุกเดือน", steps=())
STEPS = a_measure(2, owners=("กองคลัง",), follow_up="ทุกไตรมาส", steps=("ประชุม", "อบรม", "สรุปผล", "เผยแพร่"))
COUNTED = a_measure(3, owners=("กองคลัง",), follow_up="", target=Target(Decimal(3), "กระบวนงาน"), steps=())
OTHERS = a_measure(4, owners=("สำนักปลัด",))
SAID = "ได้ดำเนินการประชุมชี้แจงแล้ว  ๒ ครั้ง"


@pytest.fixture
def agency():
    return at_work(MONTHLY, STEPS, COUNTED, OTHERS)


@pytest.fixture
def head(agency):
    return Talk(agency, HEAD, user="U9")


@pytest.fixture
def clerk(agency, head):
    return Talk(agency, CLERK)


def newest(agency, duty):
    return agency.reports.of_obligation(duty)[0]


def reports(talk, *answers, measure=1, **understood):
    """Say it, and answer what is asked until it is sent."""
    talk.means("update_progress", measure=measure, **understood)
    for answer in answers:
        talk.says(answer)
    return talk.says("ส่ง")


def test_the_script_by_taps(clerk, agency):
    first = clerk.means("update_progress")
    assert clerk.offered(first)[:3] == ["ข้อ 1", "ข้อ 2", "ข้อ 3"]
    four = clerk.taps(first.taps[1])
    assert clerk.offered(four)[:4] == ["ยังไม่เริ่ม", "กำลังทำ", "เสร็จ", "ติดปัญหา"]
    assert clerk.taps(four.taps[1]).key == "progress.what_was_done"
    steps = clerk.says(SAID)
    assert clerk.offered(steps)[:5] == ["ขั้นที่ 1", "ขั้นที่ 2", "ขั้นที่ 3", "ขั้นที่ 4", "เท่านี้"]
    clerk.taps(steps.taps[0])
    marked = clerk.taps(clerk.taps(steps.taps[1]).taps[1])  # tapped twice is not done
    assert clerk.offered(marked)[:2] == ["✓ ขั้นที่ 1", "ขั้นที่ 2"]
    assert clerk.says("เท่านี้").key == "progress.what_next"
    shown = clerk.says("จะจัดอบรมเดือนหน้า")
    assert (shown.key, clerk.offered(shown)[:3]) == ("progress.review", ["ส่ง", "แก้ข้อความ", "แก้ความคืบหน้า"])
    for said in ("กำลังทำ 25%", SAID, "1 จาก 4 ขั้นตอน", "จะจัดอบรมเดือนหน้า", "รอบ 4 ม.ค. 2570 · ก่อนกำหนด 45 วัน"):
        assert said in clerk.words
    assert agency.reports.kept == {}
    sent = clerk.says("ส่ง")
    assert [said.key for said in sent.bubbles] == ["progress.sent", "progress.waits"]
    kept = newest(agency, "m2.กองคลัง")
    assert (kept.said, kept.percent, kept.steps, kept.approval) == (SAID, 25, (1,), Approval.WAITING)
    assert (kept.slot, kept.by, kept.made_on) == (date(2026, 12, 31), "clerk", TODAY)
    duty = agency.obligations.get("m2.กองคลัง")
    assert (duty.standing, duty.percent, duty.slot) == (Standing.WORKING, 25, date(2027, 3, 31))


def test_in_one_sentence_only_what_was_not_said_is_asked(clerk, agency):
    assert clerk.means("update_progress", measure=2, percent=80).key == "progress.what_was_done"
    assert clerk.says(SAID).key == "progress.what_next"
    assert clerk.says("ข้าม").key == "progress.review"
    assert "กำลังทำ 80%" in clerk.words
    assert agency.reports.kept == {}
    clerk.says("ส่ง")
    assert newest(agency, "m2.กองคลัง").percent == 80


@pytest.mark.parametrize(("understood", "standing", "percent"), [
    ({"percent": 100}, Standing.DONE, 100), ({"status": "done"}, Standing.DONE, 100), ({"status": "not_started"}, Standing.NOT_STARTED, 0),
    ({"percent": 75, "note": "ทำแล้ว 3 จาก 4 กิจกรรม"}, Standing.WORKING, 75), ({"percent": 0}, Standing.WORKING, 0),
])  # fmt: skip
def test_what_was_understood_is_shown_before_it_is_kept(clerk, agency, understood, standing, percent):
    reply = clerk.means("update_progress", measure=1, **understood)
    while reply.key != "progress.review":
        assert reply.key in {"progress.what_was_done", "progress.what_next"}
        reply = clerk.says(SAID)
    clerk.says("ส่ง")
    kept = newest(agency, "m1.กองคลัง")
    assert (kept.standing, kept.percent) == (standing, percent)


def test_a_number_to_reach_is_asked_for(clerk, agency):
    clerk.means("update_progress", measure=3, status="in_progress")
    assert clerk.says(SAID).facts == {"most": Decimal(3), "of": "กระบวนงาน"}
    assert clerk.says("ไม่ทราบ").key == "progress.no_amount"
    clerk.says("๒ จาก 3 กระบวนงาน")
    clerk.says("ข้าม")
    assert "2 จาก 3 กระบวนงาน" in clerk.words
    clerk.says("ส่ง")
    kept = newest(agency, "m3.กองคลัง")
    assert (kept.amount, kept.percent, kept.slot) == (Decimal(2), 66, None)


def test_steps_may_be_typed_and_so_may_a_percentage(clerk):
    clerk.means("update_progress", measure=2, status="in_progress")
    clerk.says(SAID)
    assert clerk.says("5").key == "progress.no_such_step"
    assert clerk.says("๑-๓").key == "progress.what_next"
    clerk.says("ข้าม")
    assert "กำลังทำ 75%" in clerk.words
    clerk.says("แก้ความคืบหน้า")
    clerk.says("กำลังทำ")
    assert clerk.says("ร้อยละ ๔๐").key == "progress.review"
    assert "กำลังทำ 40%" in clerk.words


def test_steps_that_were_done_before_are_marked_already(clerk, agency):
    reports(clerk, SAID, "1, 2", "ข้าม", measure=2, status="in_progress")
    next_month = Talk(agency, today=TODAY + timedelta(30))
    next_month.means("update_progress", measure=2, status="in_progress")
    marked = next_month.says(SAID)
    assert next_month.offered(marked)[:3] == ["✓ ขั้นที่ 1", "✓ ขั้นที่ 2", "ขั้นที่ 3"]
    next_month.taps(marked.taps[2])
    next_month.says("เท่านี้")
    next_month.says("ข้าม")
    next_month.says("ส่ง")
    assert newest(agency, "m2.กองคลัง").percent == 75


def test_words_are_changed_before_it_is_sent(clerk, agency):
    clerk.means("update_progress", measure=1, percent=100)
    clerk.says("พิมพ์ผิด")
    assert clerk.says("แก้ข้อความ").key == "progress.what_was_done"
    clerk.says(SAID)
    assert clerk.says("อะไรนะ").key == "progress.send_or_mend"
    clerk.says("ส่ง")
    assert newest(agency, "m1.กองคลัง").said == SAID


def test_a_percentage_may_be_left_out(clerk, agency):
    reports(clerk, SAID, "ข้าม", "ข้าม", status="in_progress")
    assert newest(agency, "m1.กองคลัง").percent is None


@pytest.mark.parametrize("said", ["101", "มาก", "-3", "7 5"])
def test_what_is_no_percentage_is_asked_again(clerk, said):
    clerk.means("update_progress", measure=1, status="in_progress")
    clerk.says(SAID)
    assert clerk.says(said).key == "progress.no_percent"


def test_less_than_before_is_asked_for_its_reason_and_both_are_kept(clerk, agency):
    reports(clerk, SAID, "ข้าม", percent=60)
    tomorrow = Talk(agency, today=TODAY + timedelta(1))
    tomorrow.means("update_progress", measure=1, percent=40)
    tomorrow.says(SAID)
    asked = tomorrow.says("ข้าม")
    assert (asked.key, "กำลังทำ 60%" in tomorrow.words) == ("progress.why_less_than_before", True)
    assert tomorrow.says("ผู้รับจ้างส่งงานไม่ครบ").key == "progress.review"
    assert "เหตุที่น้อยกว่าเดิม" in tomorrow.words
    tomorrow.says("ส่ง")
    assert [(one.percent, one.stands) for one in agency.reports.of_obligation("m1.กองคลัง")] == [(40, True), (60, True)]
    line = agency.history.of_measure("m1", 1)[0]
    assert (line.before, line.after) == ({"percent": "60", "said": SAID}, {"percent": "40", "said": SAID})
    assert line.why == "ผู้รับจ้างส่งงานไม่ครบ"


def test_what_is_sent_again_the_same_day_takes_the_place_of_the_first(clerk, agency):
    reports(clerk, SAID, "ข้าม", percent=80)
    again = reports(clerk, SAID, "ข้าม", percent=30)  # no reason is asked: nothing stood before
    assert again.key == "progress.corrected"
    second, first = agency.reports.of_obligation("m1.กองคลัง")
    assert (second.corrects, first.replaced_by, first.counts) == (first.id, second.id, False)
    assert [one.deed for one in agency.history.of_measure("m1", 9)] == [Deed.CORRECTED, Deed.REPORTED, Deed.PLANNED]
    assert agency.obligations.get("m1.กองคลัง").percent == 30


@pytest.mark.parametrize(("day", "key", "slot"), [
    (date(2026, 10, 20), "ก่อนกำหนด 13 วัน", date(2026, 10, 31)), (date(2026, 11, 2), "ตรงกำหนด", date(2026, 10, 31)),
    (date(2026, 11, 10), "หลังกำหนด 8 วัน", date(2026, 10, 31)), (date(2027, 2, 1), "หลังกำหนด", date(2027, 1, 31)),
])  # fmt: skip
def test_a_report_is_for_a_due_day_early_on_time_or_late(agency, day, key, slot):
    """31 October 2026 is a Saturday, so its report is due on 2 November."""
    clerk = Talk(agency, CLERK, today=day)
    clerk.means("update_progress", measure=1, percent=10)
    clerk.says(SAID)
    clerk.says("ข้าม")
    assert (key in clerk.words) == (day != date(2027, 2, 1))
    clerk.says("ส่ง")
    assert newest(agency, "m1.กองคลัง").slot == slot
    assert ("แม้จะเลยวันครบกำหนดแล้ว" in clerk.words) == (key.startswith("หลัง") and day != date(2027, 2, 1))


def test_done_is_over_once_somebody_stands_for_it(clerk, head, agency):
    sent = reports(clerk, SAID, percent=100)
    assert agency.obligations.get("m1.กองคลัง").open
    head.taps("approval.accept", id=sent.notices[0].reply.bubbles[0].taps[0].values["id"])
    duty = agency.obligations.get("m1.กองคลัง")
    assert (duty.closed_as, duty.due) == (Closing.DONE, None)
    assert clerk.says("มาตรการของฉัน").facts["done"] == 1


def test_blocked_is_a_report_and_an_obstacle_and_the_head_is_told_once(clerk, agency):
    sent = reports(clerk, "ติดปัญหา", "งบประมาณยังไม่อนุมัติ")
    assert newest(agency, "m1.กองคลัง").standing is Standing.BLOCKED
    (obstacle,) = agency.obstacles.open()
    assert (obstacle.told.words, obstacle.unit) == ("งบประมาณยังไม่อนุมัติ", "กองคลัง")
    assert [notice.to.id for notice in sent.notices] == ["head"]


def test_a_figure_that_is_not_told_again_stays(clerk, agency):
    reports(clerk, SAID, "ข้าม", percent=60)
    reports(Talk(agency, today=TODAY + timedelta(1)), "ติดปัญหา", "ไม่มีงบ")
    assert agency.obligations.get("m1.กองคลัง").percent == 60


def test_a_draft_survives_a_pause(agency):
    """What was said is kept beside the open question, as plain data."""
    Talk(agency, CLERK).means("update_progress", measure=2, percent=50)
    returning = Talk(agency)
    returning.asked_by = "progress.hear_said"
    assert returning.says(SAID).key == "progress.what_next"


@pytest.mark.parametrize("who", [
    a_person(), a_person(Role.STAFF, unit="กองช่าง", key="x"), a_person(Role.HEAD, unit="กองช่าง", key="x"),
    a_person(Role.EXECUTIVE, key="x"), a_person(Role.ADMIN, key="x"),
    replace(CLERK, posts=(Post(Role.STAFF, "กองคลัง", until=TODAY - timedelta(1)), Post(Role.OFFICER))),
], ids=["citizen", "another's clerk", "another's head", "executive", "admin", "one who left"])  # fmt: skip
def test_only_the_unit_itself_reports(agency, who):
    talk = Talk(agency, who)
    refused = {"help.not_allowed", "progress.not_yours", "progress.no_such_of_yours"}
    assert talk.taps("progress.start", id="m1.กองคลัง").key in refused
    assert talk.means("update_progress", measure=1).key in refused
    assert talk.taps("obstacle.start", id="m1.กองคลัง").key in refused
    assert agency.reports.kept == {}


def test_a_forged_answer_reaches_no_other_units_measure(clerk, agency):
    clerk.means("update_progress", percent=50)
    for forged in ("m4.สำนักปลัด", "nothing"):
        clerk.asked_by = "progress.pick_measure"
        assert clerk.answers(forged).key == "progress.not_yours"
    clerk.says("ข้อ 2")
    clerk.says(SAID)
    clerk.says("ข้าม")
    agency.people.save(replace(agency.people.get("clerk", TODAY), posts=()))
    assert clerk.says("ส่ง").key == "help.not_allowed"
    assert agency.reports.kept == {}


@pytest.mark.parametrize("forged", ["x", "99", "", "0"])
def test_a_forged_step_is_no_fault(clerk, forged):
    clerk.means("update_progress", measure=2, status="in_progress")
    clerk.says(SAID)
    assert clerk.answers(forged).key in {"progress.no_such_step", "help.cancelled"}


@pytest.mark.parametrize("answer", ["ไม่แน่ใจ", "ข้อ 99", "ข้อ 4"])
def test_a_measure_that_is_not_theirs_is_asked_again(clerk, answer):
    clerk.means("update_progress")
    assert clerk.says(answer).key == "progress.no_such_of_yours"


def test_a_unit_with_many_measures_picks_from_pages():
    agency = at_work(*(a_measure(number, owners=("กองคลัง",)) for number in range(1, 15)))
    clerk = Talk(agency, CLERK)
    first = clerk.means("update_progress")
    second = clerk.says("หน้าถัดไป")
    assert (len(first.taps), clerk.offered(second)[:4]) == (12, ["ข้อ 11", "ข้อ 12", "ข้อ 13", "ข้อ 14"])


def test_one_of_two_units_says_which_of_them_a_measure_is_for():
    agency = at_work(a_measure(1, owners=("กองคลัง", "กองช่าง")), STEPS)
    both = replace(CLERK, posts=(*CLERK.posts, Post(Role.STAFF, "กองช่าง")))
    clerk = Talk(agency, both)
    assert clerk.offered(clerk.means("update_progress"))[:3] == ["ข้อ 1 กองคลัง", "ข้อ 1 กองช่าง", "ข้อ 2"]
    assert clerk.says("ข้อ 1 กองช่าง").then is not None
    for said in ("เสร็จ", SAID, "ส่ง"):
        clerk.says(said)
    assert newest(agency, "m1.กองช่าง").standing is Standing.DONE


def test_a_unit_without_measures_is_told_so():
    agency = at_work(OTHERS)
    for intent in ("update_progress", "report_obstacle"):
        assert Talk(agency, CLERK).means(intent).key == "progress.nothing_yours"


def test_what_is_too_long_is_refused(clerk):
    clerk.means("update_progress", measure=1, percent=100)
    clerk.says("ก" * 1001)
    assert clerk.says("ส่ง").key == "progress.too_long"
