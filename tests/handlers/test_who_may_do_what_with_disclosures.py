"""Every role, every step about disclosures: only a receiver who holds a key gets in, all others as if there were none.

The steps are those of the features themselves: a new one is asked the same questions without a change here.
"""

import itertools
from dataclasses import MISSING, fields, replace
from datetime import timedelta

import pytest

from bot.storage.places import Place
from handlers import FEATURES
from handlers.disclosures.integrity_deeds import TAPS
from handlers.kit import pack
from itadomain.cases.case import Line, Voice
from itadomain.integrity.disclosure import Accused, Reveal, Way
from itadomain.people import Post, Role
from tests.fakes import TODAY, a_person
from tests.handlers.disclosures import CONTACT, NAME, WHAT, a_disclosure, an_office_of_disclosures, kept
from tests.talk import NOW, Talk

STEPS = {name: entry for name, entry in FEATURES.steps.items() if name.startswith("integrity")}
STARTED = sorted(name for name, entry in STEPS.items() if entry.starts)
HEARD = sorted(name for name, entry in STEPS.items() if not entry.starts)
NOTE = "บันทึกลับของผู้รับเรื่อง"
SECRETS = (WHAT, NOTE, NAME, CONTACT)
GUESS = "0" * 32
SAID = ("yes", "send", "agree", "refuse", "keep", "on", "beyond", "second", "ขอบคุณครับ")
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)

HOLDING = "holding"
PEOPLE = {
    "stranger": a_person(key="stranger"),
    "staff": a_person(Role.STAFF, unit="กองช่าง", key="staff"),
    "head": a_person(Role.HEAD, unit="กองช่าง", key="head"),
    "officer": a_person(Role.OFFICER, key="officer"),
    "executive": a_person(Role.EXECUTIVE, key="executive"),
    "admin": a_person(Role.ADMIN, key="admin"),
    HOLDING: a_person(Role.INTEGRITY, key=HOLDING, name="ปรีดา สุขใจ"),
    "second": a_person(Role.INTEGRITY, key="second", name="สุดา เที่ยงตรง"),
    "accused": a_person(Role.INTEGRITY, key="accused", name="วิชัย มั่นคง"),
    "late": a_person(Role.INTEGRITY, key="late", name="มาลี มาทีหลัง"),  # who came when it was there already
    "former": a_person(key="former").with_posts([Post(Role.INTEGRITY, until=YESTERDAY)], TODAY),
    "coming": a_person(key="coming").with_posts([Post(Role.INTEGRITY, since=TOMORROW)], TODAY),
}
INSIDE = {HOLDING, "second"}
OUTSIDE = sorted(PEOPLE.keys() - INSIDE)


@pytest.fixture
def agency():
    able = (HOLDING, "second", "accused", "former", "coming")
    return an_office_of_disclosures(*PEOPLE.values(), a_person(key="reporter"), able=able)


@pytest.fixture
def disclosure(agency):
    """About one receiver; two hold a key and the post, two more a key and no post."""
    told = {"name": NAME, "contact": CONTACT, "person": "reporter"}
    one = a_disclosure(agency, Way.NAMED, Accused(words="วิชัย"), **told)
    agency.disclosures.with_key.append("late")
    found = kept(agency, one)
    noted = found.saying(Line(Voice.NOTE, HOLDING, TODAY, NOTE))
    agency.disclosures.kept[one] = replace(noted, readers=found.readers | {"former", "coming"})
    return one


@pytest.fixture(params=PEOPLE)
def who(request):
    return request.param


@pytest.fixture
def talk(agency, who):
    return Talk(agency, None, user=f"U{who}")


def heard_at(agency, who, step, **facts):
    """Somebody stands at a step, with a draft that carries `facts` as far as it takes them."""
    of = STEPS[step].draft
    needed = [one.name for one in fields(of) if one.default is one.default_factory is MISSING] if of else []
    named = {one.name: facts.get(one.name, "") for one in fields(of) if one.name in {*facts, *needed}} if of else {}
    agency.places.put(who, Place(step, pack(of(**named)) if of else {}, {}), NOW)


def told_nothing(talk):
    return not any(secret in talk.words for secret in SECRETS)


def test_the_table_says_who_holds_a_key(agency, disclosure):
    assert kept(agency, disclosure).readers == INSIDE | {"former", "coming"}


@pytest.mark.parametrize("step", STARTED)
def test_a_step_shows_one_only_to_who_holds_a_key_and_the_post(agency, disclosure, who, talk, step):
    before = kept(agency, disclosure)
    talk.taps(step, id=disclosure, page=0)
    reads = who in INSIDE and step in {"integrity.one", "integrity.said"}
    assert (WHAT in talk.words) == reads
    assert NAME not in talk.words
    assert CONTACT not in talk.words
    assert kept(agency, disclosure) == before, "looking changes nothing"


@pytest.mark.parametrize("who", OUTSIDE)
@pytest.mark.parametrize("step", STARTED)
def test_one_that_is_not_theirs_is_refused_as_one_that_is_not_there(agency, disclosure, who, talk, step):
    real = talk.taps(step, id=disclosure).key, talk.words
    agency.places.clear(who)
    assert (talk.taps(step, id=GUESS).key, talk.words) == real
    if Role.INTEGRITY not in PEOPLE[who].roles:
        assert real[0] == "help.not_allowed"


