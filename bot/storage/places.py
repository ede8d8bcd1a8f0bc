"""Where a conversation stands: the open question of a person, with what was said so far, sealed."""

import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import hot
from bot.storage.people import Later
from bot.storage.sealing import KeyRing
from bot.storage.tenancy import AgencySession, Base, Moment, Owned

#: An open question is forgotten after a day.
KEPT_MS = 24 * 60 * 60 * 1000


class PlaceRow(Owned, Base):
    """The open question of one person."""

    __tablename__ = "place"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    step: Mapped[str]
    draft: Mapped[str]
    asked_at: Mapped[Moment]


@dataclass(frozen=True)
class Place:
    """The step that hears the next answer, the draft it continues, and which typed words are which answer."""

    step: str
    draft: dict[str, Any]
    answers: dict[str, str] = field(default_factory=dict)


class SqlPlaces:
    """One agency's open questions."""

    def __init__(self, session: AgencySession, later: Later, ring: KeyRing) -> None:
        self._session = session
        self._later = later
        self._ring = ring
        self._agency = session.info["agency_id"]

    def of(self, person_id: str, now: int) -> Place | None:
        """The person's open question, None where there is none or it is a day old."""
        row = hot.where(self._session, self._agency, person_id)
        if row is None:
            return None
        step, draft, asked_at = row
        if now - asked_at > KEPT_MS:
            return None
        kept = json.loads(self._ring.open_text(draft, self._agency, "place", "draft", person_id))
        return Place(step, kept["draft"], kept["answers"])

    def put(self, person_id: str, place: Place, now: int) -> None:
        """The person is asked something."""
        kept = json.dumps({"draft": place.draft, "answers": place.answers})
        sealed = self._ring.seal_text(kept, self._agency, "place", "draft", person_id)

        def write(session: AgencySession) -> None:
            session.merge(
                PlaceRow(agency_id=self._agency, person_id=person_id, step=place.step, draft=sealed, asked_at=now)
            )

        self._later(write)

    def clear(self, person_id: str) -> None:
        """Nothing is asked any more."""

        def write(session: AgencySession) -> None:
            row = session.get(PlaceRow, (self._agency, person_id))
            if row:
                session.delete(row)

        self._later(write)
