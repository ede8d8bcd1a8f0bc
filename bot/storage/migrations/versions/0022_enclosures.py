"""A circular may be about one of the agency's papers."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("circular", sa.Column("paper", sa.String(), nullable=False, server_default=""))
