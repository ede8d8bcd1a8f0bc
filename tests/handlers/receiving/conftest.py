"""An office that receives disclosures, one of its receivers, and a disclosure that has reached them."""

import pytest

from tests.handlers.disclosures import ANN, a_disclosure, an_office_of_disclosures, talk_of


@pytest.fixture
def agency():
    return an_office_of_disclosures()


@pytest.fixture
def disclosure(agency):
    return a_disclosure(agency)


@pytest.fixture
def ann(agency):
    return talk_of(agency, ANN)
