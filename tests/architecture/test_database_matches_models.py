"""The migrations lead to exactly the tables that the code works with."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.storage.database import open_database
from bot.storage.schema import HEAD, METADATA, is_current, migrate, revision
from bot.storage.tenancy import Owned


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    made = open_database(f"sqlite:///{tmp_path_factory.mktemp('migrated') / 'itabot.db'}")
    migrate(made)
    yield made
    made.close()


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", "bot.storage:migrations")
    return ScriptDirectory.from_config(config)


def test_the_number_in_the_code_is_the_newest_migration():
    """A start reads HEAD instead of loading alembic."""
    assert scripts().get_heads() == [HEAD]


def test_migrations_follow_one_after_the_other():
    numbers = [script.revision for script in scripts().walk_revisions()]
    assert numbers == sorted(numbers, reverse=True)
    assert all(len(script.nextrev) <= 1 for script in scripts().walk_revisions())


def test_an_empty_database_is_brought_up_to_date(database):
    assert is_current(database)
    assert migrate(database) is False
    with database.reading() as connection:
        assert revision(connection) == HEAD


def test_no_migration_is_missing(database):
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, METADATA) == []


def test_every_table_of_an_agency_begins_its_key_with_the_agency():
    """So one database can be sharded by agency later, and no id of one agency means anything in another."""
    owned = {mapper.local_table for mapper in Owned.__subclasses__() and [c.__mapper__ for c in Owned.__subclasses__()]}
    assert len(owned) >= 4
    assert [table.name for table in owned if next(iter(table.primary_key.columns)).name != "agency_id"] == []


def test_every_table_knows_its_agency():
    """Only the agencies themselves, and what is counted and known of the whole installation, belong to none."""
    none = {table.name for table in METADATA.sorted_tables if "agency_id" not in table.c}
    assert none == {"agency", "installation", "tally"}
