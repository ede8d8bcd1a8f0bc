"""From what a paper says to its file: Word, Excel, PDF, several in one; what one cell says beside several rows."""

import io
import zipfile
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import samples
from bot.evidence.file import FileShelf
from bot.papers.asking import Asking
from bot.papers.contents import Bundle, Inside, Workbook
from bot.papers.document import About, Cell, Document, Paragraph, Style, Table
from bot.papers.endings import MEDIA_TYPES
from bot.papers.handing.making import Step, Workshop
from bot.papers.ink import office
from bot.papers.ink.sheets import LONGEST_NAME, Sheet
from bot.papers.ink.workbooks import workbook_of
from bot.papers.kinds import PAPERS, PaperKind
from bot.papers.says.plan import plan_paper
from bot.texts import Texts
from handlers.kit import words
from itadomain.refusals import Refusal
from tests.fakes import MemoryStore

SAYS = partial(Texts().tell, language="th", particle="")
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ABOUT = About("รายงาน", "อบต.เหนือ", "สมหญิง ใจดี", NOON, "มาตรการ 4 ข้อ")
LINES = (("=1+1", "ก"), ("ข", "-"))


HEADINGS = (Cell(("ลำดับ",), down=2), Cell(("ผล",), across=2)), (Cell(("ดี",)), Cell(("ไม่ดี",)))


def a_table(*rows):
    return Table((1, 2, 2), HEADINGS, rows)


def a_document(*blocks, **how):
    return Document(ABOUT, blocks, **how)


@pytest.fixture
def asking():
    store = MemoryStore()
    store.measures.save_plan(samples.load("thaimueang").measures)
    return Asking(store, "2566", "สมหญิง ใจดี", NOON, date(2026, 11, 20), SAYS)


@pytest.fixture
def workshop(tmp_path):
    told = []
    made = Workshop(1, FileShelf(tmp_path / "evidence"), tmp_path, lambda *how: told.append(how))
    return made, told


def file_of(workshop, kind, ending, asking):
    read = workshop.read(kind, ending, asking)
    return workshop.written(read.content, ending), read.draft


def opened(data):
    return {page.title: [list(line) for line in page.iter_rows(values_only=True)]
            for page in openpyxl.load_workbook(io.BytesIO(data)).worksheets}  # fmt: skip


def test_a_workbook_says_what_the_paper_says(workshop, asking):
    made, told = workshop
    body, draft = file_of(made, "plan", "xlsx", asking)
    about, (heading, *lines) = opened(body).values()
    file, _ = file_of(made, "plan", "docx", asking)
    table = docx.Document(io.BytesIO(file)).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [heading, *lines]
    assert draft == "ร่าง"
    assert ["สถานะ", "ร่าง"] in about
    assert ["ผู้ขอ", "สมหญิง ใจดี"] in about
    assert [step for step, *_ in told][:2] == [Step.READING, Step.WRITING]


@pytest.mark.skipif(
    not office.available(), reason="needs LibreOffice: get it with «apt-get install libreoffice-writer-nogui»"
)
def test_a_pdf_is_one(workshop, asking):
    body, _ = file_of(workshop[0], "plan", "pdf", asking)
    assert body.startswith(b"%PDF-")


