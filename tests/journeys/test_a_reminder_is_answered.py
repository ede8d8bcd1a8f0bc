"""A reminder comes a week before the day, without a title on the lock screen, and is answered from its own button."""

import json
import os
import subprocess
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.chatting import hears, press, say, tap
from tests.journeys.running import ROOT, running_trial

AGENCY = "yotkaeng"
PLAN = """มาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. 2570
องค์การบริหารส่วนตำบลยอดแกง

มาตรการ	วิธีดำเนินการ	ผู้รับผิดชอบ	ระยะเวลา	การติดตามผล
๑. อบรมจริยธรรมพนักงาน	จัดอบรม	สำนักปลัด	ตลอดปีงบประมาณ	ทุกไตรมาส
๒. ปรับปรุงคู่มือประชาชน	ทบทวนคู่มือ	สำนักปลัด	ตลอดปีงบประมาณ	ทุกไตรมาส
"""
#: The quarter ends on a day off and is due on 4 January; a week before that is a Monday.
A_WEEK_BEFORE = datetime(2026, 12, 28, 9, 0, tzinfo=ZoneInfo("Asia/Bangkok"))
MORNING = A_WEEK_BEFORE.replace(hour=8, minute=40)


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    with running_trial(tmp_path_factory.mktemp("reminded") / "var", MORNING) as running:
        yield running


def itabot(trial, *words):
    """A command at the trial's database."""
    demo = trial.var / "demo"
    environment = {**os.environ, "ITABOT_VAR": str(demo), "ITABOT_KEYS": (demo / "keys").read_text().strip()}
    environment["DATABASE_URL"] = f"sqlite:///{demo / 'itabot.db'}"
    command = [sys.executable, "-m", "bot", *words]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def reminded(trial, at):
    """How many are reminded in a run of the clock."""
    ran = json.loads(itabot(trial, "tick", "--now", at.isoformat()))["jobs"]
    return sum(job["notices"] for job in ran if job["job"] == "reminders.send")


def test_a_reminder_arrives_and_is_answered_from_its_button(trial, as_persona, tmp_path):
    paper = tmp_path / "มาตรการ.txt"
    paper.write_text(PLAN, encoding="utf-8")
    staff = as_persona(AGENCY, "staff")
    staff.get_by_test_id("bubble-bot").last.wait_for(timeout=30_000)
    itabot(trial, "import", AGENCY, str(paper))

    assert reminded(trial, A_WEEK_BEFORE) > 0
    hears(staff, "ขอความกรุณารายงาน")
    hears(staff, "ครบกำหนด 4 ม.ค. 2570")
    press(staff, "รายงานข้อ 1")
    hears(staff, "อบรมจริยธรรมพนักงาน")
    tap(staff, "กำลังทำ")
    say(staff, "ได้เชิญวิทยากรและกำหนดวันอบรมแล้ว")
    for step in ("เท่านี้", "ข้าม", "ส่ง"):
        tap(staff, step)
    hears(staff, "ส่งรายงานแล้ว")

    assert reminded(trial, A_WEEK_BEFORE.replace(hour=13, minute=30)) == 0, "nobody is reminded twice a day"
