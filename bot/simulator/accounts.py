"""One official account as the platform keeps it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from bot.simulator.chats import Chat
from bot.simulator.config import Agency, Persona
from bot.simulator.menus import RichMenus
from bot.simulator.quota import MonthlyQuota, Rates
from bot.simulator.tokens import ReplyTokens

RETRY_KEY_SECONDS = 24 * 3600.0
VISITOR_NAME = "ผู้ใช้ทดลอง"


@dataclass(frozen=True)
class Content:
    """Bytes that a person sent; they are prepared until `ready_at` by the desk's clock, or never where that `fails`."""

    media_type: str
    data: bytes
    ready_at: float = 0.0
    fails: bool = False


@dataclass(frozen=True)
class Accepted:
    """A push that was taken under a retry key."""

    request_id: str
    sent: list[dict[str, str]]
    at: float


class Account:
    """The state of one channel: people, conversations, tokens, menus, quota."""

    def __init__(self, agency: Agency) -> None:
        self.agency = agency
        self.webhook = agency.webhook
        self.uses_webhook = True
        self.chat_mode = "bot"
        self.lock = threading.RLock()
        self.people: dict[str, Persona] = {person.user_id: person for person in agency.personas}
        self.blocked: set[str] = set()
        self.read_tokens: dict[str, str] = {}
        self.issued_tokens: dict[str, float] = {}
        self.retries: dict[str, Accepted] = {}
        self.contents: dict[str, Content] = {}
        self.unsent: set[str] = set()
        self.in_group = True
        self.tokens = ReplyTokens()
        self.menus = RichMenus()
        self.quota = MonthlyQuota(agency.quota)
        self.rates = Rates()
        self._chats: dict[str, Chat] = {}

    def chat(self, chat_id: str) -> Chat:
        """The conversation with a person or with the group."""
        with self.lock:
            return self._chats.setdefault(chat_id, Chat(chat_id))

    def chats(self) -> list[Chat]:
        """Every conversation that was begun."""
        with self.lock:
            return list(self._chats.values())

    def meet(self, user_id: str) -> Persona:
        """The person with an id; whoever writes for the first time becomes known."""
        with self.lock:
            return self.people.setdefault(user_id, Persona("citizen", VISITOR_NAME, user_id))

    def knows(self, chat_id: str) -> bool:
        """Whether something can be sent there."""
        return chat_id in self.people or (chat_id == self.agency.group_id and self.in_group)

    def recipients(self, chat_id: str) -> int:
        """How many people a push there reaches, and so costs."""
        if chat_id == self.agency.group_id:
            return len(self.agency.personas)
        return 0 if chat_id in self.blocked else 1

    def accepted(self, key: str, now: float) -> Accepted | None:
        """What was taken under a retry key within the last day."""
        before = self.retries.get(key)
        return before if before and now - before.at <= RETRY_KEY_SECONDS else None

    def as_json(self, role_names: dict[str, str]) -> dict[str, Any]:
        """What the page may know: no secret, no token."""
        agency = self.agency
        return {
            "slug": agency.slug,
            "name": agency.name,
            "botUserId": agency.bot_user_id,
            "groupId": agency.group_id,
            "webhook": self.webhook,
            "quota": {**self.quota.as_json(), "used": self.quota.used},
            "personas": [self._persona_json(person, role_names) for person in agency.personas],
        }

    def _persona_json(self, person: Persona, role_names: dict[str, str]) -> dict[str, Any]:
        return {
            "role": person.role,
            "roleName": role_names[person.role],
            "name": person.name,
            "userId": person.user_id,
            "blocked": person.user_id in self.blocked,
        }
