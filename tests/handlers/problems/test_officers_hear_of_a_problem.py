"""Those who receive cases hear of one, enter what came another way, and get what they asked for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.kit import Answer
from itadomain.cases.case import Channel, State
from itadomain.cases.categories import Category
from itadomain.evidence import DRAFT
from itadomain.people import Role
from tests.fakes import TODAY, a_person
from tests.handlers.problems.telling import DARK, NEIGHBOUR, cases, files, files_from_here, keys, pins, sends

ENGINEER = a_person(Role.HEAD, unit="กองช่าง", key="engineer", name="วิชัย")
ADMIN = a_person(Role.ADMIN, key="admin", name="สมปอง")


# ── the script


def test_those_who_receive_cases_hear_without_a_word_of_it(citizen, officer, agency):
    filed = files(citizen)
    ((who, told),) = [(one.to.id, one.reply) for one in filed.notices]
    assert who == "officer"
    said = [citizen.voice(words) for words in (told.bubbles[0].summary, told.bubbles[0].title)]
    assert not any(part in " ".join(said) for part in ("ไฟ", "วัด", "69-"))
    assert [(tap.to, tap.values) for tap in told.bubbles[0].taps] == [("casework.one", {"id": cases(agency)[0].id})]


def test_the_unit_of_the_category_hears_in_place_of_the_desk(citizen, officer, talk, agency):
    talk(ENGINEER, user="U7")
    agency.categories.save(Category("street_light_electric", unit="กองช่าง"))
    filed = files(citizen)
    assert [one.to.id for one in filed.notices] == ["engineer"]
    assert cases(agency)[0].unit == "กองช่าง"


def test_where_nobody_receives_cases_the_administrator_hears(talk, agency):
    talk(ADMIN, user="U6")
    assert [one.to.id for one in files(talk()).notices] == ["admin"]


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
    files_from_here(officer)
    assert (cases(agency)[0].reporter, cases(agency)[0].entered_by) == ("officer", "")


# ── what an officer asked for


def test_what_comes_while_a_case_waits_may_go_into_it(citizen, officer, agency):
    files(citizen)
    (case,) = cases(agency)
    officer.taps("casework.one", id=case.id)
    agency.cases.save(replace(case, state=State.WAITING, waiting_since=TODAY))
    first = citizen.says(DARK)
    assert citizen.offered(first)[2] == f"เพิ่มใน {case.ticket}"
    reply = citizen.taps(first.taps[2])
    assert (reply.key, [one.to.id for one in reply.notices]) == ("following.added", ["officer"])
    (case,) = cases(agency)
    assert (case.state, [line.words for line in case.talk]) == (State.WORKING, [DARK, "tell_more"])


def test_a_pin_goes_into_the_case_too(citizen, agency):
    files(citizen)
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
    files(talk(NEIGHBOUR, user="U2"))
    citizen.says(DARK)
    told = [citizen.answers(f"into:{one}") for one in (cases(agency)[0].id, "none")]
    assert [(one.key, one.facts) for one in told] == [("case.not_found", {})] * 2


# ── few messages a month


def test_who_was_told_today_and_has_not_looked_is_not_told_again(citizen, officer, agency):
    assert [one.to.id for one in files(citizen).notices] == ["officer"]
    assert not files(citizen).notices
    first, second = cases(agency)
    officer.taps("casework.one", id=first.id)
    assert "ยังมีเรื่องที่ไม่มีผู้รับอีก 1 เรื่อง" in officer.words
    assert [one.to.id for one in files(citizen).notices] == ["officer"]
    officer.says("เรื่องร้องเรียน")
    officer.taps("casework.one", id=second.id)
    assert "ยังมีเรื่อง" not in officer.words, "they have seen the list"


def test_on_another_day_they_are_told_again(citizen, officer, agency):
    files(citizen)
    citizen.today = TODAY + timedelta(days=1)
    assert [one.to.id for one in files(citizen).notices] == ["officer"]
