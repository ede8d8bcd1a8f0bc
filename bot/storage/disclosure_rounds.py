"""A round: what lay in the box goes to where its receivers see it. Only the box is opened, no word of what was told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.storage.disclosure_box import Added, Fresh
from bot.storage.disclosure_rows import Rows, add_file, add_line, give
from bot.storage.disclosure_tables import DisclosureRow, put_standing, standing_of
from bot.storage.tenancy import AgencySession
from itadomain.integrity.disclosure import Standing, Way
from itadomain.integrity_ports import Arrived


@dataclass(frozen=True)
class Coming:
    """Something that comes out of the box, and what is told of it."""

    holds: Fresh | Added
    told: Arrived


def arriving(rows: Rows, holds: Sequence[Fresh | Added], today: date) -> Sequence[Coming]:
    """What comes out; not what was sent twice, or belongs to one that is no more."""
    new: dict[str, Arrived] = {}
    come: list[Coming] = []
    for one in holds:
        told = _arrived(rows, one, today, new)
        if told:
            come.append(Coming(one, told))
            new |= {told.id: told} if told.new else {}
    return come


def lay(session: AgencySession, holds: Fresh | Added, today: date) -> None:
    """Put it where its receivers see it."""
    if isinstance(holds, Added):
        if holds.line:
            add_line(session, holds.to, holds.line, today)
        if holds.file:
            add_file(session, holds.to, holds.file)
        return
    row = DisclosureRow(
        id=holds.id, code=holds.code, by_code=holds.by_code, told=holds.told, identity=holds.identity
    )  # fmt: skip
    put_standing(row, Standing(Way(holds.way), today))
    session.add(row)
    for wrap in holds.wraps:
        give(session, holds.id, wrap)
    session.flush()


def _arrived(rows: Rows, holds: Fresh | Added, today: date, new: Mapping[str, Arrived]) -> Arrived | None:
    if isinstance(holds, Fresh):
        if rows.by_code(holds.code):
            return None  # it was sent again just when the first one went out
        readers = frozenset(wrap.person for wrap in holds.wraps)
        return Arrived(holds.id, Standing(Way(holds.way), today), readers, new=True)
    if holds.to in new:
        return replace(new[holds.to], new=False, reopens=holds.reopens)
    row = rows.get(holds.to)
    if row is None or not row.told:
        return None
    readers = rows.readers([row.id])[row.id]
    return Arrived(row.id, standing_of(row), readers, new=False, reopens=holds.reopens)
