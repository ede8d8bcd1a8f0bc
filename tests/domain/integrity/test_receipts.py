"""A receipt code is read however it is typed, and nothing that people write is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.integrity.receipts import BYTES, LENGTH, code_alone, code_in, code_of, is_code, printed, without_code
from itadomain.organisation import SIGNS

CODES = st.binary(min_size=BYTES, max_size=BYTES).map(code_of).filter(is_code)
SOUGHT = "K7QX93FDAB12CD34"


@given(CODES)
def test_a_printed_code_is_read_again(code):
    assert code_in(printed(code)) == code_alone(printed(code)) == code


@given(CODES, st.sampled_from(["", "-", " ", " - ", "–", "."]), st.booleans())
def test_a_code_is_read_with_anything_between_its_fours_and_in_small_letters(code, between, small):
    typed = between.join(code[at : at + 4] for at in range(0, LENGTH, 4))
    assert code_in(typed.lower() if small else typed) == code


@given(CODES, st.text("กขคงจฉช ่้า", max_size=20), st.text("กขคงจฉช ่้า", max_size=20))
def test_a_code_is_found_among_thai_words(code, before, after):
    assert code_alone(f"{before} {printed(code)} {after}") == code


@given(CODES, st.text("กขคงจฉช ่้า", max_size=20), st.text("กขคงจฉช ่้า", max_size=20))
def test_the_words_beside_a_code_are_left(code, before, after):
    assert without_code(f"{before} {printed(code)} {after}").split() == f"{before} {after}".split()
    assert without_code(before) == before


@given(st.binary(min_size=BYTES, max_size=BYTES), st.binary(min_size=BYTES, max_size=BYTES))
def test_every_code_is_another(one, other):
    assert (code_of(one) == code_of(other)) is (one == other)


@given(st.binary(min_size=BYTES, max_size=BYTES))
def test_a_code_is_sixteen_signs_that_cannot_be_misread(raw):
    assert len(code_of(raw)) == LENGTH
    assert set(code_of(raw)) <= set(SIGNS)


@pytest.mark.parametrize("length", [0, BYTES - 1, BYTES + 1])
def test_a_code_is_made_of_all_its_bytes(length):
    with pytest.raises(ValueError, match="ten bytes"):
        code_of(bytes(length))


@pytest.mark.parametrize(
    "typed",
    ["K7QX-93FD-AB12-CD34", "k7qx 93fd ab12 cd34", "K7QX93FDABI2CD34", "K7QX-93FD-ABl2-CD34", "รหัสคือ K7QX-93FD-AB12-CD34 ค่ะ",
     "my code K7QX-93FD-AB12-CD34 please", "code: k7qx93fdab12cd34", "k7 qx93.fdab-12 cd34", "K7QX–93FD–AB๑๒–CD34"],
)  # fmt: skip
def test_a_code_that_was_asked_for_is_read_kindly(typed):
    assert code_in(typed) == SOUGHT


@pytest.mark.parametrize(
    "typed", ["", "K7QX-93FD", "1234-5678-9012-3456", "K7QX-93FD-AB12-CD3", "K7QX93FDAB12CD345", "สวัสดี"]
)
def test_what_cannot_be_a_code_is_none(typed):
    assert code_in(typed) == ""
    assert code_alone(typed) == ""


@pytest.mark.parametrize(
    "typed",
    [
        "THEY TOOK CASH 2018",
        "I have 2 dogs at home",
        "โทร 081-234-5678 1234 5678",
        "MEETING ROOM 12345",
        "k7 qx93.fdab-12 cd34",
    ],
)
def test_words_that_nobody_asked_for_are_no_code(typed):
    assert code_alone(typed) == ""
