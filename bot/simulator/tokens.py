"""Reply tokens: usable once, for a minute, again for a minute after a redelivery."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from bot.simulator import ids

LIFE_SECONDS = 60.0
REDELIVERY_LIFE_SECONDS = 20 * 60.0


@dataclass
class ReplyToken:
    """One right to answer, and what it answers."""

    text: str
    chat_id: str
    user_id: str | None
    event_at: float
    issued_at: float
    used: bool = False
    made: float = field(default_factory=time.monotonic)

    def alive(self, now: float) -> bool:
        """Whether it can still be used."""
        return not self.used and now - self.issued_at <= LIFE_SECONDS


class ReplyTokens:
    """All reply tokens of one account."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tokens: dict[str, ReplyToken] = {}

    def issue(self, chat_id: str, user_id: str | None, now: float) -> str:
        """A fresh token for an event of a conversation."""
        text = ids.token()
        with self._lock:
            self._tokens[text] = ReplyToken(text, chat_id, user_id, now, now)
        return text

    def reissue(self, text: str, now: float) -> None:
        """Start the minute again, as a redelivery does within twenty minutes of the event."""
        with self._lock:
            held = self._tokens.get(text)
            if held and now - held.event_at <= REDELIVERY_LIFE_SECONDS:
                held.issued_at = now

    def find(self, text: str) -> ReplyToken | None:
        """The token as it stands, used or not."""
        return self._tokens.get(text)

    def spend(self, text: str, now: float) -> ReplyToken | None:
        """Use a token up; None where it is unknown, used or old."""
        with self._lock:
            held = self._tokens.get(text)
            if held is None or not held.alive(now):
                return None
            held.used = True
            return held

    def expire_all(self) -> None:
        """Let every token held now be too old."""
        with self._lock:
            for held in self._tokens.values():
                held.used = True
