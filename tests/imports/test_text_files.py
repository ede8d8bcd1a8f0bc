import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.imports import read
from itadomain.documents.shape import Paragraph, Table

PLAN = "แผนปี ๒๕๖๙\n\nมาตรการ\tผู้รับผิดชอบ\nเปิดเผยข้อมูล\tกองคลัง\n\nหมายเหตุ: น้ำใจ\n"
ROWS = [["มาตรการ", "ผู้รับผิดชอบ"], ["เปิดเผยข้อมูล", "กองคลัง"]]


def rows(text: str, name: str = "แผน.txt") -> list:
    return [table.rows for table in read(text.encode(), name).tables]


def cell(text: str) -> str:
    return rows(f"{text}\tข")[0][0][0]


def test_lines_with_tabs_are_a_table_and_others_are_paragraphs():
    first, table, last = read(PLAN.encode(), "แผน.txt").blocks
    assert (first.text, first.place.line) == ("แผนปี ๒๕๖๙", 1)
    assert (table.rows, table.place.table, table.place.line) == (ROWS, 1, 3)
    assert (last.text, last.place.line) == ("หมายเหตุ: น้ำใจ", 6)


def test_a_gap_ends_a_table():
    assert rows("ก\tข\n1\t2\n\nก\tข\n3\t4") == [[["ก", "ข"], ["1", "2"]], [["ก", "ข"], ["3", "4"]]]


def test_a_tab_may_begin_a_paragraph():
    blocks = read("\tตามที่หน่วยงาน\n\tจึงเรียนมา\t\n\tก\tข\n".encode(), "ก.txt").blocks
    assert [one.rows for one in blocks] == [[["", "ตามที่หน่วยงาน", ""], ["", "จึงเรียนมา", ""], ["", "ก", "ข"]]]
    blocks = read("\tตามที่หน่วยงาน\n\tจึงเรียนมา\t\n\nก\tข\n".encode(), "ก.txt").blocks
    assert [one.text for one in blocks[:2]] == ["ตามที่หน่วยงาน", "จึงเรียนมา"]
    assert blocks[2].rows == [["ก", "ข"]]


def test_rows_are_as_long_as_the_widest():
    assert rows("ก\tข\tค\n1\n2\t3") == [[["ก", "ข", "ค"]], [["2", "3"]]]
    assert rows("ก\tข\tค\n2\t3\n\t\t4") == [[["ก", "ข", "ค"], ["2", "3", ""], ["", "", "4"]]]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp874", "tis-620", "utf-32"]
)
def test_thai_is_read_in_whatever_encoding_it_was_saved(encoding):
    assert read(PLAN.encode(encoding), "แผน.txt") == read(PLAN.encode(), "แผน.txt")


def test_a_marked_utf_16_without_a_letter_is_empty(refused):
    assert refused(codecs.BOM_UTF16_LE, "แผน.txt").key == "import.empty"


def test_the_dashes_and_quotes_of_the_windows_code_page_are_read():
    assert read("«ม.ค. – มี.ค. ๖๖» “ดี”…".replace("«", "").replace("»", "").encode("cp874"), "ก.txt").paragraphs[
        0
    ].text == ("ม.ค. – มี.ค. ๖๖ “ดี”…")


@given(st.text(st.sampled_from("กขคงจนมยรลวสหอเแโใไาิีึืุูำ่้๊๋์๐๑๒๓๔๕ .,-/()ab12\n"), min_size=1).filter(str.strip))
def test_any_thai_text_reads_the_same_in_utf_8_and_in_the_code_page(text):
    assert read(text.encode("cp874"), "ก.txt") == read(text.encode(), "ก.txt")


def test_a_file_cut_off_within_a_letter_is_still_utf_8():
    data = ("โปร่งใส " * 50).encode()
    assert read(data[:-3], "ก.txt").paragraphs[0].text.startswith("โปร่งใส โปร่งใส")


@pytest.mark.parametrize(("markup", "text"), [
    ("<p>๑. เปิดเผย ข้อมูล</p>", "๑. เปิดเผย ข้อมูล"),
    ("<ol><li>กองช่าง</li><li>กองคลัง</li></ol>", "1. กองช่าง 2. กองคลัง"),
    ('<ol style="x"> <li>1. กองช่าง</li><li>2.กองคลัง</li> </ol>', "1. กองช่าง 2.กองคลัง"),
    ('<OL START="3"><LI>กองช่าง<LI>กองคลัง</OL>', "3. กองช่าง 4. กองคลัง"),
    ("<ol><li>ก<ul><li>ข</li></ul></li><li>ค</li></ol>", "1. ก - ข 2. ค"),
    ("<ol><li><p>๑) ก</p></li><li><b>๒)</b> ข</li></ol>", "๑) ก ๒) ข"),
    ("กอง<br>ช่าง<br/>โยธา", "กอง ช่าง โยธา"),
    ("<b>สำนัก</b>ปลัด", "สำนักปลัด"),
    ("Dos &amp; Don'ts &nbsp;และ Dos & Don'ts", "Dos & Don'ts และ Dos & Don'ts"),
    ("คะแนน < 85 และ > 70", "คะแนน < 85 และ > 70"),
    ("  กอง \u00a0 คลัง\u200b ", "กอง คลัง"),
    ("**รวม** 95.00", "รวม 95.00"),
])  # fmt: skip
def test_markup_is_taken_out_of_a_cell(markup, text):
    assert cell(markup) == text


def test_tables_between_bars_are_read():
    text = "# ผลคะแนน\n\n| ตัวชี้วัด | คะแนน |\n|---|:---:|\n| การใช้อำนาจ | 95.20 |\n"
    title, table = read(text.encode(), "ผล.md").blocks
    assert title.text == "ผลคะแนน"
    assert table.rows == [["ตัวชี้วัด", "คะแนน"], ["การใช้อำนาจ", "95.20"]]


def test_an_empty_heading_between_bars_is_no_row():
    assert rows("- | | | |\n|---|---|---|\n| ๑. | ประธาน | กรรมการ |") == [[["๑.", "ประธาน", "กรรมการ"]]]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_csv_file_is_read_whatever_parts_its_values(sign):
    lines = [["ที่", "มาตรการ", "คะแนน"], ["1", f"เปิดเผย{sign}ข้อมูล", "95.20"], ["2", "ลดขั้นตอน\nให้เร็วขึ้น", "88"]]
    text = "\r\n".join(sign.join(f'"{one}"' for one in line) for line in lines)
    expected = [lines[0], [one.replace("\t", " ") for one in lines[1]], ["2", "ลดขั้นตอน ให้เร็วขึ้น", "88"]]
    assert rows(text, "แผน.csv") == [expected]
    assert [table.rows for table in read(text.encode("cp874"), "แผน.csv").tables] == [expected]


def test_a_csv_file_may_say_what_parts_its_values():
    assert rows("sep=;\nก,ข;ค\n1;2", "แผน.csv") == [[["ก,ข", "ค"], ["1", "2"]]]


def test_titles_and_several_tables_of_a_csv_file_are_kept_apart():
    blocks = read("แผนงาน,,\n,,\nก,ข,\n1,2,\n,,\nค,ง,จ\n3,4,5\n".encode(), "แผน.csv").blocks
    assert [one.text if isinstance(one, Paragraph) else one.rows for one in blocks] == [
        "แผนงาน", [["ก", "ข"], ["1", "2"]], [["ค", "ง", "จ"], ["3", "4", "5"]],
    ]  # fmt: skip
    assert [(one.place.row, one.place.table) for one in blocks if isinstance(one, Table)] == [(3, 1), (6, 2)]
