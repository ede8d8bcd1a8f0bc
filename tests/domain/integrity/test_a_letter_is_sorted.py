"""A letter that is written in as one text is sorted into its parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.integrity.disclosure import Part
from itadomain.integrity.entering import parts_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("เรียกเงิน", {Part.WHAT: "เรียกเงิน"}),
        ("ใคร: นาย ก\nทำอะไร: เรียกเงิน", {Part.WHO: "นาย ก", Part.WHAT: "เรียกเงิน"}),
        ("เรียกเงิน\nเมื่อไหร่ : วันจันทร์\nตอนเช้า", {Part.WHAT: "เรียกเงิน", Part.WHEN: "วันจันทร์\nตอนเช้า"}),
        ("Where: here\nEvidence: a paper", {Part.WHERE: "here", Part.EVIDENCE: "a paper"}),
        ("ใคร: ก\nใคร: ข", {Part.WHO: "ก\nข"}),
        ("ใคร:\nที่ไหน:", {}),
        ("ไม่รู้ว่าใครทำ", {Part.WHAT: "ไม่รู้ว่าใครทำ"}),
        ("", {}),
    ],
)
def test_a_line_that_begins_with_a_heading_begins_that_part(text, parts):
    assert parts_of(text) == parts


@given(st.text())
def test_no_word_of_a_letter_is_lost(text):
    kept = "".join(parts_of(text).values())
    assert [word for word in text.split() if word not in kept and ":" not in word and ":" not in text] == []
