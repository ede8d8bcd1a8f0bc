"""A measure is changed without a new file: shown before it is saved, kept beside what it was, by those who may."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from itadomain.duties import duty_id
from itadomain.history import Deed
from itadomain.measures import Closing, Standing, Target
from itadomain.people import Role
from itadomain.plans import keep_plan
from tests.fakes import a_measure, a_person
from tests.handlers.plans import UNITS, WHEN, an_agency_at_work, enrol, reported, talking
from tests.talk import Talk


@pytest.fixture
def agency():
    return an_agency_at_work()


@pytest.fixture
def secretary(agency):
    return talking(agency, Role.STAFF, unit="u1")


def history(agency, measure, deed=Deed.CHANGED):
    return [(dict(one.before), dict(one.after)) for one in agency.history.of_measure(measure, 9) if one.deed is deed]


def everything(agency):
    """All that is kept of plans, to see that nothing changed."""
    return [
        list(agency.measures.kept),
        dict(agency.obligations.kept),
        list(agency.history.kept),
        dict(agency.scores.kept),
    ]


def change(talk, measure, part, said):
    """Open a part of a measure and say what is to stand there."""
    talk.taps("changes.part", id=measure, part=part)
    return talk.says(said)


# ── one part


def test_the_script_a_period_is_extended(agency, secretary):
    assert secretary.says("แก้ไขมาตรการ").facts == {"year": 2570, "count": 5}
    assert secretary.says("3").key == "changes.as_it_stands"
    assert secretary.says("ขยายเวลา").key == "changes.ask_extension"
    sure = secretary.says("ถึง ธ.ค. 2570")
    assert (sure.key, sure.facts["before"]) == ("changes.sure", "ตลอดปีงบประมาณ")
    assert "1 ต.ค. 2569 - 31 ธ.ค. 2570" in secretary.words
    assert agency.measures.get("m3").when == "ตลอดปีงบประมาณ"
    saved = secretary.says("บันทึก")
    assert saved.key == "changes.saved"
    assert agency.measures.get("m3").when == "1 ต.ค. 2569 - 31 ธ.ค. 2570"
    assert agency.measures.get("m3").period == "ตลอดปีงบประมาณ"  # as it was printed
    assert history(agency, "m3") == [({"period": "ตลอดปีงบประมาณ"}, {"period": "1 ต.ค. 2569 - 31 ธ.ค. 2570"})]
    assert secretary.says("ขยายถึงไหนแล้ว").key == "help.not_understood"  # the question is over


def test_an_extended_measure_is_due_again(agency, secretary):
    reported(agency, "m3", "u2", date(2027, 9, 30))
    assert agency.obligations.get("m3.u2").due is None
    change(secretary, "m3", "extension", "ถึง ธ.ค. 2570")
    assert secretary.says("บันทึก").bubbles[1].facts == {"due": date(2027, 11, 1)}
    assert agency.obligations.get("m3.u2").slot == date(2027, 10, 31)


CHANGES = [
    ("title", "  ชื่อ  ใหม่ ", "title", "ชื่อ ใหม่"),
    ("method", "ประชุมทุกเดือน", "method", "ประชุมทุกเดือน"),
    ("period", "ม.ค. - มี.ค. 2570", "settled_period", "ม.ค. - มี.ค. 2570"),
    ("follow_up", "ทุกไตรมาส", "settled_follow_up", "ทุกไตรมาส"),
    ("target", "๓ กระบวนงาน", "target", Target(3, "กระบวนงาน")),
    ("indicators", "7, ๑๐ และ 7", "indicators", (7, 10)),
]


@pytest.mark.parametrize(("part", "said", "field", "kept"), CHANGES)
def test_each_part_is_changed_and_what_it_was_is_kept(agency, secretary, part, said, field, kept):
    before = agency.measures.get("m2")
    assert change(secretary, "m2", part, said).key == "changes.sure"
    assert secretary.says("ใช่").key == "changes.saved"
    assert agency.measures.get("m2") == replace(before, **{field: kept})
    ((was, now),) = history(agency, "m2")
    assert (was.keys(), now.keys()) == ({part}, {part})
    assert was != now
    assert {entry.by for entry in agency.history.kept} == {"me"}


def test_the_history_shows_what_it_was_and_what_it_is(secretary):
    change(secretary, "m2", "title", "ชื่อใหม่")
    secretary.says("บันทึก")
    secretary.taps("measures.history", id="m2")
    assert "ชื่อมาตรการ: มาตรการที่ 2 เผยแพร่ข้อมูลต่อสาธารณะ → ชื่อใหม่" in secretary.words


@pytest.mark.parametrize(("part", "said", "refused"), [
    ("title", "   ", "changes.say_something"), ("title", "ก" * 501, "changes.too_long"), ("period", "เร็ว ๆ นี้", "changes.no_days"),
    ("follow_up", "ตามความเหมาะสม", "changes.no_days"), ("extension", "ถึง มี.ค. 2570", "changes.not_later"),
    ("extension", "อีกสักพัก", "changes.no_days"), ("target", "หลายกระบวนงาน", "changes.no_target"), ("target", "0 เรื่อง", "changes.no_target"),
    ("indicators", "11", "changes.no_indicator"), ("indicators", "ไม่มี", "changes.no_indicator"),
    ("title", "มาตรการที่ 2 เผยแพร่ข้อมูลต่อสาธารณะ", "changes.same"), ("follow_up", "ทุกเดือน", "changes.same"),
])  # fmt: skip
def test_what_cannot_be_is_refused_and_asked_again(agency, secretary, part, said, refused):
    before = everything(agency)
    assert change(secretary, "m2", part, said).key == refused
    good = {kind: value for kind, value, _, _ in CHANGES} | {"extension": "ถึง ธ.ค. 2570"}
    assert secretary.says(good[part]).key == "changes.sure"
    assert everything(agency) == before


def test_nothing_is_saved_without_a_yes(agency, secretary):
    before = everything(agency)
    change(secretary, "m2", "title", "ชื่อใหม่")
    assert secretary.says("ไม่แน่ใจ").key == "changes.not_confirmed"
    assert secretary.says("ยกเลิก").key == "help.cancelled"
    assert everything(agency) == before


def test_cadences_are_offered_and_tapped(agency, secretary):
    asked = secretary.taps("changes.part", id="m2", part="follow_up")
    assert secretary.offered(asked)[:3] == ["ทุกเดือน", "ทุกไตรมาส", "ทุก 6 เดือน"]
    assert secretary.says("ทุก 6 เดือน").key == "changes.sure"
    secretary.says("บันทึก")
    assert agency.obligations.get("m2.u2").slot == date(2027, 3, 31)


def test_in_english_the_offered_cadences_mean_the_same(agency):
    talk = talking(agency, Role.EXECUTIVE, language="en")
    talk.taps("changes.part", id="m2", part="follow_up")
    talk.says("Every quarter")
    talk.says("Save")
    assert agency.measures.get("m2").cadence == "ทุกไตรมาส"


def test_a_number_that_no_measure_has_is_asked_again(secretary):
    secretary.says("แก้ไขมาตรการ")
    assert secretary.says("99").key == "changes.no_such"
    assert secretary.says("สาม").key == "changes.no_such"
    assert secretary.says("ข้อ ๓").key == "changes.as_it_stands"


# ── what is not known yet


@pytest.fixture
def vague(agency):
    """Three measures of which nobody said how often they are reported on, and one that is nobody's."""
    plan = [a_measure(no, plan_year=2570, owners=("กองคลัง",), period="", follow_up="") for no in (6, 7, 8)]
    keep_plan(agency, [*plan, a_measure(9, plan_year=2570, owners=("กองที่ไม่มี",))], UNITS, date(2026, 10, 1))
    return agency


