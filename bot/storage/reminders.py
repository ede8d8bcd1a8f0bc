"""What each person was reminded of: one row a person, with no word of what it was."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import days, hot
from bot.storage.people import Changed, Later
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.reminding.reminded import Reminded, Told
from itadomain.reminding.rungs import Rung

#: Whoever was asked something so long ago is not amid a conversation any more.
AMID = timedelta(minutes=30)
RUNGS = {rung.value: rung for rung in Rung}


class ReminderRow(Owned, Base):
    """What one person was reminded of: `told` by the id of the obligation, with slot, due day, rung and its day."""

    __tablename__ = "reminder"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    told: Mapped[str]
    digest_on: Mapped[str]
    not_before: Mapped[str]
    week_told: Mapped[str]
    looked_on: Mapped[str]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class Kept(NamedTuple):
    """A row, as `hot.VERSIONED` has its columns."""

    person_id: str
    told: str
    digest_on: str
    not_before: str
    week_told: str
    looked_on: str
    version: int


class SqlReminders:
    """What one agency's people were reminded of."""

    def __init__(self, session: AgencySession, later: Later) -> None:
        self._session = session
        self._later = later
        self._agency = session.info["agency_id"]
        self._seen: dict[str, Kept | None] = {}  # a turn asks for them more than once, and sees one snapshot
        self._read: dict[str, Reminded] = {}
        self._whole = False

    def of(self, person_id: str) -> Reminded:
        """Of one person; empty where they never were."""
        if person_id not in self._read:
            row = self._row(person_id)
            self._read[person_id] = _reminded(row) if row else Reminded(person_id)
        return self._read[person_id]

    def all(self) -> Sequence[Reminded]:
        """Of everybody who ever was."""
        if not self._whole:
            rows = [Kept(*row) for row in hot.every(self._session, "reminder")]
            self._seen, self._whole = {row.person_id: row for row in rows}, True
        return [self.of(row.person_id) for row in self._seen.values() if row]

    def save(self, *reminded: Reminded) -> None:
        """Keep what has changed about some people; where another did meanwhile, the step runs again."""
        rows = [(*_columns(one), _version(self._row(one.person))) for one in sorted(reminded, key=lambda o: o.person)]

        def write(session: AgencySession) -> None:
            if not hot.keep_all(session, "reminder", rows):
                raise Changed("reminders")

        self._later(write)

    def in_conversation(self, now: datetime) -> frozenset[str]:
        """The ids of those who are amid a question just now."""
        return hot.asked_since(self._session, int((now - AMID).timestamp() * 1000))

    def _row(self, person_id: str) -> Kept | None:
        if person_id not in self._seen and not self._whole:
            row = self._session.get(ReminderRow, (self._agency, person_id))
            self._seen[person_id] = Kept(*(getattr(row, name) for name in Kept._fields)) if row else None
        return self._seen.get(person_id)


def _version(row: Kept | None) -> int | None:
    return row.version if row else None


def _columns(one: Reminded) -> tuple[str, ...]:
    """What is written of a person, in the order of `hot.VERSIONED`."""
    told = {
        obligation: [_iso(told.slot), _iso(told.due), told.rung, _iso(told.day)]
        for obligation, told in one.told.items()
    }
    return (
        one.person,
        json.dumps(told, separators=(",", ":")),
        days.kept(one.digest_on),
        one.not_before.astimezone(UTC).isoformat(timespec="minutes") if one.not_before else "",
        days.kept(one.week_told),
        days.kept(one.looked_on),
    )


def _reminded(row: Kept) -> Reminded:
    return Reminded(
        person=row.person_id,
        told=_told(json.loads(row.told)),
        digest_on=days.read(row.digest_on),
        not_before=datetime.fromisoformat(row.not_before) if row.not_before else None,
        week_told=days.read(row.week_told),
        looked_on=days.read(row.looked_on),
    )


def _told(kept: Mapping[str, Sequence[str]]) -> Mapping[str, Told]:
    return {
        obligation: Told(date.fromisoformat(slot), date.fromisoformat(due), RUNGS[rung], date.fromisoformat(day))
        for obligation, (slot, due, rung, day) in kept.items()
    }


def _iso(day: date) -> str:
    return day.isoformat()
