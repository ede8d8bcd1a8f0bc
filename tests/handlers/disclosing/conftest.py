"""An agency that receives what is disclosed, and who tells it."""

import pytest

from tests.handlers.receivers import an_office_that_receives, talking


@pytest.fixture
def agency():
    return an_office_that_receives()


@pytest.fixture
def teller(agency):
    return talking(agency)
