"""Sending under limits, the clock, counters; and on PostgreSQL a wall between agencies."""

import sqlalchemy as sa
from alembic import op

from bot.storage.row_security import wall

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _change_the_queue()
    _make_tables()
    if op.get_context().dialect.name == "postgresql":
        for statement in (
            *wall(["measure", "person", "place", "result"]),
            *wall(["inbox", "outbox", "lane", "bucket", "quota", "tick"], across=True),
            *wall(["agency"], across=True, column="id"),
        ):
            op.execute(statement)


def _change_the_queue() -> None:
    op.add_column("inbox", sa.Column("nth", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("inbox", sa.Column("late", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("lane", sa.Column("newest_at", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("lane", sa.Column("minute", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("lane", sa.Column("in_minute", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("posted_at", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("known", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE outbox SET posted_at = token_at, known = CASE WHEN uncertain THEN 0 ELSE attempts END")
    op.drop_column("outbox", "uncertain")


def _make_tables() -> None:
    op.create_table(
        "bucket",
        sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), primary_key=True),
        sa.Column("endpoint", sa.String(), primary_key=True),
        sa.Column("ahead_to", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "tick",
        sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), primary_key=True),
        sa.Column("job", sa.String(), primary_key=True),
        sa.Column("slot", sa.String(), primary_key=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "quota",
        sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), primary_key=True),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "tally",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("outcome", sa.String(), primary_key=True),
        sa.Column("count", sa.BigInteger(), nullable=False),
    )
