"""What bringing a document in asks, of the agency, the years and the rounds, and under which years it comes again."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.imports import read as read_file
from itadomain.changes import Act
from itadomain.documents.reader import read
from itadomain.documents.shape import Document, Paragraph, Table
from itadomain.importing import Known, plan_of, propose
from itadomain.organisation import Unit
from itadomain.plans import keep_plan
from itadomain.questions import About, Question
from itadomain.right_years import in_right_years, unanswered
from itadomain.settling import settle
from tests.fakes import MemoryStore

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
HEADING = ("ที่", "มาตรการ", "วิธีดำเนินการ", "ผู้รับผิดชอบ", "ระยะเวลา", "การติดตามผล")
TODAY = date(2026, 11, 20)
AGENCY = "องค์การบริหารส่วนตำบลบางตัวอย่าง"
UNIT = Unit("u1", "กองคลัง")
TITLES = ("เผยแพร่แผนจัดซื้อจัดจ้าง", "อบรมจริยธรรมพนักงาน", "ตั้งกล่องรับความเห็น")
SURE = "มาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. 2569"
DOUBTED = "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2568 ได้คะแนนรวม 90.00 คะแนน"
RULE = "กำหนดให้รายงานผลการดำเนินงานในการประชุมพนักงานทุกเดือน"


def a_document(*cadences, title=SURE, agency=AGENCY, rule=""):
    rows = [
        (str(no), TITLES[no - 1], "ดำเนินการ", "กองคลัง", "ตลอดปีงบประมาณ", cadence)
        for no, cadence in enumerate(cadences, 1)
    ]
    blocks = [Paragraph(text) for text in (title, agency, rule) if text]
    return Document("แผน.docx", [*blocks, Table((HEADING, *rows))])


def proposed(document, **known):
    reading = read(document)
    return propose(reading, plan_of(reading), Known(**{"agency": AGENCY, "units": [UNIT], **known}))


def asked(document, **known):
    return [(one.key, list(one.measures)) for one in proposed(document, **known).asked]


# ── whose document it is


def test_a_document_without_a_name_is_asked_about_once():
    nameless = a_document("ทุกเดือน", agency="")
    first = proposed(nameless)
    (question,) = first.asked
    assert (question.key, question.choices, question.facts["known"]) == ("questions.no_agency", ("ใช่", "ไม่ใช่"), AGENCY)
    kept = keep_plan(MemoryStore(), first.plan, [UNIT], TODAY).measures
    corrected = a_document("ทุกไตรมาส", "ทุกเดือน", agency="")
    assert asked(corrected, plan=kept) == []


def test_a_document_with_its_name_is_not_asked_about_and_one_without_an_agency_neither():
    assert asked(a_document("ทุกเดือน")) == []
    assert asked(a_document("ทุกเดือน", agency=""), agency="") == []


# ── how often


@pytest.mark.parametrize("often", ["ทุกสัปดาห์", "ทุกวัน", "สัปดาห์ละ 1 ครั้ง"])
def test_work_that_comes_every_week_is_asked_about_with_the_rounds_that_are_usual(often):
    (question,) = proposed(a_document(often, "ทุกเดือน", often)).asked
    assert (question.about, question.key, question.measures) == (About.FOLLOW_UP, "questions.often", [0, 2])
    assert (question.facts["printed"], question.facts["numbers"]) == (often, ["1", "3"])
    assert "ทุกเดือน" in question.choices


def test_each_wording_that_contradicts_the_document_is_a_question_of_its_own():
    february, march = "รายงานในเดือนกุมภาพันธ์ 2569", "รายงานในเดือนมีนาคม 2569"
    found = proposed(a_document(february, march, february.replace(" ", "  "), rule=RULE)).asked
    assert [(one.facts["own"], list(one.measures), one.choices[0]) for one in found] == [
        (february, [0, 2], february),
        (march, [1], march),
    ]


# ── which year


def a_doubted_store(answer=""):
    """A plan that came without a year of its own: it is asked which year it is of, and perhaps answered."""
    store = MemoryStore()
    store.units.save(UNIT)
    found = proposed(a_document("ทุกเดือน", "ทุกไตรมาส", title=DOUBTED))
    kept = keep_plan(store, found.plan, [UNIT], TODAY).measures
    (one,) = [one for one in found.asked if one.about is About.PLAN_YEAR]
    question = Question("q", one.about, one.key, one.facts, measures=[kept[at].id for at in one.measures])
    store.questions.ask(question)
    if answer:
        settle(store, question, answer, Act(TODAY, "p1"))
    return store


def test_a_year_in_doubt_is_asked_about_all_measures():
    found = proposed(a_document("ทุกเดือน", "ทุกไตรมาส", title=DOUBTED))
    assert [(one.about, list(one.measures), one.choices) for one in found.asked] == [
        (About.PLAN_YEAR, [0, 1], ("2569", "2568"))
    ]


def test_a_document_that_comes_again_is_of_the_year_that_was_answered():
    store, again = a_doubted_store("2570"), read(a_document("ทุกเดือน", "ทุกไตรมาส", title=DOUBTED))
    settled = in_right_years(store, again)
    assert (again.fiscal_year, settled.fiscal_year, settled.questions) == (2569, 2570, [])
    plan = plan_of(settled)
    assert propose(settled, plan, Known(AGENCY, [UNIT], store.measures.of_year(2570), None)).added == []
    assert unanswered(store, plan) is None


def test_what_nobody_has_answered_or_another_document_is_as_it_was_read():
    again = read(a_document("ทุกเดือน", "ทุกไตรมาส", title=DOUBTED))
    assert in_right_years(a_doubted_store(), again) is again
    sure = read(a_document("ทุกเดือน", "ทุกไตรมาส"))
    assert in_right_years(a_doubted_store("2570"), sure) is sure
    titles = [replace(one, name=f"เรื่องอื่น {one.number}") for one in again.measures]
    other = replace(again, measures=titles)
    assert in_right_years(a_doubted_store("2570"), other) is other


def test_the_same_measures_in_another_year_wait_for_the_answer():
    again = read(a_document("ทุกเดือน", "ทุกไตรมาส", title=DOUBTED), plan_year=2570)
    refusal = unanswered(a_doubted_store(), plan_of(again))
    assert (refusal.key, refusal.facts) == ("importing.year_is_asked", {"year": 2569, "other": 2570})
    assert unanswered(a_doubted_store("2569"), plan_of(again)) is None  # a new year's plan in the same words
    assert unanswered(a_doubted_store(), plan_of(read(a_document("ทุกเดือน", title=DOUBTED)))) is None


def test_a_result_that_comes_again_is_of_the_year_that_was_answered():
    figures = (("ตัวชี้วัด", "คะแนน"), *((f"{no}", "90.00") for no in range(1, 11)))
    document = a_document("ทุกเดือน")
    reading = read(Document("ผล.docx", [*document.blocks, Paragraph("ได้คะแนนรวม 90.00 คะแนน"), Table(figures)]))
    (question,) = [one for one in reading.questions if one.code == "score_year"]
    assert (question.choices, reading.result.fiscal_year) == (("2568", "2569"), 2568)
    store = MemoryStore()
    assert in_right_years(store, reading) is reading
    store.scores.save(replace(reading.result, fiscal_year=2569))
    assert in_right_years(store, reading).result == store.scores.of_year(2569)


@pytest.mark.parametrize(("number", "count"), [("000", 2), ("001", 2), ("002", 7), ("003", 3), ("004", 1)])
def test_of_the_five_published_documents_each_asks_as_much_as_its_agency_would(number, count):
    if not SEEDS.is_dir():
        pytest.skip("the documents are not beside the repository")
    file = next(SEEDS.glob(f"{number}_*.txt"))
    reading = read(read_file(file.read_bytes(), file.name))
    found = propose(reading, plan_of(reading), Known(agency=reading.agency))
    assert len(found.asked) == count
