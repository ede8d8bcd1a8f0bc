"""Statements that run for every message: compiled once, and run on the driver's own connection.

That costs a tenth of the ORM's way and a half of SQLAlchemy's. Each of them names its agency itself, and a test holds
them to it; on PostgreSQL row-level security stands behind them as behind all others.
"""

import functools
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Dialect, text
from sqlalchemy.exc import DBAPIError

from bot.storage.tenancy import AgencySession

_AGENCY = """SELECT id, slug, name, name_en, short, short_en, phone, hours, particle, sample,
    channel_id, bot_user_id, channel_secret, access_token FROM agency"""
#: What every webhook, turn and message begins with: whose it is, who speaks, and where the conversation stands.
SQL: Mapping[str, str] = {
    "agency_by_slug": f"{_AGENCY} WHERE slug = :slug",
    "agency_by_id": f"{_AGENCY} WHERE id = :agency_id",
    "who": "SELECT id, name, posts, language FROM person WHERE agency_id = :agency_id AND lookup = :lookup",
    "where": "SELECT step, draft, asked_at FROM place WHERE agency_id = :agency_id AND person_id = :person_id",
}


class Statements:
    """SQL by name for one dialect, with `:values`."""

    def __init__(self, sql: Mapping[str, str], dialect: Dialect) -> None:
        self._sql = {name: str(text(one).compile(dialect=dialect)) for name, one in sql.items()}
        self._error: type[Exception] = dialect.loaded_dbapi.Error

    def run(self, connection: Connection, name: str, **values: Any) -> Any:
        """The driver's cursor, whose rows are tuples; errors are those of SQLAlchemy, as everywhere."""
        driver: Any = connection.connection.driver_connection
        try:
            return driver.execute(self._sql[name], values)
        except self._error as error:
            raise DBAPIError.instance(name, None, error, self._error, hide_parameters=True) from error


def who(session: AgencySession, agency_id: int, lookup: str) -> Any:
    """Id, name, posts and language of the person under a keyed hash; None where there is none."""
    return _ask(session, "who", agency_id=agency_id, lookup=lookup)


def where(session: AgencySession, agency_id: int, person_id: str) -> Any:
    """Step, draft and time of a person's open question; None where there is none."""
    return _ask(session, "where", agency_id=agency_id, person_id=person_id)


def agency(connection: Connection, *, slug: str = "", agency_id: int = 0) -> Any:
    """The columns of an agency in the order of `agencies.Row`, by its slug or its id; None where there is none."""
    statements = _statements(connection.dialect)
    if slug:
        return statements.run(connection, "agency_by_slug", slug=slug).fetchone()
    return statements.run(connection, "agency_by_id", agency_id=agency_id).fetchone()


def _ask(session: AgencySession, name: str, **values: Any) -> Any:
    connection = session.bind
    assert isinstance(connection, Connection)
    return _statements(connection.dialect).run(connection, name, **values).fetchone()


@functools.cache
def _statements(dialect: Dialect) -> Statements:
    return Statements(SQL, dialect)
