"""What nobody would tap or type, at the desk of the receivers and elsewhere: it is refused, and nothing stops."""

import pytest

from itadomain.integrity.disclosure import Accused, Outcome, State, Way
from itadomain.integrity.outside import LONGEST_NAME, Outside, keep
from itadomain.organisation import Unit
from itadomain.people import Role
from tests.fakes import a_person
from tests.handlers.disclosures import (
    ADMIN,
    BEN,
    CAT,
    NAME,
    WHAT,
    a_disclosure,
    does,
    kept,
    talk_of,
)
from tests.handlers.receivers import an_office_that_receives, talking
from tests.talk import NOW

#: More figures than Python reads as a number, and as many as LINE lets through.
BEYOND_COUNTING = "1" * 5000
FAR = str(10**25)


def test_a_number_beyond_counting_picks_nothing_of_a_list(ann, disclosure):
    ann.taps("integrity.all")
    assert ann.says(BEYOND_COUNTING).key == "integrity.which_one"


def test_a_number_beyond_counting_is_no_ready_sentence(ann, disclosure):
    assert does(ann, disclosure, "ตอบผู้แจ้ง", BEYOND_COUNTING).key == "case.too_long"
    ann.answers(FAR)
    assert ann.asked_by == "integrity_moves.hear_words"


def test_a_page_that_is_not_there_shows_nothing_and_ends_nothing(agency, ann, disclosure):
    ann.taps("integrity.all")
    assert ann.answers(f"page:{FAR}").key == "integrity.not_found"
    ann.answers("page:9")
    assert WHAT not in ann.words
    ann.taps("integrity.said", id=disclosure, page=FAR)
    assert WHAT in ann.words


def test_years_and_days_beyond_counting_are_not_kept(agency):
    admin = talk_of(agency, ADMIN)
    admin.taps("retention.years")
    admin.answers("problem")
    assert admin.says(BEYOND_COUNTING).key == "retention.how_many"
    admin.taps("receivers.days")
    assert admin.says(BEYOND_COUNTING).key == "categories.a_number"


@pytest.mark.parametrize("post", [Role.OFFICER, Role.EXECUTIVE, Role.INTEGRITY])
def test_whoever_lost_the_post_meanwhile_sets_no_years(agency, post):
    admin = talk_of(agency, ADMIN)
    admin.taps("retention.years")
    admin.answers("problem")
    agency.people.save(a_person(post, key="admin"))
    assert admin.says("1").key in {"retention.nothing", "help.not_allowed"}
    assert agency.settings.get("keep_years:problem") == ""


def test_a_body_outside_of_a_long_name_can_be_named(agency, ann, disclosure):
    longest = "สำนักงาน" + "ก" * (LONGEST_NAME - len("สำนักงาน"))
    keep(agency.settings, [Outside("ศูนย์ดำรงธรรม", "1567"), Outside(longest, "1157")])
    asked = does(ann, disclosure, "ปิดเรื่อง", "ปิดเรื่อง: ที่อื่นรับ")
    assert ann.answers("3").key == "integrity.which_body"
    ann.taps(asked.taps[1])
    ann.says("แจ้งที่นั่นได้ค่ะ")
    assert ann.says("ส่งเลย").key == "integrity.closed"
    found = kept(agency, disclosure)
    assert (found.standing.state, found.standing.outcome) == (State.CLOSED, Outcome.BEYOND)
    assert found.talk[-1].words == f"{longest} 1157"


@pytest.mark.parametrize("page", range(4))
def test_every_page_of_many_units_fits_under_a_question(agency, ann, page):
    for no in range(30):
        agency.units.save(Unit(f"u{no}", f"หน่วยที่ {no}"))
    ann.taps("integrity_entry.start")
    ann.says("หนังสือ")
    ann.answers(f"page:{page}")
    assert ann.asked_by == "integrity_entry.hear_whom"


def test_nobody_of_many_units_is_forgotten(agency, ann):
    units = [Unit(f"u{no}", f"หน่วยที่ {no}") for no in range(12)]
    for one in units:
        agency.units.save(one)
    ann.taps("integrity_entry.start")
    ann.says("หนังสือ")
    for one in units:
        ann.says(one.name)
    ann.says("ต่อไป")
    ann.says(WHAT)
    ann.says("ข้าม")
    ann.says("บันทึก")
    ((draft, _),) = agency.disclosures.new.values()
    assert draft.accused == Accused(frozenset(one.id for one in units))


def test_a_unit_that_is_not_there_is_nobody_it_is_about():
    agency = an_office_that_receives()
    talk = talking(agency)
    talk.says("จะแจ้งทุจริต")
    talk.says("แจ้งในแชทนี้ ไม่มีชื่อ")
    assert talk.answers("unit:gone").key == "disclosure.one_of_these"
    assert talk.asked_by == "disclosure.hear_about"
    for _ in range(2):
        talk.answers("unit:กองช่าง")
        said = talk.says("เพิ่มชื่อหรือหน่วย")
    assert said.key == "disclosure.ask_about"
    assert agency.places.of("teller", NOW).draft["units"] == ["กองช่าง"]


def test_nobody_agrees_to_a_reason_that_they_did_not_read(agency, ann):
    """Refused by another meanwhile, and asked for anew with another reason."""
    one = a_disclosure(agency, Way.NAMED, name=NAME)
    ben, cat = talk_of(agency, BEN), talk_of(agency, CAT)
    asks(ann, one, "ต้องนัดให้ถ้อยคำ")
    for other in (ben, cat):
        other.taps("integrity_reveal.look", id=one)
    cat.says("ไม่ยินยอม")
    cat.says("ไม่จำเป็น")
    ann.now += 60_000
    asks(ann, one, "อยากรู้ว่าใคร")
    assert ben.says("ยินยอม").key == "integrity.not_asked"
    assert not kept(agency, one).reveal.agreed
    ben.taps("integrity_reveal.look", id=one)
    assert "อยากรู้ว่าใคร" in ben.words
    ben.says("ยินยอม")
    assert kept(agency, one).reveal.agreed_by == "ben"


def asks(talk, disclosure, reason):
    talk.taps("integrity_reveal.ask_who", id=disclosure)
    talk.says(reason)
