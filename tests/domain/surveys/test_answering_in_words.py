"""Words that are one answer are taken for it; words that could be two, or none, are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.surveys.questionnaire import STEPS, Answering
from itadomain.surveys.said_steps import WISHES, WORDS, Wish, nothing_to_add, step_said, wish_said

LEVELS, YES_NO, SIX, FIVE = Answering.LEVELS, Answering.YES_NO, Answering.SIX, Answering.FIVE


@pytest.mark.parametrize(
    ("scale", "said", "step"),
    [
        (LEVELS, "น้อยที่สุดหรือไม่มีเลย", 0),
        (LEVELS, "ไม่มีเลยค่ะ", 0),
        (LEVELS, "น้อยครับ", 1),
        (LEVELS, "มากค่ะ", 2),
        (LEVELS, " มาก นะคะ ", 2),
        (LEVELS, "มากกกกก", 2),
        (LEVELS, "เเม่มาก", None),
        (LEVELS, "มากที่สุด", 3),
        (LEVELS, "๓", 2),
        (LEVELS, "3", 2),
        (LEVELS, "3 มาก", 2),
        (LEVELS, "3.", 2),
        (LEVELS, "3 น้อย", None),
        (LEVELS, "A lot", 2),
        (LEVELS, "the most!", 3),
        (LEVELS, "not at all", 0),
        (LEVELS, "5", None),
        (LEVELS, "0", None),
        (LEVELS, "34", None),
        (LEVELS, "ไม่มาก", None),
        (LEVELS, "มากๆ", None),
        (LEVELS, "น้อยมาก", None),
        (LEVELS, "ปานกลาง", None),
        (LEVELS, "ไม่", None),
        (LEVELS, "", None),
        (LEVELS, "2/4", 1),
        (LEVELS, "4/5", None),
        (YES_NO, "มีค่ะ", 1),
        (YES_NO, "ไม่มี", 0),
        (YES_NO, "ไม่มีเลยครับ", 0),
        (YES_NO, "ไม่", 0),
        (YES_NO, "yes please", 1),
        (YES_NO, "1", None),
        (YES_NO, "มีบ้างไม่มีบ้าง", None),
        (YES_NO, "ไม่มีไม่ได้", None),
        (SIX, "ไม่เห็นด้วยอย่างยิ่ง", 0),
        (SIX, "เห็นด้วยครับ", 4),
        (SIX, "ค่อนข้างไม่เห็นด้วย", 2),
        (SIX, "๖", 5),
        (SIX, "7", None),
        (FIVE, "5 ดาว", 4),
        (FIVE, "ห้าดาว", 4),
        (FIVE, "4/5", 3),
        (FIVE, "พอใจมากที่สุด", 4),
        (FIVE, "พอใจ", None),
        (FIVE, "3 stars", 2),
        (FIVE, "6", None),
    ],
)
def test_an_answer_in_words(scale, said, step):
    assert step_said(scale, said) == step


@pytest.mark.parametrize(
    ("said", "wish"),
    [("ข้ามค่ะ", Wish.SKIP), ("ไม่ทราบ", Wish.SKIP), ("I don't know", Wish.SKIP), ("I don’t know", Wish.SKIP),
     ("ย้อนกลับ", Wish.BACK), ("Go back", Wish.BACK), ("หยุดไว้ก่อนนะคะ", Wish.STOP), ("ไว้ทีหลัง", Wish.STOP),
     ("หยุดงานเก็บขยะ", None), ("มาก", None), ("", None)],
)  # fmt: skip
def test_a_wish_in_words(said, wish):
    assert wish_said(said) == wish


def test_nothing_to_add():
    assert all(nothing_to_add(said) for said in ("ไม่มีค่ะ", "ไม่", "ส่งเลยครับ", "No", "nothing"))
    assert not any(nothing_to_add(said) for said in ("ไม่มีที่จอดรถ", "ขอบคุณ", "", "ข้าม"))


@pytest.mark.parametrize("scale", Answering)
def test_no_word_names_two_steps_nor_a_step_and_a_wish(scale):
    ways = [way for ways in WORDS[scale] for way in ways.split("|")]
    assert len(WORDS[scale]) == STEPS[scale]
    assert len(ways) == len(set(ways))
    assert not set(ways) & {way for named in WISHES.values() for way in named.split("|")}


@given(st.sampled_from(Answering), st.text())
def test_any_text_is_a_step_of_its_scale_or_none(scale, said):
    assert step_said(scale, said) in {None, *range(STEPS[scale])}
    wish_said(said)


@given(st.sampled_from(Answering), st.data(), st.sampled_from(["", "ค่ะ", "ครับ", " นะคะ", "!", "ค่ะ."]))
def test_politeness_changes_no_answer(scale, data, polite):
    step = data.draw(st.integers(0, STEPS[scale] - 1))
    way = data.draw(st.sampled_from(WORDS[scale][step].split("|")))
    assert step_said(scale, f" {way}{polite}") == step
