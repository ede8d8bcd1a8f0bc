"""Who brought a disclosure is seen with a reason and another's consent; alone, a day later; each look written down."""

import pytest

from itadomain.integrity.disclosure import Way
from tests.fakes import TODAY, a_person
from tests.handlers.disclosures import (
    ANN,
    BEN,
    CAT,
    CONTACT,
    NAME,
    a_disclosure,
    an_office_of_disclosures,
    audited,
    kept,
    talk_of,
)

REASON = "ต้องนัดให้ถ้อยคำ"
A_DAY = 24 * 60 * 60 * 1000


@pytest.fixture
def agency():
    return an_office_of_disclosures()


@pytest.fixture
def named(agency):
    return a_disclosure(agency, Way.NAMED, name=NAME, contact=CONTACT, person="villager")


def asks(agency, one):
    ann = talk_of(agency, ANN)
    ann.taps("integrity_reveal.look", id=one)
    ann.says("ขอดูชื่อ")
    ann.taps("integrity_reveal.ask_who", id=one)
    return ann.says(REASON)


def alone(agency):
    """Nobody else receives any more."""
    for gone in (BEN, CAT):
        agency.people.save(a_person(key=gone.id))


def test_until_it_is_agreed_no_step_shows_the_name(agency, named):
    ann = talk_of(agency, ANN)
    for step in ("integrity.all", "integrity.one", "integrity.said", "integrity_readers.of_one", "integrity_reveal.look",
                 "integrity_reveal.ask_who", "integrity_reveal.alone", "integrity_reveal.see"):  # fmt: skip
        ann.taps(step, id=named)
        assert NAME not in ann.words
        assert CONTACT not in ann.words
        agency.places.clear("ann")
    ann.taps("integrity.one", id=named)
    assert "ผู้แจ้งบอกชื่อไว้ (ยังไม่เปิด)" in ann.words


def test_who_asks_gives_a_reason_and_the_others_hear_that_something_waits(agency, named):
    asked = asks(agency, named)
    assert {(one.to.id, one.reply.key) for one in asked.notices} == {
        ("ben", "integrity.something_waits"), ("cat", "integrity.something_waits"), ("villager", "integrity.news"),
    }  # fmt: skip
    code = next(code for code, of in agency.disclosures.codes.items() if of == named)
    assert agency.disclosures.by_code(code).reveal.reason == REASON, "its reporter reads it under the code"
    assert ("asked_who", "ann", named) in audited(agency)


def test_an_empty_reason_is_none(agency, named):
    ann = talk_of(agency, ANN)
    ann.taps("integrity_reveal.ask_who", id=named)
    assert ann.says("   ").key == "case.say_something"
    assert kept(agency, named).reveal is None


def test_another_agrees_and_then_it_is_seen_and_each_look_is_written_down(agency, named):
    asks(agency, named)
    ben = talk_of(agency, BEN)
    ben.taps("integrity_reveal.look", id=named)
    assert REASON in ben.words
    assert ANN.name in ben.words
    agreed = ben.says("ยินยอม")
    assert {(one.to.id, one.reply.key) for one in agreed.notices} == {
        ("ann", "integrity.something_waits"), ("villager", "integrity.news"),
    }  # fmt: skip
    ann = talk_of(agency, ANN)
    shown = ann.taps("integrity_reveal.see", id=named)
    assert NAME in ann.words
    assert CONTACT in ann.words
    assert "villager" not in ann.words
    assert shown.bubbles[0].summary.key == "integrity.opened", "no name stands on a lock screen"
    assert audited(agency)[-1] == ("shown_who", "ann", named)


def test_another_does_not_agree_and_its_reporter_reads_that_it_was_not_seen(agency, named):
    asks(agency, named)
    ben = talk_of(agency, BEN)
    ben.taps("integrity_reveal.look", id=named)
    ben.says("ไม่ยินยอม")
    refused = ben.says("ไม่จำเป็น")
    assert {one.to.id for one in refused.notices} == {"ann", "villager"}
    found = kept(agency, named)
    assert found.reveal is None
    code = next(code for code, of in agency.disclosures.codes.items() if of == named)
    (read,) = agency.disclosures.by_code(code).talk
    assert "ชื่อของท่านจึงยังไม่ถูกเปิดดู" in read.words
    assert talk_of(agency, ANN).taps("integrity_reveal.see", id=named).key == "integrity.not_agreed"


