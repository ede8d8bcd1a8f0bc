"""How many messages a month an agency's account may push, and how many it has: as LINE said last, and as we know since.

LINE's own count lags, and it is asked for seldom: so what we push is counted here, in the commit that settles it.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, literal, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import hot
from bot.storage.agencies import AgencyRow
from bot.storage.broadcast_rows import RequestState
from bot.storage.tenancy import AgencySession, Base, JoiningSession, Moment, Owned
from itadomain.allowance import Allowance

#: After a push LINE may need so long to count it: until then our own count goes before a lower one.
SETTLES_MS = 60 * 60 * 1000


class QuotaRow(Owned, Base):
    """What LINE said last about one agency's account, and what we pushed since; months are "2026-11"."""

    __tablename__ = "quota"

    most: Mapped[int | None]
    used: Mapped[int]
    read_at: Mapped[Moment]
    read_month: Mapped[str] = mapped_column(server_default=literal(""))
    pushed: Mapped[int] = mapped_column(server_default="0")  # since it was read, in people
    for_cases: Mapped[int] = mapped_column(server_default="0")  # in the whole month, to citizens about their cases
    pushed_month: Mapped[str] = mapped_column(server_default=literal(""))  # what both were counted in
    pushed_at: Mapped[Moment] = mapped_column(server_default="0")


class Kept(NamedTuple):
    """A row, as `hot.quota` reads it, and beside it the messages that wait to be pushed."""

    most: int | None
    used: int
    read_month: str
    pushed: int
    for_cases: int
    pushed_month: str
    waiting: int


class SqlQuotas:
    """One agency's quota."""

    def __init__(self, session: AgencySession) -> None:
        self._session = session
        self._agency = session.info["agency_id"]

    def of_month(self, today: date) -> Allowance | None:
        """What is known of the month of `today`, None where LINE was not asked since that began."""
        row, month = hot.quota(self._session, RequestState.WAITING.value), month_of(today)
        if row is None or (kept := Kept(*row)).read_month != month:
            return None
        for_cases = kept.for_cases if kept.pushed_month == month else 0
        return Allowance(kept.most, known_used(kept, month) + int(kept.waiting), for_cases)

    def keep(self, told: Allowance, now: int, month: str) -> None:
        """Keep what LINE says now. A count that is lower than ours stands once it has had time to settle."""
        row = self._session.get(QuotaRow, self._agency, with_for_update=True)
        row = row or QuotaRow(agency_id=self._agency, pushed=0, for_cases=0, pushed_month="", pushed_at=0)
        settled = row.pushed_month != month or now - row.pushed_at >= SETTLES_MS
        row.used = told.used if settled else max(told.used, known_used(row, month))
        row.most, row.read_at, row.read_month, row.pushed = told.most, now, month, 0
        self._session.add(row)
        self._session.flush()

    def asked(self) -> int:
        """When LINE was asked last, in milliseconds; 0 where it never told."""
        row = self._session.get(QuotaRow, self._agency)
        return row.read_at if row else 0


def known_used(row: QuotaRow | Kept, month: str) -> int:
    """What is known to be used of a month."""
    read = row.used if row.read_month == month else 0
    return read + (row.pushed if row.pushed_month == month else 0)


def month_of(day: date) -> str:
    """How a month is kept."""
    return f"{day:%Y-%m}"


def count(connection: Connection, agency_id: int, people: int, *, for_cases: bool, month: str, now: int) -> None:
    """Count what was pushed to so many people just now."""
    counted = {"people": people, "for_cases": people if for_cases else 0}
    hot.count_pushed(connection, agency_id, **counted, month=month, now=now)


def asked(connection: Connection) -> Mapping[int, int]:
    """When LINE was asked last, in milliseconds, by the id of the agency; of those that it ever was for."""
    found = JoiningSession(connection).execute(select(QuotaRow.agency_id, QuotaRow.read_at))
    return {row.agency_id: row.read_at for row in found}


def left(connection: Connection) -> Mapping[str, int]:
    """Messages left by the agency's slug, of those that have a limit."""
    rows = JoiningSession(connection).execute(
        select(AgencyRow.slug, QuotaRow).join(QuotaRow, QuotaRow.agency_id == AgencyRow.id)
    )
    return {slug: max(0, row.most - known_used(row, row.read_month)) for slug, row in rows if row.most is not None}
