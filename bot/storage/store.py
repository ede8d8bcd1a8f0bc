"""One turn's work on one agency: it reads a snapshot and collects its writes, which are applied all at once."""

import secrets
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from sqlalchemy import Connection

from bot.storage.agencies import Agency
from bot.storage.agency_settings import SqlSettings
from bot.storage.audit_log import SqlAuditLog
from bot.storage.ballots import SqlBallots
from bot.storage.broadcasts import SqlBroadcasts
from bot.storage.calendars import SqlCalendars
from bot.storage.cases import SqlCases
from bot.storage.categories import SqlCategories
from bot.storage.circulars import SqlCirculars
from bot.storage.committees import SqlCommittees
from bot.storage.disclosures import SqlDisclosures
from bot.storage.disposals import SqlDisposals
from bot.storage.escalations import SqlEscalations
from bot.storage.evidence import SqlEvidence
from bot.storage.history import SqlHistory
from bot.storage.holidays import SqlHolidays
from bot.storage.invitations import SqlInvitations
from bot.storage.knowledge import SqlKnowledge
from bot.storage.measures import SqlMeasures
from bot.storage.meetings import SqlMeetings
from bot.storage.nudges import SqlNudges
from bot.storage.obligations import SqlObligations
from bot.storage.obstacles import SqlObstacles
from bot.storage.oit_items import SqlOitItems
from bot.storage.papers import SqlPapers
from bot.storage.participation import SqlParticipation
from bot.storage.people import SqlPeople
from bot.storage.places import SqlPlaces
from bot.storage.questions import SqlQuestions
from bot.storage.quotas import SqlQuotas
from bot.storage.reminders import SqlReminders
from bot.storage.reports import SqlReports
from bot.storage.resolutions import SqlResolutions
from bot.storage.rounds import SqlRounds
from bot.storage.scores import SqlScores
from bot.storage.sealing import KeyRing
from bot.storage.surveys import SqlSurveys
from bot.storage.tenancy import AgencySession
from bot.storage.units import SqlUnits
from bot.storage.windows import SqlWindows
from itadomain.allowance import Allowance
from itadomain.broadcasts.audiences import members
from itadomain.fiscal import first_day, last_day
from itadomain.invitations import is_code
from itadomain.office import Office
from itadomain.organisation import CODE_LENGTH, SIGNS
from itadomain.timetable import Days
from itadomain.workdays import Calendar

Write = Callable[[AgencySession], None]
#: What falls due on the last day of a year may be moved by days off after it.
AFTERWARDS = timedelta(days=60)


class AgencyStore:
    """The store that a feature gets: one agency's, for one turn."""

    def __init__(self, connection: Connection, agency: Agency, ring: KeyRing) -> None:
        self._agency_id = agency.id
        self._session = AgencySession(connection, agency.id)
        self._writes: list[Write] = []
        self._logged: list[Write] = []  # after the others: who adds to the log holds up all who want to
        self._days: dict[int, Days] = {}
        self.office: Office = agency.office
        self.people = SqlPeople(self._session, self._writes.append, ring)
        self.units = SqlUnits(self._session, self._writes.append)
        self.invitations = SqlInvitations(self._session, self._writes.append, ring)
        self.committees = SqlCommittees(self._session, self._writes.append)
        self.meetings = SqlMeetings(self._session, self._writes.append)
        self.holidays = SqlHolidays(self._session, self._writes.append)
        self.circulars = SqlCirculars(self._session, self._writes.append, ring)
        self.scores = SqlScores(self._session, self._writes.append)
        self.measures = SqlMeasures(self._session, self._writes.append)
        self.obligations = SqlObligations(self._session, self._writes.append)
        self.rounds = SqlRounds(self._session)
        self.nudges = SqlNudges(self._session, self._writes.append)
        self.broadcasts = SqlBroadcasts(self._session, self._writes.append, ring, partial(members, self))
        self.reports = SqlReports(self._session, self._writes.append, ring)
        self.resolutions = SqlResolutions(self._session, self._writes.append, ring)
        self.obstacles = SqlObstacles(self._session, self._writes.append, ring)
        self.history = SqlHistory(self._session, self._writes.append, ring)
        self.settings = SqlSettings(self._session, self._writes.append)
        self.places = SqlPlaces(self._session, self._writes.append, ring)
        self.evidence = SqlEvidence(self._session, self._writes.append, ring)
        self.questions = SqlQuestions(self._session, self._writes.append, ring)
        self.cases = SqlCases(self._session, self._writes.append, ring)
        self.categories = SqlCategories(self._session, self._writes.append)
        self.knowledge = SqlKnowledge(self._session, self._writes.append)
        self.disclosures = SqlDisclosures(self._session, self._writes.append, ring)
        self.disposals = SqlDisposals(self._session, self._writes.append, ring)
        self._set_up_what_the_year_brings(ring)
        self.audit_log = SqlAuditLog(self._session, self._logged.append)
        self._quotas = SqlQuotas(self._session)

    def _set_up_what_the_year_brings(self, ring: KeyRing) -> None:
        self.reminders = SqlReminders(self._session, self._writes.append)
        self.windows = SqlWindows(self._session, self._writes.append)
        self.calendars = SqlCalendars(self._session, self._writes.append)
        self.escalations = SqlEscalations(self._session, self._writes.append)
        self.oit_items = SqlOitItems(self._session, self._writes.append)
        self.surveys = SqlSurveys(self._session, self._writes.append)
        self.participation = SqlParticipation(self._session, self._writes.append, ring)
        self.ballots = SqlBallots(self._session, self._writes.append, ring)
        self.papers = SqlPapers(self._session, self._writes.append, ring)

    def allowance(self, today: date) -> Allowance | None:
        """Messages left in the month of `today`, as far as LINE told."""
        return self._quotas.of_month(today)

    def days(self, year: int) -> Days:
        """What moves the due days of a plan year, and those that follow it closely."""
        if year not in self._days:
            off = self.holidays.between(first_day(year), last_day(year) + AFTERWARDS)
            self._days[year] = Days(Calendar(off), self.meetings.of(year))
        return self._days[year]

    @staticmethod
    def new_id() -> str:
        """An id for a new row."""
        return uuid.uuid4().hex

    @staticmethod
    def new_code() -> str:
        """A code for an invitation."""
        while not is_code(code := "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))):
            pass
        return code

    def mark(self) -> tuple[int, int]:
        """Where the collected writes stand, to come back to."""
        return len(self._writes), len(self._logged)

    def back_to(self, mark: tuple[int, int]) -> None:
        """Forget what was collected since: a step that says no has done nothing."""
        del self._writes[mark[0] :]
        del self._logged[mark[1] :]

    def apply(self, connection: Connection) -> None:
        """Write everything that was collected, in a write transaction; again where that was taken back."""
        writes = (*self._writes, *self._logged)
        if not writes:
            return
        with AgencySession(connection, self._agency_id) as session:
            for write in writes:
                write(session)
                session.flush()  # a later write may look for what an earlier one made
