"""What people do at the desk, what the bot hears of it, and what they see."""

import base64
import json
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from bot.simulator.client import Desk, DeskRefused

SLUG, CITIZEN, STAFF, BOT = "thaimueang", "U" + "c" * 32, "U" + "5" * 32, "U" + "b" * 32


def test_a_photo_is_kept_for_the_bot(desk: Desk, bot: Any, line: Any) -> None:
    sent = desk.act(SLUG, CITIZEN, "photo", base64=base64.b64encode(b"\x89PNG picture").decode())
    (event,) = bot.events(1)
    assert event["message"]["contentProvider"] == {"type": "line"}
    path = f"/v2/bot/message/{event['message']['id']}/content"
    status, body, headers = line.call("GET", path)
    assert (status, body, headers["content-type"]) == (200, b"\x89PNG picture", "image/png")
    assert line.call("GET", path + "/transcoding")[1] == {"status": "succeeded"}
    assert line.call("GET", path + "/preview")[0] == 200
    assert line.call("GET", path, token="token-of-krasang")[0] == 404
    assert sent["id"] == event["message"]["id"]


def test_a_photo_without_bytes_is_a_tiny_png(desk: Desk, bot: Any, line: Any) -> None:
    desk.act(SLUG, CITIZEN, "photo")
    message_id = bot.events(1)[0]["message"]["id"]
    assert line.call("GET", f"/v2/bot/message/{message_id}/content")[1].startswith(b"\x89PNG\r\n")


def test_a_page_shows_pictures_and_nothing_that_runs(desk: Desk) -> None:
    page = base64.b64encode(b"<script>alert(1)</script>").decode()
    sent = desk.act(SLUG, CITIZEN, "file", base64=page, type="text/html", name="a.html")
    with urlopen(f"{desk.url}/sim/{SLUG}/content/{sent['id']}") as answer:
        assert answer.headers["content-type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("act", "asked", "part"),
    [
        ("sticker", {}, {"type": "sticker", "packageId": "11537", "stickerId": "52002734"}),
        ("location", {"title": "สะพาน", "latitude": 8.5, "longitude": 98.25}, {"type": "location", "title": "สะพาน"}),
        ("file", {"name": "หลักฐาน.pdf", "base64": "QUJD"}, {"type": "file", "fileName": "หลักฐาน.pdf", "fileSize": 3}),
        ("say", {"text": "สวัสดี"}, {"type": "text", "text": "สวัสดี"}),
        ("photo", {}, {"type": "image"}),
    ],
)
def test_kinds_of_messages(desk: Desk, bot: Any, act: str, asked: dict[str, Any], part: dict[str, Any]) -> None:
    desk.act(SLUG, CITIZEN, act, **asked)
    (event,) = bot.events(1)
    assert event["type"] == "message"
    assert part.items() <= event["message"].items()


def test_following_blocking_and_unblocking(desk: Desk, bot: Any, line: Any) -> None:
    for act in ("follow", "block", "unblock"):
        desk.act(SLUG, CITIZEN, act)
    followed, left, back = bot.events(3)
    assert (followed["type"], followed["follow"]) == ("follow", {"isUnblocked": False})
    assert (left["type"], "replyToken" in left) == ("unfollow", False)
    assert (back["type"], back["follow"]) == ("follow", {"isUnblocked": True})


def test_someone_who_blocked_cannot_write_and_has_no_profile(desk: Desk, line: Any) -> None:
    desk.act(SLUG, CITIZEN, "block")
    with pytest.raises(DeskRefused, match="blocked"):
        desk.say(SLUG, CITIZEN, "สวัสดี")
    with pytest.raises(DeskRefused, match="blocked"):
        desk.tap(SLUG, CITIZEN, {"type": "postback", "data": "next"})
    assert line.call("GET", f"/v2/bot/profile/{CITIZEN}")[0] == 404
    assert desk.state()["agencies"][0]["personas"][0]["blocked"] is True


