"""One turn's work on one agency: it reads a snapshot and collects its writes, which are applied all at once."""

import uuid
from collections.abc import Callable
from datetime import date

from sqlalchemy import Connection

from bot.storage.agencies import Agency
from bot.storage.measures import SqlMeasures
from bot.storage.people import SqlPeople
from bot.storage.places import SqlPlaces
from bot.storage.quotas import SqlQuotas
from bot.storage.scores import SqlScores
from bot.storage.sealing import KeyRing
from bot.storage.tenancy import AgencySession
from itadomain.allowance import Allowance
from itadomain.office import Office

Write = Callable[[AgencySession], None]


class Unit:
    """The store that a feature gets: one agency's, for one turn."""

    def __init__(self, connection: Connection, agency: Agency, ring: KeyRing) -> None:
        self._agency_id = agency.id
        self._session = AgencySession(connection, agency.id)
        self._writes: list[Write] = []
        self.office: Office = agency.office
        self.people = SqlPeople(self._session, self._writes.append, ring)
        self.scores = SqlScores(self._session, self._writes.append)
        self.measures = SqlMeasures(self._session, self._writes.append)
        self.places = SqlPlaces(self._session, self._writes.append, ring)
        self._quotas = SqlQuotas(self._session)

    def allowance(self, today: date) -> Allowance | None:
        """Messages left in the month of `today`, as far as LINE told."""
        return self._quotas.of_month(today)

    @staticmethod
    def new_id() -> str:
        """An id for a new row."""
        return uuid.uuid4().hex

    def apply(self, connection: Connection) -> None:
        """Write everything that was collected, in a write transaction; again where that was taken back."""
        if not self._writes:
            return
        with AgencySession(connection, self._agency_id) as session:
            for write in self._writes:
                write(session)
                session.flush()  # a later write may look for what an earlier one made
