"""PostgreSQL's wall: whatever statement one agency's transaction runs, no row of another is seen or touched."""

from typing import Any

import pytest
from sqlalchemy import Boolean, Integer, Table, func, insert, select, text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from bot.storage.schema import METADATA
from tests import postgres

pytestmark = pytest.mark.parametrize("engine", ["postgresql"])

#: Nobody's rows: the number of the migration, and counters of the whole installation.
OPEN = {"alembic_version", "installation", "tally"}
#: A worker looks for work in all of them; what people said and what an agency knows is in none.
ACROSS = {"agency", "inbox", "outbox", "task", "lane", "bucket", "tick", "quota", "paper_file"}
WALLED = sorted(METADATA.tables.keys() - OPEN)
REFUSED = "row-level security"


def owner_of(table: Table):
    return table.c["id" if table.name == "agency" else "agency_id"]


def a_row(table: Table, agency: int) -> dict[str, Any]:
    """Some row of `agency`; no other has the same."""
    row = {column.name: _some(column, agency) for column in table.columns}
    return {**row, owner_of(table).name: agency}


def _some(column, agency: int):
    if isinstance(column.type, Boolean):
        return False
    return agency * 1000 if isinstance(column.type, Integer) else f"{column.name} of {agency}"


@pytest.fixture
def two(house):
    """Two agencies, each with a row in every table, written by one whom the wall does not bind."""
    agencies = (1, 2)
    with house.everything() as connection:
        for table in METADATA.sorted_tables:
            if table.name in WALLED:
                connection.execute(insert(table), [a_row(table, agency) for agency in agencies])
        connection.commit()
    return agencies


def seen(house, table, **whose):
    with house.core.database.reading(**whose) as connection:
        return sorted(connection.scalars(select(owner_of(table))))


def kept(house, table):
    with house.everything() as connection:
        return sorted(map(tuple, connection.execute(select(table))))


def test_the_service_is_bound_by_the_wall(house):
    """A superuser passes it, and so does an owner unless it is forced."""
    role = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    with house.core.database.reading() as connection:
        assert connection.scalar(text("SELECT current_user")) == postgres.ROLE
        assert connection.scalar(text(role)) is False
        owners = connection.scalars(text("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"))
        assert list(owners) == [postgres.ROLE]


def test_every_table_has_the_wall_and_it_is_forced_on_its_owner(house):
    sql = """SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class
             WHERE relkind IN ('r', 'p', 'v', 'm') AND relnamespace = 'public'::regnamespace"""
    walls = dict(map(tuple, house.rows(sql)))
    assert walls == {**dict.fromkeys(WALLED, True), **dict.fromkeys(OPEN, False)}


@pytest.mark.parametrize("name", WALLED)
def test_an_agency_sees_its_own_rows_and_nobody_all(house, two, name):
    table = METADATA.tables[name]
    assert [seen(house, table, of=agency) for agency in two] == [[1], [2]]
    assert seen(house, table) == []
    assert seen(house, table, of=3) == []


@pytest.mark.parametrize("name", WALLED)
def test_across_all_agencies_only_the_queue_and_their_list_are_seen(house, two, name):
    table = METADATA.tables[name]
    assert seen(house, table, across=True) == ([1, 2] if name in ACROSS else [])
    assert seen(house, table, of=1, across=True) == ([1, 2] if name in ACROSS else [1])


@pytest.mark.parametrize("name", WALLED)
@pytest.mark.parametrize("whose", [{"of": 1}, {}], ids=["one agency's", "nobody's"])
def test_a_row_of_another_agency_cannot_be_written(house, two, name, whose):
    table = METADATA.tables[name]
    before = kept(house, table)
    if name == "agency":
        row = a_row(table, 9)
    else:
        another = {column.name: _some(column, 9) for column in table.columns}
        row = {**another, owner_of(table).name: 2}
    with pytest.raises(ProgrammingError, match=REFUSED):
        house.core.database.write(lambda c: c.execute(insert(table), row), **whose)
    assert kept(house, table) == before


@pytest.mark.parametrize("name", WALLED)
def test_an_update_of_everything_changes_the_own_rows_only(house, two, name):
    table = METADATA.tables[name]
    column = next(one for one in reversed(table.columns) if not one.primary_key and not one.foreign_keys)
    changed = {column: True if isinstance(column.type, Boolean) else 7 if isinstance(column.type, Integer) else "new"}
    theirs = [row for row in kept(house, table) if row[list(table.c).index(owner_of(table))] == 2]
    update = table.update().values(changed)
    assert house.core.database.write(lambda c: c.execute(update).rowcount, of=1) == 1
    assert house.core.database.write(lambda c: c.execute(update.where(owner_of(table) == 2)).rowcount, of=1) == 0
    assert house.core.database.write(lambda c: c.execute(update).rowcount) == 0
    assert [row for row in kept(house, table) if row[list(table.c).index(owner_of(table))] == 2] == theirs


@pytest.mark.parametrize("name", WALLED)
def test_a_delete_of_everything_takes_the_own_rows_only(house, two, name):
    table = METADATA.tables[name]
    if name == "agency":  # the others hang on it
        for other in reversed(METADATA.sorted_tables):
            if other.name in WALLED and other.name != "agency":
                house.change(f"DELETE FROM {other.name}")
    assert house.core.database.write(lambda c: c.execute(table.delete()).rowcount) == 0
    assert house.core.database.write(lambda c: c.execute(table.delete()).rowcount, of=1) == 1
    assert len(kept(house, table)) == 1
    assert seen(house, table, of=2) == [2]


@pytest.mark.parametrize("name", WALLED)
def test_a_row_cannot_be_handed_to_another_agency(house, two, name):
    table = METADATA.tables[name]
    before = kept(house, table)
    moved = table.update().values({owner_of(table): 2 if name != "agency" else 9})
    with pytest.raises(DBAPIError, match=REFUSED):
        house.core.database.write(lambda c: c.execute(moved), of=1)
    assert kept(house, table) == before


def test_nothing_of_a_transaction_is_left_on_its_connection(house, two):
    """The next to get it from the pool must say for itself whose rows it wants."""
    table, backend = METADATA.tables["person"], text("SELECT pg_backend_pid()")
    used = [house.core.database.write(lambda c: c.scalar(backend), of=1, across=True)]
    with house.core.database.reading() as connection:
        used.append(connection.scalar(backend))
        assert connection.scalar(select(func.count()).select_from(table)) == 0

    def fails(connection):
        used.append(connection.scalar(backend))
        raise LookupError

    with pytest.raises(LookupError):
        house.core.database.write(fails, of=2, across=True)
    with house.core.database.reading() as connection:
        used.append(connection.scalar(backend))
        assert connection.scalar(select(func.count()).select_from(METADATA.tables["inbox"])) == 0
    assert len(set(used)) == 1


def test_a_transaction_may_narrow_itself_to_the_agency_that_it_made(house, two):
    table = METADATA.tables["person"]

    def look(connection):
        house.core.database.narrow(connection, 2)
        return list(connection.scalars(select(owner_of(table))))

    assert house.core.database.write(look, across=True) == [2]
    assert seen(house, table, across=True) == []
