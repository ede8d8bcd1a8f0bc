"""A wish to tell is no story, and a story is never taken for a wish."""

import pytest

from itadomain.integrity.clues import asks_after, means_somebody, tells

WISHES = [
    "แจ้งเบาะแส", "จะแจ้งทุจริต", "อยากแจ้งเรื่องโกง", "มีการโกงใน อบต.", "ขอช่องทางแจ้งทุจริตหน่อยครับ", "ร้องเรียนเจ้าหน้าที่ทุจริต", "ทุจริต",
    "แจ้งเบาะแสทางไหนปลอดภัย", "จะแจ้งทุจริตต้องทำยังไงคะ", "I want to report corruption", "How can I report bribery?",
]  # fmt: skip
STORIES = [
    "นายกโกงเงิน", "ปลัดรับเงินผู้รับเหมา", "officer asked for a bribe", "สงสัยว่ามีการยักยอกเงินกองทุน", "ช่างเก็บค่าน้ำชาก่อนรังวัด",
    "ติดตามเรื่องปลัดรับเงินผู้รับเหมาไปถึงไหนแล้ว", "เขาเรียกเงิน 5000",
]  # fmt: skip


@pytest.mark.parametrize("words", WISHES)
def test_a_wish_tells_nothing(words):
    assert not tells(words)
    assert not asks_after(words)


@pytest.mark.parametrize("words", STORIES)
def test_a_story_tells_something(words):
    assert tells(words)
    assert not asks_after(words)


@pytest.mark.parametrize("words", ["เรื่องทุจริตที่แจ้งไว้ถึงไหนแล้ว", "ติดตามเบาะแส", "follow my report"])
def test_whoever_asks_after_one_does_not_tell_one(words):
    assert asks_after(words)


@pytest.mark.parametrize("words", ["", " ", "…", "555"])
def test_nothing_tells_nothing(words):
    assert not tells(words)


@pytest.mark.parametrize(("words", "meant"), [
    ("ปลัดเก็บค่ากาแฟก่อนออกใบอนุญาตก่อสร้าง", True), ("The MAYOR repaired his own road", True),
    ("ไฟถนนดับหน้าวัด", False), ("ขออนุญาตก่อสร้างต้องใช้อะไร", False), ("", False),
])  # fmt: skip
def test_words_of_whoever_works_there_are_known(words, meant):
    assert means_somebody(words) is meant
