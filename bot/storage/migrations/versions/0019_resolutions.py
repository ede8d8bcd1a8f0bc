"""What meetings resolved."""

import sqlalchemy as sa
from alembic import op

from bot.storage.row_security import wall

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "resolution",
        sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), primary_key=True),
        sa.Column("id", sa.String(), primary_key=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("no", "version")),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("meeting", "unit_id", "measure_id", "due", "made_by", "told", "closed_on", "closed_as")
        ),
    )
    op.create_index("resolution_of_unit", "resolution", ["agency_id", "closed_on", "unit_id"])
    op.create_index("resolution_of_meeting", "resolution", ["agency_id", "meeting"])
    if op.get_context().dialect.name == "postgresql":
        for statement in wall(["resolution"]):
            op.execute(statement)
