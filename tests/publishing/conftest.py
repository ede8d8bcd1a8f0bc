"""The web of these tests."""

import pytest

from tests.publishing.web import Web


@pytest.fixture
def web():
    web = Web()
    with web.open:
        yield web
