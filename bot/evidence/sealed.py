"""A shelf that reads nothing of what it keeps: each piece of a copy is sealed under the ring, in its place.

A piece that is moved, left out or cut off does not open. `keys rotate` does not seal copies anew: an old key is needed
as long as a copy under it is kept.
"""

import io
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO, cast

from bot.evidence.shelf import CHUNK, Shelf
from bot.storage.sealing import KeyRing, SealBroken


class SealedShelf:
    """Any shelf, with a seal on everything that lies on it."""

    def __init__(self, shelf: Shelf, ring: KeyRing) -> None:
        self._shelf = shelf
        self._ring = ring

    @property
    def where(self) -> str:
        """The place."""
        return self._shelf.where

    def scratch(self) -> AbstractContextManager[Path]:
        """A folder to make copies in."""
        return self._shelf.scratch()

    def put(self, name: str, file: Path) -> None:
        """Seal a file beside itself, and keep that."""
        sealed = file.with_name(f"{file.name}.sealed")
        with file.open("rb") as plain, sealed.open("wb") as written:
            for number, (piece, last) in enumerate(_to_the_last(plain)):
                written.write(self._ring.seal(piece, "copy", name, number, last).encode() + b"\n")
        shutil.copystat(file, sealed)  # the time that it was given
        self._shelf.put(name, sealed)

    def open(self, name: str) -> BinaryIO:
        """The contents of a copy, opened as they are read; SealBroken where they are not what was put there."""
        return cast("BinaryIO", io.BufferedReader(_Opened(self._ring, name, self._shelf.open(name))))

    def remove(self, name: str) -> None:
        """Delete a copy, where there is one."""
        self._shelf.remove(name)

    def fault(self) -> str:
        """Why nothing can be kept."""
        return self._shelf.fault()


class _Opened(io.RawIOBase):
    """Reads sealed pieces, and gives what is in them."""

    def __init__(self, ring: KeyRing, name: str, sealed: BinaryIO) -> None:
        self._pieces = self._unseal(ring, name, sealed)
        self._left = b""
        self._sealed = sealed

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, into: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill `into`, or less; 0 at the end."""
        while not self._left and (piece := next(self._pieces, None)) is not None:
            self._left = piece
        count = min(len(into), len(self._left))
        into[:count], self._left = self._left[:count], self._left[count:]
        return count

    def close(self) -> None:
        """Let go of the copy."""
        self._sealed.close()
        super().close()

    @staticmethod
    def _unseal(ring: KeyRing, name: str, sealed: BinaryIO) -> Iterator[bytes]:
        for number, (line, last) in enumerate(_lines(sealed)):
            yield ring.open(line.decode("ascii", "replace"), "copy", name, number, last)


def _to_the_last(plain: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """The pieces of a file, and whether each is the last; one that is empty of an empty file."""
    piece = plain.read(CHUNK)
    while True:
        following = plain.read(CHUNK)
        yield piece, not following
        if not following:
            return
        piece = following


def _lines(sealed: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """The sealed pieces, and whether each is the last."""
    buffered = io.BufferedReader(cast("io.RawIOBase", sealed)) if not hasattr(sealed, "peek") else sealed
    line = buffered.readline().rstrip(b"\n")
    if not line:
        raise SealBroken("a copy is empty")
    while line:
        following = buffered.readline().rstrip(b"\n")
        yield line, not following
        line = following
