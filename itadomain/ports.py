"""What must be remembered for the rules to work, in their own words. `bot/storage` fulfils it."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from itadomain.allowance import Allowance
from itadomain.case_ports import AuditLog, Cases, Categories, Disposals, Knowledge
from itadomain.evidence import Evidence
from itadomain.integrity_ports import Disclosures
from itadomain.office import Office
from itadomain.oit_ports import OitItems
from itadomain.organisation_ports import Circulars, Committees, Holidays, Invitations, Meetings, People, Units
from itadomain.paper_ports import Papers
from itadomain.plan_ports import History, Measures, Obligations, Obstacles, Questions, Reports, Scores
from itadomain.reminder_ports import Broadcasts, Calendars, Escalations, Reminders, Windows
from itadomain.resolutions import Resolutions
from itadomain.rounds import Nudges, Rounds
from itadomain.survey_ports import Ballots, Participation, Surveys
from itadomain.timetable import Days


class Settings(Protocol):
    """What the agency has chosen, by name."""

    def get(self, name: str) -> str:
        """What was chosen, empty where nothing was."""

    def put(self, name: str, value: str) -> None:
        """Keep a choice."""


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
    def resolutions(self) -> Resolutions:
        """What its meetings resolved."""

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
    def disclosures(self) -> Disclosures:
        """What was disclosed to its integrity officers."""

    @property
    def disposals(self) -> Disposals:
        """What was destroyed after its time."""

    @property
    def reminders(self) -> Reminders:
        """What its people were reminded of."""

    @property
    def escalations(self) -> Escalations:
        """How far up what is late has come."""

    @property
    def windows(self) -> Windows:
        """The windows of the assessment that it entered."""

    @property
    def calendars(self) -> Calendars:
        """The addresses of its people's calendars."""

    @property
    def broadcasts(self) -> Broadcasts:
        """What it told to many."""

    @property
    def oit_items(self) -> OitItems:
        """What it publishes for the OIT."""

    @property
    def surveys(self) -> Surveys:
        """What its surveys ask."""

    @property
    def participation(self) -> Participation:
        """Who was asked in them."""

    @property
    def ballots(self) -> Ballots:
        """What was answered."""

    @property
    def papers(self) -> Papers:
        """Which of its papers were approved, and what of them is its own."""

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
