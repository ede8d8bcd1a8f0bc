"""An agency in which some have reported."""

import pytest

from itadomain.people import Role
from tests.handlers.plans import an_agency_at_work, enrol, reported, talking


@pytest.fixture
def agency():
    store = an_agency_at_work()
    reported(store, "m2", "u2")
    reported(store, "m4", "u2")
    reported(store, "m1", "u1")
    return store


@pytest.fixture
def secretary(agency):
    return talking(agency, Role.STAFF, unit="u1")


@pytest.fixture
def enrolled(agency):
    for key, unit in (("p1", "u1"), ("p2", "u2"), ("p3", "u2"), ("p4", "u3")):
        enrol(agency, key, unit=unit)
    enrol(agency, "h2", Role.HEAD, unit="u2")
    return agency
