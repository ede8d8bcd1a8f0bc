"""Who was asked in a survey and who answered, under the keyed hash that finds a person; and what was begun.

A mark names no person and outlasts them: whoever has themselves forgotten and writes again has answered already. It
says nothing of what was answered; that lies in `ballots.py`, under nobody's name.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Index, func, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import days, hot
from bot.storage.people import Changed, Later, PersonRow
from bot.storage.sealing import KeyRing
from bot.storage.tenancy import AgencySession, Base, JoiningSession, Owned, keep
from itadomain.surveys.survey import Draft, Mark, Standing

#: From the first thing that happens to the last.
FURTHEST = tuple(Standing)
#: Where nobody is asked any more.
DONE = (Standing.ANSWERED.value, Standing.ELSEWHERE.value)


class MarkRow(Owned, Base):
    """How far somebody is with a survey; `lookup` is that of their row, which may be gone."""

    __tablename__ = "survey_mark"
    __table_args__ = (Index("survey_mark_of", "agency_id", "lookup"),)

    survey_id: Mapped[str] = mapped_column(primary_key=True)
    lookup: Mapped[str] = mapped_column(primary_key=True)
    standing: Mapped[str]
    day: Mapped[str]
    reached: Mapped[int]
    reminded_on: Mapped[str]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class DraftRow(Owned, Base):
    """What somebody has answered and not sent; it is theirs still, and goes with them."""

    __tablename__ = "survey_draft"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    survey_id: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[str]
    told: Mapped[str]


class SqlParticipation:
    """Who took part in one agency's surveys."""

    def __init__(self, session: AgencySession, later: Later, ring: KeyRing) -> None:
        self._session = session
        self._later = later
        self._ring = ring
        self._agency = session.info["agency_id"]

    def of(self, survey_id: str, person_id: str) -> Mark | None:
        """How far somebody is; None where they never were asked."""
        row = _found(self._session, survey_id, person_id)
        return _mark(row) if row else None

    def save(self, survey_id: str, person_id: str, mark: Mark) -> None:
        """Keep how far somebody is; Changed where that was noted elsewhere meanwhile. Nothing of whoever is gone."""
        seen = self.of(survey_id, person_id)

        def write(session: AgencySession) -> None:
            person = session.get(PersonRow, (self._agency, person_id), with_for_update={"read": True})
            if person is None:
                return
            row = session.get(MarkRow, (self._agency, survey_id, person.lookup))
            own = session.info.setdefault("marks_saved", set())
            if (_mark(row) if row else None) != seen and (survey_id, person_id) not in own:
                raise Changed(survey_id)
            own.add((survey_id, person_id))
            row = row or MarkRow(survey_id=survey_id, lookup=person.lookup)
            row.standing, row.day, row.reached = mark.standing.value, mark.on.isoformat(), mark.reached
            row.reminded_on = days.kept(mark.reminded_on)
            session.add(row)

        self._later(write)

    def counted(self, survey_id: str) -> Mapping[Standing, int]:
        """How many stand how."""
        those = select(MarkRow.standing, func.count()).where(MarkRow.survey_id == survey_id)
        return {
            Standing(standing): count for standing, count in self._session.execute(those.group_by(MarkRow.standing))
        }

    def stopped(self, survey_id: str, before: date) -> Mapping[int, int]:
        """Of those who began, did not end, and were not seen since a day: how many saw how many questions."""
        began = (MarkRow.survey_id == survey_id, MarkRow.standing == Standing.STARTED.value)
        those = select(MarkRow.reached, func.count()).where(*began, MarkRow.day < before.isoformat())
        return dict(self._session.execute(those.group_by(MarkRow.reached)).all())

    def reminded(self, survey_id: str, today: date) -> int:
        """Mark everybody who was invited, did not begin and was not reminded as reminded today; gives how many."""
        invited = (MarkRow.survey_id == survey_id, MarkRow.standing == Standing.INVITED.value)
        count = select(func.count()).select_from(MarkRow).where(*invited, MarkRow.reminded_on == "")
        self._later(lambda session: hot.remind_invited(session, survey_id, today.isoformat()))
        return self._session.scalar(count) or 0

    def drop(self, survey_id: str) -> None:
        """Forget who was asked in a survey that is over."""
        self._later(lambda session: hot.drop_marks(session, survey_id))

    def draft(self, person_id: str, survey_id: str) -> Draft | None:
        """What somebody has answered so far and not sent."""
        row = self._session.get(DraftRow, (self._agency, person_id, survey_id))
        if row is None:
            return None
        told = json.loads(self._ring.open_text(row.told, *bound(row)))
        return Draft(
            survey_id, person_id, date.fromisoformat(row.since), told["answers"], told["point"], told.get("lot", "")
        )

    def save_draft(self, draft: Draft) -> None:
        """Keep it, in place of what was there."""
        key = {"agency_id": self._agency, "person_id": draft.person, "survey_id": draft.survey}
        told = json.dumps(
            {"answers": dict(draft.answers), "point": draft.point, "lot": draft.lot}, separators=(",", ":")
        )
        kept = {"since": draft.since.isoformat(), "told": self._ring.seal_text(told, *bound(DraftRow(**key)))}
        self._later(lambda session: keep(session, DraftRow(**key, **kept)))

    def drop_draft(self, person_id: str, survey_id: str) -> None:
        """Forget it."""

        def write(session: AgencySession) -> None:
            row = session.get(DraftRow, (self._agency, person_id, survey_id))
            if row is not None:
                session.delete(row)

        self._later(write)

    def drop_drafts(self, before: date) -> None:
        """Forget what was begun before a day."""
        self._later(lambda session: hot.drop_drafts(session, before.isoformat()))


