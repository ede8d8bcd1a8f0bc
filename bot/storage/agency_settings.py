"""What an agency has chosen: one row for each choice, none where it is as it comes."""

from collections.abc import Mapping

from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import hot
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
        self._all: Mapping[str, str] | None = None  # a run of the clock asks for several, and sees one snapshot

    def get(self, name: str) -> str:
        """What was chosen under a name, empty where nothing was."""
        if self._all is None:
            self._all = hot.pairs(self._session, "setting")
        return self._all.get(name, "")

    def put(self, name: str, value: str) -> None:
        """Keep a choice."""
        self._later(lambda session: _keep(session, SettingRow(agency_id=self._agency, name=name, value=value)))


def _keep(session: AgencySession, row: SettingRow) -> None:
    session.merge(row)
