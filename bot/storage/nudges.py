"""Who was reminded, and on which day last: nobody twice a day, however many try at once."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import hot
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

    def on(self, day: date) -> frozenset[str]:
        """The ids of those who were reminded on a day."""
        return hot.nudged_on(self._session, day.isoformat())

    def add(self, person_id: str, day: date) -> None:
        """Note that somebody is reminded; where another did it meanwhile, the step runs again and leaves them out."""
        self.add_all([person_id], day)

    def add_all(self, people: Collection[str], day: date) -> None:
        """Note that some people are reminded, by their ids."""
        reminded = sorted(people)  # in one order by all

        def write(session: AgencySession) -> None:
            if not hot.nudge_all(session, reminded, day.isoformat()):
                raise Changed("nudges")

        self._later(write)
