import docx
import pytest

from bot.imports import read
from itadomain.documents.shape import Paragraph
from tests.imports.making import cell, paragraph, row, table, word
from tests.imports.rebuilding import saved

TEXT_BOX = """<w:p><w:r><w:t>บน</w:t></w:r><w:r>
<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
<mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>ในกรอบ</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>
<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>ในกรอบ</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback>
</mc:AlternateContent></w:r></w:p>"""


def seen(data: bytes) -> list:
    return [one.text if isinstance(one, Paragraph) else one.rows for one in read(data, "แผน.docx").blocks]


def listed(kind: str, text: str, *more: tuple[str, str], start: int = 1, number: str = "") -> str:
    """A list of such levels, and the items «1» that are in it."""
    levels = "".join(
        f'<w:lvl w:ilvl="{nth}"><w:start w:val="{start}"/><w:numFmt w:val="{one}"/><w:lvlText w:val="{drawn}"/></w:lvl>'
        for nth, (one, drawn) in enumerate([(kind, text), *more])
    )
    return (
        f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{number}'
    )


def item(text: str, level: int = 0, number: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_paragraphs_and_tables_come_in_their_order():
    document = docx.Document()
    document.add_paragraph("ก่อน")
    document.add_table(1, 2).cell(0, 1).text = "ใน"
    document.add_paragraph("หลัง")
    assert seen(saved(document)) == ["ก่อน", [["", "ใน"]], "หลัง"]


def test_merged_cells_say_what_they_cover():
    document = docx.Document()
    made = document.add_table(3, 3)
    for nth, one in enumerate(made._cells):
        one.text = str(nth)
    made.cell(0, 0).merge(made.cell(0, 1)).text = "กว้าง"
    made.cell(1, 2).merge(made.cell(2, 2)).text = "สูง"
    found = read(saved(document), "แผน.docx").tables[0]
    assert found.rows == [["กว้าง", "", "2"], ["3", "4", "สูง"], ["6", "7", ""]]
    assert found.spans == [[(0, 0), (0, 0), (0, 2)], [(1, 0), (1, 1), (1, 2)], [(2, 0), (2, 1), (1, 2)]]


def test_a_cell_that_reaches_down_is_one_cell():
    down = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", "<w:vMerge/>"
    found = read(
        word(table(*(row(cell(f"ก{nth}", one), f"ข{nth}") for nth, one in enumerate(down)))), "แผน.docx"
    ).tables[0]
    assert found.rows == [["ก0", "ข0"], ["", "ข1"], ["", "ข2"]]
    assert [line[0] for line in found.spans] == [(0, 0), (0, 0), (0, 0)]


def test_a_table_without_merged_cells_has_no_spans():
    assert read(word(table(row("ก", "ข"))), "แผน.docx").tables[0].spans == ()


def test_a_row_that_begins_later_keeps_its_columns():
    late = '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("ค") + "</w:tr>"
    assert seen(word(table(row("ก", "ข"), late))) == [[["ก", "ข"], ["", "ค"]]]


@pytest.mark.parametrize(("kind", "text", "labels"), [
    ("decimal", "%1.", ["1.", "2.", "3."]),
    ("thaiNumbers", "%1.", ["๑.", "๒.", "๓."]),
    ("thaiNumbers", "(%1)", ["(๑)", "(๒)", "(๓)"]),
    ("thaiLetters", "%1)", ["ก)", "ข)", "ค)"]),
    ("lowerRoman", "%1.", ["i.", "ii.", "iii."]),
    ("upperLetter", "%1.", ["A.", "B.", "C."]),
    ("decimalZero", "%1", ["01", "02", "03"]),
    ("bullet", "\uf0b7", ["-", "-", "-"]),
    ("bullet", "-", ["-", "-", "-"]),
    ("none", "", ["", "", ""]),
])  # fmt: skip
def test_numbers_of_a_list_are_drawn_as_word_draws_them(kind, text, labels):
    body = table(row(f"<w:tc>{item('ก')}{item('ข')}{item('ค')}</w:tc>", "ง"))
    expected = " ".join(f"{label} {one}".strip() for label, one in zip(labels, "กขค", strict=True))
    assert seen(word(body, numbering=listed(kind, text))) == [[[expected, "ง"]]]


def test_levels_count_by_themselves_and_begin_anew():
    numbering = listed("thaiNumbers", "%1.", ("thaiNumbers", "%1.%2"))
    body = item("ก") + item("ข", 1) + item("ค", 1) + item("ง") + item("จ", 1)
    assert seen(word(body, numbering=numbering)) == ["๑. ก", "๑.๑ ข", "๑.๒ ค", "๒. ง", "๒.๑ จ"]


def test_a_list_may_begin_again():
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )
    body = item("ก") + item("ข") + item("ค", number=2) + item("ง", number=2) + item("จ", number=3)
    found = seen(word(body, numbering=listed("decimal", "%1.", number=again)))
    assert found == ["1. ก", "2. ข", "1. ค", "2. ง", "3. จ"]


