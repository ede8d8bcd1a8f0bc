"""How far up what is late has come: one row for each obligation that is late."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage import hot
from bot.storage.people import Changed, Later
from bot.storage.tenancy import AgencySession, Base, Owned
from itadomain.reminding.reminded import Escalation, Level


class EscalationRow(Owned, Base):
    """The days on which each level was told and its unit forewarned, and the ids of those who were; as JSON."""

    __tablename__ = "escalation"

    obligation_id: Mapped[str] = mapped_column(primary_key=True)
    slot: Mapped[str]
    told: Mapped[str]
    warned: Mapped[str]
    know: Mapped[str]
    heard: Mapped[str]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own form


class Kept(NamedTuple):
    """A row, as `hot.VERSIONED` has its columns."""

    obligation_id: str
    slot: str
    told: str
    warned: str
    know: str
    heard: str
    version: int


class SqlEscalations:
    """One agency's. Many are told of the same lateness in one turn, so what it saved is what it finds."""

    def __init__(self, session: AgencySession, later: Later) -> None:
        self._session = session
        self._later = later
        self._saved: dict[str, Escalation | None] = {}

    def all(self) -> Sequence[Escalation]:
        """Everything that ever came up and is not over."""
        return [one for one in {**self._kept, **self._saved}.values() if one]

    def save(self, *escalations: Escalation) -> None:
        """Keep new ones, or what has changed, each once; where another did meanwhile, the step runs again."""
        changed = {one.obligation: one for one in sorted(escalations, key=lambda one: one.obligation)}
        rows = [(*_columns(one), self._versions.get(obligation)) for obligation, one in changed.items()]
        self._saved |= changed
        self._versions |= {obligation: self._versions.get(obligation, 0) + 1 for obligation in changed}

        def write(session: AgencySession) -> None:
            if not hot.keep_all(session, "escalation", rows):
                raise Changed("escalations")

        self._later(write)

    def drop(self, *obligations: str) -> None:
        """Forget what is reported by now, by the ids of the obligations."""
        seen = {one: self._versions.pop(one, None) for one in obligations}
        self._saved |= dict.fromkeys(obligations)

        def write(session: AgencySession) -> None:
            found = session.scalars(select(EscalationRow).where(EscalationRow.obligation_id.in_(seen)))
            rows = {row.obligation_id: row for row in found}
            if {one: row.version for one, row in rows.items()} != {one: at for one, at in seen.items() if at}:
                raise Changed("escalations")
            for row in rows.values():
                session.delete(row)

        self._later(write)

    @cached_property
    def _rows(self) -> Mapping[str, Kept]:
        """They are asked for more than once in a turn, which sees one snapshot."""
        return {row[0]: Kept(*row) for row in hot.every(self._session, "escalation")}

    @cached_property
    def _kept(self) -> Mapping[str, Escalation]:
        return {obligation: _escalation(row) for obligation, row in self._rows.items()}

    @cached_property
    def _versions(self) -> dict[str, int]:
        """Which version of each there will be where this turn's next write looks, by the ids of the obligations."""
        return {obligation: row.version for obligation, row in self._rows.items()}


def _columns(one: Escalation) -> tuple[str, ...]:
    """What is written of an obligation, in the order of `hot.VERSIONED`."""
    known, heard = json.dumps(sorted(one.know)), json.dumps(sorted(one.heard))
    return one.obligation, one.slot.isoformat(), _days(one.told), _days(one.warned), known, heard


def _escalation(row: Kept) -> Escalation:
    return Escalation(
        row.obligation_id,
        date.fromisoformat(row.slot),
        _read(row.told),
        _read(row.warned),
        frozenset(json.loads(row.know)),
        frozenset(json.loads(row.heard)),
    )


def _days(days: Mapping[Level, date]) -> str:
    return json.dumps({level.value: day.isoformat() for level, day in days.items()})


def _read(kept: str) -> dict[Level, date]:
    return {Level(level): date.fromisoformat(day) for level, day in json.loads(kept).items()}
