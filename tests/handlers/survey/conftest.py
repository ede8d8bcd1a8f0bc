"""Who answers."""

import pytest

from itadomain.surveys.survey import Kind
from tests.fakes import an_agency
from tests.handlers.survey.asking import CITIZEN, COUNTER, POSTER, STAFF, knows, opens
from tests.talk import Talk


@pytest.fixture
def agency():
    store = an_agency()
    store.surveys.save_point(COUNTER)
    return store


@pytest.fixture
def talk(agency):
    def begin(who=CITIZEN, **more):
        talking = Talk(agency, who, user=f"U{who.id}", **more)
        knows(talking, "satisfaction_survey", POSTER, "ประเมินบริการค่ะ")
        knows(talking, "cancel", "ยกเลิก", "ย้อนกลับ", "หยุด", "ไม่", "ไว้ทีหลัง", "พอแล้ว")
        return talking

    return begin


@pytest.fixture
def citizen(talk):
    return talk()


@pytest.fixture
def staff(talk):
    return talk(STAFF)


@pytest.fixture
def long(agency):
    return opens(agency, Kind.OUTSIDERS)


@pytest.fixture
def visit(agency):
    return opens(agency, Kind.VISIT)
