"""Wraps the keys of disclosures anew for the first key of the officers' ring, so that an older one can be taken away.

Only a process that knows both can: `keys rotate` where ITABOT_SEALED_KEYS is set as the worker has it.
"""

import contextlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, func, select, tuple_

from bot.storage import disclosure_box
from bot.storage.disclosure_box import Fresh
from bot.storage.disclosure_keys import OwnKey
from bot.storage.disclosure_tables import BoxRow, DisclosureKeyRow
from bot.storage.officer_keys import OfficerKeyRow
from bot.storage.officers import Officers, Wrap
from bot.storage.rotation import BATCH, Rotated
from bot.storage.sealing import KeyRing, SealBroken
from bot.storage.tenancy import AgencySession

#: Before the first key of a disclosure.
FIRST = ("", "")


def batch(
    connection: Connection, ring: KeyRing, agency_id: int, after: Sequence[str]
) -> tuple[Rotated, Sequence[str] | None]:
    """Wrap the next keys of an agency anew; gives where to go on, too. The first time its public halves and its box."""
    counted, session = Rotated(), AgencySession(connection, agency_id)
    officers = ring.officers
    if officers is None:
        return counted, None
    if tuple(after) == FIRST:
        _halves(session, officers, agency_id)
        _box(session, ring, officers, counted)
    table = DisclosureKeyRow
    rest = tuple_(table.disclosure_id, table.person_id) > tuple_(*after)
    query = select(table).where(rest).order_by(table.disclosure_id, table.person_id).limit(BATCH).with_for_update()
    rows = session.scalars(query).all()
    for row in rows:
        wrap = _anew(Wrap(row.person_id, row.kid, row.wrapped), officers, agency_id, row.disclosure_id, counted)
        row.kid, row.wrapped = wrap.kid, wrap.wrapped
    session.flush()
    return counted, (rows[-1].disclosure_id, rows[-1].person_id) if len(rows) == BATCH else None


def wrapped_under(connection: Connection, ring: KeyRing, agency_id: int) -> Counter[str]:
    """How many keys of an agency's disclosures are wrapped under each key of the officers' ring, here or not."""
    session = AgencySession(connection, agency_id)
    kept = session.execute(select(DisclosureKeyRow.kid, func.count()).group_by(DisclosureKeyRow.kid))
    found = Counter({row[0]: row[1] for row in kept})
    for row in session.scalars(select(BoxRow)):
        with contextlib.suppress(SealBroken):  # that ITABOT_KEYS lacks a key is told by others
            holds = disclosure_box.opened(ring, row)
            found.update(wrap.kid for wrap in (holds.wraps if isinstance(holds, Fresh) else ()))
    return found


def _halves(session: AgencySession, officers: Officers, agency_id: int) -> None:
    """From here on nothing is sealed for an older key any more."""
    for row in session.scalars(select(OfficerKeyRow).with_for_update()):
        half = officers.half(agency_id, row.person_id)
        row.kid, row.public = half.kid, half.public


def _box(session: AgencySession, ring: KeyRing, officers: Officers, counted: Rotated) -> None:
    for row in session.scalars(select(BoxRow).with_for_update()):
        try:
            holds = disclosure_box.opened(ring, row)
        except SealBroken:
            continue  # counted with its blob
        if isinstance(holds, Fresh):
            wraps = [_anew(one, officers, row.agency_id, holds.id, counted) for one in holds.wraps]
            if wraps != list(holds.wraps):
                row.blob = disclosure_box.sealed(ring, row.agency_id, row.id, replace(holds, wraps=wraps))


def _anew(wrap: Wrap, officers: Officers, agency_id: int, disclosure_id: str, counted: Rotated) -> Wrap:
    if wrap.kid == officers.first:
        return wrap
    try:
        key = OwnKey.by_reader(officers, wrap, agency_id, disclosure_id)
    except SealBroken:
        counted.broken += 1
        return wrap
    counted.sealed += 1
    return key.for_reader(officers.half(agency_id, wrap.person))
