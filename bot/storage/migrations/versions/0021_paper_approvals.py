"""Which papers were approved, and the agency's own templates and seal."""

import sqlalchemy as sa
from alembic import op

from bot.storage.row_security import wall

revision = "0021"
down_revision = "0020"

TEXTS = ("digest", "stage", "asked_by", "asked_at", "decided_by", "decided_at", "reason", "told")


def upgrade() -> None:
    op.create_table(
        "paper_approval",
        sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), primary_key=True),
        sa.Column("kind", sa.String(), primary_key=True),
        sa.Column("about", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in TEXTS),
        sa.Column("news", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "paper_part",
        sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), primary_key=True),
        sa.Column("name", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("sha256", "contents")),
    )
    if op.get_context().dialect.name == "postgresql":
        for statement in wall(["paper_approval", "paper_part"]):
            op.execute(statement)
