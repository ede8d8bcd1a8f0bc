"""Evidence: one row for each piece, sealed where it could tell of a person, and one for each copy in the store.

A copy is made before the turn that hears of it, so `register` and `leave` are transactions of their own: the row of a
copy says whether somebody is about to delete it, and nobody counts on a copy that is leaving.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from sqlalchemy import ColumnElement, Connection, Index, func, literal, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import days
from bot.storage.people import Changed, Later
from bot.storage.sealing import KeyRing
from bot.storage.tenancy import AgencySession, Base, Moment, Owned
from itadomain.evidence import DRAFT, LIVE, NOT_FETCHED, STORED, Copy, Evidence, Kind, Stage


class EvidenceRow(Owned, Base):
    """A piece of evidence; `told` is its name and what it says, sealed. `sha256` is empty while no copy is made."""

    __tablename__ = "evidence"
    __table_args__ = tuple(
        Index(f"evidence_{name}", "agency_id", name)
        for name in ("message", "obligation", "case_id", "person", "sha256")
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str]
    kind: Mapped[str]
    stage: Mapped[str]
    message: Mapped[str]
    together: Mapped[str]
    obligation: Mapped[str]
    case_id: Mapped[str] = mapped_column(server_default=literal(""))
    slot: Mapped[str]
    received_on: Mapped[str]
    told: Mapped[str]
    sha256: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[Moment]
    shown: Mapped[bool]
    why: Mapped[str]


class CopyRow(Owned, Base):
    """A copy in the store, by its contents; `leaving` while it is being deleted."""

    __tablename__ = "evidence_copy"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[Moment]
    leaving: Mapped[bool]


class Registered(Enum):
    """What became of an attempt to register a copy."""

    DONE = auto()
    TAKEN_BACK = auto()  # nobody wants it any more
    FULL = auto()  # the agency's room is used up
    LEAVING = auto()  # the same contents are being deleted just now


@dataclass(frozen=True)
class Registration:
    """What became of it, and how many bytes the agency's copies took before and take now."""

    became: Registered
    before: int = 0
    after: int = 0


class SqlEvidence:
    """One agency's evidence."""

    def __init__(self, session: AgencySession, later: Later, ring: KeyRing) -> None:
        self._session = session
        self._later = later
        self._ring = ring
        self._agency = session.info["agency_id"]

    def get(self, evidence_id: str) -> Evidence | None:
        """One by its id."""
        row = self._session.get(EvidenceRow, (self._agency, evidence_id))
        return self._evidence(row) if row else None

    def of_message(self, message: str) -> Evidence | None:
        """What came with a message."""
        return next(iter(self._those(EvidenceRow.message == message)), None)

    def sent_together(self, together: str, person_id: str) -> Sequence[Evidence]:
        """What a person sent as one."""
        return self._those(EvidenceRow.person == person_id, EvidenceRow.together == together)

    def loose_of(self, person_id: str) -> Sequence[Evidence]:
        """What a person sent and has attached to nothing yet, neither to a measure nor to a case."""
        found = self._those(EvidenceRow.person == person_id, EvidenceRow.obligation == "", EvidenceRow.case_id == "")
        return [one for one in found if one.live]

    def loose_before(self, day: date, limit: int) -> Sequence[Evidence]:
        """What came before `day` and is attached to nothing yet, nor to a case that was filed; the oldest first."""
        nobodys = EvidenceRow.case_id.in_(["", DRAFT])
        loose = select(EvidenceRow).where(EvidenceRow.obligation == "", nobodys, EvidenceRow.stage.in_(LIVE))
        old = loose.where(EvidenceRow.received_on < day.isoformat()).order_by(EvidenceRow.received_on, EvidenceRow.id)
        return [self._evidence(row) for row in self._session.scalars(old.limit(limit))]

    def of_obligation(self, obligation: str) -> Sequence[Evidence]:
        """What is attached to an obligation, hidden ones too, newest first."""
        return self._those(EvidenceRow.obligation == obligation)

    def of_case(self, case_id: str) -> Sequence[Evidence]:
        """What belongs to a case, hidden ones too, newest first."""
        return self._those(EvidenceRow.case_id == case_id) if case_id else []

    def of_person(self, person_id: str) -> Sequence[Evidence]:
        """What a person sent, hidden ones and those gone too, newest first."""
        return self._those(EvidenceRow.person == person_id) if person_id else []

    def save(self, evidence: Evidence) -> None:
        """Keep a new one, or what has changed."""
        told = json.dumps({"name": evidence.name, "said": evidence.said}, ensure_ascii=False)
        sealed = self._ring.seal_text(told, self._agency, "evidence", "told", evidence.id)
        seen = self._session.get(EvidenceRow, (self._agency, evidence.id))
        stood = (seen.obligation, seen.case_id, seen.stage) if seen else None

        def write(session: AgencySession) -> None:
            row = session.get(EvidenceRow, (self._agency, evidence.id), with_for_update=True)
            if row and stood and (row.obligation, row.case_id, row.stage) != stood:
                raise Changed(evidence.id)  # it was attached just when it was to be forgotten
            row = row or EvidenceRow(id=evidence.id)
            _put(row, evidence)
            row.told = sealed
            session.add(row)

        self._later(write)

    def _those(self, *which: ColumnElement[bool]) -> list[Evidence]:
        newest_first = (EvidenceRow.received_on.desc(), EvidenceRow.message.desc(), EvidenceRow.id)
        rows = self._session.scalars(select(EvidenceRow).where(*which).order_by(*newest_first))
        return [self._evidence(row) for row in rows]

    def _evidence(self, row: EvidenceRow) -> Evidence:
        told = json.loads(self._ring.open_text(row.told, self._agency, "evidence", "told", row.id))
        copy = Copy(row.sha256, row.size, row.media_type, row.shown) if row.sha256 else None
        return Evidence(
            id=row.id, by=row.person, kind=Kind(row.kind), stage=Stage(row.stage),
            received_on=date.fromisoformat(row.received_on), message=row.message, together=row.together,
            name=told["name"], said=told["said"],
            obligation=row.obligation, slot=days.read(row.slot), copy=copy, why=row.why,
            case=row.case_id,
        )  # fmt: skip


