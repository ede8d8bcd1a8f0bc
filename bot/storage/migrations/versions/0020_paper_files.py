"""Papers being made, and the links that lead to them."""

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Nothing yet."""
