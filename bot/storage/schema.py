"""Brings a database up to date, and says whether it is."""

import contextlib

from sqlalchemy import Connection, exc, inspect, text

from bot.storage import (
    agencies,
    agency_settings,
    audit_log,
    ballots,
    broadcast_rows,
    calendars,
    cases,
    categories,
    circulars,
    committees,
    disclosure_tables,
    disposals,
    escalations,
    evidence,
    history,
    holidays,
    installation,
    invitations,
    knowledge,
    measures,
    meetings,
    nudges,
    obligations,
    obstacles,
    officer_keys,
    oit_items,
    paper_files,
    papers,
    participation,
    people,
    places,
    questions,
    queue_tables,
    quotas,
    reminders,
    reports,
    resolutions,
    scores,
    surveys,
    tallies,
    tasks,
    ticks,
    units,
    windows,
)
from bot.storage.database import Database
from bot.storage.in_use import InUse
from bot.storage.tenancy import Base

#: The newest migration; a test holds it to what alembic says, so that a start need not load alembic to find out.
HEAD = "0022"
TABLES = (
    agencies, agency_settings, audit_log, ballots, broadcast_rows, calendars, cases, categories, circulars, committees,
    disclosure_tables, disposals, escalations, evidence, history, holidays, installation, invitations, knowledge,
    measures, meetings, nudges, obligations, obstacles, officer_keys, oit_items, paper_files, papers, participation,
    people, places, questions, queue_tables, quotas, reminders, reports, resolutions, scores, surveys, tallies, tasks,
    ticks, units, windows,
)  # fmt: skip
METADATA = Base.metadata
MIGRATING = 0x17AB07  # the lock under which one process migrates


class NewerDatabase(Exception):
    """A later release has changed the tables in a way that this one does not know."""

    def __init__(self, stands: str) -> None:
        super().__init__(
            f"this database belongs to a newer release ({stands}; this one knows up to {HEAD}): start the newer one"
        )


def revision(connection: Connection) -> str | None:
    """The migration that a database stands at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def is_current(database: Database) -> bool:
    """Whether the database is at the newest migration; NewerDatabase where it is beyond."""
    with database.reading() as connection:
        return _is_head(revision(connection))


def write_nothing_new(connection: Connection) -> None:
    """Write what stands there already: the shortest way to see whether anything can be written."""
    connection.execute(text("UPDATE alembic_version SET version_num = version_num"))


def refuse_newer(database: Database) -> None:
    """NewerDatabase for that of a later release. One that is away may be any: whoever uses it waits for it anyway."""
    with contextlib.suppress(exc.DBAPIError, exc.TimeoutError, InUse):
        is_current(database)


def migrate(database: Database) -> bool:
    """Bring the database up to date, once however many processes ask at a time; gives whether it had to.

    NewerDatabase where it is beyond what this release knows.
    """
    if is_current(database):
        return False
    database.write(lambda connection: _upgrade(database, connection))
    return True


def _upgrade(database: Database, connection: Connection) -> None:
    database.take_time(connection)
    if connection.dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": MIGRATING})
    if _is_head(revision(connection)):
        return  # another process was faster
    # A start on a database that is up to date does not pay for alembic.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "bot.storage:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _is_head(stands: str | None) -> bool:
    if stands is not None and stands > HEAD:  # numbers of four digits, in the order of the releases
        raise NewerDatabase(stands)
    return stands == HEAD
