"""Seals everything anew under the first key, so that an old key can be taken away.

The service may go on meanwhile, as long as all its processes know both keys: each row is locked, sealed anew and
committed in a small batch. What cannot be opened is left as it is and counted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from bot.storage.agencies import AgencyRow
from bot.storage.evidence import EvidenceRow
from bot.storage.people import PersonRow
from bot.storage.places import PlaceRow
from bot.storage.queue_tables import InboxRow, OutboxRow
from bot.storage.sealing import KeyRing, SealBroken
from bot.storage.tasks import TaskRow
from bot.storage.tenancy import JoiningSession

BATCH = 200
TWICE = "twice:"


@dataclass(frozen=True)
class Sealed:
    """A table with sealed columns: what each envelope of a row is bound to, and by which key rows are gone through."""

    table: type[Any]
    columns: Sequence[str]
    key: str
    bound: Callable[[Any, str], tuple[object, ...]]
    across: bool = False


#: Every sealed column. A test looks for envelopes under an old key in the whole database.
EVERYTHING = (
    Sealed(AgencyRow, ("channel_secret", "access_token"), "id", lambda row, c: (row.slug, "agency", c), across=True),
    Sealed(InboxRow, ("body",), "id", lambda row, c: (row.agency_id, "inbox", c, row.event_id), across=True),
    Sealed(OutboxRow, ("body",), "id", lambda row, c: (row.agency_id, "outbox", c, row.retry_key), across=True),
    Sealed(PersonRow, ("line_user_id", "name"), "id", lambda row, c: (row.agency_id, "person", c, row.id)),
    Sealed(PlaceRow, ("draft",), "person_id", lambda row, c: (row.agency_id, "place", c, row.person_id)),
    Sealed(TaskRow, ("body",), "id", lambda row, c: (row.agency_id, "task", c, row.key), across=True),
    Sealed(EvidenceRow, ("told",), "id", lambda row, c: (row.agency_id, "evidence", c, row.id)),
)


@dataclass
class Rotated:
    """What came of it so far."""

    sealed: int = 0
    broken: int = 0

    def add(self, more: "Rotated") -> None:
        """Count what came of some more rows."""
        self.sealed += more.sealed
        self.broken += more.broken


def agencies(connection: Connection) -> Sequence[int]:
    """The id of every agency; nothing sealed is opened."""
    return JoiningSession(connection).scalars(select(AgencyRow.id).order_by(AgencyRow.id)).all()


def batch(
    connection: Connection, ring: KeyRing, what: Sealed, agency_id: int | None, after: object
) -> tuple[Rotated, object | None]:
    """Seal the next rows anew, of one agency where the table is not gone through across; gives where to go on, too."""
    counted = Rotated()
    key = getattr(what.table, what.key)
    query = select(what.table).where(key > after).order_by(key).limit(BATCH).with_for_update()
    if agency_id is not None:
        query = query.where(what.table.agency_id == agency_id)
    session = JoiningSession(connection)
    rows = session.scalars(query).all()
    for row in rows:
        for column in what.columns:
            _seal_anew(row, column, ring, what, counted)
        if isinstance(row, PersonRow):
            _look_up_anew(session, row, ring)
    session.flush()
    return counted, getattr(rows[-1], what.key) if len(rows) == BATCH else None


def _seal_anew(row: Any, column: str, ring: KeyRing, what: Sealed, counted: Rotated) -> None:
    envelope = getattr(row, column)
    if not envelope or ring.is_newest(envelope):
        return
    bound = what.bound(row, column)
    try:
        setattr(row, column, ring.seal(ring.open(envelope, *bound), *bound))
        counted.sealed += 1
    except SealBroken:
        counted.broken += 1


def _look_up_anew(session: JoiningSession, row: PersonRow, ring: KeyRing) -> None:
    """A person must be found without the old key too.

    One whom a process without the new key and one without the old met each for itself is there twice: the entry under
    the old key has the roles, so it stays, and the other is found no more.
    """
    try:
        line_user_id = ring.open_text(row.line_user_id, row.agency_id, "person", "line_user_id", row.id)
    except SealBroken:
        return  # counted with the column
    lookup = ring.lookup(row.agency_id, line_user_id)
    if row.lookup == lookup or row.lookup.startswith(TWICE):
        return
    mine = PersonRow.agency_id == row.agency_id
    for other in session.scalars(select(PersonRow).where(mine, PersonRow.lookup == lookup)):
        other.lookup = TWICE + other.id
        session.flush()
    row.lookup = lookup
