"""The page in a real browser: choose, type, touch, read."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SLUG, CITIZEN, STAFF = "thaimueang", "U" + "c" * 32, "U" + "5" * 32
TOKENS = ("token-of-thaimueang", "token-of-krasang")
if not CHROMIUM.exists():
    pytest.skip("no chromium on this machine", allow_module_level=True)


def action(label: str) -> dict[str, str]:
    return {"type": "message", "label": label, "text": label}


QUICK = {"items": [{"type": "action", "action": action("ช่วยเหลือ")}]}
NASTY = "<img src=x onerror='document.title=1'>"
PICKER = {"type": "datetimepicker", "label": "เลือกวัน", "data": "when", "mode": "date", "initial": "2026-12-31"}
CARD = {
    "type": "bubble",
    "body": {
        "type": "box", "layout": "vertical",
        "contents": [
            {"type": "text", "text": "89.67", "size": "md", "color": "#112233", "scaling": True},
            {"type": "button", "action": action("ดูต่อ")},
            {"type": "button", "action": PICKER},
            {"type": "button", "action": {"type": "uri", "label": "เปิดแชต", "uri": "https://line.me/R/ti/p/%40krasang"}},
        ],
    },
}  # fmt: skip


class Answering:
    """Answers what the listening bot hears."""

    def __init__(self, line: Any, bot: Any) -> None:
        self.line, self.bot, self.open = line, bot, True
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self) -> None:
        done = 0
        while self.open:
            with self.bot.news:
                self.bot.news.wait(0.05)
                new, done = self.bot.got[done:], len(self.bot.got)
            for event in (event for _, body in new for event in json.loads(body)["events"]):
                if "replyToken" in event:
                    body = {"replyToken": event["replyToken"], "messages": [answer(event)]}
                    calls = (self.line.call("POST", "/v2/bot/message/reply", body, token=one) for one in TOKENS)
                    assert any(status == 200 for status, _, _ in calls), "one of the two accounts was spoken to"


def answer(event: dict[str, Any]) -> dict[str, Any]:
    words = event.get("message", {}).get("text", "")
    if words == "คะแนน":
        return {"type": "flex", "altText": "คะแนน", "contents": CARD}
    if event["type"] == "postback":
        return {"type": "text", "text": f"วันที่ {event['postback']['params']['date']}"}
    return {"type": "text", "text": "สวัสดีค่ะ" if event["type"] == "follow" else words, "quickReply": QUICK}


@pytest.fixture
def page(server: Any, line: Any, bot: Any) -> Iterator[Any]:
    answering = Answering(line, bot)
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        shown = browser.new_page(viewport={"width": 360, "height": 740}, locale="th-TH")
        shown.set_default_timeout(30_000)
        playwright.expect.set_options(timeout=30_000)
        faults: list[str] = []
        shown.on("pageerror", lambda fault: faults.append(str(fault)))
        shown.goto(server.url)
        yield shown
        browser.close()
    answering.open = False
    answering.thread.join(30)
    assert faults == []


def test_a_conversation_in_the_browser(page: Any, desk: Any) -> None:
    """One walk through the page, because a browser is slow to start."""
    playwright.expect(page.get_by_test_id("bubble-bot")).to_contain_text("สวัสดีค่ะ")
    assert desk.chat(SLUG, CITIZEN)["items"][0]["type"] == "follow"

    page.get_by_test_id("quick-reply").click()
    playwright.expect(page.get_by_test_id("bubble-user")).to_contain_text("ช่วยเหลือ")

    page.get_by_test_id("input").fill(NASTY)
    page.get_by_test_id("input").press("Enter")
    playwright.expect(page.get_by_test_id("bubble-bot").nth(2)).to_contain_text(NASTY)
    assert page.title() != "1"

    page.get_by_test_id("input").fill("คะแนน")
    page.get_by_test_id("send").click()
    number = page.get_by_test_id("flex").get_by_text("89.67")
    playwright.expect(number).to_have_css("color", "rgb(17, 34, 51)")
    playwright.expect(number).to_have_css("font-size", "16px")
    assert page.get_by_test_id("quick-reply").count() == 0

    page.get_by_role("button", name="เลือกวัน").click()
    page.get_by_test_id("picker").press("Enter")
    playwright.expect(page.get_by_test_id("bubble-bot").last).to_contain_text("วันที่ 2026-12-31")

    page.locator("#chooser > summary").click()
    page.get_by_role("button", name="ใหญ่มาก").click()
    playwright.expect(number).to_have_css("font-size", "24px")
    page.get_by_test_id("persona-staff").click()
    playwright.expect(page.locator("#speaking-as")).to_contain_text("สมชาย")
    playwright.expect(page.get_by_test_id("bubble-bot")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_link_opens_the_chat_of_its_account(page: Any, server: Any, desk: Any) -> None:
    """As a camera does, a field of the page, and a tap on the link in a message."""
    typed, name = page.get_by_test_id("input"), page.locator("#bot-name")
    page.goto(
        f"{server.url}/?role=staff&open={quote('https://line.me/R/oaMessage/%40krasang/?%E0%B8%95%E0%B8%AD%E0%B8%9A%20K7Q2', safe='')}"
    )
    playwright.expect(name).to_have_text("เทศบาลกระสัง")
    playwright.expect(page.locator("#speaking-as")).to_contain_text("สมชาย")
    playwright.expect(typed).to_have_value("ตอบ K7Q2")
    playwright.expect(page.get_by_test_id("bubble-bot")).to_contain_text("สวัสดีค่ะ")
    assert [item["type"] for item in desk.chat("krasang", STAFF)["items"] if item["from"] == "user"] == [], "not sent"

    page.locator("#chooser > summary").click()
    page.get_by_test_id("link").fill("https://line.me/R/oaMessage/@thaimueang/?abc")
    page.get_by_test_id("open-link").click()
    playwright.expect(name).to_have_text("อบต.ท้ายเหมือง")
    playwright.expect(typed).to_have_value("abc")

    typed.fill("https://line.me/R/ti/p/%40krasang")
    typed.press("Enter")
    page.get_by_test_id("bubble-bot").get_by_role("link").click()
    playwright.expect(name).to_have_text("เทศบาลกระสัง")
    page.get_by_test_id("link").fill("https://line.me/R/ti/p/%40nobody")
    page.get_by_test_id("open-link").click()
    playwright.expect(page.locator("#toast")).to_contain_text("ไม่ได้นำไปยัง")

    page.get_by_test_id("agency-thaimueang").click()
    typed.fill("คะแนน")
    typed.press("Enter")
    page.get_by_role("button", name="เปิดแชต").click()
    playwright.expect(name).to_have_text("เทศบาลกระสัง")
