"""What a survey came to, read back as a spreadsheet reads it: every figure that may be shown and none that may not."""

import io
import string
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.papers.ink.sheets import FORMULA, Sheet, as_csv, as_xlsx
from bot.papers.says.survey_tables import tables
from bot.texts import Texts
from itadomain.surveys.survey import Mark, Standing
from tests.fakes import MemoryStore
from tests.papers.a_survey import CLINIC, E1, ITEMS, SURVEY, TODAY, VISIT, answered, counted, fill
from tests.papers.reading import comma_separated, workbook

TEXTS = Texts()
THAI = partial(TEXTS.tell, language="th", particle="ค่ะ")
ENGLISH = partial(TEXTS.tell, language="en", particle="")
FEW = "น้อยกว่า 5 คน"


@pytest.fixture
def store():
    made = MemoryStore()
    fill(made)
    return made


def exported(store, survey=SURVEY, says=THAI):
    return tables(store, survey, TODAY, says)


def row(sheet, *begins):
    """The only row that begins so."""
    [found] = [one for one in sheet if tuple(one[: len(begins)]) == begins]
    return found[len(begins) :]


def test_figures_are_those_reckoned_by_hand(store):
    answered(store)
    counted(store)
    book = workbook(as_xlsx(exported(store)))
    assert row(book["ผลรวม"], "E1.1", "ข้อย่อย", "ตามขั้นตอน")[:2] == [10, 50]
    assert row(book["ผลรวม"], "E1.1")[6:] == [0, 5, 5, 0]
    assert row(book["ผลรวม"], "E1", "ข้อ")[1:3] == [10, float(E1)]
    assert row(book["ผลรวม"], "E3", "ข้อ")[1:3] == [10, 100], "reversed: nobody said yes"
    assert row(book["ผลรวม"], "6", "ตัวชี้วัด")[1:3] == [10, float((E1 + 100) / 2)]
    assert row(book["ผลรวม"], "EIT", "ทั้งฉบับ")[1:3] == [10, float((E1 + 100) / 2)]
    mean, low, high = row(book["ผลรวม"], "EIT")[3:6]
    assert low < mean < high
    assert row(book["รายส่วนงาน"], "กองคลัง", "E3")[2] == row(book["รายจุดบริการ"], "เคาน์เตอร์บริการ", "E3")[2] == 10
    assert row(book["รายเดือน"], "2569-11", "E3")[2] == 10


def test_the_questions_stand_with_their_points_and_what_counts(store):
    asked = workbook(as_xlsx(exported(store)))["ข้อคำถาม"]
    assert row(asked, "E1.2") == [
        "เจ้าหน้าที่ปฏิบัติงานดังนี้มากน้อยเพียงใด: ตามเวลา", "น้อยที่สุดหรือไม่มีเลย · น้อย · มาก · มากที่สุด", "0 · 33 · 67 · 100",
        "ไม่", 6, "ใช่", None,
    ]  # fmt: skip
    assert row(asked, "E3")[2:] == ["100 · 0", "ใช่", 6, "ใช่", None]
    assert row(asked, "A1")[3:] == ["ไม่", None, "ไม่", "อบต. เพิ่มเอง"]


def test_a_source_is_told_as_people_know_it_and_who_entered_it_is_not(store):
    wording = replace(ITEMS[0], source="agency 3f2c81 2026-11-20"), replace(ITEMS[1], source="paper001")
    changed = replace(SURVEY, questionnaire=replace(SURVEY.questionnaire, items=wording))
    asked = workbook(as_xlsx(exported(store, changed)))["ข้อคำถาม"]
    assert row(asked, "E1.2")[-1] == "หน่วยงานบันทึกเมื่อ 20 พ.ย. 2569"
    assert row(asked, "E3")[-1] == "อบต.ยอดแกง 2567"


def test_four_people_are_not_told_of(store):
    answered(store, people=10)
    answered(store, CLINIC.code, people=4, why="คนที่สี่พูดว่า")
    counted(store)
    for body in (as_xlsx(exported(store)), as_csv(exported(store))):
        cells = workbook(body) if body.startswith(b"PK") else {"": comma_separated(body)}
        told = [str(cell) for sheet in cells.values() for line in sheet for cell in line]
        assert "14" not in told
        assert "4" not in told
        assert not any("คนที่สี่" in one for one in told)


def test_of_a_new_survey_nothing_is_told_yet(store):
    answered(store, people=4)
    counted(store)
    book = workbook(as_xlsx(exported(store)))
    assert row(book["ผลรวม"], "EIT")[2:] == [FEW, None, None, None, None, None, None, None]
    assert row(book["อ่านก่อน"], "ผู้ตอบที่นับแล้ว") == [FEW]
    assert len(book["รายจุดบริการ"]) == 1


