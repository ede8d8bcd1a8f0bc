"""The form of one agency in memory, and somebody in front of it."""

import pytest

from tests.tell.visitor import SLUG, Day, MemoryHouse, Visitor, a_town, an_app


@pytest.fixture
def store():
    return a_town()


@pytest.fixture
def house(store):
    return MemoryHouse({SLUG: store, "south": a_town()})


@pytest.fixture
def day():
    return Day()


@pytest.fixture
def visitor(house, day, tmp_path):
    return Visitor(an_app(house, tmp_path, day=day).test_client())
