"""What must be remembered for the rules to work, in their own words. `bot/storage` fulfils it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from itadomain.acknowledgements import Acknowledged, Circular
from itadomain.allowance import Allowance
from itadomain.case_ports import AuditLog, Cases, Categories, Knowledge
from itadomain.evidence import Evidence
from itadomain.meetings import Meeting
from itadomain.office import Office
from itadomain.organisation import Committee, Invitation, Unit
from itadomain.people import Person, Role
from itadomain.plan_ports import History, Measures, Obligations, Obstacles, Questions, Reports
from itadomain.rounds import Nudges, Rounds
from itadomain.scores import Result
from itadomain.timetable import Days


class Scores(Protocol):
    """The printed results of the agency."""

    def all(self) -> Sequence[Result]:
        """Every year's result, newest year first."""

    def of_year(self, year: int) -> Result | None:
        """The result of one fiscal year."""

    def save(self, result: Result) -> None:
        """Keep a year's result, in place of the one kept before."""

    def move(self, year: int, to: int) -> None:
        """Keep a year's result as that of another year, which has none."""


class Settings(Protocol):
    """What the agency has chosen, by name."""

    def get(self, name: str) -> str:
        """What was chosen, empty where nothing was."""

    def put(self, name: str, value: str) -> None:
        """Keep a choice."""


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


class Evidences(Protocol):
    """What shows that measures were carried out, and what was sent with cases."""

    def get(self, evidence_id: str) -> Evidence | None:
        """One by its id."""

    def of_message(self, message: str) -> Evidence | None:
        """What came with a message."""

    def sent_together(self, together: str, person_id: str) -> Sequence[Evidence]:
        """What a person sent as one."""

    def loose_of(self, person_id: str) -> Sequence[Evidence]:
        """What a person sent and has attached to nothing yet, neither to a measure nor to a case."""

    def loose_before(self, day: date, limit: int) -> Sequence[Evidence]:
        """What came before `day` and is attached to nothing yet, nor to a case that was filed; the oldest first."""

    def of_obligation(self, obligation: str) -> Sequence[Evidence]:
        """What is attached to an obligation, hidden ones too, newest first."""

    def of_case(self, case_id: str) -> Sequence[Evidence]:
        """What belongs to a case, hidden ones too, newest first."""

    def of_person(self, person_id: str) -> Sequence[Evidence]:
        """What a person sent, hidden ones and those gone too, newest first."""

    def save(self, evidence: Evidence) -> None:
        """Keep a new one, or what has changed."""


class Store(Protocol):
    """Everything of one agency; whose it is, is settled before a feature gets it."""

    @property
    def office(self) -> Office:
        """The agency's public face."""

    @property
    def scores(self) -> Scores:
        """Its printed results."""

    @property
    def measures(self) -> Measures:
        """Its measures."""

    @property
    def obligations(self) -> Obligations:
        """What its units answer for."""

    @property
    def rounds(self) -> Rounds:
        """How far they have come with reporting."""

    @property
    def nudges(self) -> Nudges:
        """Who was reminded."""

    @property
    def reports(self) -> Reports:
        """What its units reported."""

    @property
    def obstacles(self) -> Obstacles:
        """What stands in the way."""

    @property
    def history(self) -> History:
        """What happened to its measures."""

    @property
    def settings(self) -> Settings:
        """What it has chosen."""

    @property
    def people(self) -> People:
        """Its people."""

    @property
    def units(self) -> Units:
        """Its units."""

    @property
    def invitations(self) -> Invitations:
        """Its codes to join with."""

    @property
    def committees(self) -> Committees:
        """Its committees."""

    @property
    def meetings(self) -> Meetings:
        """Its meetings."""

    @property
    def holidays(self) -> Holidays:
        """Its days off."""

    @property
    def circulars(self) -> Circulars:
        """What its people are to acknowledge."""

    @property
    def evidence(self) -> Evidences:
        """Its evidence."""

    @property
    def questions(self) -> Questions:
        """What must be settled about its documents."""

    @property
    def cases(self) -> Cases:
        """What was brought to it."""

    @property
    def categories(self) -> Categories:
        """What cases are about."""

    @property
    def knowledge(self) -> Knowledge:
        """What it answers to what citizens ask."""

    @property
    def audit_log(self) -> AuditLog:
        """Who looked at or changed what."""

    def days(self, year: int) -> Days:
        """What moves the due days of a plan year: holidays and meetings."""

    def new_id(self) -> str:
        """An id that nothing else has."""

    def new_code(self) -> str:
        """A code of eight signs that is read aloud and typed without a mistake, and not guessed."""

    def allowance(self, today: date) -> Allowance | None:
        """Messages left in the month of `today`, None where that is not known yet."""
