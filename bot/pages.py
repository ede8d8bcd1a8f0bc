"""Pages for whoever runs the service: is it up, is it ready, how full is the queue."""

from collections.abc import Callable

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from bot.storage.database import Database
from bot.storage.queue import Queue
from bot.storage.schema import is_current


def pages(database: Database, queue: Queue, clock: Callable[[], int]) -> Blueprint:
    """`/healthz`, `/readyz`, `/metrics`."""
    routes = Blueprint("pages", __name__)

    @routes.get("/healthz")
    def healthz() -> Response:
        return Response("up\n", mimetype="text/plain")

    @routes.get("/readyz")
    def readyz() -> Response:
        try:
            ready = is_current(database)
        except SQLAlchemyError:
            ready = False
        return Response("ready\n" if ready else "not ready\n", 200 if ready else 503, mimetype="text/plain")

    @routes.get("/metrics")
    def metrics() -> Response:
        registry = CollectorRegistry()
        lanes = Gauge("itabot_ready_lanes", "Persons and groups that wait", ["kind"], registry=registry)
        age = Gauge("itabot_oldest_ready_seconds", "How long the oldest has waited", ["kind"], registry=registry)
        dead = Gauge("itabot_dead_letters", "Events and messages that were given up", registry=registry)
        with database.reading() as connection:
            for kind, (count, waited) in queue.depth(connection, clock()).items():
                lanes.labels(kind).set(count)
                age.labels(kind).set(waited / 1000)
            dead.set(queue.dead(connection))
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

    return routes