def test_a_style_may_put_its_paragraphs_in_a_list():
    styles = (
        '<w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:styleId="x"><w:basedOn w:val="y"/></w:style><w:style w:styleId="y"><w:basedOn w:val="x"/></w:style>'
    )
    body = (
        paragraph("ก", '<w:pStyle w:val="b"/>')
        + paragraph("ข", '<w:pStyle w:val="x"/>')
        + paragraph("ค", '<w:pStyle w:val="a"/>')
    )
    assert seen(word(body, numbering=listed("decimal", "%1)", start=4), styles=styles)) == ["4) ก", "ข", "5) ค"]


def test_list_zero_takes_a_paragraph_out_of_its_list():
    styles = '<w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    body = paragraph("ก", '<w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>')
    assert seen(word(body, numbering=listed("decimal", "%1."), styles=styles)) == ["ก"]


def test_a_column_of_numbers_has_nothing_but_its_numbers():
    rows = [row(f"<w:tc>{item('')}</w:tc>", text) for text in ("ก", "ข")]
    assert seen(word(table(*rows), numbering=listed("thaiNumbers", "%1"))) == [[["๑", "ก"], ["๒", "ข"]]]


def test_a_dash_that_stands_there_is_kept_and_one_that_is_only_drawn_is_not():
    body = table(row("-", f"<w:tc>{item('')}</w:tc>"))
    assert seen(word(body, numbering=listed("bullet", "-"))) == [[["-", ""]]]


def test_changes_are_read_as_if_they_were_accepted():
    body = (
        "<w:p><w:r><w:t>ทุก </w:t></w:r><w:del><w:r><w:delText>เดือน</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>ไตรมาส</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>ไป</w:t></w:r></w:moveFrom>"
        "<w:moveTo><w:r><w:t> มา</w:t></w:r></w:moveTo></w:p>"
    )
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('ลบ')}{cell('แล้ว')}</w:tr>"
    assert seen(word(body + table(row("ก", "ข"), gone))) == ["ทุก ไตรมาส มา", [["ก", "ข"]]]


def test_breaks_tabs_hyphens_and_fields():
    body = (
        "<w:p><w:r><w:t>ระยะเวลา</w:t><w:br/><w:t>ดำเนินการ</w:t><w:tab/><w:t>e</w:t><w:noBreakHyphen/><w:t>service</w:t></w:r>"
        "<w:r><w:instrText> PAGE </w:instrText></w:r><w:hyperlink><w:r><w:t> เว็บไซต์</w:t></w:r></w:hyperlink>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ซ่อน</w:t></w:r><w:r><w:footnoteReference/></w:r>"
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>'
    )
    assert seen(word(body)) == ["ระยะเวลา ดำเนินการ e-service เว็บไซต์✓"]


def test_a_text_box_is_read_once():
    assert seen(word(TEXT_BOX)) == ["บน", "ในกรอบ"]


def test_controls_do_not_hide_what_they_hold():
    inner = row("ก", "ข")
    body = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('ชื่อ')}{table(f'<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>')}</w:sdtContent></w:sdt>"
    assert seen(word(body)) == ["ชื่อ", [["ก", "ข"]]]


def test_a_table_inside_a_cell_is_text_of_the_cell_and_a_table_after_it():
    inner = table(row("1", "2"), row("3", "4"))
    blocks = read(word(table(row("ก", f"<w:tc>{paragraph('ข')}{inner}{paragraph('ค')}</w:tc>"))), "แผน.docx").blocks
    assert [block.rows for block in blocks] == [[["ก", "ข 1 2 3 4 ค"]], [["1", "2"], ["3", "4"]]]
    assert [block.place.table for block in blocks] == [1, 2]


def test_numbers_in_a_table_inside_a_cell_count_once():
    inner = table(row(f"<w:tc>{item('ก')}</w:tc>", "ข"), row(f"<w:tc>{item('ค')}</w:tc>", "ง"))
    found = seen(word(table(row(f"<w:tc>{inner}</w:tc>", "จ")), numbering=listed("decimal", "%1.")))
    assert found == [[["1. ก ข 2. ค ง", "จ"]], [["1. ก", "ข"], ["2. ค", "ง"]]]


def test_a_frame_of_one_cell_is_no_table():
    body = table(row(f"<w:tc>{paragraph('94.97 คะแนน')}{table(row('ก', 'ข'))}</w:tc>"))
    assert seen(word(body)) == ["94.97 คะแนน", [["ก", "ข"]]]


def test_cells_that_cover_hundreds_of_thousands_are_refused(refused):
    wide = row(cell("ก", '<w:gridSpan w:val="500"/>'))
    assert refused(word(table(*[wide] * 500)), "แผน.docx").key == "import.too_many_rows"