def test_the_cadence_of_all_that_have_none_is_set_at_once(vague, secretary):
    listed = secretary.taps("changes.unsettled", gap="dates")
    assert len(listed.bubbles[0].rows) == 3
    assert secretary.says("ตั้งรอบรายงาน").facts == {"count": 3}
    assert secretary.says("ทุกไตรมาส").facts == {"count": 3, "left": 0}
    assert {vague.obligations.get(f"m{no}.u2").slot for no in (6, 7, 8)} == {date(2026, 12, 31)}
    assert secretary.says("ตั้งรอบรายงาน").key == "changes.nothing_unsettled"
    assert secretary.taps("changes.unsettled", gap="dates").key == "changes.nothing_unsettled"
    assert len(history(vague, "m6")) == 1


def test_the_cadence_of_one_is_settled_from_the_list(vague, secretary):
    listed = secretary.taps("changes.unsettled", gap="dates")
    assert secretary.taps(listed.taps[0]).key == "changes.ask_follow_up"
    secretary.says("ทุกเดือน")
    secretary.says("บันทึก")
    assert len(secretary.taps("changes.unsettled", gap="dates").bubbles[0].rows) == 2


def test_a_measure_that_is_nobodys_is_given_to_a_unit(vague, secretary):
    enrol(vague, "h3", Role.HEAD, unit="u3")
    listed = secretary.taps("changes.unsettled", gap="owner")
    assert secretary.taps(listed.taps[0]).key == "handover.to_whom"
    assert secretary.says("กองช่าง").key == "handover.sure"
    saved = secretary.says("บันทึก")
    assert [notice.to.id for notice in saved.notices] == ["h3"]
    (duty,) = vague.obligations.of_measure("m9")
    assert (duty.unit, duty.due) == ("u3", date(2027, 1, 4))  # 31 December is a holiday
    assert history(vague, "m9", Deed.MOVED) == [({"unit": ""}, {"unit": "กองช่าง"})]


