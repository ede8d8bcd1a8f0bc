"""The form from its first page to the receipt code, as it is read and pressed."""

from itadomain.integrity.disclosure import Identity, Part, Way
from itadomain.integrity.receipts import printed

STORY = "เรียกรับเงินค่าออกใบอนุญาตก่อสร้างห้าพันบาท"


def the_draft(store, code):
    return store.disclosures.new[code]


def test_it_is_told_page_by_page_and_gets_a_code(visitor, store):
    visitor.opens()
    assert visitor.says("แจ้งเรื่องการทุจริต", "ไม่สามารถรับรองความปลอดภัย", "ป.ป.ช.")
    visitor.presses("tell")
    assert visitor.says("เรื่องนี้เกี่ยวกับใคร", "กองคลัง", "กองช่าง")
    visitor.presses("next", unit=["กองคลัง"], who="นายสมมติ")
    assert visitor.says("มี 2 คน", "ทุกคนในกองคลัง", "ผู้ที่ท่านบอกชื่อไว้")
    visitor.presses("next")
    assert visitor.says("เกิดอะไรขึ้น", "บอกแล้ว 1 จาก 5")
    visitor.presses("next", what=STORY)
    visitor.presses("next", when="ม.ค. 2569")
    visitor.presses("next", where="ห้องกองคลัง")
    assert visitor.says("มีอะไรที่ช่วยยืนยัน", "บอกแล้ว 4 จาก 5")
    visitor.presses("next", evidence="มีใบเสร็จที่ไม่ตรง")
    visitor.presses("next", name="ก", contact="กล่องไปรษณีย์")
    assert visitor.says("ยังไม่ได้ส่ง", STORY, "กองคลัง, นายสมมติ", "บอกแล้ว 5 จาก 5", "เพียงพอให้ตรวจสอบได้")
    assert store.disclosures.new == {}
    visitor.presses("send")
    assert visitor.says("ส่งเรื่องแล้ว", "ไม่มีใครค้นคืนให้ได้", "8.30", "3 วันทำการ", "15 วันทำการ")
    draft, readers = the_draft(store, visitor.code)
    assert (draft.way, draft.told[Part.WHAT], draft.told[Part.WHO]) == (Way.WEB, STORY, "กองคลัง, นายสมมติ")
    assert (draft.accused.units, draft.accused.words) == ({"กองคลัง"}, "นายสมมติ")
    assert draft.identity == Identity("ก", "กล่องไปรษณีย์")
    assert readers == {"r0", "r1"}


def test_everything_may_be_left_out_but_one_thing(visitor, store):
    visitor.tells().presses("send")
    assert visitor.status == 400
    assert visitor.says("โปรดเล่าอย่างน้อยหนึ่งข้อ")
    visitor.presses("mend_when").presses("next", when="เมื่อวาน").presses("send")
    assert store.disclosures.new[visitor.code][0].told == {Part.WHEN: "เมื่อวาน"}


def test_the_code_of_another_is_not_sealed_with_it(visitor, store):
    """Its receivers may be the very people who were left out of the other."""
    other = printed(visitor.sends(what=STORY))
    visitor.tells(what=STORY, evidence=f"แจ้งไว้แล้วตามรหัส {other}").presses("send")
    assert visitor.says("โปรดเอารหัสออกก่อน")
    assert len(store.disclosures.new) == 1
    visitor.presses("mend_evidence").presses("next", evidence="แจ้งไว้แล้วเมื่อวาน").presses("send")
    assert len(store.disclosures.new) == 2


def test_one_goes_back_and_forth_and_nothing_is_lost(visitor):
    visitor.opens().presses("tell").presses("next", unit=["กองช่าง", "กองคลัง"], who="ช่าง")
    visitor.presses("next").presses("next", what=STORY)
    visitor.presses("back", when="ปีก่อน")
    assert visitor.carried["what"] == STORY
    visitor.presses("back").presses("back")
    assert visitor.carried["who"] == "ช่าง"
    assert visitor.html.count(" checked") == 2
    visitor.presses("start", who="ช่าง ก").presses("tell")
    assert visitor.carried["who"] == "ช่าง ก"
    visitor.presses("next").presses("next").presses("next")
    assert visitor.carried["when"] == "ปีก่อน"


