"""A service point is found by its code, however that was typed, and by nothing else."""

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.invitations import is_code
from itadomain.refusals import Refusal
from itadomain.surveys import points
from itadomain.surveys.survey import ServicePoint
from tests.fakes import TODAY, an_agency


@pytest.fixture
def store():
    store = an_agency()
    for code, name in (("K7Q2", "งานทะเบียน"), ("0M1T", "เคาน์เตอร์รายได้")):
        store.surveys.save_point(ServicePoint(code, name))
    return store


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("ตอบแบบสำรวจ K7Q2", "K7Q2"),
        ("ตอบแบบสำรวจK7Q2ค่ะ", "K7Q2"),
        ("ตอบแบบสำรวจ k7q๒", "K7Q2"),
        ("k7q2", "K7Q2"),
        ("ตอบแบบสำรวจ OmIt", "0M1T"),
        ("ตอบแบบสำรวจ", None),
        ("ตอบแบบสำรวจ ปี 2570", None),
        ("K7Q22", None),
        ("ZZ9Z", None),
        ("", None),
    ],
)
def test_a_code_is_found_however_it_was_typed(store, said, code):
    found = points.point_in(store, said)
    assert (found.code if found else None) == code


def test_a_closed_one_is_found_no_more(store):
    points.close(store, "K7Q2", TODAY)
    assert points.point_in(store, "ตอบแบบสำรวจ K7Q2") is None
    assert points.get(store, "K7Q2").closed_on == TODAY
    with pytest.raises(Refusal, match=r"service_points\.unknown"):
        points.close(store, "K7Q2", TODAY)


def test_codes_are_short_mixed_and_each_ones_own():
    store = an_agency()
    codes = [points.add(store, f"จุดที่ {no}").code for no in range(1, 31)]
    assert len(set(codes)) == 30
    assert all(len(code) == points.LENGTH and is_code(code) for code in codes)


def test_a_code_that_could_be_a_word_or_a_year_is_drawn_again():
    store = an_agency()
    drawn = iter(["ABCDEFGH", "25702569", "AAA1ZZ9Z", "ZZ9ZZZ9Z", "ZZ9ZB4CD"])
    store.new_code = lambda: next(drawn)
    assert [points.add(store, name).code for name in ("หนึ่ง", "สอง")] == ["ZZ9Z", "B4CD"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("", "no_name"), ("ก", "no_name"), ("ก" * 61, "no_name"), ("งานทะเบียน", "exists"),
        ("\u200b\u200b\u200b", "no_name"), ("งาน\u200bทะเบียน", "exists"), ("\u202eงานทะเบียน", "exists"),
    ],
)  # fmt: skip
def test_a_name_is_one_and_its_own(store, name, key):
    with pytest.raises(Refusal, match=rf"service_points\.{key}"):
        points.add(store, name)


def test_the_name_of_a_closed_one_is_free_again(store):
    points.close(store, "K7Q2", TODAY)
    assert points.add(store, " งานทะเบียน ", "u2").unit == "u2"


@given(st.from_regex(r"@[a-z0-9._-]{4,18}", fullmatch=True), st.sampled_from(["K7Q2", "0M1T", ""]))
def test_the_link_opens_the_chat_of_the_account_with_the_words_typed(account, code):
    address = points.link(account, code)
    assert address.isascii()
    whole = urlsplit(address)
    assert (whole.scheme, whole.netloc) == ("https", "line.me")
    assert unquote(whole.path) == f"/R/oaMessage/{account}/"
    assert unquote(whole.query) == points.typed(code) == f"ตอบแบบสำรวจ {code}".strip()
