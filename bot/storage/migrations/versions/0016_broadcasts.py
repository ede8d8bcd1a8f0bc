"""Broadcasts with their requests, tasks that wait for a time, and since when a message is tried."""

import sqlalchemy as sa
from alembic import op

from bot.storage.row_security import wall

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    for table, moment in (("outbox", "first_at"), ("task", "not_before")):
        op.add_column(table, sa.Column(moment, sa.BigInteger(), nullable=False, server_default=sa.text("0")))
    op.create_table(
        "broadcast",
        sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), primary_key=True),
        sa.Column("id", sa.String(), primary_key=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("nth", "requests", "version")),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("stage", "told", "expanded_to")),
        sa.Column("expanded", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("agency_id", "nth"),
    )
    op.create_table(
        "broadcast_request",
        sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), primary_key=True),
        sa.Column("broadcast_id", sa.String(), primary_key=True),
        sa.Column("nth", sa.Integer(), primary_key=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
    )
    if op.get_context().dialect.name == "postgresql":
        for statement in wall(["broadcast", "broadcast_request"]):
            op.execute(statement)
