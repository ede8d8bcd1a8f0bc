"""A problem is told before Songkran, falls due after it, is reminded of, mended with a photo, and found well."""

import os
import re
import subprocess
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.chatting import hears, press, say, send_photo, tap
from tests.journeys.running import ROOT, running_trial

AGENCY = "krasang"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)
HERE = ZoneInfo("Asia/Bangkok")
#: A Thursday, and the second Monday after it, when the clock has struck nine.
BEFORE, AFTER = datetime(2027, 4, 8, 9, 30, tzinfo=HERE), datetime(2027, 4, 19, 9, 5, tzinfo=HERE)


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    return tmp_path_factory.mktemp("songkran") / "var"


def seated(browser, trial, role):
    """A fresh page at the desk of somebody."""
    page = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
    page.goto(trial.desk_url)
    page.get_by_test_id(f"agency-{AGENCY}").click()
    page.get_by_test_id(f"persona-{role}").click()
    page.get_by_test_id("bubble-bot").last.wait_for(timeout=30_000)
    return page


def strike_nine(trial):
    """The clock as it will be on the Monday after the days off."""
    demo = trial.var / "demo"
    environment = {**os.environ, "ITABOT_VAR": str(demo), "ITABOT_KEYS": (demo / "keys").read_text().strip()}
    environment["DATABASE_URL"] = f"sqlite:///{demo / 'itabot.db'}"
    command = [sys.executable, "-m", "bot", "tick", "--now", AFTER.isoformat()]
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)


def told(page):
    """Everything in the chat, as it stands."""
    return page.get_by_test_id("chat").inner_text()


def test_a_case_is_worked_on_to_its_end_over_the_days_off(browser, var):
    with running_trial(var, BEFORE) as trial:
        villager = seated(browser, trial, "citizen")
        say(villager, "ไฟถนนดับหน้าวัด หมู่ 3")
        tap(villager, "ส่งเรื่อง")
        hears(villager, "เรื่องนี้เกี่ยวกับอะไร")
        villager.get_by_test_id("quick-reply").first.click()
        tap(villager, "ตอบในแชทนี้")
        tap(villager, "ส่ง")
        hears(villager, "เลขรับเรื่อง")
        ticket = re.search(r"\d{2}-\d{6}-[A-Z]", told(villager))[0]
        officer = seated(browser, trial, "officer")
        hears(officer, "มีเรื่องรอท่าน")
        press(officer, "เปิดดู")
        hears(officer, "16 เม.ย. 2570")
        hears(officer, "วันสงกรานต์")

        strike_nine(trial)
        hears(officer, "เกินกำหนด")
        assert "ไฟถนน" not in told(officer).split("เกินกำหนด")[-1]

    with running_trial(var, AFTER) as trial:
        villager, officer = seated(browser, trial, "citizen"), seated(browser, trial, "officer")
        say(officer, "เรื่องร้องเรียน")
        hears(officer, "เกินกำหนด 3 วัน (ภายใน 16 เม.ย. 2570)")
        tap(officer, ticket)
        tap(officer, "เริ่มดำเนินการ")
        hears(officer, "บันทึกว่าเริ่มดำเนินการแล้ว")
        hears(villager, "มีความคืบหน้า")
        tap(officer, "ดูเรื่องนี้")
        tap(officer, "แก้ไขแล้ว")
        hears(officer, "พิมพ์ข้อความถึงผู้แจ้ง")
        say(officer, "เปลี่ยนหลอดแล้วทั้งสามต้น")
        hears(officer, "ต้องมีรูปหลังแก้ไข")
        send_photo(officer, PICTURE)
        tap(officer, "ส่งเลย")
        hears(officer, "ผู้แจ้งยืนยันหรือแย้งได้ภายใน 7 วัน")

        press(villager, "เปิดดู")
        hears(villager, "เปลี่ยนหลอดแล้วทั้งสามต้น")
        tap(villager, "แก้ไขแล้ว")
        tap(villager, "5 พอใจมากที่สุด")
        hears(villager, "ขอบคุณ")
        say(officer, "สถิติเรื่องร้องเรียน")
        hears(officer, "5.0 (1 คน)")
