"""Which run of which recurring job an agency has had: one row each, so that no two processes do the same one."""

from collections.abc import Sequence

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import hot
from bot.storage.tenancy import Base, JoiningSession, Moment, Owned

#: Beyond all ids of agencies.
NO_ID = 2**31 - 1


class Taken(Exception):
    """Another process has this run."""


class TickRow(Owned, Base):
    """One run of a job. `slot` is the local time that it was due, ISO."""

    __tablename__ = "tick"

    job: Mapped[str] = mapped_column(primary_key=True)
    slot: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[Moment]


def without(
    connection: Connection, job: str, slot: str, after: int, most: int, last: int | None = None
) -> Sequence[int]:
    """Agencies beyond the id `after`, up to `last`, that have not had this run yet, `most` at a time."""
    return hot.missing_tick(connection, job=job, slot=slot, after=after, last=last or NO_ID, most=most)


def take(connection: Connection, agency_id: int, job: str, slot: str, now: int) -> None:
    """Take a run for an agency; Taken where somebody has it. Its effects belong into the same transaction."""
    if not hot.take_tick(connection, agency_id, job, slot, now):
        raise Taken(job)


def note(connection: Connection, agencies: Sequence[int], job: str, slot: str, now: int) -> Sequence[int]:
    """Note a run that came to nothing for many agencies at once; gives those for which nobody had done so before."""
    rows = [{"agency_id": one, "job": job, "slot": slot, "at": now} for one in agencies]
    put = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(TickRow).values(rows)
    noted = put.on_conflict_do_nothing().returning(TickRow.agency_id)
    return JoiningSession(connection).scalars(noted).all()
