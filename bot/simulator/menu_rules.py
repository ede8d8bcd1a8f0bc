"""What LINE demands of a rich menu and of its picture."""

from __future__ import annotations

import struct
from typing import Any

from bot.simulator.action_rules import ALIAS, RICH_MENU
from bot.simulator.shapes import Problem, Problems, array, boolean, both, join, number, shape, text
from bot.simulator.units import graphemes

MIN_RATIO = 1.45
IMAGE_BYTES = 1024 * 1024
PNG, PNG_HEAD_BYTES = b"\x89PNG\r\n\x1a\n", 24
JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
SIZE = shape({"width": number(800, 2500), "height": number(250, 2500)})
BOUNDS = shape(
    {
        "x": number(0, 2500),
        "y": number(0, 2500),
        "width": number(1, 2500),
        "height": number(1, 2500),
    }
)
AREA = shape({"bounds": BOUNDS, "action": RICH_MENU})


def _fits(value: Any, at: str) -> Problems:
    size = value.get("size")
    if not isinstance(size, dict) or list(SIZE(size, "")):
        return
    if size["width"] / size["height"] < MIN_RATIO:
        yield Problem(join(at, "size"), "aspect ratio (width / height) must be at least 1.45")
    for index, area in enumerate(value.get("areas") or []):
        bounds = area.get("bounds") if isinstance(area, dict) else None
        if isinstance(bounds, dict) and not list(BOUNDS(bounds, "")) and not _inside(bounds, size):
            yield Problem(f"areas[{index}].bounds", "must be inside the rich menu")


def _inside(bounds: dict[str, int], size: dict[str, int]) -> bool:
    right, bottom = bounds["x"] + bounds["width"], bounds["y"] + bounds["height"]
    return right <= size["width"] and bottom <= size["height"]


MENU = both(
    shape(
        {
            "size": SIZE,
            "selected": boolean,
            "name": text(1, 300, graphemes),
            "chatBarText": text(1, 14, graphemes),
            "areas": array(AREA, 0, 20),
        }
    ),
    lambda value, at: _fits(value, at) if isinstance(value, dict) else iter(()),
)
CREATE_ALIAS = shape({"richMenuAliasId": ALIAS, "richMenuId": text(1, 100)})
UPDATE_ALIAS = shape({"richMenuId": text(1, 100)})
BULK_LINK = shape({"richMenuId": text(1, 100), "userIds": array(text(1, 40), 1, 500)})
BULK_UNLINK = shape({"userIds": array(text(1, 40), 1, 500)})


def image_problem(data: bytes, media_type: str, size: dict[str, int]) -> str | None:
    """Why LINE would refuse a picture for a menu of this size."""
    if len(data) > IMAGE_BYTES:
        return "The file size must be 1 MB or less"
    found = image_size(data)
    if found is None or media_type not in ("image/png", "image/jpeg"):
        return "The image must be a PNG or JPEG file"
    if found != (size["width"], size["height"]):
        return "The image size must be the same as the size of the rich menu"
    return None


def image_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG."""
    if data.startswith(PNG) and len(data) >= PNG_HEAD_BYTES:
        width, height = struct.unpack(">II", data[16:PNG_HEAD_BYTES])
        return width, height
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at : at + 1] == b"\xff":
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if marker in JPEG_FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
