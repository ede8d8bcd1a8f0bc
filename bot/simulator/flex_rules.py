"""What LINE demands of a Flex container: components, nesting, sizes, words."""

from __future__ import annotations

import functools
from typing import Any

from bot.simulator.action_rules import FLEX_BUTTON, FLEX_TOUCH
from bot.simulator.received import size_of
from bot.simulator.shapes import (
    COLOUR,
    Check,
    Problem,
    Problems,
    anything,
    array,
    boolean,
    both,
    https,
    join,
    matching,
    number,
    one_of,
    shape,
    tagged,
    text,
)

BUBBLE_BYTES, CAROUSEL_BYTES = 30 * 1024, 50 * 1024
BLOCKS = ("header", "hero", "body", "footer")
IN_BASELINE = ("icon", "text", "filler")
IN_BOX = ("box", "button", "image", "text", "separator", "filler")
VIDEO_SIZES = ("kilo", "mega", "giga")

PX, PERCENT = r"\d+(\.\d+)?px", r"\d+(\.\d+)?%"
STEPS = "xs|sm|md|lg|xl|xxl"
FONTS = f"xxs|{STEPS}|3xl|4xl|5xl"


def _measure(*patterns: str) -> Check:
    return matching("|".join(f"({each})" for each in patterns), "invalid size")


GAP = _measure("none", STEPS, PX)
PADDING = _measure("none", STEPS, PX, PERCENT)
OFFSET = _measure("none", STEPS, "-?" + PX, "-?" + PERCENT)
FONT = _measure(FONTS, PX)
EXTENT = _measure(PX, PERCENT)
RATIO = matching(r"[1-9]\d{0,4}(\.\d+)?:[1-9]\d{0,4}(\.\d+)?", "invalid aspect ratio")
FLEX = number(0, 1000)
GRAVITY = one_of("top", "bottom", "center")
ALIGN = one_of("start", "end", "center")

PLACE: dict[str, Check] = {
    "margin": GAP,
    "position": one_of("relative", "absolute"),
    **dict.fromkeys(("offsetTop", "offsetBottom", "offsetStart", "offsetEnd"), OFFSET),
}
LETTERS: dict[str, Check] = {
    "size": FONT,
    "color": COLOUR,
    "weight": one_of("regular", "bold"),
    "style": one_of("normal", "italic"),
    "decoration": one_of("none", "underline", "line-through"),
}
GRADIENT = shape(
    {
        "angle": matching(r"(\d|[1-9]\d|[12]\d\d|3[0-5]\d)(\.\d+)?deg|360deg", "invalid angle"),
        "startColor": COLOUR,
        "endColor": COLOUR,
    },
    {"centerColor": COLOUR, "centerPosition": matching(PERCENT, "invalid position")},
)


def _contents_of_box(value: Any, at: str) -> Problems:
    allowed = _in_box(baseline=value.get("layout") == "baseline")
    yield from allowed(value.get("contents") or [], join(at, "contents"))


@functools.cache
def _in_box(*, baseline: bool) -> Check:
    kinds = IN_BASELINE if baseline else IN_BOX
    return array(tagged({kind: COMPONENTS[kind] for kind in kinds}), 0, 1000)


def _text_or_spans(value: Any, at: str) -> Problems:
    if not value.get("text") and not value.get("contents"):
        yield Problem(join(at, "text"), "must be non-empty text")


