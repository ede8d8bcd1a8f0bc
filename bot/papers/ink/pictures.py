"""Lays out the photos of a document: copies them off the shelf, one at a time, to where its file is made."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot.evidence.shelf import SHOWN, NotThere, Shelf, name_of
from bot.papers.document import Document, Pictures
from bot.storage.sealing import SealBroken
from itadomain.evidence import Stage
from itadomain.ports import Evidences

#: Told after each photo: so many of so many.
Tells = Callable[[int, int], None]


def laid_out(
    paper: Document, evidence: Evidences, agency_id: int, shelf: Shelf, folder: Path, tells: Tells = lambda *_: None
) -> Document:
    """The document with the files of its photos, which lie in `folder`; CannotKeep where the shelf is away.

    One that is not there has no file: a report is not held up by a photo.
    """
    wanted = list(dict.fromkeys(one.of for one in paper.photos if one.of))
    files: dict[str, str] = {}
    for nth, one in enumerate(wanted, 1):
        files[one] = _copied(one, evidence, agency_id, shelf, folder / f"{one}.jpg")
        tells(nth, len(wanted))
    blocks = [
        Pictures([replace(one, file=files.get(one.of, "")) for one in block.those])
        if isinstance(block, Pictures)
        else block
        for block in paper.blocks
    ]
    return replace(paper, blocks=blocks)


def _copied(wanted: str, evidence: Evidences, agency_id: int, shelf: Shelf, file: Path) -> str:
    """Where the copy lies now, without what a camera wrote into it; empty where there is none to show."""
    found = evidence.get(wanted)
    if found is None or found.copy is None or not found.copy.shown or found.stage is not Stage.KEPT or found.case:
        return ""
    try:
        with shelf.open(name_of(agency_id, found.copy.sha256, SHOWN)) as contents, file.open("wb") as kept:
            shutil.copyfileobj(contents, kept)
    except (NotThere, SealBroken):
        return ""
    return str(file)
