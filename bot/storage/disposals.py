"""What was proposed to be destroyed, what is kept on and why, and the register of what was: its lines stay for good."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.people import Changed, Later
from bot.storage.sealing import KeyRing
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.disposal import Disposal, Stage

#: What stands in columns as it is.
PLAIN = ("what", "number", "by", "approved_by", "lines", "files")


class DisposalRow(Owned, Base):
    """One record that may be, or was destroyed. `reason` is sealed."""

    __tablename__ = "disposal"
    __table_args__ = (Index("disposal_stage", "agency_id", "stage", "approved_at"),)

    about: Mapped[str] = mapped_column(primary_key=True)
    what: Mapped[str]
    number: Mapped[str]
    over_on: Mapped[str]
    stage: Mapped[str]
    by: Mapped[str]
    at: Mapped[str]
    reason: Mapped[str]
    approved_by: Mapped[str]
    approved_at: Mapped[str]
    lines: Mapped[int]
    files: Mapped[int]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class SqlDisposals:
    """One agency's register, and what is on its way there."""

    def __init__(self, session: AgencySession, later: Later, ring: KeyRing) -> None:
        self._session = session
        self._later = later
        self._ring = ring
        self._agency = session.info["agency_id"]

    def of(self, about: str) -> Disposal | None:
        """What is known of a record's destruction."""
        row = self._session.get(DisposalRow, (self._agency, about))
        return self._disposal(row) if row else None

    def at_stage(
        self, stage: Stage, kinds: Sequence[str], limit: int | None = None, offset: int = 0
    ) -> Sequence[Disposal]:
        """Those of some kinds at a stage: the register newest first, else what was over first stands first."""
        newest = (DisposalRow.approved_at.desc(), DisposalRow.about)
        order = newest if stage is Stage.DONE else (DisposalRow.over_on, DisposalRow.number, DisposalRow.about)
        of = select(DisposalRow).where(DisposalRow.stage == stage.value, DisposalRow.what.in_(kinds)).order_by(*order)
        return [self._disposal(row) for row in self._session.scalars(of.limit(limit).offset(offset or None))]

    def save(self, disposal: Disposal) -> None:
        """Keep a new one, or what has changed; a line of the register stays as it is."""
        version = self._version(disposal.about)

        def write(session: AgencySession) -> None:
            row = self._unchanged(session, disposal.about, version) or DisposalRow(about=disposal.about)
            for name in PLAIN:
                setattr(row, name, getattr(disposal, name))
            row.stage, row.over_on, row.at = disposal.stage.value, disposal.over_on.isoformat(), disposal.at.isoformat()
            row.approved_at = disposal.approved_at.isoformat() if disposal.approved_at else ""
            row.reason = self._ring.keep_text(disposal.reason, self._agency, "disposal", "reason", disposal.about)
            session.add(row)

        self._later(write)

    def drop(self, about: str) -> None:
        """Forget one that is on its way; never a line of the register."""
        version = self._version(about)

        def write(session: AgencySession) -> None:
            row = self._unchanged(session, about, version)
            if row:
                session.delete(row)

        self._later(write)

    def _version(self, about: str) -> int | None:
        row = self._session.get(DisposalRow, (self._agency, about))
        if row and row.stage == Stage.DONE:
            raise LookupError("a line of the register stays")
        return row.version if row else None

    def _unchanged(self, session: AgencySession, about: str, version: int | None) -> DisposalRow | None:
        row = session.get(DisposalRow, (self._agency, about))
        if (row.version if row else None) != version:
            raise Changed(about)
        return row

    def _disposal(self, row: DisposalRow) -> Disposal:
        return Disposal(
            about=row.about,
            over_on=date.fromisoformat(row.over_on),
            stage=Stage(row.stage),
            at=datetime.fromisoformat(row.at),
            reason=self._ring.read_text(row.reason, self._agency, "disposal", "reason", row.about),
            approved_at=datetime.fromisoformat(row.approved_at) if row.approved_at else None,
            **{name: getattr(row, name) for name in PLAIN},
        )
