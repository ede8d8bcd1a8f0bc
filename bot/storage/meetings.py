"""Meetings at which measures are reported on: one row for each kind and month."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.people import Later
from bot.storage.tenancy import AgencySession, Base, Owned, keep
from itadomain.fiscal import first_day, last_day
from itadomain.meetings import Meeting
from itadomain.periods import MeetingKind


class MeetingRow(Owned, Base):
    """A meeting of a month, by the first day of it, and the day that it is held on."""

    __tablename__ = "meeting"

    kind: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    held_on: Mapped[str]


class SqlMeetings:
    """One agency's meetings."""

    def __init__(self, session: AgencySession, later: Later) -> None:
        self._session = session
        self._later = later
        self._agency = session.info["agency_id"]

    def of(self, year: int) -> Sequence[Meeting]:
        """The meetings of a fiscal year, in the order of their months."""
        within = MeetingRow.month.between(first_day(year).isoformat(), last_day(year).isoformat())
        rows = self._session.scalars(select(MeetingRow).where(within).order_by(MeetingRow.month, MeetingRow.kind))
        return [_meeting(row) for row in rows]

    def save(self, meeting: Meeting) -> None:
        """Keep the day of a meeting, in place of the one kept before."""
        row = MeetingRow(
            agency_id=self._agency, kind=meeting.kind.value, month=meeting.month.isoformat(),
            held_on=meeting.on.isoformat(),
        )  # fmt: skip
        self._later(lambda session: keep(session, row))


def _meeting(row: MeetingRow) -> Meeting:
    return Meeting(MeetingKind(row.kind), date.fromisoformat(row.month), date.fromisoformat(row.held_on))
