"""What people were reminded of, how far up what is late has come, and what was pushed since LINE counted last."""

import sqlalchemy as sa
from alembic import op

from bot.storage.row_security import wall

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "reminder",
        sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), primary_key=True),
        sa.Column("person_id", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("told", "digest_on", "not_before")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("week_told", "looked_on")),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_table(
        "escalation",
        sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), primary_key=True),
        sa.Column("obligation_id", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("slot", "told", "warned", "know", "heard")),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    for name in ("pushed", "for_cases"):
        op.add_column("quota", sa.Column(name, sa.Integer(), nullable=False, server_default=sa.text("0")))
    for name in ("read_month", "pushed_month"):
        op.add_column("quota", sa.Column(name, sa.String(), nullable=False, server_default=sa.literal("")))
    op.add_column("quota", sa.Column("pushed_at", sa.BigInteger(), nullable=False, server_default=sa.text("0")))
    op.create_index("obligation_coming", "obligation", ["agency_id", "closed_on", "due"])
    if op.get_context().dialect.name == "postgresql":
        for statement in wall(["reminder", "escalation"]):
            op.execute(statement)