def test_who_asked_does_not_agree_with_themselves(agency, named):
    asks(agency, named)
    ann = talk_of(agency, ANN)
    assert ann.taps("integrity_reveal.look", id=named).key == "integrity.who_is_asked"
    assert ann.taps("integrity_reveal.see", id=named).key == "integrity.not_agreed"
    ann.now += 2 * A_DAY
    assert ann.taps("integrity_reveal.alone", id=named).key == "integrity.another_agrees"
    assert kept(agency, named).reveal.agreed is False


def test_where_nobody_else_is_there_a_day_passes_first(agency, named):
    alone(agency)
    asks(agency, named)
    ann = talk_of(agency, ANN)
    assert ann.taps("integrity_reveal.look", id=named).key == "integrity.wait_a_day"
    assert ann.taps("integrity_reveal.alone", id=named).key == "integrity.a_day_later"
    ann.now += A_DAY - 60_000
    assert ann.taps("integrity_reveal.alone", id=named).key == "integrity.a_day_later"
    ann.now += 60_000
    ann.taps("integrity_reveal.look", id=named)
    assert ann.says("เมนู").key == "help.menu"
    assert ann.taps("integrity_reveal.alone", id=named).key == "integrity.agreed"
    ann.taps("integrity_reveal.see", id=named)
    assert NAME in ann.words
    assert [deed for deed, _, _ in audited(agency) if deed.endswith("who")] == ["asked_who", "asked_who", "shown_who"]


def test_one_is_asked_for_once(agency, named):
    asks(agency, named)
    ben = talk_of(agency, BEN)
    ben.taps("integrity_reveal.ask_who", id=named)
    assert ben.says("ด้วย").key == "integrity.asked_already"


@pytest.mark.parametrize("way", [Way.WEB, Way.CHAT, Way.NOTICE])
def test_where_no_name_was_told_there_is_nothing_to_see(agency, way):
    one = a_disclosure(agency, way, **({"person": "villager"} if way is Way.NOTICE else {}))
    ann = talk_of(agency, ANN)
    opened = ann.taps("integrity.one", id=one)
    assert "ผู้แจ้งคือใคร" not in ann.offered(opened)
    assert ann.taps("integrity_reveal.look", id=one).key == "integrity.no_name"
    ann.taps("integrity_reveal.ask_who", id=one)
    assert ann.says(REASON).key == "integrity.no_name"
    assert "villager" not in ann.words


def test_an_answer_to_nothing_is_none(agency, named):
    ben = talk_of(agency, BEN)
    asks(agency, named)
    ben.taps("integrity_reveal.look", id=named)
    assert ben.says("อืม").key == "integrity.agree_or_not"
    ben.says("ยินยอม")
    cat = talk_of(agency, CAT)
    assert cat.taps("integrity_reveal.look", id=named).key == "integrity.may_be_seen"
    assert kept(agency, named).reveal.agreed_by == "ben"
    assert TODAY.isoformat() in kept(agency, named).reveal.asked_at


def test_what_was_asked_by_who_reads_it_no_more_is_asked_anew(agency, named):
    """Else whoever takes out the one who asked would see the name with nobody beside them."""
    asks(agency, named)
    agency.people.save(a_person(key="cat"))
    ben = talk_of(agency, BEN)
    ben.taps("integrity_reveal.look", id=named)
    card_of_the_past = ben.asked_by
    agency.disclosures.give_back(named, "ann")
    assert card_of_the_past == "integrity_reveal.answer"
    assert ben.says("ยินยอม").key == "integrity.not_asked"
    assert ben.taps("integrity_reveal.look", id=named).key == "integrity.name_is_sealed"
    ben.taps("integrity_reveal.ask_who", id=named)
    assert ben.says(REASON).key == "integrity.wait_a_day"
    assert ben.taps("integrity_reveal.alone", id=named).key == "integrity.a_day_later"
    assert not kept(agency, named).reveal.agreed
