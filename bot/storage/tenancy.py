"""One agency's session: it sees and writes that agency's rows only.

The agency is a property of the session, not an argument, so no one can forget it. Core statements and bulk inserts
would pass by, so they stay in `queue.py`; a test holds everyone to that.
"""

from typing import Annotated, Any

from sqlalchemy import BigInteger, Connection, ForeignKey, Integer, event
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    ORMExecuteState,
    Session,
    mapped_column,
    with_loader_criteria,
)

#: A moment in milliseconds since 1970, UTC.
Moment = Annotated[int, mapped_column(BigInteger)]
#: A running number; SQLite counts by itself only in a column that it calls INTEGER.
Number = Annotated[int, mapped_column(BigInteger().with_variant(Integer, "sqlite"))]


class Base(DeclarativeBase):
    """All tables."""


class Owned:
    """A row that belongs to one agency; every key begins with it."""

    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), primary_key=True, sort_order=-1)


class ForeignRow(Exception):
    """A row of one agency was about to be written in another agency's session."""


class JoiningSession(Session):
    """A session inside a transaction that somebody else opened, and commits."""

    def __init__(self, bind: Connection, **info: Any) -> None:
        super().__init__(
            bind, autoflush=False, expire_on_commit=False, join_transaction_mode="rollback_only", info=info
        )


class AgencySession(JoiningSession):
    """A session of one agency on a given connection."""

    def __init__(self, bind: Connection, agency_id: int) -> None:
        super().__init__(bind, agency_id=agency_id)


def keep(session: Session, row: Base) -> None:
    """Put a row in place of the one of the same key, or as a new one."""
    session.merge(row)


@event.listens_for(AgencySession, "do_orm_execute")
def _see_own_rows(state: ORMExecuteState) -> None:
    agency_id = state.session.info["agency_id"]
    state.statement = state.statement.options(
        with_loader_criteria(Owned, lambda row: row.agency_id == agency_id, include_aliases=True)
    )


@event.listens_for(AgencySession, "before_flush")
def _write_own_rows(session: Session, _context: Any, _instances: Any) -> None:
    agency_id = session.info["agency_id"]
    for row in session.new:
        if isinstance(row, Owned) and not row.agency_id:
            row.agency_id = agency_id
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, Owned) and row.agency_id != agency_id:
            raise ForeignRow(type(row).__name__)
