"""The box: what was told and waits for the next round, sealed under the service's ring over the seals inside.

A slip of the box says nothing to whoever has no key: neither its id nor its code's hash comes back where it goes to.
"""

import json
import logging
import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, select

from bot.faults import place_of
from bot.storage.disclosure_tables import BoxRow
from bot.storage.officers import Wrap
from bot.storage.people import Changed
from bot.storage.sealing import KeyRing, SealBroken
from bot.storage.tenancy import AgencySession

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Fresh:
    """A new disclosure: sealed under its own key, which is wrapped for its readers and its code."""

    id: str
    code: str  # the hash by which it will be found
    by_code: str
    way: str
    told: str
    identity: str
    wraps: Sequence[Wrap]


@dataclass(frozen=True)
class Piece:
    """A line or a file, sealed under the key of its disclosure; `id` is where it will lie."""

    id: str
    sealed: str


@dataclass(frozen=True)
class Added:
    """More to a disclosure that is kept, or waits here."""

    to: str
    line: Piece | None = None
    file: Piece | None = None
    reopens: bool = False


@dataclass(frozen=True)
class Slip:
    """What lies in the box under one row."""

    row_id: str
    holds: Fresh | Added


class Box:
    """One agency's box."""

    def __init__(self, session: AgencySession, ring: KeyRing) -> None:
        self._session = session
        self._ring = ring
        self._agency = session.info["agency_id"]

    def of(self, code: str) -> Sequence[Slip]:
        """What waits under a code's hash, in the order in which it was put there."""
        rows = self._session.scalars(select(BoxRow).where(BoxRow.code == code).order_by(BoxRow.nth))
        return [self._slip(row) for row in rows]

    def shuffled(self) -> Sequence[Slip]:
        """All that waits and opens: each disclosure's in its order, and those in none.

        What does not open holds up nobody else: it stays, with all of its disclosure, for whoever has the key.
        """
        found: dict[str, list[BoxRow]] = defaultdict(list)
        for row in self._session.scalars(select(BoxRow).order_by(BoxRow.nth)):
            found[row.code].append(row)
        groups = [slips for rows in found.values() if (slips := self._opened(rows))]
        secrets.SystemRandom().shuffle(groups)
        return [slip for group in groups for slip in group]

    def put(self, session: AgencySession, code: str, holds: Fresh | Added) -> None:
        """Leave something under a code's hash; a new disclosure only once."""
        last = session.scalar(select(func.max(BoxRow.nth)).where(BoxRow.code == code))
        new = isinstance(holds, Fresh)
        if new and last is not None:
            return
        row_id = secrets.token_hex(16)
        nth = 0 if new else (last or 0) + 1
        session.add(BoxRow(id=row_id, code=code, nth=nth, blob=sealed(self._ring, self._agency, row_id, holds)))

    def empty(self, session: AgencySession, slips: Iterable[Slip]) -> None:
        """Take out what was read; Changed where somebody else did."""
        for slip in slips:
            row = session.get(BoxRow, (self._agency, slip.row_id))
            if row is None:
                raise Changed(slip.row_id)
            session.delete(row)

    def _opened(self, rows: Sequence[BoxRow]) -> Sequence[Slip]:
        try:
            return [self._slip(row) for row in rows]
        except SealBroken as error:
            log.error("something in the box does not open and stays there: %s", place_of(error))  # noqa: TRY400
            return []

    def _slip(self, row: BoxRow) -> Slip:
        return Slip(row.id, opened(self._ring, row))


def sealed(ring: KeyRing, agency: int, row_id: str, holds: Fresh | Added) -> str:
    """What the blob of a row is."""
    kind = "fresh" if isinstance(holds, Fresh) else "added"
    return ring.seal_text(json.dumps({kind: asdict(holds)}), agency, "disclosure_box", "blob", row_id)


def opened(ring: KeyRing, row: BoxRow) -> Fresh | Added:
    """What the blob of a row holds."""
    held = json.loads(ring.open_text(row.blob, row.agency_id, "disclosure_box", "blob", row.id))
    if "fresh" in held:
        fresh = held["fresh"]
        return Fresh(**{**fresh, "wraps": tuple(Wrap(**one) for one in fresh["wraps"])})
    added: dict[str, Any] = held["added"]
    pieces = {name: Piece(**added[name]) if added[name] else None for name in ("line", "file")}
    return Added(**{**added, **pieces})
