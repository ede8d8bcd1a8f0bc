"""The public halves of those who receive disclosures: a process that only takes in seals with them, and reads none."""

import logging
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.officers import Half
from bot.storage.sealing import KeyRing, new_key
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.people import Person, Role

log = logging.getLogger(__name__)


class OfficerKeyRow(Owned, Base):
    """The public half of one receiver."""

    __tablename__ = "officer_key"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    kid: Mapped[str]
    public: Mapped[str]


class PepperRow(Owned, Base):
    """What receipt codes are hashed with, sealed: codes are not kept, so it must outlive every key of the ring."""

    __tablename__ = "disclosure_pepper"

    pepper: Mapped[str]


def provide(session: AgencySession, ring: KeyRing, person: Person) -> None:
    """Give a receiver a public half under the first key of the officers' ring, where this process knows it."""
    if ring.officers is None or all(post.role is not Role.INTEGRITY for post in person.posts):
        return
    agency = session.info["agency_id"]
    half, row = ring.officers.half(agency, person.id), session.get(OfficerKeyRow, (agency, person.id))
    if row is None:
        session.add(OfficerKeyRow(person_id=person.id, kid=half.kid, public=half.public))
    elif (row.kid, row.public) != (half.kid, half.public):
        if row.kid == half.kid:
            log.critical("the public half of a receiver was not theirs: somebody has written to the database")
        row.kid, row.public = half.kid, half.public
    if session.get(PepperRow, agency) is None:
        sealed = ring.seal_text(new_key(), agency, "disclosure_pepper", "pepper")
        session.add(PepperRow(pepper=sealed))


def provide_all(connection: Connection, agency_id: int, ring: KeyRing, people: Sequence[Person]) -> None:
    """The same for some of an agency."""
    with AgencySession(connection, agency_id) as session:
        for one in people:
            provide(session, ring, one)
            session.flush()


def lacking(connection: Connection, agency_id: int, ring: KeyRing, receivers: Sequence[Person]) -> Sequence[Person]:
    """Those without a public half of theirs under the first key; nobody where this process does not know the ring."""
    if ring.officers is None or not receivers:
        return []
    kept = {half.person: half for half in halves(AgencySession(connection, agency_id))}
    return [one for one in receivers if kept.get(one.id) != ring.officers.half(agency_id, one.id)]


def halves(session: AgencySession, of: Collection[str] | None = None) -> Sequence[Half]:
    """The public halves that are kept, by the ids of their people; of some people where they are named."""
    rows = session.scalars(select(OfficerKeyRow).order_by(OfficerKeyRow.person_id))
    return [Half(row.person_id, row.kid, row.public) for row in rows if of is None or row.person_id in of]


def one_at_a_time(session: AgencySession) -> None:
    """Until this transaction is over nobody else of the agency is at the box; SQLite has one writer anyway."""
    session.execute(select(PepperRow.agency_id).with_for_update())


def pepper(session: AgencySession, ring: KeyRing) -> bytes | None:
    """What this agency's codes are hashed with; None before anybody could receive a disclosure."""
    agency = session.info["agency_id"]
    row = session.get(PepperRow, agency)
    return ring.open_text(row.pepper, agency, "disclosure_pepper", "pepper").encode() if row else None
