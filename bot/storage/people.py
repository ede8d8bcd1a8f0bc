"""People: found by a keyed hash of their LINE user id, which itself is kept sealed."""

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import UniqueConstraint, false, literal, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import days, hot, officer_keys
from bot.storage.lanes import Address
from bot.storage.queue import lane_of
from bot.storage.queue_sql import TURN
from bot.storage.queue_tables import LaneRow
from bot.storage.sealing import KeyRing
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.people import Person, Post, Role

Later = Callable[[Callable[[AgencySession], None]], None]
NO_POSTS = "[]"


class PersonRow(Owned, Base):
    """Someone who talks with an agency. The same person on two accounts is two people."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("agency_id", "lookup"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    lookup: Mapped[str]
    line_user_id: Mapped[str]
    name: Mapped[str]
    language: Mapped[str]
    version: Mapped[int] = mapped_column()
    posts: Mapped[str] = mapped_column(server_default=NO_POSTS)  # held, ended and coming ones
    village: Mapped[str] = mapped_column(server_default=literal(""))
    muted: Mapped[bool] = mapped_column(server_default=false())
    away_since: Mapped[str] = mapped_column(server_default=literal(""))  # a day, empty while they are there

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class Kept(NamedTuple):
    """What is read of a row to know a person."""

    id: str
    name: str
    posts: str
    language: str
    village: str
    muted: bool
    away_since: str
    line_user_id: str = ""  # sealed; where it is asked for


@dataclass(frozen=True)
class Member:
    """Someone who has a role, and whether they ever wrote to the agency."""

    person: Person
    line_user_id: str
    has_written: bool
    units: Sequence[str] = ()  # by their names


class SqlPeople:
    """One agency's people."""

    def __init__(self, session: AgencySession, later: Later, ring: KeyRing) -> None:
        self._session = session
        self._later = later
        self._ring = ring
        self._agency = session.info["agency_id"]
        self._held: dict[str, str] = {}  # sealed LINE user ids: whoever was just read is asked for where to write to

    def save(self, person: Person) -> None:
        """Keep what has changed about a person that is known."""
        seen = self._session.get(PersonRow, (self._agency, person.id))
        version = seen.version if seen else None
        administrators = self._administrators() if seen and _changes_administration(seen, person) else {}

        def write(session: AgencySession) -> None:
            _hold(session, administrators)
            row = session.get_one(PersonRow, (self._agency, person.id))
            if version is not None and row.version != version and person.id not in _saved(session):
                raise Changed(person.id)
            _saved(session).add(person.id)
            self._put(row, person)
            officer_keys.provide(session, self._ring, person)

        self._later(write)

    def by_line_id(self, line_user_id: str, today: date) -> Person | None:
        """The person behind a LINE user id, with the roles of `today`."""
        for lookup in self._ring.lookups(self._agency, line_user_id):  # kept under the newest key, or an older one
            row = hot.who(self._session, self._agency, lookup)
            if row:
                return self._person(today, Kept(*row))
        return None

    def get(self, person_id: str, today: date) -> Person | None:
        """One person by their id, with the roles of `today`."""
        row = self._session.get(PersonRow, (self._agency, person_id))
        return self._person(today, row) if row else None

    def insiders(self, today: date) -> Sequence[Person]:
        """Everyone who holds a post on `today`, in the order of their ids."""
        return [person for _, person in self._with_posts(today)]

    def with_role(self, role: Role, today: date) -> Sequence[Person]:
        """Everyone who holds a role on `today`, in the order of their ids."""
        return [person for _, person in self._with_posts(today, f'"{role}"') if role in person.roles]

    def members(self, today: date) -> Sequence["Member"]:
        """The insiders of `today` as LINE knows them."""
        return [self._member(row, person) for row, person in self._with_posts(today)]

    def address_of(self, person: Person) -> Address:
        """Where a person is written to."""
        sealed = self._held.get(person.id)
        sealed = sealed or self._session.get_one(PersonRow, (self._agency, person.id)).line_user_id
        to = self._ring.open_text(sealed, self._agency, "person", "line_user_id", person.id)
        return Address(to, lane_of(self._ring, self._agency, to))

    def meet(self, line_user_id: str, person: Person | None = None) -> Person:
        """Someone new: a citizen, or `person` as an administrator enrols them."""
        met, lookup = person or Person(id=uuid.uuid4().hex), self._ring.lookup(self._agency, line_user_id)
        self._session.info.setdefault("met", {})[met.id] = lookup  # their row is read only after this turn

        def write(session: AgencySession) -> None:  # a row of its own each time: what is taken back is written again
            row = PersonRow(
                id=met.id,
                lookup=lookup,
                line_user_id=self._ring.seal_text(line_user_id, self._agency, "person", "line_user_id", met.id),
            )
            self._put(row, met)
            session.add(row)
            officer_keys.provide(session, self._ring, met)

        self._later(write)
        return met

    def forget(self, person: Person) -> None:
        """Their row goes; who writes again is somebody new."""
        administrators = self._administrators() if any(post.role is Role.ADMIN for post in person.posts) else {}

        def write(session: AgencySession) -> None:
            _hold(session, administrators)
            row = session.get(PersonRow, (self._agency, person.id))
            if row:
                session.delete(row)

        self._later(write)

    def _with_posts(self, today: date, part: str = "{") -> Sequence[tuple[Kept, Person]]:
        """Those who hold a post on `today`, of the rows in whose posts `part` is written."""
        rows = [Kept(*row) for row in hot.with_posts(self._session, part)]
        self._held |= {row.id: row.line_user_id for row in rows}
        held = {posts: _posts(posts) for posts in {row.posts for row in rows}}  # those of a unit have the same ones
        found = [(row, self._person(today, row, held[row.posts])) for row in rows]
        return [(row, person) for row, person in found if person.roles]

    def _administrators(self) -> Mapping[str, int]:
        """Everyone who ever administered, with the version that was read."""
        rows = self._session.scalars(select(PersonRow).where(PersonRow.posts.contains(f'"{Role.ADMIN}"')))
        return {row.id: row.version for row in rows}

    def _member(self, row: Kept, person: Person) -> "Member":
        line_user_id = self._ring.open_text(row.line_user_id, self._agency, "person", "line_user_id", row.id)
        lane = self._session.get(LaneRow, (self._agency, TURN, lane_of(self._ring, self._agency, line_user_id)))
        return Member(person, line_user_id, has_written=lane is not None)

    def _put(self, row: PersonRow, person: Person) -> None:
        row.name = self._ring.seal_text(person.name, self._agency, "person", "name", person.id)
        row.posts = json.dumps([_kept(post) for post in person.posts])
        row.language = person.language
        row.village = person.village
        row.muted = person.muted
        row.away_since = days.kept(person.away_since)

    def _person(self, today: date, row: PersonRow | Kept, held: tuple[Post, ...] | None = None) -> Person:
        name = self._ring.open_text(row.name, self._agency, "person", "name", row.id)
        held = _posts(row.posts) if held is None else held
        wishes = (row.village, bool(row.muted), days.read(row.away_since))
        roles = frozenset(post.role for post in held if post.held_on(today))
        return Person(row.id, name, roles, row.language, held, *wishes)


