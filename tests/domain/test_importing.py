"""A document held against what is kept: nothing twice, nothing silently changed, what is unclear asked once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from itadomain.documents.reader import read
from itadomain.documents.shape import Document, Paragraph, Table
from itadomain.history import Deed
from itadomain.importing import Known, entries, plan_of, propose
from itadomain.measures import Closing, Printed
from itadomain.organisation import Unit
from itadomain.plans import keep_plan
from itadomain.questions import About
from itadomain.refusals import Refusal
from itadomain.settling import with_official
from tests.fakes import MemoryStore

HEADING = ("ที่", "มาตรการ", "วิธีดำเนินการ", "ผู้รับผิดชอบ", "ระยะเวลา", "การติดตามผล")
ROWS = (
    ("1", "เผยแพร่แผนจัดซื้อจัดจ้าง", "1. รวบรวมแผน 2. ลงเว็บไซต์", "กองคลัง", "ต.ค. 2568 - มี.ค. 2569", "ทุกเดือน"),
    ("2", "อบรมจริยธรรมพนักงาน", "จัดอบรมปีละครั้ง", "สำนักปลัด", "ตลอดปีงบประมาณ", "ทุกไตรมาส"),
    ("3", "ตั้งกล่องรับความเห็น", "ติดตั้งหน้าสำนักงาน", "ทุกสำนัก/กอง", "", "-"),
)
TODAY = date(2026, 11, 20)
AGENCY = "องค์การบริหารส่วนตำบลบางตัวอย่าง"
UNITS = [Unit("u1", "สำนักปลัด", secretariat=True), Unit("u2", "กองคลัง")]


def a_document(*rows, year="2569", name="แผน.docx"):
    title = f"มาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. {year}"
    return Document(name, [Paragraph(title), Paragraph(AGENCY), Table((HEADING, *(rows or ROWS)))])


def proposed(document, **known):
    reading = read(document)
    return propose(reading, plan_of(reading), Known(**known))


def kept(document, store=None):
    """The plan as a store has it once the document was brought in."""
    store = store or MemoryStore()
    return keep_plan(store, proposed(document).plan, UNITS, TODAY).measures


def test_a_first_document_is_all_new():
    first = proposed(a_document())
    assert [one.title for one in first.added] == [row[1] for row in ROWS]
    assert not first.differences
    assert {unit.name for unit in first.new_units} >= {"กองคลัง", "สำนักปลัด"}


def test_the_same_document_again_changes_nothing():
    plan = kept(a_document())
    again = proposed(a_document(), plan=plan, units=UNITS)
    assert again.changes_nothing
    assert [one.id for one in again.plan] == [one.id for one in plan]


@pytest.mark.parametrize(
    ("column", "after", "field"),
    [
        (1, "เผยแพร่แผนจัดซื้อจัดจ้างประจำปี", "title"),
        (3, "กองช่าง", "owners"),
        (4, "ต.ค. 2568 - ก.ย. 2569", "period"),
        (5, "ทุกไตรมาส", "follow_up"),
    ],
)
def test_a_corrected_document_shows_the_difference_and_keeps_the_measure(column, after, field):
    plan = kept(a_document())
    corrected = (*ROWS[0][:column], after, *ROWS[0][column + 1 :])
    changed = proposed(a_document(corrected, *ROWS[1:]), plan=plan)
    assert [one.what for one in changed.differences] == [field]
    assert changed.plan[0].id == plan[0].id
    assert not changed.added
    assert not changed.gone


def test_a_corrected_owner_takes_the_duty_from_the_one_before():
    store = MemoryStore()
    plan = kept(a_document(), store)
    corrected = proposed(a_document((*ROWS[0][:3], "สำนักปลัด", *ROWS[0][4:]), *ROWS[1:]), plan=plan)
    keep_plan(store, corrected.plan, UNITS, TODAY)
    duties = store.obligations.of_measure(plan[0].id)
    assert {(one.unit, one.open, one.closed_as) for one in duties} == {
        ("u1", True, None),
        ("u2", False, Closing.MOVED),
    }


def test_rows_in_another_order_are_the_same_measures():
    plan = kept(a_document())
    shuffled = proposed(a_document(*ROWS[::-1]), plan=plan, units=UNITS)
    assert not shuffled.added
    assert not shuffled.differences
    assert [one.id for one in shuffled.plan] == [one.id for one in plan][::-1]


def test_what_is_no_longer_printed_stays_and_is_told():
    plan = kept(a_document())
    less = proposed(a_document(*ROWS[:2]), plan=plan)
    assert [one.title for one in less.gone] == ["ตั้งกล่องรับความเห็น"]
    assert [one.title for one in less.plan] == [row[1] for row in ROWS[:2]]


def test_what_people_have_settled_outlasts_a_new_printing():
    plan = kept(a_document())
    decided = [*plan[:2], replace(plan[2], settled_period="ม.ค. - มี.ค. 2569", indicators=(7, 10))]
    again = proposed(a_document(), plan=decided)
    assert again.plan[2].indicators == (7, 10)
    assert again.plan[2].settled_period == "ม.ค. - มี.ค. 2569"
    assert not [one for one in again.asked if one.about is About.PERIOD]


RETITLED = (ROWS[0][0], "เผยแพร่แผนจัดซื้อจัดจ้างประจำปี", *ROWS[0][2:])
REOWNED = (*ROWS[0][:3], "กองช่าง", *ROWS[0][4:])
SAID = {
    "title": "ประกาศแผนจัดซื้อจัดจ้างทุกช่องทาง",
    "owners": ("สำนักปลัด",),
    "lead": "สำนักปลัด",
    "method": "ลงเว็บไซต์และติดประกาศ",
    "indicators": (3,),
    "settled_period": "ม.ค. - มี.ค. 2569",
    "settled_follow_up": "ทุกไตรมาส",
}


@pytest.mark.parametrize("name", SAID)
def test_what_people_changed_stays_when_the_same_document_comes_again(name):
    plan = kept(a_document())
    changed = [replace(plan[0], **{name: SAID[name]}), *plan[1:]]
    again = proposed(a_document(), plan=changed, units=UNITS)
    assert again.changes_nothing
    assert again.plan == changed


@pytest.mark.parametrize(("corrected", "field"), [(RETITLED, "title"), (REOWNED, "owners")])
def test_a_correction_beside_what_people_changed_leaves_that(corrected, field):
    plan = kept(a_document())
    changed = [replace(plan[0], method=SAID["method"], indicators=(3,)), *plan[1:]]
    again = proposed(a_document(corrected, *ROWS[1:]), plan=changed, units=UNITS)
    assert [(one.what, one.measure) for one in again.differences] == [(field, plan[0].id)]
    assert (again.plan[0].method, again.plan[0].indicators) == (SAID["method"], (3,))


def test_where_people_and_print_both_changed_the_newer_print_counts():
    plan = kept(a_document())
    moved = [replace(plan[0], owners=("สำนักปลัด",)), *plan[1:]]
    (difference,) = (again := proposed(a_document(REOWNED, *ROWS[1:]), plan=moved)).differences
    assert (difference.before, difference.after) == (("สำนักปลัด",), ("กองช่าง",))
    assert again.plan[0].owners == ("กองช่าง",)
    assert not proposed(a_document(REOWNED, *ROWS[1:]), plan=[*again.plan, *plan[3:]]).differences


def test_a_period_that_was_settled_gives_way_to_a_newer_print():
    plan = kept(a_document())
    settled = [*plan[:2], replace(plan[2], settled_period="ม.ค. - มี.ค. 2569")]
    document = a_document(*ROWS[:2], (*ROWS[2][:4], "เม.ย. - มิ.ย. 2569", ROWS[2][5]))
    (difference,) = (again := proposed(document, plan=settled)).differences
    assert (difference.before, difference.after) == ("ม.ค. - มี.ค. 2569", "เม.ย. - มิ.ย. 2569")
    assert again.plan[2].when == "เม.ย. - มิ.ย. 2569"


def test_other_indicators_in_print_are_a_difference():
    plan = kept(a_document())
    printed = [replace(one, indicators=(7,), printed=replace(one.printed, indicators=(7,))) for one in plan]
    assert [one.what for one in proposed(a_document(), plan=printed).differences] == ["indicators"] * 3


def test_a_measure_under_another_title_is_asked_about_in_the_same_words():
    plan = kept(a_document())
    changed = [*plan[:2], replace(plan[2], title="รับฟังความเห็นทางออนไลน์")]
    before, after = (proposed(a_document(), plan=one, units=UNITS).asked for one in (plan, changed))
    assert before
    assert before == after


def test_a_cancelled_measure_stays_as_it_is():
    plan = kept(a_document())
    cancelled = [replace(plan[0], cancelled_on=TODAY), *plan[1:]]
    again = proposed(a_document(RETITLED, *ROWS[1:]), plan=cancelled, units=UNITS)
    assert again.changes_nothing
    assert again.plan[0] == cancelled[0]
    assert not [one for one in again.asked if 0 in one.measures]


def test_a_retitled_measure_is_recognised_by_what_was_printed():
    plan = kept(a_document())
    changed = [*plan[:2], replace(plan[2], title="รับฟังความเห็นของประชาชนทางออนไลน์")]
    again = proposed(a_document(*((f"{nth}", *row[1:]) for nth, row in enumerate(ROWS[::-1], 4))), plan=changed)
    assert [one.id for one in again.plan] == [one.id for one in plan][::-1]


def test_a_measure_that_people_added_takes_what_a_document_prints_of_it():
    made = replace(kept(a_document())[0], owners=(), method="", printed=Printed(), period="", settled_period="ปี 2569")
    again = proposed(a_document(), plan=[made])
    assert {one.what for one in again.differences} == {"owners", "method", "period"}
    assert again.plan[0].owners == ("กองคลัง",)


def test_what_a_newer_document_changes_is_written_down():
    plan = kept(a_document())
    differences = proposed(a_document(REOWNED, RETITLED, *ROWS[2:]), plan=plan).differences
    (first, *_) = entries(differences, TODAY, "แผน 2.docx")
    assert (first.measure, first.deed, first.by, first.why) == (plan[0].id, Deed.CHANGED, "", "แผน 2.docx")
    assert (first.before, first.after) == ({"owners": "กองคลัง"}, {"owners": "กองช่าง"})


def test_what_a_document_does_not_print_keeps_its_place_after_it():
    plan = kept(a_document())
    assert [one.id for one in proposed(a_document(*ROWS[1:]), plan=plan).others] == [plan[0].id]


SCORES = "จากผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2568 มีผลคะแนน {} คะแนน อยู่ในระดับ A"


def scored(total):
    document = a_document()
    return replace(document, blocks=[Paragraph(SCORES.format(total)), *document.blocks])


def test_a_total_that_was_settled_stays_while_the_same_totals_are_printed():
    settled = with_official(read(scored("90.00")).result, Decimal("90.01"))
    again = proposed(scored("90.00"), result=settled)
    assert not again.differences
    assert (again.result, again.audit.total) == (settled, Decimal("90.01"))


def test_a_document_with_other_totals_has_the_last_word():
    settled = with_official(read(scored("90.00")).result, Decimal("90.01"))
    again = proposed(scored("91.00"), result=settled)
    assert [one.what for one in again.differences] == ["headlines"]
    assert again.result.headline.total == Decimal("91.00")


def test_an_empty_period_and_a_missing_follow_up_are_asked():
    asked = proposed(a_document()).asked
    assert [(one.about, list(one.measures)) for one in asked if one.about is not About.PRINT] == [
        (About.PERIOD, [2]),
        (About.FOLLOW_UP, [2]),
    ]


def test_an_owner_that_is_no_unit_is_asked_once():
    asked = proposed(a_document((*ROWS[0][:3], "นายสมชาย ใจดี", *ROWS[0][4:]))).asked
    assert [(one.key, list(one.measures)) for one in asked if "owner" in one.key] == [("questions.owner", [0])]


def test_measures_without_any_follow_up_are_asked_about_together():
    rows = [(*row[:5], "") for row in ROWS]
    asked = [one for one in proposed(a_document(*rows)).asked if one.about is About.FOLLOW_UP]
    assert [list(one.measures) for one in asked] == [[0, 1, 2]]


def test_a_rule_of_the_document_that_a_measure_contradicts_is_asked():
    document = a_document((*ROWS[0][:5], "รายงานในการประชุมพนักงานเดือนกุมภาพันธ์ 2569"))
    rule = Paragraph("กำหนดให้รายงานผลการดำเนินงานในการประชุมพนักงานทุกเดือน")
    asked = proposed(Document(document.name, [*document.blocks, rule])).asked
    assert "questions.contradicts" in [one.key for one in asked]


def test_a_plan_without_a_year_is_refused():
    document = Document("x", [Table((HEADING, (*ROWS[0][:4], "ตลอดปี", "ทุกเดือน")))])
    with pytest.raises(Refusal) as no:
        proposed(document)
    assert no.value.key == "importing.which_year"


def test_a_document_of_something_else_is_refused():
    with pytest.raises(Refusal) as no:
        proposed(Document("x", [Paragraph("รายงานการประชุม"), Table((("ชื่อ", "ตำแหน่ง"), ("ก", "ข")))]))
    assert no.value.key == "importing.nothing_found"
