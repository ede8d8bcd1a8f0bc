"""What is known of people's wishes: their village, whether they want broadcasts, and since when they are away."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("person", sa.Column("village", sa.String(), nullable=False, server_default=sa.literal("")))
    op.add_column("person", sa.Column("muted", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("person", sa.Column("away_since", sa.String(), nullable=False, server_default=sa.literal("")))
