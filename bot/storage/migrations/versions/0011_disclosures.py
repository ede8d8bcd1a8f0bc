"""Disclosures: the box, what came out of it, who can open it, and the public halves of receivers."""

import sqlalchemy as sa
from alembic import op

from bot.storage.row_security import wall

revision = "0011"
down_revision = "0010"

TABLES = (
    "officer_key", "disclosure_pepper", "disclosure", "disclosure_key", "disclosure_line", "disclosure_file",
    "disclosure_box",
)  # fmt: skip


def upgrade() -> None:
    op.create_table("officer_key", _agency(), _key("person_id"), *_texts("kid", "public"))
    op.create_table("disclosure_pepper", _agency(), *_texts("pepper"))
    _disclosure()
    op.create_table(
        "disclosure_key", _agency(), _key("disclosure_id"), _key("person_id"), *_texts("kid", "wrapped")
    )  # fmt: skip
    op.create_index("disclosure_key_of", "disclosure_key", ["agency_id", "person_id"])
    for name, columns in (("disclosure_line", ("said_on", "said")), ("disclosure_file", ("facts",))):
        nth = sa.UniqueConstraint("agency_id", "disclosure_id", "nth")
        op.create_table(name, _agency(), _key("id"), *_texts("disclosure_id"), _number("nth"), *_texts(*columns), nth)
    op.create_table(
        "disclosure_box", _agency(), _key("id"), *_texts("code"), _number("nth"), *_texts("blob"),
        sa.UniqueConstraint("agency_id", "code", "nth"), sqlite_with_rowid=False,
    )  # fmt: skip
    if op.get_context().dialect.name == "postgresql":
        for statement in wall(TABLES):
            op.execute(statement)


def _disclosure() -> None:
    op.create_table(
        "disclosure",
        _agency(),
        _key("id"),
        *_texts("code", "by_code", "told", "identity", "way", "filed_on", "state"),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        *_texts("outcome", "accepted_on", "answered_on", "over_on", "counted_from", "waiting_since"),
        _number("waited"),
        *_texts("due"),
        _number("reopened"),
        _number("version"),
        sa.UniqueConstraint("agency_id", "code"),
    )
    op.create_index("disclosure_due", "disclosure", ["agency_id", "is_open", "due"])
    op.create_index("disclosure_filed", "disclosure", ["agency_id", "filed_on"])


def _agency() -> sa.Column[int]:
    return sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), primary_key=True)


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), primary_key=True)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]