def test_an_answer_is_mended_from_the_review_and_leads_back_there(visitor):
    visitor.tells(what=STORY)
    visitor.presses("mend_where").presses("next", where="ที่ทำการ")
    assert visitor.says("ตรวจทานก่อนส่ง", "ที่ทำการ")
    visitor.presses("mend_about").presses("next", top="1")
    assert visitor.says("ผู้ที่เปิดอ่านเรื่องนี้ได้มี 2 คน")
    visitor.presses("next")
    assert visitor.says("ตรวจทานก่อนส่ง", "ผู้บริหารของหน่วยงาน")
    visitor.presses("mend_what").presses("back", what="สั้นกว่า")
    assert visitor.says("ตรวจทานก่อนส่ง", "สั้นกว่า")


def test_sent_twice_it_is_one_and_shows_the_same_code(visitor, store):
    visitor.tells(what=STORY)
    review = visitor.page
    visitor.presses("send")
    code = visitor.code
    visitor.page = review
    visitor.presses("send")
    assert (visitor.code, len(store.disclosures.new)) == (code, 1)
    assert not visitor.says("ส่งไปก่อนแล้ว")
    visitor.page = review
    visitor.presses("send", what="เปลี่ยนไปแล้วหลังจากส่ง")
    assert visitor.says("ส่งไปก่อนแล้ว", "ยังไม่ได้ส่ง")
    assert store.disclosures.new[code][0].told[Part.WHAT] == STORY


def test_the_code_stays_the_same_from_the_review_on(visitor):
    visitor.tells(what=STORY)
    code = visitor.carried["receipt"]
    visitor.presses("mend_where").presses("next", where="ที่นี่")
    assert visitor.carried["receipt"] == code
    visitor.presses("send")
    assert visitor.code == code


def test_a_code_that_nobody_made_here_is_not_taken(visitor, store):
    visitor.tells(what=STORY)
    for forged in (
        {"receipt": "7K2M4N8P0QRSTVWX"},
        {"stamp": "x"},
        {"stamp": "2026-11-20.00"},
        {"receipt": "", "stamp": ""},
    ):
        review = visitor.page
        visitor.presses("send", **forged)
        assert (visitor.status, store.disclosures.new) == (400, {})
        assert visitor.says("ตรวจทานอีกครั้ง", STORY)
        assert visitor.carried["receipt"] != forged.get("receipt")
        visitor.page = review


def test_a_stamp_is_of_one_agency_and_lives_for_days(visitor, store, day, house):
    visitor.tells(what=STORY)
    review = visitor.page
    fields = [*review.forms[0]["fields"], ("go", "send")]
    visitor.posts("/tell/south", fields)
    assert (visitor.status, house.stores["south"].disclosures.new) == (400, {})
    day.today = day.today.replace(day=24)
    visitor.page = review
    visitor.presses("send")
    assert (visitor.status, store.disclosures.new) == (400, {})
    visitor.presses("send")
    assert visitor.says("ส่งเรื่องแล้ว")


def test_a_stamp_of_a_day_to_come_is_none(visitor, day, store):
    visitor.tells(what=STORY)
    day.today = day.today.replace(day=19)
    visitor.presses("send")
    assert (visitor.status, store.disclosures.new) == (400, {})


def test_whoever_is_meant_cannot_read_it_and_this_is_said(visitor, store):
    visitor.opens().presses("tell").presses("next", unit=["กองช่าง"])
    assert visitor.says("มี 1 คน", "ทุกคนในกองช่าง")
    code = visitor.sends(unit=["กองช่าง"])
    assert store.disclosures.new[code][1] == {"r1"}


