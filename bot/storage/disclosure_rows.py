"""Rows of disclosures, found and added to; nothing is opened here."""

import hmac
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import func, select

from bot.storage.disclosure_box import Piece
from bot.storage.disclosure_tables import DisclosureFileRow, DisclosureKeyRow, DisclosureLineRow, DisclosureRow
from bot.storage.officers import Wrap
from bot.storage.people import Changed
from bot.storage.tenancy import AgencySession

Part = TypeVar("Part", DisclosureLineRow, DisclosureFileRow)
#: In the notes of a session: which rows it has found unchanged, and may change once more.
SEEN = "disclosures seen"


@dataclass(frozen=True)
class Around:
    """What belongs to a disclosure beside its own row: what was said and sent in order, and who holds a key."""

    lines: Sequence[DisclosureLineRow]
    files: Sequence[DisclosureFileRow]
    readers: frozenset[str]


class Rows:
    """Those of one agency's session."""

    def __init__(self, session: AgencySession) -> None:
        self._session = session
        self._agency = session.info["agency_id"]

    def get(self, disclosure_id: str) -> DisclosureRow | None:
        """One by its id."""
        return self._session.get(DisclosureRow, (self._agency, disclosure_id))

    def get_one(self, disclosure_id: str) -> DisclosureRow:
        """One that there must be."""
        return self._session.get_one(DisclosureRow, (self._agency, disclosure_id))

    def by_code(self, lookup: str) -> DisclosureRow | None:
        """The one under a code's hash."""
        row = self._session.scalar(select(DisclosureRow).where(DisclosureRow.code == lookup))
        return row if row and hmac.compare_digest(row.code, lookup) else None

    def those(self, ids: Sequence[str]) -> Sequence[DisclosureRow]:
        """Some by their ids."""
        return self._session.scalars(select(DisclosureRow).where(DisclosureRow.id.in_(ids))).all()

    def around(self, ids: Sequence[str]) -> Mapping[str, "Around"]:
        """What belongs to some, by their ids."""
        lines, files = self._parts(DisclosureLineRow, ids), self._parts(DisclosureFileRow, ids)
        readers = self.readers(ids)
        return {one: Around(lines[one], files[one], readers[one]) for one in ids}

    def wrap(self, disclosure_id: str, person_id: str) -> Wrap | None:
        """A person's key of one, wrapped."""
        row = self._session.get(DisclosureKeyRow, (self._agency, disclosure_id, person_id))
        return Wrap(row.person_id, row.kid, row.wrapped) if row else None

    def wraps_of(self, person_id: str) -> Mapping[str, Wrap]:
        """All keys of a person, by the ids of their disclosures."""
        rows = self._session.scalars(select(DisclosureKeyRow).where(DisclosureKeyRow.person_id == person_id))
        return {row.disclosure_id: Wrap(row.person_id, row.kid, row.wrapped) for row in rows}

    def readers(self, ids: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """Who holds a key of some."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self._session.scalars(select(DisclosureKeyRow).where(DisclosureKeyRow.disclosure_id.in_(ids))):
            found[row.disclosure_id].add(row.person_id)
        return {one: frozenset(found[one]) for one in ids}

    def held(self, disclosure_id: str) -> Mapping[str, DisclosureKeyRow]:
        """The keys of one by who holds them, locked until the transaction is over."""
        row = select(DisclosureRow.id).where(DisclosureRow.id == disclosure_id)
        self._session.execute(row.with_for_update())
        of = select(DisclosureKeyRow).where(DisclosureKeyRow.disclosure_id == disclosure_id)
        return {key.person_id: key for key in self._session.scalars(of)}

    def empty(self, disclosure_id: str) -> None:
        """Delete all that belongs to one, and its keys."""
        for table in (DisclosureKeyRow, DisclosureLineRow, DisclosureFileRow):
            for row in self._session.scalars(select(table).where(table.disclosure_id == disclosure_id)):
                self._session.delete(row)

    def _parts(self, table: type[Part], ids: Sequence[str]) -> Mapping[str, Sequence[Part]]:
        """Rows of a table by their disclosure, in order."""
        found: dict[str, list[Part]] = {one: [] for one in ids}
        for row in self._session.scalars(select(table).where(table.disclosure_id.in_(ids)).order_by(table.nth)):
            found[row.disclosure_id].append(row)
        return found


def unchanged(session: AgencySession, disclosure_id: str, version: int | None) -> DisclosureRow:
    """A row to be changed; Changed where it is another than the `version` that was read. New ones have none yet."""
    row, seen = Rows(session).get_one(disclosure_id), session.info.setdefault(SEEN, set())
    if version is not None and row.version != version and disclosure_id not in seen:
        raise Changed(disclosure_id)
    seen.add(disclosure_id)
    return row


def give(session: AgencySession, disclosure_id: str, wrap: Wrap) -> None:
    """Put a receiver's key of one there, where they have none yet."""
    if session.get(DisclosureKeyRow, (session.info["agency_id"], disclosure_id, wrap.person)) is None:
        row = DisclosureKeyRow(disclosure_id=disclosure_id, person_id=wrap.person, kid=wrap.kid, wrapped=wrap.wrapped)
        session.add(row)


def add_line(session: AgencySession, disclosure_id: str, piece: Piece, on: date) -> None:
    """Put a line behind the others."""
    nth = _next(session, DisclosureLineRow, disclosure_id)
    row = DisclosureLineRow(
        id=piece.id, disclosure_id=disclosure_id, nth=nth, said_on=on.isoformat(), said=piece.sealed
    )  # fmt: skip
    session.add(row)
    session.flush()


def add_file(session: AgencySession, disclosure_id: str, piece: Piece) -> None:
    """Put a file behind the others."""
    nth = _next(session, DisclosureFileRow, disclosure_id)
    session.add(DisclosureFileRow(id=piece.id, disclosure_id=disclosure_id, nth=nth, facts=piece.sealed))
    session.flush()


def _next(session: AgencySession, table: type[DisclosureLineRow | DisclosureFileRow], disclosure_id: str) -> int:
    last = session.scalar(select(func.max(table.nth)).where(table.disclosure_id == disclosure_id))
    return (last or 0) + 1
