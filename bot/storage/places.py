"""Where a conversation stands: the open question of a person, with what was said so far, sealed.

What is being disclosed is sealed under the ring of those who receive it, in a process that knows that.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import hot
from bot.storage.people import Later
from bot.storage.sealing import KeyRing
from bot.storage.tenancy import AgencySession, Base, Moment, Owned

#: An open question is forgotten after a day.
KEPT_MS = 24 * 60 * 60 * 1000
#: Features in whose questions corruption is spoken of.
DISCLOSING = ("disclosure.", "integrity.", "integrity_")


class PlaceRow(Owned, Base):
    """The open question of one person."""

    __tablename__ = "place"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    step: Mapped[str]
    draft: Mapped[str]
    asked_at: Mapped[Moment]


@dataclass(frozen=True)
class Place:
    """The step that hears the next answer, the draft it continues, and which typed words are which answer.

    `opens` are its taps that open something to pick from, by their labels: "day" a calendar, "map" a map.
    """

    step: str
    draft: dict[str, Any]
    answers: dict[str, str] = field(default_factory=dict)
    opens: dict[str, str] = field(default_factory=dict)


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
        if elsewhere(self._ring, step, draft):
            return None
        ring = next((one for one in rings(self._ring, step) if one.knows(draft)), self._ring)
        kept = json.loads(ring.open_text(draft, self._agency, "place", "draft", person_id))
        return Place(step, kept["draft"], kept["answers"], kept.get("opens", {}))

    def put(self, person_id: str, place: Place, now: int) -> None:
        """The person is asked something."""
        kept = json.dumps({"draft": place.draft, "answers": place.answers, "opens": place.opens})
        sealed = rings(self._ring, place.step)[0].seal_text(kept, self._agency, "place", "draft", person_id)

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


def forget(session: AgencySession, now: int) -> int:
    """Delete the open questions of more than a day ago, with what was told in them; gives how many."""
    theirs = session.query(PlaceRow).where(PlaceRow.agency_id == session.info["agency_id"])
    return theirs.where(PlaceRow.asked_at < now - KEPT_MS).delete()


def elsewhere(ring: KeyRing, step: str, draft: str) -> bool:
    """Whether a draft was sealed under the officers' ring, and this process does not know that."""
    return ring.officers is None and step.startswith(DISCLOSING) and not ring.knows(draft)


def rings(ring: KeyRing, step: str) -> Sequence[KeyRing]:
    """What may have sealed the draft of a step: the first seals it from now on."""
    return (ring.officers.drafts, ring) if ring.officers and step.startswith(DISCLOSING) else (ring,)
