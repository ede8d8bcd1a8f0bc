"""An installation with one agency that asks, on a real database, whoever opens an address of it, and who makes papers."""

import shutil
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot import enrol
from bot.calendar.addresses import CalendarAddresses
from bot.evidence.addresses import Addresses
from bot.evidence.file import FileShelf
from bot.evidence.sealed import SealedShelf
from bot.pages import App
from bot.papers.handing.addresses import PaperAddresses, asked
from bot.papers.handing.orders import Orders
from bot.papers.handing.pages import Papers, pages
from bot.papers.handing.reading import Readings
from bot.papers.handing.task import MakePaper
from bot.storage.schema import migrate
from bot.storage.sealing import new_key
from bot.storage.store import AgencyStore
from bot.tasks import TaskLoop
from tests.fakes import a_person
from tests.papers.a_survey import TODAY, fill
from tests.storage.conftest import LEASE, Clock, House, make_core

HERE = "https://bot.example.go.th"
BANGKOK = ZoneInfo("Asia/Bangkok")
MORNING = datetime(TODAY.year, TODAY.month, TODAY.day, 9, 0, tzinfo=BANGKOK)
MOST = 8
ROOT = Path(__file__).resolve().parents[2]


class Away:
    """A shelf that does not answer while it is told so."""

    def __init__(self, shelf):
        self.shelf, self.fault = shelf, None

    def __getattr__(self, name):
        def act(*given):
            if self.fault and name in self.fault[1]:
                raise self.fault[0]
            return getattr(self.shelf, name)(*given)

        return act


@dataclass
class Served:
    core: Any
    agency: int
    clock: Clock
    client: Any
    orders: Orders = None
    shelf: Away = None

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

    def asked(self, address):
        _, _, token, file = address.partition("?")[0].split("/")
        return asked(self.core.ring, token, file, self.clock())

    def look(self, address):
        """The page, as it stands."""
        return self.client.get(address)

    def save(self, address):
        """What the button gives."""
        return self.client.post(address, buffered=True)

    def loop(self, make=None):
        """A worker that makes papers."""
        acts = {"make_paper": make or MakePaper(self.orders, self.shelf)}
        return TaskLoop(self.house.ledger, acts, LEASE, MOST, lambda: None)

    def work(self, make=None):
        """Do what waits now; gives how many attempts that took."""
        loop, count = self.loop(make), 0
        task = loop.claim("w")
        while task is not None:
            task, count = loop.work(task, "w", go_on=True), count + 1
        return count

    def get(self, uri, person, agency=None):
        """The file of a fresh address, from the first look to the button; the page where there is none."""
        address = self.address(uri, person, agency)
        seen = self.look(address)
        if self.work():
            seen = self.look(address)
        return self.save(address) if b"<form" in seen.data else seen

    def an_hour_later(self):
        self.clock.pass_ms(int(timedelta(hours=1).total_seconds() * 1000) + 1)

    def lies(self):
        """How many files there are on the shelf, those in the making too."""
        return sum(1 for one in self.folder.rglob("*") if one.is_file())

    @property
    def house(self):
        return House(self.core, self.clock)

    @property
    def folder(self):
        return self.core.settings.var / "shelf"


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
    made = installed(make_core(tmp_path, key))
    made.step(fill)
    yield made
    made.core.database.close()


def installed(core):
    """The same with an agency."""
    made = at_hand(core, Clock(round(MORNING.timestamp() * 1000)))
    made.agency = made.add_agency("north")
    return made


def at_hand(core, clock):
    """The shelf, and the pages."""
    app = App("bot")
    made = Served(core, 0, clock, app.test_client())
    made.shelf = Away(FileShelf(made.folder))
    readings = Readings(
        core.ring, core.database, core.channels, lambda: core.texts,
        lambda: datetime.fromtimestamp(clock() / 1000, BANGKOK),
    )  # fmt: skip
    made.orders = Orders(readings, core.queue, SealedShelf(made.shelf, core.ring), waits_s=0)
    app.register_blueprint(pages(Papers(made.orders)))
    return made
