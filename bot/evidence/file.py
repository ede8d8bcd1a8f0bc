"""Copies in a folder, spread over subfolders by their contents. Nobody but the service's user can read them."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from bot.disk import sync
from bot.evidence.shelf import CannotKeep, NotThere, parts_of, sweep

LEAST_FREE = 100 * 2**20  # bytes


class FileShelf:
    """A folder on a disk that every process of the service sees."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def where(self) -> str:
        """The folder."""
        return f"file:{self._folder}"

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder on the same disk, so that a finished copy is only renamed."""
        place = self._folder / "scratch"
        try:
            place.mkdir(parents=True, exist_ok=True, mode=0o700)
            sweep(place)
            made = tempfile.mkdtemp(dir=place)
        except OSError as error:
            raise CannotKeep(_why(error)) from error
        try:
            yield Path(made)
        finally:
            shutil.rmtree(made, ignore_errors=True)

    def put(self, name: str, file: Path) -> None:
        """Move a file in: first all of it is on the disk, then it gets its name."""
        target = self._path(name)
        try:
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            file.chmod(0o600)
            sync(file)
            file.replace(target)
            _date(list(target.parents)[:3], target)  # the folder tells no other hour than the file
            sync(target.parent)
        except OSError as error:
            raise CannotKeep(_why(error)) from error

    def open(self, name: str) -> BinaryIO:
        """The contents of a copy."""
        try:
            return self._path(name).open("rb")
        except FileNotFoundError as error:
            raise NotThere(name) from error

    def remove(self, name: str) -> None:
        """Delete a copy, where there is one."""
        try:
            self._path(name).unlink(missing_ok=True)
        except OSError as error:
            raise CannotKeep(_why(error)) from error

    def fault(self) -> str:
        """Whether the folder, or the nearest one above it that is there, can be written to and has room."""
        there = next(one for one in (self._folder, *self._folder.parents) if one.exists())
        if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
            return f"{there} cannot be written to"
        free = shutil.disk_usage(there).free
        return "" if free >= LEAST_FREE else f"only {free / 2**20:.0f} MB are free at {there}"

    def _path(self, name: str) -> Path:
        agency, contents, variant = parts_of(name)
        return self._folder / agency / contents[:2] / contents[2:4] / f"{contents}{variant}"


def _date(folders: Sequence[Path], file: Path) -> None:
    """Give folders the time of a file."""
    when = file.stat().st_mtime_ns
    for one in folders:
        os.utime(one, ns=(when, when))


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
