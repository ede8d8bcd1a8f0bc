"""Days off: the country's, with what an agency has added to them or taken out."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from bot.holidays_th import holidays_th
from bot.storage import hot
from bot.storage.people import Later
from bot.storage.tenancy import AgencySession, Base, Owned, keep


class HolidayRow(Owned, Base):
    """A day on which an agency differs from the country: off under its own name, or open where the name is empty."""

    __tablename__ = "holiday"

    day: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class SqlHolidays:
    """One agency's days off."""

    def __init__(self, session: AgencySession, later: Later) -> None:
        self._session = session
        self._later = later
        self._agency = session.info["agency_id"]
        self._own: Mapping[date, str] | None = None  # a turn asks for them often, and sees one snapshot

    def between(self, first: date, last: date) -> Mapping[date, str]:
        """The days off from one day to another, in their order, each with its name."""
        found = holidays_th(first.year, last.year)
        if self.own():
            found = dict(sorted({**found, **self.own()}.items()))
        return {day: name for day, name in found.items() if name and first <= day <= last}

    def own(self) -> Mapping[date, str]:
        """Where the agency differs from the country: a name, empty where it is open."""
        if self._own is None:
            kept = hot.pairs(self._session, "holiday")
            self._own = {date.fromisoformat(day): name for day, name in kept.items()}
        return self._own

    def save(self, day: date, name: str) -> None:
        """Keep a day off under its name; without one, offices are open on it."""
        row = HolidayRow(agency_id=self._agency, day=day.isoformat(), name=name)
        self._later(lambda session: keep(session, row))
