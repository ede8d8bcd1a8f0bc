"""Which papers were approved, and the agency's own parts of its papers: its seal, its templates."""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.people import Changed, Later
from bot.storage.sealing import KeyRing
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.papers.approval import Approval, Stage


class ApprovalRow(Owned, Base):
    """The newest request to approve a paper; the reason is sealed. `news` while somebody may have to hear of it."""

    __tablename__ = "paper_approval"

    kind: Mapped[str] = mapped_column(primary_key=True)
    about: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    stage: Mapped[str]
    asked_by: Mapped[str]
    asked_at: Mapped[str]
    decided_by: Mapped[str]
    decided_at: Mapped[str]
    reason: Mapped[str]
    told: Mapped[str]
    news: Mapped[bool]


class PartRow(Owned, Base):
    """A part by its name, sealed: «seal», «template:plan»."""

    __tablename__ = "paper_part"

    name: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    contents: Mapped[str]


class SqlPapers:
    """One agency's papers."""

    def __init__(self, session: AgencySession, later: Later, ring: KeyRing) -> None:
        self._session = session
        self._later = later
        self._ring = ring
        self._agency = session.info["agency_id"]

    def approval(self, kind: str, of: str) -> Approval | None:
        """The newest request to approve a paper."""
        row = self._session.get(ApprovalRow, (self._agency, kind, of))
        return self._approval(row) if row else None

    def with_news(self) -> Sequence[Approval]:
        """Those of which somebody may still have to hear, the oldest first."""
        return self._those(ApprovalRow.news.is_(True))

    def save(self, approval: Approval) -> None:
        """Keep a request, or what came of it; what another has decided meanwhile is not overwritten."""
        which = (self._agency, approval.kind, approval.of)
        seen = self._session.get(ApprovalRow, which)
        stood = _state(seen) if seen else None
        reason = self._ring.keep_text(approval.reason, self._agency, "paper_approval", "reason", _place(approval))

        def write(session: AgencySession) -> None:
            row = session.get(ApprovalRow, which, with_for_update=True)
            if (_state(row) if row else None) != stood:
                raise Changed(_place(approval))
            row = row or ApprovalRow(kind=approval.kind, about=approval.of)
            _put(row, approval)
            row.reason = reason
            session.add(row)

        self._later(write)

    def own(self) -> Mapping[str, str]:
        """The agency's own parts by name, each with the SHA-256 of what it is."""
        found = self._session.execute(select(PartRow.name, PartRow.sha256).order_by(PartRow.name))
        return {name: sha256 for name, sha256 in found}  # noqa: C416 - rows are no pairs to the type checker

    def part(self, name: str) -> bytes | None:
        """One of them; None where there is none."""
        row = self._session.get(PartRow, (self._agency, name))
        if row is None:
            return None
        return base64.b64decode(self._ring.open_text(row.contents, self._agency, "paper_part", "contents", name))

    def put_part(self, name: str, contents: bytes) -> None:
        """Keep one, in the place of an older one."""
        told = base64.b64encode(contents).decode()
        sealed = self._ring.seal_text(told, self._agency, "paper_part", "contents", name)
        sha256 = hashlib.sha256(contents).hexdigest()
        row = {"agency_id": self._agency, "name": name, "sha256": sha256, "contents": sealed}
        self._later(lambda session: _keep(session, PartRow(**row)))

    def drop_part(self, name: str) -> None:
        """Forget one, where there is one."""

        def write(session: AgencySession) -> None:
            row = session.get(PartRow, (self._agency, name))
            if row:
                session.delete(row)

        self._later(write)

    def _those(self, *which: ColumnElement[bool]) -> Sequence[Approval]:
        query = select(ApprovalRow).where(*which).order_by(ApprovalRow.asked_at, ApprovalRow.kind, ApprovalRow.about)
        return [self._approval(row) for row in self._session.scalars(query)]

    def _approval(self, row: ApprovalRow) -> Approval:
        reason = self._ring.read_text(row.reason, self._agency, "paper_approval", "reason", f"{row.kind}:{row.about}")
        decided_at = datetime.fromisoformat(row.decided_at) if row.decided_at else None
        return Approval(
            row.kind, row.about, row.digest, row.asked_by, datetime.fromisoformat(row.asked_at), Stage(row.stage),
            row.decided_by, decided_at, reason, tuple(json.loads(row.told)),
        )  # fmt: skip


def _keep(session: AgencySession, row: PartRow) -> None:
    session.merge(row)


def _place(approval: Approval) -> str:
    return f"{approval.kind}:{approval.of}"


def _state(row: ApprovalRow) -> tuple[str, ...]:
    """What nobody may have changed meanwhile; that one more has heard of it is no matter."""
    return row.stage, row.digest, row.asked_at, row.decided_at


def _put(row: ApprovalRow, approval: Approval) -> None:
    row.digest, row.stage = approval.digest, approval.stage.value
    row.asked_by, row.asked_at = approval.asked_by, approval.asked_at.isoformat()
    row.decided_by = approval.decided_by
    row.decided_at = approval.decided_at.isoformat() if approval.decided_at else ""
    row.told, row.news = json.dumps(list(approval.told)), approval.news
