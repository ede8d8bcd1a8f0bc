"""An administrator asks how many messages are left, and is told before reminders stop."""

from datetime import date

import pytest

from handlers import FEATURES
from handlers.allowance import warn
from handlers.kit import Tick
from itadomain.allowance import Allowance
from itadomain.people import Role
from tests.fakes import a_person
from tests.talk import Talk

MONDAY = date(2026, 11, 23)
ASKED = {
    "allowance.unknown": None,
    "allowance.left": Allowance(300, 42),
    "allowance.short": Allowance(300, 258),
    "allowance.used_up": Allowance(300, 309),
    "allowance.unlimited": Allowance(None, 258),
}


@pytest.fixture
def admin(talk):
    return talk(a_person(Role.ADMIN))


@pytest.mark.parametrize("key", ASKED)
def test_the_script_an_administrator_asks_what_is_left(admin, agency, key):
    agency.known_allowance = ASKED[key]
    assert admin.says("โควตาข้อความ").key == key


def test_the_figures_are_those_of_the_account(admin, agency):
    agency.known_allowance = Allowance(300, 42)
    admin.says("โควตาข้อความ")
    assert "258 จาก 300" in admin.words
    agency.known_allowance = Allowance(300, 258)
    admin.says("โควตาข้อความ")
    assert "42 จาก 300" in admin.words
    agency.known_allowance = Allowance(None, 258)
    admin.says("โควตาข้อความ")
    assert "258" in admin.words


def under_the_answer(talk):
    """What stands under the menu, under a greeting, and under what was not understood."""
    return [[one.key for one in talk.means(said).bubbles[1:]] for said in ("help", "greeting", "out_of_scope")]


def test_an_administrator_who_says_anything_is_told_that_all_are_used(admin, agency):
    """It cannot be sent unasked any more."""
    agency.known_allowance = Allowance(300, 300)
    assert under_the_answer(admin) == [["allowance.used_up"]] * 3
    assert "ครบ 300 ข้อความแล้ว" in admin.words


@pytest.mark.parametrize("allowance", [None, Allowance(300, 299), Allowance(None, 10**6)], ids=str)
def test_nothing_stands_under_the_answer_while_one_is_left(admin, agency, allowance):
    agency.known_allowance = allowance
    assert under_the_answer(admin) == [[]] * 3


@pytest.mark.parametrize("roles", [[], *([role] for role in Role if role is not Role.ADMIN)], ids=str)
def test_nobody_else_hears_under_an_answer_that_all_are_used(talk, agency, roles):
    agency.known_allowance = Allowance(300, 300)
    assert under_the_answer(talk(a_person(*roles))) == [[]] * 3


def test_it_is_told_in_the_language_of_who_asks(agency):
    agency.known_allowance = Allowance(300, 42)
    admin = Talk(agency, a_person(Role.ADMIN, language="en"))
    admin.says("message quota")
    assert "258 of 300 notices" in admin.words


@pytest.mark.parametrize("roles", [[], *([role] for role in Role if role is not Role.ADMIN)], ids=str)
def test_nobody_else_is_told(talk, agency, roles):
    agency.known_allowance = Allowance(300, 258)
    other = talk(a_person(*roles))
    assert other.says("โควตาข้อความ").key == "help.not_allowed"
    assert other.taps("allowance.now").key == "help.not_allowed"
    assert "42" not in other.words


def notices(agency):
    return warn(Tick(MONDAY, agency))


def test_every_administrator_is_told_when_four_fifths_are_used_and_nobody_else(agency):
    told = {agency.people.meet(f"U{number}", a_person(Role.ADMIN, Role.STAFF)).id for number in range(3)}
    for role in Role:
        if role is not Role.ADMIN:
            agency.people.meet(f"U{role}", a_person(role))
    agency.people.meet("Ucitizen", a_person())
    agency.known_allowance = Allowance(300, 240)
    assert {notice.to.id for notice in notices(agency)} == told
    assert {(notice.reply.key, notice.reply.facts["left"]) for notice in notices(agency)} == {("allowance.short", 60)}


@pytest.mark.parametrize("allowance", [None, Allowance(300, 239), Allowance(None, 10**6)], ids=str)
def test_nobody_is_told_where_it_is_not_short(agency, allowance):
    agency.people.meet("U1", a_person(Role.ADMIN))
    agency.known_allowance = allowance
    assert notices(agency) == []


def test_an_agency_without_an_administrator_is_told_nothing(agency):
    agency.people.meet("U1", a_person(Role.STAFF))
    agency.known_allowance = Allowance(300, 300)
    assert notices(agency) == []


def test_the_clock_knows_the_job():
    """Monday, half past eight."""
    (job,) = (job for job in FEATURES.jobs if job.name == "allowance.warn")
    assert (job.at.hour, job.at.minute, job.at.weekday) == (8, 30, MONDAY.weekday())
    assert job.run is warn
