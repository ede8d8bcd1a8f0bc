import pytest

from bot.imports import read, unread_pages
from bot.imports.pdf_lines import Glyph, joined, lines_of
from bot.imports.pdf_thai import mended, ringed
from itadomain.documents.shape import Paragraph
from tests.imports.making import line, pages, pdf, stream

GRID = (
    b"100 600 m 300 600 l S 100 650 m 300 650 l S 100 700 m 300 700 l S 100 600 m 100 700 l S 300 600 m 300 700 l S\n"
)
PARTED = GRID + b"200 600 m 200 650 l S 200 650 m 200 700 l S\n"
PICTURE = b"q 100 0 0 100 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q\n"


def seen(data: bytes) -> list:
    return [one.text if isinstance(one, Paragraph) else one.rows for one in read(data, "ผล.pdf").blocks]


def glyphs(text: str, x: float = 0, y: float = 0, size: float = 10) -> list[Glyph]:
    """Letters side by side, marks where the pen stands after their letter."""
    drawn = []
    for letter in text:
        wide = 0 if Glyph(letter, 0, 0, 0, 0).is_mark else size / 2
        drawn.append(Glyph(letter, x, x + wide, y, y + size))
        x += wide
    return drawn


def said(*drawn: list[Glyph], right: float = 1000) -> str:
    return joined(lines_of([glyph for one in drawn for glyph in one]), right)


def test_ruling_lines_make_a_table_and_the_rest_is_text_around_it():
    drawn = (
        PARTED
        + line("Above", 50, 750)
        + line("A", 120, 670)
        + line("B", 220, 670)
        + line("C", 120, 620)
        + line("Below", 50, 500)
    )
    assert seen(pages(drawn)) == ["Above", [["A", "B"], ["C", ""]], "Below"]


def test_a_place_names_the_page_and_the_table():
    found = read(pages(PARTED + line("A", 120, 670), PARTED + line("B", 120, 670)), "ผล.pdf").tables
    assert [(one.place.page, one.place.table) for one in found] == [(1, 1), (2, 2)]


def test_merged_cells_say_what_they_cover():
    wide = GRID + b"200 600 m 200 650 l S\n" + line("Wide", 120, 670) + line("C", 120, 620) + line("D", 220, 620)
    found = read(pages(wide), "ผล.pdf").tables[0]
    assert found.rows == [["Wide", ""], ["C", "D"]]
    assert found.spans == [[(0, 0), (0, 0)], [(1, 0), (1, 1)]]


def test_a_row_that_the_end_of_a_page_tears_is_read():
    torn = b"100 700 m 300 700 l S 100 600 m 100 700 l S 200 600 m 200 700 l S 300 600 m 300 700 l S\n"
    assert seen(pages(torn + line("A", 120, 670) + line("B", 220, 670))) == [[["A", "B"]]]


def test_a_frame_around_text_is_no_table():
    frame = b"100 600 m 300 600 l S 100 700 m 300 700 l S 100 600 m 100 700 l S 300 600 m 300 700 l S\n"
    assert seen(pages(frame + line("94.97", 120, 670))) == ["94.97"]


def test_lines_that_the_width_of_the_page_broke_are_one_paragraph():
    long = "The score of the agency in this fiscal year, which the commission has told us, is ninety-four point"
    assert seen(pages(line(long, 50, 700) + line("ninety-seven, which is grade A.", 50, 684) + line("Next", 50, 668))) == [
        f"{long} ninety-seven, which is grade A.", "Next",
    ]  # fmt: skip


def test_a_title_in_the_middle_is_no_beginning_of_the_next():
    title, name = "A title that is almost as wide as the page, if not quite", "Name of the agency"
    long = "A line of running text that is as wide as the lines of this page are allowed to be at most, and on"
    drawn = [line(title, 120, 700), line(name, 220, 684), line(long, 50, 668), line("goes the text.", 50, 652)]
    assert seen(pages(b"".join(drawn))) == [title, name, f"{long} goes the text."]


def test_struck_twice_is_read_once():
    assert seen(pages(line("Bold", 50) + line("Bold", 50.3))) == ["Bold"]


def test_far_apart_on_a_line_is_a_blank():
    assert seen(pages(line("Openness", 50, 700) + line("95.20", 300, 700))) == ["Openness 95.20"]


def test_a_page_says_what_its_glyphs_stand_for():
    """Browsers and office programs do so where a font has more glyphs than letters."""
    drawn = b"/Span<</ActualText<FEFF0E190E490E33>>> BDC BT /F 12 Tf 50 700 Td (xyz) Tj ET EMC"
    assert seen(pages(drawn)) == ["น้ำ"]


@pytest.mark.parametrize(("more", "text"), [("", "สำนัก"), ("ทำ", "สานัก ทำ")])
def test_rings_are_put_back_only_where_a_file_has_lost_them_all(more, text):
    letters = "".join(f"{ord(letter):04X}" for letter in f"สานัก {more}")
    assert seen(pages(f"/Span<</ActualText<FEFF{letters}>>> BDC {line('x').decode()} EMC".encode())) == [text]


