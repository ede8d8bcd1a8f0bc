"""The items of the OIT as an agency keeps them: one row for each number of a fiscal year. All of it is published."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import days
from bot.storage.people import Changed, Later
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.fiscal import FiscalYear
from itadomain.oit.items import Check, Item, Outcome


class OitItemRow(Owned, Base):
    """An item; days are ISO, empty where there are none, and `checked_on` while nobody looked at the address."""

    __tablename__ = "oit_item"

    fiscal_year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    confirmed: Mapped[bool]
    dropped: Mapped[bool]
    unit_id: Mapped[str]
    due: Mapped[str]
    address: Mapped[str]
    board: Mapped[str]
    updated_on: Mapped[str]
    updated_by: Mapped[str]
    checked_on: Mapped[str]
    outcome: Mapped[str]
    status: Mapped[int]
    expired: Mapped[bool]
    changed_on: Mapped[str]


class SqlOitItems:
    """One agency's register."""

    def __init__(self, session: AgencySession, later: Later) -> None:
        self._session = session
        self._later = later
        self._agency = session.info["agency_id"]

    def of_year(self, year: int) -> Sequence[Item]:
        """Those of a year, in the order of their numbers."""
        rows = select(OitItemRow).where(OitItemRow.fiscal_year == year).order_by(OitItemRow.no)
        return [_item(row) for row in self._session.scalars(rows)]

    def save(self, *items: Item) -> None:
        """Keep new ones, or what has changed; Changed where another changed one meanwhile."""
        seen = [_of(self._session.get(OitItemRow, self._key(one))) for one in items]

        def write(session: AgencySession) -> None:
            for one, before in zip(items, seen, strict=True):
                row = session.get(OitItemRow, self._key(one))
                if _of(row) != before:
                    raise Changed(one.code)
                row = row or OitItemRow(fiscal_year=one.year, no=one.no)
                _put(row, one)
                session.add(row)

        self._later(write)

    def _key(self, item: Item) -> tuple[Any, ...]:
        return self._agency, int(item.year), item.no


def _of(row: OitItemRow | None) -> Item | None:
    return _item(row) if row else None


def _item(row: OitItemRow) -> Item:
    on = days.read(row.checked_on)
    check = Check(on, Outcome(row.outcome), row.status, row.expired, days.read(row.changed_on)) if on else None
    return Item(
        FiscalYear(row.fiscal_year), row.no, row.name, row.confirmed, row.unit_id, days.read(row.due), row.address,
        row.board, days.read(row.updated_on), row.updated_by, check, row.dropped,
    )  # fmt: skip


def _put(row: OitItemRow, item: Item) -> None:
    row.name, row.confirmed, row.dropped = item.name, item.confirmed, item.dropped
    row.unit_id, row.due = item.unit, days.kept(item.due)
    row.address, row.board = item.address, item.board
    row.updated_on, row.updated_by = days.kept(item.updated_on), item.updated_by
    check = item.check
    row.checked_on, row.outcome = days.kept(check.on if check else None), check.outcome.value if check else ""
    row.status, row.expired = (check.status, check.expired) if check else (0, False)
    row.changed_on = days.kept(check.changed_on if check else None)
