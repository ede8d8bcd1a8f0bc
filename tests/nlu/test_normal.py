"""Messages are brought to one spelling, whatever was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.normal import Door, normalise, pack
from itadomain.thai import fold, tidy

THAI = st.text(alphabet=[chr(code) for code in (*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C))] + list(" aA1.\u200b"))
DOOR = Door(["ครับ", "คับ", "ค่ะ", "คะ", "นะ", "จ้า"], ["สถานะ", "ชนะ", "เจ้า", "บังคับ"], {"มาตการ": "มาตรการ"})


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("เเดง", "แดง"),
        ("นํ้า", "น้ำ"),
        ("ทํา", "ทำ"),
        ("คะ\u200bแนน", "คะแนน"),
        ("ปี ๒๕๖๕", "ปี 2565"),
        ("มากกกกก", "มาก"),
        ("คะแนนนะ", "คะแนนนะ"),
        ("ปี 2555", "ปี 2555"),
        ("  ITA \n Score ", "ita score"),
        ("ที่่", "ที่"),
        ("what’s", "what's"),
        ("", ""),
    ],
)
def test_one_spelling(typed: str, plain: str) -> None:
    assert normalise(typed) == plain


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("คะแนนเท่าไรคะ", "คะแนนเท่าไร"),
        ("คะแนน", "คะแนน"),
        ("ขอคะแนนนะคะ", "ขอคะแนน"),
        ("สถานะ", "สถานะ"),
        ("ชนะคะ", "ชนะ"),
        ("พระเจ้า", "พระเจ้า"),
        ("ข้อบังคับ", "ข้อบังคับ"),
        ("สวัสดีครับ ขอคะแนน", "สวัสดี ขอคะแนน"),
        ("ครับ", ""),
        ("มาตการ", "มาตรการ"),
    ],
)
def test_polite_particles_go_only_at_the_end_of_words(typed: str, left: str) -> None:
    assert DOOR.enter(typed).plain == left


def test_spaces_beside_thai_do_not_count_but_between_latin_words_do() -> None:
    assert pack("คะแนน ita ปี 65 my score") == "คะแนนitaปี65 my score"


@given(st.one_of(st.text(), THAI))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.one_of(st.text(), THAI))
def test_forms_of_a_message_line_up(text: str) -> None:
    message = DOOR.enter(text)
    assert len(message.said) == len(message.plain)
    assert DOOR.enter(message.said).said == message.said or "มาตการ" in message.said


@given(st.text())
def test_folding_keeps_every_character_in_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize("text", ["เเม่นํ้า", "ทำงาน ทํางาน", "กี่โมง", "ผู้มีส่วนได้เสีย", "เเละ", "ความโปร่งใส"])
def test_spelling_agrees_with_pythainlp(text: str) -> None:
    library = pytest.importorskip("pythainlp.util")
    assert tidy(text) == library.normalize(text)
