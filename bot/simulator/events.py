"""Webhook events in LINE's shapes, as plain dicts."""

from __future__ import annotations

from typing import Any

from bot.simulator import ids

Event = dict[str, Any]


def source(user_id: str, group_id: str | None = None) -> dict[str, str]:
    """Who an event comes from."""
    if group_id is None:
        return {"type": "user", "userId": user_id}
    return {"type": "group", "groupId": group_id, "userId": user_id}


def event(kind: str, at_ms: int, origin: dict[str, str], reply_token: str | None, **parts: Any) -> Event:
    """The envelope that every event shares."""
    made: Event = {
        "type": kind,
        "mode": "active",
        "timestamp": at_ms,
        "source": origin,
        "webhookEventId": ids.ulid(at_ms),
        "deliveryContext": {"isRedelivery": False},
        **parts,
    }
    return made if reply_token is None else {"replyToken": reply_token, **made}


def message(kind: str, message_id: str, **parts: Any) -> dict[str, Any]:
    """The message part of a message event."""
    quotable = {"quoteToken": ids.token(64)} if kind in ("text", "sticker", "image", "video") else {}
    return {"id": message_id, "type": kind, **quotable, "markAsReadToken": ids.token(64), **parts}


def mention_of_self(text: str, bot_name: str, bot_user_id: str) -> dict[str, Any]:
    """The mention part of a text in which somebody calls the account by its name."""
    called = "@" + bot_name
    index, length = (len(part.encode("utf-16-le")) // 2 for part in (text[: text.index(called)], called))
    who = {"index": index, "length": length, "type": "user", "userId": bot_user_id, "isSelf": True}
    return {"mentionees": [who]}


def redelivered(first: Event) -> Event:
    """The same event, marked as one that was sent before."""
    return {**first, "deliveryContext": {"isRedelivery": True}}