def test_a_long_list_has_pages(vague, secretary):
    plan = [a_measure(no, plan_year=2570, owners=("กองคลัง",), follow_up="ทุกเดือน") for no in range(10, 30)]
    keep_plan(vague, plan, UNITS, date(2026, 10, 1))
    seen, page = set(), secretary.taps("changes.unsettled", gap="indicators")
    while True:
        seen |= {row.label.facts["title"] for row in page.bubbles[0].rows}
        onward = [tap for tap in page.taps if "page" in getattr(tap, "values", {})]
        if not onward:
            break
        page = secretary.taps(onward[0])
    assert len(seen) == 24


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

STARTS = [
    "changes.start", "changes.one", "changes.part", "changes.unsettled", "changes.cadence",
    "additions.start", "handover.start", "cancellation.start", "years.enter", "years.carry", "years.carry_one",
]  # fmt: skip
MAY = [
    ((Role.EXECUTIVE,), ""),
    ((Role.ADMIN,), ""),
    ((Role.STAFF,), "u1"),
    ((Role.HEAD,), "u1"),
    ((Role.ADMIN, Role.STAFF), "u2"),
]
MAY_NOT = [
    ((Role.STAFF,), "u2"), ((Role.HEAD,), "u2"), ((Role.OFFICER,), "u2"), ((Role.INTEGRITY,), "u2"),
    ((Role.STAFF,), ""), ((Role.HEAD,), ""), ((Role.OFFICER,), ""), ((Role.INTEGRITY,), ""),
]  # fmt: skip


@pytest.mark.parametrize(("roles", "unit"), MAY)
@pytest.mark.parametrize("step", STARTS)
def test_who_looks_after_the_whole_may_change_it(agency, roles, unit, step):
    assert talking(agency, *roles, unit=unit).taps(step, id="m2", part="title").key not in {
        "changes.not_yours",
        "help.not_allowed",
    }