def test_whoever_is_named_in_the_story_alone_cannot_read_it_either(visitor, store):
    visitor.tells(what="กองช่างเรียกรับเงินค่าออกใบอนุญาตก่อสร้าง")
    assert visitor.says("ผู้ที่จะเปิดอ่านได้มี 1 คน")
    visitor.presses("send")
    assert store.disclosures.new[visitor.code][1] == {"r1"}


def test_where_nobody_is_left_it_says_so_and_nothing_is_sent(visitor, store):
    visitor.opens().presses("tell").presses("next", unit=["กองช่าง", "สำนักปลัด"], who="ทุกคน")
    assert visitor.says("ไม่มีผู้รับเรื่องนี้ในหน่วยงาน", "ยังไม่ได้ส่ง", "ป.ป.ช.")
    assert "tel:1205" in visitor.html
    visitor.presses("back")
    assert visitor.carried["who"] == "ทุกคน"
    assert store.disclosures.new == {}


def test_where_the_last_receiver_goes_meanwhile_nothing_is_sent(visitor, store):
    visitor.tells(what=STORY)
    store.disclosures.with_key.clear()
    visitor.presses("send")
    assert visitor.says("ไม่มีผู้รับเรื่องนี้ในหน่วยงาน")
    assert store.disclosures.new == {}


def test_an_executive_that_is_meant_is_told_apart(visitor):
    visitor.opens().presses("tell").presses("next", top="1")
    assert visitor.says("ทำงานใต้ผู้ที่ท่านพูดถึง")


def test_too_long_an_answer_is_told_at_its_field_and_kept(visitor):
    long = "ก" * 1501
    visitor.opens().presses("tell").presses("next").presses("next").presses("next", what=long)
    assert visitor.status == 400
    assert visitor.says("ยาวเกิน 1500 ตัวอักษร")
    assert visitor.carried["what"] == long
    assert 'id="what-wrong"' in visitor.html
    assert 'href="#what"' in visitor.html
    visitor.presses("next", what=long[:1500])
    assert visitor.says("เกิดขึ้นเมื่อใด")


def test_line_ends_of_a_browser_are_not_counted_twice(visitor):
    visitor.opens().presses("tell").presses("next").presses("next").presses("next", what="\r\n".join("ก" * 750))
    assert visitor.says("เกิดขึ้นเมื่อใด")


def test_too_long_a_name_is_told_on_its_own_page(visitor):
    visitor.tells(what=STORY, name="ก" * 201)
    assert (visitor.status, 'id="name-wrong"' in visitor.html) == (400, True)


def test_units_that_there_are_not_count_for_nothing(visitor, store):
    code = visitor.sends(unit=["ไม่มี", "กองคลัง"])
    assert store.disclosures.new[code][0].accused.units == {"กองคลัง"}


def test_it_is_read_in_english_on_every_page_and_keeps_what_was_typed(visitor, store):
    visitor.opens(f"/tell/{visitor.slug}?lang=en")
    assert visitor.says("Report corruption")
    visitor.opens().presses("en", by="to")
    assert '<html lang="en">' in visitor.html
    visitor.presses("tell").presses("th", by="to", who="somebody")
    assert (visitor.carried["who"], '<html lang="th">' in visitor.html) == ("somebody", True)
    for _ in range(8):
        visitor.presses("en", by="to")
        assert '<html lang="en">' in visitor.html
        visitor.presses("th", by="to")
        visitor.presses("next" if "ส่งเรื่อง" not in visitor.text else "send")
    assert visitor.says("ส่งเรื่องแล้ว")
    code = visitor.code
    visitor.presses("en", by="to")
    assert (visitor.code, visitor.says("It is sent")) == (code, True)
    assert len(store.disclosures.new) == 1


def test_the_address_and_the_title_say_nothing_of_what_it_is(visitor):
    visitor.tells(what=STORY)
    assert {form["action"] for form in visitor.page.forms.values()} == {f"/tell/{visitor.slug}"}
    assert "<title>แบบฟอร์ม · อบต.บางสมมติ</title>" in visitor.html
