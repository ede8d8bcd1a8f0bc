"""Measures: one row each, found by the natural key of its plan."""

import dataclasses
import itertools
import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Index, Select, UniqueConstraint, func, literal, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import days, hot
from bot.storage.people import Changed, Later
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.fiscal import FiscalYear
from itadomain.measures import Measure, Printed, Target, natural_keys

LISTS = ("owners", "steps", "questions", "indicators")
COLUMNS = ("id", "plan_year", "number", "place")  # all else is kept together


class MeasureRow(Owned, Base):
    """A measure of a plan; `position` is its place in print, `natural_key` what it is recognised by."""

    __tablename__ = "measure"
    __table_args__ = (
        UniqueConstraint("agency_id", "natural_key"),
        Index("measure_in_plan", "agency_id", "plan_year", "position"),
        Index("measure_numbered", "agency_id", "plan_year", "number"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    natural_key: Mapped[str]
    plan_year: Mapped[int]
    position: Mapped[int]
    number: Mapped[str] = mapped_column(server_default=literal(""))
    printed: Mapped[str]
    indicators: Mapped[str] = mapped_column(server_default=literal(""))  # "7,10"; here and in print, to be counted by
    cancelled_on: Mapped[str] = mapped_column(server_default=literal(""))


class Kept(NamedTuple):
    """What is read of a row to know a measure."""

    id: str
    plan_year: int
    number: str
    position: int
    printed: str


class SqlMeasures:
    """One agency's measures."""

    def __init__(self, session: AgencySession, later: Later) -> None:
        self._session = session
        self._later = later
        self._agency = session.info["agency_id"]

    def years(self) -> Sequence[FiscalYear]:
        """The years that there is a plan for, newest first."""
        newest, years = select(func.max(MeasureRow.plan_year)), []
        year = self._session.scalar(newest)
        while year is not None:  # from one to the next, so that the measures between them are not looked at
            years.append(FiscalYear(year))
            year = self._session.scalar(newest.where(MeasureRow.plan_year < year))
        return years

    def of_newest_plan(self) -> Sequence[Measure]:
        """The measures of the newest plan, in printed order."""
        newest = select(func.max(MeasureRow.plan_year)).scalar_subquery()
        return self._found(select(MeasureRow).where(MeasureRow.plan_year == newest))

    def of_year(self, year: int, limit: int | None = None, offset: int = 0) -> Sequence[Measure]:
        """The measures of one plan in printed order, or a page of them."""
        return self._found(select(MeasureRow).where(MeasureRow.plan_year == year).limit(limit).offset(offset or None))

    def count(self, year: int) -> int:
        """How many measures a plan has."""
        of = select(func.count()).select_from(MeasureRow).where(MeasureRow.plan_year == year)
        return self._session.scalar(of) or 0

    def numbered(self, year: int, number: int) -> Measure | None:
        """The measure at a place of a plan, else the one that bears the number in print."""
        of_plan = select(MeasureRow).where(MeasureRow.plan_year == year)
        in_order = self._found(of_plan.where(MeasureRow.position == number).limit(1))
        return next(iter(in_order or self._found(of_plan.where(MeasureRow.number == str(number)).limit(1))), None)

    def get(self, measure_id: str) -> Measure | None:
        """One measure by its id."""
        row = self._session.get(MeasureRow, (self._agency, measure_id))
        return measure_of(row) if row else None

    def some(self, ids: Collection[str]) -> Sequence[Measure]:
        """Those of some ids, whatever plan they are of."""
        return [measure_of(Kept(*row)) for row in hot.measures(self._session, ids)] if ids else []

    def save(self, measure: Measure) -> None:
        """Keep what a person has changed about a measure; it is recognised as it was."""
        seen = self.get(measure.id)

        def write(session: AgencySession) -> None:
            row = session.get_one(MeasureRow, (self._agency, measure.id))
            if seen is not None and measure_of(row) != seen:
                raise Changed(measure.id)
            _put(row, measure)

        self._later(write)

    def add(self, measure: Measure) -> Measure:
        """Keep one more at the end of its plan and give it back with its place; it comes with an id."""
        last = self._last(self._session, measure.plan_year)
        kept = dataclasses.replace(measure, place=last + 1)

        def write(session: AgencySession) -> None:
            if self._last(session, measure.plan_year) != last:
                raise Changed(measure.id)
            self._write(session, [(_free_key(session, kept), kept)], {})

        self._later(write)
        return kept

    def move(self, measures: Sequence[Measure], year: int) -> Sequence[Measure]:
        """Put measures at the end of another year's plan, as themselves; they are recognised there from now on."""
        last, seen = self._last(self._session, year), {one.id: self.get(one.id) for one in measures}
        places = enumerate(measures, last + 1)
        moved = [dataclasses.replace(one, plan_year=FiscalYear(year), place=place) for place, one in places]

        def write(session: AgencySession) -> None:
            if self._last(session, year) != last:
                raise Changed(str(year))
            for one in moved:
                row = session.get_one(MeasureRow, (self._agency, one.id))
                if measure_of(row) != seen[one.id]:
                    raise Changed(one.id)
                row.natural_key, row.position = _free_key(session, one), one.place
                _put(row, one)
                session.flush()

        self._later(write)
        return moved

    def save_plan(self, measures: Sequence[Measure]) -> Sequence[Measure]:
        """Keep a plan in printed order and give it back; what is known by id or natural key keeps its id.

        Changed where somebody has changed meanwhile what is to be written.
        """
        rows = select(MeasureRow).where(MeasureRow.plan_year.in_({one.plan_year for one in measures}))
        known = list(self._session.scalars(rows)) if measures else []
        ids, by_key = {row.id for row in known}, {row.natural_key: row.id for row in known}
        before = {row.id: (row.natural_key, measure_of(row)) for row in known}
        plan, changed = [], []
        for place, (key, one) in enumerate(zip(natural_keys(measures), measures, strict=True), 1):
            own = one.id if one.id in ids else by_key.get(key) or one.id or uuid.uuid4().hex
            kept = dataclasses.replace(one, id=own, place=place)
            if before.get(own) != (key, kept) or before[own][1].place != place:
                changed.append((key, kept))
            plan.append(kept)
        if changed:
            seen = {row.id: measure_of(row) for row in known}
            self._later(lambda session: self._write(session, changed, seen))
        return plan

    @staticmethod
    def _write(session: AgencySession, plan: Sequence[tuple[str, Measure]], seen: Mapping[str, Measure]) -> None:
        of_plan = select(MeasureRow).where(MeasureRow.plan_year.in_({one.plan_year for _, one in plan}))
        known = {row.id: row for row in session.scalars(of_plan)}
        for key, one in plan:
            row = known.get(one.id)
            if (measure_of(row) if row else None) != seen.get(one.id):
                raise Changed(one.id)
            if row and row.natural_key != key:
                row.natural_key = one.id  # until all are free: two may have exchanged theirs
        session.flush()
        for key, one in plan:
            row = known.get(one.id) or MeasureRow(id=one.id)
            row.natural_key, row.position = key, one.place
            _put(row, one)
            session.add(row)

    @staticmethod
    def _last(session: AgencySession, year: int) -> int:
        return session.scalar(select(func.max(MeasureRow.position)).where(MeasureRow.plan_year == year)) or 0

    def _found(self, of: Select[MeasureRow]) -> Sequence[Measure]:
        return [measure_of(row) for row in self._session.scalars(of.order_by(MeasureRow.position))]


def _free_key(session: AgencySession, measure: Measure) -> str:
    """A natural key that no measure has: where another is alike, the next of them."""
    alike = (list(natural_keys([measure] * nth))[-1] for nth in itertools.count(1))
    return next(key for key in alike if not session.scalar(select(MeasureRow.id).where(MeasureRow.natural_key == key)))


def _put(row: MeasureRow, measure: Measure) -> None:
    row.plan_year, row.number = measure.plan_year, measure.number
    row.indicators, row.cancelled_on = ",".join(map(str, measure.indicators)), days.kept(measure.cancelled_on)
    row.printed = json.dumps(_printed(measure), ensure_ascii=False)


def _printed(measure: Measure) -> dict[str, object]:
    facts = {name: value for name, value in dataclasses.asdict(measure).items() if name not in COLUMNS}
    target = measure.target and [str(measure.target.amount), measure.target.of]
    return {**facts, "target": target, "cancelled_on": days.kept(measure.cancelled_on)}


def measure_of(row: MeasureRow | Kept) -> Measure:
    """The measure of a row. Rows of older releases lack what came later, and hold the number once more."""
    facts = json.loads(row.printed)
    facts |= {name: tuple(facts.get(name, ())) for name in LISTS}
    target = facts.get("target")
    facts["target"] = Target(Decimal(target[0]), target[1]) if target else None
    facts["cancelled_on"] = days.read(facts.get("cancelled_on") or "")
    facts["printed"] = _of_print(facts.get("printed") or {})
    facts |= {"id": row.id, "plan_year": FiscalYear(row.plan_year), "number": row.number, "place": row.position}
    return Measure(**facts)


def _of_print(facts: dict[str, Any]) -> Printed:
    listed: dict[str, Any] = {name: tuple(facts[name]) for name in LISTS if name in facts}
    return Printed(**{**facts, **listed})
