"""Each limit on messages and actions: what LINE refuses, and its neighbour that it takes."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from bot.simulator import rules
from bot.simulator.units import graphemes, utf16

Message = dict[str, Any]
SOMEONE = "U" + "0" * 32
MESSAGE_ACTION = {"type": "message", "label": "คะแนน", "text": "คะแนน"}


def text(words: str = "สวัสดี", **more: Any) -> Message:
    return {"type": "text", "text": words, **more}


def quick(*actions: Any) -> Message:
    return text(quickReply={"items": [{"type": "action", "action": each} for each in actions]})


def postback(**more: Any) -> Message:
    return quick({"type": "postback", "label": "ต่อไป", "data": "next", **more})


def said(words: str, label: str = "คะแนน") -> Message:
    return quick({"type": "message", "label": label, "text": words})


def uri(address: str) -> Message:
    return quick({"type": "uri", "label": "เปิด", "uri": address})


def picker(mode: str = "date", **more: Any) -> Message:
    return quick({"type": "datetimepicker", "label": "เลือก", "data": "d", "mode": mode, **more})


def buttons(**more: Any) -> Message:
    template = {"type": "buttons", "text": "เลือก", "actions": [MESSAGE_ACTION], **more}
    return {"type": "template", "altText": "เลือก", "template": template}


def confirm(actions: int) -> Message:
    template = {"type": "confirm", "text": "ส่งไหม", "actions": [MESSAGE_ACTION] * actions}
    return {"type": "template", "altText": "ยืนยัน", "template": template}


def columns(count: int, **more: Any) -> Message:
    column = {"text": "มาตรการ", "actions": [MESSAGE_ACTION], **more}
    return {"type": "template", "altText": "มาตรการ", "template": {"type": "carousel", "columns": [column] * count}}


def sender(name: str) -> Message:
    return text(sender={"name": name})


def image(address: str) -> Message:
    return {"type": "image", "originalContentUrl": address, "previewImageUrl": "https://a.go.th/p.png"}


def location(**more: Any) -> Message:
    return {"type": "location", "title": "อบต.", "address": "พังงา", "latitude": 8.4, "longitude": 98.2, **more}


PAIRS = {
    "text is not empty": (text(""), text("ก")),
    "text has at most 5,000 units": (text("ก" * 5001), text("ก" * 5000)),
    "an emoji counts two units": (text("😀" * 2501), text("😀" * 2500)),
    "text is there": ({"type": "text"}, text()),
    "text is a string": ({"type": "text", "text": 5}, text("5")),
    "the kind is known": ({"type": "poem", "text": "ก"}, text()),
    "there is a kind": ({"text": "ก"}, text()),
    "no unknown key": (text(colour="red"), text(quoteToken="q")),
    "13 quick replies": (quick(*[MESSAGE_ACTION] * 14), quick(*[MESSAGE_ACTION] * 13)),
    "at least one quick reply": (quick(), quick(MESSAGE_ACTION)),
    "a quick label has 20 letters": (said("ก", "ที่" * 21), said("ก", "ที่" * 20)),
    "a quick label is there": (quick({"type": "message", "text": "ก"}), said("ก")),
    "a quick label is not empty": (said("ก", ""), said("ก", "ก")),
    "quick reply items are actions": (
        text(quickReply={"items": [{"type": "button", "action": MESSAGE_ACTION}]}),
        quick(MESSAGE_ACTION),
    ),
    "the camera is for quick replies": (
        buttons(actions=[{"type": "camera", "label": "ถ่าย"}]),
        quick({"type": "camera", "label": "ถ่าย"}),
    ),
    "the location is for quick replies": (
        buttons(actions=[{"type": "location", "label": "ที่อยู่"}]),
        quick({"type": "location", "label": "ที่อยู่"}),
    ),
    "menus are switched in menus": (
        quick({"type": "richmenuswitch", "label": "ก", "richMenuAliasId": "a", "data": "d"}),
        quick(MESSAGE_ACTION),
    ),
    "action text has 300 units": (said("ก" * 301), said("ก" * 300)),
    "action text is there": (quick({"type": "message", "label": "ก"}), said("ก")),
    "postback data has 300 units": (postback(data="x" * 301), postback(data="x" * 300)),
    "postback data is there": (quick({"type": "postback", "label": "ก"}), postback()),
    "displayText has 300 units": (postback(displayText="ก" * 301), postback(displayText="ก" * 300)),
    "displayText excludes text": (postback(displayText="ก", text="ข"), postback(displayText="ก")),
    "inputOption is a known word": (postback(inputOption="dance"), postback(inputOption="openKeyboard")),
    "fillInText opens the keyboard": (
        postback(fillInText="ก"),
        postback(fillInText="ก", inputOption="openKeyboard"),
    ),
    "uri scheme": (uri("ftp://a.go.th"), uri("https://a.go.th")),
    "javascript is no address": (uri("javascript:alert(1)"), uri("tel:021234567")),
    "uri has 1,000 units": (uri("https://a/" + "x" * 991), uri("https://a/" + "x" * 990)),
    "uri is there": (quick({"type": "uri", "label": "ก"}), uri("line://ti/p/x")),
    "picker mode is there": (quick({"type": "datetimepicker", "label": "ก", "data": "d"}), picker()),
    "picker mode is a known word": (picker("week"), picker("time")),
    "picker dates fit the mode": (picker(initial="2026-13-01"), picker(initial="2026-12-01")),
    "picker times fit the mode": (picker("datetime", min="2026-12-01"), picker("datetime", min="2026-12-01T08:00")),
    "clipboard text has 1,000 units": (
        quick({"type": "clipboard", "label": "ก", "clipboardText": "x" * 1001}),
        quick({"type": "clipboard", "label": "ก", "clipboardText": "x" * 1000}),
    ),
    "images are https": (image("http://a.go.th/a.png"), image("https://a.go.th/a.png")),
    "image addresses have 2,000 units": (
        image("https://a/" + "x" * 1991),
        image("https://a/" + "x" * 1990),
    ),
    "a sender has 20 letters": (sender("ก" * 21), sender("ก" * 20)),
    "a sender is not LINE": (sender("LINE"), sender("งานธุรการ")),
    "a place title has 100 units": (location(title="ก" * 101), location(title="ก" * 100)),
    "a latitude is on Earth": (location(latitude=91), location(latitude=90)),
    "altText has 1,500 units": ({**buttons(), "altText": "ก" * 1501}, {**buttons(), "altText": "ก" * 1500}),
    "altText is there": ({"type": "template", "template": buttons()["template"]}, buttons()),
    "altText is not empty": ({**buttons(), "altText": ""}, buttons()),
    "buttons: 4 actions": (buttons(actions=[MESSAGE_ACTION] * 5), buttons(actions=[MESSAGE_ACTION] * 4)),
    "buttons: text of 160": (buttons(text="ก" * 161), buttons(text="ก" * 160)),
    "buttons: text of 60 under a title": (buttons(title="ก", text="ก" * 61), buttons(title="ก", text="ก" * 60)),
    "buttons: title of 40": (buttons(title="ก" * 41), buttons(title="ก" * 40)),
    "a template label has 20 letters": (
        buttons(actions=[{**MESSAGE_ACTION, "label": "ก" * 21}]),
        buttons(actions=[{**MESSAGE_ACTION, "label": "ก" * 20}]),
    ),
    "confirm: 2 actions": (confirm(3), confirm(2)),
    "carousel template: 10 columns": (columns(11), columns(10)),
    "carousel template: 3 actions": (
        columns(1, actions=[MESSAGE_ACTION] * 4),
        columns(1, actions=[MESSAGE_ACTION] * 3),
    ),
    "carousel template: text of 120": (columns(1, text="ก" * 121), columns(1, text="ก" * 120)),
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_a_limit_refuses_one_and_takes_its_neighbour(name: str) -> None:
    refused, taken = PAIRS[name]
    assert rules.problems(rules.VALIDATE, {"messages": [refused]}), refused
    assert rules.problems(rules.VALIDATE, {"messages": [taken]}) == []


@pytest.mark.parametrize(
    ("check", "refused", "taken"),
    [
        (rules.REPLY, {"replyToken": "t", "messages": []}, {"replyToken": "t", "messages": [text()]}),
        (rules.REPLY, {"replyToken": "t", "messages": [text()] * 6}, {"replyToken": "t", "messages": [text()] * 5}),
        (rules.REPLY, {"messages": [text()]}, {"replyToken": "t", "messages": [text()]}),
        (rules.PUSH, {"to": "somebody", "messages": [text()]}, {"to": SOMEONE, "messages": [text()]}),
        (
            rules.PUSH,
            {"to": SOMEONE, "messages": [text()], "notificationDisabled": "no"},
            {"to": SOMEONE, "messages": [text()], "notificationDisabled": True},
        ),
        (rules.LOADING, {"chatId": SOMEONE, "loadingSeconds": 7}, {"chatId": SOMEONE, "loadingSeconds": 5}),
        (rules.LOADING, {"chatId": SOMEONE, "loadingSeconds": 65}, {"chatId": SOMEONE, "loadingSeconds": 60}),
        (rules.REPLY, [], {"replyToken": "t", "messages": [text()]}),
    ],
)  # fmt: skip
def test_requests_have_limits_too(check: Any, refused: Any, taken: Any) -> None:
    assert rules.problems(check, refused)
    assert rules.problems(check, taken) == []


def test_a_problem_names_the_property() -> None:
    body = {"replyToken": "t", "messages": [text(), text("")]}
    assert rules.problems(rules.REPLY, body) == [("messages[1].text", "May not be empty")]


@pytest.mark.parametrize(
    ("words", "letters"),
    [("ติดต่อเจ้าหน้าที่", 11), ("น้ำ", 1), ("กำ", 1), ("👨‍👩‍👧", 1), ("🇹🇭🇹🇭", 2), ("abc", 3), ("", 0), ("👍🏽", 1)],
)
def test_marks_do_not_count_as_letters(words: str, letters: int) -> None:
    assert graphemes(words) == letters


def test_text_is_counted_in_utf16_units() -> None:
    assert [utf16("abc"), utf16("ที่"), utf16("😀")] == [3, 3, 2]


def test_what_is_taken_here_fits_lines_own_description() -> None:
    """The neighbours that pass are messages that LINE's OpenAPI description knows, too."""
    tool = Path(__file__).resolve().parents[2] / ".." / "shared" / "tools" / "check_messages.py"
    if not tool.exists():
        pytest.skip("LINE's OpenAPI description is not beside the repository")
    spec = importlib.util.spec_from_file_location("check_messages", tool)
    assert spec is not None
    assert spec.loader is not None
    checker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(checker)
    for name, (_, taken) in PAIRS.items():
        assert checker.errors("ValidateMessageRequest", {"messages": [taken]}) == [], name
