"""What LINE demands of an action, by the place it stands in."""

from __future__ import annotations

import re
from typing import Any

from bot.simulator.shapes import Check, Problem, Problems, both, join, matching, one_of, shape, tagged, text
from bot.simulator.units import graphemes, utf16

DATE = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
TIME = r"([01]\d|2[0-3]):[0-5]\d"
PICKED = {"date": DATE, "time": TIME, "datetime": f"{DATE}[Tt]{TIME}"}
ALIAS = matching(r"[a-z0-9_-]{1,32}", "invalid rich menu alias id")
DATA = text(1, 300)
URI_UNITS = 1000
EVERYWHERE = ("message", "postback", "uri", "datetimepicker", "clipboard")
QUICK_ONLY = ("camera", "cameraRoll", "location")


def _uri(value: Any, at: str) -> Problems:
    if not isinstance(value, str) or not re.match(r"(https?://|line://|tel:)\S", value):
        yield Problem(at, "invalid uri scheme, must be http, https, line or tel")
    elif utf16(value) > URI_UNITS:
        yield Problem(at, f"Length must be between 1 and {URI_UNITS}")


def _postback_words(value: Any, at: str) -> Problems:
    if "displayText" in value and "text" in value:
        yield Problem(join(at, "text"), "cannot be used with displayText")
    if "fillInText" in value and value.get("inputOption") != "openKeyboard":
        yield Problem(join(at, "fillInText"), "needs inputOption openKeyboard")


def _picker_times(value: Any, at: str) -> Problems:
    pattern = PICKED.get(value.get("mode"), "")
    for key in ("initial", "min", "max"):
        if pattern and key in value:
            yield from matching(pattern, "invalid date or time format")(value[key], join(at, key))


def _kinds(label: Check, *, required: bool) -> dict[str, Check]:
    need, may = ({"label": label}, {}) if required else ({}, {"label": label})
    postback = {
        "displayText": text(1, 300),
        "text": text(1, 300),
        "inputOption": one_of("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice"),
        "fillInText": text(1, 300),
    }
    times = dict.fromkeys(("initial", "min", "max"), text(1, 20))
    picker = shape(need | {"data": DATA, "mode": one_of(*PICKED)}, may | times)
    alternative = shape({"desktop": _uri})
    return {
        "message": shape(need | {"text": text(1, 300)}, may),
        "postback": both(shape(need | {"data": DATA}, may | postback), _postback_words),
        "uri": shape(need | {"uri": _uri}, may | {"altUri": alternative}),
        "datetimepicker": both(picker, _picker_times),
        "clipboard": shape(need | {"clipboardText": text(1, 1000)}, may),
        "camera": shape(need, may),
        "cameraRoll": shape(need, may),
        "location": shape(need, may),
        "richmenuswitch": shape(need | {"richMenuAliasId": ALIAS, "data": DATA}, may),
    }


def action(label: int, *, required: bool, more: tuple[str, ...] = ()) -> Check:
    """An action whose label may be `label` letters long, of the kinds that its place allows."""
    kinds = _kinds(text(1 if required else 0, label, graphemes), required=required)
    return tagged({kind: kinds[kind] for kind in (*EVERYWHERE, *more)})


QUICK_REPLY = action(20, required=True, more=QUICK_ONLY)
FLEX_BUTTON = action(40, required=True)
FLEX_TOUCH = action(40, required=False)
TEMPLATE_BUTTON = action(20, required=True)
TEMPLATE_TOUCH = action(20, required=False)
IMAGE_CAROUSEL = action(12, required=False)
RICH_MENU = action(20, required=False, more=("richmenuswitch",))
