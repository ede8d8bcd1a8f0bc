"""From a reply to LINE's messages, as plain dicts: the SDK's models cost fifteen times as much."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from bot.line import limits
from bot.line.events import Kind, tap_data
from bot.line.flex import bubble
from bot.texts import Texts
from handlers.kit import Answer, Card, Day, Go, Link, Map, Reply, Row, Tap, Words

Message = dict[str, Any]


def outside(uri: str) -> str:
    """An address as it is; none for what would have to be shown by us, where nobody can reach us."""
    return "" if uri.startswith(("evidence:", "disclosure:", "calendar:", "paper:")) else uri


class Voice:
    """Says things in one language, with one agency's particle; `address` is where a tap leads, empty for nowhere."""

    def __init__(self, texts: Texts, language: str, particle: str, address: Callable[[str], str] = outside) -> None:
        self.address = address
        self._texts = texts
        self._language = language
        self._particle = particle

    def __call__(self, said: Any) -> str:
        """`said` as a text."""
        return self._texts.tell(said, self._language, self._particle)


def render(reply: Reply, voice: Voice, asked_by: str = "") -> list[Message]:
    """At most three messages, quick replies under the last; `asked_by` is the step that an answer goes to."""
    messages = [_message(one, voice) for one in reply.bubbles[: limits.BUBBLES_A_REPLY]]
    taps = _leading_somewhere(reply.taps, voice)
    if messages and taps:
        items = [{"type": "action", "action": action(tap, voice, asked_by)} for tap in taps]
        messages[-1]["quickReply"] = {"items": items[: limits.QUICK_REPLIES]}
    return messages


def action(tap: Tap, voice: Voice, asked_by: str = "", longest: int = limits.QUICK_LABEL) -> Message:
    """A tap as LINE's action. What was tapped shows in the chat as if it had been typed."""
    label = limits.clip_label(voice(tap.label), longest)
    match tap:
        case Link(_, uri):
            return {"type": "uri", "label": label, "uri": voice.address(uri)}
        case Day():
            data = tap_data(Kind.ANSWER, asked_by)
            return {"type": "datetimepicker", "label": label, "data": urlencode(data), "mode": "date"}
        case Map():
            return {"type": "location", "label": label}
        case Answer(_, value):
            data = tap_data(Kind.ANSWER, asked_by, value)
        case Go(_, to, values):
            data = tap_data(Kind.GO, to, values=values)
    return {"type": "postback", "label": label, "data": urlencode(data), "displayText": label}


def _leading_somewhere(taps: Sequence[Tap], voice: Voice) -> Sequence[Tap]:
    return [tap for tap in taps if not isinstance(tap, Link) or voice.address(tap.uri)]


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
    card = replace(card, taps=_leading_somewhere(card.taps, voice), picture=voice.address(card.picture))
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
