"""The script of a problem: in any order, only what is unknown is asked, a number comes back, and those who work hear."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.kit import Answer, Map
from itadomain.cases.case import LONGEST_STORY, Channel, Kind, State
from itadomain.cases.categories import Category
from itadomain.evidence import DRAFT, MB, Stage
from itadomain.organisation import Unit
from itadomain.people import Role
from tests.fakes import TODAY, a_person, an_agency
from tests.talk import Reading, Talk

CITIZEN, NEIGHBOUR = a_person(key="somchai"), a_person(key="somsri")
OFFICER = a_person(Role.OFFICER, unit="สำนักปลัด", key="officer", name="ปรีชา")
ENGINEER = a_person(Role.HEAD, unit="กองช่าง", key="engineer", name="วิชัย")
ADMIN = a_person(Role.ADMIN, key="admin", name="สมปอง")
DARK = "ไฟถนนดับหน้าวัด หมู่ ๓"
TELLS = {
    DARK: Reading("file_complaint", {"category": "street_light_electric", "location": "หน้าวัด หมู่"}, 0.9),
    "แจ้งปัญหาหน่อย": Reading("file_complaint"),
    "นายกโกงเงิน": Reading("report_corruption", confidence=0.97),
    "เขายกเลิกรถขยะไป": Reading("cancel", confidence=0.8),
    "ถึงไหนแล้ว": Reading("track_complaint"),
}
numbers = itertools.count(5000)


@pytest.fixture
def agency():
    store = an_agency()
    store.units.save(Unit("สำนักปลัด", "สำนักปลัด", secretariat=True))
    store.units.save(Unit("กองช่าง", "กองช่าง"))
    return store


@pytest.fixture
def talk(agency):
    def begin(who=CITIZEN, **more):
        talking = Talk(agency, who, **more)
        talking._understanding.told |= TELLS
        return talking

    return begin


@pytest.fixture
def officer(talk):
    return talk(OFFICER, user="U8")


@pytest.fixture
def citizen(talk, officer):
    return talk()


def types(talk, text):
    number = str(next(numbers))
    return talk.sends({"type": "message", "message": {"type": "text", "id": number, "text": text}}), number


def sends(talk, kind="image", **more):
    number = str(next(numbers))
    return talk.sends({"type": "message", "message": {"type": kind, "id": number, **more}})


def pins(talk, **more):
    return sends(talk, "location", latitude=8.5, longitude=98.3, title="ศาลา", address="ท้ายเหมือง", **more)


def unsends(talk, number):
    return talk.sends({"type": "unsend", "unsend": {"messageId": number}})


def keys(reply):
    return [one.key for one in reply.bubbles]


def here(reply):
    """What is said to be there of a draft."""
    return [(one.key.split(".")[1], one.facts.get("count")) for one in reply.bubbles[-1].facts["here"]]


def tells(talk, *said):
    for one in said:
        reply = talk.says(one)
    return reply


def cases(agency):
    return list(agency.cases.kept.values())


def draft(agency, who="somchai"):
    return agency.places.of(who, 0).draft


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
    assert citizen.offered(filed) == ["ถึงไหนแล้ว", "เมนู"]
    assert f"{case.ticket}" in citizen.words
    assert "จะแจ้งรับเรื่องภายใน\n25 พ.ย. 2569" in citizen.words
    assert "กำหนดของหน่วยงาน" in citizen.words
    assert filed.needed
    assert not agency.places.kept


def test_those_who_receive_cases_hear_without_a_word_of_it(citizen, officer, agency):
    filed = _filed(citizen)
    ((who, told),) = [(one.to.id, one.reply) for one in filed.notices]
    assert who == "officer"
    said = [citizen.voice(words) for words in (told.bubbles[0].summary, told.bubbles[0].title)]
    assert not any(part in " ".join(said) for part in ("ไฟ", "วัด", "69-"))
    assert [(tap.to, tap.values) for tap in told.bubbles[0].taps] == [("casework.one", {"id": cases(agency)[0].id})]


def test_the_unit_of_the_category_hears_in_place_of_the_desk(citizen, officer, talk, agency):
    talk(ENGINEER, user="U7")
    agency.categories.save(Category("street_light_electric", unit="กองช่าง"))
    filed = _filed(citizen)
    assert [one.to.id for one in filed.notices] == ["engineer"]
    assert cases(agency)[0].unit == "กองช่าง"


def test_where_nobody_receives_cases_the_administrator_hears(talk, agency):
    talk(ADMIN, user="U6")
    assert [one.to.id for one in _filed(talk()).notices] == ["admin"]


def _filed(talk):
    talk.says(DARK)
    return _filed_from_here(talk)


def test_a_photo_begins_it_and_words_may_come_later(citizen, agency):
    first = sends(citizen)
    assert keys(first) == ["complaint.notice", "complaint.so_far"]
    assert [task.name for task in first.tasks] == ["fetch_evidence"]
    (one,) = agency.evidence.kept.values()
    assert (one.case, one.by) == (DRAFT, "somchai")
    again = citizen.says(DARK)
    assert (keys(again), here(again)) == (["complaint.so_far"], [("texts", 1), ("photos_and_more", 1)])
    _filed_from_here(citizen)
    assert [one.case for one in agency.evidence.kept.values()] == [cases(agency)[0].id]


def _filed_from_here(talk):
    """As `_filed`, from words that told the place."""
    talk.says("ส่งเรื่อง")
    talk.answers("street_light_electric")
    return tells(talk, "ตอบในแชทนี้", "ส่ง")


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


# ── mended before it is sent


@pytest.mark.parametrize(
    ("what", "asked", "answer", "name", "value"),
    [
        ("category", "complaint.which_category", "water_supply", "category", "water_supply"),
        ("contact", "complaint.which_contact", None, "contact", "0812345678"),
        ("person", "complaint.for_whom", None, "on_behalf_of", "0812345678"),
        ("kind", "complaint.which_kind", "suggestion", "kind", "suggestion"),
    ],
)
def test_a_part_is_told_anew(citizen, agency, what, asked, answer, name, value):
    _reviewed(citizen)
    citizen.says("แก้ไข")
    assert citizen.answers(what).key == asked
    shown = citizen.answers(answer) if answer else citizen.says("0812345678")
    assert (shown.key, draft(agency)[name]) == ("complaint.review", value)


def _reviewed(talk):
    tells(talk, DARK, "ส่งเรื่อง")
    talk.answers("street_light_electric")
    return talk.says("ตอบในแชทนี้")


def test_a_place_told_anew_is_not_the_one_in_the_words(citizen, agency):
    _reviewed(citizen)
    citizen.says("แก้ไข")
    assert citizen.answers("place").key == "complaint.which_village"
    assert citizen.says("ข้าม").key == "complaint.which_landmark"
    assert citizen.says("ตลาด").key == "complaint.review"
    citizen.says("ส่ง")
    assert (cases(agency)[0].spot.village, cases(agency)[0].spot.landmark) == ("", "ตลาด")


def test_words_are_told_anew_and_more_are_added(citizen, agency):
    _reviewed(citizen)
    citizen.says("แก้ไข")
    assert keys(citizen.answers("anew")) == ["complaint.tell_anew", "complaint.tell"]
    tells(citizen, "ไฟดับทั้งซอย", "ดับมา 3 วัน")
    tells(citizen, "ส่งเรื่อง", "3", "ศาลา", "แก้ไข")
    assert keys(citizen.answers("more")) == ["complaint.so_far"]
    assert [part[1] for part in draft(agency)["parts"]] == ["ไฟดับทั้งซอย", "ดับมา 3 วัน"]


def test_for_somebody_else(citizen, agency):
    _reviewed(citizen)
    assert citizen.says("แจ้งแทนผู้อื่น").key == "complaint.for_whom"
    shown = citizen.says("ยายข้างบ้าน")
    assert "แจ้งแทนผู้อื่น" not in citizen.offered(shown)
    citizen.says("ส่ง")
    assert (cases(agency)[0].on_behalf_of, cases(agency)[0].reporter) == ("ยายข้างบ้าน", "somchai")


# ── nothing is lost, nothing is sent by accident


@pytest.mark.parametrize("meanwhile", ["เมนู", "โอเค", "ขอเบอร์โทร", "เกี่ยวกับเรา", "ติดตามเรื่อง"])
def test_something_else_is_answered_and_the_draft_stays(citizen, agency, meanwhile):
    citizen.says(DARK)
    before = draft(agency)
    reply = citizen.says(meanwhile)
    if meanwhile != "ขอเบอร์โทร":  # words that are no label are part of what is told
        assert not reply.key.startswith("complaint.")
        assert draft(agency) == before
    assert "ส่งเรื่อง" in citizen.offered(reply)
    assert citizen.says("ส่งเรื่อง").key == "complaint.which_category"


def test_the_menu_still_offers_what_it_offers(citizen):
    citizen.says(DARK)
    offered = citizen.offered(citizen.says("เมนู"))
    assert (offered[0], offered[-1]) == ("ส่งเรื่อง", "ยกเลิก")
    assert "แจ้งเบาะแสทุจริต" in offered


def test_an_old_tap_loses_nothing(citizen, agency):
    citizen.says(DARK)
    assert citizen.forges(at="score.pick_part", a="7").key == "help.stale_tap"
    assert len(draft(agency)["parts"]) == 1


def test_words_that_sound_like_leaving_are_told(citizen, agency):
    citizen.says(DARK)
    assert citizen.says("เขายกเลิกรถขยะไป").key == "complaint.so_far"
    assert citizen.says("ยกเลิก").key == "help.cancelled"
    assert not agency.places.kept


def test_to_begin_again_is_to_go_on(citizen, agency):
    citizen.says(DARK)
    again = citizen.says("แจ้งปัญหา")
    assert keys(again) == ["complaint.not_sent_yet", "complaint.so_far"]
    assert len(draft(agency)["parts"]) == 1


def test_it_waits_for_a_day(citizen, agency):
    citizen.says(DARK)
    citizen.now += 23 * 60 * 60 * 1000
    assert citizen.says("ดับมา 3 วัน").key == "complaint.so_far"
    citizen.now += 25 * 60 * 60 * 1000
    assert citizen.says("ส่งเรื่อง").key != "complaint.which_category"


def test_nothing_told_is_nothing_sent(citizen):
    assert keys(citizen.says("แจ้งปัญหา")) == ["complaint.notice", "complaint.tell"]
    assert citizen.says("ส่งเรื่อง").key == "case.say_something"
    assert citizen.says("   ").key == "case.say_something"


def test_the_notice_in_full_is_read_in_passing(citizen, agency):
    citizen.says(DARK)
    assert citizen.says("อ่านเพิ่ม").key == "complaint.notice_in_full"
    assert "ผู้ควบคุมข้อมูลอีกรายหนึ่ง" in citizen.words
    assert len(draft(agency)["parts"]) == 1


def test_a_story_has_an_end(citizen, agency):
    citizen.says("ก" * 3000)
    citizen.says(DARK)
    assert citizen.says("ก" * (LONGEST_STORY - 20)).key == "case.too_long"
    assert len(draft(agency)["parts"]) == 1


def test_a_long_detail_is_refused(citizen):
    _reviewed(citizen)
    citizen.says("แจ้งแทนผู้อื่น")
    assert citizen.says("ก" * 201).key == "case.too_long"


def test_twenty_photos_are_enough(citizen, agency):
    for _ in range(20):
        sends(citizen)
    assert sends(citizen).key == "complaint.too_many"
    assert len(agency.evidence.kept) == 20


def test_an_album_is_answered_once_with_the_notice(citizen, agency):
    replies = [sends(citizen, imageSet={"id": "set", "index": no, "total": 3}) for no in (1, 2, 3)]
    assert [keys(one) for one in replies] == [[], [], ["complaint.notice", "complaint.so_far"]]
    assert all(one.tasks for one in replies)
    assert here(replies[2]) == [("photos_and_more", 3)]


def test_what_is_too_large_is_said_and_nothing_is_lost(citizen, agency):
    citizen.says(DARK)
    assert sends(citizen, "file", fileName="a.zip", fileSize=90 * MB).key == "evidence.too_large"
    assert draft(agency)["sent"] == []


def test_a_photo_at_a_question_is_taken_and_the_question_asked_again(citizen, agency):
    tells(citizen, DARK, "ส่งเรื่อง")
    assert sends(citizen).key == "complaint.which_category"
    assert len(draft(agency)["sent"]) == 1


# ── taken back


def test_a_bubble_that_is_unsent_leaves_nothing(citizen, agency):
    _, first = types(citizen, DARK)
    types(citizen, "ดับมา 3 วัน")
    assert unsends(citizen, first).bubbles == ()
    assert "วัด" not in agency.places.kept["somchai"]
    assert citizen.says("ส่งเรื่อง").key == "complaint.which_village"  # what it told is unknown again


def test_a_photo_that_is_unsent_is_deleted(citizen, agency):
    sends(citizen)
    (one,) = agency.evidence.kept.values()
    unsends(citizen, one.message)
    assert agency.evidence.get(one.id).stage is Stage.GONE
    assert draft(agency)["sent"] == []


def test_what_another_sent_is_not_theirs_to_unsend(citizen, talk, agency):
    sends(talk(NEIGHBOUR, user="U2"))
    (one,) = agency.evidence.kept.values()
    citizen.says(DARK)
    unsends(citizen, one.message)
    assert agency.evidence.get(one.id).live


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
    assert (gone.key, gone.taps[0].to) == ("complaint.put_away", "office.corruption")
    assert not agency.places.kept
    assert [one.stage for one in agency.evidence.kept.values()] == [Stage.GONE]
    assert citizen.taps(gone.taps[0]).key == "office.corruption"


# ── by officers, and by those who work there


def test_an_officer_writes_down_who_came_to_the_counter(officer, agency):
    asked = officer.says("รับเรื่องจากช่องทางอื่น")
    assert asked.key == "complaint.which_way_in"
    assert len([tap for tap in asked.taps if isinstance(tap, Answer)]) == 5
    assert keys(officer.answers("counter")) == ["complaint.write_it_down", "complaint.tell"]
    officer.says(DARK)
    assert officer.says("ส่งเรื่อง").key == "complaint.who_came"
    assert officer.says("นางมา").key == "complaint.which_category"
    assert officer.answers("street_light_electric").key == "complaint.contact_of_person"
    shown = officer.says("0812345678")
    assert "แจ้งแทนผู้อื่น" not in officer.offered(shown)
    filed = officer.says("ส่ง")
    (case,) = cases(agency)
    assert (case.channel, case.reporter, case.entered_by) == (Channel.COUNTER, "", "officer")
    assert (case.on_behalf_of, case.contact) == ("นางมา", "0812345678")
    assert filed.notices == ()  # who entered it knows
    assert officer.offered(filed) == ["เมนู"]


@pytest.mark.parametrize("roles", [(), (Role.STAFF,), (Role.EXECUTIVE,), (Role.INTEGRITY,)])
def test_nobody_else_enters_cases(talk, roles):
    assert talk(a_person(*roles)).says("รับเรื่องจากช่องทางอื่น").key == "help.not_allowed"


def test_an_officer_who_complains_in_the_chat_is_a_reporter(officer, agency):
    officer.says(DARK)
    sends(officer)
    assert [one.case for one in agency.evidence.kept.values()] == [DRAFT]
    _filed_from_here(officer)
    assert (cases(agency)[0].reporter, cases(agency)[0].entered_by) == ("officer", "")


# ── what an officer asked for


def test_what_comes_while_a_case_waits_may_go_into_it(citizen, officer, agency):
    _filed(citizen)
    (case,) = cases(agency)
    officer.taps("casework.one", id=case.id)
    agency.cases.save(replace(case, state=State.WAITING, waiting_since=TODAY))
    first = citizen.says(DARK)
    assert citizen.offered(first)[2] == f"เพิ่มใน {case.ticket}"
    reply = citizen.taps(first.taps[2])
    assert (reply.key, [one.to.id for one in reply.notices]) == ("following.added", ["officer"])
    (case,) = cases(agency)
    assert (case.state, [line.words for line in case.talk]) == (State.WORKING, [DARK, "tell_more"])


def test_a_photo_that_could_not_be_kept_is_nothing_to_send(citizen, agency):
    sends(citizen)
    (one,) = agency.evidence.kept.values()
    agency.evidence.save(one.refused("evidence.not_fetched"))
    citizen.says("ส่งเรื่อง")
    citizen.answers("problem")
    tells(citizen, "ข้าม", "ข้าม")
    citizen.answers("other")
    citizen.answers("animals")
    tells(citizen, "ตอบในแชทนี้")
    assert citizen.says("ส่ง").key == "case.say_something"
    assert not cases(agency)


def test_a_pin_goes_into_the_case_too(citizen, agency):
    _filed(citizen)
    (case,) = cases(agency)
    agency.cases.save(replace(case, state=State.WAITING, waiting_since=TODAY))
    pins(citizen)
    citizen.taps(citizen.says(DARK).taps[1])
    assert "8.50000, 98.30000" in cases(agency)[0].talk[0].words


def test_officers_find_the_way_in_at_the_desk(officer, talk):
    assert "งานประชาชน" in officer.offered(officer.says("งานสำนักงาน"))
    assert "รับเรื่องจากช่องทางอื่น" in officer.offered(officer.says("งานประชาชน"))
    executive = talk(a_person(Role.EXECUTIVE), user="U9")
    assert "รับเรื่องจากช่องทางอื่น" not in executive.offered(executive.says("งานประชาชน"))


def test_a_tap_to_a_case_of_another_is_as_wrong_as_one_to_none(citizen, talk, agency):
    _filed(talk(NEIGHBOUR, user="U2"))
    citizen.says(DARK)
    told = [citizen.answers(f"into:{one}") for one in (cases(agency)[0].id, "none")]
    assert [(one.key, one.facts) for one in told] == [("case.not_found", {})] * 2


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


def test_what_there_is_none_of_is_not_counted(citizen):
    citizen.says(DARK)
    assert "รับไว้แล้ว: ข้อความ 1 เพิ่มได้อีก" in citizen.words


# ── few messages a month


def test_who_was_told_today_and_has_not_looked_is_not_told_again(citizen, officer, agency):
    assert [one.to.id for one in _filed(citizen).notices] == ["officer"]
    assert not _filed(citizen).notices
    first, second = cases(agency)
    officer.taps("casework.one", id=first.id)
    assert "ยังมีเรื่องที่ไม่มีผู้รับอีก 1 เรื่อง" in officer.words
    assert [one.to.id for one in _filed(citizen).notices] == ["officer"]
    officer.says("เรื่องร้องเรียน")
    officer.taps("casework.one", id=second.id)
    assert "ยังมีเรื่อง" not in officer.words, "they have seen the list"


def test_on_another_day_they_are_told_again(citizen, officer, agency):
    _filed(citizen)
    citizen.today = TODAY + timedelta(days=1)
    assert [one.to.id for one in _filed(citizen).notices] == ["officer"]
