"""Which run of which recurring job an agency has had: one row each, so that no two processes do the same one."""

from collections.abc import Sequence

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, aliased, mapped_column

from bot.storage.agencies import AgencyRow
from bot.storage.tenancy import Base, JoiningSession, Moment, Owned


class Taken(Exception):
    """Another process has this run."""


class TickRow(Owned, Base):
    """One run of a job. `slot` is the local time that it was due, ISO."""

    __tablename__ = "tick"

    job: Mapped[str] = mapped_column(primary_key=True)
    slot: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[Moment]


def without(connection: Connection, job: str, slot: str, after: int, most: int) -> Sequence[int]:
    """Agencies beyond the id `after` that have not had this run yet, `most` at a time."""
    had = aliased(TickRow)
    missing = (
        select(AgencyRow.id)
        .outerjoin(had, (had.agency_id == AgencyRow.id) & (had.job == job) & (had.slot == slot))
        .where(had.agency_id.is_(None), AgencyRow.id > after)
        .order_by(AgencyRow.id)
        .limit(most)
    )
    return JoiningSession(connection).scalars(missing).all()


def take(connection: Connection, agency_id: int, job: str, slot: str, now: int) -> None:
    """Take a run for an agency; Taken where somebody has it. Its effects belong into the same transaction."""
    session = JoiningSession(connection)
    if session.get(TickRow, (agency_id, job, slot)):
        raise Taken(job)
    session.add(TickRow(agency_id=agency_id, job=job, slot=slot, at=now))
    try:
        session.flush()
    except IntegrityError as faster:  # by a hair
        raise Taken(job) from faster
