"""Brings a database up to date, and says whether it is."""

from sqlalchemy import Connection, inspect, text

from bot.storage import agencies, measures, people, places, queue_tables, quotas, scores, tallies, ticks
from bot.storage.database import Database
from bot.storage.tenancy import Base

#: The newest migration; a test holds it to what alembic says, so that a start need not load alembic to find out.
HEAD = "0002"
TABLES = (agencies, measures, people, places, queue_tables, quotas, scores, tallies, ticks)
METADATA = Base.metadata
MIGRATING = 0x17AB07  # the lock under which one process migrates


def revision(connection: Connection) -> str | None:
    """The migration that a database stands at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def is_current(database: Database) -> bool:
    """Whether the database is at the newest migration."""
    with database.reading() as connection:
        return revision(connection) == HEAD


def migrate(database: Database) -> bool:
    """Bring the database up to date, once however many processes ask at a time; gives whether it had to."""
    if is_current(database):
        return False
    database.write(_upgrade)
    return True


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": MIGRATING})
    if revision(connection) == HEAD:
        return  # another process was faster
    # A start on a database that is up to date does not pay for alembic.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "bot.storage:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
