"""Statements that run for every message: compiled once, and run on the driver's own connection.

That costs a tenth of the ORM's way and a half of SQLAlchemy's. Each of them names its agency itself, and a test holds
them to it; on PostgreSQL row-level security stands behind them as behind all others.
"""

import functools
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect, text
from sqlalchemy.exc import DBAPIError

from bot.storage.queue_sql import EACH, with_rows
from bot.storage.tenancy import AgencySession

_AGENCY = """SELECT id, slug, name, name_en, short, short_en, phone, hours, particle, sample,
    channel_id, bot_user_id, channel_secret, access_token FROM agency"""
#: What an agency has by a name or a day.
PAIRS: Mapping[str, tuple[str, str]] = {"setting": ("name", "value"), "holiday": ("day", "name")}
#: What the clock writes for many people at once: the key of each table, and what else there is to a row.
VERSIONED: Mapping[str, tuple[str, Sequence[str]]] = {
    "reminder": ("person_id", ("told", "digest_on", "not_before", "week_told", "looked_on")),
    "escalation": ("obligation_id", ("slot", "told", "warned", "know", "heard")),
}


def _of_many(table: str, key: str, columns: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Read all rows of an agency; insert many; write over many where they are of the version that was seen.

    That comes last in a row.
    """
    listed = ", ".join((key, *columns))
    given = ", ".join(f"value ->> {place}" for place in range(len(columns) + 1))
    puts = ", ".join(f"{column} = value ->> {place}" for place, column in enumerate(columns, 1))
    yield f"{table}_all", f"SELECT {listed}, version FROM {table} WHERE agency_id = :agency_id ORDER BY {key}"
    yield (
        f"{table}_new",
        f"""
        INSERT INTO {table} (agency_id, {listed}, version) SELECT :agency_id, {given}, 1 FROM {EACH} WHERE TRUE
        ON CONFLICT DO NOTHING""",
    )
    yield (
        f"{table}_changed",
        f"""
        UPDATE {table} SET {puts}, version = {table}.version + 1 FROM {EACH}
        WHERE {table}.agency_id = :agency_id AND {table}.{key} = value ->> 0
            AND {table}.version = CAST(value ->> {len(columns) + 1} AS INTEGER)""",
    )


#: What every webhook, turn and message begins with: whose it is, who speaks, and where the conversation stands.
SQL: Mapping[str, str] = {
    "agency_by_slug": f"{_AGENCY} WHERE slug = :slug",
    "agency_by_id": f"{_AGENCY} WHERE id = :agency_id",
    "who": """SELECT id, name, posts, language, village, muted, away_since FROM person
    WHERE agency_id = :agency_id AND lookup = :lookup""",
    "tick_take": """
        INSERT INTO tick (agency_id, job, slot, at) VALUES (:agency_id, :job, :slot, :now) ON CONFLICT DO NOTHING""",
    "tick_missing": """SELECT a.id FROM agency a
    LEFT JOIN tick had ON had.agency_id = a.id AND had.job = :job AND had.slot = :slot
    WHERE had.agency_id IS NULL AND a.id > :after AND a.id <= :last ORDER BY a.id LIMIT :most""",
    "nudged_on": "SELECT person_id FROM nudge WHERE agency_id = :agency_id AND nudged_on = :day",
    "asked_since": "SELECT person_id FROM place WHERE agency_id = :agency_id AND asked_at > :moment",
    **{
        f"{table}_pairs": f"SELECT {key}, {value} FROM {table} WHERE agency_id = :agency_id ORDER BY {key}"
        for table, (key, value) in PAIRS.items()
    },
    "turn_to": "SELECT set_config('itabot.agency', :agency_id, TRUE), set_config('itabot.across', '', TRUE)",
    "units": """SELECT id, name, aliases, secretariat FROM unit WHERE agency_id = :agency_id AND closed_on = ''""",
    "measures": f"""SELECT id, plan_year, number, position, printed FROM measure
    WHERE agency_id = :agency_id AND id IN (SELECT value ->> 0 FROM {EACH}) ORDER BY position""",
    "coming": """SELECT id, measure_id, unit_id, plan_year, place, lead, standing, percent, amount, reported_on,
    reported_for, slot, due, closed_on, closed_as, start FROM obligation
    WHERE agency_id = :agency_id AND closed_on = '' AND due <= :until AND plan_year >= :oldest AND standing <> :done
    ORDER BY due, place, id""",
    # What waits to be pushed is counted beside: messages with no free way, and a broadcast's request is many.
    "quota": """SELECT most, used, read_month, pushed, for_cases, pushed_month,
        (SELECT COUNT(*) FROM outbox WHERE agency_id = :agency_id AND state = 0 AND token_at = 0)
        + (SELECT COALESCE(SUM(people - 1), 0) FROM broadcast_request WHERE agency_id = :agency_id AND state = :waiting)
    FROM quota WHERE agency_id = :agency_id""",
    "reporters": f"""SELECT obligation_id, made_by FROM report
    WHERE agency_id = :agency_id AND obligation_id IN (SELECT value ->> 0 FROM {EACH}) ORDER BY nth""",
    "with_posts": """SELECT id, name, posts, language, village, muted, away_since, line_user_id FROM person
    WHERE agency_id = :agency_id AND posts LIKE '%' || :part || '%' ORDER BY id""",
    "nudged": f"""
        INSERT INTO nudge (agency_id, person_id, nudged_on) SELECT :agency_id, value ->> 0, value ->> 1 FROM {EACH}
        WHERE TRUE ON CONFLICT (agency_id, person_id) DO UPDATE SET nudged_on = excluded.nudged_on
            WHERE nudge.nudged_on <> excluded.nudged_on""",
    **{name: sql for table, (key, columns) in VERSIONED.items() for name, sql in _of_many(table, key, columns)},
    "remind_invited": """UPDATE survey_mark SET reminded_on = :day, version = version + 1
    WHERE agency_id = :agency_id AND survey_id = :survey AND standing = 'invited' AND reminded_on = ''""",
    "drop_marks": "DELETE FROM survey_mark WHERE agency_id = :agency_id AND survey_id = :survey",
    "drop_drafts": "DELETE FROM survey_draft WHERE agency_id = :agency_id AND since < :day",
    "where": "SELECT step, draft, asked_at FROM place WHERE agency_id = :agency_id AND person_id = :person_id",
    "quota_count": """
        INSERT INTO quota (agency_id, most, used, read_at, read_month, pushed, for_cases, pushed_month, pushed_at)
        VALUES (:agency_id, NULL, 0, 0, '', :people, :for_cases, :month, :now)
        ON CONFLICT (agency_id) DO UPDATE SET
            pushed = :people + CASE WHEN quota.pushed_month = :month THEN quota.pushed ELSE 0 END,
            for_cases = :for_cases + CASE WHEN quota.pushed_month = :month THEN quota.for_cases ELSE 0 END,
            pushed_month = :month, pushed_at = :now""",
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
    """What is kept of the person under a keyed hash, in the order of `people.Kept`; None where there is none."""
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


def turn_to(connection: Connection, agency_id: int) -> None:
    """Let row-level security show an agency and nobody else, until the transaction is over."""
    _statements(connection.dialect).run(connection, "turn_to", agency_id=str(agency_id))


def with_posts(session: AgencySession, part: str) -> Sequence[Any]:
    """Those in whose posts `part` is written, in the order of `people.Kept`."""
    found: Sequence[Any] = _run(session, "with_posts", part=part).fetchall()
    return found


def units(session: AgencySession) -> Sequence[Any]:
    """The open units: id, name, aliases, whether it is the secretariat."""
    found: Sequence[Any] = _run(session, "units").fetchall()
    return found


def measures(session: AgencySession, ids: Collection[str]) -> Sequence[Any]:
    """Measures by their ids, in the order of `measures.Kept`."""
    found: Sequence[Any] = _run(session, "measures", rows=json.dumps([[one] for one in ids])).fetchall()
    return found


def coming(session: AgencySession, until: str, oldest: int, done: str) -> Sequence[Any]:
    """Open obligations due by a day, of plans from a year on and not `done`: `obligations.Kept`, in order."""
    found: Sequence[Any] = _run(session, "coming", until=until, oldest=oldest, done=done).fetchall()
    return found


def reporters(session: AgencySession, obligations: Collection[str]) -> Mapping[str, str]:
    """Who made the newest report on each of some obligations, both by their ids."""
    return dict(_run(session, "reporters", rows=json.dumps([[one] for one in obligations])).fetchall())


def quota(session: AgencySession, waiting: str) -> Any:
    """What is kept of an agency's quota, as `quotas.Kept`; requests of broadcasts that wait are in state `waiting`."""
    return _ask(session, "quota", waiting=waiting)


def pairs(session: AgencySession, table: str) -> Mapping[str, str]:
    """What an agency has in a table that is looked up by a name or a day, in the order of these: PAIRS."""
    return dict(_run(session, f"{table}_pairs").fetchall())


def nudged_on(session: AgencySession, day: str) -> frozenset[str]:
    """The ids of those who were reminded on a day."""
    return frozenset(row[0] for row in _run(session, "nudged_on", day=day).fetchall())


def asked_since(session: AgencySession, moment: int) -> frozenset[str]:
    """The ids of those whom something was asked since a moment."""
    return frozenset(row[0] for row in _run(session, "asked_since", moment=moment).fetchall())


def missing_tick(connection: Connection, **asked: Any) -> Sequence[int]:
    """The `most` first agencies with an id `after` one, up to the `last`, that have not had a `slot` of a `job`."""
    return [row[0] for row in _statements(connection.dialect).run(connection, "tick_missing", **asked).fetchall()]


def take_tick(connection: Connection, agency_id: int, job: str, slot: str, now: int) -> bool:
    """Note that a job runs for an agency; False where somebody has done so."""
    ran = _statements(connection.dialect).run(connection, "tick_take", agency_id=agency_id, job=job, slot=slot, now=now)
    return bool(ran.rowcount)


def every(session: AgencySession, table: str) -> Sequence[Any]:
    """All rows of an agency in a table of VERSIONED: key, columns, version."""
    found: Sequence[Any] = _run(session, f"{table}_all").fetchall()
    return found


def keep_all(session: AgencySession, table: str, rows: Sequence[Sequence[Any]]) -> bool:
    """Write many rows of a table of VERSIONED, each with the version that was seen last of all, None for a new one.

    False where one of them was changed, made or dropped meanwhile.
    """
    new, old = [row[:-1] for row in rows if row[-1] is None], [row for row in rows if row[-1] is not None]
    return _written(session, f"{table}_new", new) and _written(session, f"{table}_changed", old)


def nudge_all(session: AgencySession, people: Sequence[str], day: str) -> bool:
    """Note that some people were reminded on a day; False where one of them was already."""
    return _written(session, "nudged", [[one, day] for one in people])


def remind_invited(session: AgencySession, survey: str, day: str) -> None:
    """Note that all who were invited to a survey, did not begin and were not reminded are reminded on a day."""
    _run(session, "remind_invited", survey=survey, day=day)


def drop_marks(session: AgencySession, survey: str) -> None:
    """Forget who was asked in a survey."""
    _run(session, "drop_marks", survey=survey)


def drop_drafts(session: AgencySession, before: str) -> None:
    """Forget what was begun before a day and not sent."""
    _run(session, "drop_drafts", day=before)


def count_pushed(connection: Connection, agency_id: int, **counted: Any) -> None:
    """Add what was pushed (`people`, `for_cases` of them) to an agency's `month`, in which it is `now`."""
    _statements(connection.dialect).run(connection, "quota_count", agency_id=agency_id, **counted)


def _ask(session: AgencySession, name: str, **values: Any) -> Any:
    return _run(session, name, **values).fetchone()


def _written(session: AgencySession, name: str, rows: Sequence[Sequence[Any]]) -> bool:
    """Whether each of some rows was written, all of them in one statement."""
    return not rows or _run(session, name, rows=json.dumps(rows)).rowcount == len(rows)


def _run(session: AgencySession, name: str, **values: Any) -> Any:
    connection = session.bind
    assert isinstance(connection, Connection)
    return _statements(connection.dialect).run(connection, name, **{"agency_id": session.info["agency_id"], **values})


@functools.cache
def _statements(dialect: Dialect) -> Statements:
    return Statements({name: with_rows(sql, dialect.name) for name, sql in SQL.items()}, dialect)
