"""From a reply to LINE's messages, as plain dicts: the SDK's models cost fifteen times as much."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from bot.line import limits
from bot.line.events import Kind, tap_data
from bot.line.flex import bubble
from bot.texts import Texts
from handlers.kit import Answer, Card, Go, Link, Reply, Row, Tap, Words

Message = dict[str, Any]


class Voice:
    """Says things in one language, with one agency's particle."""

    def __init__(self, texts: Texts, language: str, particle: str) -> None:
        self._texts = texts
        self._language = language
        self._particle = particle

    def __call__(self, said: Any) -> str:
        """`said` as a text."""
        return self._texts.tell(said, self._language, self._particle)


def render(reply: Reply, voice: Voice, asked_by: str = "") -> list[Message]:
    """At most three messages, quick replies under the last; `asked_by` is the step that an answer goes to."""
    messages = [_message(one, voice) for one in reply.bubbles[: limits.BUBBLES_A_REPLY]]
    if messages and reply.taps:
        items = [{"type": "action", "action": action(tap, voice, asked_by)} for tap in reply.taps]
        messages[-1]["quickReply"] = {"items": items[: limits.QUICK_REPLIES]}
    return messages


def action(tap: Tap, voice: Voice, asked_by: str = "", longest: int = limits.QUICK_LABEL) -> Message:
    """A tap as LINE's action. What was tapped shows in the chat as if it had been typed."""
    label = limits.clip_label(voice(tap.label), longest)
    match tap:
        case Link(_, uri):
            return {"type": "uri", "label": label, "uri": uri}
        case Answer(_, value):
            data = tap_data(Kind.ANSWER, asked_by, value)
        case Go(_, to, values):
            data = tap_data(Kind.GO, to, values=values)
    return {"type": "postback", "label": label, "data": urlencode(data), "displayText": label}


def _message(said: Words | Card, voice: Voice) -> Message:
    if isinstance(said, Words):
        return {"type": "text", "text": limits.clip_text(voice(said), limits.TEXT)}
    return {
        "type": "flex",
        "altText": limits.clip_text(voice(said.summary), limits.ALT_TEXT),
        "contents": _fitting(said, voice),
    }


def _fitting(card: Card, voice: Voice) -> Message:
    """The card as a bubble, with its last notes and rows left out where it would be too large for LINE."""
    notes, rows = list(card.notes), list(card.rows)
    drawn = bubble(card, rows, notes, voice, action)
    while limits.size(drawn) > limits.BUBBLE_BYTES and (notes or rows):
        (notes or rows).pop()
        left_out = len(card.notes) + len(card.rows) - len(notes) - len(rows)
        drawn = bubble(card, [*rows, Row("…", f"+{left_out}")], notes, voice, action)
    return drawn


def texts_of(messages: Sequence[Message]) -> list[str]:
    """What can be read in messages without looking at them, one text a message."""
    return [message.get("text") or message.get("altText", "") for message in messages]
