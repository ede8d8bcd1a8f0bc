"""Who tells of problems and follows them, and who receives them."""

import pytest

from itadomain.organisation import Unit
from tests.fakes import an_agency
from tests.handlers.problems.telling import CITIZEN, OFFICER, TELLS
from tests.talk import Talk


@pytest.fixture
def agency():
    store = an_agency()
    store.units.save(Unit("สำนักปลัด", "สำนักปลัด", secretariat=True))
    store.units.save(Unit("กองช่าง", "กองช่าง"))
    return store


@pytest.fixture
def talk(agency):
    def begin(who=CITIZEN, **more):
        talking = Talk(agency, who, **more)
        talking._understanding.told |= TELLS
        return talking

    return begin


@pytest.fixture
def officer(talk):
    return talk(OFFICER, user="U8")


@pytest.fixture
def citizen(talk, officer):
    return talk()
