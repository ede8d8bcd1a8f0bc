"""Surveys: what is asked, who was asked, what was begun, the box of what was answered, and what is counted of it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from bot.storage.row_security import wall

revision = "0017"
down_revision = "0016"

TABLES = (
    "survey", "survey_item", "service_point", "survey_sample", "survey_mark", "survey_draft", "survey_box",
    "survey_cell", "survey_word",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "survey",
        _agency(),
        _key("id"),
        _number("nth"),
        *_texts("kind", "asks", "opened_on", "closes_on", "closed_on"),
        sa.Column("population", sa.Integer(), nullable=True),
        *_texts("opened_by"),
        _number("version"),
        sa.UniqueConstraint("agency_id", "nth"),
    )
    op.create_table("survey_item", _agency(), _year(), _key("code"), *_texts("asks"))
    op.create_table("service_point", _agency(), _key("code"), *_texts("name", "unit", "closed_on"))
    op.create_table(
        "survey_sample", _agency(), _year(), _key("instrument"), _key("day"), _number("answered"), _number("wanted"),
        *_texts("by"),
    )  # fmt: skip
    _who()
    _what()
    if op.get_context().dialect.name == "postgresql":
        for statement in (*wall(TABLES), *_swept(("survey_box", "survey_draft"))):
            op.execute(statement)


def _swept(tables: Sequence[str]) -> list[str]:
    """Let the server clear away at once what is deleted, not when there is enough of it: it was somebody's answers."""
    always = [
        f"{part}autovacuum_vacuum_{limit} = 0" for part in ("", "toast.") for limit in ("threshold", "scale_factor")
    ]
    return [f"ALTER TABLE {table} SET ({', '.join(always)})" for table in tables]


def _who() -> None:
    op.create_table(
        "survey_mark", _agency(), _key("survey_id"), _key("lookup"), *_texts("standing", "day"), _number("reached"),
        *_texts("reminded_on"), _number("version"),
    )  # fmt: skip
    op.create_index("survey_mark_of", "survey_mark", ["agency_id", "lookup"])
    op.create_table("survey_draft", _agency(), _key("person_id"), _key("survey_id"), *_texts("since", "told"))


def _what() -> None:
    op.create_table(
        "survey_box", _agency(), _key("id"), *_texts("survey_id", "blob"), sqlite_with_rowid=False
    )  # fmt: skip
    op.create_index("survey_box_of", "survey_box", ["agency_id", "survey_id"])
    op.create_table(
        "survey_cell", _agency(), *(_key(name) for name in ("survey_id", "point", "month")), _number("people"),
        *_texts("shown", "held"), _number("version"),
    )  # fmt: skip
    op.create_table(
        "survey_word", _agency(), _key("id"), *_texts("survey_id", "said"),
        sa.Column("shown", sa.Boolean(), nullable=False), sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_index("survey_word_of", "survey_word", ["agency_id", "survey_id"])


def _agency() -> sa.Column[int]:
    return sa.Column("agency_id", sa.Integer(), sa.ForeignKey("agency.id"), primary_key=True)


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), primary_key=True)


def _year() -> sa.Column[int]:
    return sa.Column("fiscal_year", sa.Integer(), primary_key=True, autoincrement=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]
