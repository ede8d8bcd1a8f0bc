"""Tasks: show the menu of insiders to whoever has just joined, and take it from whoever has left.

Both are a courtesy: what a menu offers is checked when it is tapped, and `itabot menu` puts everyone's right. So LINE's
no is borne in silence.
"""

from collections.abc import Mapping
from typing import Any

from bot.channels import Channels
from bot.line.client import Lines, Outcome
from bot.line.menu_client import LineMenus
from bot.line.richmenu import LineSaysNo, definition
from bot.storage.tasks import Errand
from bot.texts import Texts

Told = Mapping[str, Any]


class OwnMenus:
    """The menus of single people, on any agency's account."""

    def __init__(self, channels: Channels, lines: Lines, texts: Texts, hosts: tuple[str, str]) -> None:
        self._channels = channels
        self._lines = lines
        self._texts = texts
        self._hosts = hosts

    def show(self, errand: Errand) -> Told:
        """The menu of insiders, where `itabot menu` has put one up."""
        menus = self._menus(errand)
        if menus is None:
            return {"done": False}
        try:
            menu = menus.names().get(definition("insider", self._texts)["name"])
            if menu:
                menus.show(menu, errand.to)
        except LineSaysNo:
            return {"done": False}
        return {"done": menu is not None}

    def hide(self, errand: Errand) -> Told:
        """The menu of everyone again."""
        menus = self._menus(errand)
        try:
            if menus:
                menus.hide(errand.to)
        except LineSaysNo:
            return {"done": False}
        return {"done": menus is not None}

    def _menus(self, errand: Errand) -> LineMenus | None:
        token = self._lines.token(self._channels.by_id(errand.agency_id))
        return None if isinstance(token, Outcome) else LineMenus(*self._hosts, token)
