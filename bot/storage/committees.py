"""Committees: one row each, with all the seats that there ever were."""

import json
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import days
from bot.storage.people import Later
from bot.storage.tenancy import AgencySession, Base, Owned, keep
from itadomain.organisation import Committee, Seat


class CommitteeRow(Owned, Base):
    """A committee."""

    __tablename__ = "committee"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    seats: Mapped[str]


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
        row = CommitteeRow(
            agency_id=self._agency, id=committee.id, name=committee.name,
            seats=json.dumps([_kept(seat) for seat in committee.seats], ensure_ascii=False),
        )  # fmt: skip
        self._later(lambda session: keep(session, row))


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
