"""Makes a file in a program of its own, started for one and ended with it.

What draws a poster takes 120 MB and a second or two, and so may a large workbook: the process that takes webhooks in
must not spend that.
"""

import json
import logging
import os
import resource
import subprocess
import sys
import threading
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.faults import place_of
from bot.papers.document import Document, heard, told
from bot.papers.endings import PNG
from bot.papers.ink.poster import Poster, pdf, png
from bot.papers.ink.sheets import Cell, Sheet, as_xlsx
from itadomain.refusals import Refusal

MEMORY, SECONDS = 1024 * 2**20, 30
PHOTOS_A_SECOND = 4  # that a busy machine still manages
#: In a process one is made and one waits; whoever else wants one is told to come back, and holds no thread meanwhile.
_PLACES, _ONE = threading.BoundedSemaphore(2), threading.Lock()
PACKAGES = Path(__file__).resolve().parents[3]

log = logging.getLogger(__name__)


class Busy(Exception):
    """Others are served, or the machine is too slow for now."""


def poster_file(poster: Poster, sheet: str, ending: str) -> bytes:
    """A poster as a PDF or a picture; Busy where it cannot be had now."""
    return _asked({"poster": asdict(poster), "sheet": sheet, "ending": ending})


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Sheets as an Excel workbook; Busy where it cannot be had now."""
    lines = [[one.name, [list(map(_told, line)) for line in one.lines], one.heading] for one in sheets]
    return _asked({"sheets": lines})


def word_file(document: Document) -> bytes:
    """A document as Word opens it; Busy where it cannot be had now."""
    return _asked({"document": told(document)}, len(document.photos) // PHOTOS_A_SECOND)


def template_checked(template: bytes, document: Document) -> None:
    """Refusal for an agency's own Word file that cannot be the form of a document; Busy where others are served."""
    try:
        answer = _asked({"document": told(document), "template": b64encode(template).decode()}, SECONDS)
    except Busy as busy:
        if busy.__cause__ is None:
            raise
        raise Refusal("paper_forms.too_heavy") from busy
    if said := json.loads(answer):
        raise Refusal(said["refused"], **said["facts"])


def main() -> int:
    """Make one file within bounds."""
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(kind, (most, most))
    os.umask(0o077)
    sys.stdout.buffer.write(_made(json.load(sys.stdin.buffer)))
    return 0


def _asked(facts: Mapping[str, Any], more: int = 0) -> bytes:
    if not _PLACES.acquire(blocking=False):
        raise Busy
    try:
        with _ONE:
            return _run(json.dumps(facts).encode(), SECONDS + more)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        log.error("a paper was not made: %s", place_of(error))  # noqa: TRY400 - the trace would tell what is in it
        raise Busy from error
    finally:
        _PLACES.release()


def _run(facts: bytes, seconds: float) -> bytes:
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", __name__],
        env={"PYTHONPATH": str(PACKAGES), "PYTHAINLP_READ_ONLY": "1"},  # and none of ours, which has the keys
        input=facts,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=seconds,
        check=True,
    ).stdout


def _made(facts: Mapping[str, Any]) -> bytes:
    if "poster" in facts:
        file = pdf(Poster(**facts["poster"]), facts["sheet"])
        return png(file) if facts["ending"] == PNG else file
    if "document" in facts:
        return _document(heard(facts["document"]), facts.get("template", ""))
    sheets = facts["sheets"]
    return as_xlsx([Sheet(name, [list(map(_read, line)) for line in lines], head) for name, lines, head in sheets])


def _document(paper: Document, template: str) -> bytes:
    """A document as a Word file, in the agency's own form where that fits; or what is wrong with such a form."""
    from bot.papers.ink.word import as_docx  # noqa: PLC0415 - a poster needs no Word

    if not (template or paper.template):
        return as_docx(paper)
    from bot.papers.ink.template import checked, filled  # noqa: PLC0415 - most papers have none

    if template:
        return json.dumps(checked(b64decode(template), paper)).encode()
    try:
        return filled(b64decode(paper.template), paper)
    except (Refusal, MemoryError):  # it was made for a table of another year, or a shorter one
        return as_docx(paper)


def _told(cell: Cell) -> Any:
    return [str(cell)] if isinstance(cell, Decimal) else cell


def _read(cell: Any) -> Cell:
    return Decimal(cell[0]) if isinstance(cell, list) else cell


if __name__ == "__main__":
    sys.exit(main())