def marked_done(survey_id: str) -> Sequence[ColumnElement[bool]]:
    """In a query of people: those with a mark that they need not be asked any more, here or in the official one."""
    return [*_theirs(survey_id), MarkRow.standing.in_(DONE)]


def not_done(survey_id: str) -> ColumnElement[bool]:
    """In a query of people: the others, each looked up by itself.

    Quick for a part of the people, however little a server knows yet of a survey that is new.
    """
    standing = select(MarkRow.standing).where(*_theirs(survey_id)).correlate(PersonRow).scalar_subquery()
    return func.coalesce(standing, "").not_in(DONE)


def _theirs(survey_id: str) -> Sequence[ColumnElement[bool]]:
    of_survey = (MarkRow.agency_id == PersonRow.agency_id, MarkRow.survey_id == survey_id)
    return [*of_survey, MarkRow.lookup == PersonRow.lookup]


def bound(row: DraftRow) -> tuple[object, ...]:
    """Where what is sealed of a draft belongs."""
    return row.agency_id, "survey_draft", "told", row.person_id, row.survey_id


def move_marks(session: JoiningSession, agency_id: int, lookup: str, to: str) -> None:
    """Let the marks under a keyed hash be found under another: where two meet, the further one stays."""
    mine = (MarkRow.agency_id == agency_id, MarkRow.lookup.in_((lookup, to)))
    kept: dict[str, MarkRow] = {}
    for row in session.scalars(select(MarkRow).where(*mine).order_by(MarkRow.survey_id, MarkRow.lookup)).all():
        other = kept.get(row.survey_id)
        further = row if other is None or _far(row) > _far(other) else other
        for gone in {row, *((other,) if other else ())} - {further}:
            session.delete(gone)
        kept[row.survey_id] = further
    session.flush()
    for row in kept.values():
        row.lookup = to


def _far(row: MarkRow) -> tuple[int, str]:
    return FURTHEST.index(Standing(row.standing)), row.day


def _found(session: AgencySession, survey_id: str, person_id: str) -> MarkRow | None:
    person = session.get(PersonRow, (session.info["agency_id"], person_id))
    lookup = person.lookup if person else session.info.get("met", {}).get(person_id)
    return session.get(MarkRow, (session.info["agency_id"], survey_id, lookup)) if lookup else None


def _mark(row: MarkRow) -> Mark:
    on = date.fromisoformat(row.day)
    return Mark(Standing(row.standing), on, row.reached, days.read(row.reminded_on))
