"""What people do at the desk; each act shows in their chat and goes out as a webhook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.simulator import events, ids
from bot.simulator.accounts import Account, Content
from bot.simulator.chats import Chat
from bot.simulator.desk import Desk

Shown = dict[str, Any]
QUIET_TAPS = ("uri", "clipboard", "camera", "cameraRoll")


class Impossible(Exception):
    """Something that nobody could do in the real chat either."""


@dataclass(frozen=True)
class Person:
    """Someone in a conversation: alone with the account, or in its group."""

    desk: Desk
    account: Account
    user_id: str
    group_id: str | None = None

    @property
    def chat_id(self) -> str:
        """Where they are talking."""
        return self.group_id or self.user_id

    @property
    def chat(self) -> Chat:
        """The conversation they are in."""
        return self.account.chat(self.chat_id)

    def say(self, text: str, *, mention: bool = False) -> Shown:
        """Send a text, in a group perhaps calling the account by its name."""
        agency = self.account.agency
        called = f"@{agency.name}"
        if mention and called not in text:
            text = f"{called} {text}"
        parts = {"mention": events.mention_of_self(text, agency.name, agency.bot_user_id)} if mention else {}
        return self._message("text", {"text": text, **parts})

    def sticker(self, package_id: str = "11537", sticker_id: str = "52002734") -> Shown:
        """Send a sticker."""
        parts = {"packageId": package_id, "stickerId": sticker_id, "stickerResourceType": "STATIC"}
        return self._message("sticker", {**parts, "keywords": ["hello"]})

    def photo(self, data: bytes, media_type: str, number: int = 1, total: int = 1, set_id: str = "") -> Shown:
        """Send a picture, alone or as one of several; its bytes wait for the bot to fetch them."""
        parts: dict[str, Any] = {"contentProvider": {"type": "line"}}
        if set_id:
            parts["imageSet"] = {"id": set_id, "index": number, "total": total}
        return self._message("image", parts, Content(media_type, data))

    def film(self, kind: str, content: Content, duration: int = 1000) -> Shown:
        """Send a film or a recording (`video`, `audio`), which LINE prepares for a while."""
        return self._message(kind, {"duration": duration, "contentProvider": {"type": "line"}}, content)

    def file(self, name: str, data: bytes, media_type: str) -> Shown:
        """Send a file."""
        return self._message("file", {"fileName": name, "fileSize": len(data)}, Content(media_type, data))

    def location(self, latitude: float, longitude: float, title: str | None, address: str | None) -> Shown:
        """Share a place."""
        named = {"title": title, "address": address}
        place = {"latitude": latitude, "longitude": longitude}
        return self._message("location", {**{k: v for k, v in named.items() if v}, **place})

    def tap(self, action: dict[str, Any]) -> Shown:
        """Touch a button, a quick reply or an area of the menu."""
        kind = action.get("type")
        if kind == "message":
            return self.say(str(action["text"]))
        if kind == "postback":
            return self.postback(str(action["data"]), action.get("displayText") or action.get("text"))
        if kind == "richmenuswitch":
            return self._switch(str(action["richMenuAliasId"]), str(action.get("data", "")))
        if kind in QUIET_TAPS:
            return {"sent": False}
        raise Impossible(f"an action of type {kind} needs more than a tap")

    def pick(self, data: str, mode: str, value: str) -> Shown:
        """Choose in a date picker."""
        return self.postback(data, None, {mode: value})

    def postback(self, data: str, shown: str | None, params: dict[str, str] | None = None) -> Shown:
        """Send what a button carries; `shown` appears as the person's own words."""
        self._may_write()
        item = self._show("text", {"type": "text", "text": shown}) if shown else {}
        part = {"data": data, **({"params": params} if params else {})}
        return self._send("postback", postback=part) | item

    def follow(self) -> Shown:
        """Add the account as a friend, or lift a block."""
        unblocked = self.user_id in self.account.blocked
        self.account.blocked.discard(self.user_id)
        self._note("follow")
        return self._send("follow", follow={"isUnblocked": unblocked})

    def block(self) -> Shown:
        """Block the account; nothing it sends is shown from now on."""
        self.account.blocked.add(self.user_id)
        self._note("block")
        return self._send("unfollow", answerable=False)

    def unsend(self, message_id: str) -> Shown:
        """Take back a message of one's own."""
        item = self.chat.find(message_id)
        if item is None or item.get("userId") != self.user_id:
            raise Impossible("only a message of one's own can be taken back")
        self.account.unsent.add(message_id)
        self.account.contents.pop(message_id, None)
        self._note("unsend", ref=message_id)
        return self._send("unsend", answerable=False, unsend={"messageId": message_id})

    def join(self) -> Shown:
        """Invite the account into the group."""
        self.account.in_group = True
        self._note("join")
        origin = {"type": "group", "groupId": self.chat_id}
        return self._send("join", origin=origin)

    def _may_write(self) -> None:
        if not self.group_id and self.user_id in self.account.blocked:
            raise Impossible("the person has blocked the account")

    def _switch(self, alias: str, data: str) -> Shown:
        menus = self.account.menus
        menu_id = menus.aliases.get(alias)
        status = "RICHMENU_ALIAS_ID_NOTFOUND" if menu_id is None else "SUCCESS"
        if menu_id is not None and menu_id not in menus.menus:
            status = "RICHMENU_NOTFOUND"
        if status == "SUCCESS":
            menus.link(self.user_id, menu_id)
            self.chat.touch()
        return self.postback(data, None, {"newRichMenuAliasId": alias, "status": status})

    def _message(self, kind: str, parts: dict[str, Any], content: Content | None = None) -> Shown:
        self._may_write()
        message_id = ids.message_id()
        if content:
            self.account.contents[message_id] = content
        item = self._show(kind, {"type": kind, **parts}, message_id)
        made = events.message(kind, message_id, **parts)
        self.account.read_tokens[made["markAsReadToken"]] = self.chat_id
        return self._send("message", message=made) | item

    def _show(self, kind: str, message: dict[str, Any], message_id: str | None = None) -> Shown:
        person = self.account.meet(self.user_id)
        facts = {"id": message_id or ids.message_id(), "userId": self.user_id, "name": person.name}
        return self.chat.add("user", kind, **facts, at=self.desk.clock.now_ms(), message=message)

    def _note(self, kind: str, **facts: Any) -> None:
        self.chat.add("desk", kind, userId=self.user_id, at=self.desk.clock.now_ms(), **facts)

    def _send(self, kind: str, *, answerable: bool = True, origin: dict[str, str] | None = None, **parts: Any) -> Shown:
        self.account.meet(self.user_id)
        clock, tokens = self.desk.clock, self.account.tokens
        token = tokens.issue(self.chat_id, self.user_id, clock.now()) if answerable else None
        origin = origin or events.source(self.user_id, self.group_id)
        event = events.event(kind, clock.tick_ms(), origin, token, **parts)
        shown_so_far = self.chat.last()
        self.desk.delivery.send(self.account, self.chat_id, event)
        return {"sent": True, "webhookEventId": event["webhookEventId"], "n": shown_so_far}
