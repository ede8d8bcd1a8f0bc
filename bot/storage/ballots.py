"""What was answered: first in a box, sealed, then in sums that hold nobody.

A ballot in the box lies under a random id without a day, and all of them are of one size; but the commit that put it
there is the one in which somebody answered. What leaves the box leaves it in the commit of a clock, with four others
at least, and no value of it comes back in what is counted.
"""

import json
import logging
import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Index, Select, func, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.faults import place_of
from bot.storage.people import Changed, Later
from bot.storage.sealing import KeyRing, SealBroken
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.surveys.survey import Ballot, Cell, Sums

log = logging.getLogger(__name__)
#: Bytes of a ballot before it is sealed: nobody's answers and words are longer, so all are of one size.
FULL = 4096
#: So many are asked for by their ids at once; PostgreSQL takes 65,535 values, and a clock may have stood for days.
PORTION = 10_000
#: The key of a cell: survey, service point, month.
Where = tuple[str, str, date]


class BallotRow(Owned, Base):
    """What somebody answered, until it is counted."""

    __tablename__ = "survey_box"
    __table_args__ = (Index("survey_box_of", "agency_id", "survey_id"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(primary_key=True)
    survey_id: Mapped[str]
    blob: Mapped[str]


class CellRow(Owned, Base):
    """What is counted of a service point in a month; `held`, of fewer than five people yet, is sealed."""

    __tablename__ = "survey_cell"

    survey_id: Mapped[str] = mapped_column(primary_key=True)
    point: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    people: Mapped[int]
    shown: Mapped[str]
    held: Mapped[str]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class WordRow(Owned, Base):
    """What somebody wrote, since nobody can say who."""

    __tablename__ = "survey_word"
    __table_args__ = (Index("survey_word_of", "agency_id", "survey_id"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(primary_key=True)
    survey_id: Mapped[str]
    said: Mapped[str]
    shown: Mapped[bool]


class SqlBallots:
    """One agency's box, and what left it. What a step has taken out and counted is what it finds afterwards."""

    def __init__(self, session: AgencySession, later: Later, ring: KeyRing) -> None:
        self._session = session
        self._later = later
        self._ring = ring
        self._agency = session.info["agency_id"]
        self._taken: set[str] = set()
        self._counted: dict[Where, tuple[Cell, int]] = {}  # each with the version that it will be
        self._held: dict[str, int] = {}

    def put(self, ballot: Ballot) -> None:
        """Put one into the box, under an id that says nothing."""
        row_id = secrets.token_hex(16)
        blob = sealed(self._ring, self._agency, row_id, ballot)
        self._later(lambda session: session.add(BallotRow(id=row_id, survey_id=ballot.survey, blob=blob)))

    def waiting(self) -> Mapping[str, int]:
        """How many lie in the box, by the id of their survey."""
        if not self._taken:
            counted = select(BallotRow.survey_id, func.count()).group_by(BallotRow.survey_id)
            return dict(self._session.execute(counted).all())
        lying = self._session.execute(select(BallotRow.id, BallotRow.survey_id))
        return Counter(survey_id for row_id, survey_id in lying if row_id not in self._taken)

    def shuffled(self, survey_id: str, most: int | None = None) -> Sequence[tuple[str, Ballot]]:
        """What lies in the box for a survey and opens, each with its id there, in an order that says nothing.

        Of more than `most`, so many of them by chance.
        """
        chance, ids = secrets.SystemRandom(), select(BallotRow.id).where(BallotRow.survey_id == survey_id)
        lying = [row_id for row_id in self._session.scalars(ids) if row_id not in self._taken]
        chosen = chance.sample(lying, len(lying) if most is None else min(most, len(lying)))
        rows = [row for some in _portions(chosen) for row in self._session.scalars(_of(some))]
        found = [one for row in rows if (one := self._opened(row))]
        chance.shuffle(found)
        return found

    def take_out(self, ids: Collection[str]) -> None:
        """Let these leave the box; Changed where one is gone already, or it would be counted twice."""
        self._taken |= set(ids)

        def write(session: AgencySession) -> None:
            rows = [row for some in _portions(sorted(set(ids))) for row in session.scalars(_locked(some))]
            if len(rows) != len(set(ids)):
                raise Changed("the box")
            for row in rows:
                session.delete(row)

        self._later(write)

    def cells(self, survey_id: str) -> Sequence[Cell]:
        """Everything counted of a survey."""
        rows = self._session.scalars(select(CellRow).where(CellRow.survey_id == survey_id))
        kept = {_where(cell): cell for cell in map(self._cell, rows)}
        own = {where: cell for where, (cell, _) in self._counted.items() if cell.survey == survey_id}
        return [cell for _, cell in sorted((kept | own).items())]

    def people(self, survey_id: str) -> int:
        """How many people are in what is counted of a survey."""
        those = select(CellRow.point, CellRow.month, CellRow.people).where(CellRow.survey_id == survey_id)
        kept = {(point, month): people for point, month, people in self._session.execute(those)}
        own = [cell for cell, _ in self._counted.values() if cell.survey == survey_id]
        return sum((kept | {(cell.point, cell.month.isoformat()): cell.people for cell in own}).values())

    def save_cells(self, cells: Iterable[Cell]) -> None:
        """Keep what was counted; Changed where another counted meanwhile."""
        versions = [(cell, self._version(cell)) for cell in sorted(cells, key=_where)]
        self._counted |= {_where(cell): (cell, version + 1) for cell, version in versions}

        def write(session: AgencySession) -> None:
            for cell, version in versions:
                row = self._row(session, cell)
                if (row.version if row else 0) != version:
                    raise Changed(cell.survey)
                session.add(self._put(row or CellRow(), cell))

        self._later(write)

    def words(self, survey_id: str) -> Sequence[str]:
        """What people wrote and may be shown, in an order that says nothing."""
        return [self._said(row) for row in self._words(survey_id, shown=True)]

    def held_words(self, survey_id: str) -> int:
        """How many of their words wait for others."""
        if survey_id in self._held:
            return self._held[survey_id]
        return self._session.scalar(select(func.count()).select_from(WordRow).where(*_held(survey_id))) or 0

    def add_words(self, survey_id: str, said: Sequence[str], *, shown: bool) -> None:
        """Keep own words; with `shown`, those that were held are shown with them."""
        fresh = sorted((secrets.token_hex(16), words) for words in said)  # and they lie in no order of coming
        rows = [(row_id, self._ring.seal_text(words, *of_word(self._agency, row_id))) for row_id, words in fresh]
        self._held[survey_id] = 0 if shown else self.held_words(survey_id) + len(said)

        def write(session: AgencySession) -> None:
            held = select(WordRow).where(*_held(survey_id))
            for row in session.scalars(held.order_by(WordRow.id).with_for_update()) if shown else ():
                row.shown = True
            session.add_all(WordRow(id=row_id, survey_id=survey_id, said=one, shown=shown) for row_id, one in rows)

        self._later(write)

    def drop_held_words(self, survey_id: str) -> None:
        """Forget the words that wait for others."""
        self._held[survey_id] = 0

        def write(session: AgencySession) -> None:
            session.flush()  # what this step has kept or shown itself
            for row in session.scalars(select(WordRow).where(*_held(survey_id)).order_by(WordRow.id)):
                session.delete(row)

        self._later(write)

    def _opened(self, row: BallotRow) -> tuple[str, Ballot] | None:
        try:
            return row.id, opened(self._ring, row)
        except SealBroken as error:  # it holds up nobody else, and stays for whoever has the key
            log.error("something in the box does not open and stays there: %s", place_of(error))  # noqa: TRY400
            return None

    def _words(self, survey_id: str, *, shown: bool) -> Sequence[WordRow]:
        those = select(WordRow).where(WordRow.survey_id == survey_id, WordRow.shown.is_(shown))
        return self._session.scalars(those.order_by(WordRow.id)).all()

    def _said(self, row: WordRow) -> str:
        return self._ring.open_text(row.said, *of_word(self._agency, row.id))

    def _version(self, cell: Cell) -> int:
        """Which version of a cell there will be where this step's next write looks; 0 for none."""
        if _where(cell) in self._counted:
            return self._counted[_where(cell)][1]
        row = self._row(self._session, cell)
        return row.version if row else 0

    def _row(self, session: AgencySession, cell: Cell) -> CellRow | None:
        return session.get(CellRow, (self._agency, cell.survey, cell.point, cell.month.isoformat()))

    def _put(self, row: CellRow, cell: Cell) -> CellRow:
        row.agency_id, row.survey_id, row.point, row.month = (
            self._agency, cell.survey, cell.point, cell.month.isoformat(),
        )  # fmt: skip
        row.people, row.shown = cell.people, _kept(cell.shown)
        row.held = self._ring.seal_text(_kept(cell.held), *of_cell(row))
        return row

    def _cell(self, row: CellRow) -> Cell:
        held = self._ring.open_text(row.held, *of_cell(row))
        return Cell(row.survey_id, row.point, date.fromisoformat(row.month), row.people, _read(row.shown), _read(held))


def sealed(ring: KeyRing, agency_id: int, row_id: str, ballot: Ballot) -> str:
    """What the blob of a row is."""
    told = {"point": ballot.point, "answers": dict(ballot.answers), "why": ballot.why}
    plain = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    filled = plain + b" " * (-len(plain) % FULL)  # JSON, so blanks behind it are nothing
    return ring.seal(filled, agency_id, "survey_box", "blob", row_id)


def opened(ring: KeyRing, row: BallotRow) -> Ballot:
    """What the blob of a row holds."""
    told: dict[str, Any] = json.loads(ring.open_text(row.blob, row.agency_id, "survey_box", "blob", row.id))
    return Ballot(row.survey_id, told["point"], told["answers"], told["why"])


def _held(survey_id: str) -> Sequence[ColumnElement[bool]]:
    return WordRow.survey_id == survey_id, WordRow.shown.is_(False)


def _portions(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), PORTION):
        yield ids[start:][:PORTION]


def _of(ids: Sequence[str]) -> Select[BallotRow]:
    return select(BallotRow).where(BallotRow.id.in_(ids))


def _locked(ids: Sequence[str]) -> Select[BallotRow]:
    return _of(ids).order_by(BallotRow.id).with_for_update()


def of_cell(row: CellRow) -> tuple[object, ...]:
    """Where what is held back in a cell belongs."""
    return row.agency_id, "survey_cell", "held", row.survey_id, row.point, row.month


def of_word(agency_id: int, row_id: str) -> tuple[object, ...]:
    """Where somebody's words belong."""
    return agency_id, "survey_word", "said", row_id


def _where(cell: Cell) -> Where:
    return cell.survey, cell.point, cell.month


def _kept(figures: Mapping[str, Sums]) -> str:
    told = {name: [one.count, str(one.total), str(one.squares), *one.steps] for name, one in sorted(figures.items())}
    return json.dumps(told, separators=(",", ":"))


def _read(kept: str) -> Mapping[str, Sums]:
    figures: Mapping[str, Any] = json.loads(kept)
    return {
        name: Sums(count, Decimal(total), Decimal(squares), tuple(steps))
        for name, (count, total, squares, *steps) in figures.items()
    }
