"""What own words are about, by keywords: each person once a theme, and none of fewer than five told."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.surveys.themes import LEXICON, OTHER, Theme, themes


def about(text):
    return {one.code for one in themes([text] * 5)}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("รอนานมากครับ", {"waiting"}),
        ("รอคิวนานแต่เจ้าหน้าที่พูดจาดี ยิ้มแย้ม", {"waiting", "manners"}),
        ("เจ้าหน้าที่อธิบายไม่ชัดเจน", {"clarity"}),
        ("ขอเอกสารเยอะ ต้องกลับมาหลายรอบ", {"papers"}),
        ("ค่าธรรมเนียมแพง ไม่มีใบเสร็จ", {"fees"}),
        ("ที่จอดรถน้อย ห้องน้ำสกปรก", {"place"}),
        ("อยากให้จองคิวออนไลน์ได้", {"online"}),
        ("มีการลัดคิวให้คนรู้จัก", {"fairness"}),
        ("อยากให้เปิดเผยงบประมาณ", {"openness"}),
        ("พักเที่ยงไม่มีคนอยู่", {"hours"}),
        ("อากาศร้อนมาก", {"place"}),
        ("วัสดุของงานตรงงวดดี", {OTHER}),  # neither «ดุ» nor «งง»
        ("ดีค่ะ", {OTHER}),
        ("Very SLOW, long queues", {"waiting"}),
        ("the staff were polite and explained everything clearly", {"manners", "clarity"}),
        ("I feel happy and informed about nothing", {OTHER}),  # neither «fee», «app» nor «form»
        ("the form was unfair", {"papers", "fairness"}),
        ("", {OTHER}),
    ],
)
def test_words_touch_themes(text, codes):
    assert about(text) == codes


def test_the_most_frequent_stand_first_and_those_of_few_are_not_told():
    said = ["รอนาน"] * 6 + ["พูดจาดี"] * 9 + ["ค่าธรรมเนียมแพง"] * 4 + ["รอนานและไม่สุภาพ"]
    assert themes(said) == [Theme("manners", 10), Theme("waiting", 7)]


def test_those_of_one_count_keep_the_order_of_the_lexicon():
    assert themes(["ที่จอดรถน้อย รอนาน"] * 5) == [Theme("waiting", 5), Theme("place", 5)]


def test_another_lexicon_counts_other_themes():
    assert themes(["น้ำไม่ไหล"] * 5, {"water": ["น้ำ"]}) == [Theme("water", 5)]


def test_no_word_of_a_theme_is_part_of_another_themes():
    """Else one word would count twice."""
    owners = [(code, word) for code, words in LEXICON.items() for word in words if re.search("[ก-๙]", word)]
    twice = {
        (one, other) for code, one in owners for other_code, other in owners if code != other_code and one in other
    }
    assert twice == set()


@given(st.lists(st.text(alphabet="รอคิวนานสุภาพ abกข", max_size=20), max_size=30))
def test_whatever_is_said_every_count_is_between_five_and_all(said):
    found = themes(said)
    assert all(5 <= one.count <= len(said) for one in found)
    assert len({one.code for one in found}) == len(found)
    assert {one.code for one in found} <= {*LEXICON, OTHER}
