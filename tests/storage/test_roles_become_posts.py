"""What people were before there were posts, they are afterwards: roles and the unit that was written beside them."""

import pytest
from sqlalchemy import text

from bot.storage.schema import migrate
from bot.storage.store import AgencyStore
from itadomain.people import Post, Role
from tests.fakes import TODAY
from tests.storage.test_migrations_lead_up import bare, up_to  # noqa: F401 - a fixture

AGENCY = """INSERT INTO agency (id, slug, name, name_en, short, short_en, phone, hours, particle, sample, channel_id,
    bot_user_id, channel_secret, access_token) VALUES (:id, :slug, 'ก', '', '', '', '', '', 'ค่ะ', FALSE, '', '', :s, :t)"""
PERSON = """INSERT INTO person (agency_id, id, lookup, line_user_id, name, roles, unit, language, version)
    VALUES (:agency, :id, :lookup, :line, :name, :roles, :unit, 'en', 3)"""
PEOPLE = (
    (1, "p1", '["head", "staff"]', "กองคลัง"),
    (1, "p2", '["staff"]', " กอง คลัง "),
    (1, "p3", '["admin"]', ""),
    (1, "p4", "[]", ""),
    (2, "p1", '["staff"]', "กองคลัง"),
)


@pytest.fixture
def old(bare):  # noqa: F811 - the fixture
    ring = bare.core.ring

    def fill(connection):
        up_to(connection, "0002")
        for agency, slug in ((1, "north"), (2, "south")):
            sealed = {
                k: ring.seal_text("x", slug, "agency", c) for k, c in (("s", "channel_secret"), ("t", "access_token"))
            }
            connection.execute(text(AGENCY), {"id": agency, "slug": slug, **sealed})
        for agency, key, roles, unit in PEOPLE:
            line, name = (
                ring.seal_text(f"{key} of {agency}", agency, "person", c, key) for c in ("line_user_id", "name")
            )
            lookup = ring.lookup(agency, f"{key} of {agency}")
            row = {
                "agency": agency,
                "id": key,
                "lookup": lookup,
                "line": line,
                "name": name,
                "roles": roles,
                "unit": unit,
            }
            if bare.core.database.dialect == "postgresql":
                connection.execute(text(f"SET LOCAL itabot.agency = '{agency}'"))
            connection.execute(text(PERSON), row)

    bare.core.database.write(fill, across=True)
    migrate(bare.core.database)
    return bare


def store_of(house, connection, agency):
    return AgencyStore(connection, house.core.channels.by_id(agency), house.core.ring)


def test_roles_are_posts_in_the_unit_and_each_unit_is_there_once(old):
    with old.core.database.reading(of=1) as connection:
        store = store_of(old, connection, 1)
        (unit,) = store.units.all()
        assert (unit.name, unit.secretariat, unit.open) == ("กองคลัง", False, True)
        first, second, third, fourth = (store.people.get(f"p{number}", TODAY) for number in range(1, 5))
        assert first.posts == (Post(Role.HEAD, unit.id), Post(Role.STAFF, unit.id))
        assert second.posts == (Post(Role.STAFF, unit.id),)
        assert (third.posts, third.roles) == ((Post(Role.ADMIN),), {Role.ADMIN})
        assert fourth.posts == ()
        assert (first.name, first.language) == ("p1 of 1", "en")
        assert store.people.by_line_id("p1 of 1", TODAY) == first
        assert [one.id for one in store.people.insiders(TODAY)] == ["p1", "p2", "p3"]


def test_each_agency_has_units_of_its_own(old):
    ids = dict(map(tuple, old.rows("SELECT agency_id, id FROM unit")))
    assert len(set(ids.values())) == 2
    with old.core.database.reading(of=2) as connection:
        store = store_of(old, connection, 2)
        assert store.people.get("p1", TODAY).posts == (Post(Role.STAFF, ids[2]),)


@pytest.mark.parametrize("engine", ["postgresql"])
def test_the_wall_stands_again_around_people_and_around_what_is_new(old):
    forced = """SELECT relname FROM pg_class WHERE relforcerowsecurity AND relname IN
        ('person', 'unit', 'invitation', 'wrong_codes', 'committee', 'meeting', 'holiday', 'circular', 'acknowledged')"""
    assert len(old.rows(forced)) == 9
