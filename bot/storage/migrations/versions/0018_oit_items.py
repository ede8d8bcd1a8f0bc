"""What is published for the OIT: an item of a fiscal year, and what was found at its address."""

import sqlalchemy as sa
from alembic import op

from bot.storage.row_security import wall

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    words = ("unit_id", "due", "address", "board", "updated_on", "updated_by", "checked_on", "outcome")
    op.create_table(
        "oit_item",
        sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), primary_key=True),
        sa.Column("fiscal_year", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("no", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(), nullable=False),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("confirmed", "dropped")),
        *(sa.Column(name, sa.String(), nullable=False) for name in words),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("expired", sa.Boolean(), nullable=False),
        sa.Column("changed_on", sa.String(), nullable=False),
    )
    if op.get_context().dialect.name == "postgresql":
        for statement in wall(["oit_item"]):
            op.execute(statement)
