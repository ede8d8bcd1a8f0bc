"""The five sample agencies with people in their units, and a clock that is set: a fiscal year is lived through on it.

What the samples print is of other years: their plans are told again for the year that is simulated.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot import enrol, samples
from bot.counts import Counts
from bot.ledger import Ledger
from bot.letters import Letters
from bot.schedule import Schedule
from bot.settings import Settings
from bot.storage.queue import lane_of
from bot.storage.schema import migrate
from bot.storage.store import AgencyStore
from bot.texts import Texts
from bot.wiring import Core
from handlers import FEATURES
from itadomain.fiscal import FiscalYear
from itadomain.measures import Measure
from itadomain.people import Person, Post, Role
from itadomain.plans import keep_plan
from itadomain.reporting import APPROVAL, OFF
from itadomain.thai import fold
from itadomain.timetable import Days, timetable

BANGKOK = ZoneInfo("Asia/Bangkok")
YEAR = FiscalYear(2570)
FIRST, LAST = dt.date(2026, 10, 1), dt.date(2027, 9, 30)
KEY = "a2V5LW9mLWEtc2ltdWxhdGVkLXllYXItLTMyLWJ5dGU"  # of nothing else: two copies of a database must open alike
STAFF = 2  # in each unit, beside its head
#: «2565», and «65» where a month or a dash stands before it.
YEARS = re.compile(r"(?<!\d)25\d\d(?!\d)|(?<=[.\s\-–/])6\d(?!\d)|(?<=[ก-๙])6\d(?!\d)")


@dataclass
class Clock:
    """Milliseconds since 1970, as they are set."""

    now: int = 0

    def __call__(self) -> int:
        return self.now

    def set(self, moment: dt.datetime) -> None:
        self.now = int(moment.timestamp() * 1000)


@dataclass(frozen=True)
class Letter:
    """What somebody was told unasked, and when."""

    agency: str
    person: str
    at: dt.datetime
    text: str


@dataclass
class World:
    """Some of the sample agencies on a real store."""

    core: Core
    slugs: Sequence[str] = samples.NAMES
    clock: Clock = field(default_factory=Clock)

    @classmethod
    def at(cls, folder: Path, slugs: Sequence[str] = samples.NAMES, url: str = "") -> "World":
        """On the database of a folder, or of a server."""
        environment = {"ITABOT_VAR": str(folder), "ITABOT_KEYS": KEY, "DATABASE_URL": url}
        return cls(Core(Settings.read(environment)), slugs)

    @cached_property
    def ledger(self) -> Ledger:
        """What the clock works on, by our time."""
        core = self.core
        return Ledger(core.database, core.queue, core.channels, core.ring, self.clock, Counts(core.database))

    def schedule(self, feature: str = "reminders") -> Schedule:
        """The real clock, with the jobs of one feature."""
        jobs = [job for job in FEATURES.jobs if job.name.startswith(f"{feature}.")]
        return Schedule(self.ledger, jobs, Letters(Texts(), self.core.channels), BANGKOK, lambda: None)

    def fill(self, staff: int = STAFF) -> "World":
        """Make the agencies, and everybody in them."""
        migrate(self.core.database)
        for slug in self.slugs:
            enrol.add_agency(self.core, enrol.NewAgency(slug, samples.load(slug).office.name.th, "secret", sample=slug))
            self.keeps(slug, lambda store, slug=slug: _people(store, slug, staff))
            self.keeps(slug, lambda store, slug=slug: _plan(store, slug))
        return self

    def reads(self, slug: str, work: Callable[[AgencyStore], Any]) -> Any:
        """What `work` finds in an agency's store."""
        agency = self.core.channels.by_slug(slug)
        with self.core.database.reading(of=agency.id) as connection:
            return work(AgencyStore(connection, agency, self.core.ring))

    def keeps(self, slug: str, work: Callable[[AgencyStore], Any]) -> Any:
        """The same, and what it writes is kept."""
        agency = self.core.channels.by_slug(slug)
        with self.core.database.reading(of=agency.id) as connection:
            store = AgencyStore(connection, agency, self.core.ring)
            done = work(store)
        self.core.database.write(store.apply, of=agency.id)
        return done

    def letters(self, slug: str, after: int = 0) -> list[tuple[int, Letter]]:
        """What the people of an agency were told unasked since the number `after`, in order, each with its number."""
        agency = self.core.channels.by_slug(slug).id
        asked = f"SELECT id, lane, posted_at, retry_key, body FROM outbox WHERE agency_id = {agency} AND id > {after}"
        with self.core.database.reading(of=agency) as connection:
            rows = connection.exec_driver_sql(f"{asked} ORDER BY id").fetchall()
        people = self.lanes[slug]
        return [
            (number, Letter(slug, people[lane], _moment(at), self._opened(agency, key, body)))
            for number, lane, at, key, body in rows
        ]

    @cached_property
    def lanes(self) -> Mapping[str, Mapping[str, str]]:
        """Whose each lane is, by agency."""
        return {slug: self._lanes_of(slug) for slug in self.slugs}

    def people(self, slug: str, today: dt.date) -> Sequence[Person]:
        """Everyone inside."""
        return self.reads(slug, lambda store: store.people.insiders(today))

    def close(self) -> None:
        self.core.database.close()

    def _lanes_of(self, slug: str) -> Mapping[str, str]:
        agency = self.core.channels.by_slug(slug).id
        people = self.people(slug, FIRST)
        addresses = self.reads(slug, lambda store: [store.people.address_of(one) for one in people])
        return {lane_of(self.core.ring, agency, to.to): one.id for one, to in zip(people, addresses, strict=True)}

    def _opened(self, agency: int, key: str, body: str) -> str:
        sealed = self.core.ring.open_text(body, agency, "outbox", "body", key)
        return json.dumps(json.loads(sealed)["messages"], ensure_ascii=False)