def test_a_tap_shows_its_words_and_sends_its_data(desk: Desk, bot: Any) -> None:
    desk.tap(SLUG, CITIZEN, {"type": "postback", "label": "ต่อ", "data": "next=1", "displayText": "ขอดูต่อ"})
    desk.tap(SLUG, CITIZEN, {"type": "postback", "label": "ต่อ", "data": "quiet"})
    desk.tap(SLUG, CITIZEN, {"type": "message", "label": "คะแนน", "text": "ขอดูคะแนน"})
    spoken, silent, message = bot.events(3)
    assert (spoken["postback"], silent["postback"]) == ({"data": "next=1"}, {"data": "quiet"})
    assert message["message"]["text"] == "ขอดูคะแนน"
    assert [each["message"]["text"] for each in desk.chat(SLUG, CITIZEN)["items"]] == ["ขอดูต่อ", "ขอดูคะแนน"]


def test_opening_an_address_sends_nothing(desk: Desk) -> None:
    assert desk.tap(SLUG, CITIZEN, {"type": "uri", "label": "เปิด", "uri": "https://a.go.th"}) == {"sent": False}
    with pytest.raises(DeskRefused):
        desk.tap(SLUG, CITIZEN, {"type": "datetimepicker", "data": "d", "mode": "date"})


@pytest.mark.parametrize(
    ("mode", "value"), [("date", "2026-12-31"), ("time", "08:30"), ("datetime", "2026-12-31T08:30")]
)
def test_a_picked_date_arrives_under_its_mode(desk: Desk, bot: Any, mode: str, value: str) -> None:
    desk.act(SLUG, CITIZEN, "pick", data="when", mode=mode, value=value)
    assert bot.events(1)[0]["postback"] == {"data": "when", "params": {mode: value}}


def test_taking_a_message_back(desk: Desk, bot: Any, line: Any) -> None:
    sent = desk.act(SLUG, CITIZEN, "photo")
    desk.act(SLUG, CITIZEN, "unsend", id=sent["id"])
    event = bot.events(2)[1]
    assert (event["type"], event["unsend"], "replyToken" in event) == ("unsend", {"messageId": sent["id"]}, False)
    assert line.call("GET", f"/v2/bot/message/{sent['id']}/content")[0] == 410
    assert desk.chat(SLUG, CITIZEN)["items"][-1]["ref"] == sent["id"]


def test_only_ones_own_message_can_be_taken_back(desk: Desk, line: Any) -> None:
    pushed = line.push(CITIZEN)[1]["sentMessages"][0]["id"]
    with pytest.raises(DeskRefused):
        desk.act(SLUG, CITIZEN, "unsend", id=pushed)


def test_a_group_hears_everybody_and_mentions_the_account(desk: Desk, bot: Any, line: Any) -> None:
    group = desk.state()["agencies"][0]["groupId"]
    desk.act(SLUG, "group", "join", user_id=STAFF)
    desk.say(SLUG, "group", "พรุ่งนี้ประชุม", user_id=STAFF)
    desk.say(SLUG, "group", "ขอคะแนน 😀", user_id=CITIZEN, mention=True)
    joined, plain, called = bot.events(3)
    assert (joined["type"], joined["source"]) == ("join", {"type": "group", "groupId": group})
    assert (plain["source"], "mention" in plain["message"]) == (
        {"type": "group", "groupId": group, "userId": STAFF}, False,
    )  # fmt: skip
    (who,) = called["message"]["mention"]["mentionees"]
    assert called["message"]["text"][who["index"] : who["index"] + who["length"]] == "@อบต.ท้ายเหมือง"
    assert (who["isSelf"], who["userId"]) == (True, BOT)
    line.reply(called["replyToken"], "ตอบในกลุ่มค่ะ")
    assert desk.wait_for_reply(SLUG, "group")["message"]["text"] == "ตอบในกลุ่มค่ะ"
    assert desk.chat(SLUG, CITIZEN)["items"] == []


