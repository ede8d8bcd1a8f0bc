"""The history of measures: lines are added and never changed."""

import json
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.people import Later
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.history import Deed, Entry

FEW = 100


class HistoryRow(Owned, Base):
    """One line; `nth` is its place among those of the same measure."""

    __tablename__ = "history"

    measure_id: Mapped[str] = mapped_column(primary_key=True)
    nth: Mapped[int] = mapped_column(primary_key=True)
    deed: Mapped[str]
    done_on: Mapped[str]
    done_by: Mapped[str]
    unit_id: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    why: Mapped[str]


class SqlHistory:
    """One agency's history."""

    def __init__(self, session: AgencySession, later: Later) -> None:
        self._session = session
        self._later = later

    def of_measure(self, measure_id: str, limit: int, offset: int = 0) -> Sequence[Entry]:
        """What happened to a measure, newest first."""
        of = select(HistoryRow).where(HistoryRow.measure_id == measure_id)
        rows = self._session.scalars(of.order_by(HistoryRow.nth.desc()).limit(limit).offset(offset))
        return [_entry(row) for row in rows]

    def add(self, *entries: Entry) -> None:
        """Write down what happened, in this order."""

        def write(session: AgencySession) -> None:
            known = self._known(session, {entry.measure for entry in entries})
            for entry in entries:
                known[entry.measure] += 1
                session.add(HistoryRow(nth=known[entry.measure], **_columns(entry)))

        self._later(write)

    @staticmethod
    def _known(session: AgencySession, measures: Collection[str]) -> Counter[str]:
        """How many lines some measures have; of many, all are counted, since that is one statement."""
        of = select(HistoryRow.measure_id, func.count()).group_by(HistoryRow.measure_id)
        few = len(measures) <= FEW
        rows = session.execute(of.where(HistoryRow.measure_id.in_(measures)) if few else of)
        return Counter({row[0]: row[1] for row in rows})


def _columns(entry: Entry) -> dict[str, str]:
    return {
        "measure_id": entry.measure,
        "deed": entry.deed.value,
        "done_on": entry.on.isoformat(),
        "done_by": entry.by,
        "unit_id": entry.unit,
        "before": json.dumps(dict(entry.before), ensure_ascii=False),
        "after": json.dumps(dict(entry.after), ensure_ascii=False),
        "why": entry.why,
    }


def _entry(row: HistoryRow) -> Entry:
    return Entry(
        measure=row.measure_id,
        deed=Deed(row.deed),
        on=date.fromisoformat(row.done_on),
        by=row.done_by,
        unit=row.unit_id,
        before=json.loads(row.before),
        after=json.loads(row.after),
        why=row.why,
    )
