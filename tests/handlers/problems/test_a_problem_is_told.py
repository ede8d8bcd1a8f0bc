"""The script of a problem: in any order, only what is unknown is asked, a number comes back."""

import pytest

from handlers.kit import Answer, Map
from itadomain.cases.case import Kind, State
from itadomain.cases.categories import Category
from itadomain.evidence import DRAFT, Stage
from tests.fakes import a_person
from tests.handlers.problems.telling import DARK, cases, draft, files_from_here, here, keys, pins, sends, tells
from tests.talk import Reading

# ── the script


def test_words_alone_become_a_case_with_a_number(citizen, agency):
    first = citizen.says(DARK)
    assert keys(first) == ["complaint.notice", "complaint.so_far"]
    assert citizen.offered(first) == ["ส่งเรื่อง", "อ่านเพิ่ม", "ยกเลิก"]
    assert not cases(agency)
    asked = citizen.says("ส่งเรื่อง")
    assert asked.key == "complaint.which_category"  # village and landmark were told already
    asked = citizen.taps(asked.taps[0])
    assert (asked.key, citizen.offered(asked)) == ("complaint.which_contact", ["ตอบในแชทนี้", "ยกเลิก"])
    shown = citizen.says("ตอบในแชทนี้")
    assert (shown.key, citizen.offered(shown)) == ("complaint.review", ["ส่ง", "แก้ไข", "แจ้งแทนผู้อื่น", "ยกเลิก"])
    assert "หน้าวัด" in citizen.words
    filed = citizen.says("ส่ง")
    (case,) = cases(agency)
    assert (case.story, case.spot.village, case.spot.landmark) == (DARK, "3", "หน้าวัด")
    assert (case.category, case.reporter, case.state, case.kind) == (
        "street_light_electric", "somchai", State.NEW, Kind.PROBLEM,
    )  # fmt: skip
    assert filed.facts["ticket"] == str(case.ticket)
    assert citizen.offered(filed) == ["ถึงไหนแล้ว", "ฉันอยู่หมู่ 3", "เมนู"]  # asked about, not taken
    assert f"{case.ticket}" in citizen.words
    assert "จะแจ้งรับเรื่องภายใน\n25 พ.ย. 2569" in citizen.words
    assert "กำหนดของหน่วยงาน" in citizen.words
    assert filed.needed
    assert not agency.places.kept


def test_a_photo_begins_it_and_words_may_come_later(citizen, agency):
    first = sends(citizen)
    assert keys(first) == ["complaint.notice", "complaint.so_far"]
    assert [task.name for task in first.tasks] == ["fetch_evidence"]
    (one,) = agency.evidence.kept.values()
    assert (one.case, one.by) == (DRAFT, "somchai")
    again = citizen.says(DARK)
    assert (keys(again), here(again)) == (["complaint.so_far"], [("texts", 1), ("photos_and_more", 1)])
    files_from_here(citizen)
    assert [one.case for one in agency.evidence.kept.values()] == [cases(agency)[0].id]


def test_a_voice_alone_is_enough_and_its_kind_is_asked(citizen, agency):
    sends(citizen, "audio")
    assert citizen.says("ส่งเรื่อง").key == "complaint.which_kind"
    assert citizen.answers("problem").key == "complaint.which_village"
    citizen.says("หมู่ที่ ๗")
    citizen.says("ข้างโรงเรียน")
    citizen.answers("waste_cleanliness")
    citizen.says("081-234-5678")
    assert citizen.says("ส่ง").key == "complaint.filed"
    (case,) = cases(agency)
    assert (case.story, case.spot.village, case.spot.landmark, case.contact) == ("", "7", "ข้างโรงเรียน", "081-234-5678")


def test_a_pin_is_a_place_and_no_landmark_is_asked(citizen, agency):
    pins(citizen)
    assert citizen.says("ส่งเรื่อง").key == "case.say_something"  # a place alone tells nothing
    citizen.says("น้ำไม่ไหล")
    citizen.says("ส่งเรื่อง")
    reply = citizen.answers("problem")
    assert reply.key == "complaint.which_village"
    assert citizen.says("ข้าม").key == "complaint.which_category"
    citizen.answers("water_supply")
    tells(citizen, "ตอบในแชทนี้", "ส่ง")
    (case,) = cases(agency)
    assert (case.spot.latitude, case.spot.longitude, case.spot.village) == (8.5, 98.3, "")


def test_the_map_is_offered_and_a_pin_answers(citizen):
    citizen.says("แจ้งปัญหาหน่อย")
    tells(citizen, "น้ำไม่ไหลทั้งซอย", "ส่งเรื่อง")
    asked = citizen.says("5")
    assert asked.key == "complaint.which_landmark"
    assert isinstance(asked.taps[0], Map)
    assert citizen.says("แผนที่").key == "complaint.send_the_place"
    assert pins(citizen).key == "complaint.which_category"


def test_villages_are_tapped_where_the_agency_counted_them(citizen, agency):
    agency.settings.put("villages", "4")
    citizen.says("แจ้งปัญหาหน่อย")
    asked = tells(citizen, "น้ำไม่ไหลทั้งซอย", "ส่งเรื่อง")
    assert citizen.offered(asked)[3:] == ["หมู่ 4", "ข้าม", "ยกเลิก"]
    citizen.taps(asked.taps[2])
    assert draft(agency)["village"] == "3"


