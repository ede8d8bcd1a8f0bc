"""Transactions side by side, each at a known point: what tests of many processes need."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

PATIENCE_S = 60


@contextmanager
def uncommitted(database, work: Callable[[Any], Any], **whose: Any) -> Iterator[Future]:
    """A transaction that has done `work` and commits when the block ends."""
    done, go_on = threading.Event(), threading.Event()

    def hold(connection):
        work(connection)
        done.set()
        assert go_on.wait(PATIENCE_S)

    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(database.write, hold, **whose)
        try:
            assert done.wait(PATIENCE_S), held.result(0)
            yield held
        finally:
            go_on.set()
        held.result(PATIENCE_S)


def until(look: Callable[[], Any]) -> Any:
    """What `look` sees as soon as that is anything; where nobody tells, one has to ask."""
    end = time.monotonic() + PATIENCE_S
    while not (seen := look()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)
    return seen


def until_someone_waits(house) -> None:
    """Until a transaction stands before a lock."""
    until(lambda: house.value("SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"))


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Run all side by side; gives their results in order."""
    with ThreadPoolExecutor(len(works)) as pool:
        return [running.result(PATIENCE_S) for running in [pool.submit(work) for work in works]]
