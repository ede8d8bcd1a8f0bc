"""From LINE's event JSON to what was heard. Nothing here trusts a field to be there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any
from urllib.parse import parse_qsl

from bot.line.limits import DATA, TEXT


class Kind(Enum):
    """How something was said."""

    TEXT = auto()
    ANSWER = auto()  # a tap that answers the open question
    GO = auto()  # a tap that starts a step
    TRIGGER = auto()  # anything else that a feature may wait for


@dataclass(frozen=True)
class Heard:
    """One thing that was said or done, by whom and where."""

    kind: Kind
    user_id: str = ""
    group_id: str = ""
    mentioned: bool = False
    text: str = ""
    message: str = ""  # the id by which it may be taken back
    step: str = ""  # of a tap: the step it starts, or the one that asked
    chosen: str = ""
    trigger: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    reply_token: str = ""

    @property
    def to(self) -> str:
        """Where an answer goes."""
        return self.group_id or self.user_id


@dataclass(frozen=True)
class Ignored:
    """An event without a meaning here, and why."""

    reason: str


MESSAGE_TRIGGERS = {"image", "video", "audio", "file", "location", "sticker"}
EVENT_TRIGGERS = {"follow", "unfollow", "join", "unsend"}
#: What comes of a task: an event of our own making. The webhook lets none in.
RESULT = "task"
#: LINE's ids and tokens have 26 to 33 letters; it may make them longer.
LONGEST_ID = 255


def lane_source(event: Mapping[str, Any]) -> str:
    """Whose lane an event belongs to: a group's, a person's, or the agency's own where nobody is named."""
    source = _table(event, "source")
    return _group(source) or plain_id(source.get("userId")) or "agency"


def plain_id(value: Any) -> str:
    """An id or token as LINE writes them, empty where `value` is none."""
    fits = isinstance(value, str) and len(value) <= LONGEST_ID and value.isascii() and value.isprintable()
    return value if fits else ""


def hear(event: Mapping[str, Any]) -> Heard | Ignored:
    """What an event says, or why it says nothing here."""
    if event.get("mode", "active") != "active":
        return Ignored("standby")
    kind = _type(event)
    read = {"message": _message, "postback": _postback, RESULT: _result}
    if kind in read:
        return read[kind](event)
    if kind in EVENT_TRIGGERS:
        return Heard(Kind.TRIGGER, trigger=f"event:{kind}", values=_news(kind, event), **_from(event))
    return Ignored(f"type {kind}")


