"""What an installation knows of itself: one row for each fact. They name no agency."""

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tenancy import Base, JoiningSession


class Known(Exception):
    """A fact is known already."""


class InstallationRow(Base):
    """One fact by its name."""

    __tablename__ = "installation"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


def known(connection: Connection, name: str) -> str:
    """What is known under a name, empty where nothing is."""
    row = JoiningSession(connection).get(InstallationRow, name)
    return row.value if row else ""


def learn(connection: Connection, name: str, value: str) -> str:
    """Keep a new fact and give it back; Known where there is one: whoever comes second waits for the first."""
    session = JoiningSession(connection)
    session.add(InstallationRow(name=name, value=value))
    try:
        session.flush()
    except IntegrityError as faster:
        raise Known(name) from faster
    return value
