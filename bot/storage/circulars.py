"""What is to be acknowledged, and who has done so."""

import json
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, literal, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import days
from bot.storage.people import Later
from bot.storage.sealing import KeyRing
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.acknowledgements import Acknowledged, Audience, Circular


class CircularRow(Owned, Base):
    """Something to be read; `closed_on` is empty while people are asked to. The wording is sealed."""

    __tablename__ = "circular"

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    wording: Mapped[str]
    audience: Mapped[str]
    asked_on: Mapped[str]
    asked_by: Mapped[str]
    measure: Mapped[str]
    closed_on: Mapped[str]
    people: Mapped[str] = mapped_column(server_default=literal("[]"))  # ids, where only some are asked
    paper: Mapped[str] = mapped_column(server_default=literal(""))


class AcknowledgedRow(Owned, Base):
    """One person's acknowledgement; the moment is ISO, in the agency's zone."""

    __tablename__ = "acknowledged"

    circular: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[str]


class SqlCirculars:
    """One agency's register of acknowledgement."""

    def __init__(self, session: AgencySession, later: Later, ring: KeyRing) -> None:
        self._session = session
        self._later = later
        self._ring = ring
        self._agency = session.info["agency_id"]

    def all(self) -> Sequence[Circular]:
        """All of them, the newest first."""
        rows = self._session.scalars(select(CircularRow).order_by(CircularRow.asked_on.desc(), CircularRow.id))
        return [self._circular(row) for row in rows]

    def get(self, circular_id: str) -> Circular | None:
        """One by its id."""
        row = self._session.get(CircularRow, (self._agency, circular_id))
        return self._circular(row) if row else None

    def save(self, circular: Circular) -> None:
        """Keep a new one, or what has changed."""
        wording = self._ring.keep_text(circular.wording, self._agency, "circular", "wording", circular.id)

        def write(session: AgencySession) -> None:
            row = session.merge(CircularRow(agency_id=self._agency, id=circular.id))
            _put(row, circular)
            row.wording = wording

        self._later(write)

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

    def _circular(self, row: CircularRow) -> Circular:
        wording = self._ring.read_text(row.wording, self._agency, "circular", "wording", row.id)
        return Circular(
            row.id, row.title, wording, Audience(row.audience), date.fromisoformat(row.asked_on), row.asked_by,
            row.measure, days.read(row.closed_on), tuple(json.loads(row.people)), row.paper,
        )  # fmt: skip


def _put(row: CircularRow, circular: Circular) -> None:
    row.title, row.measure, row.people = circular.title, circular.measure, json.dumps(list(circular.people))
    row.paper = circular.paper
    row.audience, row.asked_by = circular.audience.value, circular.asked_by
    row.asked_on, row.closed_on = circular.asked_on.isoformat(), days.kept(circular.closed_on)


def _read(row: AcknowledgedRow) -> Acknowledged:
    return Acknowledged(row.circular, row.person, datetime.fromisoformat(row.at))
