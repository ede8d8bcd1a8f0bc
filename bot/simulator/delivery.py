"""Webhooks out: signed as LINE signs them, in order for each conversation, delivered again on failure."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from bot.simulator import events
from bot.simulator.accounts import Account
from bot.simulator.clock import Clock
from bot.simulator.faults import Faults
from bot.simulator.record import Record

HELD_SECONDS = 1.0


@dataclass(frozen=True)
class Parcel:
    """One event on its way to a bot."""

    account: Account
    chat_id: str
    event: events.Event
    attempt: int = 1


@dataclass(frozen=True)
class Answer:
    """What the bot's webhook said, or why it said nothing."""

    status: int | None
    ms: float
    error: str | None = None

    @property
    def good(self) -> bool:
        """Whether LINE would call it delivered."""
        return self.status in range(200, 300)


def sign(secret: str, body: bytes) -> str:
    """The value of `x-line-signature`."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def post(url: str, secret: str, destination: str, batch: list[events.Event], seconds: float) -> Answer:
    """Send one signed webhook and wait for its answer."""
    body = json.dumps({"destination": destination, "events": batch}, ensure_ascii=False).encode()
    headers = {"content-type": "application/json; charset=utf-8", "x-line-signature": sign(secret, body)}
    started = time.monotonic()
    try:
        status, error = _send(url, body, {**headers, "user-agent": "LineBotWebhook/2.0"}, seconds), None
    except (OSError, http.client.HTTPException, ValueError) as reason:
        status, error = None, type(reason).__name__
    return Answer(status, round((time.monotonic() - started) * 1000, 2), error)


def _send(url: str, body: bytes, headers: dict[str, str], seconds: float) -> int:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=seconds)
    try:
        connection.request("POST", parts.path or "/", body, headers)
        response = connection.getresponse()
        response.read()
        return response.status
    finally:
        connection.close()


class Lanes:
    """Work done strictly in turn within a lane, and side by side between lanes."""

    def __init__(self, work: Callable[[Parcel], None]) -> None:
        self._work = work
        self._lock = threading.Lock()
        self._waiting: dict[str, deque[Parcel]] = {}
        self._pool = ThreadPoolExecutor(max_workers=16, thread_name_prefix="webhook")
        self.closed = False

    def put(self, lane: str, parcel: Parcel) -> None:
        """Add to the end of a lane."""
        with self._lock:
            queue = self._waiting.setdefault(lane, deque())
            queue.append(parcel)
            if len(queue) == 1 and not self.closed:
                self._pool.submit(self._drain, lane, queue)

    def close(self) -> None:
        """Stop after what is under way."""
        self.closed = True
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _drain(self, lane: str, queue: deque[Parcel]) -> None:
        while not self.closed:
            self._work(queue[0])
            with self._lock:
                queue.popleft()
                if not queue:
                    del self._waiting[lane]
                    return


class Delivery:
    """Takes events and brings them to the bots, with the troubles that were asked for."""

    def __init__(self, record: Record, clock: Clock, faults: Faults, delays: tuple[float, ...], seconds: float) -> None:
        self._record, self._clock, self._faults = record, clock, faults
        self._delays, self._seconds = delays, seconds
        self._lanes = Lanes(self._deliver)
        self._held: list[Parcel] = []
        self._held_lock = threading.Lock()

    def send(self, account: Account, chat_id: str, event: events.Event) -> None:
        """Bring an event to the account's webhook, soon; to none where the console says not to use one."""
        if not account.uses_webhook:
            return
        parcel = Parcel(account, chat_id, event)
        with self._held_lock:
            if self._faults.take(("reorder",), account.agency.slug):
                self._hold(parcel)
                return
            held, self._held = self._held, []
        for each in (*reversed(held), parcel):
            self._put(each)

    def close(self) -> None:
        """Deliver nothing more."""
        self._lanes.close()

    def _hold(self, parcel: Parcel) -> None:
        self._held.append(parcel)
        if any(fault["kind"] == "reorder" for fault in self._faults.as_json()):
            self._later(HELD_SECONDS, self._release)
        else:
            self._later(0.0, self._release)

    def _release(self) -> None:
        with self._held_lock:
            held, self._held = self._held, []
        for parcel in reversed(held):
            self._put(parcel)

    def _put(self, parcel: Parcel) -> None:
        slug = parcel.account.agency.slug
        times = 2 if parcel.attempt == 1 and self._faults.take(("twice",), slug) else 1
        for _ in range(times):
            self._lanes.put(f"{slug}|{parcel.chat_id}", parcel)

    def _deliver(self, parcel: Parcel) -> None:
        agency, event = parcel.account.agency, parcel.event
        answer = post(parcel.account.webhook, agency.channel_secret, agency.bot_user_id, [event], self._seconds)
        self._write(parcel, answer)
        if not answer.good and parcel.attempt <= len(self._delays):
            self._later(self._delays[parcel.attempt - 1], lambda: self._again(parcel))

    def _again(self, parcel: Parcel) -> None:
        token = parcel.event.get("replyToken")
        if token:
            parcel.account.tokens.reissue(token, self._clock.now())
        event = events.redelivered(parcel.event)
        self._put(replace(parcel, event=event, attempt=parcel.attempt + 1))

    def _later(self, seconds: float, act: Callable[[], None]) -> None:
        timer = threading.Timer(seconds, lambda: None if self._lanes.closed else act())
        timer.daemon = True
        timer.start()

    def _write(self, parcel: Parcel, answer: Answer) -> None:
        facts: dict[str, Any] = {
            "chat": parcel.chat_id,
            "event": parcel.event,
            "attempt": parcel.attempt,
            "status": answer.status,
            "ms": answer.ms,
            "error": answer.error,
        }
        user = parcel.event.get("source", {}).get("userId")
        self._record.write("webhook", parcel.account.agency.slug, user, **facts)
