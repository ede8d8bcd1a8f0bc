"""Counts what happened by how it ended. A process keeps its own count and adds it to the database now and then."""

import threading
from collections import Counter

from bot.storage import tallies
from bot.storage.database import Database


class Counts:
    """The counters of one process. A kill loses the last few seconds of counting, never what was counted."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counted: Counter[tallies.Tally] = Counter()
        self._lock = threading.Lock()

    def add(self, name: str, outcome: str) -> None:
        """One more `name` that ended as `outcome`."""
        with self._lock:
            self._counted[name, outcome] += 1

    def keep(self) -> None:
        """Add what was counted since to the database."""
        with self._lock:
            counted, self._counted = self._counted, Counter()
        if not counted:
            return
        try:
            self._database.write(lambda c: tallies.add(c, counted))
        except Exception:
            with self._lock:
                self._counted.update(counted)
            raise
