"""Which address of each person's calendar counts: a row for whoever ever wanted another than the first."""

from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.people import Changed, Later
from bot.storage.tenancy import AgencySession, Base, Owned

FIRST = 1


class CalendarRow(Owned, Base):
    """The number of the address that leads to a person's calendar."""

    __tablename__ = "calendar_address"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]


class SqlCalendars:
    """The addresses of one agency's people."""

    def __init__(self, session: AgencySession, later: Later) -> None:
        self._session = session
        self._later = later
        self._agency = session.info["agency_id"]

    def number_of(self, person_id: str) -> int:
        """The number of the one that counts, from 1."""
        return self._number(self._session, person_id)

    def save(self, person_id: str, number: int) -> None:
        """Let another count; Changed where another was wanted meanwhile."""
        seen = self.number_of(person_id)

        def write(session: AgencySession) -> None:
            if self._number(session, person_id) != seen:
                raise Changed(person_id)
            row = session.get(CalendarRow, (self._agency, person_id)) or CalendarRow(person_id=person_id)
            row.number = number
            session.add(row)

        self._later(write)

    def _number(self, session: AgencySession, person_id: str) -> int:
        row = session.get(CalendarRow, (self._agency, person_id))
        return row.number if row else FIRST
