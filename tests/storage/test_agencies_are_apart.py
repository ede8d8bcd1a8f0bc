import dataclasses

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import aliased

from bot.storage.measures import MeasureRow
from bot.storage.people import PersonRow
from bot.storage.store import AgencyStore
from bot.storage.tenancy import AgencySession, ForeignRow
from itadomain.measures import Measure
from itadomain.people import Role
from tests.fakes import TODAY, a_person

USER = "U" + "7" * 32


@pytest.fixture
def two(house):
    """Two agencies that the same LINE user has added; each knows them by another name."""
    ids = house.add_agency("north"), house.add_agency("south")

    def meet(agency, name):
        def write(connection):
            store = AgencyStore(connection, house.core.channels.by_id(agency), house.core.ring)
            store.people.meet(USER, a_person(Role.STAFF, name=name, key=f"p{agency}"))
            store.apply(connection)

        house.core.database.write(write, of=agency)

    for agency, name in zip(ids, ("ผู้ใช้เหนือ", "ผู้ใช้ใต้"), strict=True):
        meet(agency, name)
    return ids


@pytest.fixture
def in_session(house):
    """Runs work in one agency's session, and commits it."""

    def run(agency, work):
        def write(connection):
            with AgencySession(connection, agency) as session:
                result = work(session)
                session.flush()
                return result

        return house.core.database.write(write, of=agency)

    return run


def languages_of(house):
    return dict(house.rows("SELECT agency_id, language FROM person ORDER BY agency_id"))


def test_one_line_user_on_two_accounts_is_two_people(house, two):
    seen = []
    for agency in two:
        with house.core.database.reading(of=agency) as connection:
            store = AgencyStore(connection, house.core.channels.by_id(agency), house.core.ring)
            seen.append(store.people.by_line_id(USER, TODAY))
    assert [person.name for person in seen] == ["ผู้ใช้เหนือ", "ผู้ใช้ใต้"]
    assert len({person.id for person in seen}) == 2
    assert len({lookup for (lookup,) in house.rows("SELECT lookup FROM person")}) == 2


OTHER = aliased(PersonRow)
SIDE_BY_SIDE = select(PersonRow, OTHER).join(OTHER, OTHER.language == PersonRow.language)
LOOKS = {
    "select": lambda s: [row.id for row in s.scalars(select(PersonRow))],
    "columns": lambda s: s.scalars(select(PersonRow.id)).all(),
    "alias": lambda s: s.scalars(select(aliased(PersonRow).id)).all(),
    "join": lambda s: [one.id for one, _ in s.execute(SIDE_BY_SIDE)],
    "subquery": lambda s: s.scalars(select(PersonRow.id).where(PersonRow.id.in_(select(PersonRow.id)))).all(),
    "query": lambda s: [row.id for row in s.query(PersonRow).all()],
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_however_one_looks_only_the_own_rows_are_seen(in_session, two, look):
    for agency in (*two, *two):  # in turn, so that nothing remembered from one agency serves the other
        assert in_session(agency, look) == [f"p{agency}"]


COUNTS = {
    "count": (select(func.count()).select_from(PersonRow), (1, 1)),
    "count of a column": (select(func.count(PersonRow.id)), (1, 1)),
    "scalar subquery": (select(select(func.count(PersonRow.id)).scalar_subquery()), (1, 1)),
    "exists": (select(select(OTHER.id).where(OTHER.id == "p1").exists()), (True, False)),
}


@pytest.mark.parametrize(("statement", "seen"), COUNTS.values(), ids=COUNTS)
def test_counting_counts_the_own_rows(in_session, two, statement, seen):
    assert tuple(in_session(agency, lambda s: s.scalar(statement)) for agency in two) == seen


def test_another_agencys_row_is_not_found_by_its_key(in_session, two):
    north, south = two
    assert in_session(north, lambda s: s.get(PersonRow, (north, f"p{north}"))) is not None
    assert in_session(north, lambda s: s.get(PersonRow, (south, f"p{south}"))) is None


def test_an_update_of_everything_changes_the_own_rows_only(house, in_session, two):
    north, south = two
    in_session(north, lambda s: s.execute(update(PersonRow).values(language="en")))
    assert languages_of(house) == {north: "en", south: "th"}


def test_a_delete_of_everything_takes_the_own_rows_only(house, in_session, two):
    north, south = two
    in_session(north, lambda s: s.execute(delete(PersonRow)))
    assert languages_of(house) == {south: "th"}
    in_session(south, lambda s: s.query(PersonRow).filter(PersonRow.agency_id == north).delete())
    assert languages_of(house) == {south: "th"}


def row(**more):
    return PersonRow(id="new", lookup="l", line_user_id="s", name="s", posts="[]", language="th", **more)


def test_a_new_row_gets_the_sessions_agency(house, in_session, two):
    _, south = two
    in_session(south, lambda s: s.add(row()))
    assert house.value("SELECT agency_id FROM person WHERE id = 'new'") == south


def test_a_row_of_another_agency_is_refused(house, in_session, two):
    north, south = two
    with pytest.raises(ForeignRow):
        in_session(north, lambda s: s.add(row(agency_id=south)))
    assert house.value("SELECT COUNT(*) FROM person") == 2


def test_a_row_cannot_be_handed_to_another_agency(house, in_session, two):
    north, south = two

    def move(session):
        session.scalar(select(PersonRow)).agency_id = south

    with pytest.raises(ForeignRow):
        in_session(north, move)
    assert set(languages_of(house)) == {north, south}


def test_a_row_taken_from_another_agencys_session_cannot_be_deleted_here(house, in_session, two):
    north, south = two
    theirs = in_session(south, lambda s: s.scalar(select(PersonRow)))
    with pytest.raises(ForeignRow):
        in_session(north, lambda s: s.delete(theirs))
    assert set(languages_of(house)) == {north, south}


def test_the_newest_plan_is_the_agencys_own_newest(house, in_session, two):
    """The year is found by a query inside the query, which must not look next door either."""
    north, south = two
    plain = {
        f.name: () if "tuple" in str(f.type) or "Sequence" in str(f.type) else "" for f in dataclasses.fields(Measure)
    }

    def save(agency, year):
        def write(connection):
            store = AgencyStore(connection, house.core.channels.by_id(agency), house.core.ring)
            store.measures.save_plan([Measure(**{**plain, "plan_year": year, "title": f"แผน {year}"})])
            store.apply(connection)

        house.core.database.write(write, of=agency)

    save(north, 2566)
    save(south, 2568)
    with house.core.database.reading(of=north) as connection:
        store = AgencyStore(connection, house.core.channels.by_id(north), house.core.ring)
        assert [measure.title for measure in store.measures.of_newest_plan()] == ["แผน 2566"]
        (theirs,) = house.rows("SELECT id FROM measure WHERE agency_id = :a", a=south)
        assert store.measures.get(theirs.id) is None
    assert in_session(south, lambda s: s.scalar(select(func.count()).select_from(MeasureRow))) == 1
