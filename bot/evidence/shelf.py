"""Where copies of evidence lie: a folder, or a bucket. Each is known by its contents, under its agency."""

import contextlib
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO, Protocol

#: The copy as it came, the one to look at without what a camera wrote into it, and a small one.
ORIGINAL, SHOWN, SMALL = "", ".shown", ".small"
VARIANTS = (ORIGINAL, SHOWN, SMALL)
CHUNK = 256 * 1024
#: What a killed process left in the scratch folder; no task takes so long.
FORGOTTEN_S = 24 * 60 * 60
_NAME = re.compile(r"(\d+)/([0-9a-f]{64})(\.shown|\.small)?")


class CannotKeep(Exception):
    """The shelf is full or away for now; says why."""


class NotThere(Exception):
    """There is no such copy."""


class Shelf(Protocol):
    """Keeps copies by their names (see `name_of`)."""

    @property
    def where(self) -> str:
        """The place, for whoever runs the service."""

    def scratch(self) -> AbstractContextManager[Path]:
        """A folder to make copies in; it is gone afterwards."""

    def put(self, name: str, file: Path) -> None:
        """Keep a file that lies in the scratch folder, whole or not at all; CannotKeep where there is no room."""

    def open(self, name: str) -> BinaryIO:
        """The contents of a copy; NotThere where there is none."""

    def remove(self, name: str) -> None:
        """Delete a copy, where there is one."""

    def fault(self) -> str:
        """Why nothing can be kept; empty where all is well. Nothing is written to find out."""


def name_of(agency_id: int, sha256: str, variant: str = ORIGINAL) -> str:
    """What a copy is called on a shelf."""
    return f"{agency_id}/{sha256}{variant}"


def parts_of(name: str) -> tuple[str, str, str]:
    """The agency, the contents and the variant of a name; ValueError where it is none of ours."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise ValueError("not the name of a copy")
    return found[1], found[2], found[3] or ORIGINAL


def pieces(contents: BinaryIO) -> Iterator[bytes]:
    """The contents a piece at a time; closed at the end, or when nobody wants more."""
    with contents:
        while piece := contents.read(CHUNK):
            yield piece


def sweep(place: Path) -> None:
    """Delete what a process left in a scratch folder that was killed."""
    before = time.time() - FORGOTTEN_S
    for left in place.iterdir():
        with contextlib.suppress(FileNotFoundError):  # its own process was just done with it
            if left.stat().st_mtime < before:
                shutil.rmtree(left, ignore_errors=True)