@pytest.mark.parametrize("count", ["", "40", "many"])
def test_else_a_village_is_typed(citizen, agency, count):
    agency.settings.put("villages", count)
    citizen.says("แจ้งปัญหาหน่อย")
    asked = tells(citizen, "น้ำไม่ไหลทั้งซอย", "ส่งเรื่อง")
    assert citizen.offered(asked) == ["ข้าม", "ยกเลิก"]


def test_all_categories_are_a_page_away(citizen, agency):
    agency.categories.save(Category("boats", "เรือ"))
    agency.categories.save(Category("animals", closed=True))
    tells(citizen, DARK)
    asked = citizen.says("ส่งเรื่อง")
    assert (len(asked.taps), asked.taps[0].value) == (5, "street_light_electric")
    page = citizen.says("เรื่องอื่น")
    assert len(page.taps) == 12  # ten, the next page, and the way out
    rest = citizen.says("ถัดไป")
    codes = [tap.value for tap in (*page.taps, *rest.taps) if isinstance(tap, Answer)]
    assert "boats" in codes
    assert "animals" not in codes
    assert citizen.says("เรือ").key == "complaint.which_contact"
    assert draft(agency)["category"] == "boats"


def test_a_category_may_be_said_in_other_words(citizen, agency):
    tells(citizen, DARK, "ส่งเรื่อง")
    citizen._understanding.told["ท่อตัน"] = Reading("file_complaint", {"category": "drain_flood"}, 0.9)
    assert citizen.says("อะไรก็ได้").key == "complaint.one_category"
    assert citizen.says("ท่อตัน").key == "complaint.which_contact"
    assert draft(agency)["category"] == "drain_flood"


# ── kinds


def test_praise_asks_neither_place_nor_category_nor_days(citizen, agency):
    citizen.says("ชมเชย")
    tells(citizen, "เจ้าหน้าที่พูดจาดีมาก ขอบคุณ")
    assert citizen.says("ส่งเรื่อง").key == "complaint.review"
    filed = citizen.says("ส่ง")
    (case,) = cases(agency)
    assert (case.kind, case.due) == (Kind.PRAISE, None)
    assert "ขอบคุณสำหรับคำชม" in citizen.words
    assert "ภายใน" not in citizen.words
    assert filed.notices


def test_a_suggestion_is_told_like_a_problem(citizen, agency):
    citizen.says("ข้อเสนอแนะ")
    citizen.says("ขอสนามเด็กเล่น")
    assert citizen.says("ส่งเรื่อง").key == "complaint.which_village"
    assert draft(agency)["kind"] == Kind.SUGGESTION


def test_where_words_speak_of_two_kinds_it_is_asked(citizen):
    citizen.says("แจ้งปัญหาหน่อย")
    citizen.says("ขอชมเชยเจ้าหน้าที่เก็บขยะ")
    asked = citizen.says("ส่งเรื่อง")
    assert asked.key == "complaint.which_kind"
    assert citizen.says("xxx").key == "complaint.one_of_three"
    assert citizen.answers("praise").key == "complaint.review"


# ── corruption


def test_words_of_corruption_are_asked_about_once(citizen, agency):
    citizen.says(DARK)
    asked = citizen.says("นายกโกงเงิน")
    assert (asked.key, citizen.offered(asked)) == (
        "complaint.is_it_corruption", ["ใช่ ไปช่องทางอื่น", "ไม่ใช่ แจ้งเรื่องทั่วไป", "ยกเลิก"],
    )  # fmt: skip
    assert citizen.says("ไม่ใช่ แจ้งเรื่องทั่วไป").key == "complaint.so_far"
    assert here(citizen.says("นายกโกงเงิน")) == [("texts", 3)]


def test_on_the_safe_way_nothing_of_it_stays(citizen, agency):
    sends(citizen)
    citizen.says("นายกโกงเงิน")
    gone = citizen.says("ใช่ ไปช่องทางอื่น")
    assert [one.key for one in gone.bubbles][::2] == ["complaint.put_away", "disclosure.outside"]  # nobody receives it
    assert not agency.places.kept
    assert [one.stage for one in agency.evidence.kept.values()] == [Stage.GONE]


# ── what an officer asked for


def test_in_a_group_no_problem_is_told(talk):
    assert talk(group="C1").means("file_complaint").key == "help.come_private"


def test_english_is_spoken_too(talk):
    villager = talk(a_person(language="en", key="john"), user="U3")
    assert villager.offered(villager.says("Report a problem")) == ["Send it", "Read more", "Cancel"]
    villager.says("The street light is broken near the temple, Moo 3")
    assert villager.says("Send it").key == "complaint.which_landmark"


def test_an_address_out_of_the_blue_begins_it_too(citizen, agency):
    assert keys(citizen.says("https://example.go.th/road")) == ["complaint.notice", "complaint.so_far"]
    assert draft(agency)["parts"][0][1] == "https://example.go.th/road"