def test_a_pdf_with_javascript_is_read_as_text():
    action = b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"
    assert seen(pages(line("Text"), catalogue=action)) == ["Text"]


def test_a_scan_is_refused_and_names_its_pages(refused):
    said_of = refused(pages(PICTURE, PICTURE, PICTURE, line("Text"), PICTURE), "ผล.pdf")
    assert (said_of.key, said_of.facts) == ("import.scan", {"pages": ["1-3", "5"]})


def test_a_few_pictures_among_pages_of_text_are_told_and_the_rest_is_read():
    document = read(pages(line("One"), PICTURE, line("Three")), "ผล.pdf")
    assert unread_pages(document) == [2]
    assert [one.text for one in document.paragraphs] == ["One", "", "Three"]


def test_an_empty_page_is_no_picture():
    assert unread_pages(read(pages(line("One"), b""), "ผล.pdf")) == []


def test_letters_that_their_font_does_not_name_are_a_picture(refused):
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>"
    drawn = b"BT /G 12 Tf 50 700 Td <00010002> Tj ET"
    catalogue = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</G 5 0 R>>>>>>", stream(drawn), font,
    ]  # fmt: skip
    assert refused(pdf(catalogue), "ผล.pdf").key == "import.scan"


def test_thai_goes_on_without_a_blank_where_a_line_ends():
    assert said(glyphs("การเปิดเผย"), glyphs("ข้อมูล", y=15), right=50) == "การเปิดเผยข้อมูล"


def test_digits_and_latin_letters_go_on_with_a_blank():
    assert (
        said(glyphs("ปีงบประมาณ"), glyphs("๒๕๖๙", y=15), glyphs("OIT", y=30), glyphs("ครบ", y=45), right=45)
        == "ปีงบประมาณ ๒๕๖๙ OIT ครบ"
    )


def test_a_line_that_had_room_for_the_next_word_was_meant_to_end():
    assert said(glyphs("กองช่าง"), glyphs("กองคลัง", y=15), right=150) == "กองช่าง กองคลัง"


def test_marks_drawn_after_the_whole_line_find_their_letters():
    marks = [Glyph("้", 10, 10, 0, 10), Glyph("ิ", 5, 5, 0, 10)]
    assert said([*glyphs("กนด"), *marks]) == "กิน้ด"


def test_marks_set_higher_belong_to_their_line():
    raised = [
        Glyph(one.text, one.x0, one.x1, one.top - 3, one.bottom - 3) if one.is_mark else one for one in glyphs("ที่นี้")
    ]
    assert said(raised, glyphs("ต่อ", y=14), right=20) == "ที่นี้ต่อ"


@pytest.mark.parametrize(("drawn", "text"), [
    ("นํ้า", "น้ำ"), ("น้ํา", "น้ำ"), ("กําหนด", "กำหนด"), ("ก ำหนด", "กำหนด"), ("ด าเนินการ", "ดำเนินการ"), ("น ้า", "น้า"),
    ("ท่ี", "ที่"), ("ก่ัน", "กั่น"), ("ท ี่", "ที่"), ("เเผน", "แผน"), ("ที่ี่", "ที่"), ("\uf70aก", "่ก"), ("ป\uf70bอง", "ป้อง"),
    ("ป\uf710น", "ปัน"), ("ฐ\uf700", "ฐฐ"), ("ข\u200bอ", "ขอ"), ("ก\u00adข", "กข"), ("ก\ue123ข", "กข"), ("ทุกๆ เดือน", "ทุกๆ เดือน"),
    ("ก า", "กำ"), ("กา ขา", "กา ขา"), ("มา าก", "มา าก"),
])  # fmt: skip
def test_thai_is_mended(drawn, text):
    assert mended(drawn) == text


@pytest.mark.parametrize(("lost", "text"), [
    ("การดาเนินการ", "การดำเนินการ"), ("สานักปลัด", "สำนักปลัด"), ("ประจาปี", "ประจำปี"), ("อาเภอ", "อำเภอ"), ("องค์การบริหารส่วนตาบลหนอง", "องค์การบริหารส่วนตำบลหนอง"),
    ("กาหนดจานวน", "กำหนดจำนวน"), ("การประจานผู้อื่น", "การประจานผู้อื่น"), ("จัดทางบประมาณ", "จัดทางบประมาณ"), ("เวลาดับไฟ ราคาสั่งซื้อ จัดทาสี", "เวลาดับไฟ ราคาสั่งซื้อ จัดทาสี"), ("นาที ตาราง ทางการ", "นาที ตาราง ทางการ"),
])  # fmt: skip
def test_words_that_are_sure_to_have_lost_a_ring_get_it_back(lost, text):
    assert ringed(lost) == text
