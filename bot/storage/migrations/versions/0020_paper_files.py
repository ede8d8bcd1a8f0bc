"""Papers being made, and the links that lead to them."""

import sqlalchemy as sa
from alembic import op

from bot.storage.row_security import wall

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "paper_file",
        sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), primary_key=True),
        sa.Column("id", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("person", "stage", "step", "told")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("done", "whole")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("asked_at", "until", "fetched_at")),
    )
    op.create_index("paper_file_person", "paper_file", ["agency_id", "person"])
    op.create_index("paper_file_until", "paper_file", ["until"])
    if op.get_context().dialect.name == "postgresql":
        for statement in wall(["paper_file"], across=True):
            op.execute(statement)
