"""What an agency has chosen: one row for each choice, none where it is as it comes."""

from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.people import Later
from bot.storage.tenancy import AgencySession, Base, Owned


class SettingRow(Owned, Base):
    """One choice."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class SqlSettings:
    """One agency's choices."""

    def __init__(self, session: AgencySession, later: Later) -> None:
        self._session = session
        self._later = later
        self._agency = session.info["agency_id"]

    def get(self, name: str) -> str:
        """What was chosen under a name, empty where nothing was."""
        row = self._session.get(SettingRow, (self._agency, name))
        return row.value if row else ""

    def put(self, name: str, value: str) -> None:
        """Keep a choice."""
        self._later(lambda session: _keep(session, SettingRow(agency_id=self._agency, name=name, value=value)))


def _keep(session: AgencySession, row: SettingRow) -> None:
    session.merge(row)
