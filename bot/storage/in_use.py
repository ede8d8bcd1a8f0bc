"""Who has an SQLite database open: everyone shares a lock on `<file>.open`, and who replaces the file has it alone.

The kernel takes a hold back when its process ends, however it ends, so a crash keeps nobody out.
"""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self


class InUse(Exception):
    """Somebody has the database open."""


class Hold:
    """A hold on a database, until it is let go or the process ends."""

    def __init__(self, file: Path, how: int) -> None:
        self._descriptor = os.open(_beside(file), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._descriptor, how)
        except BaseException:
            self.let_go()
            raise

    def let_go(self) -> None:
        """Give it back."""
        os.close(self._descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.let_go()


def hold(file: Path) -> Hold:
    """Share the database with others; waits while somebody has it alone."""
    return Hold(file, fcntl.LOCK_SH)


def hold_alone(file: Path) -> Hold:
    """Keep everyone else out; InUse at once where somebody has it open."""
    try:
        return Hold(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as busy:
        raise InUse(f"{file} is in use") from busy


def _beside(file: Path) -> Path:
    return file.with_name(file.name + ".open")
