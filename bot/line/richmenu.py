"""The menu under the chat: one for citizens, one for those who work for the agency.

A villager with an old phone taps a picture; nothing has to be typed. The pictures are drawn beforehand
(`python -m bot.line.menus`), so that no machine needs fonts to serve them.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlencode

from bot.line.events import Kind, tap_data
from bot.line.limits import QUICK_LABEL, clip_label

if TYPE_CHECKING:
    from bot.texts import Texts

WIDTH, HEIGHT = 1200, 810
COLUMNS, ROWS = 3, 2
PICTURES = Path(__file__).resolve().parent / "menus"

#: What stands in the six fields, left to right, top to bottom.
AUDIENCES: Mapping[str, Sequence[str]] = {
    "citizen": (
        "complaint.start", "following.mine", "knowledge.browse", "disclosure.start", "survey.start", "office.call",
    ),
    "insider": (
        "score.now", "score.which", "score.lowest", "score.compare", "measures.mine", "help.menu",
    ),
}  # fmt: skip


class LineSaysNo(Exception):
    """LINE did not do what was asked; the text says why, and names no person."""


@dataclass(frozen=True)
class Published:
    """What was made anew, by name; and of how many `members` how many are `left_out`: LINE took no menu for them."""

    made: Sequence[str]
    members: int
    left_out: int


class Menus(Protocol):
    """LINE's calls on rich menus, for one channel."""

    def names(self) -> Mapping[str, str]:
        """The id of every menu by its name."""

    def create(self, menu: Mapping[str, Any], picture: bytes) -> str:
        """Make a menu with its picture; gives its id."""

    def delete(self, menu_id: str) -> None:
        """Remove a menu."""

    def show_everyone(self, menu_id: str) -> None:
        """Show a menu to whoever has none of their own."""

    def show(self, menu_id: str, line_user_id: str) -> None:
        """Show a menu to one person; LineSaysNo where LINE does not do it."""


def publish(menus: Menus, texts: "Texts", insiders: Sequence[str]) -> Published:
    """Put both menus up, and take down those they replace; no member stops the others."""
    wanted = {audience: definition(audience, texts) for audience in AUDIENCES}
    known = dict(menus.names())
    made = [menu["name"] for menu in wanted.values() if menu["name"] not in known]
    for audience, menu in wanted.items():
        if menu["name"] not in known:
            known[menu["name"]] = menus.create(menu, picture(audience))
    menus.show_everyone(known[wanted["citizen"]["name"]])
    left_out = sum(not _shown(menus, known[wanted["insider"]["name"]], line_user_id) for line_user_id in insiders)
    current = {menu["name"] for menu in wanted.values()}
    for name, menu_id in known.items():
        if name.startswith("itabot ") and name not in current:
            menus.delete(menu_id)
    return Published(made, len(insiders), left_out)


def _shown(menus: Menus, menu_id: str, line_user_id: str) -> bool:
    try:
        menus.show(menu_id, line_user_id)
    except LineSaysNo:
        return False
    return True


def definition(audience: str, texts: "Texts") -> dict[str, Any]:
    """A menu as LINE wants it. Its name tells what it holds, so that the same one is not made twice."""
    areas = [_area(number, step, texts) for number, step in enumerate(AUDIENCES[audience])]
    drawn = hashlib.sha256(json.dumps(areas).encode() + picture(audience)).hexdigest()[:12]
    return {
        "size": {"width": WIDTH, "height": HEIGHT},
        "selected": True,
        "name": f"itabot {audience} {drawn}",
        "chatBarText": label("help.menu", texts),
        "areas": areas,
    }


def picture(audience: str) -> bytes:
    """The drawn picture of a menu, PNG."""
    return (PICTURES / f"{audience}.png").read_bytes()


def label(step: str, texts: "Texts", language: str = "th") -> str:
    """What a field says."""
    return clip_label(texts.words[language][f"menu.{step.replace('.', '_')}"], QUICK_LABEL)


def _area(number: int, step: str, texts: "Texts") -> dict[str, Any]:
    width, height = WIDTH // COLUMNS, HEIGHT // ROWS
    said = label(step, texts)
    return {
        "bounds": {
            "x": number % COLUMNS * width, "y": number // COLUMNS * height, "width": width, "height": height,
        },
        "action": {
            "type": "postback", "label": said, "data": urlencode(tap_data(Kind.GO, step)), "displayText": said,
        },
    }  # fmt: skip
