"""Links into LINE, as a scanned code or a tap opens them: the chat of an account, perhaps with words typed already."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from bot.simulator.desk import Desk

HOST = "line.me"
CHAT, FRIEND = ("R", "oaMessage"), ("R", "ti", "p")


class Opened(NamedTuple):
    """Whose chat a link opens, and what stands in the input, not sent yet."""

    slug: str
    text: str


def opened(desk: Desk, link: str) -> Opened | None:
    """Where a link leads; None where it is no such link, or the account is not on the desk."""
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return None
    path = tuple(unquote(part) for part in parts.path.split("/") if part)
    kind, account = path[:-1], path[-1] if path else ""
    if parts.scheme != "https" or parts.netloc != HOST or kind not in {CHAT, FRIEND}:
        return None
    slug = next((one.agency.slug for one in desk.accounts.values() if one.agency.basic_id == account), None)
    return Opened(slug, unquote(parts.query) if kind == CHAT else "") if slug else None
