"""The plan of a year as a Word file: read back, it is the plan; opened, it is the paper that offices know."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from bot import samples
from bot.imports import read
from bot.papers.asking import Asking
from bot.papers.document import heard, told
from bot.papers.ink import apart
from bot.papers.ink.word import as_docx
from bot.papers.says.plan import plan_paper
from bot.texts import Texts
from itadomain.documents.reader import read as understood
from itadomain.fiscal import FiscalYear
from itadomain.importing import plan_of
from itadomain.measures import Measure
from itadomain.papers.forms import BY_MEASURE, BY_TOPIC, Part, cell, form_of
from itadomain.refusals import Refusal
from tests.fakes import MemoryStore

THAI = partial(Texts().tell, language="th", particle="")
MADE = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SHARED = Path(__file__).resolve().parents[3] / "shared" / "seeds"


def opened(written):
    return docx.Document(io.BytesIO(written))


def store_of(plan):
    store = MemoryStore()
    store.measures.save_plan(list(plan))
    return store


def paper(plan, **how):
    plan = list(plan)
    return replace(plan_paper(asking(store_of(plan), plan[0].plan_year)), **how)


def asking(store, year):
    return Asking(store, str(year), "สมหญิง ใจดี", MADE, date(2026, 11, 22), THAI)


def read_back(written, name="แผน.docx"):
    return plan_of(understood(read(written, name)))


def said(one):
    """What a paper tells of a measure; figures by their worth."""
    cells = (
        one.plan_year, one.number, one.title, tuple(one.steps), one.when, one.cadence, one.finding,
        *map(tuple, (one.questions, one.owners)),
    )  # fmt: skip
    return tuple(map(str, cells))


@pytest.mark.parametrize("thai_digits", [False, True], ids=["123", "๑๒๓"])
@pytest.mark.parametrize("name", samples.NAMES)
def test_read_back_it_is_the_same_plan(name, thai_digits):
    plan = samples.load(name).measures
    back = read_back(as_docx(paper(plan, thai_digits=thai_digits)))
    assert [arabic(said(one)) for one in back] == [arabic(said(one)) for one in plan]


def arabic(cells):
    return [cell.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")) for cell in cells]


@pytest.mark.parametrize("source", ["000", "001", "002", "003", "004"])
def test_documents_of_agencies_come_back_as_they_were_brought_in(source):
    if not SHARED.is_dir():
        pytest.skip("the documents are not beside the repository")
    file = next(SHARED.glob(f"{source}_*.txt"))
    plan = list(plan_of(understood(read(file.read_bytes(), file.name))))
    assert [said(one) for one in read_back(as_docx(paper(plan)))] == [said(one) for one in plan]


def test_topics_stand_once_beside_their_questions_and_headings_on_every_page():
    table = opened(as_docx(paper(samples.load("yotkaeng").measures))).tables[0]
    first = [row.cells[0]._tc for row in table.rows]
    assert len(table.rows) == 2 + 11
    assert len(set(first[3:8])) == 1, "five rows of one topic"
    assert [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [
        True, True, *[False] * 11,
    ]  # fmt: skip


def test_no_signature_stands_on_a_page_without_anything_that_is_signed():
    *_, table, gap, _signatures = opened(as_docx(paper(samples.load("thaimueang").measures))).iter_inner_content()
    assert gap.paragraph_format.keep_with_next
    assert all(line.paragraph_format.keep_with_next for cell in table.rows[-1].cells for line in cell.paragraphs)
    assert not any(line.paragraph_format.keep_with_next for line in table.rows[-2].cells[0].paragraphs)


def test_it_says_who_asked_when_of_what_and_that_it_is_a_draft():
    file = opened(as_docx(paper(samples.load("thaimueang").measures)))
    about = file.core_properties
    assert (about.author, about.created.replace(tzinfo=UTC)) == ("สมหญิง ใจดี", MADE)
    assert about.comments == "มาตรการ 4 ข้อ ของปีงบประมาณ 2566 ที่บันทึกไว้ในระบบ"
    [page] = file.sections
    assert page.first_page_header.paragraphs[0].text == "ร่าง"
    assert page.header.paragraphs[0].text.startswith("ร่าง")
    assert "PAGE" in page.header._element.xml


def test_thai_letters_have_the_size_and_weight_of_the_others():
    """To Word Thai is a complex script, with settings of its own: without them it stays thin and small."""
    file = opened(as_docx(paper(samples.load("thaimueang").measures)))
    for made in file.paragraphs:
        for run in made.runs:
            told = run._r.rPr
            assert told.rFonts.get(qn("w:cs")) == "TH Sarabun New"
            assert told.find(qn("w:szCs")).get(qn("w:val")) == told.find(qn("w:sz")).get(qn("w:val"))
            assert bool(run.bold) == (told.find(qn("w:bCs")) is not None)


def test_what_a_paragraph_is_set_to_stands_in_the_order_of_the_format():
    order = ("keepNext", "spacing", "ind", "jc")
    body = opened(as_docx(paper(samples.load("thaimueang").measures))).element.body
    for settings in body.iter(qn("w:pPr")):
        named = [part.tag.partition("}")[2] for part in settings]
        assert sorted(named, key=order.index) == named


def test_codes_keep_their_figures_where_others_are_thai():
    text = "\n".join(
        cell.text
        for row in opened(as_docx(paper(samples.load("yotkaeng").measures, thai_digits=True))).tables[0].rows
        for cell in row.cells
    )
    assert "E13" in text
    assert "(๑) กระบวนการ" in text
    assert "ไตรมาส ๑,๒,๔" in text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ร้อยละ 85.5 (2567)", "ร้อยละ ๘๕.๕ (๒๕๖๗)"),
        ("1. IIT ข้อ 5-10", "๑. IIT ข้อ ๕-๑๐"),
        ("E1.2 และ O1-O43", "E1.2 และ O1-O43"),
        ("10km 12A 1.5GB", "10km 12A 1.5GB"),
        ("https://a.go.th/2567/12", "https://a.go.th/2567/12"),
    ],
)
def test_no_figure_is_half_thai(said, told):
    [plan] = samples.load("thaimueang").measures[:1]
    rows = opened(as_docx(paper([replace(plan, title=said, number="")], thai_digits=True))).tables[0].rows
    assert rows[1].cells[0].text == told


def test_what_no_file_may_hold_is_left_out():
    """Typed, pasted or brought in, such signs would let no plan be written any more."""
    [plan] = samples.load("thaimueang").measures[:1]
    one = paper([replace(plan, title="ก\x0bข\x00ค", number="")])
    long = replace(one, about=replace(one.about, by="ย\x07" * 300))
    file = opened(as_docx(long))
    assert file.tables[0].rows[1].cells[0].text == "กขค"
    assert file.core_properties.author == "ย" * 255


def test_of_a_year_whose_form_nobody_knows_the_plan_itself_decides():
    topics, measures = samples.load("yotkaeng").measures, samples.load("thaimueang").measures
    assert form_of(2566, topics) is BY_MEASURE
    assert form_of(2567, measures) is BY_TOPIC
    assert (form_of(2570, topics), form_of(2570, measures)) == (BY_TOPIC, BY_MEASURE)


def cells(one):
    """The columns of a paper's table, by their headings."""
    heading, *lines = opened(as_docx(one)).tables[0].rows
    return [
        dict(zip([cell.text for cell in heading.cells], [cell.text for cell in row.cells], strict=True))
        for row in lines
    ]


