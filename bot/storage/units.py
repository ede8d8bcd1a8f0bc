"""Units of an agency: one row each, closed ones too."""

import json
from collections.abc import Sequence

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import days, hot
from bot.storage.people import Changed, Later
from bot.storage.queue_tables import only
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.organisation import Unit


class UnitRow(Owned, Base):
    """A unit under its present name; `aliases` are what else it is called, `closed_on` is empty while it exists."""

    __tablename__ = "unit"
    __table_args__ = (Index("unit_named", "agency_id", "name", unique=True, **only("closed_on = ''")),)

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    aliases: Mapped[str]
    secretariat: Mapped[bool]
    closed_on: Mapped[str]
    version: Mapped[int] = mapped_column(server_default="1")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class SqlUnits:
    """One agency's units."""

    def __init__(self, session: AgencySession, later: Later) -> None:
        self._session = session
        self._later = later
        self._agency = session.info["agency_id"]
        self._all: Sequence[Unit] | None = None  # a turn asks for them more than once, and sees one snapshot

    def all(self) -> Sequence[Unit]:
        """Those that exist, the secretariat first, then by name."""
        if self._all is None:
            found = [
                Unit(own, name, tuple(json.loads(aliases)), bool(secretariat))
                for own, name, aliases, secretariat in hot.units(self._session)
            ]
            self._all = sorted(found, key=lambda unit: (not unit.secretariat, unit.name))
        return self._all

    def get(self, unit_id: str) -> Unit | None:
        """One by its id, closed ones too."""
        row = self._session.get(UnitRow, (self._agency, unit_id))
        return _unit(row) if row else None

    def save(self, unit: Unit) -> None:
        """Keep a new one, or what has changed."""
        seen = self._session.get(UnitRow, (self._agency, unit.id))
        version = seen.version if seen else None

        def write(session: AgencySession) -> None:
            row = session.get(UnitRow, (self._agency, unit.id))
            if (row.version if row else None) != version:
                raise Changed(unit.id)
            session.add(_put(row or UnitRow(id=unit.id), unit))

        self._later(write)


def _put(row: UnitRow, unit: Unit) -> UnitRow:
    row.name, row.aliases = unit.name, json.dumps(list(unit.aliases), ensure_ascii=False)
    row.secretariat, row.closed_on = unit.secretariat, days.kept(unit.closed_on)
    return row


def _unit(row: UnitRow) -> Unit:
    return Unit(row.id, row.name, tuple(json.loads(row.aliases)), row.secretariat, days.read(row.closed_on))
