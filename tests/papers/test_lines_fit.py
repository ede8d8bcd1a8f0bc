"""Whatever a name is, its lines fit, hold all of it or end with «…», and tear no letter from its marks."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.papers.ink.lines import fitted, thai_words

WIDTH, SIZES = 100.0, (20.0, 10.0)
WORDS = st.lists(
    st.sampled_from(["องค์การ", "บริหาร", "ส่วน", "ตำบล", "ญี่ปุ่น", "น้ำ", "เปี๊ยะ", " ", "กอง", "A1", "ที่" * 40]), max_size=40
)
HANGING = "ะาำิีึืฺุูๅ็่้๊๋์ํ๎ั"


def measure(text, size):
    """As wide as its letters, without the marks that stand over and under them."""
    return sum(size / 2 for sign in text if not unicodedata.combining(sign) and unicodedata.category(sign) != "Mn")


@given(WORDS, st.integers(1, 3))
def test_lines_fit_and_hold_all_that_was_said(pieces, most):
    text = " ".join("".join(pieces).split())
    made = fitted(text, WIDTH, most, SIZES, measure, lambda _text: pieces)
    assert len(made.lines) <= most
    assert SIZES[1] <= made.size <= SIZES[0]
    assert all(measure(line, made.size) <= WIDTH for line in made.lines)
    told, said = "".join(made.lines).replace(" ", ""), text.replace(" ", "")
    assert told == said or (told.endswith("…") and said.startswith(told[:-1]) and made.size == SIZES[1])


@given(WORDS, st.integers(1, 3))
def test_no_line_begins_with_what_belongs_to_the_letter_before(pieces, most):
    made = fitted("".join(pieces), WIDTH, most, SIZES, measure, lambda _text: pieces)
    assert [line for line in made.lines if line and line[0] in HANGING] == []
    assert [line for line in made.lines[:-1] if line and line[-1] in "เแโใไ"] == []


@given(st.text(max_size=200))
def test_no_text_is_too_much(text):
    made = fitted(text, WIDTH, 2, SIZES, measure, list)
    assert len(made.lines) <= 2
    assert all(measure(line, made.size) <= WIDTH for line in made.lines)


def test_a_text_that_fits_is_left_alone_and_loads_no_dictionary():
    made = fitted("อบต.ท้ายเหมือง", WIDTH * 3, 1, SIZES, measure, words=pytest.fail)
    assert (made.lines, made.size) == (("อบต.ท้ายเหมือง",), SIZES[0])


def test_lines_break_between_words():
    text = "องค์การบริหารส่วนตำบลท้ายเหมือง อำเภอท้ายเหมือง"
    words = thai_words(text)
    assert "".join(words) == text
    made = fitted(text, 200.0, 3, SIZES, measure)
    assert len(made.lines) > 1
    ends = {"".join(words[: nth + 1]).replace(" ", "") for nth in range(len(words))}
    assert all("".join(made.lines[: nth + 1]).replace(" ", "") in ends for nth in range(len(made.lines)))
