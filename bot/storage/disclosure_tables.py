"""The tables of disclosures: days and states lie open, all else is sealed under the key of its disclosure."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import days
from bot.storage.tenancy import Base, Owned
from itadomain.integrity.disclosure import Outcome, Standing, State, Way

DAYS = ("accepted_on", "answered_on", "over_on", "counted_from", "waiting_since")
COUNTS = ("waited", "reopened")
CODES: Mapping[str, Callable[[str], Any]] = {"way": Way, "state": State}
#: Sorted behind every day.
NEVER = "9999-12-31"


class DisclosureRow(Owned, Base):
    """One disclosure. `code` finds it, and `by_code` is its key under that code.

    `told` is what was told, about whom, and what was asked about its reporter; `identity` who that is. Of one that was
    disposed of all these are empty, and no code finds it.
    """

    __tablename__ = "disclosure"
    __table_args__ = (
        UniqueConstraint("agency_id", "code"),
        Index("disclosure_due", "agency_id", "is_open", "due"),
        Index("disclosure_filed", "agency_id", "filed_on"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str]
    by_code: Mapped[str]
    told: Mapped[str]
    identity: Mapped[str]
    way: Mapped[str]
    filed_on: Mapped[str]
    state: Mapped[str]
    is_open: Mapped[bool]
    outcome: Mapped[str]
    accepted_on: Mapped[str]
    answered_on: Mapped[str]
    over_on: Mapped[str]
    counted_from: Mapped[str]
    waiting_since: Mapped[str]
    waited: Mapped[int]
    due: Mapped[str]
    reopened: Mapped[int]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class DisclosureKeyRow(Owned, Base):
    """The key of a disclosure, wrapped for one receiver."""

    __tablename__ = "disclosure_key"
    __table_args__ = (Index("disclosure_key_of", "agency_id", "person_id"),)

    disclosure_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(primary_key=True)
    kid: Mapped[str]
    wrapped: Mapped[str]


class DisclosureLineRow(Owned, Base):
    """Something that was said about one; who said it is sealed too. `nth` is its place among those of the same."""

    __tablename__ = "disclosure_line"
    __table_args__ = (UniqueConstraint("agency_id", "disclosure_id", "nth"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    disclosure_id: Mapped[str]
    nth: Mapped[int]
    said_on: Mapped[str]
    said: Mapped[str]


class DisclosureFileRow(Owned, Base):
    """A file that came with one; under which name it lies on the shelf is sealed too."""

    __tablename__ = "disclosure_file"
    __table_args__ = (UniqueConstraint("agency_id", "disclosure_id", "nth"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    disclosure_id: Mapped[str]
    nth: Mapped[int]
    facts: Mapped[str]


class BoxRow(Owned, Base):
    """What waits for the next round, the disclosure itself as number 0; without a time and in no order of coming."""

    __tablename__ = "disclosure_box"
    __table_args__ = (UniqueConstraint("agency_id", "code", "nth"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str]
    nth: Mapped[int]
    blob: Mapped[str]


def put_standing(row: DisclosureRow, standing: Standing) -> None:
    """Where it stands, as columns."""
    for name in CODES:
        setattr(row, name, getattr(standing, name).value)
    for name in DAYS:
        setattr(row, name, days.kept(getattr(standing, name)))
    for name in COUNTS:
        setattr(row, name, getattr(standing, name))
    row.outcome = standing.outcome.value if standing.outcome else ""
    row.filed_on, row.due = standing.filed_on.isoformat(), days.kept(standing.due) or NEVER
    row.is_open = standing.open


def standing_of(row: DisclosureRow) -> Standing:
    """Where it stands."""
    told: dict[str, Any] = {name: code(getattr(row, name)) for name, code in CODES.items()}
    told |= {name: days.read(getattr(row, name)) for name in DAYS}
    told |= {name: getattr(row, name) for name in COUNTS}
    return Standing(
        filed_on=date.fromisoformat(row.filed_on),
        outcome=Outcome(row.outcome) if row.outcome else None,
        due=None if row.due == NEVER else days.read(row.due),
        **told,
    )
