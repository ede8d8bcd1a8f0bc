"""Makes a paper as a file: what it says is read in one snapshot, then it is written by programs of their own.

Nothing is kept of it here. What takes longer tells how far it is.
"""

import io
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from bot.evidence.shelf import Shelf
from bot.papers.asking import Asking
from bot.papers.contents import Bundle, Content, Drawing, Inside, Workbook
from bot.papers.document import Document
from bot.papers.endings import CSV, PDF, XLSX
from bot.papers.handing.dressing import dressed
from bot.papers.ink import apart, office
from bot.papers.ink.pictures import laid_out
from bot.papers.ink.sheets import as_csv
from bot.papers.ink.workbooks import workbook_of
from bot.papers.kinds import PAPERS

#: So long one waits while others are served on this machine.
WAITS_S, LOOKS_S = 60.0, 0.5


class Step(StrEnum):
    """What is being done."""

    READING = "reading"
    PICTURES = "pictures"
    WRITING = "writing"
    PACKING = "packing"


#: Hears which step it is at, and how many of how many things are done (0 of 0 where nothing is counted).
Tell = Callable[[Step, int, int], None]


@dataclass(frozen=True)
class Read:
    """What a paper says; `draft` is the word that stands on what is not approved."""

    content: Content
    draft: str = ""


@dataclass(frozen=True)
class Workshop:
    """Where pictures lie, whose they are, where they are copied to, and who hears how far it is."""

    agency_id: int
    shelf: Shelf
    folder: Path
    tell: Tell = lambda _step, _done, _whole: None

    def read(self, kind: str, ending: str, asking: Asking) -> Read:
        """What a paper says, as the agency writes its papers; Refusal where there is none, NoOffice as `written`."""
        self.tell(Step.READING, 0, 0)
        content = PAPERS[kind].make(asking)
        if isinstance(content, Bundle):
            return Read(Bundle([self._inside(*one, asking) for one in enumerate(content.files)]))
        if isinstance(content, Document):
            made = dressed(content, asking, kind)
            return Read(self._ready(made, ending, asking), made.draft)
        return Read(content)

    def written(self, content: Content, ending: str) -> bytes:
        """The file; Busy where this machine is too busy or too slow, NoOffice where it cannot make a PDF."""
        self.tell(Step.WRITING, 0, 0)
        return self._packed(content) if isinstance(content, Bundle) else _patiently(lambda: _file(content, ending))

    def _ready(self, made: Document, ending: str, asking: Asking) -> Document | Workbook:
        if ending == XLSX:
            return workbook_of(made, asking.says)
        if ending == PDF and not office.available():
            raise office.NoOffice

        def tell(done: int, whole: int) -> None:
            self.tell(Step.PICTURES, done, whole)

        return laid_out(made, asking.store.evidence, self.agency_id, self.shelf, self.folder, tell)

    def _inside(self, nth: int, one: Inside, asking: Asking) -> Inside:
        if not isinstance(one.content, Document):
            return one
        of, own = replace(asking, of=one.of or asking.of), self.folder / str(nth)
        own.mkdir()
        made = dressed(one.content, of, one.kind)
        return replace(one, content=replace(self, folder=own)._ready(made, one.ending, of))  # noqa: SLF001 - the same

    def _packed(self, bundle: Bundle) -> bytes:
        kept = io.BytesIO()
        with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
            for nth, one in enumerate(bundle.files):
                self.tell(Step.PACKING, nth, len(bundle.files))
                packed.writestr(one.name, _written(one))
        return kept.getvalue()


def _written(one: Inside) -> bytes:
    content = one.content
    return content if isinstance(content, bytes) else _patiently(lambda: _file(content, one.ending))


def _file(content: Document | Workbook | Drawing, ending: str) -> bytes:
    match content:
        case Drawing(poster, sheet):
            return apart.poster_file(poster, sheet, ending)
        case Workbook(sheets):
            return as_csv(sheets) if ending == CSV else apart.workbook(sheets)
    written = apart.word_file(content)
    return office.pdf_of(written) if ending == PDF else written


def _patiently(make: Callable[[], bytes]) -> bytes:
    """What `make` gives, once others are served; Busy where that takes too long."""
    until = time.monotonic() + WAITS_S
    while True:
        try:
            return make()
        except (apart.Busy, office.Busy):
            if time.monotonic() >= until:
                raise
            time.sleep(LOOKS_S)
