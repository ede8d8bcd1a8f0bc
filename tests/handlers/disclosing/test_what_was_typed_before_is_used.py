"""A story that came before the door, or out of a complaint, is not told twice and filed by no way unchosen."""

from itadomain.integrity.disclosure import Part
from tests.handlers.disclosing.telling import NAMELESS, draft, in_the_box, tells
from tests.handlers.receivers import (
    STORY,
    talking,
)

# ── what was typed before


def test_a_story_that_was_typed_is_used_and_not_asked_for_again(teller, agency):
    reply = teller.says("ปลัดรับเงินผู้รับเหมา")
    assert [one.key for one in reply.bubbles] == ["disclosure.before_you_tell", "disclosure.not_sent_yet"]
    tells(teller, NAMELESS, "ผู้บริหาร", "เล่าต่อ")
    assert "«ปลัดรับเงินผู้รับเหมา»" in teller.words
    tells(teller, "ใช้ข้อความนี้", "ข้าม", "ข้าม", "ข้าม", "ส่ง")
    assert in_the_box(agency)[1].told[Part.WHAT] == "ปลัดรับเงินผู้รับเหมา"


def test_a_story_that_was_typed_is_filed_by_no_way_that_was_not_chosen(teller, agency):
    teller.says(STORY)
    assert teller.says("ส่ง").key in {"disclosure.one_of_the_ways", "disclosure.choose_first"}
    assert not agency.disclosures.new


def test_more_bubbles_at_the_door_belong_to_the_story(teller, agency):
    teller.says(STORY)
    assert teller.says("เขาทำแบบนี้มาสามปีแล้ว").key == "disclosure.choose_first"
    tells(teller, NAMELESS, "กองคลัง", "เล่าต่อ", "ใช้ข้อความนี้")
    assert draft(agency)["told"]["what"] == f"{STORY}\nเขาทำแบบนี้มาสามปีแล้ว"


def test_it_may_be_told_anew(teller, agency):
    teller.says(STORY)
    tells(teller, NAMELESS, "กองคลัง", "เล่าต่อ", "เรียกเงินหลายครั้ง")
    assert draft(agency)["told"]["what"] == "เรียกเงินหลายครั้ง"


def test_a_story_longer_than_can_be_kept_is_told_again_in_parts(teller, agency):
    long = " ".join([STORY] * 50)
    teller._understanding.told[long] = teller._understanding.told[STORY]
    assert [one.key for one in teller.says(long).bubbles][1:] == ["disclosure.tell_it_again"]
    assert draft(agency)["first"] == []


def test_a_receiver_whom_the_story_names_does_not_read_it(teller, agency):
    teller.says("จะแจ้งทุจริต")
    tells(teller, NAMELESS, "ไม่ทราบ", "เล่าต่อ", "คุณวิชัยขอเงินก่อนออกใบอนุญาตให้", "ข้าม", "ข้าม", "ข้าม")
    assert "ผู้รับเรื่อง 1 คน" in teller.words
    teller.says("ส่ง")
    assert in_the_box(agency)[2] == {"nari"}


def test_where_the_story_names_every_receiver_it_is_not_sent(agency):
    talk = talking(agency)
    talk.says("จะแจ้งทุจริต")
    reply = tells(talk, NAMELESS, "ไม่ทราบ", "เล่าต่อ", "คุณวิชัยกับคุณนารีขอเงินก่อนออกใบอนุญาต", "ข้าม", "ข้าม", "ข้าม")
    assert "ส่ง" not in talk.offered(reply)
    assert reply.bubbles[0].warning.key == "disclosure.nobody_may_read"
    talk.says("ส่ง")
    assert not agency.disclosures.new


# ── from a complaint


def test_corruption_in_a_complaint_goes_over_with_its_words(teller, agency):
    tells(teller, "ไฟถนนดับหน้าวัด", "ดับมาสามเดือนแล้ว")
    assert teller.says(STORY).key == "complaint.is_it_corruption"
    reply = teller.says("ใช่ ไปช่องทางอื่น")
    assert [one.key for one in reply.bubbles] == [
        "complaint.put_away", "disclosure.before_you_tell", "disclosure.not_sent_yet",
    ]  # fmt: skip
    tells(teller, NAMELESS, "กองคลัง", "เล่าต่อ", "ใช้ข้อความนี้")
    assert draft(agency)["told"]["what"] == f"ดับมาสามเดือนแล้ว\n{STORY}"
    assert not agency.cases.kept


def test_a_complaint_of_something_else_stays_one(teller):
    assert teller.says("ไฟถนนดับหน้าวัด").key == "complaint.notice"
