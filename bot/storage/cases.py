"""Cases: where one stands lies open to be looked for; what anybody wrote of it is sealed."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Index, UniqueConstraint, func, literal, select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import days
from bot.storage.people import Changed, Later
from bot.storage.sealing import KeyRing
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.cases.case import Case, Channel, Kind, Line, Spot, State, Voice
from itadomain.cases.counting import Counted
from itadomain.cases.tickets import Ticket
from itadomain.fiscal import BUDDHIST_ERA

#: What is looked for or counted by stands in columns of these names; dates as ISO, empty where there is none.
PLAIN = (
    "category", "reporter", "entered_by", "unit", "officer",
    "waited", "reopened", "mended", "rating",
)  # fmt: skip
DAYS = ("accepted_on", "answered_on", "over_on", "counted_from", "waiting_since", "review_on", "due", "disposed_on")
CODES: Mapping[str, Callable[[str], Any]] = {"kind": Kind, "channel": Channel, "state": State}
#: What anybody wrote, beside the place and all that was said.
WORDS = ("story", "contact", "on_behalf_of")
#: Sorted behind every day.
NEVER = "9999-12-31"


class CaseRow(Owned, Base):
    """One case. `told` is its story, place, contact and all that was said, sealed."""

    __tablename__ = "case_file"
    __table_args__ = (
        UniqueConstraint("agency_id", "year", "number"),
        Index("case_of_reporter", "agency_id", "reporter"),
        Index("case_due", "agency_id", "is_open", "due"),
        Index("case_over", "agency_id", "state", "over_on"),
        Index("case_filed", "agency_id", "filed_on"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int]
    number: Mapped[int]
    kind: Mapped[str]
    channel: Mapped[str]
    state: Mapped[str]
    is_open: Mapped[bool]
    category: Mapped[str]
    unit: Mapped[str]
    officer: Mapped[str]
    reporter: Mapped[str]
    entered_by: Mapped[str]
    filed_on: Mapped[str]
    accepted_on: Mapped[str]
    answered_on: Mapped[str]
    over_on: Mapped[str]
    counted_from: Mapped[str]
    waiting_since: Mapped[str]
    review_on: Mapped[str]
    due: Mapped[str]
    waited: Mapped[int]
    reopened: Mapped[int]
    mended: Mapped[bool | None]
    rating: Mapped[int | None]
    disposed_on: Mapped[str] = mapped_column(server_default=literal(""))
    told: Mapped[str]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


COUNTED = tuple(getattr(CaseRow, one.name) for one in fields(Counted))


class SqlCases:
    """One agency's cases."""

    def __init__(self, session: AgencySession, later: Later, ring: KeyRing) -> None:
        self._session = session
        self._later = later
        self._ring = ring
        self._agency = session.info["agency_id"]

    def add(self, case: Case) -> Case:
        """Keep a new one and give it back with its number: the next one of the year it was filed in."""
        year = case.filed_on.year + BUDDHIST_ERA
        last = _last(self._session, year)
        kept = replace(case, ticket=Ticket(year, last + 1))
        told = self._sealed(kept)

        def write(session: AgencySession) -> None:
            if _last(session, year) != last:
                raise Changed(case.id)  # somebody else's has that number now
            row = CaseRow(id=kept.id, year=year, number=last + 1, told=told)
            _put(row, kept)
            session.add(row)

        self._later(write)
        return kept

    def save(self, case: Case) -> None:
        """Keep what has changed; once a turn."""
        version = self._session.get_one(CaseRow, (self._agency, case.id)).version
        told = self._sealed(case)

        def write(session: AgencySession) -> None:
            row = session.get_one(CaseRow, (self._agency, case.id))
            if row.version != version:
                raise Changed(case.id)
            _put(row, case)
            row.told = told

        self._later(write)

    def get(self, case_id: str) -> Case | None:
        """One by its id."""
        row = self._session.get(CaseRow, (self._agency, case_id))
        return self._case(row) if row else None

    def numbered(self, ticket: Ticket) -> Case | None:
        """One by the number that it was given."""
        of = select(CaseRow).where(CaseRow.year == ticket.year, CaseRow.number == ticket.number)
        row = self._session.scalar(of)
        return self._case(row) if row else None

    def of_reporter(self, person_id: str) -> Sequence[Case]:
        """What a person brought, newest first."""
        return self._newest_first(CaseRow.reporter == person_id) if person_id else []

    def of_category(self, code: str) -> Sequence[Case]:
        """The open ones about something, newest first."""
        return self._newest_first(CaseRow.is_open.is_(True), CaseRow.category == code)

    def open(
        self,
        units: Sequence[str] | None = None,
        limit: int | None = None,
        offset: int = 0,
        *,
        officer: str = "",
        state: State | None = None,
        due_before: date | None = None,
    ) -> Sequence[Case]:
        """The open ones, the most urgent first; where named of some units, an officer, a state, or due before a day."""
        named = (
            *((CaseRow.unit.in_(units),) if units is not None else ()),
            *((CaseRow.officer == officer,) if officer else ()),
            *((CaseRow.state == state.value,) if state else ()),
            *((CaseRow.due < due_before.isoformat(),) if due_before else ()),
        )
        of = select(CaseRow).where(CaseRow.is_open.is_(True), *named)
        urgent = of.order_by(CaseRow.due, CaseRow.year, CaseRow.number).limit(limit).offset(offset or None)
        return [self._case(row) for row in self._session.scalars(urgent)]

    def resolved(self, until: date) -> Sequence[Case]:
        """Those answered up to a day, of which nobody has said whether they are mended."""
        of = select(CaseRow).where(CaseRow.state == State.RESOLVED.value, CaseRow.over_on <= until.isoformat())
        return [self._case(row) for row in self._session.scalars(of.order_by(CaseRow.year, CaseRow.number))]

    def counted(self, first: date, last: date) -> Sequence[Counted]:
        """What is counted of those filed from one day to another, in the order of their numbers."""
        return self._counted(CaseRow.filed_on.between(first.isoformat(), last.isoformat()))

    def over_until(self, kind: Kind, until: date, limit: int, but: Collection[str] = ()) -> Sequence[Case]:
        """Those of a kind that were over by a day and have their words still, but some; the oldest first."""
        over = (CaseRow.is_open.is_(False), CaseRow.over_on != "", CaseRow.over_on <= until.isoformat())
        left = (CaseRow.kind == kind.value, CaseRow.disposed_on == "", CaseRow.id.not_in(but))
        of = select(CaseRow).where(*over, *left).order_by(CaseRow.over_on, CaseRow.year, CaseRow.number)
        return [self._case(row) for row in self._session.scalars(of.limit(limit))]

    def carried_over(self, before: date) -> Sequence[Counted]:
        """What is counted of those filed before a day that are open still."""
        return self._counted(CaseRow.is_open.is_(True), CaseRow.filed_on < before.isoformat())

    def _counted(self, *which: ColumnElement[bool]) -> list[Counted]:
        of = select(*COUNTED).where(*which).order_by(CaseRow.year, CaseRow.number)
        return [_counted(row._asdict()) for row in self._session.execute(of)]

    def _newest_first(self, *which: ColumnElement[bool]) -> list[Case]:
        of = select(CaseRow).where(*which).order_by(CaseRow.year.desc(), CaseRow.number.desc())
        return [self._case(row) for row in self._session.scalars(of)]

    def _sealed(self, case: Case) -> str:
        told = json.dumps(_told(case), ensure_ascii=False)
        return self._ring.seal_text(told, self._agency, "case_file", "told", case.id)

    def _case(self, row: CaseRow) -> Case:
        told = json.loads(self._ring.open_text(row.told, self._agency, "case_file", "told", row.id))
        talk = [Line(Voice(voice), by, date.fromisoformat(on), words) for voice, by, on, words in told["talk"]]
        lying_open: dict[str, Any] = {name: getattr(row, name) for name in PLAIN}
        lying_open |= {name: code(getattr(row, name)) for name, code in CODES.items()}
        lying_open |= {name: _day(getattr(row, name)) for name in DAYS}
        return Case(
            id=row.id,
            ticket=Ticket(row.year, row.number),
            filed_on=date.fromisoformat(row.filed_on),
            spot=Spot(**told["spot"]),
            talk=tuple(talk),
            warned=frozenset(told["warned"]),
            bubbles=told.get("bubbles", {}),  # what an older release kept has none
            hidden=tuple(told.get("hidden", ())),
            **{name: told[name] for name in WORDS},
            **lying_open,
        )


