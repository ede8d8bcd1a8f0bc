"""The audit log of an agency, line by line; nothing here changes a line or takes one out."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.people import Later
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.audit_log import BEGINNING, Deed, Entry, Happened, Verdict

BATCH = 500


class AuditRow(Owned, Base):
    """One line; `before` is the digest of the line before, `digest` its own."""

    __tablename__ = "audit_log"

    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str]
    deed: Mapped[str]
    by: Mapped[str]
    about: Mapped[str]
    facts: Mapped[str]
    before: Mapped[str]
    digest: Mapped[str]


class AuditHeadRow(Owned, Base):
    """How long an agency's log is, and the digest of its last line: who adds one holds this row."""

    __tablename__ = "audit_head"

    length: Mapped[int]
    digest: Mapped[str]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class SqlAuditLog:
    """One agency's audit log."""

    def __init__(self, session: AgencySession, later: Later) -> None:
        self._session = session
        self._later = later
        self._agency = session.info["agency_id"]

    def add(self, happened: Happened) -> None:
        """Write down what somebody did, in the commit that does it."""
        self._later(lambda session: _append(session, self._agency, happened))

    def since(self, no: int = 0) -> Iterator[Entry]:
        """The lines after a place, in their order; batch by batch, since a log grows for years."""
        while batch := self._batch(no):
            yield from map(_entry, batch)
            no = batch[-1].no

    def end(self) -> Verdict:
        """Where the log ends as whoever wrote its last line noted it: the line itself may be gone by now."""
        head = self._session.get(AuditHeadRow, self._agency)
        return Verdict(head.length, head.digest) if head else Verdict()

    def newest(self, limit: int) -> list[Entry]:
        """The last lines, newest first."""
        of = select(AuditRow).order_by(AuditRow.no.desc()).limit(limit)
        return [_entry(row) for row in self._session.scalars(of)]

    def _batch(self, no: int) -> Sequence[AuditRow]:
        of = select(AuditRow).where(AuditRow.no > no).order_by(AuditRow.no).limit(BATCH)
        return self._session.scalars(of).all()


def _append(session: AgencySession, agency_id: int, happened: Happened) -> None:
    """The head row is taken hold of first, so that two writers come one after the other."""
    head = session.get(AuditHeadRow, agency_id, with_for_update=True) or AuditHeadRow(length=0, digest=BEGINNING)
    entry = Entry(head.length + 1, happened, head.digest)
    facts = json.dumps(dict(happened.facts), ensure_ascii=False, sort_keys=True)
    session.add(AuditRow(
        no=entry.no, at=happened.at.isoformat(), deed=happened.deed.value, by=happened.by, about=happened.about,
        facts=facts, before=entry.before, digest=entry.digest,
    ))  # fmt: skip
    head.length, head.digest = entry.no, entry.digest
    session.add(head)
    session.flush()


def _entry(row: AuditRow) -> Entry:
    at = datetime.fromisoformat(row.at)
    return Entry(row.no, Happened(Deed(row.deed), at, row.by, row.about, json.loads(row.facts)), row.before)
