"""The threads of a worker: each claims, works, and with each commit takes hold of the next, until told to stop."""

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from typing import Protocol, TypeVar

from bot.bell import Bell
from bot.faults import place_of
from bot.leases import Leases
from bot.storage.lanes import InLane

log = logging.getLogger(__name__)

W = TypeVar("W", bound=InLane)
AFTER_A_FAULT_S = 1.0


class Loop(Protocol[W]):
    """Something that takes one piece of work after the other."""

    def claim(self, owner: str) -> W | None:
        """Take hold of the work that has waited longest."""

    def work(self, work: W, owner: str, *, go_on: bool = False) -> W | None:
        """Do it; with `go_on` gives the next, taken hold of in the same commit."""


def hands(
    name: str, how_many: int, loop: Loop[W], leases: Leases, bell: Bell, stop: threading.Event
) -> list[threading.Thread]:
    """Threads that work `loop` off; each owns what it holds under a name that no other thread anywhere has."""

    def run(owner: str) -> None:
        while not stop.is_set():
            heard = bell.rings
            try:
                if not _work_off(loop, owner, leases, stop):
                    bell.wait(heard)
            except Exception as error:  # noqa: BLE001 - the database may be away for a while
                log.error("%s: %s; looking again soon", name, place_of(error))  # noqa: TRY400
                stop.wait(AFTER_A_FAULT_S)

    owners = [f"{name}-{socket.gethostname()}-{os.getpid()}-{time.time_ns()}-{number}" for number in range(how_many)]
    return [
        threading.Thread(target=run, args=(owner,), name=f"{name}-{n}", daemon=True) for n, owner in enumerate(owners)
    ]


def _work_off(loop: Loop[W], owner: str, leases: Leases, stop: threading.Event) -> bool:
    """Work until nothing waits; False where nothing did."""
    work = found = loop.claim(owner)
    while work is not None:
        with leases.held(owner, work):
            work = loop.work(work, owner, go_on=not stop.is_set())
    return found is not None


def regularly(
    name: str, seconds: float, act: Callable[[], object], stop: threading.Event, *, at_once: bool = False
) -> threading.Thread:
    """A thread that acts every so often until told to stop; the first time after a pause, or at once."""

    def run() -> None:
        pause = 0.0 if at_once else seconds
        while not stop.wait(pause):
            pause = seconds
            try:
                act()
            except Exception as error:  # noqa: BLE001 - the database may be away for a while
                log.error("%s: %s; again soon", name, place_of(error))  # noqa: TRY400

    return threading.Thread(target=run, name=name, daemon=True)


def stop_on_signals() -> threading.Event:
    """Set once SIGTERM or SIGINT comes. A thread waits for them: a handler may come upon the event's own lock, held."""
    stop, asked = threading.Event(), {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, asked)  # threads that start from here on leave them to this one too

    def wait() -> None:
        signal.sigwait(asked)
        stop.set()

    threading.Thread(target=wait, name="signals", daemon=True).start()
    return stop
