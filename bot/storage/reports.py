"""Reports of progress: every one that was ever made, replaced ones and those sent back too."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import Index, Select, func, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import days, hot
from bot.storage.people import Later
from bot.storage.sealing import KeyRing
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.fiscal import FiscalYear
from itadomain.measures import Standing
from itadomain.progress import Approval, Report


class ReportRow(Owned, Base):
    """One report; `nth` is its place among those on the same obligation. Why it was sent back is sealed."""

    __tablename__ = "report"
    __table_args__ = (
        Index("report_of_obligation", "agency_id", "obligation_id", "nth", unique=True),
        Index("report_waiting", "agency_id", "unit_id", "approval", "replaced_by"),
        Index("report_of_year", "agency_id", "plan_year"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    obligation_id: Mapped[str]
    nth: Mapped[int]
    measure_id: Mapped[str]
    unit_id: Mapped[str]
    plan_year: Mapped[int]
    made_on: Mapped[str]
    made_by: Mapped[str]
    slot: Mapped[str]
    due: Mapped[str]
    standing: Mapped[str]
    said: Mapped[str]
    percent: Mapped[int | None]
    amount: Mapped[str]
    steps: Mapped[str]
    next_step: Mapped[str]
    why_back: Mapped[str]
    approval: Mapped[str]
    decided_by: Mapped[str]
    decided_on: Mapped[str]
    reason: Mapped[str]
    corrects: Mapped[str]
    replaced_by: Mapped[str]


class SqlReports:
    """One agency's reports."""

    def __init__(self, session: AgencySession, later: Later, ring: KeyRing) -> None:
        self._session = session
        self._later = later
        self._ring = ring
        self._agency = session.info["agency_id"]

    def of_obligation(self, obligation_id: str) -> Sequence[Report]:
        """All reports on an obligation, newest first."""
        of = select(ReportRow).where(ReportRow.obligation_id == obligation_id)
        return self._found(of.order_by(ReportRow.nth.desc()))

    def of_year(self, year: int) -> Sequence[Report]:
        """All reports on a plan, in the order in which each unit made them."""
        of = select(ReportRow).where(ReportRow.plan_year == year)
        return self._found(of.order_by(ReportRow.obligation_id, ReportRow.nth))

    def newest_by(self, obligation_ids: Collection[str]) -> Mapping[str, str]:
        """Who made the newest report on each of some obligations, both by their ids; those without one are left out."""
        return hot.reporters(self._session, obligation_ids) if obligation_ids else {}

    def waiting(self, units: Sequence[str]) -> Sequence[Report]:
        """Those of some units that nobody has approved or sent back, oldest first."""
        of = select(ReportRow).where(
            ReportRow.unit_id.in_(units), ReportRow.approval == Approval.WAITING.value, ReportRow.replaced_by == ""
        )
        return self._found(of.order_by(ReportRow.made_on, ReportRow.id))

    def get(self, report_id: str) -> Report | None:
        """One by its id."""
        row = self._session.get(ReportRow, (self._agency, report_id))
        return self._report(row) if row else None

    def save(self, report: Report) -> None:
        """Keep a new one, or what has changed."""
        reason = self._ring.keep_text(report.reason, self._agency, "report", "reason", report.id)

        def write(session: AgencySession) -> None:
            row = session.get(ReportRow, (self._agency, report.id))
            row = row or ReportRow(id=report.id, nth=_next(session, report.obligation))
            _put(row, report)
            row.reason = reason
            session.add(row)

        self._later(write)

    def _found(self, of: Select[ReportRow]) -> Sequence[Report]:
        return [self._report(row) for row in self._session.scalars(of)]

    def _report(self, row: ReportRow) -> Report:
        reason = self._ring.read_text(row.reason, self._agency, "report", "reason", row.id)
        return Report(
            id=row.id,
            obligation=row.obligation_id,
            measure=row.measure_id,
            unit=row.unit_id,
            plan_year=FiscalYear(row.plan_year),
            made_on=date.fromisoformat(row.made_on),
            by=row.made_by,
            standing=Standing(row.standing),
            said=row.said,
            slot=days.read(row.slot),
            due=days.read(row.due),
            percent=row.percent,
            amount=Decimal(row.amount) if row.amount else None,
            steps=tuple(json.loads(row.steps)),
            next_step=row.next_step,
            why_back=row.why_back,
            approval=Approval(row.approval),
            decided_by=row.decided_by,
            decided_on=days.read(row.decided_on),
            reason=reason,
            corrects=row.corrects,
            replaced_by=row.replaced_by,
        )


def _next(session: AgencySession, obligation_id: str) -> int:
    of = select(func.count()).select_from(ReportRow).where(ReportRow.obligation_id == obligation_id)
    return (session.scalar(of) or 0) + 1


def _put(row: ReportRow, one: Report) -> None:
    row.obligation_id, row.measure_id, row.unit_id = one.obligation, one.measure, one.unit
    row.plan_year, row.made_on, row.made_by = one.plan_year, days.kept(one.made_on), one.by
    row.slot, row.due, row.standing, row.said = days.kept(one.slot), days.kept(one.due), one.standing.value, one.said
    row.percent, row.amount = one.percent, "" if one.amount is None else str(one.amount)
    row.steps, row.next_step, row.why_back = json.dumps(list(one.steps)), one.next_step, one.why_back
    row.approval, row.decided_by, row.decided_on = one.approval.value, one.decided_by, days.kept(one.decided_on)
    row.corrects, row.replaced_by = one.corrects, one.replaced_by
