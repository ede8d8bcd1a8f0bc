"""How many messages a month an agency's account may push, and how many it has: as LINE said last."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from sqlalchemy import Connection, select
from sqlalchemy.orm import Mapped

from bot.storage.agencies import AgencyRow
from bot.storage.tenancy import AgencySession, Base, JoiningSession, Moment, Owned
from itadomain.allowance import Allowance


class QuotaRow(Owned, Base):
    """What LINE said last about one agency's account."""

    __tablename__ = "quota"

    most: Mapped[int | None]
    used: Mapped[int]
    read_at: Mapped[Moment]


class SqlQuotas:
    """One agency's quota."""

    def __init__(self, session: AgencySession) -> None:
        self._session = session
        self._agency = session.info["agency_id"]

    def of_month(self, today: date) -> Allowance | None:
        """What LINE said last in the month of `today`, None where it was not asked since that began."""
        row = self._session.get(QuotaRow, self._agency)
        if row is None:
            return None
        read_on = datetime.fromtimestamp(row.read_at / 1000, UTC)
        return Allowance(row.most, row.used) if (read_on.year, read_on.month) == (today.year, today.month) else None

    def keep(self, allowance: Allowance, now: int) -> None:
        """Keep what LINE says now."""
        self._session.merge(QuotaRow(agency_id=self._agency, most=allowance.most, used=allowance.used, read_at=now))
        self._session.flush()


def left(connection: Connection) -> Mapping[str, int]:
    """Messages left by the agency's slug, of those that have a limit."""
    rows = JoiningSession(connection).execute(
        select(AgencyRow.slug, QuotaRow.most, QuotaRow.used).join(QuotaRow, QuotaRow.agency_id == AgencyRow.id)
    )
    return {slug: max(0, most - used) for slug, most, used in rows if most is not None}
