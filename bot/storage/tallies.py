"""Counters of the whole installation, over all processes: turns and messages by outcome. They name no agency."""

from collections.abc import Mapping

from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tenancy import Base, JoiningSession, Moment

Tally = tuple[str, str]  # what is counted, and how it ended
_ADD = """INSERT INTO tally (name, outcome, count) VALUES (:name, :outcome, :more)
    ON CONFLICT (name, outcome) DO UPDATE SET count = tally.count + :more"""


class TallyRow(Base):
    """How often something ended in a certain way."""

    __tablename__ = "tally"

    name: Mapped[str] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[Moment]


def add(connection: Connection, counted: Mapping[Tally, int]) -> None:
    """Add to the counters. Rows are taken in order, so that two processes never wait for each other."""
    for (name, outcome), more in sorted(counted.items()):
        connection.execute(text(_ADD), {"name": name, "outcome": outcome, "more": more})


def all_of(connection: Connection) -> Mapping[Tally, int]:
    """Every counter."""
    return {(row.name, row.outcome): row.count for row in JoiningSession(connection).scalars(select(TallyRow))}
