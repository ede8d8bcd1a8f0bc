"""Papers that were asked for at their addresses: how far each is, and whether it was fetched.

The file itself lies on the shelf. A row is known by what its address says of itself, so one address is one file,
however often it is opened.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

from sqlalchemy import Connection, Index, func, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.queue import Queue, lane_of
from bot.storage.queue_sql import TASK
from bot.storage.sealing import KeyRing
from bot.storage.tasks import Wanted
from bot.storage.tenancy import AgencySession, Base, JoiningSession, Moment, Owned

#: So many that were not fetched yet a person may have at a time, so that nobody fills the disk.
MOST = 5
#: Clocks of two hosts may differ by so much: a row outlives its address, or the address would be good once more.
LATER_MS = 10 * 60 * 1000
BATCH = 100


class Stage(StrEnum):
    """How far it is."""

    ASKED = "asked"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"
    FETCHED = "fetched"


WAITS = (Stage.ASKED.value, Stage.MAKING.value, Stage.READY.value)


@dataclass(frozen=True)
class Said:
    """What may be told of it only to whom it was made for."""

    draft: str = ""  # the word that stands on each of its pages
    size: int = 0
    why: str = ""  # there is none


@dataclass(frozen=True)
class PaperFile:
    """One that was asked for; `step` of its making is done with `done` of so many."""

    id: str
    person: str
    asked_at: int
    until: int
    stage: Stage = Stage.ASKED
    step: str = ""
    done: int = 0
    whole: int = 0
    fetched_at: int = 0
    said: Said = Said()

    @property
    def settled(self) -> bool:
        """Nothing is waited for any more."""
        return self.stage not in {Stage.ASKED, Stage.MAKING}


class PaperFileRow(Owned, Base):
    """A paper that was asked for; `told` is sealed."""

    __tablename__ = "paper_file"
    __table_args__ = (
        Index("paper_file_person", "agency_id", "person"),
        Index("paper_file_until", "until"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str]
    stage: Mapped[str]
    step: Mapped[str]
    done: Mapped[int]
    whole: Mapped[int]
    asked_at: Mapped[Moment]
    until: Mapped[Moment]
    fetched_at: Mapped[Moment]
    told: Mapped[str]


class PaperFiles:
    """The papers of one agency, each act in the transaction of a connection."""

    def __init__(self, connection: Connection, agency_id: int, ring: KeyRing) -> None:
        self._connection = connection
        self._agency = agency_id
        self._ring = ring

    def get(self, paper_id: str) -> PaperFile | None:
        """One by its id."""
        with self._session() as session:
            row = session.get(PaperFileRow, (self._agency, paper_id))
            return self._read(row) if row else None

    def waiting(self, person: str, now: int) -> int:
        """How many a person has asked for and not fetched, whose address is still good."""
        with self._session() as session:
            open_ones = PaperFileRow.stage.in_(WAITS), PaperFileRow.until >= now
            count = select(func.count()).where(PaperFileRow.person == person, *open_ones)
            return session.scalar(count) or 0

    def ask(self, file: PaperFile) -> None:
        """Keep that one is asked for; nobody does so at the same time who holds the lane of its making, too."""
        with self._session() as session:
            row = PaperFileRow(id=file.id, person=file.person, asked_at=file.asked_at, until=file.until, fetched_at=0)
            self._put(row, file.stage, file.step, (0, 0), file.said)
            session.add(row)
            session.flush()

    def at(self, paper_id: str, step: str, done: int, whole: int) -> bool:
        """Tell how far its making is; False where it is settled, or not known any more."""
        return self._settle(paper_id, Stage.MAKING, step, (done, whole), Said())

    def ready(self, paper_id: str, said: Said) -> bool:
        """It can be fetched; False where nobody waits for it any more."""
        return self._settle(paper_id, Stage.READY, "", (0, 0), said)

    def failed(self, paper_id: str, why: str) -> bool:
        """There will be none."""
        return self._settle(paper_id, Stage.FAILED, "", (0, 0), Said(why=why))

    def fetch(self, paper_id: str, now: int) -> bool:
        """Hand it out: True once, however many ask at the same time."""
        with self._session() as session:
            row = session.get(PaperFileRow, (self._agency, paper_id), with_for_update=True)
            if row is None or row.stage != Stage.READY.value:
                return False
            row.stage, row.fetched_at = Stage.FETCHED.value, now
            session.flush()
            return True

    def forget(self, ids: Collection[str]) -> None:
        """Nothing is known of them any more."""
        with self._session() as session:
            for row in session.scalars(select(PaperFileRow).where(PaperFileRow.id.in_(ids)).with_for_update()):
                session.delete(row)
            session.flush()

    def _session(self) -> AgencySession:
        return AgencySession(self._connection, self._agency)

    def _settle(self, paper_id: str, stage: Stage, step: str, progress: tuple[int, int], said: Said) -> bool:
        with self._session() as session:
            row = session.get(PaperFileRow, (self._agency, paper_id), with_for_update=True)
            if row is None or row.stage not in WAITS[:2]:
                return False
            self._put(row, stage, step, progress, said)
            session.flush()
            return True

    def _put(self, row: PaperFileRow, stage: Stage, step: str, progress: tuple[int, int], said: Said) -> None:
        row.stage, row.step, (row.done, row.whole) = stage.value, step, progress
        row.told = self._ring.seal_text(json.dumps(asdict(said)), *bound(self._agency, row.id))

    def _read(self, row: PaperFileRow) -> PaperFile:
        said = Said(**json.loads(self._ring.open_text(row.told, *bound(self._agency, row.id))))
        where = row.id, row.person, row.asked_at, row.until
        return PaperFile(*where, Stage(row.stage), row.step, row.done, row.whole, row.fetched_at, said)


def bound(agency_id: int, paper_id: str) -> tuple[object, ...]:
    """What the seal of a row is bound to."""
    return agency_id, "paper_file", "told", paper_id


def order(connection: Connection, queue: Queue, ring: KeyRing, of: int, file: PaperFile, wanted: Wanted) -> bool:
    """Ask for a paper, once, with the task that makes it; False where its person has too many waiting."""
    lane, files = lane_of(ring, of, f"papers of {file.person}"), PaperFiles(connection, of, ring)
    queue.wake(connection, TASK, of, lane, file.asked_at)  # held from here on: a second one sees the first
    if files.get(file.id) is not None:
        return True
    if files.waiting(file.person, file.asked_at) >= MOST:
        return False
    files.ask(file)
    queue.tasks.put(connection, of, lane, "", [wanted], file.asked_at)
    return True


def ended(connection: Connection, now: int) -> Sequence[tuple[int, str]]:
    """Some of any agency whose address has ended, the oldest first, each with its agency."""
    those = select(PaperFileRow.agency_id, PaperFileRow.id).where(PaperFileRow.until < now - LATER_MS)
    found = JoiningSession(connection).execute(those.order_by(PaperFileRow.until).limit(BATCH))
    return [(agency_id, paper_id) for agency_id, paper_id in found]
