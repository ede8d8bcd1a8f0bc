"""What a request asks a person to do, turned into doing it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from flask import request

from bot.simulator.people import Person, Shown

Asked = dict[str, Any]
TINY_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
TINY_PDF = b"%PDF-1.4\n%%EOF\n"


def _say(person: Person, asked: Asked) -> Shown:
    if not isinstance(asked["text"], str) or not asked["text"]:
        raise ValueError("text must be a non-empty string")
    return person.say(asked["text"], mention=bool(asked.get("mention")))


def _photo(person: Person, asked: Asked) -> Shown:
    data, kind, _ = _bytes(asked, TINY_PNG, "image/png")
    return person.photo(data, kind)


def _file(person: Person, asked: Asked) -> Shown:
    data, kind, name = _bytes(asked, TINY_PDF, "application/pdf")
    return person.file(name or "document.pdf", data, kind)


def _location(person: Person, asked: Asked) -> Shown:
    place = float(asked.get("latitude", 8.8646)), float(asked.get("longitude", 98.3498))
    return person.location(*place, asked.get("title"), asked.get("address"))


def _sticker(person: Person, asked: Asked) -> Shown:
    return person.sticker(str(asked.get("packageId", "11537")), str(asked.get("stickerId", "52002734")))


ACTS: dict[str, Callable[[Person, Asked], Shown]] = {
    "say": _say,
    "photo": _photo,
    "file": _file,
    "location": _location,
    "sticker": _sticker,
    "tap": lambda person, asked: person.tap(dict(asked["action"])),
    "pick": lambda person, asked: person.pick(str(asked["data"]), str(asked["mode"]), str(asked["value"])),
    "unsend": lambda person, asked: person.unsend(str(asked["id"])),
    "follow": lambda person, _: person.follow(),
    "unblock": lambda person, _: person.follow(),
    "block": lambda person, _: person.block(),
    "join": lambda person, _: person.join(),
}


def _bytes(asked: Asked, otherwise: bytes, kind: str) -> tuple[bytes, str, str | None]:
    upload = request.files.get("file")
    if upload:
        return upload.read(), upload.mimetype or kind, upload.filename
    if "base64" in asked:
        otherwise = base64.b64decode(asked["base64"], validate=True)
    return otherwise, str(asked.get("type", kind)), asked.get("name")
