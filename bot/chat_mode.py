"""Reads from LINE, for each agency, whether people of the agency read in the account what is typed to it.

The account's chat can be switched on and off in LINE's manager at any time; so it is read when a worker starts and once
a day after that, once an hour at most however many workers start. A turn never waits for it: it finds what was read.
"""

import logging
import threading
from collections.abc import Callable
from functools import partial

from sqlalchemy import Connection

from bot.faults import place_of
from bot.ledger import Ledger
from bot.line.client import Lines, Outcome
from bot.logs import about
from bot.storage import rotation
from bot.storage.agency_settings import SqlSettings
from bot.storage.tenancy import AgencySession
from itadomain.integrity import chat_mode

log = logging.getLogger(__name__)

LOOKS_S = 60 * 60.0
HOUR_MS = 60 * 60 * 1000
DAY_MS = 24 * HOUR_MS
#: The agency's setting that says when it was read last, in milliseconds.
READ_AT = f"{chat_mode.SETTING}_read_at"


class ChatModes:
    """Looks after all agencies' accounts."""

    def __init__(self, ledger: Ledger, lines: Lines) -> None:
        self._ledger = ledger
        self._lines = lines
        self._stays_ms = HOUR_MS

    def look(self, stop: threading.Event) -> None:
        """Read those that were not read for a day; at the first look, for an hour."""
        with self._ledger.database.reading(across=True) as connection:
            ids = rotation.agencies(connection)
        for agency_id in ids:
            if stop.is_set():
                return
            with about(agency=agency_id):
                self._try_to_read(agency_id)
        self._stays_ms = DAY_MS

    def _try_to_read(self, agency_id: int) -> None:
        try:
            if self._is_old(agency_id):
                self._read(agency_id)
        except Exception as error:  # noqa: BLE001 - one agency must not hold up the others
            log.warning("the chat mode could not be read: %s", place_of(error))

    def _is_old(self, agency_id: int) -> bool:
        with self._ledger.database.reading(of=agency_id) as connection:
            read_at = _settings(connection, agency_id).get(READ_AT)
        return not read_at or not 0 <= self._ledger.clock() - int(read_at) < self._stays_ms

    def _read(self, agency_id: int) -> None:
        """What LINE does not tell now stays as it was told last."""
        bot = self._lines.bot(self._ledger.channels.by_id(agency_id))
        if not isinstance(bot, Outcome):
            self._ledger.database.write(partial(self._keep, agency_id=agency_id, mode=bot.chat_mode), of=agency_id)

    def _keep(self, connection: Connection, agency_id: int, mode: str) -> None:
        self._ledger.database.alone(connection, agency_id)  # another worker may have started at the same moment
        settings = _settings(connection, agency_id)
        settings.put(chat_mode.SETTING, mode)
        settings.put(READ_AT, str(self._ledger.clock()))


def _settings(connection: Connection, agency_id: int) -> SqlSettings:
    """The agency's choices, each written at once."""
    session = AgencySession(connection, agency_id)

    def at_once(write: Callable[[AgencySession], None]) -> None:
        write(session)
        session.flush()

    return SqlSettings(session, at_once)
