"""An installation with one agency that asks, on a real database, and whoever opens an address of it."""

import shutil
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from bot import enrol
from bot.calendar.addresses import CalendarAddresses
from bot.evidence.addresses import Addresses
from bot.pages import App
from bot.papers.addresses import PaperAddresses
from bot.papers.pages import Papers, pages
from bot.storage.schema import migrate
from bot.storage.sealing import new_key
from bot.storage.store import AgencyStore
from tests.fakes import a_person
from tests.papers.a_survey import TODAY, fill
from tests.storage.conftest import Clock, make_core

HERE = "https://bot.example.go.th"


@dataclass
class Served:
    core: Any
    agency: int
    clock: Clock
    client: Any
    today: Any = TODAY

    def step(self, work, agency=None):
        core, of = self.core, agency or self.agency
        with core.database.reading(of=of) as connection:
            store = AgencyStore(connection, core.channels.by_id(of), core.ring)
            result = work(store)
        core.database.write(store.apply, of=of)
        return result

    def add_agency(self, slug):
        enrol.add_agency(self.core, enrol.NewAgency(slug, f"อบต.{slug}", f"secret-{slug}", access_token=f"t-{slug}"))
        return self.core.channels.by_slug(slug).id

    def enrol(self, *roles, unit="", language="th", user="U" + "1" * 32):
        self.step(lambda s: s.people.meet(user))
        one = self.step(lambda s: s.people.by_line_id(user, TODAY))
        posts = a_person(*roles, unit=unit).posts
        person = replace(one, name="สมหญิง ใจดี", posts=posts, language=language).on(TODAY)
        self.step(lambda s: s.people.save(person))
        return person

    def address(self, uri, person, agency=None):
        others = CalendarAddresses(self.core.ring, HERE, Addresses(self.core.ring, HERE, self.clock))
        made = PaperAddresses(self.core.ring, HERE, self.clock, others)
        return made.of(agency or self.agency, uri, person.id).removeprefix(HERE)

    def get(self, uri, person, agency=None):
        return self.client.get(self.address(uri, person, agency))

    def an_hour_later(self):
        self.clock.pass_ms(int(timedelta(hours=1).total_seconds() * 1000) + 1)


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    folder, key = tmp_path_factory.mktemp("template"), new_key()
    core = make_core(folder, key)
    migrate(core.database)
    core.database.close()
    return folder, key


@pytest.fixture
def served(template, tmp_path):
    source, key = template
    shutil.copy(source / "itabot.db", tmp_path / "itabot.db")
    core, app, clock = make_core(tmp_path, key), App("bot"), Clock()
    made = Served(core, 0, clock, app.test_client())
    made.agency = made.add_agency("north")
    made.step(fill)
    papers = Papers(core.ring, core.database, core.channels, lambda: core.texts, lambda: made.today, clock)
    app.register_blueprint(pages(papers))
    yield made
    core.database.close()
