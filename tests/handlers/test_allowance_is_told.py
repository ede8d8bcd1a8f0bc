"""An administrator asks how many messages are left, and is told before reminders stop."""

from datetime import date, timedelta

import pytest

from handlers import FEATURES
from handlers.kit import Tick
from handlers.schedule.allowance import look_ahead, warn
from itadomain.allowance import Allowance
from itadomain.fiscal import FiscalYear
from itadomain.people import Role
from itadomain.plans import keep_plan
from tests.fakes import UNITS, a_measure, a_person
from tests.talk import Talk, texts

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


def test_when_the_plan_of_the_account_becomes_smaller_administrators_hear_once(agency):
    agency.people.meet("U1", a_person(Role.ADMIN))
    tuesdays = [MONDAY + timedelta(days=1)] * 2
    heard = []
    for most in (35_000, 35_000, 300, 300, 500):
        agency.known_allowance = Allowance(most, 0)
        heard += [notice.reply.facts for day in tuesdays for notice in look_ahead(Tick(day, agency))]
    assert heard == [{"before": 35_000, "most": 300}]


def test_the_clock_knows_the_jobs():
    """Half past eight: of this month on Mondays, of the account's plan and the next month daily."""
    jobs = {job.run: job.at for job in FEATURES.jobs if job.name.startswith("allowance.")}
    assert {run: (at.hour, at.minute, at.weekday) for run, at in jobs.items()} == {
        warn: (8, 30, MONDAY.weekday()),
        look_ahead: (8, 30, None),
    }


def test_the_script_what_is_kept_back_is_told_and_changed(admin, agency):
    agency.known_allowance = Allowance(300, 42, for_cases=12)
    asked = admin.says("โควตาข้อความ")
    facts = asked.bubbles[1].facts
    assert (facts["percent"], facts["kept"], facts["for_cases"], facts["left"]) == (20, 48, 12, 210)
    assert asked.bubbles[1].key == "allowance.kept_back", "of nobody who waits there is nothing to say"
    assert " 0 คน" not in admin.words
    assert admin.taps(asked.taps[0]).key == "allowance.how_much"
    assert admin.says("ร้อยละ ๓๐").key == "allowance.kept"
    assert admin.says("โควตาข้อความ").bubbles[1].facts["kept"] == 78


@pytest.mark.parametrize("said", ["91", "มาก", "-5", "๑๐๐"])
def test_what_is_no_percentage_is_asked_again(admin, agency, said):
    admin.taps("allowance.keep_back")
    assert admin.says(said).key == "allowance.which_percent"
    assert admin.says("0").key == "allowance.kept"


def due_in_december(agency):
    """One unit of two people with something due in December; told on the working days from the 25th of November."""
    for unit in UNITS:
        agency.units.save(unit)
    plan = [a_measure(2, plan_year=FiscalYear(2570), follow_up="รายงานทุกเดือน")]
    agency.measures.kept += plan
    keep_plan(agency, plan, UNITS, MONDAY)
    agency.people.meet("U1", a_person(Role.ADMIN, name="ผู้ดูแล"))
    for number, name in enumerate(("สมชาย", "สมศรี")):
        agency.people.meet(f"Us{number}", a_person(Role.STAFF, name=name, unit="กองคลัง"))


WEDNESDAY = date(2026, 11, 25)


def test_before_a_month_that_is_too_short_administrators_hear_of_it_once(agency):
    due_in_december(agency)
    agency.known_allowance = Allowance(1, 0)
    (told,) = look_ahead(Tick(WEDNESDAY, agency))
    assert told.reply.key == "allowance.next_short"
    assert "สม" not in texts().tell(told.reply.bubbles[0].summary, "th", "")  # a lock screen shows it
    assert {row.label for row in told.reply.bubbles[0].rows} == {"สมชาย", "สมศรี"}
    assert look_ahead(Tick(date(2026, 11, 26), agency)) == []


def test_it_is_not_told_before_the_25th_nor_on_a_day_off_nor_where_there_is_no_limit(agency):
    due_in_december(agency)
    agency.known_allowance = Allowance(300, 0)
    assert look_ahead(Tick(date(2026, 11, 24), agency)) == []
    assert look_ahead(Tick(date(2026, 11, 28), agency)) == []
    agency.known_allowance = Allowance(None, 0)
    assert look_ahead(Tick(WEDNESDAY, agency)) == []
    agency.known_allowance = Allowance(300, 0)
    (told,) = look_ahead(Tick(date(2026, 11, 30), agency))
    assert told.reply.key == "allowance.next_suffices"


@pytest.mark.parametrize(("known", "key"), [
    (Allowance(300, 0), "allowance.next_suffices"), (Allowance(2, 0), "allowance.next_short"),
    (Allowance(None, 0), "allowance.next_unlimited"), (None, "allowance.next_unlimited"),
])  # fmt: skip
def test_it_is_answered_at_any_time(talk, agency, known, key):
    due_in_december(agency)
    agency.known_allowance = known
    assert Talk(agency, a_person(Role.ADMIN), user="U9").says("เดือนหน้าเตือนครบไหม").key == key