def register(connection: Connection, agency_id: int, evidence_id: str, copy: Copy, most: int) -> Registration:
    """Say that a copy is about to be made for a piece of evidence; only DONE lets it be made."""
    with AgencySession(connection, agency_id) as session:
        kept = session.get(CopyRow, (agency_id, copy.sha256), with_for_update=True)
        if kept and kept.leaving:
            return Registration(Registered.LEAVING)
        wanted = session.get(EvidenceRow, (agency_id, evidence_id))
        given_up = wanted is not None and (wanted.stage, wanted.why) == (Stage.REFUSED, NOT_FETCHED)
        if wanted is None or (wanted.stage not in STORED and not given_up):
            return Registration(Registered.TAKEN_BACK)
        before = _used(session)
        after = before if kept else before + copy.size
        if after > most:
            return Registration(Registered.FULL, before, after)
        if not kept:
            session.add(CopyRow(sha256=copy.sha256, size=copy.size, leaving=False))
        if given_up:  # it is fetched once more; `why` stays, for its sender heard that it never would be
            wanted.stage = Stage.COMING
        wanted.sha256 = copy.sha256
        session.flush()
        return Registration(Registered.DONE, before, after)


def leave(connection: Connection, agency_id: int, sha256: str) -> bool:
    """Mark a copy that nothing rests on any more as leaving; False where something does, or there is none."""
    with AgencySession(connection, agency_id) as session:
        kept = session.get(CopyRow, (agency_id, sha256), with_for_update=True)
        uses = select(func.count()).where(EvidenceRow.sha256 == sha256, EvidenceRow.stage.in_(STORED))
        if kept is None or session.scalar(uses):
            return False
        kept.leaving = True
        session.flush()
        return True


def left(connection: Connection, agency_id: int, sha256: str) -> None:
    """Forget a copy that was deleted."""
    with AgencySession(connection, agency_id) as session:
        kept = session.get(CopyRow, (agency_id, sha256))
        if kept:
            session.delete(kept)
            session.flush()


def used(connection: Connection, agency_id: int) -> int:
    """How many bytes an agency's copies take."""
    with AgencySession(connection, agency_id) as session:
        return _used(session)


def _used(session: AgencySession) -> int:
    return int(session.scalar(select(func.coalesce(func.sum(CopyRow.size), 0))) or 0)


def _put(row: EvidenceRow, evidence: Evidence) -> None:
    """What a copy is made of is left as it is where the evidence does not know of one yet: it may be being made."""
    row.person, row.kind, row.stage = evidence.by, evidence.kind, evidence.stage
    row.message, row.together, row.why = evidence.message, evidence.together, evidence.why
    row.obligation, row.slot = evidence.obligation, days.kept(evidence.slot)
    row.case_id = evidence.case
    row.received_on = days.kept(evidence.received_on)
    copy = evidence.copy or Copy(row.sha256 or "", row.size or 0, row.media_type or "", bool(row.shown))
    row.sha256, row.size, row.media_type, row.shown = copy.sha256, copy.size, copy.media_type, copy.shown
