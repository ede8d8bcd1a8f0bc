"""PostgreSQL's own wall between agencies, behind the criteria of the ORM: row-level security.

A transaction names its agency in the setting `itabot.agency` (see `postgres.py`); with none it sees no row. The queue
and the list of agencies are also open to a transaction that says `itabot.across`: a worker looks for work everywhere.
The wall is forced on the owner of the tables too; only a superuser passes, so the service must not be one. A migration
that changes rows stands before it as well: it lifts the force (`NO FORCE ROW LEVEL SECURITY`) and puts it back.
"""

from collections.abc import Iterable

_AGENCY = "NULLIF(current_setting('itabot.agency', true), '')::bigint"
_ACROSS = "current_setting('itabot.across', true) = 'on'"


def wall(tables: Iterable[str], *, across: bool = False, column: str = "agency_id") -> list[str]:
    """The statements that put the wall up around `tables`, whose rows name their agency in `column`."""
    rule = f"{column} = {_AGENCY}" + (f" OR {_ACROSS}" if across else "")
    return [
        statement
        for table in tables
        for statement in (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY one_agency ON {table} USING ({rule}) WITH CHECK ({rule})",
        )
    ]
