"""The figures of a new year name what is open from the years before, and count it in none of its totals."""

from datetime import date

import pytest

from itadomain.cases import following, working
from itadomain.cases.case import Kind
from itadomain.cases.filing import Told, file
from itadomain.cases.moves import Move
from itadomain.cases.working import Word
from tests.fakes import TODAY
from tests.handlers.cases import DESK, MAYOR, VILLAGER, a_case, an_office_of_cases
from tests.talk import Talk

LAST_YEAR = date(2026, 9, 1)  # fiscal year 2569; today lies in 2570


@pytest.fixture
def agency():
    return an_office_of_cases()


@pytest.fixture
def mayor(agency):
    return Talk(agency, MAYOR, user="Umayor")


def rows(reply, talk):
    return {talk.voice(row.label): talk.voice(row.value) for row in reply.bubbles[0].rows}


def test_what_is_open_from_before_stands_apart(agency, mayor):
    for day in (LAST_YEAR, LAST_YEAR, TODAY):
        a_case(agency, today=day)
    file(agency, Told(Kind.REQUEST, ("ขอยืมเต็นท์",)), VILLAGER, LAST_YEAR)
    shown = mayor.taps("figures.of_year")
    told = rows(shown, mayor)
    assert (shown.bubbles[0].number, told["อยู่ระหว่างดำเนินการ"], told["ค้างจากปีก่อน"]) == (1, "1", "2 เรื่อง")
    assert told["คำร้องค้างจากปีก่อน"] == "1 เรื่อง"


def test_what_is_over_is_not_named(agency, mayor):
    answered, taken_back = (a_case(agency, today=LAST_YEAR) for _ in range(2))
    working.step(agency, answered.id, Move.REFUSE, Word("นอกเขต"), DESK, LAST_YEAR)
    following.cancel(agency, taken_back.id, VILLAGER, LAST_YEAR)
    a_case(agency)
    assert "ค้างจากปีก่อน" not in rows(mayor.taps("figures.of_year"), mayor)


def test_a_year_of_nothing_new_still_names_the_old(agency, mayor):
    a_case(agency, today=LAST_YEAR)
    shown = mayor.taps("figures.of_year")
    assert (shown.bubbles[0].number, rows(shown, mayor)["ค้างจากปีก่อน"]) == (0, "1 เรื่อง")


def test_a_year_that_is_over_is_shown_as_it_was_counted(agency, mayor):
    a_case(agency, today=date(2025, 9, 1))
    a_case(agency, today=LAST_YEAR)
    assert "ค้างจากปีก่อน" not in rows(mayor.taps("figures.of_year", year=2569), mayor)
