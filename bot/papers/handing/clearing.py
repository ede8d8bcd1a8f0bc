"""Takes away papers that nobody fetched while their address was good, and what was left by a process that was ended."""

import threading
from collections import defaultdict

from bot.logs import about
from bot.papers.handing.orders import Orders, copy_of
from bot.storage.paper_files import PaperFiles, ended


def clear(orders: Orders, stop: threading.Event) -> None:
    """Go through all whose address has ended; what one worker has taken away the next does not find."""
    readings = orders.readings
    while not stop.is_set():
        with readings.database.reading(across=True) as connection:
            found = ended(connection, readings.clock())
        if not found:
            return
        ids: dict[int, list[str]] = defaultdict(list)
        for agency_id, paper_id in found:
            ids[agency_id].append(paper_id)
        for agency_id, those in ids.items():
            with about(agency=agency_id):
                _clear(orders, agency_id, those)


def _clear(orders: Orders, agency_id: int, ids: list[str]) -> None:
    """The file first: a row whose file could not be deleted is found again."""
    for paper_id in ids:
        orders.shelf.remove(copy_of(agency_id, paper_id))
    ring = orders.readings.ring
    orders.readings.database.write(lambda c: PaperFiles(c, agency_id, ring).forget(ids), of=agency_id)
