"""What a request asks a person to do, turned into doing it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from flask import request

from bot.simulator.accounts import Content
from bot.simulator.people import Person, Shown

Asked = dict[str, Any]
Act = Callable[[Person, Asked], Shown]
TINY_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
TINY_PDF = b"%PDF-1.4\n%%EOF\n"
TINY_MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp42\x00\x00\x00\x08mdat"


def _say(person: Person, asked: Asked) -> Shown:
    if not isinstance(asked["text"], str) or not asked["text"]:
        raise ValueError("text must be a non-empty string")
    return person.say(asked["text"], mention=bool(asked.get("mention")))


def _photo(person: Person, asked: Asked) -> Shown:
    data, kind, _ = _bytes(asked, TINY_PNG, "image/png")
    return person.photo(data, kind, int(asked.get("number", 1)), int(asked.get("total", 1)), str(asked.get("set", "")))


def _film(kind: str) -> Act:
    def send(person: Person, asked: Asked) -> Shown:
        data, media_type, _ = _bytes(asked, TINY_MP4, "video/mp4" if kind == "video" else "audio/mp4")
        ready_at = person.desk.clock.now() + float(asked.get("prepares", 0))
        return person.film(kind, Content(media_type, data, ready_at, fails=bool(asked.get("fails"))))

    return send


def _file(person: Person, asked: Asked) -> Shown:
    data, kind, name = _bytes(asked, TINY_PDF, "application/pdf")
    return person.file(name or "paper.pdf", data, kind)


def _location(person: Person, asked: Asked) -> Shown:
    place = float(asked.get("latitude", 8.8646)), float(asked.get("longitude", 98.3498))
    return person.location(*place, asked.get("title"), asked.get("address"))


def _sticker(person: Person, asked: Asked) -> Shown:
    return person.sticker(str(asked.get("packageId", "11537")), str(asked.get("stickerId", "52002734")))


ACTS: dict[str, Act] = {
    "say": _say,
    "photo": _photo,
    "video": _film("video"),
    "audio": _film("audio"),
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
