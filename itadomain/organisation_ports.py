"""What must be remembered of the agency from inside, in the words of the rules. `bot/storage` fulfils it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from itadomain.acknowledgements import Acknowledged, Circular
from itadomain.meetings import Meeting
from itadomain.organisation import Committee, Invitation, Unit
from itadomain.people import Person, Role


class People(Protocol):
    """Those who talk with the agency."""

    def save(self, person: Person) -> None:
        """Keep what has changed about a person."""

    def get(self, person_id: str, today: date) -> Person | None:
        """One person by their id, with the roles of `today`."""

    def insiders(self, today: date) -> Sequence[Person]:
        """Everyone who holds a post on `today`."""

    def with_role(self, role: Role, today: date) -> Sequence[Person]:
        """Everyone who holds a role on `today`."""

    def forget(self, person: Person) -> None:
        """Keep nothing of a person: who writes again is somebody new."""


class Units(Protocol):
    """The agency's divisions."""

    def all(self) -> Sequence[Unit]:
        """Those that exist, the secretariat first, then by name."""

    def get(self, unit_id: str) -> Unit | None:
        """One by its id, closed ones too."""

    def save(self, unit: Unit) -> None:
        """Keep a new one, or what has changed."""


class Invitations(Protocol):
    """Codes to join with: what is kept is only what they are compared by."""

    def save(self, invitation: Invitation, code: str = "") -> None:
        """Keep a new one under its code, or what has changed."""

    def by_code(self, code: str) -> Invitation | None:
        """The one that a code belongs to, used and old ones too."""

    def get(self, invitation_id: str) -> Invitation | None:
        """One by its id."""

    def wrong_codes(self, person_id: str) -> Sequence[datetime]:
        """When a person last sent codes that did not open."""

    def count_wrong(self, person_id: str, at: datetime) -> None:
        """Keep that a person sent one more."""


class Committees(Protocol):
    """The agency's committees."""

    def all(self) -> Sequence[Committee]:
        """All of them, by name."""

    def get(self, committee_id: str) -> Committee | None:
        """One by its id."""

    def save(self, committee: Committee) -> None:
        """Keep a new one, or what has changed."""


class Meetings(Protocol):
    """Meetings at which measures are reported on."""

    def of(self, year: int) -> Sequence[Meeting]:
        """The meetings of a fiscal year, in the order of their months."""

    def save(self, meeting: Meeting) -> None:
        """Keep the day of a meeting, in place of the one kept before."""


class Holidays(Protocol):
    """Days off: the country's, with what the agency has added to them or taken out."""

    def between(self, first: date, last: date) -> Mapping[date, str]:
        """The days off from one day to another, in their order, each with its name."""

    def own(self) -> Mapping[date, str]:
        """Where the agency differs from the country: a name, empty where it is open."""

    def save(self, day: date, name: str) -> None:
        """Keep a day off under its name; without one, offices are open on it."""


class Circulars(Protocol):
    """The register of acknowledgement."""

    def all(self) -> Sequence[Circular]:
        """All that was ever to be acknowledged, the newest first."""

    def get(self, circular_id: str) -> Circular | None:
        """One by its id."""

    def save(self, circular: Circular) -> None:
        """Keep a new one, or what has changed."""

    def acknowledged(self, circular_id: str) -> Sequence[Acknowledged]:
        """Who has acknowledged one, in the order in which they did."""

    def acknowledged_by(self, person_id: str) -> Sequence[Acknowledged]:
        """What a person has acknowledged."""

    def acknowledge(self, one: Acknowledged) -> None:
        """Keep that a person has read one; the first time stands."""