def result(name: str, to: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The event that tells a person's lane what came of a task."""
    return {"type": RESULT, "source": {"type": "user", "userId": to}, "task": {"name": name, "values": dict(values)}}


def tap_data(kind: Kind, step: str, chosen: str = "", values: Mapping[str, Any] | None = None) -> list[tuple[str, str]]:
    """What a tap carries, as pairs for a query string; `_postback` reads it back."""
    if kind is Kind.ANSWER:
        return [("at", step), ("a", chosen)]
    return [("go", step), *((name, str(value)) for name, value in (values or {}).items())]


def _message(event: Mapping[str, Any]) -> Heard | Ignored:
    message = _table(event, "message")
    kind, known_by = _type(message), plain_id(message.get("id"))
    if kind == "text":
        text, mentioned = _without_mention(message)
        return Heard(Kind.TEXT, text=text, message=known_by, **{**_from(event), "mentioned": mentioned})
    if kind in MESSAGE_TRIGGERS:
        values = _contents(kind, message)
        return Heard(Kind.TRIGGER, trigger=f"heard:{kind}", values=values, message=known_by, **_from(event))
    return Ignored(f"message {kind}")


def _news(kind: str, event: Mapping[str, Any]) -> dict[str, Any]:
    if kind == "unsend":
        return {"message": plain_id(_table(event, "unsend").get("messageId"))}
    return {"unblocked": bool(_table(event, "follow").get("isUnblocked"))}


def _result(event: Mapping[str, Any]) -> Heard:
    task = _table(event, "task")
    return Heard(
        Kind.TRIGGER, trigger=f"task:{plain_id(task.get('name'))}", values=_table(task, "values"), **_from(event)
    )


def _contents(kind: str, message: Mapping[str, Any]) -> dict[str, Any]:
    """What a picture, file or place says about itself; where its bytes lie is known by the id alone."""
    told: dict[str, Any] = {"kind": kind}
    if kind == "location":
        told |= {name: _kept(message.get(name)) for name in ("title", "address")}
        return told | {name: _degrees(message, name) for name in ("latitude", "longitude")}
    together = _table(message, "imageSet")
    told |= {"set": plain_id(together.get("id")), "of_set": _count(together, "total")}
    told |= {"name": _kept(message.get("fileName")), "size": _count(message, "fileSize")}
    return told | {"elsewhere": _table(message, "contentProvider").get("type") == "external"}


def _postback(event: Mapping[str, Any]) -> Heard | Ignored:
    postback = _table(event, "postback")
    params = _table(postback, "params")
    if "newRichMenuAliasId" in params or params.get("status"):
        return Ignored("rich menu switch")
    data = _tapped(postback)
    picked = next((_kept(params[name]) for name in ("date", "time", "datetime") if name in params), "")
    if "at" in data:
        return Heard(Kind.ANSWER, step=data["at"], chosen=data.get("a") or picked, **_from(event))
    if "go" in data:
        return Heard(Kind.GO, step=data.pop("go"), values=data, **_from(event))
    return Heard(Kind.TRIGGER, trigger="event:stale_tap", **_from(event))


def _tapped(postback: Mapping[str, Any]) -> dict[str, str]:
    """What a tap carries; nothing where it is longer than LINE lets any tap of ours be."""
    data = postback.get("data")
    if not isinstance(data, str) or len(data) > DATA:
        return {}
    return {_kept(name): _kept(value) for name, value in parse_qsl(data, keep_blank_values=True)}


def _from(event: Mapping[str, Any]) -> dict[str, Any]:
    source = _table(event, "source")
    group = _group(source)
    return {
        "user_id": plain_id(source.get("userId")),
        "group_id": group,
        "mentioned": bool(group) and event.get("type") in {"postback", "join"},  # a tap is meant for the bot
        "reply_token": plain_id(event.get("replyToken")),
    }


def _group(source: Mapping[str, Any]) -> str:
    return plain_id(source.get("groupId")) or plain_id(source.get("roomId"))


def _type(parent: Mapping[str, Any]) -> str:
    """The name of a type. It is kept as the reason why an event was ignored, so nothing else may pass for one."""
    name = plain_id(parent.get("type"))
    return name if name.isidentifier() else "unknown"


def _without_mention(message: Mapping[str, Any]) -> tuple[str, bool]:
    """The text without the bot's own name, and whether it was named. LINE counts in UTF-16 units."""
    units = _units(message.get("text"))
    named = [m for m in _list(_table(message, "mention"), "mentionees") if isinstance(m, dict) and m.get("isSelf")]
    for start, length in sorted(((_count(one, "index"), _count(one, "length")) for one in named), reverse=True):
        units = units[: 2 * start] + units[2 * (start + length) :]
    return _letters(units).strip(), bool(named)


def _kept(value: Any) -> str:
    """A text that every database takes: not too long, no NUL, no half of an emoji. Empty where `value` is none."""
    return _letters(_units(value))


def _units(value: Any) -> bytes:
    """The UTF-16 units of a text, two bytes each, cut where LINE lets none be longer."""
    text = value if isinstance(value, str) else ""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * TEXT]


def _letters(units: bytes) -> str:
    return units.decode("utf-16-le", "replace").replace("\0", "")


def _count(parent: Mapping[str, Any], name: str) -> int:
    value = parent.get(name)
    return value if isinstance(value, int) and value >= 0 else 0


def _degrees(parent: Mapping[str, Any], name: str) -> float:
    value = parent.get(name)
    return float(value) if isinstance(value, int | float) and abs(value) <= 180 else 0.0  # noqa: PLR2004


def _table(parent: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = parent.get(name)
    return value if isinstance(value, dict) else {}


def _list(parent: Mapping[str, Any], name: str) -> list[Any]:
    value = parent.get(name)
    return value if isinstance(value, list) else []