def line_id(slug: str, person: str) -> str:
    """How LINE calls somebody."""
    return "U" + f"{slug}{person}".encode().hex()[-32:].rjust(32, "0")


def told_again(wording: str, by: int) -> str:
    """A wording of another year, `by` years later."""
    return YEARS.sub(lambda found: str(int(found[0]) + by), fold(wording))


def _people(store: AgencyStore, slug: str, staff: int) -> None:
    """A head and some staff in each unit, two at the top, and an administrator of the secretariat."""
    posts = [
        (f"unit{place}-{number}", Post(Role.STAFF if number else Role.HEAD, unit.id))  # alike in every world
        for place, unit in enumerate(store.units.all())
        for number in range(staff + 1)
    ]
    posts += [("nayok", Post(Role.EXECUTIVE)), ("palad", Post(Role.EXECUTIVE)), ("admin", Post(Role.ADMIN))]
    for name, post in posts:
        store.people.meet(line_id(slug, name), Person(name, f"คุณ{name}", posts=(post,)).on(FIRST))
    store.settings.put(APPROVAL, OFF)


def _plan(store: AgencyStore, slug: str) -> None:
    sample = samples.load(slug)
    plan = [_settled(_this_year(one), store.days(YEAR)) for one in sample.measures]
    keep_plan(store, plan, store.units.all(), FIRST)


def _this_year(one: Measure) -> Measure:
    by = YEAR - one.plan_year
    return replace(one, plan_year=YEAR, period=told_again(one.period, by), follow_up=told_again(one.follow_up, by))


def _settled(one: Measure, days: Days) -> Measure:
    """Where a paper does not say when it is reported on, an administrator has settled that it is each quarter."""
    return one if timetable(one, days).dues else replace(one, settled_follow_up="ทุกไตรมาส")


def _moment(at: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(at / 1000, BANGKOK)
