"""With a way back, and who may tell at all."""

import pytest

from itadomain.integrity.disclosure import Identity, Way
from itadomain.integrity.receipts import code_in, printed
from itadomain.people import Role
from tests.fakes import a_person
from tests.handlers.disclosing.telling import BACK, NAMELESS, in_the_box, tells
from tests.handlers.receivers import (
    MAYOR,
    NARI,
    STORY,
    WICHAI,
    an_office_that_receives,
    talking,
    told_whole,
)

# ── with a way back


def test_the_not_named_way_says_what_it_keeps_and_is_never_called_anonymous(teller, agency):
    teller.says("จะแจ้งทุจริต")
    assert teller.says(BACK).key == "disclosure.how_back"
    assert "ตัวเชื่อมถึงท่าน" in teller.words
    assert "ไม่ใช่แบบไม่มีชื่อ" in teller.words
    tells(teller, "แจ้งเตือนอย่างเดียว", "กองคลัง", "เล่าต่อ", STORY, "ข้าม", "ข้าม", "ข้าม", "ส่ง")
    told = in_the_box(agency)[1]
    assert (told.way, told.identity) == (Way.NOTICE, Identity(person="teller"))


def test_a_name_and_a_way_to_reach_them_are_asked_last(teller, agency):
    tells(teller, "จะแจ้งทุจริต", BACK, "บอกชื่อหรือเบอร์", "กองคลัง", "เล่าต่อ", STORY, "ข้าม", "ข้าม")
    assert teller.says("ข้าม").key == "disclosure.ask_name"
    assert teller.says("ก" * 201).key == "integrity.too_long"
    assert teller.says("สมศรี").key == "disclosure.ask_contact"
    assert teller.says("081 234 5678").key == "disclosure.review"
    tells(teller, "แก้ไข", "ชื่อ", "สมใจ", "ส่ง")
    told = in_the_box(agency)[1]
    assert (told.way, told.identity) == (Way.NAMED, Identity("สมใจ", "081 234 5678", "teller"))


def test_whoever_tells_neither_is_only_told_of_news(teller, agency):
    tells(teller, "จะแจ้งทุจริต", BACK, "บอกชื่อหรือเบอร์", "กองคลัง", "เล่าต่อ", STORY, "ข้าม", "ข้าม", "ข้าม")
    tells(teller, "ข้าม", "ข้าม", "ส่ง")
    told = in_the_box(agency)[1]
    assert (told.way, told.identity) == (Way.NOTICE, Identity(person="teller"))


def test_a_way_back_is_tapped(teller):
    tells(teller, "จะแจ้งทุจริต", BACK)
    assert teller.says("ทางไหนก็ได้").key == "disclosure.one_of_these"


# ── everybody


@pytest.mark.parametrize("role", [*Role])
def test_everyone_may_tell(agency, role):
    who = a_person(role, key="insider", name="อีกคน")
    agency.people.meet("Uinsider", who)
    talk = talking(agency, who)
    assert told_whole(talk).key == "disclosure.review"


def test_a_receiver_who_is_no_more_gets_no_key(agency, teller):
    told_whole(teller)
    agency.people.save(a_person(key=WICHAI.id))
    teller.says("ส่ง")
    assert in_the_box(agency)[2] == {"nari"}


def test_where_the_last_receiver_is_gone_meanwhile_it_is_not_sent(agency, teller):
    told_whole(teller)
    for one in (NARI, WICHAI):
        agency.people.save(a_person(key=one.id))
    reply = teller.says("ส่ง")
    assert (reply.key, reply.bubbles[0].warning.key) == ("disclosure.review", "disclosure.nobody_may_read")
    assert not agency.disclosures.new


def test_an_executive_among_the_receivers_is_left_out_where_one_is_meant(teller):
    both = a_person(Role.INTEGRITY, Role.EXECUTIVE, key="both", name="อำนาจ")
    talk = talking(an_office_that_receives(both, NARI))
    assert tells(talk, "จะแจ้งทุจริต", NAMELESS, "ผู้บริหาร").facts["count"] == 1
    assert MAYOR.id != both.id


def test_the_code_of_the_fake_is_one(agency):
    assert code_in(printed(agency.disclosures.new_code()))
