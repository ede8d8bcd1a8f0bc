"""Takes LINE's webhook: verify the raw bytes, store, 200. No SDK and no rule of ours runs here.

LINE wants its answer within 2 s. Whatever goes wrong with storing is a 500: LINE then delivers again.
"""

import base64
import hashlib
import hmac
import json
import logging
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request

from bot.channels import Channels
from bot.line.events import lane_source
from bot.storage.agencies import Agency
from bot.storage.database import Database
from bot.storage.queue import Arrival, Queue
from bot.storage.sealing import KeyRing

MOST_BYTES = 1_000_000
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

    def agency(self, slug: str, body: bytes, signature: str) -> Agency | None:
        """The agency of `slug` where `signature` is that of its channel over `body`."""
        agency = self._channels.by_slug(slug)
        secret = agency.channel_secret if agency else NOBODYS_SECRET
        right = hmac.compare_digest(sign(secret, body).encode(), signature.encode("utf-8", "replace"))
        return agency if right else None

    def store(self, agency: Agency, events: list[Any]) -> int:
        """Put the events of one body into the inbox in one commit; gives how many were new."""
        arrivals = [self._arrival(agency, event) for event in events if isinstance(event, dict)]
        if not arrivals:
            return 0
        now = self._clock()
        return self._database.write(lambda c: self._queue.put(c, agency.id, arrivals, now))

    def _arrival(self, agency: Agency, event: dict[str, Any]) -> Arrival:
        raw = json.dumps(event).encode()
        event_id = event.get("webhookEventId")
        happened = event.get("timestamp")
        return Arrival(
            # An event without an id (an older shape) is known again by what it says.
            event_id=_whole(event_id) if isinstance(event_id, str) and event_id else hashlib.sha256(raw).hexdigest(),
            lane=self._ring.lookup(agency.id, "lane", _whole(lane_source(event))),
            happened_at=happened if isinstance(happened, int) and abs(happened) < 2**53 else self._clock(),
            body=raw,
        )


def sign(secret: str, body: bytes) -> str:
    """LINE's signature: HMAC-SHA256 over the raw body, base64."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def blueprint(intake: Intake, arrived: Callable[[], None]) -> Blueprint:
    """The address that is entered in LINE's console; `arrived` is called when something new is stored."""
    routes = Blueprint("line", __name__)

    @routes.post("/line/<slug>/webhook")
    def webhook(slug: str) -> Response:
        signature = request.headers.get(SIGNATURE)
        if not signature:
            return _answer(400, "no signature")
        if (request.content_length or 0) > MOST_BYTES:
            return _answer(413, "too large")
        body = request.get_data(cache=False)
        agency = intake.agency(slug, body, signature)
        if agency is None:
            return _answer(401, "wrong signature")
        events = _events(body)
        if events is None:
            return _answer(400, "not a webhook body")
        if intake.store(agency, events):
            arrived()
        return _answer(200, "OK")

    return routes


def _events(body: bytes) -> list[Any] | None:
    try:
        parsed = json.loads(body)
    except (ValueError, RecursionError):
        return None
    events = parsed.get("events") if isinstance(parsed, dict) else None
    return events if isinstance(events, list) else None


def _whole(text: str) -> str:
    """`text` without halves of emoji, which no database takes."""
    return text.encode("utf-8", "replace").decode()


def _answer(status: int, words: str) -> Response:
    return Response(words, status, mimetype="text/plain")
