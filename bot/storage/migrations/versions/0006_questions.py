"""Questions about documents that were brought in."""

import sqlalchemy as sa
from alembic import op

from bot.storage.row_security import wall

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "question",
        sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), primary_key=True),
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("choices", sa.String(), nullable=False),
        sa.Column("measures", sa.String(), nullable=False),
        sa.Column("asked_on", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("answered_on", sa.String(), nullable=False),
        sa.UniqueConstraint("agency_id", "fingerprint"),
    )
    if op.get_context().dialect.name == "postgresql":
        for statement in wall(["question"]):
            op.execute(statement)
