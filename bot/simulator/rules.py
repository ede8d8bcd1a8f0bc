"""What LINE demands of each kind of message, and of the requests that carry them."""

from __future__ import annotations

from typing import Any

from bot.simulator.action_rules import QUICK_REPLY
from bot.simulator.flex_rules import CONTAINER
from bot.simulator.shapes import (
    Check,
    Problem,
    Problems,
    array,
    boolean,
    https,
    matching,
    number,
    shape,
    tagged,
    text,
)
from bot.simulator.template_rules import IMAGEMAP, TEMPLATE
from bot.simulator.units import graphemes

ALT_TEXT = text(1, 1500)
QUOTE = text(1, 500)
SUBSTITUTIONS = 100


def _sender_name(value: Any, at: str) -> Problems:
    yield from text(1, 20, graphemes)(value, at)
    if isinstance(value, str) and "line" in value.lower().split():
        yield Problem(at, "contains a word that is not allowed")


QUICK_REPLIES = shape(
    {"items": array(tagged({"action": shape({"action": QUICK_REPLY}, {"imageUrl": https()})}), 1, 13)}
)
COMMON: dict[str, Check] = {
    "quickReply": QUICK_REPLIES,
    "sender": shape({}, {"name": _sender_name, "iconUrl": https()}),
}
EMOJI = shape({"index": number(0, 5000), "productId": text(1, 100), "emojiId": text(1, 100)})
MENTIONEE = tagged({"user": shape({"userId": text(1, 40)}), "all": shape({})})
SUBSTITUTE = tagged(
    {
        "mention": shape({"mentionee": MENTIONEE}),
        "emoji": shape({"productId": text(1, 100), "emojiId": text(1, 100)}),
    }
)


def _substitution(value: Any, at: str) -> Problems:
    if not isinstance(value, dict):
        yield Problem(at, "must be an object")
        return
    if len(value) > SUBSTITUTIONS:
        yield Problem(at, f"Size must be between 0 and {SUBSTITUTIONS}")
    for key, each in value.items():
        yield from SUBSTITUTE(each, f"{at}.{key}")


def _message(need: dict[str, Check], may: dict[str, Check] | None = None) -> Check:
    return shape(need, {**COMMON, **(may or {})})


PICTURES: dict[str, Check] = {"originalContentUrl": https(), "previewImageUrl": https()}
MESSAGE = tagged(
    {
        "text": _message({"text": text(1, 5000)}, {"emojis": array(EMOJI, 0, 20), "quoteToken": QUOTE}),
        "textV2": _message({"text": text(1, 5000)}, {"substitution": _substitution, "quoteToken": QUOTE}),
        "sticker": _message({"packageId": text(1, 20), "stickerId": text(1, 20)}, {"quoteToken": QUOTE}),
        "image": _message(PICTURES),
        "video": _message(PICTURES, {"trackingId": text(1, 100)}),
        "audio": _message({"originalContentUrl": https(), "duration": number(1, 10**9)}),
        "location": _message(
            {
                "title": text(1, 100),
                "address": text(1, 100),
                "latitude": number(-90, 90, whole=False),
                "longitude": number(-180, 180, whole=False),
            }
        ),
        "imagemap": _message(IMAGEMAP),
        "template": _message({"altText": ALT_TEXT, "template": TEMPLATE}),
        "flex": _message({"altText": ALT_TEXT, "contents": CONTAINER}),
    }
)
MESSAGES = array(MESSAGE, 1, 5)
RECIPIENT = matching(r"[UCR][0-9a-f]{32}", "invalid recipient")
UNITS = array(matching(r"[A-Za-z0-9_]{1,30}", "invalid aggregation unit"), 0, 1)
SENDING: dict[str, Check] = {"notificationDisabled": boolean}

REPLY = shape({"replyToken": text(1, 200), "messages": MESSAGES}, SENDING)
PUSH = shape({"to": RECIPIENT, "messages": MESSAGES}, {**SENDING, "customAggregationUnits": UNITS})
PERSON = matching(r"U[0-9a-f]{32}", "invalid recipient")  # no group or room
MULTICAST = shape({"to": array(PERSON, 1, 500), "messages": MESSAGES}, {**SENDING, "customAggregationUnits": UNITS})
BROADCAST = shape({"messages": MESSAGES}, SENDING)
VALIDATE = shape({"messages": MESSAGES})
LOADING = shape({"chatId": RECIPIENT}, {"loadingSeconds": number(5, 60, step=5)})
MARK_AS_READ = shape({"markAsReadToken": text(1, 200)})
WEBHOOK = matching(r"https?://\S{1,490}", "Invalid webhook endpoint URL")


def problems(check: Check, body: Any) -> list[Problem]:
    """Everything that is refused in a body; empty where LINE would take it."""
    return list(check(body, ""))
