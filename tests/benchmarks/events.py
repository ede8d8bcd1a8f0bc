"""Signed webhooks as LINE posts them: one text event a body, a person and an event id of its own."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Posted:
    """One webhook, ready to be written to a socket."""

    key: str
    request: bytes


def webhook(port: int, path: str, secret: str, text: str) -> Posted:
    """A webhook in which somebody new says `text`."""
    key = secrets.token_hex(16)
    body, headers = _signed([_event(key, text)], secret)
    lines = [f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", *(f"{name}: {is_}" for name, is_ in headers.items())]
    return Posted(key, "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body)


def verification(secret: str) -> tuple[bytes, Mapping[str, str]]:
    """Body and headers of the webhook without events that LINE's console posts at «Verify»."""
    return _signed([], secret)


def _signed(events: list[dict], secret: str) -> tuple[bytes, Mapping[str, str]]:
    body = json.dumps({"destination": "U" + "0" * 32, "events": events}, ensure_ascii=False).encode()
    signature = base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()
    headers = {
        "User-Agent": "LineBotWebhook/2.0",
        "Content-Type": "application/json; charset=utf-8",
        "X-Line-Signature": signature,
    }
    return body, headers


def _event(key: str, text: str) -> dict:
    return {
        "type": "message",
        "message": {
            "type": "text",
            "id": str(secrets.randbelow(10**18)),
            "quoteToken": secrets.token_urlsafe(48),
            "markAsReadToken": secrets.token_urlsafe(48),
            "text": text,
        },
        "webhookEventId": f"01{secrets.token_hex(12).upper()}",
        "deliveryContext": {"isRedelivery": False},
        "timestamp": time.time_ns() // 1_000_000,
        "source": {"type": "user", "userId": f"U{key}"},
        "replyToken": key,
        "mode": "active",
    }
