"""Takes LINE's webhook: verify the raw bytes, store, 200. No SDK and no rule of ours runs here.

LINE wants its answer within 2 s. Whatever goes wrong with storing is a 500: LINE then delivers again.
"""

import base64
import hashlib
import hmac
import json
import logging
import time
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request

from bot.channels import Channels
from bot.line.events import RESULT, lane_source, plain_id
from bot.logs import about
from bot.storage.agencies import Agency, CannotOpen
from bot.storage.database import Database
from bot.storage.queue import Arrival, Queue, lane_of
from bot.storage.retention import DAY_MS, KEPT_MS
from bot.storage.sealing import KeyRing

MOST_BYTES = 1_000_000
#: LINE sends a few at a time. They are stored in one commit, and other agencies' webhooks wait for it meanwhile.
MOST_EVENTS = 500
#: LINE's events are 5 tables deep. One near Python's own limit could be read here and not in the worker.
DEEPEST = 32
#: A clock may run ahead; beyond this an event would stand behind everything its person says later.
MOST_AHEAD_MS = DAY_MS
#: A fault that comes with every webhook is told so seldom, in seconds.
TOLD_EVERY_S = 60.0
SIGNATURE = "X-Line-Signature"
NOBODYS_SECRET = "no agency has this secret"  # noqa: S105 - an unknown address takes the same path as a wrong signature

log = logging.getLogger(__name__)


class Intake:
    """Stores what LINE posts."""

    def __init__(
        self, database: Database, queue: Queue, channels: Channels, ring: KeyRing, clock: Callable[[], int]
    ) -> None:
        self._database = database
        self._queue = queue
        self._channels = channels
        self._ring = ring
        self._clock = clock
        self._told: dict[int, float] = {}

    def agency(self, slug: str, body: bytes, signature: str) -> Agency | None:
        """The agency of `slug` where `signature` is that of its channel over `body`."""
        agency = self._known(slug)
        secret = agency.channel_secret if agency else NOBODYS_SECRET
        right = hmac.compare_digest(sign(secret, body).encode(), signature.encode("utf-8", "replace"))
        return agency if right else None

    def _known(self, slug: str) -> Agency | None:
        """None also where the secrets of an agency do not open: nobody can show then that they are LINE."""
        try:
            return self._channels.by_slug(slug)
        except CannotOpen as closed:
            agency_id, now = closed.agency_id, time.monotonic()
            if now >= self._told.get(agency_id, now):
                self._told[agency_id] = now + TOLD_EVERY_S
                with about(agency=agency_id):
                    log.error("its secrets do not open with these keys; what LINE delivers is refused")  # noqa: TRY400
            return None

    def store(self, agency: Agency, events: list[dict[str, Any]]) -> int:
        """Put the events of one body into the inbox in one commit; gives how many were new.

        One that is older than ids are kept stays out: a body that is posted once more would be taken for a new one.
        """
        now = self._clock()
        dated = [(event, _happened_at(event, now)) for event in events]
        arrivals = [self._arrival(agency, event, at) for event, at in dated if at >= now - KEPT_MS]
        if len(arrivals) < len(events):
            log.warning("events that are too old to be known again were left out")
        if not arrivals:
            return 0
        return self._database.write(lambda c: self._queue.put(c, agency.id, arrivals, now), of=agency.id)

    def _arrival(self, agency: Agency, event: dict[str, Any], happened_at: int) -> Arrival:
        raw = json.dumps(event).encode()
        lane = lane_of(self._ring, agency.id, lane_source(event))
        return Arrival(_event_id(event, raw), lane, happened_at, raw)


def sign(secret: str, body: bytes) -> str:
    """LINE's signature: HMAC-SHA256 over the raw body, base64."""
    return base64.b64encode(hmac.digest(secret.encode(), body, "sha256")).decode()


def blueprint(intake: Intake, arrived: Callable[[], None]) -> Blueprint:
    """The address that is entered in LINE's console; `arrived` is called when something new is stored."""
    routes = Blueprint("line", __name__)

    @routes.post("/line/<slug>/webhook", provide_automatic_options=False)
    def webhook(slug: str) -> Response:
        signature = request.headers.get(SIGNATURE)
        if not signature:
            return _answer(400, "no signature")
        request.max_content_length = MOST_BYTES + 1  # a body without a length is cut there, and nothing said
        body = request.get_data(cache=False)
        if len(body) > MOST_BYTES:
            return _answer(413, "too large")
        agency = intake.agency(slug, body, signature)
        if agency is None:
            return _answer(401, "wrong signature")
        events = _events(body)
        if events is None:
            return _answer(400, "not a webhook body")
        if len(events) > MOST_EVENTS:
            return _answer(413, "too many events")
        if intake.store(agency, events):
            arrived()
        return _answer(200, "OK")

    return routes


def _events(body: bytes) -> list[dict[str, Any]] | None:
    """The events of a body, without what is none; None where the body itself is none of a webhook."""
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError):
        return None
    listed = parsed.get("events") if isinstance(parsed, dict) else None
    if not isinstance(listed, list):
        return None
    events = [event for event in listed if isinstance(event, dict) and not _is_deeper(event, DEEPEST)]
    return [event for event in events if event.get("type") != RESULT]


def _is_deeper(value: dict[str, Any] | list[Any], levels: int) -> bool:
    """Whether tables and lists lie in one another more than `levels` deep."""
    inside = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(one, levels - 1) for one in inside if isinstance(one, (dict, list)))


def _event_id(event: dict[str, Any], raw: bytes) -> str:
    """LINE's id of an event. An odd one is hashed; an event without one is known again by what it says."""
    given = event.get("webhookEventId")
    if not isinstance(given, str) or not given:
        return hashlib.sha256(raw).hexdigest()
    return plain_id(given) or hashlib.sha256(given.encode("utf-8", "surrogatepass")).hexdigest()


def _happened_at(event: dict[str, Any], now: int) -> int:
    """When an event happened, in milliseconds; now where it does not say, or says what cannot be."""
    at = event.get("timestamp")
    return at if type(at) is int and 0 <= at <= now + MOST_AHEAD_MS else now  # to isinstance, True is an int too


def _answer(status: int, words: str) -> Response:
    return Response(words, status, mimetype="text/plain")
