"""The task that makes a paper for whoever opened its address. It may be run again: the file takes the same place.

Nobody is told of it in the chat, which would take one of the month's messages: the page at the address shows how far it
is. What cannot be made ends in a sentence that says what to do.
"""

import logging
import time
from pathlib import Path

from bot.evidence.shelf import CannotKeep, Shelf
from bot.faults import place_of
from bot.papers.handing.addresses import Asked, asked_for
from bot.papers.handing.making import Step, Tell, Workshop
from bot.papers.handing.orders import Orders, copy_of
from bot.papers.ink import apart, office
from bot.storage.paper_files import Said
from bot.storage.tasks import Errand
from bot.tasks import Later
from handlers.kit import Words, words
from itadomain.refusals import Refusal

#: Whoever waits is told that it failed, and need not look on until everything was tried.
TRIES = 3
#: How often it is told how far it is: each time is a write.
TOLD_EVERY_S = 1.0

log = logging.getLogger(__name__)


class MakePaper:
    """Makes one paper, whose pictures lie on the shelf of evidence, and puts it where its address leads."""

    def __init__(self, orders: Orders, pictures: Shelf) -> None:
        self._orders = orders
        self._pictures = pictures

    def __call__(self, errand: Errand) -> None:
        """Nothing to tell."""
        asked = asked_for(errand.agency_id, errand.facts, self._orders.readings.clock())
        found = self._orders.of(asked) if asked else None
        if asked is None or found is None or found.settled:
            return
        if errand.attempts > TRIES:  # it took its process down each time
            self._failed(asked, words("papers.not_made"))
            return
        try:
            self._make(asked)
        except Exception as error:
            if isinstance(error, Later) or errand.attempts < TRIES:
                raise
            log.error("a paper was not made: %s", place_of(error))  # noqa: TRY400 - the trace would tell what is in it
            self._failed(asked, words("papers.not_made"))

    def _make(self, asked: Asked) -> None:
        try:
            with self._orders.shelf.scratch() as folder:
                self._kept(asked, folder)
        except Refusal as why:
            self._failed(asked, Words(why.key, why.facts))
        except office.NoOffice:
            self._failed(asked, words("papers.no_office"))
        except (apart.Busy, office.Busy):
            self._failed(asked, words("papers.busy"))
        except CannotKeep as error:
            raise Later("the shelf is full or away") from error

    def _kept(self, asked: Asked, folder: Path) -> None:
        paper, workshop = asked.paper, Workshop(asked.agency_id, self._pictures, folder, self._teller(asked))
        with self._orders.readings.of(asked) as opened:
            if opened is None:
                return  # has left since
            read = workshop.read(paper.kind, paper.ending, opened.asking)
        body = workshop.written(read.content, paper.ending)
        file, place = folder / "made", copy_of(asked.agency_id, asked.id)
        file.write_bytes(body)
        self._orders.shelf.put(place, file)
        if not self._orders.change(asked, lambda files: files.ready(asked.id, Said(read.draft, len(body)))):
            self._orders.shelf.remove(place)  # another was faster, and it was fetched

    def _failed(self, asked: Asked, why: Words) -> None:
        said = self._orders.readings.said(asked, why)
        self._orders.change(asked, lambda files: files.failed(asked.id, said))

    def _teller(self, asked: Asked) -> Tell:
        """Tells how far it is: each step, and within one every so often."""
        told: dict[Step, float] = {}

        def tell(step: Step, done: int, whole: int) -> None:
            now = time.monotonic()
            if now - told.get(step, 0.0) >= TOLD_EVERY_S:
                told[step] = now
                self._orders.change(asked, lambda files: files.at(asked.id, step, done, whole))

        return tell
