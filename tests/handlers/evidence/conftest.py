"""A clerk, the head of the unit and a citizen of one agency."""

import pytest

from tests.fakes import a_person, at_work
from tests.handlers.evidence.sending import CLERK, HEAD, MONTHLY, OTHERS, QUARTERLY
from tests.talk import Talk


@pytest.fixture
def agency():
    return at_work(MONTHLY, QUARTERLY, OTHERS)


@pytest.fixture
def head(agency):
    return Talk(agency, HEAD, user="U9")


@pytest.fixture
def clerk(agency, head):
    return Talk(agency, CLERK)


@pytest.fixture
def citizen(agency):
    return Talk(agency, a_person(), user="U2")