BOX_MAY: dict[str, Check] = {
    **PLACE,
    "flex": FLEX,
    "spacing": GAP,
    **dict.fromkeys(("backgroundColor", "borderColor"), COLOUR),
    "borderWidth": _measure("none|light|normal|medium|semi-bold|bold", PX),
    "cornerRadius": GAP,
    **dict.fromkeys(("width", "maxWidth", "height", "maxHeight"), EXTENT),
    **dict.fromkeys(("paddingAll", "paddingTop", "paddingBottom", "paddingStart", "paddingEnd"), PADDING),
    "action": FLEX_TOUCH,
    "justifyContent": one_of("center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly"),
    "alignItems": one_of("center", "flex-start", "flex-end"),
    "background": tagged({"linearGradient": GRADIENT}),
}
_box_keys = shape(
    {"layout": one_of("horizontal", "vertical", "baseline"), "contents": anything},
    BOX_MAY,
)
BOX = both(_box_keys, _contents_of_box)
BUTTON = shape(
    {"action": FLEX_BUTTON},
    {
        **PLACE,
        "flex": FLEX,
        "color": COLOUR,
        "style": one_of("primary", "secondary", "link"),
        "gravity": GRAVITY,
        "height": one_of("md", "sm"),
        "adjustMode": one_of("shrink-to-fit"),
        "scaling": boolean,
    },
)
IMAGE = shape(
    {"url": https()},
    {
        **PLACE,
        "flex": FLEX,
        "align": ALIGN,
        "gravity": GRAVITY,
        "size": _measure(f"{FONTS}|full", PX, PERCENT),
        "aspectRatio": RATIO,
        "aspectMode": one_of("fit", "cover"),
        "backgroundColor": COLOUR,
        "action": FLEX_TOUCH,
        "animated": boolean,
    },
)
ICON = shape({"url": https()}, {**PLACE, "size": FONT, "aspectRatio": RATIO, "scaling": boolean})
SPAN = shape({"text": text(1, 2000)}, LETTERS)
TEXT = both(
    shape(
        {},
        {
            **PLACE,
            **LETTERS,
            "flex": FLEX,
            "text": text(0, 2000),
            "align": ALIGN,
            "gravity": GRAVITY,
            "wrap": boolean,
            "lineSpacing": matching(PX, "invalid size"),
            "action": FLEX_TOUCH,
            "maxLines": number(0, 1000),
            "contents": array(tagged({"span": SPAN}), 0, 1000),
            "adjustMode": one_of("shrink-to-fit"),
            "scaling": boolean,
        },
    ),
    _text_or_spans,
)
COMPONENTS: dict[str, Check] = {
    "box": BOX,
    "button": BUTTON,
    "image": IMAGE,
    "icon": ICON,
    "text": TEXT,
    "separator": shape({}, {"margin": GAP, "color": COLOUR}),
    "filler": shape({}, {"flex": FLEX}),
}
VIDEO = shape(
    {
        "url": https(),
        "previewUrl": https(),
        "altContent": tagged({"box": BOX, "image": IMAGE}),
    },
    {"aspectRatio": RATIO, "action": FLEX_TOUCH},
)
ONLY_BOX = tagged({"box": BOX})
BLOCK_STYLE = shape({}, {"backgroundColor": COLOUR, "separator": boolean, "separatorColor": COLOUR})
_bubble_keys = shape(
    {},
    {
        "size": one_of("nano", "micro", "deca", "hecto", "kilo", "mega", "giga"),
        "direction": one_of("ltr", "rtl"),
        "header": ONLY_BOX,
        "hero": tagged({"box": BOX, "image": IMAGE, "video": VIDEO}),
        "body": ONLY_BOX,
        "footer": ONLY_BOX,
        "styles": shape({}, dict.fromkeys(BLOCKS, BLOCK_STYLE)),
        "action": FLEX_TOUCH,
    },
)


def _bubble_whole(value: Any, at: str) -> Problems:
    if all(_is_bare(value.get(block)) for block in BLOCKS):
        yield Problem(at, "at least one block must be specified")
    if _has_video(value) and value.get("size", "mega") not in VIDEO_SIZES:
        yield Problem(join(at, "hero"), "video needs a bubble of size kilo, mega or giga")
    if size_of(value) > BUBBLE_BYTES:
        yield Problem(at, "bubble is larger than 30 KB")


def _carousel_whole(value: Any, at: str) -> Problems:
    bubbles = [each for each in value.get("contents") or [] if isinstance(each, dict)]
    if len({each.get("size", "mega") for each in bubbles}) > 1:
        yield Problem(join(at, "contents"), "all bubbles must have the same size")
    if any(_has_video(each) for each in bubbles):
        yield Problem(join(at, "contents"), "video cannot be used in a carousel")
    if size_of(value) > CAROUSEL_BYTES:
        yield Problem(at, "carousel is larger than 50 KB")


def _is_bare(block: Any) -> bool:
    if isinstance(block, dict):
        return block.get("type") == "box" and not block.get("contents")
    return block is None


def _has_video(bubble: dict[str, Any]) -> bool:
    hero = bubble.get("hero")
    return isinstance(hero, dict) and hero.get("type") == "video"


BUBBLE = both(_bubble_keys, _bubble_whole)
CAROUSEL = both(shape({"contents": array(tagged({"bubble": BUBBLE}), 1, 12)}), _carousel_whole)
CONTAINER = tagged({"bubble": BUBBLE, "carousel": CAROUSEL})
