"""Conversations: what both sides said, in order, and a way to wait for more."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

Item = dict[str, Any]


class Chat:
    """One conversation of an account, with a person or with the group."""

    def __init__(self, chat_id: str) -> None:
        self.chat_id = chat_id
        self._items: list[Item] = []
        self._news = threading.Condition()

    def add(self, side: str, kind: str, **facts: Any) -> Item:
        """Append what happened; `side` is user, bot or desk."""
        with self._news:
            item = {"n": len(self._items) + 1, "from": side, "type": kind, **facts}
            self._items.append(item)
            self._news.notify_all()
        return item

    def last(self) -> int:
        """The number of the newest item."""
        return len(self._items)

    def touch(self) -> None:
        """Wake those who wait, because something beside the messages changed."""
        with self._news:
            self._news.notify_all()

    def find(self, message_id: str) -> Item | None:
        """The item with a message id."""
        return next((item for item in self._items if item.get("id") == message_id), None)

    def after(self, n: int, wait: float = 0.0, changed: Callable[[], bool] | None = None) -> list[Item]:
        """Items numbered above `n`; waits a while for one, or for `changed`, where there is none."""
        with self._news:
            self._news.wait_for(lambda: len(self._items) > n or (changed is not None and changed()), wait)
            return self._items[max(n, 0) :]
