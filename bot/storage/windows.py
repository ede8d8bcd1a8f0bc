"""The windows of the assessment that an agency entered itself: one row for each phase of a fiscal year."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import days
from bot.storage.people import Changed, Later
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.assessment.windows import Phase, Window
from itadomain.fiscal import FiscalYear


class WindowRow(Owned, Base):
    """A window, with the id of whoever entered it (empty for the command line), when, and what they went by."""

    __tablename__ = "assessment_window"

    fiscal_year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    phase: Mapped[str] = mapped_column(primary_key=True)
    first: Mapped[str]
    last: Mapped[str]
    by: Mapped[str]
    on: Mapped[str]
    note: Mapped[str]


class SqlWindows:
    """One agency's own windows."""

    def __init__(self, session: AgencySession, later: Later) -> None:
        self._session = session
        self._later = later
        self._agency = session.info["agency_id"]

    def of_year(self, year: int) -> Sequence[Window]:
        """Those of one fiscal year, in the order of the phases."""
        rows = self._session.scalars(select(WindowRow).where(WindowRow.fiscal_year == year))
        return sorted((_window(row) for row in rows), key=lambda one: tuple(Phase).index(one.phase))

    def save(self, window: Window) -> None:
        """Keep one, in place of the one kept before; Changed where another entered it meanwhile."""
        key = (self._agency, window.fiscal_year, window.phase.value)
        seen = _of(self._session.get(WindowRow, key))

        def write(session: AgencySession) -> None:
            row = session.get(WindowRow, key)
            if _of(row) != seen:
                raise Changed(window.phase.value)
            row = row or WindowRow(fiscal_year=window.fiscal_year, phase=window.phase.value)
            row.first, row.last, row.note = days.kept(window.first), days.kept(window.last), window.source
            row.by, row.on = window.by, days.kept(window.on)
            session.add(row)

        self._later(write)

    def drop(self, year: int, phase: Phase) -> None:
        """Forget one: what the year's framework says counts again."""

        def write(session: AgencySession) -> None:
            row = session.get(WindowRow, (self._agency, year, phase.value))
            if row is not None:
                session.delete(row)

        self._later(write)


def _of(row: WindowRow | None) -> Window | None:
    return _window(row) if row else None


def _window(row: WindowRow) -> Window:
    return Window(
        FiscalYear(row.fiscal_year),
        Phase(row.phase),
        days.read(row.first),
        days.read(row.last),
        source=row.note,
        own=True,
        by=row.by,
        on=days.read(row.on),
    )
