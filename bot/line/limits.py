"""LINE's limits on what is sent, and how LINE counts: UTF-16 units for texts, graphemes for labels."""

import functools
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

MESSAGES = 5
BUBBLES_A_REPLY = 3  # our own: more is not read on a phone
TEXT = 5000
ALT_TEXT = 1500
QUICK_REPLIES = 13
QUICK_LABEL = 20
BUTTON_LABEL = 40
DATA = 300
DISPLAY_TEXT = 300
URI = 1000
BUBBLE_BYTES = 30_000
CAROUSEL_BYTES = 50_000
CAROUSEL_BUBBLES = 12

_URI = re.compile(r"^(https|http|line|tel):", re.IGNORECASE)
_JOINS = {"\u0e33", "\u0eb3", "\u200d"}  # sara am and its Lao sister join the consonant before them


def units(text: str) -> int:
    """The length of a text as LINE counts most of them: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def graphemes(text: str) -> int:
    """The length of a label as LINE counts it: what a reader sees as one letter."""
    return sum(not _joins(letter) for letter in text)


def clip_text(text: str, most: int) -> str:
    """`text` cut to `most` UTF-16 units, with an ellipsis where it was cut."""
    if units(text) <= most:
        return text
    cut = text.encode("utf-16-le", "surrogatepass")[: 2 * (most - 1)].decode("utf-16-le", "ignore")
    return cut + "…"


@functools.lru_cache(2048)  # the same few labels stand under every answer
def clip_label(text: str, most: int) -> str:
    """`text` cut to `most` graphemes, with an ellipsis where it was cut."""
    if graphemes(text) <= most:
        return text
    starts = [place for place, letter in enumerate(text) if not _joins(letter)]
    return text[: starts[most - 1]] + "…"


def size(message: Mapping[str, Any]) -> int:
    """Bytes as sent: Thai letters go out escaped, six bytes each."""
    return len(json.dumps(message))


def faults(messages: Sequence[Mapping[str, Any]]) -> list[str]:
    """Everything in `messages` that LINE would refuse and its own description of the API does not say."""
    found = [] if 1 <= len(messages) <= MESSAGES else [f"{len(messages)} messages"]
    for message in messages:
        found += _message_faults(message)
    return found


def _message_faults(message: Mapping[str, Any]) -> Iterator[str]:
    if message["type"] == "text":
        yield from _length("text", message["text"], TEXT)
    if message["type"] == "flex":
        yield from _length("altText", message["altText"], ALT_TEXT)
        yield from _flex_faults(message["contents"])
    items = message.get("quickReply", {}).get("items", ())
    if len(items) > QUICK_REPLIES:
        yield f"{len(items)} quick replies"
    for item in items:
        yield from _action_faults(item["action"], QUICK_LABEL)


def _flex_faults(flex: Mapping[str, Any]) -> Iterator[str]:
    bubbles = flex["contents"] if flex["type"] == "carousel" else [flex]
    if not 1 <= len(bubbles) <= CAROUSEL_BUBBLES:
        yield f"{len(bubbles)} bubbles"
    if len({bubble.get("size", "mega") for bubble in bubbles}) > 1:
        yield "bubbles of different sizes"
    if flex["type"] == "carousel" and size(flex) > CAROUSEL_BYTES:
        yield f"carousel of {size(flex)} bytes"
    for bubble in bubbles:
        if size(bubble) > BUBBLE_BYTES:
            yield f"bubble of {size(bubble)} bytes"
        blocks = [bubble[name] for name in ("header", "hero", "body", "footer") if name in bubble]
        if not blocks:
            yield "an empty bubble"
        for block in blocks:
            yield from _component_faults(block, inside="bubble")


def _component_faults(part: Mapping[str, Any], inside: str) -> Iterator[str]:
    kind = part["type"]
    if inside == "baseline" and kind not in {"text", "icon", "filler"}:
        yield f"{kind} in a baseline box"
    if kind == "icon" and inside != "baseline":
        yield "icon outside a baseline box"
    if kind == "span" and inside != "text":
        yield "span outside a text"
    if kind == "text" and not (part.get("text") or part.get("contents")):
        yield "an empty text"
    if kind == "button":
        yield from _action_faults(part["action"], BUTTON_LABEL)
    if kind in {"image", "icon"} and not str(part.get("url", "")).startswith("https://"):
        yield "an image without https"
    layout = part.get("layout", "text") if kind in {"box", "text"} else kind
    for child in part.get("contents", ()):
        yield from _component_faults(child, layout)


def _action_faults(action: Mapping[str, Any], label: int) -> Iterator[str]:
    text = action.get("label", "")
    if not text.strip() or graphemes(text) > label:
        yield f"label of {graphemes(text)} letters where {label} fit"
    if action["type"] == "postback":
        yield from _length("data", action.get("data", ""), DATA)
        if "displayText" in action:
            yield from _length("displayText", action["displayText"], DISPLAY_TEXT)
    if action["type"] == "uri" and not (_URI.match(action.get("uri", "")) and len(action["uri"]) <= URI):
        yield "an address LINE does not open"


def _length(name: str, text: str, most: int) -> Iterator[str]:
    if not text.strip():
        yield f"{name} is empty"
    if units(text) > most:
        yield f"{name} of {units(text)} units where {most} fit"


def _joins(letter: str) -> bool:
    return unicodedata.category(letter) in {"Mn", "Me", "Mc"} or letter in _JOINS
