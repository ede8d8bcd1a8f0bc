"""The door: the safest way first, and what is to be known before anything is told."""

import pytest

from handlers.kit import Link
from tests.handlers.disclosing.telling import BACK, NAMELESS, draft
from tests.handlers.receivers import (
    FORM,
    NARI,
    STORY,
    an_office_that_receives,
    talking,
)
from tests.talk import Reading

# ── the door


def test_the_safest_way_is_offered_first():
    reply = talking(an_office_that_receives(form=FORM)).says("จะแจ้งทุจริต")
    assert reply.taps[0] == Link(reply.taps[0].label, FORM)
    talk = talking(an_office_that_receives(form=FORM))
    assert talk.offered(talk.says("จะแจ้งทุจริต")) == [
        "แจ้งทางเว็บ (แนะนำ)", NAMELESS, BACK, "ติดตามด้วยรหัส", "หน่วยงานภายนอก", "ยกเลิก",
    ]  # fmt: skip


def test_what_line_and_the_phone_keep_is_said_before_anything_is_asked(teller):
    teller.says("จะแจ้งทุจริต")
    assert "LINE และโทรศัพท์ของท่านยังมีข้อความเหล่านี้" in teller.words
    assert "ไม่อาจรับรองความปลอดภัย" in teller.words
    assert "ระเบียบการเก็บเอกสาร" in teller.words
    assert "แจ้งทางเว็บ" not in teller.words  # where there is none, none is praised


def test_a_computer_shows_no_buttons_but_the_card_has_the_form():
    talk = talking(an_office_that_receives(form=FORM))
    (tap,) = talk.says("จะแจ้งทุจริต").bubbles[0].taps
    assert tap.uri == FORM


def test_the_menu_leads_to_the_door(teller):
    menu = teller.says("เมนู")
    assert "แจ้งเบาะแสทุจริต" in teller.offered(menu)
    assert teller.says("แจ้งเบาะแสทุจริต").key == "disclosure.before_you_tell"


@pytest.mark.parametrize("with_form", [True, False])
def test_where_nobody_receives_it_the_bodies_outside_are_shown(with_form):
    store = an_office_that_receives(form=FORM if with_form else "")
    store.disclosures.with_key = []
    talk = talking(store)
    reply = talk.says(STORY)
    assert [one.key for one in reply.bubbles] == ["disclosure.no_receiver", "disclosure.outside"]
    assert "tel:1205" in [tap.uri for tap in reply.taps if isinstance(tap, Link)]
    assert not store.places.kept


def test_in_a_group_one_is_asked_to_come_to_the_private_chat(agency):
    group = talking(agency, group="C1")
    assert group.means("report_corruption").key == "help.come_private"
    assert group.says(STORY).bubbles == ()
    assert not agency.places.kept


def test_a_receiver_finds_their_list_at_the_door_too(agency):
    talk = talking(agency, NARI)
    assert [tap.to for tap in talk.says("จะแจ้งทุจริต").taps if getattr(tap, "to", "").startswith("integrity.")]


def test_what_means_something_else_leaves_the_door(teller):
    teller.says("จะแจ้งทุจริต")
    assert teller.says("ไฟถนนดับหน้าวัด").key == "complaint.notice"
    assert teller.says("xyz").key == "complaint.so_far"


@pytest.mark.parametrize("intent", ["ask_service_info", "file_complaint"])
def test_a_story_that_speaks_of_permits_or_roads_is_no_other_wish_at_the_door(teller, agency, intent):
    said = "เจ้าหน้าที่เก็บค่ากาแฟก่อนออกใบอนุญาตก่อสร้าง"
    teller._understanding.told[said] = Reading(intent, confidence=0.9)
    teller.says("จะแจ้งทุจริต")
    assert teller.says(said).key == "disclosure.choose_first"
    assert [words for _, words in draft(agency)["first"]] == [said]


def test_a_word_that_is_no_way_is_refused(teller):
    teller.says("จะแจ้งทุจริต")
    assert teller.says("อะไรก็ได้").key in {"disclosure.one_of_the_ways", "disclosure.choose_first"}
    assert teller.answers("nonsense").key == "disclosure.one_of_the_ways"


# ── where staff read the chat


def test_where_staff_read_the_chat_a_form_closes_the_ways_in_line():
    store = an_office_that_receives(form=FORM, chat="chat")
    talk = talking(store)
    reply = talk.says(STORY)
    assert talk.offered(reply) == ["แจ้งทางเว็บ (แนะนำ)", "ติดตามด้วยรหัส", "หน่วยงานภายนอก"]
    assert "อ่านทุกข้อความในแชทนี้ได้" in talk.words
    assert "ไม่รับแจ้งเบาะแสในแชทนี้" in talk.words
    assert reply.then is None
    assert not store.places.kept


def test_where_staff_read_the_chat_and_there_is_no_form_it_is_warned_about_once():
    store = an_office_that_receives(chat="chat")
    talk = talking(store)
    talk.says("จะแจ้งทุจริต")
    assert "อ่านทุกข้อความในแชทนี้ได้" in talk.words
    assert talk.says(NAMELESS).key == "disclosure.watched_go_on"
    assert talk.says("อะไรนะ").key == "disclosure.one_of_these"
    assert talk.says("เล่าต่อ").key == "disclosure.ask_about"
