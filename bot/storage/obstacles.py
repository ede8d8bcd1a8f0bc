"""Obstacles, each with all that was said about it."""

import json
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Index, Select, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import days
from bot.storage.people import Changed, Later
from bot.storage.sealing import KeyRing
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.obstacles import Obstacle, Said, Side


class ObstacleRow(Owned, Base):
    """What stands in the way of a unit with a measure; `closed_on` is empty while it does. `talk` is sealed."""

    __tablename__ = "obstacle"
    __table_args__ = (
        Index("obstacle_of_unit", "agency_id", "closed_on", "unit_id"),
        Index("obstacle_of_measure", "agency_id", "measure_id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    measure_id: Mapped[str]
    unit_id: Mapped[str]
    told_on: Mapped[str]
    talk: Mapped[str]
    agreed: Mapped[str]
    closed_on: Mapped[str]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class SqlObstacles:
    """One agency's obstacles."""

    def __init__(self, session: AgencySession, later: Later, ring: KeyRing) -> None:
        self._session = session
        self._later = later
        self._ring = ring
        self._agency = session.info["agency_id"]

    def open(self, units: Sequence[str] | None = None) -> Sequence[Obstacle]:
        """Those that are in the way now, oldest first; of some units where they are named."""
        of = select(ObstacleRow).where(ObstacleRow.closed_on == "")
        return self._found(of if units is None else of.where(ObstacleRow.unit_id.in_(units)))

    def of_measure(self, measure_id: str) -> Sequence[Obstacle]:
        """All about a measure, oldest first, those that are gone too."""
        return self._found(select(ObstacleRow).where(ObstacleRow.measure_id == measure_id))

    def get(self, obstacle_id: str) -> Obstacle | None:
        """One by its id."""
        row = self._session.get(ObstacleRow, (self._agency, obstacle_id))
        return self._obstacle(row) if row else None

    def save(self, obstacle: Obstacle) -> None:
        """Keep a new one, or what has changed; once a turn."""
        seen = self._session.get(ObstacleRow, (self._agency, obstacle.id))
        version = seen.version if seen else None
        talk = self._ring.keep_text(_talk(obstacle), self._agency, "obstacle", "talk", obstacle.id)

        def write(session: AgencySession) -> None:
            row = session.get(ObstacleRow, (self._agency, obstacle.id)) or ObstacleRow(id=obstacle.id)
            if version is not None and row.version != version:
                raise Changed(obstacle.id)
            _put(row, obstacle)
            row.talk = talk
            session.add(row)

        self._later(write)

    def _found(self, of: Select[ObstacleRow]) -> Sequence[Obstacle]:
        return [self._obstacle(row) for row in self._session.scalars(of.order_by(ObstacleRow.told_on, ObstacleRow.id))]

    def _obstacle(self, row: ObstacleRow) -> Obstacle:
        talk = json.loads(self._ring.read_text(row.talk, self._agency, "obstacle", "talk", row.id))
        return Obstacle(
            id=row.id,
            measure=row.measure_id,
            unit=row.unit_id,
            talk=tuple(Said(Side(side), by, date.fromisoformat(on), words) for side, by, on, words in talk),
            agreed=frozenset(Side(side) for side in json.loads(row.agreed)),
            closed_on=days.read(row.closed_on),
        )


def _put(row: ObstacleRow, one: Obstacle) -> None:
    row.measure_id, row.unit_id, row.told_on = one.measure, one.unit, one.told.on.isoformat()
    row.agreed, row.closed_on = json.dumps(sorted(one.agreed)), days.kept(one.closed_on)


def _talk(one: Obstacle) -> str:
    said = [[part.side.value, part.by, part.on.isoformat(), part.words] for part in one.talk]
    return json.dumps(said, ensure_ascii=False)
