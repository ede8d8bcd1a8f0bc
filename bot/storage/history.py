"""The history of measures: lines are added and never changed."""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.people import Later
from bot.storage.sealing import KeyRing
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.history import Deed, Entry

FEW = 100
#: What may hold names, and words about people.
SEALED = ("before", "after", "why")


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

    def __init__(self, session: AgencySession, later: Later, ring: KeyRing) -> None:
        self._session = session
        self._later = later
        self._ring = ring
        self._agency = session.info["agency_id"]

    def of_measure(self, measure_id: str, limit: int, offset: int = 0) -> Sequence[Entry]:
        """What happened to a measure, newest first."""
        of = select(HistoryRow).where(HistoryRow.measure_id == measure_id)
        rows = self._session.scalars(of.order_by(HistoryRow.nth.desc()).limit(limit).offset(offset))
        return [self._entry(row) for row in rows]

    def add(self, *entries: Entry) -> None:
        """Write down what happened, in this order."""

        def write(session: AgencySession) -> None:
            known = self._known(session, {entry.measure for entry in entries})
            for entry in entries:
                known[entry.measure] += 1
                session.add(self._row(entry, known[entry.measure]))

        self._later(write)

    @staticmethod
    def _known(session: AgencySession, measures: Collection[str]) -> Counter[str]:
        """How many lines some measures have; of many, all are counted, since that is one statement."""
        of = select(HistoryRow.measure_id, func.count()).group_by(HistoryRow.measure_id)
        few = len(measures) <= FEW
        rows = session.execute(of.where(HistoryRow.measure_id.in_(measures)) if few else of)
        return Counter({row[0]: row[1] for row in rows})

    def _row(self, entry: Entry, nth: int) -> HistoryRow:
        told = {"before": _written(entry.before), "after": _written(entry.after), "why": entry.why}
        where = place(entry.measure, nth)
        sealed = {name: self._ring.keep_text(text, self._agency, "history", name, where) for name, text in told.items()}
        return HistoryRow(
            measure_id=entry.measure,
            nth=nth,
            deed=entry.deed.value,
            done_on=entry.on.isoformat(),
            done_by=entry.by,
            unit_id=entry.unit,
            **sealed,
        )

    def _entry(self, row: HistoryRow) -> Entry:
        where = place(row.measure_id, row.nth)
        told = {name: self._ring.read_text(getattr(row, name), self._agency, "history", name, where) for name in SEALED}
        return Entry(
            measure=row.measure_id,
            deed=Deed(row.deed),
            on=date.fromisoformat(row.done_on),
            by=row.done_by,
            unit=row.unit_id,
            before=json.loads(told["before"] or "{}"),
            after=json.loads(told["after"] or "{}"),
            why=told["why"],
        )


def place(measure: str, nth: int) -> str:
    """What an envelope of a line is bound to."""
    return f"{measure}.{nth}"


def _written(facts: Mapping[str, str]) -> str:
    return json.dumps(dict(facts), ensure_ascii=False) if facts else ""
