"""Who talks in the tests of features."""

from collections.abc import Callable

import pytest

from itadomain.people import Person, Role
from tests.fakes import MemoryStore, a_measure, a_person, a_result, an_agency
from tests.talk import Talk

CITIZEN, STAFF, EXECUTIVE = a_person(), a_person(Role.STAFF, unit="กองคลัง"), a_person(Role.EXECUTIVE)


@pytest.fixture
def agency() -> MemoryStore:
    """An agency with one result that adds up and a plan of four measures."""
    return an_agency(a_result(), *(a_measure(number) for number in range(1, 5)))


@pytest.fixture
def talk(agency) -> Callable[[Person], Talk]:
    """Begins a talk with this agency."""
    return lambda who=CITIZEN, **more: Talk(agency, who, **more)


@pytest.fixture
def citizen(talk) -> Talk:
    return talk(CITIZEN)


@pytest.fixture
def staff(talk) -> Talk:
    return talk(STAFF)


@pytest.fixture
def executive(talk) -> Talk:
    return talk(EXECUTIVE)