def test_how_many_took_part_is_told_at_every_fifth(store):
    for nth in range(23):
        standing = Standing.ANSWERED if nth < 11 else Standing.STARTED if nth < 17 else Standing.INVITED
        store.participation.save(SURVEY.id, f"p{nth}", Mark(standing, date(2026, 11, 1), reached=2))
    answered(store, people=11)
    counted(store)
    about = workbook(as_xlsx(exported(store)))["อ่านก่อน"]
    told = {line[0]: line[1] for line in about if len(line) > 1}
    assert [told[one] for one in ("ชวนหรือเริ่มตอบ", "ได้รับคำตอบ", "เริ่มแล้วยังไม่จบ", "หยุดที่ข้อ 2")] == [20, 10, 5, 5]
    assert [told[one] for one in ("แจ้งว่าตอบแบบของ ป.ป.ช. แล้ว", "รอนับ")] == [FEW, FEW]


def test_who_was_asked_long_ago_is_not_told_as_nobody(store):
    closed = replace(SURVEY, closed_on=date(2026, 1, 1))
    about = workbook(as_xlsx(exported(store, closed)))["อ่านก่อน"]
    assert row(about, "ชวนหรือเริ่มตอบ") == row(about, "เริ่มแล้วยังไม่จบ") == ["ไม่เก็บไว้แล้ว"]


def test_it_says_whose_it_is_and_how_it_was_reckoned(store):
    about = workbook(as_xlsx(exported(store)))["อ่านก่อน"]
    said = " ".join(str(cell) for line in about for cell in line)
    assert about[0][0] == "แบบสำรวจของหน่วยงาน ไม่ใช่แบบ EIT ของ ป.ป.ช."
    for what in ("ไม่เป็นทางการ", "95%", "น้อยกว่า 5 คน", "400", "21 พ.ย. 2569", "ผ่าน LINE", "E2, E4"):
        assert what in said


def test_the_short_form_stays_on_its_own_scale(store):
    store.surveys.save(VISIT)
    answered(store, survey=VISIT)
    counted(store)
    book = workbook(as_xlsx(exported(store, VISIT)))
    assert row(book["ผลรวม"], "V1", "ความพึงพอใจ")[1:3] == [10, 3]
    assert row(book["ผลรวม"], "V1")[6:] == [2, 2, 2, 2, 2]
    assert not any(str(line[0]) in {"EIT", "IIT"} for line in book["ผลรวม"])


def test_in_english_no_thai_is_left_but_names(store):
    answered(store)
    counted(store)
    for sheet in exported(store, says=ENGLISH)[:3]:
        assert not any("฀" <= sign <= "๿" for sign in sheet.name + "".join(sheet.heading))
    assert (
        row(
            workbook(as_xlsx(exported(store, says=ENGLISH)))["Results"], "E3", "question", "Were you asked for a bribe"
        )[0]
        == 10
    )


@pytest.mark.parametrize(
    "written", ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1+1", "\r=1+1", " =1+1", "＝1+1", '=HYPERLINK("x")', "\n@a"]
)
def test_what_people_wrote_is_reckoned_by_no_spreadsheet(store, written):
    answered(store, people=5, why=f"{written}")
    counted(store)
    sheets = exported(store)
    for line in comma_separated(as_csv(sheets)):
        assert not any(cell.strip().startswith(FORMULA) for cell in line), line
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(sheets)))
    assert "f" not in {cell.data_type for sheet in book for line in sheet.iter_rows() for cell in line}


@settings(max_examples=40)
@given(st.text(max_size=40))
def test_no_text_becomes_a_formula_or_breaks_a_file(text):
    sheets = [Sheet("ก", [[text, 1, Decimal("2.50"), None]], ["ข้อความ"])]
    name, heading, (said, *figures) = comma_separated(as_csv(sheets))
    assert (name, heading, figures) == (["ก"], ["ข้อความ"], ["1", "2.50", ""])
    assert not said.startswith((*FORMULA, "\t", "\r"))
    [[_, *_], [back, *figures]] = workbook(as_xlsx(sheets))["ก"]
    assert figures == [1, 2.5, None]
    assert back is None or isinstance(back, str)


def test_a_minus_before_a_figure_stays_a_figure():
    sheets = [Sheet("ก", [[-1, Decimal("-2.50"), "-3"]])]
    assert comma_separated(as_csv(sheets))[1] == ["-1", "-2.50", "'-3"]
    assert workbook(as_xlsx(sheets))["ก"] == [[-1, -2.5, "-3"]]


def test_headings_stay_in_sight_and_columns_are_as_wide_as_what_they_hold(store):
    answered(store)
    counted(store)
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(exported(store))))
    assert book["ผลรวม"].freeze_panes == "A2"
    assert book["ผลรวม"]["A1"].font.name == "TH Sarabun New"
    assert book["ผลรวม"].column_dimensions["C"].width > book["ผลรวม"].column_dimensions["A"].width
    assert book["ผลรวม"]["E2"].number_format == "0.00"
    assert set(string.ascii_uppercase[:5]) <= set(book["ข้อคำถาม"].column_dimensions)