@pytest.mark.parametrize("what", TAPS)
def test_a_forged_deed_does_nothing_where_one_holds_no_key(agency, disclosure, who, talk, what):
    before = kept(agency, disclosure)
    heard_at(agency, who, "integrity_moves.act")
    real = talk.forges(at="integrity_moves.act", a=f"{what}:{disclosure}").key
    words = talk.words
    heard_at(agency, who, "integrity_moves.act")
    guessed = talk.forges(at="integrity_moves.act", a=f"{what}:{GUESS}").key
    if who in INSIDE:
        assert real.startswith("integrity.")
        assert real != guessed
    else:
        assert (real, kept(agency, disclosure)) == (guessed, before)
        assert not any(secret in words for secret in SECRETS)


@pytest.mark.parametrize("who", OUTSIDE)
@pytest.mark.parametrize("step", HEARD)
def test_an_answer_to_a_question_of_old_does_nothing_where_one_holds_no_key(agency, disclosure, who, talk, step):
    """What a question remembers is looked at anew: here by somebody who lost the post or the key meanwhile."""
    agency.disclosures.kept[disclosure] = before = replace(
        kept(agency, disclosure), reveal=Reveal(HOLDING, "เหตุผล", "2026-11-18T09:00")
    )
    facts = {"disclosure": disclosure, "ids": [disclosure], "person": "second", "what": "close", "words": "จบ",
             "outcome": "substantiated", "way": "letter"}  # fmt: skip
    for said, tapped in itertools.product(SAID, (True, False)):
        heard_at(agency, who, step, **facts)
        talk.forges(at=step, a=said) if tapped else talk.says(said)
        assert told_nothing(talk)
        assert kept(agency, disclosure) == before


@pytest.mark.parametrize("step", ["integrity_reveal.see", "integrity_reveal.alone"])
def test_an_agreed_name_is_seen_by_those_who_hold_a_key_alone(agency, disclosure, who, talk, step):
    agency.disclosures.kept[disclosure] = replace(
        kept(agency, disclosure), reveal=Reveal(HOLDING, "เหตุผล", "2026-11-18T09:00", "second")
    )
    talk.taps(step, id=disclosure)
    assert (NAME in talk.words) == (who in INSIDE and step == "integrity_reveal.see")
    assert "reporter" not in talk.words


def test_a_forged_choice_of_the_list_opens_nothing(agency, disclosure, who, talk):
    heard_at(agency, who, "integrity.pick", ids=[disclosure])
    real = talk.forges(at="integrity.pick", a=disclosure).key
    seen = talk.words
    heard_at(agency, who, "integrity.pick", ids=[disclosure])
    guessed = talk.forges(at="integrity.pick", a=GUESS).key
    assert (WHAT in seen) == (who in INSIDE)
    assert who in INSIDE or real == guessed


def test_a_list_holds_ones_own_alone(agency, disclosure, who, talk):
    told = talk.taps("integrity.all")
    assert ("เรื่องที่ 1" in talk.words) == (who in INSIDE)
    if Role.INTEGRITY in PEOPLE[who].roles and who not in INSIDE:
        assert told.bubbles[0].notes == [], "not even that there is one"


def test_the_receiver_of_another_agency_finds_nothing(disclosure):
    other = an_office_of_disclosures(PEOPLE[HOLDING], able=(HOLDING,))
    talk = Talk(other, None, user=f"U{HOLDING}")
    assert talk.taps("integrity.one", id=disclosure).key == "integrity.not_found"


def test_its_reporter_works_on_nothing(agency, disclosure):
    talk = Talk(agency, None, user="Ureporter")
    for step in STARTED:
        assert talk.taps(step, id=disclosure).key == "help.not_allowed"


@pytest.mark.parametrize("step", STARTED)
def test_nothing_of_it_is_said_in_a_group(agency, disclosure, step):
    talk = Talk(agency, None, user=f"U{HOLDING}", group="C1")
    talk.taps(step, id=disclosure)
    talk.means("report_corruption")
    assert told_nothing(talk)


def test_only_receivers_and_administrators_set_up(agency, disclosure, who, talk):
    allowed = bool(PEOPLE[who].roles & {Role.INTEGRITY, Role.ADMIN})
    for name in (name for name in FEATURES.steps if name.startswith("receivers.") and FEATURES.steps[name].starts):
        assert (talk.taps(name, no=1).key == "help.not_allowed") != allowed
        agency.places.clear(who)
        assert told_nothing(talk)


def test_every_question_that_carries_one_was_asked_above():
    """A draft that names a disclosure in another way would slip through."""
    drafts = {entry.draft for entry in STEPS.values() if entry.draft}
    carrying = {draft.__name__ for draft in drafts if {"disclosure", "ids"} & {one.name for one in fields(draft)}}
    assert carrying == {"Listing", "Doing", "Reading", "About"}
    assert {draft.__name__ for draft in drafts} - carrying == {"Entering"}
