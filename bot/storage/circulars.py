"""What is to be acknowledged, and who has done so."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import days
from bot.storage.people import Later
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.acknowledgements import Acknowledged, Audience, Circular


class CircularRow(Owned, Base):
    """Something to be read; `closed_on` is empty while people are asked to."""

    __tablename__ = "circular"

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    wording: Mapped[str]
    audience: Mapped[str]
    asked_on: Mapped[str]
    asked_by: Mapped[str]
    measure: Mapped[str]
    closed_on: Mapped[str]


class AcknowledgedRow(Owned, Base):
    """One person's acknowledgement; the moment is ISO, in the agency's zone."""

    __tablename__ = "acknowledged"

    circular: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[str]


class SqlCirculars:
    """One agency's register of acknowledgement."""

    def __init__(self, session: AgencySession, later: Later) -> None:
        self._session = session
        self._later = later
        self._agency = session.info["agency_id"]

    def all(self) -> Sequence[Circular]:
        """All of them, the newest first."""
        rows = self._session.scalars(select(CircularRow).order_by(CircularRow.asked_on.desc(), CircularRow.id))
        return [_circular(row) for row in rows]

    def get(self, circular_id: str) -> Circular | None:
        """One by its id."""
        row = self._session.get(CircularRow, (self._agency, circular_id))
        return _circular(row) if row else None

    def save(self, circular: Circular) -> None:
        """Keep a new one, or what has changed."""
        self._later(lambda session: _put(session.merge(CircularRow(agency_id=self._agency, id=circular.id)), circular))

    def acknowledged(self, circular_id: str) -> Sequence[Acknowledged]:
        """Who has acknowledged one, in the order in which they did."""
        return self._acknowledged(AcknowledgedRow.circular == circular_id)

    def acknowledged_by(self, person_id: str) -> Sequence[Acknowledged]:
        """What a person has acknowledged."""
        return self._acknowledged(AcknowledgedRow.person == person_id)

    def acknowledge(self, one: Acknowledged) -> None:
        """Keep that a person has read one; the first time stands."""

        def write(session: AgencySession) -> None:
            if session.get(AcknowledgedRow, (self._agency, one.circular, one.person)) is None:
                session.add(AcknowledgedRow(circular=one.circular, person=one.person, at=one.at.isoformat()))

        self._later(write)

    def _acknowledged(self, which: ColumnElement[bool]) -> Sequence[Acknowledged]:
        rows = self._session.scalars(select(AcknowledgedRow).where(which).order_by(AcknowledgedRow.at))
        return [_read(row) for row in rows]


def _put(row: CircularRow, circular: Circular) -> None:
    row.title, row.wording, row.measure = circular.title, circular.wording, circular.measure
    row.audience, row.asked_by = circular.audience.value, circular.asked_by
    row.asked_on, row.closed_on = circular.asked_on.isoformat(), days.kept(circular.closed_on)


def _circular(row: CircularRow) -> Circular:
    return Circular(
        row.id, row.title, row.wording, Audience(row.audience), date.fromisoformat(row.asked_on), row.asked_by,
        row.measure, days.read(row.closed_on),
    )  # fmt: skip


def _read(row: AcknowledgedRow) -> Acknowledged:
    return Acknowledged(row.circular, row.person, datetime.fromisoformat(row.at))
