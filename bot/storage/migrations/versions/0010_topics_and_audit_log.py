"""The agency's own answers, and the log of who looked at or changed what."""

import sqlalchemy as sa
from alembic import op

from bot.storage.row_security import wall

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "topic",
        _agency(),
        sa.Column("id", sa.String(), primary_key=True),
        *_texts("title", "text", "aliases", "steps", "takes", "fee", "papers", "phone", "changed_on", "changed_by"),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_table(
        "audit_log",
        _agency(),
        sa.Column("no", sa.Integer(), primary_key=True, autoincrement=False),
        *_texts("at", "deed", "by", "about", "facts", "before", "digest"),
    )
    op.create_table(
        "audit_head",
        _agency(),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    if op.get_context().dialect.name == "postgresql":
        for statement in wall(["topic", "audit_log", "audit_head"]):
            op.execute(statement)


def _agency() -> sa.Column[int]:
    return sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), primary_key=True)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]
