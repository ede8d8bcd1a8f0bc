"""Who changes measures."""

from datetime import date

import pytest

from itadomain.people import Role
from itadomain.plans import keep_plan
from tests.fakes import a_measure
from tests.handlers.plans import UNITS, an_agency_at_work, talking


@pytest.fixture
def agency():
    return an_agency_at_work()


@pytest.fixture
def secretary(agency):
    return talking(agency, Role.STAFF, unit="u1")


@pytest.fixture
def vague(agency):
    """Three measures of which nobody said how often they are reported on, and one that is nobody's."""
    plan = [a_measure(no, plan_year=2570, owners=("กองคลัง",), period="", follow_up="") for no in (6, 7, 8)]
    keep_plan(agency, [*plan, a_measure(9, plan_year=2570, owners=("กองที่ไม่มี",))], UNITS, date(2026, 10, 1))
    return agency
