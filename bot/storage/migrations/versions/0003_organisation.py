"""The organisation: units, posts in place of roles, codes to join with."""

import json
import uuid

import sqlalchemy as sa
from alembic import op

from bot.storage.row_security import wall

revision = "0003"
down_revision = "0002"

TABLES = ("unit", "invitation", "wrong_codes", "committee", "meeting", "holiday", "circular", "acknowledged")


def upgrade() -> None:
    _make_tables()
    op.add_column("person", sa.Column("posts", sa.String(), nullable=False, server_default="[]"))
    postgresql = op.get_context().dialect.name == "postgresql"
    if postgresql:
        op.execute("ALTER TABLE person NO FORCE ROW LEVEL SECURITY")
    _move_people_into_units()
    if postgresql:
        for statement in ("ALTER TABLE person FORCE ROW LEVEL SECURITY", *wall(TABLES)):
            op.execute(statement)
    op.drop_column("person", "roles")
    op.drop_column("person", "unit")


def _make_tables() -> None:
    op.create_table(
        "unit",
        _agency(),
        _key("id"),
        *_texts("name", "aliases"),
        sa.Column("secretariat", sa.Boolean(), nullable=False),
        *_texts("closed_on"),
    )
    exists = sa.text("closed_on = ''")
    op.create_index(
        "unit_named", "unit", ["agency_id", "name"], unique=True, sqlite_where=exists, postgresql_where=exists
    )
    op.create_table(
        "invitation",
        _agency(),
        _key("id"),
        *_texts("lookup", "role", "unit", "made_by", "made_on", "last_day", "used_by", "used_on"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("agency_id", "lookup"),
    )

    op.create_table("wrong_codes", _agency(), _key("person_id"), *_texts("times"))
    op.create_table("committee", _agency(), _key("id"), *_texts("name", "seats"))
    op.create_table("meeting", _agency(), _key("kind"), _key("month"), *_texts("held_on"))
    op.create_table("holiday", _agency(), _key("day"), *_texts("name"))
    op.create_table(
        "circular",
        _agency(),
        _key("id"),
        *_texts("title", "wording", "audience", "asked_on", "asked_by", "measure", "closed_on"),
    )
    op.create_table("acknowledged", _agency(), _key("circular"), _key("person"), *_texts("at"))


def _agency() -> sa.Column[int]:
    return sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), primary_key=True)


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), primary_key=True)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _move_people_into_units() -> None:
    """Whoever had roles holds each as a post in the unit that was written beside them, however it was spelled."""
    connection = op.get_bind()
    people = sa.table("person", *map(sa.column, ("agency_id", "id", "roles", "unit", "posts")))
    units: dict[tuple[int, str], str] = {}
    rows = connection.execute(sa.select(people).where(people.c.roles != "[]").order_by(people.c.agency_id, people.c.id))
    for row in rows.all():
        unit = _unit_of(connection, units, row.agency_id, row.unit.strip())
        posts = [{"role": role, **({"unit": unit} if unit else {})} for role in json.loads(row.roles)]
        one = sa.and_(people.c.agency_id == row.agency_id, people.c.id == row.id)
        connection.execute(sa.update(people).where(one).values(posts=json.dumps(posts)))


def _unit_of(connection: sa.Connection, units: dict[tuple[int, str], str], agency_id: int, name: str) -> str:
    """The id of a unit, which is made where it is not there yet; empty where nothing was written."""
    if not name:
        return ""
    key = (agency_id, "".join(name.replace(".", "").split()).casefold())
    if key not in units:
        units[key] = uuid.uuid4().hex
        table = sa.table("unit", *map(sa.column, ("agency_id", "id", "name", "aliases", "secretariat", "closed_on")))
        row = {"agency_id": agency_id, "id": units[key], "name": name, "aliases": "[]", "secretariat": False}
        connection.execute(sa.insert(table), {**row, "closed_on": ""})
    return units[key]