def _changes_administration(row: PersonRow, person: Person) -> bool:
    before = [kept for kept in json.loads(row.posts) if kept["role"] == Role.ADMIN]
    return before != [_kept(post) for post in person.posts if post.role is Role.ADMIN]


def _hold(session: AgencySession, administrators: Mapping[str, int]) -> None:
    """Let nobody else change who administers until we commit; Changed where somebody did since it was read.

    Else two who leave at once would each see the other stay.
    """
    if not administrators:
        return
    rows = select(PersonRow).where(PersonRow.id.in_(administrators)).order_by(PersonRow.id).with_for_update()
    own = _saved(session)
    now = {row.id: row.version for row in session.scalars(rows)}
    if {**administrators, **{one: now.get(one) for one in own if one in administrators}} != now:
        raise Changed("administrators")


def _saved(session: AgencySession) -> set[str]:
    """Who was changed in this transaction: a turn may note that somebody is back, and then what they wish."""
    saved: set[str] = session.info.setdefault("people_saved", set())
    return saved


def _kept(post: Post) -> dict[str, object]:
    """A post without what is not known of it."""
    term = {"since": days.kept(post.since), "until": days.kept(post.until)}
    told = {"role": post.role.value, "unit": post.unit, **term, "acting": post.acting}
    return {name: value for name, value in told.items() if value}


def _posts(kept: str) -> tuple[Post, ...]:
    return tuple(_post(**one) for one in json.loads(kept))


def _post(role: str, unit: str = "", since: str = "", until: str = "", *, acting: bool = False) -> Post:
    return Post(Role(role), unit, days.read(since), days.read(until), acting)


class Changed(Exception):
    """What a step read was changed by another before it could write: run the step again."""