def test_waiting_for_a_reply_passes_over_everything_else(desk: Desk, bot: Any, line: Any) -> None:
    sent = desk.say(SLUG, CITIZEN, "สวัสดี")
    line.call("POST", "/v2/bot/chat/loading/start", {"chatId": CITIZEN})
    with pytest.raises(TimeoutError):
        desk.wait_for_reply(SLUG, CITIZEN, sent["n"], timeout=0.1)
    line.reply(bot.token(), "สวัสดีค่ะ")
    assert desk.wait_for_reply(SLUG, CITIZEN, sent["n"])["message"]["text"] == "สวัสดีค่ะ"


def test_what_can_be_touched_is_found_by_its_label(desk: Desk, bot: Any, line: Any) -> None:
    def action(label: str) -> dict[str, Any]:
        return {"type": "message", "label": label, "text": f"เลือก{label}"}

    quick = {"items": [{"type": "action", "action": action("ด่วน")}]}
    body = {"type": "box", "layout": "vertical", "contents": [{"type": "button", "action": action("ในการ์ด")}]}
    flex = {"type": "flex", "altText": "การ์ด", "contents": {"type": "bubble", "body": body}, "quickReply": quick}
    assert line.call("POST", "/v2/bot/message/push", {"to": CITIZEN, "messages": [flex]})[0] == 200
    assert [each["label"] for each in desk.actions(SLUG, CITIZEN)] == ["ด่วน", "ในการ์ด"]
    desk.tap_label(SLUG, CITIZEN, "ในการ์ด")
    assert bot.events(1)[0]["message"]["text"] == "เลือกในการ์ด"
    with pytest.raises(LookupError):
        desk.tap_label(SLUG, CITIZEN, "ด่วน")


def test_the_record_has_both_directions_and_survives(
    desk: Desk, bot: Any, line: Any, server: Any, tmp_path: Any
) -> None:
    desk.say(SLUG, CITIZEN, "สวัสดี")
    line.reply(bot.token(), "สวัสดีค่ะ")
    (webhook,) = desk.wait_for_record(1, kind="webhook")
    (call,) = desk.wait_for_record(1, kind="api")
    assert (webhook["user"], webhook["status"], webhook["event"]["message"]["text"]) == (CITIZEN, 200, "สวัสดี")
    assert (call["status"], call["body"]["messages"][0]["text"], call["user"]) == (200, "สวัสดีค่ะ", CITIZEN)
    assert call["latency_ms"] > 0
    assert desk.record(agency="krasang") == []
    lines = [json.loads(each) for each in (tmp_path / "record.jsonl").read_text().splitlines()]
    assert lines == desk.record()
    assert "secret" not in (tmp_path / "record.jsonl").read_text()
    assert "token-of" not in (tmp_path / "record.jsonl").read_text()


def test_a_record_is_continued_where_it_ended(make_desk: Any, line: Any) -> None:
    line.push(CITIZEN)
    later = Desk(make_desk().url)
    assert [each["n"] for each in later.record()] == [1]
    later.advance(1)
    assert [each["kind"] for each in later.record(after=1)] == ["control"]
    assert later.state()["record"] == 2


@pytest.mark.parametrize(
    ("who", "act", "asked"),
    [
        (CITIZEN, "say", {}),
        (CITIZEN, "say", {"text": ""}),
        ("somebody", "say", {"text": "ก"}),
        ("group", "say", {"text": "ก"}),
        (CITIZEN, "photo", {"base64": "!"}),
        (CITIZEN, "tap", {}),
        (CITIZEN, "dance", {}),
    ],
)
def test_what_is_badly_asked_is_refused(desk: Desk, who: str, act: str, asked: dict[str, Any]) -> None:
    with pytest.raises(DeskRefused):
        desk.act(SLUG, who, act, **asked)


def test_an_unknown_agency_is_not_found(desk: Desk) -> None:
    with pytest.raises(HTTPError) as refusal:
        urlopen(f"{desk.url}/sim/nowhere/{CITIZEN}/chat")
    with refusal.value:
        assert refusal.value.code == 404


def test_a_state_shows_no_secret(desk: Desk) -> None:
    state = desk.state()
    assert [each["slug"] for each in state["agencies"]] == ["thaimueang", "krasang"]
    assert state["agencies"][0]["personas"][0]["roleName"] == "ประชาชน"
    assert "secret" not in str(state)
    assert "token" not in str(state)
