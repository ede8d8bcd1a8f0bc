"""Deletes what was half told and left for a day: somebody began to tell of corruption, and thought better of it."""

import logging
import threading
from functools import partial

from sqlalchemy import Connection

from bot.faults import place_of
from bot.ledger import Ledger
from bot.logs import about
from bot.storage import places, rotation
from bot.storage.tenancy import AgencySession

log = logging.getLogger(__name__)

LOOKS_S = 60 * 60.0


def forget(ledger: Ledger, stop: threading.Event) -> None:
    """Go through all agencies; what one worker has deleted the next does not find."""
    with ledger.database.reading(across=True) as connection:
        ids = rotation.agencies(connection)
    for agency_id in ids:
        if stop.is_set():
            return
        with about(agency=agency_id):
            try:
                ledger.database.write(partial(_forget, agency_id=agency_id, now=ledger.clock()), of=agency_id)
            except Exception as error:  # noqa: BLE001 - one agency must not hold up the others
                log.warning("open questions could not be deleted: %s", place_of(error))


def _forget(connection: Connection, agency_id: int, now: int) -> None:
    places.forget(AgencySession(connection, agency_id), now)
