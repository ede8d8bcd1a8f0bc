"""Obligations: one row for each measure and unit.

The due day stands in the row, so that the most urgent come first without a look at the others.
"""

import dataclasses
import heapq
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice, product
from typing import Any, NamedTuple

from sqlalchemy import Index, func, literal, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import days, facts, hot
from bot.storage.people import Changed, Later
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.fiscal import FiscalYear
from itadomain.measures import Closing, Obligation, Standing, Start, Tally

#: The due day of what has none: after all others.
NEVER = "9999-12-31"
#: Ids that one statement may name.
A_STATEMENT = 5_000


class ObligationRow(Owned, Base):
    """What one unit answers for; `due` is NEVER where there is none, the other days are empty."""

    __tablename__ = "obligation"
    __table_args__ = (
        Index("obligation_urgent", "agency_id", "unit_id", "plan_year", "closed_on", "due", "place", "closed_as"),
        Index("obligation_of_measure", "agency_id", "measure_id", "id"),
        Index("obligation_of_plan", "agency_id", "plan_year", "place"),
        Index("obligation_coming", "agency_id", "closed_on", "due"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    measure_id: Mapped[str]
    unit_id: Mapped[str]
    plan_year: Mapped[int]
    place: Mapped[int]
    lead: Mapped[bool]
    standing: Mapped[str]
    percent: Mapped[int | None]
    amount: Mapped[str]
    reported_on: Mapped[str]
    reported_for: Mapped[str]
    slot: Mapped[str]
    due: Mapped[str]
    closed_on: Mapped[str]
    closed_as: Mapped[str]
    start: Mapped[str] = mapped_column(server_default=literal(""))  # empty where it was nobody's before
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class Kept(NamedTuple):
    """A row, as `hot.coming` reads it."""

    id: str
    measure_id: str
    unit_id: str
    plan_year: int
    place: int
    lead: bool
    standing: str
    percent: int | None
    amount: str
    reported_on: str
    reported_for: str
    slot: str
    due: str
    closed_on: str
    closed_as: str
    start: str


class SqlObligations:
    """One agency's obligations."""

    def __init__(self, session: AgencySession, later: Later) -> None:
        self._session = session
        self._later = later
        self._agency = session.info["agency_id"]

    def of_units(self, units: Sequence[str], years: Sequence[int], limit: int, offset: int = 0) -> Sequence[Obligation]:
        """Those of some units that are open, the most urgent first. Each unit's and year's stand in order already."""
        each = [self._urgent(unit, year, limit + offset) for unit, year in product(units, years)]
        merged = heapq.merge(*each, key=lambda one: (one.due or date.max, one.place))
        return list(islice(merged, offset, offset + limit))

    def tallies(self, years: Sequence[int], today: date, units: Sequence[str] | None = None) -> Mapping[str, Tally]:
        """How many each unit has, open, late and done; those of some units where they are named."""
        late = (ObligationRow.closed_on == "") & (ObligationRow.due < today.isoformat())
        asked = select(
            ObligationRow.unit_id,
            func.count(),
            func.count().filter(ObligationRow.closed_on == ""),
            func.count().filter(late),
            func.count().filter(ObligationRow.closed_as == Closing.DONE.value),
        ).where(ObligationRow.plan_year.in_(years))
        if units is not None:
            asked = asked.where(ObligationRow.unit_id.in_(units))
        rows = self._session.execute(asked.group_by(ObligationRow.unit_id))
        return {unit: Tally(*counts) for unit, *counts in rows}

    def of_measure(self, measure_id: str) -> Sequence[Obligation]:
        """Every unit's share of a measure, closed ones too."""
        rows = select(ObligationRow).where(ObligationRow.measure_id == measure_id).order_by(ObligationRow.id)
        return [_obligation(row) for row in self._session.scalars(rows)]

    def coming(self, until: date, oldest: int) -> Sequence[Obligation]:
        """Those still to be reported on that are due by a day, what was due first before all others."""
        rows = hot.coming(self._session, until.isoformat(), oldest, Standing.DONE.value)
        return [_obligation(Kept(*row)) for row in rows]

    def of_year(self, year: int) -> Sequence[Obligation]:
        """All of a plan, closed ones too, in the order of the plan."""
        rows = select(ObligationRow).where(ObligationRow.plan_year == year)
        return [_obligation(row) for row in self._session.scalars(rows.order_by(ObligationRow.place, ObligationRow.id))]

    def get(self, obligation_id: str) -> Obligation | None:
        """One by its id."""
        row = self._session.get(ObligationRow, (self._agency, obligation_id))
        return _obligation(row) if row else None

    def save(self, *obligations: Obligation) -> None:
        """Keep new ones, or what has changed; each once a turn."""
        ids = [one.id for one in obligations]
        seen = {row.id: row.version for row in _rows(self._session, ids).values()}

        def write(session: AgencySession) -> None:
            rows = _rows(session, ids)
            for one in obligations:
                row = rows.get(one.id)
                if (row.version if row else None) != seen.get(one.id):
                    raise Changed(one.id)
                row = row or ObligationRow(id=one.id)
                _put(row, one)
                session.add(row)

        self._later(write)

    def _urgent(self, unit: str, year: int, limit: int) -> Sequence[Obligation]:
        rows = select(ObligationRow).where(
            ObligationRow.unit_id == unit, ObligationRow.plan_year == year, ObligationRow.closed_on == ""
        )
        ordered = rows.order_by(ObligationRow.due, ObligationRow.place).limit(limit)
        return [_obligation(row) for row in self._session.scalars(ordered)]


def _rows(session: AgencySession, ids: Sequence[str]) -> Mapping[str, ObligationRow]:
    """Those of some ids, so many at a time as a statement takes."""
    asked = [ids[at : at + A_STATEMENT] for at in range(0, len(ids), A_STATEMENT)]
    found = [session.scalars(select(ObligationRow).where(ObligationRow.id.in_(some))) for some in asked]
    return {row.id: row for rows in found for row in rows}


def _put(row: ObligationRow, one: Obligation) -> None:
    row.measure_id, row.unit_id, row.plan_year, row.place = one.measure, one.unit, one.plan_year, one.place
    row.lead, row.standing, row.percent = one.lead, one.standing.value, one.percent
    row.amount = "" if one.amount is None else str(one.amount)
    row.reported_on, row.reported_for = days.kept(one.reported_on), days.kept(one.reported_for)
    row.slot, row.due = days.kept(one.slot), days.kept(one.due) or NEVER
    row.closed_on, row.closed_as = days.kept(one.closed_on), one.closed_as.value if one.closed_as else ""
    row.start = "" if one.start == Start() else facts.write(dataclasses.asdict(one.start))


def _obligation(row: ObligationRow | Kept) -> Obligation:
    return Obligation(
        id=row.id,
        measure=row.measure_id,
        unit=row.unit_id,
        plan_year=FiscalYear(row.plan_year),
        place=row.place,
        lead=bool(row.lead),
        standing=Standing(row.standing),
        percent=row.percent,
        amount=Decimal(row.amount) if row.amount else None,
        reported_on=days.read(row.reported_on),
        reported_for=days.read(row.reported_for),
        slot=days.read(row.slot),
        due=None if row.due == NEVER else days.read(row.due),
        closed_on=days.read(row.closed_on),
        closed_as=Closing(row.closed_as) if row.closed_as else None,
        start=_start(facts.read(row.start)) if row.start else Start(),
    )


def _start(kept: Mapping[str, Any]) -> Start:
    return Start(**{**kept, "standing": Standing(kept["standing"])})