@pytest.mark.parametrize(("roles", "unit"), MAY_NOT)
@pytest.mark.parametrize("step", STARTS)
def test_nobody_else_of_the_agency_may(agency, roles, unit, step):
    before = everything(agency)
    assert talking(agency, *roles, unit=unit).taps(step, id="m2", part="title", gap="dates").key == "changes.not_yours"
    assert everything(agency) == before


@pytest.mark.parametrize("step", STARTS)
def test_a_citizen_may_not(agency, step):
    assert Talk(agency, a_person(), today=WHEN).taps(step, id="m2").key == "help.not_allowed"


def test_who_lost_the_post_while_a_question_was_open_changes_nothing(agency, secretary):
    from itadomain.people import Person, Post

    change(secretary, "m2", "title", "ชื่อใหม่")
    before = everything(agency)
    agency.people.save(
        Person("me", "สมหญิง", posts=(Post(Role.STAFF, "u1", until=WHEN - timedelta(1)), Post(Role.STAFF, "u2")))
    )
    assert secretary.says("บันทึก").key == "changes.not_yours"
    assert everything(agency) == before


def test_a_cancelled_measure_says_so_and_offers_no_change(agency, secretary):
    assert "แก้ไขมาตรการ" in secretary.offered(secretary.taps("measures.one", id="m4"))
    secretary.taps("cancellation.start", id="m4")
    for said in ("ซ้ำ", "นายก", "บันทึก"):
        secretary.says(said)
    shown = secretary.taps("measures.one", id="m4")
    assert "ยกเลิกแล้วเมื่อ 15 ม.ค. 2570" in secretary.words
    assert "แก้ไขมาตรการ" not in secretary.offered(shown)


@pytest.mark.parametrize(("roles", "unit"), [((Role.STAFF,), "u2"), ((Role.HEAD,), "u2"), ((), "")])
def test_who_may_not_change_a_measure_is_offered_no_way_to(agency, roles, unit):
    talk = talking(agency, *roles, unit=unit) if roles else Talk(agency, a_person(), today=WHEN)
    assert "แก้ไขมาตรการ" not in talk.offered(talk.taps("measures.one", id="m4"))


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


def test_what_is_to_be_asked_about_the_days_is_told(vague, secretary):
    listed = secretary.taps("changes.unsettled", gap="dates")
    assert "period.ask_empty" in [told.key for row in listed.bubbles[0].rows for told in row.value]


def test_where_the_follow_up_is_clear_the_period_is_asked_for(agency, secretary):
    keep_plan(
        agency,
        [a_measure(6, plan_year=2570, owners=("กองคลัง",), period="1 - 5 ม.ค. 2570", follow_up="ทุกไตรมาส")],
        UNITS,
        WHEN,
    )
    listed = secretary.taps("changes.unsettled", gap="dates")
    assert secretary.taps(listed.taps[0]).key == "changes.ask_period"


def test_on_a_computer_everything_can_be_typed(agency, secretary):
    secretary.says("แก้ไขมาตรการ")
    secretary.says("2")
    assert secretary.says("งบประมาณ").key == "changes.which_part"
    assert secretary.says("เป้าหมาย").key == "changes.ask_target"
    assert secretary.says("ย้ายมาตรการ").key == "changes.which"
    assert secretary.says("2").key == "handover.to_whom"
    assert secretary.says("ยกเลิกมาตรการ").key == "changes.which"
    assert secretary.says("99").key == "changes.no_such"
    assert secretary.says("2").key == "cancellation.why"


@pytest.mark.parametrize("step", ["changes.start", "handover.start", "cancellation.start"])
def test_without_a_plan_there_is_nothing_to_change(step):
    from tests.fakes import an_agency

    assert talking(an_agency(), Role.EXECUTIVE).taps(step).key == "measures.none"
