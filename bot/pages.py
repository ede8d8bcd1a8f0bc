"""Pages for whoever runs the service: is it up, is it ready, how full is the queue."""

import logging
import time
from collections.abc import Callable, Iterator
from typing import Any

from flask import Blueprint, Flask, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from bot.faults import place_of
from bot.storage import quotas, tallies
from bot.storage.database import Database
from bot.storage.queue import CAST, SEND, TURN, Queue
from bot.storage.queue_sql import TASK
from bot.storage.schema import NewerDatabase, is_current, write_nothing_new

log = logging.getLogger(__name__)

#: A watcher may ask as often as it likes: what was found is told again for so long.
KEPT_S = 3.0
#: What the workers count by outcome (see bot/counts.py).
COUNTED = {
    "turn": "Turns by outcome",
    "event": "Events by what was odd about them",
    "message": "Messages by outcome; «refused as invalid» is a fault of ours",
    "job": "Runs of recurring jobs by outcome",
    "task": "Attempts at what takes longer than a turn, by outcome",
}


class App(Flask):
    """What serves pages. Of one that fails its log does not tell the address, which may open something."""

    def log_exception(self, exc_info: Any) -> None:
        """Kind and place of the fault."""
        error = exc_info[1]
        log.error("a page failed: %s", place_of(error))


def pages(database: Database, queue: Queue, clock: Callable[[], int], copies: Callable[[], str]) -> Blueprint:
    """`/healthz`, `/readyz`, `/metrics`; `copies` says what is wrong with where copies of evidence lie."""
    routes, readiness = Blueprint("pages", __name__), Readiness(database, copies=copies)

    @routes.get("/healthz")
    def healthz() -> Response:
        return Response("up\n", mimetype="text/plain")

    @routes.get("/readyz")
    def readyz() -> Response:
        why = readiness.why_not()
        return Response(f"not ready: {why}\n" if why else "ready\n", 503 if why else 200, mimetype="text/plain")

    @routes.get("/metrics")
    def metrics() -> Response:
        registry = CollectorRegistry()
        registry.register(_Counts(database, queue, clock))
        try:
            return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
        except SQLAlchemyError:
            return Response("not ready\n", 503, mimetype="text/plain")

    return routes


class Readiness:
    """Whether events can be kept: the database is there, up to date, and takes a write."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], float] = time.monotonic,
        copies: Callable[[], str] = lambda: "",
    ) -> None:
        self._database = database
        self._clock = clock
        self._copies = copies
        self._found: tuple[float, str] | None = None

    def why_not(self) -> str:
        """What hinders; empty where nothing does."""
        found = self._found
        if found is None or self._clock() >= found[0]:
            self._found = found = self._clock() + KEPT_S, self._look()
        return found[1]

    def _look(self) -> str:
        try:
            if not is_current(self._database):
                return "the database is not up to date"
            self._database.write(write_nothing_new)
            return self._database.short_of() or self._copies()
        except NewerDatabase as newer:
            return str(newer)
        except (SQLAlchemyError, OSError) as error:
            return place_of(error)


class _Counts(Collector):
    """Everything that is counted, read from the database: any web process tells of all workers on all hosts."""

    def __init__(self, database: Database, queue: Queue, clock: Callable[[], int]) -> None:
        self._database = database
        self._queue = queue
        self._clock = clock

    def collect(self) -> Iterator[Metric]:
        """Gauges of what is now, counters of what was."""
        with self._database.reading(across=True) as connection:
            depth = self._queue.depth(connection, self._clock())
            dead = self._queue.dead(connection)
            counted = tallies.all_of(connection)
            left = quotas.left(connection)
        lanes = GaugeMetricFamily("itabot_ready_lanes", "Persons and groups that wait", labels=["kind"])
        age = GaugeMetricFamily("itabot_oldest_ready_seconds", "How long the oldest has waited", labels=["kind"])
        for kind in (TURN, SEND, CAST, TASK):
            count, waited = depth.get(kind, (0, 0))
            lanes.add_metric([kind], count)
            age.add_metric([kind], waited / 1000)
        letters = GaugeMetricFamily("itabot_dead_letters", "What was given up, and is kept", labels=["kind"])
        for kind, count in dead.items():
            letters.add_metric([kind], count)
        messages = GaugeMetricFamily("itabot_quota_left", "Messages left this month, where limited", labels=["agency"])
        for slug, count in left.items():
            messages.add_metric([slug], count)
        yield from (lanes, age, letters, messages)
        for name, text in COUNTED.items():
            family = CounterMetricFamily(f"itabot_{name}s", text, labels=["outcome"])
            for (counted_name, outcome), count in counted.items():
                if counted_name == name:
                    family.add_metric([outcome], count)
            yield family
