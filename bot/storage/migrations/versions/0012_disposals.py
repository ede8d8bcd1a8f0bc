"""The register of what was destroyed after its time, and the day on which a case was."""

import sqlalchemy as sa
from alembic import op

from bot.storage.row_security import wall

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "disposal",
        sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), primary_key=True),
        sa.Column("about", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("what", "number", "over_on", "stage", "by", "at")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("reason", "approved_by", "approved_at")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("lines", "files", "version")),
    )
    op.create_index("disposal_stage", "disposal", ["agency_id", "stage", "approved_at"])
    op.add_column("case_file", sa.Column("disposed_on", sa.String(), nullable=False, server_default=sa.literal("")))
    if op.get_context().dialect.name == "postgresql":
        for statement in wall(["disposal"]):
            op.execute(statement)
