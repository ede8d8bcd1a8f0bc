"""What LINE demands of templates and image maps."""

from __future__ import annotations

from typing import Any

from bot.simulator.action_rules import IMAGE_CAROUSEL, TEMPLATE_BUTTON, TEMPLATE_TOUCH
from bot.simulator.shapes import (
    COLOUR,
    Check,
    Problem,
    Problems,
    array,
    both,
    https,
    join,
    number,
    one_of,
    shape,
    tagged,
    text,
)
from bot.simulator.units import utf16

PICTURE: dict[str, Check] = {
    "imageAspectRatio": one_of("rectangle", "square"),
    "imageSize": one_of("cover", "contain"),
}
HEAD: dict[str, Check] = {
    "thumbnailImageUrl": https(),
    "imageBackgroundColor": COLOUR,
    "title": text(1, 40),
    "defaultAction": TEMPLATE_TOUCH,
}


def _text_limit(plain: int, headed: int) -> Check:
    def check(value: Any, at: str) -> Problems:
        limit = headed if value.get("title") or value.get("thumbnailImageUrl") else plain
        words = value.get("text")
        if isinstance(words, str) and utf16(words) > limit:
            yield Problem(join(at, "text"), f"Length must be between 1 and {limit}")

    return check


def _same_buttons(value: Any, at: str) -> Problems:
    columns = [each for each in value.get("columns") or [] if isinstance(each, dict)]
    if len({len(each.get("actions") or []) for each in columns}) > 1:
        yield Problem(join(at, "columns"), "all columns must have the same number of actions")


def _when_object(check: Check) -> Check:
    return lambda value, at: check(value, at) if isinstance(value, dict) else iter(())


COLUMN = both(
    shape({"text": text(1, 120), "actions": array(TEMPLATE_BUTTON, 1, 3)}, HEAD),
    _when_object(_text_limit(120, 60)),
)
IMAGE_COLUMN = shape({"imageUrl": https(), "action": IMAGE_CAROUSEL})
BUTTONS = shape({"text": text(1, 160), "actions": array(TEMPLATE_BUTTON, 1, 4)}, {**HEAD, **PICTURE})
TEMPLATE = tagged(
    {
        "buttons": both(BUTTONS, _text_limit(160, 60)),
        "confirm": shape({"text": text(1, 240), "actions": array(TEMPLATE_BUTTON, 2, 2)}),
        "carousel": both(shape({"columns": array(COLUMN, 1, 10)}, PICTURE), _same_buttons),
        "image_carousel": shape({"columns": array(IMAGE_COLUMN, 1, 10)}),
    }
)

AREA = shape({key: number(0, 10_000) for key in ("x", "y", "width", "height")})
IMAGEMAP_ACTION = tagged(
    {
        "message": shape({"area": AREA, "text": text(1, 400)}, {"label": text(0, 100)}),
        "uri": shape({"area": AREA, "linkUri": text(1, 1000)}, {"label": text(0, 100)}),
        "clipboard": shape({"area": AREA, "clipboardText": text(1, 1000)}, {"label": text(0, 100)}),
    }
)
IMAGEMAP: dict[str, Check] = {
    "baseUrl": https(),
    "altText": text(1, 1500),
    "baseSize": shape({"width": number(1040, 1040), "height": number(1, 10_000)}),
    "actions": array(IMAGEMAP_ACTION, 1, 50),
}
