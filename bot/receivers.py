"""Gives everyone who receives disclosures a public half of a pair of keys, so that something can be sealed for them.

Whoever gets the post from a process that knows ITABOT_SEALED_KEYS has it at once (`bot/storage/people.py`); this is for
those who got it before, or elsewhere, and for a ring whose first key is another now.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from bot.faults import place_of
from bot.ledger import Ledger
from bot.logs import about
from bot.storage import officer_keys, rotation
from bot.storage.store import AgencyStore
from itadomain.people import Person, Role

log = logging.getLogger(__name__)

#: The first look is at all agencies; a country's are not asked each minute after that.
AGENCIES_A_LOOK = 200


class Receivers:
    """Looks for receivers without a key."""

    def __init__(self, ledger: Ledger, today: Callable[[], date]) -> None:
        self._ledger = ledger
        self._today = today
        self._after: int | None = None

    def look(self, stop: threading.Event) -> None:
        """Look at all agencies the first time, then at the next ones; nothing where this process knows no ring."""
        if self._ledger.ring.officers is None:
            return
        with self._ledger.database.reading(across=True) as connection:
            ids = rotation.agencies(connection)
        for agency_id in ids if self._after is None else _following(ids, self._after):
            if stop.is_set():
                return
            self._after = agency_id
            with about(agency=agency_id):
                self._try_to_provide(agency_id)

    def _try_to_provide(self, agency_id: int) -> None:
        try:
            self._provide(agency_id)
        except Exception as error:  # noqa: BLE001 - one agency must not hold up the others
            log.error("a receiver has no key: %s", place_of(error))  # noqa: TRY400

    def _provide(self, agency_id: int) -> None:
        lacking = self._lacking(agency_id)
        if lacking:
            provide = partial(officer_keys.provide_all, agency_id=agency_id, ring=self._ledger.ring, people=lacking)
            self._ledger.database.write(provide, of=agency_id)

    def _lacking(self, agency_id: int) -> Sequence[Person]:
        ledger = self._ledger
        with ledger.database.reading(of=agency_id) as connection:
            store = AgencyStore(connection, ledger.channels.by_id(agency_id), ledger.ring)
            receivers = store.people.with_role(Role.INTEGRITY, self._today())
            return officer_keys.lacking(connection, agency_id, ledger.ring, receivers)


def _following(ids: Sequence[int], after: int) -> Sequence[int]:
    """The next ones, and from the beginning again."""
    turned = [*(one for one in ids if one > after), *(one for one in ids if one <= after)]
    return turned[:AGENCIES_A_LOOK]
