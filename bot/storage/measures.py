"""Measures: one row each, found by the natural key of its plan."""

import dataclasses
import json
import uuid
from collections.abc import Sequence

from sqlalchemy import UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.people import Later
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.fiscal import FiscalYear
from itadomain.measures import Measure

LISTS = ("owners", "steps", "questions")


class MeasureRow(Owned, Base):
    """A measure of a plan; `position` is its place in print, `natural_key` what it is recognised by."""

    __tablename__ = "measure"
    __table_args__ = (UniqueConstraint("agency_id", "natural_key"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    natural_key: Mapped[str]
    plan_year: Mapped[int]
    position: Mapped[int]
    printed: Mapped[str]


class SqlMeasures:
    """One agency's measures."""

    def __init__(self, session: AgencySession, later: Later) -> None:
        self._session = session
        self._later = later

    def of_newest_plan(self) -> Sequence[Measure]:
        """The measures of the newest plan, in printed order."""
        newest = select(func.max(MeasureRow.plan_year)).scalar_subquery()
        rows = self._session.scalars(
            select(MeasureRow).where(MeasureRow.plan_year == newest).order_by(MeasureRow.position)
        )
        return [_measure(row) for row in rows]

    def get(self, measure_id: str) -> Measure | None:
        """One measure by its id."""
        row = self._session.scalar(select(MeasureRow).where(MeasureRow.id == measure_id))
        return _measure(row) if row else None

    def save_plan(self, measures: Sequence[Measure]) -> None:
        """Keep a plan's measures in printed order; those known by their natural key keep their id."""
        seen: dict[str, int] = {}
        for position, measure in enumerate(measures, 1):
            key = "|".join((str(measure.plan_year), _folded(measure.title), _folded("".join(measure.owners))))
            seen[key] = seen.get(key, 0) + 1
            self._save(measure, f"{key}|{seen[key]}", position)

    def _save(self, measure: Measure, key: str, position: int) -> None:
        def write(session: AgencySession) -> None:
            row = session.scalar(select(MeasureRow).where(MeasureRow.natural_key == key))
            row = row or MeasureRow(id=measure.id or uuid.uuid4().hex, natural_key=key)
            row.plan_year, row.position = measure.plan_year, position
            row.printed = json.dumps(_printed(measure), ensure_ascii=False)
            session.add(row)

        self._later(write)


def _printed(measure: Measure) -> dict[str, object]:
    return {k: v for k, v in dataclasses.asdict(measure).items() if k not in {"id", "plan_year"}}


def _measure(row: MeasureRow) -> Measure:
    printed = json.loads(row.printed)
    printed |= {name: tuple(printed[name]) for name in LISTS}
    return Measure(id=row.id, plan_year=FiscalYear(row.plan_year), **printed)


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()
