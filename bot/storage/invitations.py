"""Codes to join with: found by a keyed hash of the code, which itself is not kept.

A code lives for a week, so `keys rotate` leaves the hashes as they are: a code is found as long as the key it was made
under is in the ring, and where that went before the week was over, another is made.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import days
from bot.storage.people import Changed, Later
from bot.storage.sealing import KeyRing
from bot.storage.tenancy import AgencySession, Base, Owned, keep
from itadomain.invitations import MOST_WRONG
from itadomain.organisation import Invitation
from itadomain.people import Role


class InvitationRow(Owned, Base):
    """Leave to join, used or not."""

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("agency_id", "lookup"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    lookup: Mapped[str]
    role: Mapped[str]
    unit: Mapped[str]
    made_by: Mapped[str]
    made_on: Mapped[str]
    last_day: Mapped[str]
    used_by: Mapped[str]
    used_on: Mapped[str]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class WrongCodesRow(Owned, Base):
    """When a person last sent codes that did not open, in ISO: as many as are counted."""

    __tablename__ = "wrong_codes"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    times: Mapped[str]


class SqlInvitations:
    """One agency's codes."""

    def __init__(self, session: AgencySession, later: Later, ring: KeyRing) -> None:
        self._session = session
        self._later = later
        self._ring = ring
        self._agency = session.info["agency_id"]

    def save(self, invitation: Invitation, code: str = "") -> None:
        """Keep a new one under its code, or what has changed."""
        if code:
            lookup = self._ring.lookup(self._agency, "invitation", code)
            self._later(lambda session: session.add(_put(InvitationRow(id=invitation.id, lookup=lookup), invitation)))
            return
        seen = self._session.get_one(InvitationRow, (self._agency, invitation.id)).version

        def write(session: AgencySession) -> None:
            row = session.get_one(InvitationRow, (self._agency, invitation.id))
            if row.version != seen:
                raise Changed(invitation.id)  # two people sent the same code at once
            _put(row, invitation)

        self._later(write)

    def by_code(self, code: str) -> Invitation | None:
        """The one that a code belongs to, used and old ones too."""
        lookups = self._ring.lookups(self._agency, "invitation", code)
        row = self._session.scalar(select(InvitationRow).where(InvitationRow.lookup.in_(lookups)))
        return _invitation(row) if row else None

    def get(self, invitation_id: str) -> Invitation | None:
        """One by its id."""
        row = self._session.get(InvitationRow, (self._agency, invitation_id))
        return _invitation(row) if row else None

    def wrong_codes(self, person_id: str) -> Sequence[datetime]:
        """When a person last sent codes that did not open."""
        row = self._session.get(WrongCodesRow, (self._agency, person_id))
        return [datetime.fromisoformat(at) for at in json.loads(row.times)] if row else []

    def count_wrong(self, person_id: str, at: datetime) -> None:
        """Keep that a person sent one more."""
        times = [one.isoformat() for one in (*self.wrong_codes(person_id), at)][-MOST_WRONG:]
        row = WrongCodesRow(agency_id=self._agency, person_id=person_id, times=json.dumps(times))
        self._later(lambda session: keep(session, row))


def _put(row: InvitationRow, invitation: Invitation) -> InvitationRow:
    row.role, row.unit, row.made_by = invitation.role.value, invitation.unit, invitation.made_by
    row.made_on, row.last_day = invitation.made_on.isoformat(), invitation.last_day.isoformat()
    row.used_by, row.used_on = invitation.used_by, days.kept(invitation.used_on)
    return row


def _invitation(row: InvitationRow) -> Invitation:
    made_on, last_day = date.fromisoformat(row.made_on), date.fromisoformat(row.last_day)
    used_on = days.read(row.used_on)
    return Invitation(row.id, Role(row.role), row.unit, row.made_by, made_on, last_day, row.used_by, used_on)
