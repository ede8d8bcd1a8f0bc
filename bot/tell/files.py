"""Files that come with a disclosure: only what we drew from them is kept, sealed under the disclosure's own key.

The file as it came lies in the scratch folder while it is drawn (`drawing.py`), and is gone then.
"""

import os
import secrets
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import BinaryIO

from bot.evidence.sealed import SealedShelf
from bot.evidence.shelf import CannotKeep, Shelf, name_of
from bot.evidence.sniffing import DRAWN, HEIC, JPEG, M4A, MP4, PDF, sniff
from bot.storage.sealing import KeyRing
from bot.tell.drawing import TOO_MANY, draw_apart
from itadomain.integrity.disclosure import File
from itadomain.refusals import Refusal

MOST_BYTES = 10 * 2**20
CHUNK = 64 * 1024
#: How sound and films begin that are on no list of ours.
PLAYED = (b"ID3", b"OggS", b"#!AMR", b"\x1aE\xdf\xa3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf1", b"fLaC", b"caff")
_ALONE = threading.Lock()


class Files:
    """Draws files and lays them on the shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def keep(self, contents: BinaryIO, agency: int, key_of: Callable[[str], str], today: date) -> File:
        """Keep what can be drawn of a file; Refusal where that is nothing, CannotKeep where there is no room."""
        if self._shelf.fault():
            raise CannotKeep("no room")
        with self._shelf.scratch() as folder:
            original, drawn = folder / "original", folder / "drawn"
            _save(contents, original)
            media_type = _draw(original, drawn)
            made = File(secrets.token_hex(32), media_type, drawn.stat().st_size, today)
            _date(drawn, today)
            SealedShelf(self._shelf, KeyRing([key_of(made.id)])).put(name_of(agency, made.id), drawn)
        return made

    def drop(self, agency: int, made: File) -> None:
        """Take a file off the shelf that nothing leads to."""
        self._shelf.remove(name_of(agency, made.id))


def _date(drawn: Path, today: date) -> None:
    """Let a file tell the day that it came, and no hour."""
    began = datetime.combine(today, time.min, UTC).timestamp()
    os.utime(drawn, (began, began))


def _save(contents: BinaryIO, original: Path) -> None:
    """As much as may be; Refusal where that is nothing, or more."""
    size = 0
    with original.open("wb") as file:
        while piece := contents.read(CHUNK):
            size += len(piece)
            if size > MOST_BYTES:
                raise Refusal("tell.too_large")
            file.write(piece)
    if not size:
        raise Refusal("tell.choose_a_file")


def _draw(original: Path, drawn: Path) -> str:
    """Draw it, and give what it is now."""
    media_type = _kind(original)
    with _ALONE:  # two at once would need twice the memory
        outcome = draw_apart(original, media_type, drawn)
    if outcome:
        raise Refusal("tell.too_many_pages" if outcome == TOO_MANY else "tell.broken_file")
    return PDF if media_type == PDF else JPEG


def _kind(original: Path) -> str:
    """What can be drawn; Refusal with a sentence for what cannot."""
    try:
        found = sniff(original)
    except Refusal as refusal:
        with original.open("rb") as file:
            head = file.read(12)
        played = head.startswith(PLAYED) or (head[:4] == b"RIFF" and head[8:] != b"WEBP")
        raise Refusal("tell.no_films" if played else "tell.not_allowed") from refusal
    if found in {MP4, M4A}:
        raise Refusal("tell.no_films")
    if found == HEIC:
        raise Refusal("tell.no_heic")
    if found not in {*DRAWN, PDF}:
        raise Refusal("tell.not_allowed")
    return found
