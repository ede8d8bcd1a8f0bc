"""About whom before what: nobody whom it names reads it."""

import pytest

from itadomain.integrity.disclosure import Part
from tests.handlers.disclosing.telling import NAMELESS, draft, in_the_box, tells
from tests.handlers.receivers import (
    STORY,
)


def test_whoever_is_meant_and_their_unit_cannot_read_it(teller, agency):
    tells(teller, "จะแจ้งทุจริต", NAMELESS)
    assert teller.says("กองช่าง").facts["count"] == 1
    tells(teller, "เล่าต่อ", STORY, "ข้าม", "ข้าม", "ข้าม", "ส่ง")
    _, told, readers = in_the_box(agency)
    assert (readers, told.accused.units, told.told[Part.WHO]) == ({"nari"}, {"กองช่าง"}, "กองช่าง")


@pytest.mark.parametrize("typed", ["กอง ช่าง", "นายวิชัย", "วิชัย ใจงาม"])
def test_a_unit_or_a_name_may_be_typed(teller, agency, typed):
    tells(teller, "จะแจ้งทุจริต", NAMELESS)
    assert teller.says(typed).facts["count"] == 1


def test_several_may_be_meant_and_where_nobody_is_left_nothing_is_kept(teller, agency):
    tells(teller, "จะแจ้งทุจริต", NAMELESS, "กองช่าง")
    assert teller.says("เพิ่มชื่อหรือหน่วย").key == "disclosure.ask_about"
    reply = teller.says("สำนักปลัด")
    assert [one.key for one in reply.bubbles] == ["disclosure.nobody_left", "disclosure.outside"]
    assert not agency.places.kept
    assert not agency.disclosures.new


@pytest.mark.parametrize("before", [(), ("กองคลัง",)])
def test_a_story_instead_of_a_name_keeps_whom_it_names_out_and_is_not_asked_for_again(teller, agency, before):
    story = "วิชัยรับเงินจากผู้รับเหมาสองหมื่นบาทก่อนจะตรวจรับงานถนนสายบ้านใหม่เมื่อเดือนที่แล้ว"
    tells(teller, "จะแจ้งทุจริต", NAMELESS, *before)
    assert teller.says(story).facts["count"] == 1
    assert teller.says("เล่าต่อ").bubbles[-1].key == "disclosure.use_first"
    teller.says("ใช้ข้อความนี้")
    assert draft(agency)["told"]["what"] == story


def test_words_of_corruption_instead_of_a_name_are_the_story_too_and_a_wish_names_nobody(teller, agency):
    tells(teller, "จะแจ้งทุจริต", NAMELESS)
    assert teller.says("จะแจ้งทุจริต").key == "disclosure.readers_of_unknown"
    teller.says(STORY)
    assert [words for _, words in draft(agency)["first"]] == [STORY]
    assert draft(agency)["about"] == STORY, "whoever it names is kept out"


def test_a_name_may_be_added_without_a_tap(teller):
    tells(teller, "จะแจ้งทุจริต", NAMELESS, "กองคลัง")
    assert teller.says("วิชัย").facts["count"] == 1


@pytest.mark.parametrize("about", ["ผู้บริหาร", "ปลัด", "สมหมาย"])
def test_where_receivers_work_for_whoever_is_meant_that_is_said(teller, about):
    reply = tells(teller, "จะแจ้งทุจริต", NAMELESS, about)
    assert [one.key for one in reply.bubbles] == ["disclosure.readers", "disclosure.same_house"]
    assert "หน่วยงานภายนอก" in teller.offered(reply)
    outside = teller.says("หน่วยงานภายนอก")
    assert outside.key == "disclosure.outside"
    assert teller.says("เล่าต่อ").bubbles[-1].key == "disclosure.ask_what"  # it stays open meanwhile


def test_where_nobody_is_meant_who_leads_it_is_not_said(teller):
    assert [one.key for one in tells(teller, "จะแจ้งทุจริต", NAMELESS, "กองคลัง").bubbles] == ["disclosure.readers"]


@pytest.mark.parametrize("typed", ["ไม่ทราบ", "ไม่รู้ครับ"])
def test_one_may_not_know(teller, agency, typed):
    assert tells(teller, "จะแจ้งทุจริต", NAMELESS, typed).key == "disclosure.readers_of_unknown"
    teller.says("เล่าต่อ")
    assert "who" not in draft(agency)["told"]


def test_many_units_are_shown_a_page_at_a_time(agency, teller):
    from itadomain.organisation import Unit

    for number in range(12):
        agency.units.save(Unit(f"u{number}", f"ศูนย์พัฒนาเด็กเล็กแห่งที่ {number}"))
    tells(teller, "จะแจ้งทุจริต")
    first = teller.says(NAMELESS)
    assert len(first.taps) <= 13
    more = teller.answers("page:1")
    assert more.key == "disclosure.ask_about"
    assert "ผู้บริหาร" not in teller.offered(more)
