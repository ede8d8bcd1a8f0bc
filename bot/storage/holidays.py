"""Days off: the country's, with what an agency has added to them or taken out."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from bot.holidays_th import holidays_th
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

    def between(self, first: date, last: date) -> Mapping[date, str]:
        """The days off from one day to another, in their order, each with its name."""
        found = {**holidays_th(first.year, last.year), **self.own()}
        return {day: found[day] for day in sorted(found) if first <= day <= last and found[day]}

    def own(self) -> Mapping[date, str]:
        """Where the agency differs from the country: a name, empty where it is open."""
        rows = self._session.scalars(select(HolidayRow).order_by(HolidayRow.day))
        return {date.fromisoformat(row.day): row.name for row in rows}

    def save(self, day: date, name: str) -> None:
        """Keep a day off under its name; without one, offices are open on it."""
        row = HolidayRow(agency_id=self._agency, day=day.isoformat(), name=name)
        self._later(lambda session: keep(session, row))
