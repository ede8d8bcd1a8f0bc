"""The windows of the assessment that an agency entered itself, and which address of a person's calendar counts."""

import sqlalchemy as sa
from alembic import op

from bot.storage.row_security import wall

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "assessment_window",
        sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), primary_key=True),
        sa.Column("fiscal_year", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("phase", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("first", "last", "by", "on", "note")),
    )
    op.create_table(
        "calendar_address",
        sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), primary_key=True),
        sa.Column("person_id", sa.String(), primary_key=True),
        sa.Column("number", sa.Integer(), nullable=False),
    )
    if op.get_context().dialect.name == "postgresql":
        for statement in wall(["assessment_window", "calendar_address"]):
            op.execute(statement)
