"""The coach judges how much is told, never what; and nothing is too thin to be sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.integrity.coach import answered, knows_nothing, says_something, sufficiency
from itadomain.integrity.disclosure import LONGEST_ANSWER, Draft, Part, Way
from itadomain.refusals import Refusal

WHOLE = {
    Part.WHO: "กองช่าง", Part.WHAT: "เรียกเงินห้าพันบาทก่อนเซ็นใบอนุญาต", Part.WHEN: "เดือนก่อน",
    Part.WHERE: "ห้องการเงิน", Part.EVIDENCE: "มีใบเสร็จ",
}  # fmt: skip
TOLD = st.dictionaries(st.sampled_from(Part), st.text(max_size=60), max_size=5)


def test_all_five_are_enough():
    found = sufficiency(WHOLE)
    assert (found.count, found.enough, found.missing) == (5, True, ())


@pytest.mark.parametrize(
    ("part", "enough"),
    [(Part.WHO, False), (Part.WHAT, False), (Part.EVIDENCE, False), (Part.WHEN, True), (Part.WHERE, True)],
)
def test_who_what_and_how_it_is_seen_are_needed_and_a_day_or_a_place(part, enough):
    found = sufficiency({one: words for one, words in WHOLE.items() if one is not part})
    assert (found.count, found.enough, found.missing) == (4, enough, (part,))


def test_neither_a_day_nor_a_place_is_not_enough():
    assert not sufficiency({part: WHOLE[part] for part in (Part.WHO, Part.WHAT, Part.EVIDENCE)}).enough


@given(TOLD)
def test_what_is_told_and_what_is_missing_make_five(told):
    found = sufficiency(told)
    assert {*found.told, *found.missing} == set(Part)
    assert found.count + len(found.missing) == len(Part)


@given(TOLD, st.sampled_from(Part))
def test_telling_more_never_makes_it_less(told, part):
    more = {**told, part: told.get(part, "") + WHOLE[part]}
    assert sufficiency(more).told >= sufficiency(told).told - {part}
    assert sufficiency(more).count >= sufficiency(told).count


@pytest.mark.parametrize(
    "words", ["", "  ", "ไม่ทราบ", "ไม่รู้ครับ", "ไม่มีค่ะ", "จำไม่ได้", "I don't know", "none", "...", "???"]
)
@pytest.mark.parametrize("part", [*Part])
def test_whoever_does_not_know_tells_nothing(part, words):
    assert knows_nothing(words)
    assert not says_something(part, words)


@pytest.mark.parametrize("words", ["นก", "ไม่ทราบชื่อ แต่ใส่เสื้อกองช่าง", "no 5", "ปี 2569"])
def test_a_short_answer_is_still_one(words):
    assert not knows_nothing(words)


@given(TOLD.filter(lambda told: any(words.strip() for words in told.values())))
def test_nothing_that_says_anything_is_refused_for_being_thin(told):
    assert Draft(Way.CHAT, told).told == told


@pytest.mark.parametrize("words", ["", " \n "])
def test_an_answer_must_be_there(words):
    with pytest.raises(Refusal) as refused:
        answered(words)
    assert refused.value.key == "integrity.say_something"


def test_an_answer_has_an_end():
    assert answered(f" {'ก' * LONGEST_ANSWER} ") == "ก" * LONGEST_ANSWER
    with pytest.raises(Refusal) as refused:
        answered("ก" * (LONGEST_ANSWER + 1))
    assert (refused.value.key, refused.value.facts) == ("integrity.too_long", {"most": LONGEST_ANSWER})
