"""Which papers were approved, and the agency's own templates and seal."""

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Nothing yet."""
