"""The analysis of a year's result as a Word file: what was brought in, cell by cell, and what of it does not add up."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import enrol, samples
from bot.imports import read
from bot.papers.asking import Asking
from bot.papers.document import Paragraph, Table
from bot.papers.ink.word import as_docx
from bot.papers.kinds import PAPERS
from bot.storage.schema import migrate
from bot.storage.sealing import new_key
from bot.storage.store import AgencyStore
from bot.texts import Texts
from itadomain.audit import audit
from itadomain.documents.reader import read as understood
from itadomain.fiscal import FiscalYear
from itadomain.frameworks.common import TEN_INDICATORS
from itadomain.importing import plan_of
from itadomain.refusals import Refusal
from itadomain.scores import ScoreTable
from tests.fakes import MemoryStore, a_measure, a_result, a_table
from tests.papers.word_files import everything, opened, sentences, tables
from tests.storage.conftest import make_core

THAI = partial(Texts().tell, language="th", particle="")
SHARED = Path(__file__).resolve().parents[3] / "shared" / "seeds"
MADE = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
NAMES = {one.no: one.name.th for one in TEN_INDICATORS}
RANKS = "อันดับ | ตัวชี้วัด | เครื่องมือ | คะแนน | เทียบเกณฑ์"
PARTS = "เครื่องมือ | คะแนน | ที่มาของคะแนน"
TOTALS = "ตัวเลข | คะแนนรวม | ระดับ"
FRAMEWORK = "เครื่องมือ | ตัวชี้วัด | น้ำหนัก"
ANSWERED = "ตัวชี้วัด | มาตรการที่รองรับ"
FOUND = "ตัวชี้วัด | คะแนน | ข้อคำถาม | ข้อค้นพบ"
#: The samples that print points, and which of their tables gives the printed total.
WITH_POINTS = {"thaimueang": 0, "srikham": 0, "krasang": 0, "nongmueang": 0}
#: By hand: the means of the printed indicators; those of กระสัง are printed.
INSTRUMENTS = {
    "thaimueang": ["92.55", "90.71", "100.00"],
    "srikham": ["80.89", "78.65", "100.00"],
    "krasang": ["91.95", "92.67", "83.71"],
    "nongmueang": ["93.62", "83.63", "98.75"],
}
#: What does not add up, as it is known of the documents; other figures contradict nothing.
DOUBTS = {
    "thaimueang": [["94.98", "95.87", "AA", "94.97"]],
    "srikham": [["86.81", "87.86"], ["OIT", "30", "40", "90"]],
    "krasang": [["95", "AA", "88.87", "A", "6.13"], ["(2564, 2565)", "ของปี 2564"]],
    "nongmueang": [["92.65", "92.68", "0.03"]],
}


def store_of(*results, plan=(), office=None):
    store = MemoryStore(office=office) if office else MemoryStore()
    for one in results:
        store.scores.save(one)
    store.measures.save_plan(list(plan))
    return store


def asking(store, year):
    return Asking(store, str(year), "สมหญิง ใจดี", MADE, date(2026, 11, 22), THAI)


def paper(store, year):
    return PAPERS["analysis"].make(asking(store, year))


def sample(name):
    """A sample as a store, and the year of its result; that of the one without is the year before its plan."""
    one = samples.load(name)
    year = one.results[0].fiscal_year if one.results else one.measures[0].plan_year - 1
    return store_of(*one.results, plan=one.measures, office=one.office), year


def of_sample(name, **how):
    store, year = sample(name)
    return opened(as_docx(replace(paper(store, year), **how)))


def planned(number, year=2566, **changes):
    return a_measure(number, plan_year=FiscalYear(year), **changes)


@pytest.mark.parametrize("name", WITH_POINTS)
def test_the_indicators_stand_by_rank_as_they_were_brought_in(name):
    printed = samples.load(name).results[0].tables[WITH_POINTS[name]].indicators
    rows = tables(of_sample(name))[RANKS]
    points = sorted(printed.values(), reverse=True)
    assert [row[3] for row in rows] == [str(one) for one in points], "as printed, to the letter"
    assert [int(row[0]) for row in rows] == [1 + points.index(one) for one in points]
    told = {int(row[1].split(".")[0]): row for row in rows}
    assert {no: row[1] for no, row in told.items()} == {no: f"{no}. {NAMES[no]}" for no in printed}
    assert {no: Decimal(row[3]) for no, row in told.items()} == dict(printed)
    assert {no: row[2] for no, row in told.items()} == {
        no: "IIT" if no <= 5 else "EIT" if no <= 8 else "OIT" for no in printed
    }
    lacking = {no: "ผ่าน" if one >= 85 else f"ต่ำกว่าเกณฑ์ {85 - one}" for no, one in printed.items()}
    assert {no: row[4] for no, row in told.items()} == lacking


@pytest.mark.parametrize("name", WITH_POINTS)
def test_total_grade_and_instruments_are_those_of_the_document(name):
    file = of_sample(name)
    official = samples.load(name).results[0].headlines[0]
    agency = samples.load(name).office.name.th
    assert f"{agency} ได้คะแนนรวม {official.total} คะแนน อยู่ในระดับ {official.grade}" in sentences(file)
    rows = tables(file)[PARTS]
    assert [row[0][-4:-1] for row in rows] == ["IIT", "EIT", "OIT"]
    assert [row[1] for row in rows] == INSTRUMENTS[name]
    assert {row[2] for row in rows} == {"ตามเอกสาร" if name == "krasang" else "เฉลี่ยจากตัวชี้วัด"}


@pytest.mark.parametrize("name", WITH_POINTS)
def test_what_does_not_add_up_is_told_with_both_figures_and_nothing_else_is(name):
    told = sentences(of_sample(name))
    wanted = DOUBTS[name]
    begins = told.index(f"พบ {len(wanted)} เรื่องที่ตัวเลขไม่สอดคล้องกัน ดังนี้") + 1
    for nth, (one, parts) in enumerate(zip(told[begins:], wanted, strict=False), 1):
        assert one.startswith(f"{nth}) ")
        assert all(part in one for part in parts), one
    assert not told[begins + len(wanted)].startswith(f"{len(wanted) + 1}) ")


def test_the_two_tables_of_one_document_stand_side_by_side():
    file = of_sample("thaimueang")
    second, first = samples.load("thaimueang").results[0].tables
    rows = tables(file)["ตัวชี้วัด | ตารางวิเคราะห์รายตัวชี้วัด | ตารางคะแนนสูงสุดรายตัวชี้วัด"]
    assert {row[0]: row[1:] for row in rows} == {
        f"{no}. {NAMES[no]}": [str(second.indicators[no]), str(first.indicators[no])]
        for no in second.indicators
        if second.indicators[no] != first.indicators[no]
    }
    assert len(rows) == 8, "9 and 10 are 100 in both"
    assert [row[1:] for row in tables(file)[TOTALS]] == [
        ["94.97", "A"],
        ["94.97", "A"],
        ["94.98", "A"],
        ["95.87", "AA"],
    ]


def test_a_wrong_weight_of_the_document_changes_nothing_in_the_framework():
    file = of_sample("srikham")
    assert [row[2] for row in tables(file)[FRAMEWORK]] == ["ร้อยละ 30", "ร้อยละ 30", "ร้อยละ 40"]
    assert "น้ำหนักของ OIT เอกสารระบุร้อยละ 30 แต่เกณฑ์คือร้อยละ 40" in everything(file)


def test_a_total_that_its_own_indicators_do_not_bear_out_is_not_confirmed():
    file = of_sample("krasang")
    rows = tables(file)[TOTALS]
    assert [row[1:] for row in rows] == [["95", "AA"], ["88.87", "A"]]
    assert any(one.startswith("คะแนนหรือระดับนี้ยังไม่ยืนยัน") for one in sentences(file))
    assert not any("ยังไม่ยืนยัน เพราะ" in one for one in sentences(of_sample("thaimueang")))


def test_three_hundredths_are_told_too():
    rows = tables(of_sample("nongmueang"))[TOTALS]
    assert [row[1:] for row in rows] == [["92.65", "A"], ["92.68", "A"]]


def test_without_points_the_findings_of_the_plan_are_told_and_no_rank_is_made_up():
    file = of_sample("yotkaeng")
    plan = samples.load("yotkaeng").measures
    assert "ยังไม่มีผลคะแนนของปี 2566 ในระบบ จึงยังไม่แสดงคะแนน ระดับ และอันดับของตัวชี้วัด" in sentences(file)
    found = tables(file)
    assert not {RANKS, PARTS, TOTALS} & found.keys()
    assert [row[1] for row in found["ข้อคำถาม | ข้อค้นพบ"]] == [one.finding for one in plan]
    for row, one in zip(found["ข้อคำถาม | ข้อค้นพบ"], plan, strict=True):
        assert all(code in row[0] for code in one.questions)
    answered = {row[0]: row[1] for row in found[ANSWERED]}
    assert "ช่องทางและรูปแบบการประชาสัมพันธ์" in answered["7. ประสิทธิภาพการสื่อสาร"], "E9 and E10 ask about it"
    assert all(one.title in "\n".join(answered.values()) for one in plan)


@pytest.mark.parametrize("source", ["000", "001", "002", "003", "004"])
def test_documents_of_agencies_stand_in_it_as_they_were_brought_in(source):
    if not SHARED.is_dir():
        pytest.skip("the documents are not beside the repository")
    file = next(SHARED.glob(f"{source}_*.txt"))
    brought = understood(read(file.read_bytes(), file.name))
    plan, result = list(plan_of(brought)), brought.result
    year = result.fiscal_year if result else plan[0].plan_year - 1
    found = tables(opened(as_docx(paper(store_of(*[result] if result else [], plan=plan), year))))
    answered = "\n".join(f"{no} {those}" for no, those in found[ANSWERED])
    assert all(one.title in answered for one in plan)
    named = {no for one in plan for no in one.indicators}
    assert named <= {int(row[0].split(".")[0]) for row in found[ANSWERED] if row[0][0].isdecimal()}
    if result is None:
        assert RANKS not in found
        return
    told = {int(row[1].split(".")[0]): Decimal(row[3]) for row in found[RANKS]}
    assert told == dict(audit(result).indicators)
    assert [row[1] for row in found[TOTALS]][: len(result.headlines)] == [str(one.total) for one in result.headlines]


@pytest.mark.parametrize("thai_digits", [False, True], ids=["123", "๑๒๓"])
@pytest.mark.parametrize("name", WITH_POINTS)
def test_brought_in_again_it_is_the_same_result_and_no_other_plan(name, thai_digits):
    store, year = sample(name)
    back = understood(read(as_docx(replace(paper(store, year), thai_digits=thai_digits)), "วิเคราะห์.docx"))
    official, printed = store.scores.of_year(year).headlines[0], store.scores.of_year(year).tables[WITH_POINTS[name]]
    assert (back.result.fiscal_year, back.measures) == (year, ())
    assert (back.result.headlines[0].total, back.result.headlines[0].grade) == (official.total, official.grade)
    assert dict(back.result.tables[0].indicators) == dict(printed.indicators)


def test_what_is_weak_stands_weakest_first_with_the_findings_of_the_measures_that_answer_it():
    result = a_result(2565, None, None, ScoreTable("ตาราง", {no: Decimal(70 + no) for no in range(1, 11)}))
    plan = [
        planned(1, indicators=(2, 3), finding="ไม่ทราบแผนใช้เงิน", questions=("I7",)),
        planned(2, finding="คู่มือเก่า"),
        planned(3, title="ไม่มีตัวชี้วัด", owners=("กองช่าง",)),
    ]
    file = opened(as_docx(paper(store_of(result, plan=plan), 2565)))
    rows = tables(file)[FOUND]
    assert [row[1] for row in rows] == [str(70 + no) for no in range(1, 11)]
    assert [row[3] for row in rows[:3]] == ["ยังไม่มีข้อค้นพบในแผน", "ไม่ทราบแผนใช้เงิน", "ไม่ทราบแผนใช้เงิน"]
    assert rows[1][2].startswith("I7")
    assert [row[1] for row in tables(file)["ข้อคำถาม | ข้อค้นพบ"]] == ["คู่มือเก่า"]
    answered = tables(file)[ANSWERED]
    assert answered[0] == ["1. การปฏิบัติหน้าที่", "ยังไม่มีมาตรการที่ระบุว่ารองรับ"]
    assert "มาตรการที่ 1 เผยแพร่ข้อมูลต่อสาธารณะ (สำนักปลัด · ตลอดปีงบประมาณ)" in answered[1][1]
    assert answered[-1][0] == "ยังไม่ระบุตัวชี้วัด"
    assert "ไม่มีตัวชี้วัด (กองช่าง" in answered[-1][1]


def test_the_year_before_stands_beside_this_year_where_there_is_one():
    before = a_result(2564, "90.00", "A", a_table(["90.00"] * 10))
    file = opened(as_docx(paper(store_of(before, a_result(2565)), 2565)))
    assert "คะแนนรวมปี 2565 ได้ 92.40 คะแนน เพิ่มขึ้นจากปี 2564 (90.00 คะแนน) 2.40 คะแนน" in sentences(file)
    rows = tables(file)["ตัวชี้วัด | ปี 2564 | ปี 2565 | เปลี่ยนแปลง"]
    assert [row[1:] for row in rows[:4]] == [
        ["90.00", "92.00", "+2.00"], ["90.00", "88.00", "-2.00"], ["90.00", "90.00", "0.00"], ["90.00", "86.00", "-4.00"],
    ]  # fmt: skip
    alone = opened(as_docx(paper(store_of(a_result(2565)), 2565)))
    assert "ในระบบไม่มีผลของปี 2564 จึงยังเปรียบเทียบไม่ได้" in sentences(alone)


@pytest.mark.parametrize(("total", "told"), [("91.40", "ลดลงจากปี 2564"), ("92.40", "เท่ากับปี 2564")])
def test_fewer_points_and_the_same_are_told_as_such(total, told):
    store = store_of(a_result(2564, "92.40", "A"), a_result(2565, total, "A"))
    assert told in everything(opened(as_docx(paper(store, 2565))))


def test_grades_of_years_with_other_rules_are_not_compared():
    store = store_of(a_result(2565), a_result(2566, "92.40", "ผ่านดี"))
    told = sentences(opened(as_docx(paper(store, 2566))))
    assert "เกณฑ์ระดับผลของสองปีนี้ต่างกัน จึงเทียบระดับกันโดยตรงไม่ได้" in told


@pytest.mark.parametrize("year", [2562, 2566, 2567, 2569, 2571])
def test_what_nobody_confirmed_is_never_told_as_fact(year):
    file = opened(as_docx(paper(store_of(a_result(year, "92.40", None)), year)))
    weights = [row[2] for row in tables(file)[FRAMEWORK]]
    assert weights == ["ยังไม่ยืนยัน"] * 3
    told, grades = "\n".join(sentences(file)), "ระดับ | เกณฑ์"
    assert "30/30/40" in told, "the total was worked out with it all the same"
    assert f"ของปี {year} ยังไม่ยืนยัน" in told
    if year == 2567:
        assert tables(file)[grades][0][1] == "ตั้งแต่ 95 คะแนน และทุกเครื่องมือไม่ต่ำกว่า 95 คะแนน"
    else:
        assert grades not in tables(file)
        assert "เกณฑ์ 85 คะแนน (ยังไม่ยืนยัน)" in told
    assert ("จึงใช้ของปี 2570 แทน" in told) == (year == 2571)


def test_a_disputed_border_of_a_grade_is_not_told():
    rows = dict(tables(of_sample("thaimueang"))["ระดับ | เกณฑ์"])
    assert (rows["AA"], rows["D"], rows["E"], rows["F"]) == (
        "ตั้งแต่ 95 คะแนน", "ตั้งแต่ 55 คะแนน", "ยังไม่ยืนยัน", "ยังไม่ยืนยัน",
    )  # fmt: skip


def test_where_only_a_total_is_printed_nothing_else_is_made_of_it():
    only = replace(a_result(2565), tables=())
    file = opened(as_docx(paper(store_of(only), 2565)))
    told = sentences(file)
    assert "เอกสารมีเฉพาะคะแนนรวม ไม่มีคะแนนรายตัวชี้วัด จึงไม่แสดงอันดับ" in told
    assert "เอกสารมีตัวเลขไม่พอให้คำนวณคะแนนรวมซ้ำ และไม่พบตัวเลขที่ขัดกัน" in told
    assert "ยังไม่มีมาตรการของปีงบประมาณ 2566 ในระบบ" in told
    assert tables(file).keys() & {RANKS, PARTS, TOTALS, ANSWERED} == set()


def test_a_total_that_is_not_printed_is_told_as_worked_out():
    told = everything(opened(as_docx(paper(store_of(a_result(2565, None)), 2565))))
    assert "เอกสารไม่ได้ระบุคะแนนรวม คำนวณจากคะแนนตัวชี้วัด" in told
    assert "92.40" in told


def test_figures_that_agree_are_said_to_agree():
    told = sentences(opened(as_docx(paper(store_of(a_result(2565)), 2565))))
    assert "คะแนนรวมที่คำนวณใหม่จากตัวชี้วัดคือ 92.40 คะแนน สอดคล้องกับเอกสาร และไม่พบตัวเลขที่ขัดกัน" in told


@given(
    indicators=st.dictionaries(st.integers(1, 10), st.decimals(0, 100, places=2)),
    total=st.none() | st.decimals(0, 100, places=2).map(str),
    before=st.booleans(),
    named=st.lists(st.sets(st.integers(1, 10)), max_size=3),
    year=st.integers(2563, 2571),
)
def test_no_table_is_empty_no_cell_blank_and_no_sentence_has_a_hole(indicators, total, before, named, year):
    """Whatever is missing: of a result there is at least a total or a point."""
    if total is None and not indicators:
        indicators = {7: Decimal(50)}
    shown = [ScoreTable("ตาราง", indicators)] if indicators else []
    result = replace(a_result(year, total, None), tables=tuple(shown))
    plan = [planned(nth, year + 1, indicators=tuple(those)) for nth, those in enumerate(named, 1)]
    made = paper(store_of(result, *([a_result(year - 1)] if before else []), plan=plan), year)
    for one in made.blocks:
        if isinstance(one, Table):
            assert one.rows
            assert all(len(row) == len(one.widths) and all("".join(cell.lines) for cell in row) for row in one.rows)
        if isinstance(one, Paragraph):
            assert not re.search(r"[{}]|None|- คะแนน", one.text)


def test_headings_are_numbered_without_a_gap():
    told = {name: [one for one in sentences(of_sample(name)) if re.match(r"\d\. ", one)] for name in samples.NAMES}
    assert all([int(one[0]) for one in each] == list(range(1, len(each) + 1)) for each in told.values())
    assert [one[3:] for one in told["krasang"]] == [
        "กรอบการประเมิน", "ผลการประเมิน", "จุดแข็งและจุดที่ต้องพัฒนา", "ความเปลี่ยนแปลงจากปีก่อน",
        "ตัวเลขที่ต้องตรวจสอบ", "ประเด็นที่ต้องแก้ไข", "การนำผลการวิเคราะห์ไปสู่การปฏิบัติ",
    ]  # fmt: skip


def test_in_thai_digits_no_other_figure_is_left():
    text = everything(of_sample("thaimueang", thai_digits=True))
    assert "๙๔.๙๗" in text
    assert not re.search("[0-9]", text)


def test_it_says_who_asked_when_of_what_and_that_it_is_a_draft():
    file = of_sample("thaimueang")
    about = file.core_properties
    assert (about.author, about.created.replace(tzinfo=UTC)) == ("สมหญิง ใจดี", MADE)
    assert about.comments.startswith("ผลการประเมินปี 2565 จากเอกสาร «มาตรการส่งเสริมคุณธรรม")
    assert "มาตรการ 4 ข้อ ของปี 2566" in about.comments
    assert file.sections[0].first_page_header.paragraphs[0].text == "ร่าง"


def test_without_a_result_and_a_finding_there_is_no_paper():
    with pytest.raises(Refusal, match=r"analysis_paper\.none"):
        paper(store_of(plan=[planned(1)]), 2565)


@pytest.fixture
def two_agencies(tmp_path):
    """Two samples in one database."""
    core = make_core(tmp_path, new_key())
    migrate(core.database)
    for name in ("thaimueang", "krasang"):
        enrol.add_agency(core, enrol.NewAgency(name, samples.load(name).office.name.th, "secret", sample=name))
    yield core
    core.database.close()


def test_nothing_of_another_agency_is_in_it(two_agencies):
    core, told = two_agencies, {}
    for name, year in (("thaimueang", 2565), ("krasang", 2564)):
        agency = core.channels.by_slug(name)
        with core.database.reading(of=agency.id) as connection:
            told[name] = everything(opened(as_docx(paper(AgencyStore(connection, agency, core.ring), year))))
    assert "94.97" in told["thaimueang"]
    assert "88.87" in told["krasang"]
    assert not any(one in told["thaimueang"] for one in ("88.87", "75.00", "กระสัง", "กองสวัสดิการสังคม"))
    assert not any(one in told["krasang"] for one in ("94.97", "87.53", "ท้ายเหมือง"))
