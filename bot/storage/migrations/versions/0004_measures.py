"""Measures become somebody's: obligations, reports, obstacles, history; and what an agency chooses."""

import json
from collections import defaultdict
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.storage.row_security import wall
from itadomain.duties import assigned
from itadomain.fiscal import FiscalYear
from itadomain.measures import Measure, Obligation
from itadomain.organisation import Unit
from itadomain.timetable import scheduled, timetable

revision = "0004"
down_revision = "0003"

TABLES = ("history", "nudge", "obligation", "obstacle", "report", "setting")
READ = ("measure", "unit")
WORDS = ("title", "lead", "period", "follow_up")
NEVER = "9999-12-31"


def upgrade() -> None:
    _make_tables()
    _make_indexes()
    _make_room_in_measures()
    postgresql = op.get_context().dialect.name == "postgresql"
    for table in READ if postgresql else ():
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    _make_measures_somebodys()
    if postgresql:
        for statement in (*(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY" for table in READ), *wall(TABLES)):
            op.execute(statement)


def _make_tables() -> None:
    op.create_table(
        "obligation",
        *_keys("id"),
        *_texts("measure_id", "unit_id"),
        *_numbers("plan_year", "place"),
        sa.Column("lead", sa.Boolean(), nullable=False),
        *_texts("standing"),
        sa.Column("percent", sa.Integer(), nullable=True),
        *_texts("amount", "reported_on", "reported_for", "slot", "due", "closed_on", "closed_as"),
        *_numbers("version"),
    )
    op.create_table(
        "report",
        *_keys("id"),
        *_texts("obligation_id"),
        *_numbers("nth"),
        *_texts("measure_id", "unit_id"),
        *_numbers("plan_year"),
        *_texts("made_on", "made_by", "slot", "due", "standing", "said"),
        sa.Column("percent", sa.Integer(), nullable=True),
        *_texts("amount", "steps", "next_step", "why_back", "approval", "decided_by", "decided_on", "reason"),
        *_texts("corrects", "replaced_by"),
    )
    told = _texts("measure_id", "unit_id", "told_on", "talk", "agreed", "closed_on")
    op.create_table("obstacle", *_keys("id"), *told, *_numbers("version"))
    op.create_table(
        "history",
        *_keys("measure_id"),
        sa.Column("nth", sa.Integer(), primary_key=True),
        *_texts("deed", "done_on", "done_by", "unit_id", "before", "after", "why"),
    )
    op.create_table("setting", *_keys("name"), *_texts("value"))
    op.create_table("nudge", *_keys("person_id"), *_texts("nudged_on"))


def _make_indexes() -> None:
    for name, table, columns, unique in (
        ("obligation_urgent", "obligation", ("unit_id", "plan_year", "closed_on", "due", "place", "closed_as"), False),
        ("obligation_of_measure", "obligation", ("measure_id", "id"), False),
        ("obligation_of_plan", "obligation", ("plan_year", "place"), False),
        ("report_of_obligation", "report", ("obligation_id", "nth"), True),
        ("report_waiting", "report", ("unit_id", "approval", "replaced_by"), False),
        ("report_of_year", "report", ("plan_year",), False),
        ("obstacle_of_unit", "obstacle", ("closed_on", "unit_id"), False),
        ("obstacle_of_measure", "obstacle", ("measure_id",), False),
    ):
        op.create_index(name, table, ["agency_id", *columns], unique=unique)


def _make_room_in_measures() -> None:
    for name in ("number", "indicators", "cancelled_on"):
        op.add_column("measure", sa.Column(name, sa.String(), nullable=False, server_default=sa.text("''")))
    op.create_index("measure_in_plan", "measure", ["agency_id", "plan_year", "position"])
    op.create_index("measure_numbered", "measure", ["agency_id", "plan_year", "number"])


def _keys(name: str) -> list[sa.Column[Any]]:
    agency = sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), primary_key=True)
    return [agency, sa.Column(name, sa.String(), primary_key=True)]


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _make_measures_somebodys() -> None:
    """Each measure of an older release becomes a duty of the units that its plan names, as a new plan's do."""
    connection = op.get_bind()
    table = sa.table("measure", *map(sa.column, ("agency_id", "id", "plan_year", "position", "number", "printed")))
    units = _units(connection)
    for row in connection.execute(sa.select(table)).all():
        printed = json.loads(row.printed)
        one = sa.and_(table.c.agency_id == row.agency_id, table.c.id == row.id)
        connection.execute(sa.update(table).where(one).values(number=printed.get("number", "")))
        words = {name: printed.get(name, "") for name in WORDS}
        owners = tuple(printed.get("owners", ()))
        measure = Measure(row.id, FiscalYear(row.plan_year), "", owners=owners, place=row.position, **words)
        days = timetable(measure)
        for duty in assigned(measure, units[row.agency_id]).obligations:
            _insert(connection, row.agency_id, scheduled(duty, days))


def _units(connection: sa.Connection) -> dict[int, list[Unit]]:
    found = defaultdict(list)
    table = sa.table("unit", *map(sa.column, ("agency_id", "id", "name", "aliases", "secretariat", "closed_on")))
    for row in connection.execute(sa.select(table)).all():
        closed_on = date.fromisoformat(row.closed_on) if row.closed_on else None
        unit = Unit(row.id, row.name, tuple(json.loads(row.aliases)), bool(row.secretariat), closed_on)
        found[row.agency_id].append(unit)
    return found


def _insert(connection: sa.Connection, agency_id: int, duty: Obligation) -> None:
    row = {
        "agency_id": agency_id, "id": duty.id, "measure_id": duty.measure, "unit_id": duty.unit,
        "plan_year": duty.plan_year, "place": duty.place, "lead": duty.lead, "standing": "not_started",
        "slot": duty.slot.isoformat() if duty.slot else "", "due": duty.due.isoformat() if duty.due else NEVER,
        "amount": "", "reported_on": "", "reported_for": "", "closed_on": "", "closed_as": "", "version": 1,
    }  # fmt: skip
    connection.execute(sa.insert(sa.table("obligation", *map(sa.column, row))), row)
