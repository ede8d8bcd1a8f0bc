from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.knowledge import Topic, find, topic
from itadomain.refusals import Refusal

TODAY = date(2026, 11, 20)


def a_topic(title: str, *aliases: str, closed: bool = False) -> Topic:
    return Topic(title, title, f"คำตอบเรื่อง{title}", aliases, closed=closed)


TOPICS = (
    a_topic("เวลาทำการ", "เปิดกี่โมง", "เปิดวันเสาร์", "เสาร์อาทิตย์เปิด"),
    a_topic("ขออนุญาตก่อสร้างอาคาร", "สร้างบ้าน", "ต่อเติมครัว", "building permit"),
    a_topic("ขอใช้น้ำประปา", "ต่อน้ำประปา", "ขอมิเตอร์น้ำ"),
    a_topic("เบี้ยยังชีพผู้สูงอายุ", "เบี้ยคนแก่", "เงินคนแก่"),
    a_topic("เบี้ยความพิการ", "เบี้ยคนพิการ"),
    a_topic("ภาษีป้าย", "จ่ายภาษีป้าย"),
    a_topic("ภาษีที่ดินและสิ่งปลูกสร้าง", "ภาษีที่ดิน"),
    a_topic("ค่าธรรมเนียมเก็บขยะ", "ค่าเก็บขยะ"),
    a_topic("ขอเลขที่บ้าน", "บ้านเลขที่"),
    a_topic("ใบอนุญาตขายอาหาร", "เปิดร้านอาหาร", "food shop license"),
    a_topic("ขอยืมเต็นท์ โต๊ะ เก้าอี้", "ยืมเต็นท์"),
)


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("เปิดวันเสาร์ไหมคะ", "เวลาทำการ"),
        ("เสาร์อาทิตย์เปิดหรือเปล่า", "เวลาทำการ"),
        ("ขอบ้านเลขที่ต้องใช้เอกสารอะไร", "ขอเลขที่บ้าน"),
        ("จะขอสร้างบ้านต้องเตรียมอะไรไปบ้าง", "ขออนุญาตก่อสร้างอาคาร"),
        ("ต่อเติมครัวต้องขออนุญาตไหม", "ขออนุญาตก่อสร้างอาคาร"),
        ("how do I apply for a Building Permit", "ขออนุญาตก่อสร้างอาคาร"),
        ("what documents do I need for a food shop license", "ใบอนุญาตขายอาหาร"),
        ("ขอต่อน้ำประปาใหม่เสียเงินเท่าไหร่ กี่วันได้", "ขอใช้น้ำประปา"),
        ("เบียคนแก่ได้กี่บาท", "เบี้ยยังชีพผู้สูงอายุ"),  # the tone mark is missing
        ("เบี้ยคนพิการเข้าเมื่อไร", "เบี้ยความพิการ"),
        ("ภาษีป้ายจ่ายถึงเดือนไหน", "ภาษีป้าย"),
        ("ค่าเก็บขยะเดือนละเท่าไร", "ค่าธรรมเนียมเก็บขยะ"),
    ],
)
def test_what_is_asked_is_found_among_others_words(question, title):
    found = find(question, TOPICS)
    assert found.sure
    assert found.sure.title == title


@pytest.mark.parametrize(
    ("question", "title"),
    [("จะยืมเต้นงานศพ", "ขอยืมเต็นท์ โต๊ะ เก้าอี้"), ("เบี้ยคนแก้เข้าวันไหน", "เบี้ยยังชีพผู้สูงอายุ"), ("ภาสีป้าย", "ภาษีป้าย")],
)
def test_what_is_misspelt_is_offered(question, title):
    found = find(question, TOPICS)
    assert title in [one.title for one in (found.sure, *found.maybe) if one]


def test_a_name_that_was_kept_as_a_polite_question_is_found_as_well():
    assert find("เปิดกี่โมง", [a_topic("เวลาทำการ", "ขอถาม เปิดกี่โมงคะ")]).sure


def test_what_may_be_two_things_is_offered():
    assert [one.title for one in find("ภาษี", TOPICS).maybe] == ["ภาษีป้าย", "ภาษีที่ดินและสิ่งปลูกสร้าง"]


@pytest.mark.parametrize(
    "question", ["อากาศวันนี้เป็นไง", "นายกชื่ออะไร", "ทำบัตรประชาชน", "จดทะเบียนสมรส", "น้ำไม่ไหล", "", "ครับ", "???"]
)
def test_what_is_not_there_is_not_made_up(question):
    found = find(question, TOPICS)
    assert (found.sure, tuple(found.maybe)) == (None, ())


@pytest.mark.parametrize(
    "question",
    [
        "น้ำประปาไม่ไหลมาสองวันแล้ว",
        "ข้างบ้านก่อสร้างเสียงดังมาก",  # the pieces of «สร้างบ้าน», in another order
        "ขายที่ดินต้องเสียภาษีอะไร",
        "วันหยุดสงกรานต์เก็บขยะไหม",
        "เบี้ยยังชีพผู้ป่วยเอดส์ขอยังไง",
        "รถเข็นคนพิการขอยืมได้ไหม",
        "ขอมิเตอร์ไฟ",  # all but the letters that tell which
        "มิเตอร์น้ำเสีย",
        "ภาษีบำรุงท้องที่",
        "เพื่อนบ้านเผาขยะ",
        "เปิดร้านอาหารข้างบ้านเสียงดังรบกวนทุกคืนจนนอนไม่ได้",
    ],
)
def test_what_only_sounds_alike_is_never_told_for_sure(question):
    more = (a_topic("ค่าน้ำประปา"), a_topic("วันทำการ", "วันหยุด"))
    assert find(question, (*TOPICS, *more)).sure is None


def test_what_was_closed_is_told_no_more():
    assert find("ภาษีป้าย", [a_topic("ภาษีป้าย", closed=True)]).sure is None


@given(st.text(max_size=80))
def test_any_words_find_something_known_or_nothing(question):
    found = find(question, TOPICS)
    assert found.sure is None or found.sure in TOPICS
    assert set(found.maybe) <= set(TOPICS)


@given(st.sampled_from(TOPICS), st.data())
def test_each_is_found_by_each_of_its_names(one, data):
    name = data.draw(st.sampled_from(one.names))
    found = find(f"ขอสอบถาม{name}หน่อยครับ", TOPICS)
    assert one in (found.sure, *found.maybe)


@pytest.mark.parametrize(("title", "text"), [("", "คำตอบ"), ("ก" * 81, "คำตอบ"), ("เรื่อง", " "), ("เรื่อง", "ก" * 1501)])
def test_one_without_a_name_or_words_is_refused(title, text):
    with pytest.raises(Refusal):
        topic("t1", title, text, "p1", TODAY)


def test_parts_that_would_push_the_answer_off_its_card_are_refused():
    one = a_topic("ภาษีป้าย").with_part("steps", "ก" * 1500)
    assert one.with_part("papers", "ก" * 1000).with_part("steps", "").papers
    with pytest.raises(Refusal):
        one.with_part("papers", "ก" * 1001)


def test_it_is_called_by_more_words_but_not_by_any_number():
    one = topic("t1", " เวลา  ทำการ ", "08.30-16.30 น.", "p1", TODAY).called("เปิดกี่โมง", "เปิดกี่โมง", " ")
    assert one.names == ("เวลา ทำการ", "เปิดกี่โมง")
    for names in ([f"คำที่ {no}" for no in range(20)], ["ก" * 81], ["ก"]):
        with pytest.raises(Refusal):
            one.called(*names)
