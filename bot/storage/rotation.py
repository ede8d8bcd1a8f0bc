"""Seals everything anew under the first key, so that an old key can be taken away.

The service may go on meanwhile, as long as all its processes know both keys: each row is locked, sealed anew and
committed in a small batch. What cannot be opened is left as it is and counted.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, literal, select, tuple_

from bot.storage import history, participation, places
from bot.storage.agencies import AgencyRow
from bot.storage.ballots import BallotRow, CellRow, WordRow, of_cell, of_word
from bot.storage.broadcast_rows import BroadcastRow, bound
from bot.storage.cases import CaseRow
from bot.storage.circulars import CircularRow
from bot.storage.disclosure_tables import BoxRow
from bot.storage.disposals import DisposalRow
from bot.storage.evidence import EvidenceRow
from bot.storage.history import HistoryRow
from bot.storage.obstacles import ObstacleRow
from bot.storage.officer_keys import PepperRow
from bot.storage.paper_files import PaperFileRow
from bot.storage.paper_files import bound as of_paper_file
from bot.storage.papers import ApprovalRow, PartRow
from bot.storage.participation import DraftRow, move_marks
from bot.storage.people import PersonRow
from bot.storage.places import PlaceRow
from bot.storage.questions import QuestionRow
from bot.storage.queue_tables import InboxRow, OutboxRow
from bot.storage.reports import ReportRow
from bot.storage.resolutions import ResolutionRow
from bot.storage.sealing import KeyRing, SealBroken
from bot.storage.tasks import TaskRow
from bot.storage.tenancy import JoiningSession

BATCH = 200
TWICE = "twice:"


@dataclass(frozen=True)
class Sealed:
    """A table with sealed columns: by which keys its rows are gone through, and what each envelope is bound to.

    `once_plain` are columns that older releases did not seal: what they left is sealed now. `rings` is what may have
    sealed a row: the first seals it anew; none where that can only be done elsewhere.
    """

    table: type[Any]
    columns: Sequence[str]
    keys: Mapping[str, object]  # each with what stands before its first value
    bound: Callable[[Any, str], tuple[object, ...]]
    across: bool = False
    once_plain: bool = False
    rings: Callable[[KeyRing, Any], Sequence[KeyRing]] = lambda ring, _row: (ring,)

    @property
    def first(self) -> tuple[object, ...]:
        """Where to begin."""
        return tuple(self.keys.values())


NUMBER, ID = {"id": 0}, {"id": ""}
#: Every sealed column. A test looks for envelopes under an old key in the whole database.
EVERYTHING = (
    Sealed(AgencyRow, ("channel_secret", "access_token"), NUMBER, lambda row, c: (row.slug, "agency", c), across=True),
    Sealed(InboxRow, ("body",), NUMBER, lambda row, c: (row.agency_id, "inbox", c, row.event_id), across=True),
    Sealed(OutboxRow, ("body",), NUMBER, lambda row, c: (row.agency_id, "outbox", c, row.retry_key), across=True),
    Sealed(PersonRow, ("line_user_id", "name"), ID, lambda row, c: (row.agency_id, "person", c, row.id)),
    Sealed(
        PlaceRow, ("draft",), {"person_id": ""}, lambda row, c: (row.agency_id, "place", c, row.person_id),
        rings=lambda ring, row: () if places.elsewhere(ring, row.step, row.draft) else places.rings(ring, row.step),
    ),
    Sealed(BoxRow, ("blob",), ID, lambda row, c: (row.agency_id, "disclosure_box", c, row.id)),
    Sealed(PepperRow, ("pepper",), {"agency_id": 0}, lambda row, c: (row.agency_id, "disclosure_pepper", c)),
    Sealed(TaskRow, ("body",), NUMBER, lambda row, c: (row.agency_id, "task", c, row.key), across=True),
    Sealed(EvidenceRow, ("told",), ID, lambda row, c: (row.agency_id, "evidence", c, row.id)),
    Sealed(CaseRow, ("told",), ID, lambda row, c: (row.agency_id, "case_file", c, row.id)),
    Sealed(DisposalRow, ("reason",), {"about": ""}, lambda row, c: (row.agency_id, "disposal", c, row.about)),
    Sealed(ObstacleRow, ("talk",), ID, lambda row, c: (row.agency_id, "obstacle", c, row.id), once_plain=True),
    Sealed(QuestionRow, ("facts",), ID, lambda row, c: (row.agency_id, "question", c, row.id), once_plain=True),
    Sealed(ReportRow, ("reason",), ID, lambda row, c: (row.agency_id, "report", c, row.id), once_plain=True),
    Sealed(ResolutionRow, ("told",), ID, lambda row, c: (row.agency_id, "resolution", c, row.id)),
    Sealed(BroadcastRow, ("told",), ID, lambda row, _: bound(row.agency_id, row.id)),
    Sealed(CircularRow, ("wording",), ID, lambda row, c: (row.agency_id, "circular", c, row.id), once_plain=True),
    Sealed(
        ApprovalRow, ("reason",), {"kind": "", "about": ""},
        lambda row, c: (row.agency_id, "paper_approval", c, f"{row.kind}:{row.about}"), once_plain=True,
    ),
    Sealed(PartRow, ("contents",), {"name": ""}, lambda row, c: (row.agency_id, "paper_part", c, row.name)),
    Sealed(DraftRow, ("told",), {"person_id": "", "survey_id": ""}, lambda row, _: participation.bound(row)),
    Sealed(BallotRow, ("blob",), ID, lambda row, c: (row.agency_id, "survey_box", c, row.id)),
    Sealed(CellRow, ("held",), {"survey_id": "", "point": "", "month": ""}, lambda row, _: of_cell(row)),
    Sealed(PaperFileRow, ("told",), ID, lambda row, _: of_paper_file(row.agency_id, row.id)),
    Sealed(WordRow, ("said",), ID, lambda row, _: of_word(row.agency_id, row.id)),
    Sealed(
        HistoryRow, history.SEALED, {"measure_id": "", "nth": 0},
        lambda row, c: (row.agency_id, "history", c, history.place(row.measure_id, row.nth)), once_plain=True,
    ),
)  # fmt: skip


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
    connection: Connection, ring: KeyRing, what: Sealed, agency_id: int | None, after: Sequence[object]
) -> tuple[Rotated, Sequence[object] | None]:
    """Seal the next rows anew, of one agency where the table is not gone through across; gives where to go on, too."""
    counted = Rotated()
    keys = [getattr(what.table, name) for name in what.keys]
    rest = tuple_(*keys) > tuple_(*map(literal, after))
    query = select(what.table).where(rest).order_by(*keys).limit(BATCH).with_for_update()
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
    return counted, [getattr(rows[-1], name) for name in what.keys] if len(rows) == BATCH else None


def _seal_anew(row: Any, column: str, ring: KeyRing, what: Sealed, counted: Rotated) -> None:
    envelope = getattr(row, column)
    rings = what.rings(ring, row)
    if not envelope or not rings or rings[0].is_newest(envelope):
        return
    knowing = next((one for one in rings if one.knows(envelope)), ring)
    bound, read = what.bound(row, column), knowing.read_text if what.once_plain else knowing.open_text
    try:
        setattr(row, column, rings[0].seal_text(read(envelope, *bound), *bound))
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
    move_marks(session, row.agency_id, row.lookup, lookup)
    row.lookup = lookup
