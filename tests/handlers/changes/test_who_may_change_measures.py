"""Who looks after the whole may change measures, and nobody else."""

from datetime import timedelta

import pytest

from itadomain.people import Role
from tests.fakes import a_person
from tests.handlers.changes.changing import change, everything
from tests.handlers.plans import WHEN, talking
from tests.talk import Talk

STARTS = [
    "changes.start", "changes.one", "changes.part", "changes.unsettled", "changes.cadence",
    "additions.start", "handover.start", "cancellation.start", "years.enter", "years.carry", "years.carry_one",
]  # fmt: skip
MAY = [
    ((Role.EXECUTIVE,), ""),
    ((Role.ADMIN,), ""),
    ((Role.STAFF,), "u1"),
    ((Role.HEAD,), "u1"),
    ((Role.ADMIN, Role.STAFF), "u2"),
]
MAY_NOT = [
    ((Role.STAFF,), "u2"), ((Role.HEAD,), "u2"), ((Role.OFFICER,), "u2"), ((Role.INTEGRITY,), "u2"),
    ((Role.STAFF,), ""), ((Role.HEAD,), ""), ((Role.OFFICER,), ""), ((Role.INTEGRITY,), ""),
]  # fmt: skip


@pytest.mark.parametrize(("roles", "unit"), MAY)
@pytest.mark.parametrize("step", STARTS)
def test_who_looks_after_the_whole_may_change_it(agency, roles, unit, step):
    assert talking(agency, *roles, unit=unit).taps(step, id="m2", part="title").key not in {
        "changes.not_yours",
        "help.not_allowed",
    }


@pytest.mark.parametrize(("roles", "unit"), MAY_NOT)
@pytest.mark.parametrize("step", STARTS)
def test_nobody_else_of_the_agency_may(agency, roles, unit, step):
    before = everything(agency)
    assert talking(agency, *roles, unit=unit).taps(step, id="m2", part="title", gap="dates").key == "changes.not_yours"
    assert everything(agency) == before


@pytest.mark.parametrize("step", STARTS)
def test_a_citizen_may_not(agency, step):
    assert Talk(agency, a_person(), today=WHEN).taps(step, id="m2").key == "help.not_allowed"


def test_who_lost_the_post_while_a_question_was_open_changes_nothing(agency, secretary):
    from itadomain.people import Person, Post

    change(secretary, "m2", "title", "ชื่อใหม่")
    before = everything(agency)
    agency.people.save(
        Person("me", "สมหญิง", posts=(Post(Role.STAFF, "u1", until=WHEN - timedelta(1)), Post(Role.STAFF, "u2")))
    )
    assert secretary.says("บันทึก").key == "changes.not_yours"
    assert everything(agency) == before


@pytest.mark.parametrize(("roles", "unit"), [((Role.STAFF,), "u2"), ((Role.HEAD,), "u2"), ((), "")])
def test_who_may_not_change_a_measure_is_offered_no_way_to(agency, roles, unit):
    talk = talking(agency, *roles, unit=unit) if roles else Talk(agency, a_person(), today=WHEN)
    assert "แก้ไขมาตรการ" not in talk.offered(talk.taps("measures.one", id="m4"))
