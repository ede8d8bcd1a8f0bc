"""What one file may cost: time, unpacked bytes, rows, columns and pages. Whoever reads asks as it goes."""

import time
from collections.abc import Callable

from itadomain.refusals import Refusal

MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE
UNPACKED = 100 * MEGABYTE
PAGES, ROWS, COLUMNS = 300, 20_000, 500
CELLS = 2_000_000
#: So many cells of a table may be parts of others: each costs memory, and a file of a kilobyte can name millions.
COVERED = 200_000
SECONDS = 120

Progress = Callable[[int, int], None]


class Watch:
    """Goes with one file through its reader and refuses it as soon as it has cost too much."""

    def __init__(self, progress: Progress | None = None, seconds: float = SECONDS) -> None:
        self._progress = progress
        self._seconds = seconds
        self._until = time.monotonic() + seconds
        self._unpacked = 0
        self._rows = 0

    def look(self) -> None:
        """Refuse where the time is up."""
        if time.monotonic() > self._until:
            raise Refusal("import.too_long", seconds=round(self._seconds))

    def unpacked(self, size: int) -> None:
        """So many bytes more came out of the file."""
        self._unpacked += size
        if self._unpacked > UNPACKED:
            raise Refusal("import.unpacks_too_large")
        self.look()

    def room(self) -> int:
        """How many bytes may still come out."""
        return UNPACKED - self._unpacked

    def wide(self, columns: int) -> None:
        """A row is so wide."""
        if columns > COLUMNS:
            raise Refusal("import.too_many_columns", most=COLUMNS)

    def row(self, columns: int) -> None:
        """One row more, so wide."""
        self.wide(columns)
        self._rows += 1
        if self._rows > ROWS:
            raise Refusal("import.too_many_rows", most=ROWS)
        self.look()

    def done(self, part: int, parts: int) -> None:
        """So many parts are read: tell whoever waits."""
        self.look()
        if self._progress:
            self._progress(part, parts)
