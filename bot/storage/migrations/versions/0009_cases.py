"""Cases, what they are about, and what was sent with them."""

import sqlalchemy as sa
from alembic import op

from bot.storage.row_security import wall

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    _make_cases()
    _make_categories()
    op.add_column("evidence", sa.Column("case_id", sa.String(), nullable=False, server_default=sa.text("''")))
    op.create_index("evidence_case_id", "evidence", ["agency_id", "case_id"])
    if op.get_context().dialect.name == "postgresql":
        for statement in wall(["case_file", "case_category"]):
            op.execute(statement)


def _make_cases() -> None:
    op.create_table(
        "case_file",
        _agency(),
        sa.Column("id", sa.String(), primary_key=True),
        *_numbers("year", "number"),
        *_texts("kind", "channel", "state"),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        *_texts("category", "unit", "officer", "reporter", "entered_by"),
        *_texts("filed_on", "accepted_on", "answered_on", "over_on", "counted_from", "waiting_since", "review_on"),
        *_texts("due"),
        *_numbers("waited", "reopened"),
        sa.Column("mended", sa.Boolean(), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        *_texts("told"),
        *_numbers("version"),
        sa.UniqueConstraint("agency_id", "year", "number"),
    )
    op.create_index("case_of_reporter", "case_file", ["agency_id", "reporter"])
    op.create_index("case_due", "case_file", ["agency_id", "is_open", "due"])
    op.create_index("case_over", "case_file", ["agency_id", "state", "over_on"])
    op.create_index("case_filed", "case_file", ["agency_id", "filed_on"])


def _make_categories() -> None:
    op.create_table(
        "case_category",
        _agency(),
        sa.Column("code", sa.String(), primary_key=True),
        *_numbers("place"),
        *_texts("name", "unit"),
        *_numbers("accept", "answer"),
        sa.Column("photo", sa.Boolean(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        *_numbers("version"),
    )


def _agency() -> sa.Column[int]:
    return sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), primary_key=True)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]