def chosen(**how):
    return Measure(
        "", FiscalYear(2569), "1", "ลดขั้นตอนบริการ", ("สำนักปลัด",), period="ไตรมาส 2", indicators=(8,), **how
    )  # fmt: skip


def test_in_2569_the_chosen_indicator_stands_before_what_is_done_about_it():
    made = paper([chosen()])
    assert cells(made) == [
        {
            "ตัวชี้วัดที่เลือก": "8. การปรับปรุงระบบการทำงาน", "มาตรการ": "1. ลดขั้นตอนบริการ",
            "ผู้รับผิดชอบ": "สำนักปลัด", "ระยะเวลาดำเนินการ": "ไตรมาส 2",
        }
    ]  # fmt: skip
    with_steps = paper([chosen(steps=("ทำผัง", "ลดเอกสาร"), follow_up="ทุกเดือน")])
    assert cells(with_steps)[0]["ขั้นตอน/วิธีการปฏิบัติ"].splitlines() == ["1. ทำผัง", "2. ลดเอกสาร"]
    assert [said(one) for one in read_back(as_docx(with_steps))] == [
        said(chosen(steps=("ทำผัง", "ลดเอกสาร"), follow_up="ทุกเดือน"))
    ]


def test_a_form_that_no_document_of_the_year_shows_says_so_as_long_as_it_is_a_draft():
    assert paper([chosen()]).draft == "ร่าง (แบบตารางของปี 2569 ยังไม่มีเอกสารยืนยัน)"
    assert paper(samples.load("yotkaeng").measures).draft == "ร่าง"


def test_a_question_stands_with_its_words_where_they_are_confirmed():
    """Of the year that the plan answers; of another year the same code may ask something else."""
    [plan] = samples.load("yotkaeng").measures[1:2]
    assert cell(plan, Part.QUESTION) == ["E13 หน่วยงานมีระบบการให้บริการออนไลน์หรือไม่"]
    assert cell(replace(plan, plan_year=FiscalYear(2568)), Part.QUESTION) == ["E13"]
    assert cell(replace(plan, questions=("E99",)), Part.QUESTION) == ["E99"]


def test_without_a_plan_there_is_no_paper():
    with pytest.raises(Refusal, match=r"plan_paper\.none"):
        plan_paper(asking(MemoryStore(), 2570))


def test_a_process_of_its_own_writes_the_same():
    one = paper(samples.load("yotkaeng").measures)
    assert told(heard(json.loads(json.dumps(told(one))))) == told(one)
    rows = [[cell.text for cell in row.cells] for row in opened(apart.word_file(one)).tables[0].rows]
    assert rows == [[cell.text for cell in row.cells] for row in opened(as_docx(one)).tables[0].rows]
