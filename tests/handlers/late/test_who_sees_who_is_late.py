"""Who looks after the whole sees all, who has a unit sees that unit, nobody else sees anything."""

from datetime import timedelta

import pytest

from itadomain.people import Role
from tests.fakes import a_person
from tests.handlers.plans import WHEN, enrol, nudged, talking
from tests.talk import Talk

SEES_ALL = [
    ((Role.EXECUTIVE,), ""),
    ((Role.ADMIN,), ""),
    ((Role.STAFF,), "u1"),
    ((Role.HEAD,), "u1"),
    ((Role.ADMIN,), "u2"),
]
SEES_OWN = [((Role.HEAD,), "u2"), ((Role.STAFF,), "u2"), ((Role.OFFICER,), "u2"), ((Role.INTEGRITY,), "u2")]
SEES_NOTHING = [((Role.STAFF,), ""), ((Role.HEAD,), ""), ((Role.OFFICER,), ""), ((Role.INTEGRITY,), "")]
OF_THE_WHOLE = ["late.indicators", "late.gaps"]


@pytest.mark.parametrize(("roles", "unit"), SEES_ALL)
def test_who_looks_after_the_whole_sees_all(agency, roles, unit):
    talk = talking(agency, *roles, unit=unit)
    assert talk.means("overdue_list").facts == {"sent": 3, "expected": 7}
    assert talk.taps("late.unit", unit="u3").facts["unit"] == "กองช่าง"
    assert {talk.taps(step).key for step in OF_THE_WHOLE} == {"late.by_indicator", "late.gaps"}


@pytest.mark.parametrize(("roles", "unit"), SEES_OWN)
def test_who_has_a_post_in_a_unit_sees_that_unit_only(agency, roles, unit):
    talk = talking(agency, *roles, unit=unit)
    assert talk.means("overdue_list").facts == {"unit": "กองคลัง", "sent": 2, "expected": 3}
    assert talk.taps("late.unit", unit="u3").key == "late.not_yours"
    assert talk.means("overdue_list", owner="กองช่าง").key == "late.not_yours"
    assert [row.label.facts["no"] for row in talk.taps("late.measures").bubbles[0].rows] == [3]
    assert {talk.taps(step).key for step in OF_THE_WHOLE} == {"late.for_the_whole"}


@pytest.mark.parametrize(("roles", "unit"), SEES_NOTHING)
@pytest.mark.parametrize("step", ["late.overview", "late.unit", "late.measures", "late.nudge", *OF_THE_WHOLE])
def test_who_has_no_unit_sees_nothing(agency, roles, unit, step):
    assert talking(agency, *roles, unit=unit).taps(step, unit="u2").key == "late.not_yours"


@pytest.mark.parametrize("step", ["late.overview", "late.unit", "late.measures", "late.nudge", *OF_THE_WHOLE])
def test_a_citizen_is_sent_away(agency, step):
    talk = Talk(agency, a_person(), today=WHEN)
    assert talk.taps(step, unit="u2").key == "help.not_allowed"
    assert talk.means("overdue_list").key == "help.not_allowed"
    assert "กองช่าง" not in talk.words


def test_who_has_left_sees_nothing(agency):
    from itadomain.people import Person, Post

    gone = Person("me", "สมหญิง", posts=(Post(Role.HEAD, "u2", until=WHEN - timedelta(1)),)).on(WHEN)
    assert Talk(agency, gone, today=WHEN).means("overdue_list").key == "help.not_allowed"


def test_who_stands_in_sees_as_the_head_does(agency):
    from itadomain.people import Person, Post

    acting = Person("me", "สมหญิง", posts=(Post(Role.HEAD, "u2", WHEN, WHEN, acting=True),)).on(WHEN)
    enrol(agency, "p2", unit="u2")
    talk = Talk(agency, acting, today=WHEN)
    assert nudged(talk.taps("late.nudge", count=1)) == {"p2": 1}


def test_nothing_of_it_is_told_in_a_group(agency):
    talk = Talk(agency, a_person(Role.HEAD, unit="u2"), group="C1", today=WHEN)
    assert talk.means("overdue_list").key == "help.come_private"
