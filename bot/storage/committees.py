"""Committees: one row each, with all the seats that there ever were."""

import json
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import days
from bot.storage.people import Changed, Later
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.organisation import Committee, Seat


class CommitteeRow(Owned, Base):
    """A committee."""

    __tablename__ = "committee"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    seats: Mapped[str]
    version: Mapped[int] = mapped_column(server_default="1")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class SqlCommittees:
    """One agency's committees."""

    def __init__(self, session: AgencySession, later: Later) -> None:
        self._session = session
        self._later = later
        self._agency = session.info["agency_id"]

    def all(self) -> Sequence[Committee]:
        """All of them, by name."""
        rows = self._session.scalars(select(CommitteeRow).order_by(CommitteeRow.name, CommitteeRow.id))
        return [_committee(row) for row in rows]

    def get(self, committee_id: str) -> Committee | None:
        """One by its id."""
        row = self._session.get(CommitteeRow, (self._agency, committee_id))
        return _committee(row) if row else None

    def save(self, committee: Committee) -> None:
        """Keep a new one, or what has changed."""
        seen = self._session.get(CommitteeRow, (self._agency, committee.id))
        version = seen.version if seen else None

        def write(session: AgencySession) -> None:
            row = session.get(CommitteeRow, (self._agency, committee.id))
            if (row.version if row else None) != version:
                raise Changed(committee.id)
            session.add(_put(row or CommitteeRow(id=committee.id), committee))

        self._later(write)


def _put(row: CommitteeRow, committee: Committee) -> CommitteeRow:
    row.name = committee.name
    row.seats = json.dumps([_kept(seat) for seat in committee.seats], ensure_ascii=False)
    return row


def _kept(seat: Seat) -> dict[str, str]:
    return {
        "person": seat.person, "duty": seat.duty, "since": days.kept(seat.since), "until": days.kept(seat.until),
    }  # fmt: skip


def _committee(row: CommitteeRow) -> Committee:
    seats = [
        Seat(one["person"], one["duty"], days.read(one["since"]), days.read(one["until"]))
        for one in json.loads(row.seats)
    ]
    return Committee(row.id, row.name, tuple(seats))
