"""A client of the desk's controls for tests and tools: the standard library only."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Item = dict[str, Any]


class DeskRefused(Exception):
    """The desk would not do what was asked."""


@dataclass(frozen=True)
class Desk:
    """A desk at an address; `who` is a user id, or `group` together with `user_id`."""

    url: str

    def say(self, slug: str, who: str, text: str, **more: Any) -> Item:
        """Send a text as a person."""
        return self.act(slug, who, "say", text=text, **more)

    def tap(self, slug: str, who: str, action: Item, **more: Any) -> Item:
        """Touch a button with this action."""
        return self.act(slug, who, "tap", action=action, **more)

    def tap_label(self, slug: str, who: str, label: str, **more: Any) -> Item:
        """Touch the newest button, quick reply or menu area with this label; LookupError where none shows."""
        for action in self.actions(slug, who):
            if action.get("label") == label:
                return self.tap(slug, who, action, **more)
        raise LookupError(f"nothing labelled {label!r} is shown")

    def actions(self, slug: str, who: str) -> list[Item]:
        """Every action a person could touch now, newest first; quick replies of the last message only."""
        view = self.chat(slug, who)
        talk = [item for item in view["items"] if item["from"] != "desk"]
        quick = [talk[-1]["message"].get("quickReply", {})] if talk else []
        said = [item["message"] for item in reversed(talk) if item["from"] == "bot"]
        messages = [{**message, "quickReply": None} for message in said]
        return list(_actions([quick, messages, view["richMenu"]]))

    def act(self, slug: str, who: str, act: str, **asked: Any) -> Item:
        """Anything else: photo, file, location, sticker, follow, block, unblock, unsend, pick."""
        return self._post(f"/sim/{slug}/{who}/{act}", asked)

    def chat(self, slug: str, who: str, after: int = 0, wait: float = 0.0) -> Item:
        """What was said after item `after`, and what the person sees beside it."""
        return self._get(f"/sim/{slug}/{who}/chat", after=after, wait=wait)

    def wait_for_reply(self, slug: str, who: str, after: int = 0, timeout: float = 30.0) -> Item:
        """The first thing the bot says after item `after`; TimeoutError where it stays silent."""
        deadline = time.monotonic() + timeout
        while (left := deadline - time.monotonic()) > 0:
            view = self.chat(slug, who, after, min(left, 5.0))
            for item in view["items"]:
                if item["from"] == "bot":
                    return dict(item)
            after = view["next"]
        raise TimeoutError(f"no reply within {timeout} s")

    def record(self, after: int = 0, agency: str | None = None, kind: str | None = None) -> list[Item]:
        """Every entry of the record after number `after`."""
        entries: list[Item] = []
        while True:
            page = self._get("/sim/record", after=after, **({"agency": agency} if agency else {}))
            entries += [each for each in page["entries"] if kind in (None, each["kind"])]
            if not page["entries"]:
                return entries
            after = page["next"]

    def wait_for_record(self, count: int, timeout: float = 30.0, **facts: Any) -> list[Item]:
        """At least `count` entries with these facts; TimeoutError where they do not come."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            found = [each for each in self.record() if all(each.get(k) == v for k, v in facts.items())]
            if len(found) >= count:
                return found
            time.sleep(0.01)
        raise TimeoutError(f"fewer than {count} entries with {facts}")

    def state(self) -> Item:
        """Agencies, personas, quotas."""
        return self._get("/sim/state")

    def faults(self, kind: str, count: int = 1, **more: Any) -> None:
        """Plan a trouble for the next calls or webhooks."""
        self._post("/sim/faults", {"kind": kind, "count": count, **more})

    def no_faults(self) -> None:
        """Forget the planned troubles."""
        self._send("/sim/faults", method="DELETE")

    def advance(self, seconds: float) -> None:
        """Let time pass on the desk."""
        self._post("/sim/clock", {"advance": seconds})

    def quota(self, limit: int | None, **more: Any) -> None:
        """Set what the plan allows."""
        self._post("/sim/quota", {"limit": limit, **more})

    def rate(self, endpoint: str, calls: int, seconds: float = 1.0) -> None:
        """Set how many calls an endpoint takes."""
        self._post("/sim/rate", {"endpoint": endpoint, "calls": calls, "seconds": seconds})

    def chat_mode(self, mode: str, **more: Any) -> None:
        """Switch the account's own chat on ("chat") or off ("bot")."""
        self._post("/sim/chatmode", {"mode": mode, **more})

    def _get(self, path: str, **query: Any) -> Item:
        return self._send(f"{path}?{urllib.parse.urlencode(query)}")

    def _post(self, path: str, body: Item) -> Item:
        headers = {"content-type": "application/json"}
        return self._send(path, data=json.dumps(body).encode(), headers=headers)

    def _send(self, path: str, **parts: Any) -> Item:
        request = urllib.request.Request(self.url + path, **parts)  # noqa: S310, the desk's own address
        try:
            with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
                return dict(json.load(response))
        except urllib.error.HTTPError as error:
            with error:
                raise DeskRefused(error.read().decode(errors="replace")) from None


def _actions(part: Any) -> Iterator[Item]:
    if isinstance(part, dict):
        if isinstance(part.get("action"), dict):
            yield part["action"]
        children = [value for key, value in part.items() if key not in ("action", "actions")]
        listed = part.get("actions")
        yield from (each for each in listed or [] if isinstance(each, dict) and "type" in each)
        for child in children:
            yield from _actions(child)
    elif isinstance(part, list):
        for child in part:
            yield from _actions(child)
