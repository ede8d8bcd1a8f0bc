"""A measure goes to another unit, out of the plan, or is one more."""

from dataclasses import replace
from datetime import date

import pytest

from itadomain.duties import duty_id
from itadomain.history import Deed
from itadomain.measures import Closing, Standing
from itadomain.people import Role
from tests.fakes import a_person
from tests.handlers.changes.changing import everything, history
from tests.handlers.plans import UNITS, WHEN, enrol, reported, talking

# ── to another unit


def test_the_script_a_measure_goes_to_another_unit_which_is_told(agency, secretary):
    enrol(agency, "h3", Role.HEAD, unit="u3")
    enrol(agency, "p3", unit="u3")
    reported(agency, "m2", "u2")
    agency.obligations.save(replace(agency.obligations.get("m2.u2"), standing=Standing.WORKING, percent=40))
    before = agency.obligations.get("m2.u2")
    assert secretary.taps("handover.start", id="m2").key == "handover.to_whom"
    assert secretary.says("กองช่าง").facts["new"] == "กองช่าง"
    saved = secretary.says("บันทึก")
    assert [(notice.to.id, notice.reply.key) for notice in saved.notices] == [("h3", "handover.given")]
    old, new = agency.obligations.get("m2.u2"), agency.obligations.get("m2.u3")
    assert (old.closed_as, old.closed_on, old.due) == (Closing.MOVED, WHEN, None)
    assert (new.percent, new.slot, new.open) == (40, before.slot, True)
    assert agency.measures.get("m2").owners == ("กองช่าง",)
    assert history(agency, "m2", Deed.MOVED) == [({"unit": "กองคลัง"}, {"unit": "กองช่าง"})]


def test_of_several_units_one_hands_over(agency, secretary):
    assert secretary.taps("handover.start", id="m4").key == "handover.from_whom"
    assert secretary.says("กองช่าง").key == "handover.to_whom"
    assert secretary.says("กองคลัง").key == "changes.not_movable"  # it has it already
    assert {one.unit for one in agency.obligations.of_measure("m4") if one.open} == {"u1", "u2", "u3"}


def test_what_came_back_is_the_units_again(agency, secretary):
    for unit in ("กองช่าง", "กองคลัง"):
        secretary.taps("handover.start", id="m2")
        secretary.says(unit)
        assert secretary.says("บันทึก").key == "changes.saved"
    assert [(one.unit, one.open) for one in agency.obligations.of_measure("m2")] == [("u2", True), ("u3", False)]


def test_a_unit_with_nobody_in_it_is_said_to_hear_nothing(secretary):
    secretary.taps("handover.start", id="m2")
    secretary.says("กองช่าง")
    saved = secretary.says("บันทึก")
    assert saved.notices == ()
    assert "กองช่าง ยังไม่มีผู้รับข้อความในระบบ" in secretary.words


# ── out of the plan


def test_the_script_a_measure_is_cancelled_with_a_reason_and_who_approved_it(agency, secretary):
    enrol(agency, "mayor", Role.EXECUTIVE, name="ท่านนายก")
    assert secretary.taps("cancellation.start", id="m4").key == "cancellation.why"
    approvers = secretary.says("รวมกับมาตรการที่ 5")
    assert "ท่านนายก" in secretary.offered(approvers)
    assert secretary.says("ท่านนายก").facts["approver"] == "ท่านนายก"
    assert secretary.says("บันทึก").facts == {"count": 3}
    assert agency.measures.get("m4").cancelled_on == WHEN
    assert {one.closed_as for one in agency.obligations.of_measure("m4")} == {Closing.CANCELLED}
    (entry,) = [one for one in agency.history.kept if one.deed is Deed.CANCELLED]
    assert (entry.why, entry.after, entry.by) == ("รวมกับมาตรการที่ 5", {"approver": "mayor"}, "me")
    secretary.taps("measures.history", id="m4")
    assert "ผู้อนุมัติ: ไม่มี → ท่านนายก" in secretary.words


def test_where_no_executive_is_enrolled_an_office_is_typed(agency, secretary):
    secretary.taps("cancellation.start", id="m1")
    secretary.says("ซ้ำกับงานประจำ")
    assert secretary.says("นายก อบต.").facts["approver"] == "นายก อบต."
    secretary.says("บันทึก")
    assert agency.history.kept[-1].after == {"approver": "นายก อบต."}


def test_what_is_cancelled_is_neither_late_nor_changed_any_more(agency, secretary):
    secretary.taps("cancellation.start", id="m4")
    for said in ("ซ้ำ", "นายก", "บันทึก"):
        secretary.says(said)
    assert secretary.means("overdue_list").facts == {"sent": 0, "expected": 4}
    for step in ("changes.one", "changes.part", "handover.start", "cancellation.start"):
        assert secretary.taps(step, id="m4", part="title").key == "changes.is_cancelled"


def test_without_a_reason_nothing_is_cancelled(agency, secretary):
    before = everything(agency)
    secretary.taps("cancellation.start", id="m4")
    assert secretary.says("  ").key == "changes.say_something"
    assert everything(agency) == before


# ── one more


