"""Who was reminded, and on which day last: nobody twice a day, however many try at once."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.people import Changed, Later
from bot.storage.tenancy import AgencySession, Base, Owned


class NudgeRow(Owned, Base):
    """The newest day on which somebody was reminded."""

    __tablename__ = "nudge"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    nudged_on: Mapped[str]


class SqlNudges:
    """Those whom one agency reminded."""

    def __init__(self, session: AgencySession, later: Later) -> None:
        self._session = session
        self._later = later
        self._agency = session.info["agency_id"]

    def on(self, day: date) -> frozenset[str]:
        """The ids of those who were reminded on a day."""
        return frozenset(self._session.scalars(select(NudgeRow.person_id).where(NudgeRow.nudged_on == day.isoformat())))

    def add(self, person_id: str, day: date) -> None:
        """Note that somebody is reminded; where another did it meanwhile, the step runs again and leaves them out."""

        def write(session: AgencySession) -> None:
            row = session.get(NudgeRow, (self._agency, person_id)) or NudgeRow(person_id=person_id, nudged_on="")
            if row.nudged_on == day.isoformat():
                raise Changed(person_id)
            row.nudged_on = day.isoformat()
            session.add(row)

        self._later(write)