def test_where_there_is_no_office_that_is_said_before_anything_is_made(workshop, asking, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(office.NoOffice):
        workshop[0].read("plan", "pdf", asking)
    assert workshop[0].read("plan", "docx", asking).draft == "ร่าง"


@contextmanager
def known(kind, made):
    """A kind of paper more, for a while."""
    before = dict(PAPERS)
    PAPERS[kind] = PaperKind(made, lambda _: words("plan_paper.file", year=2566), ("zip",))
    try:
        yield
    finally:
        PAPERS.clear()
        PAPERS.update(before)


def test_several_are_put_together(workshop, asking):
    made, told = workshop
    plan = plan_paper(asking)
    files = [
        Inside("1 สารบัญ.docx", a_document(Paragraph("สารบัญ", Style.TITLE))), Inside("2 มาตรการ.docx", plan, "plan"),
        Inside("3 มาตรการ.xlsx", plan, "plan"), Inside("4 ตัวเลข.csv", Workbook([Sheet("ก", LINES)])),
        Inside("5 อ่าน.txt", "อ่าน".encode()),
    ]  # fmt: skip
    with known("trial", lambda _: Bundle(files)):
        body, draft = file_of(made, "trial", "zip", asking)
    packed = zipfile.ZipFile(io.BytesIO(body))
    assert packed.namelist() == [one.name for one in files]
    assert all(one.flag_bits & 0x800 for one in packed.infolist()), "Windows reads the names as UTF-8"
    read = {one.name: packed.read(one.name) for one in files}
    assert len(docx.Document(io.BytesIO(read["2 มาตรการ.docx"])).tables) == 2, "the table, and who signs"
    assert len(opened(read["3 มาตรการ.xlsx"])) == 2
    assert read["4 ตัวเลข.csv"].startswith(b"\xef\xbb\xbf")
    assert read["5 อ่าน.txt"].decode() == "อ่าน"
    assert draft == ""
    assert [(done, of) for step, done, of in told if step is Step.PACKING] == [(nth, 5) for nth in range(5)]


def test_a_paper_that_cannot_be_made_says_so(workshop, asking):
    with pytest.raises(Refusal, match=r"plan_paper\.none"):
        workshop[0].read("plan", "docx", replace(asking, of="2560"))


def test_every_kind_of_paper_can_be_had_as_files_that_phones_know():
    assert {ending for one in PAPERS.values() for ending in one.endings} <= MEDIA_TYPES.keys()


def test_what_spans_rows_and_columns_is_found_in_its_place():
    rows = (
        (Cell(("1",), down=2), Cell(("ก", "ข")), Cell(("ค",))),
        (Cell(("ง",)), Cell(("จ",))),
        (Cell(("2",)), Cell(("รวม",), across=2)),
    )
    _, sheet = workbook_of(a_document(a_table(*rows)), SAYS).sheets
    assert sheet.heading == ["ลำดับ", "ผล: ดี", "ผล: ไม่ดี"]
    assert sheet.lines == [(1, "ก\nข", "ค"), (1, "ง", "จ"), (2, "รวม", "")]


@pytest.mark.parametrize(
    ("column", "held"),
    [
        (("1", "", "12"), [1, None, 12]), (("100", "95.97"), [Decimal(100), Decimal("95.97")]),
        (("1", "1.1", "1.10"), ["1", "1.1", "1.10"]), (("007", "12"), ["007", "12"]), (("1", "-"), ["1", "-"]),
        (("๑", "2"), ["๑", "2"]), (("", ""), ["", ""]), (("1,234", "5"), ["1,234", "5"]),
    ],
)  # fmt: skip
def test_figures_are_figures_where_a_column_has_nothing_else(column, held):
    rows = [(Cell((text,)), Cell(("ก",)), Cell(("ข",))) for text in column]
    sheet = workbook_of(a_document(a_table(*rows)), SAYS).sheets[1]
    assert [line[0] for line in sheet.lines] == held


def test_what_begins_like_a_formula_is_text(workshop):
    made, _ = workshop
    row = tuple(Cell((text,)) for text in ("=1+1", "@a", "-2"))
    body = made.written(workbook_of(a_document(a_table(row)), SAYS), "xlsx")
    page = openpyxl.load_workbook(io.BytesIO(body)).worksheets[1]
    assert [(cell.value, cell.data_type) for cell in page[2]] == [("=1+1", "s"), ("@a", "s"), ("-2", "s")]


@given(st.lists(st.text(max_size=60), max_size=6))
def test_sheets_have_names_that_a_workbook_takes(headings):
    blocks = [block for one in headings for block in (Paragraph(one, Style.HEADING), a_table())]
    names = [one.name for one in workbook_of(a_document(*blocks), SAYS).sheets]
    assert len(names) == len(headings) + 1
    assert len({one.casefold() for one in names}) == len(names)
    assert all(0 < len(one) <= LONGEST_NAME and not set(one) & set("[]:*?/\\'") for one in names)


def test_a_table_stands_under_its_own_heading():
    document = a_document(Paragraph("ก/ข", Style.HEADING), a_table(), Paragraph("ก:ข", Style.HEADING), a_table())
    assert [one.name for one in workbook_of(document, SAYS).sheets] == ["อ่านก่อน", "ก ข", "ก ข 2"]
