"""What meetings resolved, each with what became of it."""

import json
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Index, Select, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import days
from bot.storage.people import Changed, Later
from bot.storage.sealing import KeyRing
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.resolutions import Act, Noted, Resolution


class ResolutionRow(Owned, Base):
    """A resolution; `closed_on` is empty while it is to be done. What it says and what was said of it is sealed."""

    __tablename__ = "resolution"
    __table_args__ = (
        Index("resolution_of_unit", "agency_id", "closed_on", "unit_id"),
        Index("resolution_of_meeting", "agency_id", "meeting"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    meeting: Mapped[str]
    no: Mapped[int]
    unit_id: Mapped[str]
    measure_id: Mapped[str]
    due: Mapped[str]
    made_by: Mapped[str]
    told: Mapped[str]
    closed_on: Mapped[str]
    closed_as: Mapped[str]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class SqlResolutions:
    """One agency's resolutions."""

    def __init__(self, session: AgencySession, later: Later, ring: KeyRing) -> None:
        self._session = session
        self._later = later
        self._ring = ring
        self._agency = session.info["agency_id"]

    def get(self, resolution_id: str) -> Resolution | None:
        """One by its id."""
        row = self._session.get(ResolutionRow, (self._agency, resolution_id))
        return self._resolution(row) if row else None

    def open(self, units: Sequence[str] | None = None) -> Sequence[Resolution]:
        """Those still to be done, what is due first before all others; of some units where they are named."""
        of = select(ResolutionRow).where(ResolutionRow.closed_on == "")
        of = of if units is None else of.where(ResolutionRow.unit_id.in_(units))
        return self._found(of.order_by(ResolutionRow.due, ResolutionRow.meeting, ResolutionRow.no))

    def of_meeting(self, day: date) -> Sequence[Resolution]:
        """All of one meeting, as they were numbered."""
        of = select(ResolutionRow).where(ResolutionRow.meeting == day.isoformat())
        return self._found(of.order_by(ResolutionRow.no, ResolutionRow.id))

    def closed_since(self, day: date) -> Sequence[Resolution]:
        """Those that were done or taken back on a day or after it, in the order of their meetings."""
        of = select(ResolutionRow).where(ResolutionRow.closed_on >= day.isoformat())
        return self._found(of.order_by(ResolutionRow.meeting, ResolutionRow.no, ResolutionRow.id))

    def save(self, *resolutions: Resolution) -> None:
        """Keep new ones, or what has changed; where another did meanwhile, the step runs again."""
        for one in resolutions:
            self._save(one)

    def _save(self, one: Resolution) -> None:
        seen = self._session.get(ResolutionRow, (self._agency, one.id))
        version = seen.version if seen else None
        told = self._ring.seal_text(_told(one), self._agency, "resolution", "told", one.id)

        def write(session: AgencySession) -> None:
            row = session.get(ResolutionRow, (self._agency, one.id)) or ResolutionRow(id=one.id)
            if version is not None and row.version != version:
                raise Changed(one.id)
            _put(row, one)
            row.told = told
            session.add(row)

        self._later(write)

    def _found(self, of: Select[ResolutionRow]) -> Sequence[Resolution]:
        return [self._resolution(row) for row in self._session.scalars(of)]

    def _resolution(self, row: ResolutionRow) -> Resolution:
        told = json.loads(self._ring.open_text(row.told, self._agency, "resolution", "told", row.id))
        return Resolution(
            id=row.id,
            meeting=date.fromisoformat(row.meeting),
            no=row.no,
            wording=told["wording"],
            unit=row.unit_id,
            due=date.fromisoformat(row.due),
            by=row.made_by,
            measure=row.measure_id,
            notes=tuple(
                Noted(Act(act), by, date.fromisoformat(on), said, was) for act, by, on, said, was in told["notes"]
            ),
            closed_on=days.read(row.closed_on),
            closed_as=Act(row.closed_as) if row.closed_as else None,
        )


def _put(row: ResolutionRow, one: Resolution) -> None:
    row.meeting, row.no, row.due = one.meeting.isoformat(), one.no, one.due.isoformat()
    row.unit_id, row.measure_id, row.made_by = one.unit, one.measure, one.by
    row.closed_on, row.closed_as = days.kept(one.closed_on), one.closed_as.value if one.closed_as else ""


def _told(one: Resolution) -> str:
    notes = [[note.act.value, note.by, note.on.isoformat(), note.words, dict(note.was)] for note in one.notes]
    return json.dumps({"wording": one.wording, "notes": notes}, ensure_ascii=False)
