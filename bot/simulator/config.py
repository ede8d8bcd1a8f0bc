"""Who is on the desk: agencies with their channels, and the people who chat with them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROLE_NAMES = {
    "citizen": "ประชาชน",
    "staff": "เจ้าหน้าที่",
    "head": "หัวหน้าส่วน",
    "executive": "ผู้บริหาร",
    "officer": "เจ้าหน้าที่รับเรื่อง",
    "integrity": "เจ้าหน้าที่ด้านจริยธรรม",
    "admin": "ผู้ดูแลระบบ",
}
REDELIVERY_DELAYS = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
WEBHOOK_SECONDS = 2.0


@dataclass(frozen=True)
class Persona:
    """A person at the desk, as LINE knows one: an id and a display name."""

    role: str
    name: str
    user_id: str


@dataclass(frozen=True)
class Agency:
    """One official account: its channel, its webhook and the people who use it."""

    slug: str
    name: str
    webhook: str
    channel_secret: str
    access_token: str
    bot_user_id: str
    personas: tuple[Persona, ...] = ()
    channel_id: str = ""
    quota: int | None = 15_000

    @property
    def basic_id(self) -> str:
        """What people search for and scan to find the account."""
        return "@" + self.slug

    @property
    def group_id(self) -> str:
        """The id of the one demonstration group of this account."""
        return "C" + hashlib.sha256(f"group:{self.slug}".encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Config:
    """Everything the desk is started with."""

    record: Path
    agencies: tuple[Agency, ...]
    redelivery: tuple[float, ...] = REDELIVERY_DELAYS
    webhook_seconds: float = WEBHOOK_SECONDS


def load(path: Path) -> Config:
    """The configuration written in a JSON file."""
    return from_dict(json.loads(path.read_text(encoding="utf-8")))


def from_dict(raw: dict[str, Any]) -> Config:
    """The configuration that a parsed JSON object stands for."""
    options = {key: raw[key] for key in ("webhook_seconds",) if key in raw}
    if "redelivery" in raw:
        options["redelivery"] = tuple(raw["redelivery"])
    return Config(Path(raw["record"]), tuple(_agency(each) for each in raw["agencies"]), **options)


def _agency(raw: dict[str, Any]) -> Agency:
    personas = tuple(_persona(each) for each in raw.get("personas", ()))
    return Agency(**{**raw, "personas": personas})


def _persona(raw: dict[str, Any]) -> Persona:
    if raw["role"] not in ROLE_NAMES:
        raise ValueError(f"unknown role {raw['role']!r}; known are {', '.join(ROLE_NAMES)}")
    return Persona(raw["role"], raw["name"], raw["user_id"])
