"""Signed webhooks as LINE posts them: one text event a body, a person and an event id of its own."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Posted:
    """One webhook, ready to be written to a socket."""

    key: str
    request: bytes


def webhook(port: int, path: str, secret: str, text: str) -> Posted:
    """A webhook in which somebody new says `text`."""
    key = secrets.token_hex(16)
    body = json.dumps({"destination": "U" + "0" * 32, "events": [_event(key, text)]}, ensure_ascii=False).encode()
    signature = base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUser-Agent: LineBotWebhook/2.0\r\n"
        f"Content-Type: application/json; charset=utf-8\r\nX-Line-Signature: {signature}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return Posted(key, head.encode() + body)


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
