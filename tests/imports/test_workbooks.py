import tracemalloc

import openpyxl
import pytest

from bot.imports import read
from itadomain.documents.shape import Paragraph
from tests.imports.making import cells, value, words, workbook
from tests.imports.rebuilding import saved


def seen(data: bytes) -> list:
    return [one.text if isinstance(one, Paragraph) else one.rows for one in read(data, "แผน.xlsx").blocks]


def sheet(*rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def shown(stored: object, code: str, properties: str = "") -> str:
    """What a cell with this number format shows."""
    styles = (
        f'<numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts><cellXfs><xf/><xf numFmtId="200"/></cellXfs>'
    )
    made = workbook(cells(words("A1", "x") + value("B1", stored, 1)), styles=styles, properties=properties)
    return read(made, "แผน.xlsx").tables[0].rows[0][1]


def test_titles_and_tables_of_a_sheet_are_parted():
    data = sheet(
        ["แผนปี 2569"],
        ["หน่วยงานตัวอย่าง"],
        ["ที่", "มาตรการ"],
        ["1", "ก"],
        [],
        ["ผล"],
        [],
        ["ตัวชี้วัด", "คะแนน"],
        ["การใช้อำนาจ", "95"],
    )
    assert seen(data) == [
        "แผนปี 2569", "หน่วยงานตัวอย่าง", [["ที่", "มาตรการ"], ["1", "ก"]], "ผล", [["ตัวชี้วัด", "คะแนน"], ["การใช้อำนาจ", "95"]],
    ]  # fmt: skip


def test_a_place_is_where_a_reader_finds_it():
    book = openpyxl.Workbook()
    book.active.title = "แผน"
    book.active["C5"], book.active["D5"], book.active["C6"], book.active["C3"] = "ก", "ข", "ค", "ชื่อ"
    title, table = read(saved(book), "แผน.xlsx").blocks
    assert (title.place.sheet, title.place.row, title.place.column) == ("แผน", 3, 3)
    assert (table.place.sheet, table.place.table, table.place.row, table.place.column) == ("แผน", 1, 5, 3)
    assert table.rows == [["ก", "ข"], ["ค", ""]]


def test_a_row_with_one_cell_inside_a_table_stays_in_it():
    data = sheet(["มาตรการ", "ผู้รับผิดชอบ"], ["ด้านการเปิดเผย"], ["ก", "กองคลัง"])
    assert seen(data) == [[["มาตรการ", "ผู้รับผิดชอบ"], ["ด้านการเปิดเผย", ""], ["ก", "กองคลัง"]]]


def test_merged_cells_say_what_they_cover_and_do_not_part_a_table():
    book = openpyxl.Workbook()
    page = book.active
    page["A1"], page["A2"], page["B2"], page["C2"], page["A4"], page["B4"] = "ชื่อ", "ประเด็น", "วิธี", "เวลา", "ก", "ข"
    for area in ("A1:C1", "A2:A3", "B2:B3", "C2:C3", "B4:C4"):
        page.merge_cells(area)
    page["A5"], page["C5"] = "ง", "จ"
    title, table = read(saved(book), "แผน.xlsx").blocks
    assert title.text == "ชื่อ"
    assert table.rows == [["ประเด็น", "วิธี", "เวลา"], ["", "", ""], ["ก", "ข", ""], ["ง", "", "จ"]]
    assert table.spans[1] == [(0, 0), (0, 1), (0, 2)]
    assert table.spans[2] == [(2, 0), (2, 1), (2, 1)]
    assert table.spans[3] == [(3, 0), (3, 1), (3, 2)]


def test_a_heading_over_some_columns_is_no_title():
    book = openpyxl.Workbook()
    page = book.active
    page["B1"] = "ปีงบประมาณ"
    page.merge_cells("B1:C1")
    page["A2"], page["B2"], page["C2"] = "ที่", "2568", "2569"
    assert seen(saved(book)) == [[["", "ปีงบประมาณ", ""], ["ที่", "2568", "2569"]]]


def test_visible_sheets_are_read_and_hidden_ones_are_not():
    listed = [cells(words("A1", text) + words("B1", text)) for text in ("ก", "ข", "ค")]
    made = workbook(*listed, names=("หนึ่ง", "สอง", "สาม"), states=("visible", "hidden", "veryHidden"))
    assert [(one.place.sheet, one.rows) for one in read(made, "แผน.xlsx").tables] == [("หนึ่ง", [["ก", "ก"]])]


def test_rows_and_columns_that_a_filter_hides_are_read():
    book = openpyxl.Workbook()
    for line in (["ก", "ข"], ["1", "2"], ["3", "4"]):
        book.active.append(line)
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    assert seen(saved(book)) == [[["ก", "ข"], ["1", "2"], ["3", "4"]]]


def test_tables_of_all_sheets_are_counted_on():
    made = workbook(*[cells(words("A1", "ก") + words("B1", "ข"))] * 3)
    assert [one.place.table for one in read(made, "แผน.xlsx").tables] == [1, 2, 3]


@pytest.mark.parametrize(("stored", "code", "text"), [
    ("94.969999999999999", "General", "94.97"), ("95", "General", "95"), ("0.30000000000000004", "General", "0.3"),
    ("100", "0.00", "100.00"), ("94.97", "0", "95"), ("88.865", "0.00", "88.87"), ("2.675", "0.00", "2.68"),
    ("1234567.5", "#,##0.00", "1,234,567.50"), ("0.9497", "0.00%", "94.97%"), ("0.3", "0%", "30%"),
    ("94.97", "0.00&quot; คะแนน&quot;", "94.97 คะแนน"), ("7", "000", "007"), ("94.5", "0.0#", "94.5"),
    ("-3.5", "0.0;(0.0)", "(3.5)"), ("-3.5", "0.0", "-3.5"), ("0", "0;-0;&quot;-&quot;", "-"), ("0", "0.00", "0.00"),
    ("94.97", "[$-D000000]0.00", "๙๔.๙๗"), ("94.97", "t0.00", "๙๔.๙๗"), ("12", "[Red]0", "12"), ("5", "_-* #,##0_-", "5"),
    ("1234", "0.00E+00", "1234"), ("0.5", "# ?/?", "0.5"), ("1500000", "#,##0,", "1,500"), ("1234567890123", "0", "1234567890123"),
    ("94.97", "@", "94.97"), ("1E-3", "General", "0.001"), (".5", ".00", "0.50"),
])  # fmt: skip
def test_a_number_is_what_its_cell_shows(stored, code, text):
    assert shown(stored, code) == text


@pytest.mark.parametrize(("stored", "code", "text"), [
    ("45199", "d/m/yyyy", "30 ก.ย. 2566"), ("45199", "[$-107041E]d mmm yy;@", "30 ก.ย. 2566"), ("45199", "mmm-yy", "ก.ย. 2566"),
    ("45199", "yyyy", "2566"), ("45199", "d-mmm", "30 ก.ย."), ("45199.354166666664", "d/m/yyyy h:mm", "30 ก.ย. 2566 08:30"),
    ("0.354166666666667", "h:mm", "08:30"), ("243526", "d/m/yyyy", "30 ก.ย. 2566"), ("45199", "[$-D07041E]d mmmm yyyy", "๓๐ ก.ย. ๒๕๖๖"),
    ("45199", "bbbb", "2566"), ("99999999", "d/m/yyyy", "99999999"), ("45199", "dddd d mmmm &quot;พ.ศ.&quot; yyyy", "30 ก.ย. 2566"),
])  # fmt: skip
def test_a_date_is_written_as_people_write_it(stored, code, text):
    """Whoever types 30/9/2566 has the year 2566 A.D. stored; it is the same day."""
    assert shown(stored, code) == text


def test_a_workbook_may_count_its_days_from_1904():
    assert shown("43737", "d/m/yyyy", properties='<workbookPr date1904="1"/>') == "30 ก.ย. 2566"


def test_built_in_formats_are_known():
    styles = "".join(f'<xf numFmtId="{one}"/>' for one in (0, 2, 10, 14, 60))
    made = workbook(
        cells("".join(value(f"{letter}1", 0.5 if nth != 3 else 45199, nth) for nth, letter in enumerate("ABCDE"))),
        styles=f"<cellXfs>{styles}</cellXfs>",
    )
    assert seen(made) == [[["0.5", "0.50", "50.00%", "30 ก.ย. 2566", "๐.๕๐"]]]


def test_every_kind_of_cell_is_read():
    shared = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>กอง\nคลัง</t></si><si><r><t>กอง</t></r><r><t>ช่าง</t></r><rPh><t>x</t></rPh></si></sst>'
    row = '<c r="A1" t="s"><v>0</v></c><c t="s"><v>1</v></c><c r="D1" t="b"><v>1</v></c><c r="E1" t="e"><v>#N/A</v></c><c r="F1" t="str"><f>A1</f><v>ผล</v></c><c r="G1" t="d"><v>2023-09-30T00:00:00</v></c><c r="H1"><f>1+1</f><v>2</v></c><c r="I1" t="str"><f>""</f><v></v></c>'
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r0" Type="x/worksheet" Target="/xl/sheets/0.xml"/><Relationship Id="s" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    made = workbook(cells(row), **{"xl__sharedStrings.xml": shared, "xl___rels__workbook.xml.rels": relations})
    assert seen(made) == [[["กอง คลัง", "กองช่าง", "", "TRUE", "#N/A", "ผล", "30 ก.ย. 2566", "2"]]]


def test_a_formula_without_a_result_is_refused_with_its_cell(refused):
    said = refused(workbook(cells(words("A1", "รวม") + '<c r="AB1"><f>SUM(A2:A9)</f></c>'), names=["ผล"]), "แผน.xlsx")
    assert (said.key, said.facts) == ("import.formula", {"sheet": "ผล", "cell": "AB1"})


def test_a_workbook_made_by_openpyxl_is_read_with_its_formats():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"] = "รวม", 94.97
    book.active["B1"].number_format = "0.0"
    assert seen(saved(book)) == [[["รวม", "95.0"]]]


def test_a_cell_far_away_makes_no_large_table():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"], book.active["A1000000"] = "ก", "ข", "ไกล"
    assert seen(saved(book)) == [[["ก", "ข"]], "ไกล"]


@pytest.mark.parametrize(
    ("last", "merges"), [(1_048_576, ["A1:A1048576"]), (20_000, ["A1:SF19999"]), (19_000, ["A1:A18999"] * 3000)]
)
def test_cells_that_cover_millions_are_refused_before_they_cost_memory(last, merges, refused):
    sheet = cells(words("A1", "ก") + words("SF1", "ข"), words(f"A{last}", "ค"), merges=merges)
    made = workbook(sheet.replace('r="2"', f'r="{last}"'))
    tracemalloc.start()
    try:
        said = refused(made, "แผน.xlsx")
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
    assert said.key == "import.too_many_rows"


def test_a_cell_may_cover_a_column_beyond_what_is_used():
    made = workbook(cells(words("A1", "ก") + words("B1", "ข"), words("B2", "ค"), merges=["A1:A1048576"]))
    assert seen(made) == [[["ก", "ข"], ["", "ค"]]]


def test_whoever_waits_hears_how_far_it_is():
    heard = []
    read(workbook(*[cells(words("A1", "ก"))] * 3), "แผน.xlsx", lambda done, parts: heard.append((done, parts)))
    assert heard == [(1, 3), (2, 3), (3, 3)]
