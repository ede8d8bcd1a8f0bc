"""A province on PostgreSQL: 100 agencies, 20,000 people, and the tick of the day on which most is due."""

import datetime as dt
from collections import Counter

import pytest

from bot.settings import Settings
from bot.storage.schema import migrate
from bot.storage.store import AgencyStore
from bot.wiring import Core
from itadomain.lateness import told_for
from itadomain.measures import Standing
from itadomain.people import Role
from tests import postgres
from tests.benchmarks.scale import country
from tests.benchmarks.scale.fill import Postgres
from tests.year.world import BANGKOK, KEY, World

pytestmark = pytest.mark.timeout(300)
AGENCIES, CITIZENS = 100, 160  # of each; 40 more have a post
DAY = dt.date(2027, 3, 31)
NINE, LATER = (dt.datetime.combine(DAY, dt.time(hour), BANGKOK) for hour in (9, 11))


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    if postgres.programs() is None:
        pytest.skip(postgres.WANTED)
    cluster = postgres.cluster()
    name = cluster.new_database()
    environment = {
        "ITABOT_VAR": str(tmp_path_factory.mktemp("province")), "ITABOT_KEYS": KEY, "DATABASE_URL": cluster.url(name),
    }  # fmt: skip
    core, admin = Core(Settings.read(environment)), Postgres(lambda: cluster.admin(name))
    migrate(core.database)
    country.made(core, AGENCIES, admin, CITIZENS)
    country.owing(admin, country.stands(core, DAY))
    country.spread(admin)
    yield core, admin
    core.database.close()
    cluster.drop(name)


def test_whoever_has_something_due_is_told_once_and_nobody_else(province):
    core, admin = province
    world = World(core, [country.SLUG.format(number) for number in range(AGENCIES)])
    world.clock.set(NINE)
    ran = world.schedule().tick(NINE)
    assert [(one.agencies, one.notices > 20 * AGENCIES) for one in ran] == [(AGENCIES, True)]
    with admin.connect() as connection:
        assert connection.execute("SELECT count(*) FROM person").fetchone()[0] == AGENCIES * 200
        assert connection.execute("SELECT count(*) FROM tick").fetchone()[0] == AGENCIES
    for slug in world.slugs[:: country.SEEDS // 4]:
        told = Counter(letter.person for _, letter in world.letters(slug))
        assert set(told.values()) == {1}
        owing, insiders = world.reads(slug, _owing), {one.id for one in world.people(slug, DAY)}
        assert owing <= set(told) <= insiders
        superiors = {one.id for one in world.people(slug, DAY) if one.roles - {Role.STAFF}}
        assert set(told) - owing <= superiors
    world.clock.set(LATER)
    assert sum(one.notices for one in world.schedule().tick(LATER)) == 0


def test_two_agencies_that_stand_alike_are_told_alike(province):
    """One is as far behind as the other: what the rules say does not hang on who is looked at."""
    core, _ = province
    world = World(core, [country.SLUG.format(number) for number in (0, country.SEEDS)])
    first, second = ({letter.person: letter.text for _, letter in world.letters(slug)} for slug in world.slugs)
    assert len(first) > 20
    assert first == second


def _owing(store: AgencyStore) -> set[str]:
    """Who reports for a unit that has something to report by a week from now, or is late."""
    people = store.people.insiders(DAY)
    duties = store.obligations.of_year(country.YEAR)
    due = [one for one in duties if one.due and one.due <= DAY + dt.timedelta(days=7)]
    units = {one.unit for one in due if one.open and one.standing is not Standing.DONE}
    return {person.id for unit in units for person in told_for(unit, people, DAY)}
