"""What LINE tells of an official account, and what it says when a token is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

Body = Mapping[str, Any]


@dataclass(frozen=True)
class Bot:
    """The account behind a token; `chat_mode` is «chat» where people read and answer in it, else «bot»."""

    user_id: str
    chat_mode: str = ""

    @classmethod
    def read(cls, body: Body) -> Self:
        """The account of LINE's answer; KeyError where it is none."""
        return cls(str(body["userId"]), str(body.get("chatMode", "")))


@dataclass(frozen=True)
class Webhook:
    """Where LINE sends the account's events, and whether it does."""

    address: str
    active: bool

    @classmethod
    def read(cls, body: Body) -> Self:
        """The webhook of LINE's answer; KeyError where it is none."""
        return cls(str(body["endpoint"]), bool(body["active"]))


@dataclass(frozen=True)
class Trial:
    """What came of the empty webhook that LINE sent to try the address; `status` is 0 where nobody answered."""

    passed: bool
    status: int
    reason: str

    @classmethod
    def read(cls, body: Body) -> Self:
        """The trial of LINE's answer; KeyError where it is none."""
        return cls(bool(body["success"]), max(0, int(body["statusCode"])), str(body["reason"]))


@dataclass(frozen=True)
class Quota:
    """How many messages may be pushed in a month, None for no limit, and how many were: by LINE's own rough count."""

    limit: int | None
    used: int

    @classmethod
    def read(cls, plan: Body, consumption: Body) -> Self:
        """The quota of LINE's two answers; KeyError where they are none."""
        limit = int(plan["value"]) if plan["type"] == "limited" else None
        return cls(limit, int(consumption["totalUsage"]))
