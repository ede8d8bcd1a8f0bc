"""People: found by a keyed hash of their LINE user id, which itself is kept sealed."""

import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import hot
from bot.storage.queue import lane_of
from bot.storage.queue_sql import TURN
from bot.storage.queue_tables import LaneRow
from bot.storage.sealing import KeyRing
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.people import Person, Role

Later = Callable[[Callable[[AgencySession], None]], None]


class PersonRow(Owned, Base):
    """Someone who talks with an agency. The same person on two accounts is two people."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("agency_id", "lookup"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    lookup: Mapped[str]
    line_user_id: Mapped[str]
    name: Mapped[str]
    roles: Mapped[str]
    unit: Mapped[str]
    language: Mapped[str]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


@dataclass(frozen=True)
class Member:
    """Someone who has a role, and whether they ever wrote to the agency."""

    person: Person
    line_user_id: str
    has_written: bool


class SqlPeople:
    """One agency's people."""

    def __init__(self, session: AgencySession, later: Later, ring: KeyRing) -> None:
        self._session = session
        self._later = later
        self._ring = ring
        self._agency = session.info["agency_id"]

    def save(self, person: Person) -> None:
        """Keep what has changed about a person that is known."""
        seen = self._session.get(PersonRow, (self._agency, person.id))
        version = seen.version if seen else None

        def write(session: AgencySession) -> None:
            row = session.get_one(PersonRow, (self._agency, person.id))
            if version is not None and row.version != version:
                raise Changed(person.id)
            self._put(row, person)

        self._later(write)

    def by_line_id(self, line_user_id: str) -> Person | None:
        """The person behind a LINE user id."""
        for lookup in self._ring.lookups(self._agency, line_user_id):  # kept under the newest key, or an older one
            row = hot.who(self._session, self._agency, lookup)
            if row:
                return self._person(*row)
        return None

    def insiders(self) -> list[str]:
        """The LINE user ids of all who have a role."""
        rows = self._session.scalars(select(PersonRow).where(PersonRow.roles != json.dumps([])))
        return [self._ring.open_text(row.line_user_id, self._agency, "person", "line_user_id", row.id) for row in rows]

    def members(self) -> Sequence["Member"]:
        """All who have a role, in the order of their ids."""
        rows = self._session.scalars(
            select(PersonRow).where(PersonRow.roles != json.dumps([])).order_by(PersonRow.id)
        ).all()
        return [self._member(row) for row in rows]

    def with_role(self, role: Role) -> Sequence[Person]:
        """Everyone who holds a role, in the order of their ids."""
        rows = self._session.scalars(
            select(PersonRow).where(PersonRow.roles.contains(f'"{role}"')).order_by(PersonRow.id)
        )
        return [self._person(row.id, row.name, row.roles, row.unit, row.language) for row in rows]

    def address_of(self, person: Person) -> str:
        """The LINE user id of a person."""
        row = self._session.get_one(PersonRow, (self._agency, person.id))
        return self._ring.open_text(row.line_user_id, self._agency, "person", "line_user_id", row.id)

    def meet(self, line_user_id: str, person: Person | None = None) -> Person:
        """Someone new: a citizen, or `person` as an administrator enrols them."""
        met = person or Person(id=uuid.uuid4().hex)

        def write(session: AgencySession) -> None:  # a row of its own each time: what is taken back is written again
            row = PersonRow(
                id=met.id,
                lookup=self._ring.lookup(self._agency, line_user_id),
                line_user_id=self._ring.seal_text(line_user_id, self._agency, "person", "line_user_id", met.id),
            )
            self._put(row, met)
            session.add(row)

        self._later(write)
        return met

    def forget(self, person: Person) -> None:
        """Their row goes; who writes again is somebody new."""

        def write(session: AgencySession) -> None:
            row = session.get(PersonRow, (self._agency, person.id))
            if row:
                session.delete(row)

        self._later(write)

    def _member(self, row: PersonRow) -> "Member":
        who = self._person(row.id, row.name, row.roles, row.unit, row.language)
        line_user_id = self._ring.open_text(row.line_user_id, self._agency, "person", "line_user_id", row.id)
        lane = self._session.get(LaneRow, (self._agency, TURN, lane_of(self._ring, self._agency, line_user_id)))
        return Member(who, line_user_id, has_written=lane is not None)

    def _put(self, row: PersonRow, person: Person) -> None:
        row.name = self._ring.seal_text(person.name, self._agency, "person", "name", person.id)
        row.roles = json.dumps(sorted(person.roles))
        row.unit = person.unit
        row.language = person.language

    def _person(self, person_id: str, name: str, roles: str, unit: str, language: str) -> Person:
        opened = self._ring.open_text(name, self._agency, "person", "name", person_id)
        return Person(person_id, opened, frozenset(Role(role) for role in json.loads(roles)), language, unit)


class Changed(Exception):
    """What a step read was changed by another before it could write: run the step again."""
