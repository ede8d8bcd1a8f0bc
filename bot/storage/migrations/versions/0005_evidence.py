"""Tasks that take longer than a turn, and evidence."""

import sqlalchemy as sa
from alembic import op

from bot.storage.row_security import wall

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _make_tasks()
    _make_evidence()
    if op.get_context().dialect.name == "postgresql":
        for statement in (*wall(["task"], across=True), *wall(["evidence", "evidence_copy"])):
            op.execute(statement)


def _make_tasks() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        *_texts("lane", "key", "name"),
        sa.Column("body", sa.String(), nullable=True),
        sa.Column("put_at", sa.BigInteger(), nullable=False),
        sa.Column("ready_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        *_texts("reason"),
    )
    for name, columns, rows in (
        ("task_dead", ["state"], "state = 3"),
        ("task_waiting", ["agency_id", "lane", "ready_at", "id"], "state = 0"),
    ):
        op.create_index(name, "task", columns, sqlite_where=sa.text(rows), postgresql_where=sa.text(rows))


def _make_evidence() -> None:
    op.create_table(
        "evidence",
        _agency(),
        sa.Column("id", sa.String(), primary_key=True),
        *_texts("person", "kind", "stage", "message", "together", "obligation", "slot", "received_on", "told"),
        *_texts("sha256", "media_type"),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        *_texts("why"),
    )
    for name in ("message", "obligation", "person", "sha256"):
        op.create_index(f"evidence_{name}", "evidence", ["agency_id", name])
    op.create_table(
        "evidence_copy",
        _agency(),
        sa.Column("sha256", sa.String(), primary_key=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("leaving", sa.Boolean(), nullable=False),
    )


def _agency() -> sa.Column[int]:
    return sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), primary_key=True)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]
