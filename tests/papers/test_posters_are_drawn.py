"""A poster is scanned off its picture, stays inside its sheet whatever the names are, and has its marks in place."""

import functools
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

import pytest
import uharfbuzz
from PIL import ImageChops

from bot.papers.ink import apart
from bot.papers.ink.poster import FONTS, SHEETS, WEIGHTS, Poster, pdf, png
from tests.papers.reading import SENTENCES, page_of, scanned

LONG = {
    "agency": "องค์การบริหารส่วนตำบลศรีค้ำน้ำซึ้งป่าไผ่ใหญ่ อำเภอเฉลิมพระเกียรติ จังหวัดนครศรีธรรมราช" * 3,
    "point": "จุดบริการยื่นคำร้องขออนุญาตก่อสร้างอาคารและชำระค่าธรรมเนียมทุกประเภท" * 3,
    "unit": "กองสาธารณสุขและสิ่งแวดล้อมและการป้องกันและบรรเทาสาธารณภัย" * 3,
    "typed": "หรือเพิ่มเพื่อน @" + "w" * 30 + " ในแอป LINE แล้วพิมพ์",
}
#: Two marks over one letter, a mark over a letter with an ascender, and what hangs under a letter with a descender.
STACKED = ("ที่", "ญี่ปุ่น", "น้ำ", "ฐู", "เปี๊ยะ")


def poster(**other):
    return Poster(**{**SENTENCES, **other})


@functools.cache
def drawn(sheet, *, long=False):
    return pdf(poster(**(LONG if long else {})), sheet)


@pytest.mark.parametrize("long", [False, True], ids=["short", "long"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_its_code_is_scanned_off_the_picture(sheet, long):
    assert scanned(png(drawn(sheet, long=long))) == [SENTENCES["link"]]


@pytest.mark.parametrize(("sheet", "size"), [("a4", (210, 297)), ("a6", (105, 148.5))])
def test_a_card_is_the_sheet_at_half_its_size(sheet, size):
    (width, height), dots = page_of(drawn(sheet))
    assert (round(width, 1), round(height, 1)) == size
    _, large = page_of(drawn("a4"))
    other = dots.resize((210, 297))
    difference = ImageChops.difference(other, large.resize((210, 297)))
    assert sum(difference.tobytes()) / (210 * 297) < 4, "of 255: letters fall on other dots, no more"


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_name_is_too_long_for_it(sheet):
    (width, _), dots = page_of(drawn(sheet, long=True))
    edge = round(dots.width * 10 / 210)
    ground = {dots.getpixel((x, y)) for x in (2, dots.width - 3) for y in range(dots.height)}
    for x in range(edge):
        for left in (x, dots.width - 1 - x):
            assert {dots.getpixel((left, y)) for y in range(0, dots.height, 3)} <= ground, (
                "something stands in the margin"
            )
    assert width > 0


def test_long_names_do_not_push_the_rest_away():
    """The lower half has no name in it, and looks the same."""
    _, short = page_of(drawn("a4"))
    _, long = page_of(pdf(poster(**{**LONG, "typed": SENTENCES["typed"]}), "a4"))
    below = (0, round(short.height * 56 / 297), short.width, short.height)
    assert ImageChops.difference(short.crop(below), long.crop(below)).getbbox() is None


def test_the_words_of_one_whole_poster_stand_apart():
    """Between the lines of a poster there are rows without a dot: nothing stands on something else."""
    _, dots = page_of(drawn("a4"))
    rows = [min(dots.crop((0, y, dots.width, y + 1)).tobytes()) for y in range(dots.height)]
    empty = [y * 297 / dots.height for y, darkest in enumerate(rows) if darkest == 255]
    assert any(55 < y < 66 for y in empty)
    assert any(90 < y < 97 for y in empty)
    assert any(207 < y < 213 for y in empty)
    assert any(285 < y < 297 for y in empty)


@functools.cache
def face(weight):
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(FONTS / WEIGHTS[weight])))


def marks(text, weight, *, shaped=True):
    """Where each mark of a text lies (left, lower, right, upper, in units of the font): they take no width."""
    font, buffer = uharfbuzz.Font(face(weight)), uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, {} if shaped else {"mark": False, "mkmk": False, "ccmp": False, "liga": False})
    at, found = 0, []
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        inked = font.get_glyph_extents(info.codepoint)
        left, top = at + position.x_offset + inked.x_bearing, position.y_offset + inked.y_bearing
        if not position.x_advance:
            found.append((left, top + inked.height, left + inked.width, top))
        at += position.x_advance
    return found


def overlap(one, other):
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(0, wide) * max(0, high)


def lies_on_another(found):
    return any(overlap(one, other) for nth, one in enumerate(found) for other in found[nth + 1 :])


@pytest.mark.parametrize("weight", WEIGHTS, ids=["regular", "bold"])
@pytest.mark.parametrize("word", ["ที่", "กิ๊", "ฟื้น", "ซึ้ง", "เปี๊ยะ"])
def test_no_tone_mark_lies_on_the_vowel_under_it(word, weight):
    found = marks(word, weight)
    assert len(found) == 2
    assert not lies_on_another(found)


def test_without_shaping_tone_marks_do_lie_on_vowels():
    """What is asked above can fail."""
    assert lies_on_another(marks("ที่", "", shaped=False))


@pytest.mark.parametrize("word", STACKED)
def test_a_poster_is_shaped(word, monkeypatch):
    """The same words without shaping look otherwise: so they were shaped."""
    from fpdf import FPDF

    shaped = page_of(pdf(poster(agency=word), "a4"))[1]
    monkeypatch.setattr(FPDF, "set_text_shaping", lambda *_, **__: None)
    plain = page_of(pdf(poster(agency=word), "a4"))[1]
    head = (0, 0, shaped.width, round(shaped.height * 54 / 297))
    assert ImageChops.difference(shaped.crop(head), plain.crop(head)).getbbox() is not None


def test_the_typeface_is_free_and_brings_its_licence():
    from fontTools.ttLib import TTFont

    for file in WEIGHTS.values():
        with TTFont(FONTS / file) as font:
            assert "SIL Open Font License, Version 1.1" in font["name"].getDebugName(13)
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text()


def test_a_process_of_its_own_draws_the_same():
    assert scanned(apart.poster_file(poster(), "a6", "png")) == [SENTENCES["link"]]
    assert page_of(apart.poster_file(poster(), "a4", "pdf"))[1].tobytes() == page_of(drawn("a4"))[1].tobytes()


def test_one_that_cannot_be_drawn_is_told_as_busy_and_noted(caplog):
    with pytest.raises(apart.Busy):
        apart.poster_file(poster(), "a5", "pdf")
    assert "a paper was not made: CalledProcessError" in caplog.text
    assert SENTENCES["agency"] not in caplog.text


def test_the_third_at_once_is_told_to_come_back():
    with ThreadPoolExecutor() as pool, apart._ONE:
        waiting = [pool.submit(apart.poster_file, poster(), "a6", "pdf") for _ in range(3)]
        done, _ = wait(waiting, timeout=30, return_when=FIRST_COMPLETED)
        assert isinstance(done.pop().exception(), apart.Busy)
        assert sum(one.done() for one in waiting) == 1
    assert sum(one.exception() is None for one in waiting) == 2, "the others had to wait"
