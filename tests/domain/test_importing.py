"""A document held against what is kept: nothing twice, nothing silently changed, what is unclear asked once."""

from dataclasses import replace
from datetime import date

import pytest

from itadomain.documents.reader import read
from itadomain.documents.shape import Document, Paragraph, Table
from itadomain.importing import Known, plan_of, propose
from itadomain.measures import Closing
from itadomain.organisation import Unit
from itadomain.plans import keep_plan
from itadomain.questions import About
from itadomain.refusals import Refusal
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
