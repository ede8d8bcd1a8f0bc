"""Where a unit began with a measure it took over, and what is to be read by some people only."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("obligation", sa.Column("start", sa.String(), nullable=False, server_default=sa.text("''")))
    op.add_column("circular", sa.Column("people", sa.String(), nullable=False, server_default=sa.text("'[]'")))