def test_the_script_a_measure_is_added(agency, secretary):
    enrol(agency, "h2", Role.HEAD, unit="u2")
    assert secretary.says("เพิ่มมาตรการ").key == "additions.title"
    assert secretary.says("จัดทำช่องทางออนไลน์สำหรับคำขอทั่วไป").key == "additions.which_unit"
    assert secretary.says("กองคลัง").key == "additions.when"
    assert secretary.says("ม.ค. - มิ.ย. 2570").key == "additions.how_often"
    offered = secretary.says("ทุกไตรมาส")
    assert secretary.offered(offered)[:5] == ["ข้อ 4", "ข้อ 2", "ข้อ 7", "ข้อ 3", "ข้อ 8"]  # the lowest first
    shown = secretary.says("ข้อ 4")
    assert shown.bubbles[0].title == "จัดทำช่องทางออนไลน์สำหรับคำขอทั่วไป"
    saved = secretary.says("บันทึก")
    assert (saved.key, saved.facts) == ("additions.saved", {"no": 6})
    assert saved.bubbles[1].facts == {"due": date(2027, 3, 31)}
    assert [notice.to.id for notice in saved.notices] == ["h2"]
    kept = agency.measures.of_year(2570)[-1]
    assert (kept.when, kept.cadence, kept.indicators, kept.owners) == (
        "ม.ค. - มิ.ย. 2570",
        "ทุกไตรมาส",
        (4,),
        ("กองคลัง",),
    )
    assert agency.obligations.get(duty_id(kept.id, "u2")).due == date(2027, 3, 31)
    assert [entry.deed for entry in agency.history.of_measure(kept.id, 9)] == [Deed.PLANNED]


def test_every_unit_may_get_it(agency, secretary):
    for said in ("เพิ่มมาตรการ", "อบรมจริยธรรม", "ทุกหน่วยงาน", "ตลอดปีงบประมาณ", "ทุก 6 เดือน", "ยังไม่ระบุ"):
        secretary.says(said)
    assert secretary.says("บันทึก").notices == ()
    kept = agency.measures.of_year(2570)[-1]
    assert {one.unit for one in agency.obligations.of_measure(kept.id)} == {"u1", "u2", "u3"}
    assert kept.indicators == ()


def test_a_wrong_answer_is_asked_again_and_nothing_is_kept_before_the_end(agency, secretary):
    before = everything(agency)
    secretary.says("เพิ่มมาตรการ")
    secretary.says("อบรมจริยธรรม")
    assert secretary.says("กองที่ไม่มี").key == "picking.which_unit"
    secretary.says("กองช่าง")
    assert secretary.says("สักวัน").key == "changes.no_days"
    secretary.says("ตลอดปีงบประมาณ")
    assert secretary.says("แล้วแต่").key == "changes.no_days"
    secretary.says("ทุกเดือน")
    assert secretary.says("99").key == "changes.no_indicator"
    secretary.says("7")
    assert secretary.says("รอก่อน").key == "changes.not_confirmed"
    assert everything(agency) == before


def test_the_first_measure_of_an_agency_opens_the_plan_of_the_running_year():
    from tests.fakes import an_agency

    store = an_agency()
    store.units.save(UNITS[0])
    talk = talking(store, Role.ADMIN)
    assert talk.says("แก้ไขมาตรการ").key == "measures.none"
    for said in ("เพิ่มมาตรการ", "อบรมจริยธรรม", "สำนักปลัด", "ตลอดปีงบประมาณ", "ทุกเดือน", "ยังไม่ระบุ", "บันทึก"):
        talk.says(said)
    assert [one.plan_year for one in store.measures.kept] == [2570]


# ── who may


def test_a_cancelled_measure_says_so_and_offers_no_change(agency, secretary):
    assert "แก้ไขมาตรการ" in secretary.offered(secretary.taps("measures.one", id="m4"))
    secretary.taps("cancellation.start", id="m4")
    for said in ("ซ้ำ", "นายก", "บันทึก"):
        secretary.says(said)
    shown = secretary.taps("measures.one", id="m4")
    assert "ยกเลิกแล้วเมื่อ 15 ม.ค. 2570" in secretary.words
    assert "แก้ไขมาตรการ" not in secretary.offered(shown)


def test_who_takes_a_measure_over_does_not_fall_back_unseen(agency, secretary):
    from itadomain.progress import Report
    from itadomain.refusals import Refusal
    from itadomain.reporting import hand_in

    agency.obligations.save(replace(agency.obligations.get("m2.u2"), standing=Standing.WORKING, percent=40))
    secretary.taps("handover.start", id="m2")
    for said in ("กองช่าง", "บันทึก"):
        secretary.says(said)
    staff = a_person(Role.STAFF, unit="u3", key="p3")
    less = Report("r1", "m2.u3", "m2", "u3", 2570, WHEN, "p3", Standing.WORKING, "ได้ดำเนินการแล้วบางส่วน", percent=30)
    with pytest.raises(Refusal, match=r"progress\.why_less"):
        hand_in(agency, less, staff, WHEN)
    hand_in(agency, replace(less, percent=50), staff, WHEN)
    assert agency.obligations.get("m2.u3").percent == 50
