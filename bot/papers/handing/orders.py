"""What was asked for at an address: a task makes it, it waits on the shelf, and is handed out once."""

import contextlib
import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bot.evidence.shelf import CannotKeep, NotThere, Shelf, name_of, pieces
from bot.papers.handing.addresses import Asked, facts_of
from bot.papers.handing.reading import Readings
from bot.storage.paper_files import PaperFile, PaperFiles, Stage, order
from bot.storage.queue import Queue
from bot.storage.tasks import Wanted

MAKE = "make_paper"
#: So long a page waits for a file that is quickly made, and so many may wait in each process: others see how far it is.
WAITS_S, LOOKS_S, AT_ONCE = 2.0, 0.1, 2


def copy_of(agency_id: int, paper_id: str) -> str:
    """What a file is called on the shelf."""
    return name_of(agency_id, hashlib.sha256(f"paper {paper_id}".encode()).hexdigest())


@dataclass(frozen=True)
class Handed:
    """A file as it is handed out, a piece at a time."""

    size: int
    contents: Iterator[bytes]


@dataclass(frozen=True)
class Orders:
    """Asks for papers, looks how far they are, hands them out. `shelf` seals what lies on it."""

    readings: Readings
    queue: Queue
    shelf: Shelf
    waits_s: float = WAITS_S
    waiting: threading.Semaphore = field(default_factory=lambda: threading.BoundedSemaphore(AT_ONCE))

    def of(self, asked: Asked) -> PaperFile | None:
        """How far the file of an address is; None where nobody asked for it yet."""
        readings = self.readings
        with readings.database.reading(of=asked.agency_id) as connection:
            return PaperFiles(connection, asked.agency_id, readings.ring).get(asked.id)

    def ask(self, asked: Asked) -> PaperFile | None:
        """Have it made, where it is not yet, and wait a little; None where its person has too many waiting."""
        found = self.of(asked)
        if found is None and not self._order(asked):
            return None
        if found is not None and found.settled:
            return found
        return self._waited(asked)

    def hand_out(self, asked: Asked) -> Handed | None:
        """The file for one of those who ask; None for the others, or where it is not there (yet).

        It is opened first, so that nothing is used up where the shelf is away (CannotKeep).
        """
        found, now = self.of(asked), self.readings.clock()
        if found is None or found.stage is not Stage.READY:
            return None
        try:
            contents = self.shelf.open(copy_of(asked.agency_id, asked.id))
        except NotThere:  # somebody was faster; else it is lost, and not there for anybody any more
            self.change(asked, lambda files: files.fetch(asked.id, now))
            return None
        if not self.change(asked, lambda files: files.fetch(asked.id, now)):
            contents.close()
            return None
        return Handed(found.said.size, pieces(contents))

    def change(self, asked: Asked, how: Callable[[PaperFiles], bool]) -> bool:
        """Write down what became of the file of an address."""
        of, ring = asked.agency_id, self.readings.ring
        return self.readings.database.write(lambda c: how(PaperFiles(c, of, ring)), of=of)

    def put_away(self, asked: Asked) -> None:
        """Nobody needs the file any more; where the shelf is away, housekeeping finds it."""
        with contextlib.suppress(CannotKeep):
            self.shelf.remove(copy_of(asked.agency_id, asked.id))

    def _order(self, asked: Asked) -> bool:
        readings, of = self.readings, asked.agency_id
        file, wanted = PaperFile(asked.id, asked.person, readings.clock(), asked.until), Wanted(MAKE, facts_of(asked))
        return readings.database.write(
            lambda c: order(c, self.queue, readings.ring, of, file, wanted), of=of, across=True
        )

    def _waited(self, asked: Asked) -> PaperFile | None:
        """How far it is as soon as it is settled, or after a while."""
        if not self.waiting.acquire(blocking=False):
            return self.of(asked)
        try:
            until = time.monotonic() + self.waits_s
            while (found := self.of(asked)) is not None and not found.settled and time.monotonic() < until:
                time.sleep(LOOKS_S)
            return found
        finally:
            self.waiting.release()