def _last(session: AgencySession, year: int) -> int:
    return session.scalar(select(func.max(CaseRow.number)).where(CaseRow.year == year)) or 0


def _put(row: CaseRow, case: Case) -> None:
    """What lies open; the number is given once, and `told` is sealed apart."""
    for name in PLAIN:
        setattr(row, name, getattr(case, name))
    for name in CODES:
        setattr(row, name, getattr(case, name).value)
    for name in DAYS:
        setattr(row, name, days.kept(getattr(case, name)))
    row.filed_on, row.due = case.filed_on.isoformat(), days.kept(case.due) or NEVER
    row.is_open = case.open


def _told(case: Case) -> dict[str, Any]:
    spot = {one.name: getattr(case.spot, one.name) for one in fields(Spot)}
    talk = [[one.voice.value, one.by, one.on.isoformat(), one.words] for one in case.talk]
    words = {name: getattr(case, name) for name in WORDS}
    taken_back = {"bubbles": dict(case.bubbles), "hidden": list(case.hidden)}
    return {**words, "spot": spot, "talk": talk, "warned": sorted(case.warned), **taken_back}


def _counted(row: dict[str, Any]) -> Counted:
    coded = {name: code(row[name]) for name, code in CODES.items()}
    dated = {name: _day(row[name]) for name in ("answered_on", "over_on", "due")}
    return Counted(**{**row, **coded, **dated, "filed_on": date.fromisoformat(row["filed_on"])})


def _day(kept: str) -> date | None:
    return None if kept == NEVER else days.read(kept)
