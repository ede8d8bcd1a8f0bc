"""Each limit on rich menus and their pictures, with a neighbour that passes."""

import struct
from collections.abc import Callable
from typing import Any

import pytest

from bot.simulator import menu_rules, rules

Menu = dict[str, Any]
Picture = Callable[..., bytes]


def area(**bounds: int) -> Menu:
    where = {"x": 0, "y": 0, "width": 100, "height": 100, **bounds}
    return {"bounds": where, "action": {"type": "message", "text": "คะแนน"}}


def menu(**more: Any) -> Menu:
    size = {"width": 1200, "height": 405}
    return {"size": size, "selected": True, "name": "เมนู", "chatBarText": "เมนู", "areas": [area()], **more}


PAIRS = {
    "width from 800": (menu(size={"width": 799, "height": 300}), menu(size={"width": 800, "height": 300})),
    "width to 2500": (menu(size={"width": 2501, "height": 843}), menu(size={"width": 2500, "height": 843})),
    "height from 250": (menu(size={"width": 1200, "height": 249}), menu(size={"width": 1200, "height": 250})),
    "ratio of 1.45": (menu(size={"width": 1200, "height": 828}), menu(size={"width": 1200, "height": 827})),
    "20 areas": (menu(areas=[area()] * 21), menu(areas=[area()] * 20)),
    "areas lie inside": (menu(areas=[area(x=1101)]), menu(areas=[area(x=1100)])),
    "the bar has 14 letters": (menu(chatBarText="ที่" * 15), menu(chatBarText="ที่" * 14)),
    "17 signs may be 11 letters": (menu(chatBarText=""), menu(chatBarText="ติดต่อเจ้าหน้าที่")),
    "the name has 300 letters": (menu(name="ก" * 301), menu(name="ก" * 300)),
    "a switch names an alias": (
        menu(areas=[{**area(), "action": {"type": "richmenuswitch", "richMenuAliasId": "ก", "data": "d"}}]),
        menu(areas=[{**area(), "action": {"type": "richmenuswitch", "richMenuAliasId": "a-1", "data": "d"}}]),
    ),
    "no camera in a menu": (menu(areas=[{**area(), "action": {"type": "camera", "label": "ก"}}]), menu()),
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_a_limit_refuses_one_and_takes_its_neighbour(name: str) -> None:
    refused, taken = PAIRS[name]
    assert rules.problems(menu_rules.MENU, refused)
    assert rules.problems(menu_rules.MENU, taken) == []


def test_a_picture_is_a_png_or_jpeg_of_the_menus_size_and_at_most_a_megabyte(png: Picture) -> None:
    size, good = {"width": 800, "height": 250}, png(800, 250)
    room = 1024 * 1024 - len(good)
    assert menu_rules.image_problem(png(800, 250, room), "image/png", size) is None
    assert menu_rules.image_problem(png(800, 250, room + 1), "image/png", size)
    assert menu_rules.image_problem(png(801, 250), "image/png", size)
    assert menu_rules.image_problem(b"GIF89a" + good, "image/gif", size)


def test_the_size_of_a_jpeg_is_read_from_its_frame() -> None:
    comment = b"\xff\xfe\x00\x04ab"
    frame = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", 250, 800) + b"\x03" + b"\0" * 9
    assert menu_rules.image_size(b"\xff\xd8" + comment + frame) == (800, 250)
    assert menu_rules.image_size(b"\xff\xd8" + comment) is None
