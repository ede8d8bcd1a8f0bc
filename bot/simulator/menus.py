"""Rich menus of one account: the menus, their pictures, and who sees which."""

from __future__ import annotations

import threading
from typing import Any

from bot.simulator import ids

Menu = dict[str, Any]
MAX_MENUS = 1000


class RichMenus:
    """What was created, drawn, named and linked."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self.menus: dict[str, Menu] = {}
        self.images: dict[str, tuple[str, bytes]] = {}
        self.aliases: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.default: str | None = None

    def create(self, request: Menu) -> str | None:
        """Keep a menu under a new id; None where the account is full."""
        with self._lock:
            if len(self.menus) >= MAX_MENUS:
                return None
            menu_id = "richmenu-" + ids.token()
            self.menus[menu_id] = {"richMenuId": menu_id, **request}
            return menu_id

    def delete(self, menu_id: str) -> None:
        """Forget a menu and every link to it."""
        with self._lock:
            self.menus.pop(menu_id, None)
            self.images.pop(menu_id, None)
            self.links = {user: linked for user, linked in self.links.items() if linked != menu_id}
            self.default = None if self.default == menu_id else self.default

    def link(self, user_id: str, menu_id: str | None) -> None:
        """Show a person one menu, or again the default."""
        with self._lock:
            if menu_id is None:
                self.links.pop(user_id, None)
            else:
                self.links[user_id] = menu_id

    def shown_to(self, user_id: str) -> Menu | None:
        """The menu a person sees: their own before the default."""
        with self._lock:
            return self.menus.get(self.links.get(user_id) or self.default or "")
