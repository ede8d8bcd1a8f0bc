"""One contract for three stores: the store in memory that features are tested on, SQLite and PostgreSQL."""

from dataclasses import dataclass
from typing import Any

import pytest

from bot.storage.store import AgencyStore
from tests.fakes import MemoryStore
from tests.storage.conftest import ENGINES


@dataclass
class InMemory:
    """The store that features are tested on: what a step does is there at once."""

    store: MemoryStore

    def step(self, work) -> Any:
        return work(self.store)

    def plan(self, measures) -> None:
        self.store.measures.kept.extend(measures)


@dataclass
class InDatabase:
    """The store of an agency: what a step does is there when it is applied, for the next step."""

    house: Any
    agency: int

    def step(self, work) -> Any:
        core = self.house.core
        with core.database.reading(of=self.agency) as connection:
            store = AgencyStore(connection, core.channels.by_id(self.agency), core.ring)
            result = work(store)
        core.database.write(store.apply, of=self.agency)
        return result

    def plan(self, measures) -> None:
        self.step(lambda store: store.measures.save_plan(measures))


@pytest.fixture(params=["memory", *ENGINES])
def engine(request):
    return request.param


@pytest.fixture
def store(engine, request):
    if engine == "memory":
        return InMemory(MemoryStore())
    house = request.getfixturevalue("house")
    return InDatabase(house, house.add_agency("north"))


@pytest.fixture
def step(store):
    """Does one step's work on the store and keeps it; gives what the work gave."""
    return store.step
