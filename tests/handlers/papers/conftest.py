"""An agency with a plan and a result, and those who bring its papers about."""

from datetime import timedelta

import pytest

from itadomain.organisation import Unit
from itadomain.people import Role
from tests.fakes import MemoryStore, a_measure, a_person, a_result, an_agency
from tests.talk import Talk

SECRETARY = a_person(Role.STAFF, unit="สำนักปลัด", key="secretary", name="สมใจ")
MAYOR = a_person(Role.EXECUTIVE, key="mayor", name="สมหมาย")
CLERK = a_person(Role.STAFF, unit="กองคลัง", key="clerk", name="สมชาย")
ADMIN = a_person(Role.ADMIN, key="admin", name="สมปอง")
DAY_MS = int(timedelta(hours=24) / timedelta(milliseconds=1))


@pytest.fixture
def agency() -> MemoryStore:
    store = an_agency(a_result(), *(a_measure(number) for number in range(1, 4)))
    store.units.kept["สำนักปลัด"] = Unit("สำนักปลัด", "สำนักปลัด", secretariat=True)
    return store


@pytest.fixture
def speaks(agency):
    return lambda who, **more: Talk(agency, who, user=f"U-{who.id}", **more)


@pytest.fixture
def secretary(speaks) -> Talk:
    return speaks(SECRETARY)


@pytest.fixture
def mayor(speaks) -> Talk:
    return speaks(MAYOR)


@pytest.fixture
def clerk(speaks) -> Talk:
    return speaks(CLERK)
