"""The OIT register as a file: opened again, it says cell by cell what is kept; its addresses lead where they did."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import docx
import pytest

from bot.papers.asking import Asking
from bot.papers.ink.word import as_docx
from bot.papers.ink.workbooks import workbook_of
from bot.papers.says.register import register_paper
from bot.texts import Texts
from itadomain.fiscal import FiscalYear
from itadomain.oit import register as registers
from itadomain.oit.items import Check, Item, Outcome
from itadomain.organisation import Unit
from itadomain.refusals import Refusal
from tests.fakes import TODAY, MemoryStore

THAI = partial(Texts().tell, language="th", particle="")
LINK = "https://www.bangsommut.go.th/files/2570-5?x=5&y=%20#7".partition("#")[0]
YEAR = FiscalYear(2570)


@pytest.fixture
def store():
    store = MemoryStore()
    store.units.save(Unit("u2", "กองคลัง"))
    store.oit_items.save(
        Item(YEAR, 5, "ข้อมูลการติดต่อ", unit="u2", address=LINK, check=Check(TODAY, Outcome.OPENS, 200), updated_on=TODAY),
        Item(YEAR, 12, "รายงานปี 2569", confirmed=False, due=date(2026, 11, 1)),
    )
    return store


def asking(store, year=2570):
    return Asking(store, str(year), "สมหญิง", datetime(2026, 11, 22, 9, 30, tzinfo=UTC), TODAY, THAI)


def rows(paper):
    """The cells of the table of a file, a row each."""
    (table,) = docx.Document(io.BytesIO(as_docx(paper))).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_every_cell_says_what_is_kept(store):
    head, contact, report = rows(register_paper(asking(store)))
    assert head == ["ข้อ", "รายการ", "หน่วยงาน", "กำหนด", "เผยแพร่ที่", "สถานะ"]
    assert contact == [
        "O5", "ข้อมูลการติดต่อ", "กองคลัง", "", LINK,
        "ครบแล้ว\nเปิดได้ (ตรวจเมื่อ 20 พ.ย. 2569)\nปรับปรุงเมื่อ 20 พ.ย. 2569",
    ]  # fmt: skip
    assert report == [
        "O12", "รายงานปี 2569 (ชื่อข้อยังไม่ยืนยัน)", "", "1 พ.ย. 2569", "",
        "เลยกำหนดแล้ว\nยังไม่มีลิงก์หรือรูปป้ายประกาศ\nยังไม่มีหน่วยงานรับผิดชอบ",
    ]  # fmt: skip


def test_in_thai_digits_an_address_stays_what_it_is(store):
    _, contact, report = rows(replace(register_paper(asking(store)), thai_digits=True))
    assert (contact[0], contact[4]) == ("O5", LINK)
    assert report[3] == "๑ พ.ย. ๒๕๖๙"


def test_it_is_a_workbook_too(store):
    sheet = workbook_of(register_paper(asking(store)), THAI).sheets[-1]
    assert [row[0] for row in sheet.lines] == ["O5", "O12"]


@pytest.mark.parametrize("year", [2566, 2569])
def test_a_whole_known_year_has_a_row_for_each_item(year):
    store = MemoryStore()
    items = registers.register(store, year).items
    assert [row[0] for row in rows(register_paper(asking(store, year)))[1:]] == [one.code for one in items]


def test_a_year_without_items_has_no_paper():
    with pytest.raises(Refusal) as no:
        register_paper(asking(MemoryStore()))
    assert no.value.key == "register_paper.none"
