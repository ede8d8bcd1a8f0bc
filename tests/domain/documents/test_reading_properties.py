"""Whatever a document holds it is read; and what does not change what it says does not change what is read."""

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from itadomain.documents.agency import same_agency
from itadomain.documents.reader import read
from itadomain.documents.reading import Reading
from itadomain.documents.shape import Document, Paragraph, Place, Table
from itadomain.documents.words.headings import HEADINGS
from itadomain.documents.words.indicators import GRADES, INDICATORS, TOTALS
from tests.domain.documents.papers import AGENCY, FIVE, MONTHS, PLAN, TEN, THAI_DIGITS, padded, paper

KNOWN = [
    *(name for names in HEADINGS.values() for name in names), *(name for names in INDICATORS.values() for name in names),
    *GRADES, *TOTALS, *MONTHS, AGENCY, PLAN, "ผลการประเมิน ปีงบประมาณ 2565", "94.97", "๙๔.๙๗ คะแนน", "ระดับ", "〃", "1. ก", "IIT", "- ข - ค", "✓",
    "ทุกสำนัก/กอง", "สำนักปลัด กองคลัง", "ม.ค. – มี.ค. ๖๖", "ปีงบประมาณ 99999", "E 12", "(", "[", "\\", "\u200b",
]  # fmt: skip
WORDS = st.one_of(
    st.sampled_from(KNOWN), st.text(max_size=30), st.lists(st.sampled_from(KNOWN), max_size=6).map(" ".join)
)
ROWS = st.lists(st.lists(WORDS, max_size=7), max_size=8).map(padded)
SPANS = st.lists(st.lists(st.tuples(st.integers(-1, 9), st.integers(-1, 9)), max_size=7), max_size=8)
BLOCKS = st.one_of(
    WORDS.map(Paragraph), st.builds(Table, ROWS), st.builds(Table, ROWS, st.just(Place(table=1)), SPANS),
    ROWS.map(lambda rows: Table([list(FIVE), *rows])), ROWS.map(lambda rows: Table([["ตัวชี้วัด", "คะแนน"], *rows])),
)  # fmt: skip

TITLES = st.sampled_from(
    ["ปรับปรุงเว็บไซต์", "อบรมจริยธรรม", "ลดขั้นตอน", "เผยแพร่แผนจัดซื้อ", "ทำคู่มือยืมพัสดุ", "รับเรื่องร้องเรียน", "No Gift Policy"]
)
METHODS = st.sampled_from(["ประชุม", "1. สำรวจ 2. แก้ไข", "- จัดทำ - เผยแพร่", "ทำหนังสือแจ้งเวียน ในรอบ 6 เดือน"])
OWNERS = st.sampled_from(["กองคลัง", "สำนักปลัด/กองช่าง", "ทุกสำนัก/กอง", "1. กองคลัง 2. กองช่าง", "สำนักปลัด อบต."])
PERIODS = st.sampled_from(["ม.ค. - มี.ค. 67", "ตลอดปีงบประมาณ", "ไตรมาส 1-2", "ภายใน 30 เม.ย. 2567", "ปีงบประมาณ 2567"])
FOLLOW_UPS = st.sampled_from(["ทุกเดือน", "ทุก 3 เดือน", "-", "รายงานในการประชุมประจำเดือน"])
MEASURES = st.lists(st.tuples(TITLES, METHODS, OWNERS, PERIODS, FOLLOW_UPS), min_size=1, max_size=6)


def rows_of(measures):
    return [(f"{at}. {title}", *rest) for at, (title, *rest) in enumerate(measures, 1)]


def measures_in(*rows) -> list:
    """The measures of a plan, their places aside."""
    return [replace(one, place=Place()) for one in read(paper(PLAN, AGENCY, *rows)).measures]


def as_read(measures) -> list:
    return measures_in([FIVE, *rows_of(measures)])


@settings(max_examples=150, deadline=None)
@given(st.lists(BLOCKS, max_size=6))
def test_any_document_is_read(blocks):
    reading = read(Document("ใดๆ", blocks))
    assert isinstance(reading, Reading)
    assert all(0 <= doubt.measure <= len(reading.measures) for doubt in (*reading.findings, *reading.questions))


@settings(deadline=None)
@given(st.lists(BLOCKS, max_size=4))
def test_reading_again_reads_the_same(blocks):
    assert read(Document("ใดๆ", blocks)) == read(Document("ใดๆ", blocks))


@settings(max_examples=60, deadline=None)
@given(MEASURES)
def test_every_row_becomes_a_measure_with_its_cells(measures):
    found = as_read(measures)
    assert [tuple(one.cells.values()) for one in found] == rows_of(measures)
    assert [one.number for one in found] == [str(at) for at in range(1, len(measures) + 1)]


@settings(max_examples=60, deadline=None)
@given(MEASURES, st.permutations(range(5)))
def test_the_order_of_columns_does_not_matter(measures, order):
    rows = [[row[at] for at in order] for row in [FIVE, *rows_of(measures)]]
    assert measures_in(rows) == as_read(measures)


@settings(max_examples=60, deadline=None)
@given(MEASURES, st.sets(st.integers(0, 5)))
def test_a_repeated_heading_changes_nothing(measures, places):
    rows = [FIVE]
    for at, row in enumerate(rows_of(measures)):
        rows += [FIVE, row] if at in places else [row]
    assert measures_in(rows) == as_read(measures)


@settings(max_examples=60, deadline=None)
@given(MEASURES, st.integers(1, 5))
def test_a_page_break_changes_nothing(measures, at):
    rows = rows_of(measures)
    parts = [part for part in (rows[:at], rows[at:]) if part]
    assert measures_in(*([FIVE, *part] for part in parts)) == as_read(measures)


@settings(max_examples=60, deadline=None)
@given(MEASURES, st.lists(st.integers(0, 6), max_size=3))
def test_blank_rows_change_nothing(measures, places):
    rows = [FIVE, *rows_of(measures)]
    for place in places:
        rows.insert(min(place, len(rows)), [""] * 5)
    assert measures_in(rows) == as_read(measures)


@settings(max_examples=60, deadline=None)
@given(MEASURES)
def test_thai_digits_say_the_same(measures):
    thai = [[cell.translate(THAI_DIGITS) for cell in row] for row in rows_of(measures)]
    same = [(one.number, one.owners, one.lead, one.codes, one.indicators, len(one.steps)) for one in as_read(measures)]
    found = measures_in([FIVE, *thai])
    assert [(one.number, one.owners, one.lead, one.codes, one.indicators, len(one.steps)) for one in found] == same
    assert [list(one.cells.values()) for one in found] == thai


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), st.booleans(), st.booleans())
def test_scores_are_the_same_in_any_order_and_digits(rng: random.Random, thai, ranked):
    rows = [[name, points] for name, points in TEN]
    rng.shuffle(rows)
    rows = [[str(at), *row] for at, row in enumerate(rows, 1)] if ranked else rows
    heading = ["อันดับ", "ตัวชี้วัด", "คะแนน"] if ranked else ["ตัวชี้วัด", "คะแนน"]
    rows = [[cell.translate(THAI_DIGITS) for cell in row] for row in rows] if thai else rows
    table = read(paper(AGENCY, "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2565", [heading, *rows])).result.tables[0]
    assert {no: f"{points}" for no, points in table.indicators.items()} == {
        no: points for no, (_, points) in enumerate(TEN, 1)
    }


@given(st.text(max_size=40), st.text(max_size=40))
def test_an_agency_is_itself(one, other):
    assert same_agency(one, one) == "yes"
    assert same_agency(one, other) == same_agency(other, one)
