"""Group commit: one file lock for the writers of all processes, and one commit for threads that wait meanwhile.

Whoever comes first leads: it commits its own work and all that waits with it, wakes those, and leaves the lead to the
first who came since. So a thread is woken once, and a slow disk is waited for by many at a time.
"""

import fcntl
import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

T = TypeVar("T")


class GroupCommit:
    """The writer of one process. `connect` opens its connection, whose transactions are to write at once."""

    def __init__(self, connect: Callable[[], Connection], lock_file: Path) -> None:
        self._connect = connect
        self._lock_file = lock_file
        self._waiting: list[_Job[Any]] = []
        self._led = False
        self._gate = threading.Lock()
        self._committing = threading.Lock()
        self._pid = 0
        self._connection: Connection | None = None
        self._lock = -1

    def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in a transaction, alone or with others, and commit it. It may run twice, and is kept once."""
        job = _Job(work)
        with self._gate:
            self._waiting.append(job)
            leads, self._led = not self._led, True
        if not leads:
            job.wait()
        if not job.done:
            self._lead()
        return job.outcome()

    def close(self) -> None:
        """Give the connection back."""
        with self._committing:
            self._drop()

    def _lead(self) -> None:
        """Commit all that waits, wake everyone, and leave the lead to the next."""
        with self._gate:
            jobs, self._waiting = self._waiting, []
        try:
            with self._committing:
                self._commit(jobs)
        finally:
            for job in jobs:
                if not job.done:
                    job.fail(NothingIsKept())
            with self._gate:
                following = self._waiting[:1]
                self._led = bool(following)
            for job in (*jobs, *following):
                job.wake()

    def _commit(self, jobs: Sequence["_Job[Any]"]) -> None:
        try:
            connection = self._open()
            fcntl.flock(self._lock, fcntl.LOCK_EX)
            try:
                if len(jobs) == 1 or not _together(connection, jobs):
                    for job in jobs:
                        job.run_alone(connection)
            finally:
                fcntl.flock(self._lock, fcntl.LOCK_UN)
        except BaseException as error:  # noqa: BLE001 - everyone who waits must hear it
            for job in jobs:
                if not job.done:
                    job.fail(error)
        if any(job.broke_the_connection for job in jobs):
            self._drop()  # who knows what its transaction looks like

    def _open(self) -> Connection:
        """This process's own connection: one inherited over a fork belongs to the parent."""
        if self._connection is None or self._pid != os.getpid():
            connection = self._connect()
            self._lock = os.open(self._lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            self._connection = connection
            self._pid = os.getpid()
        return self._connection

    def _drop(self) -> None:
        if self._connection is not None and self._pid == os.getpid():
            self._connection.invalidate()
            self._connection.close()
            os.close(self._lock)
        self._connection = None


class NothingIsKept(Exception):
    """The thread that was to commit this work with its own was ended."""


class _Job(Generic[T]):
    """One thread's work, and what became of it."""

    def __init__(self, work: Callable[[Connection], T]) -> None:
        self.work = work
        self.done = False
        self._result: T | None = None
        self._error: BaseException | None = None
        self._asleep = threading.Lock()
        self._asleep.acquire()

    def wait(self) -> None:
        """Sleep until it is done, or until it is ours to lead."""
        self._asleep.acquire()

    def wake(self) -> None:
        """Wake its thread, where that sleeps."""
        self._asleep.release()

    def run_alone(self, connection: Connection) -> None:
        """In a transaction of its own: what fails is its own failure."""
        try:
            with connection.begin():
                result = self.work(connection)
        except BaseException as error:  # noqa: BLE001 - handed to the thread that asked
            self.fail(error)
        else:
            self.succeed(result)

    def succeed(self, result: T) -> None:
        self._result, self.done = result, True

    def fail(self, error: BaseException) -> None:
        self._error, self.done = error, True

    @property
    def broke_the_connection(self) -> bool:
        """Whether the database itself failed, and not what was asked of it."""
        return isinstance(self._error, SQLAlchemyError | OSError)

    def outcome(self) -> T:
        if self._error is not None:
            raise self._error
        return self._result  # type: ignore[return-value]


def _together(connection: Connection, jobs: Sequence[_Job[Any]]) -> bool:
    """All in one transaction; False where one failed, and then nothing is kept and each has to go alone."""
    try:
        with connection.begin():
            results = [job.work(connection) for job in jobs]
    except Exception:  # noqa: BLE001 - it will fail again where its own thread hears of it
        return False
    for job, result in zip(jobs, results, strict=True):
        job.succeed(result)
    return True
