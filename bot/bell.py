"""Wakes whoever waits for work: threads of a process by a condition, other processes by a door bell.

A ring that nobody hears is no loss: everyone looks for work by themselves twice a second.
"""

import contextlib
import os
import select
import threading
from pathlib import Path
from typing import Protocol

LOOK_ANYWAY_S = 0.5


class Bell:
    """Between the threads of one process. No ring between a look and a wait is missed."""

    def __init__(self) -> None:
        self._rings = 0
        self._changed = threading.Condition()

    @property
    def rings(self) -> int:
        """How often it has rung: read it before looking for work."""
        return self._rings

    def ring(self, times: int = 1) -> None:
        """Wake one who waits for each time; whoever is awake looks on until nothing is left."""
        with self._changed:
            self._rings += 1
            self._changed.notify(times)

    def wait(self, heard: int, timeout: float = LOOK_ANYWAY_S) -> None:
        """Wait for a ring later than the `heard` ones."""
        with self._changed:
            self._changed.wait_for(lambda: self._rings != heard, timeout)


class DoorBell(Protocol):
    """Between processes: whoever stores something rings, the workers listen."""

    def ring(self) -> None:
        """Wake the workers, where there are any."""

    def listen(self, bell: Bell, stop: threading.Event) -> None:
        """Pass every ring on to `bell` until told to stop."""


class FifoBell:
    """Between processes of one machine: a named pipe, kept open from one ring to the next."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pipe = -1
        self._ringing = threading.Lock()

    def ring(self) -> None:
        """Wake the worker, where there is one."""
        with self._ringing, contextlib.suppress(OSError):  # nobody listens, or it rings already
            if self._pipe < 0:
                self._pipe = os.open(self._path, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                os.write(self._pipe, b"!")
            except BrokenPipeError:  # whoever listened has ended
                os.close(self._pipe)
                self._pipe = -1

    def listen(self, bell: Bell, stop: threading.Event) -> None:
        """Pass every ring on to `bell` until told to stop."""
        with contextlib.suppress(FileExistsError):
            os.mkfifo(self._path, 0o600)
        pipe = os.open(self._path, os.O_RDWR | os.O_NONBLOCK)
        try:
            while not stop.is_set():
                ready, _, _ = select.select([pipe], [], [], LOOK_ANYWAY_S)
                if ready:
                    with contextlib.suppress(BlockingIOError):  # another worker was faster
                        bell.ring(len(os.read(pipe, 4096)))
        finally:
            os.close(pipe)
