"""A plan comes in, an officer joins, reports with a photo, meets an obstacle; the head sees it all, and reminds."""

import os
import re
import subprocess
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from itadomain.fiscal import fiscal_year_of
from tests.journeys.chatting import hears, press, say, tap
from tests.journeys.running import ROOT, running_trial

AGENCY = "yotkaeng"
#: Last year's plan is worked on until its last reports are in, and all of its days are over whatever today is.
YEAR = fiscal_year_of(datetime.now(ZoneInfo("Asia/Bangkok")).date()) - 1
PLAN = f"""มาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. {YEAR}
องค์การบริหารส่วนตำบลยอดแกง

มาตรการ	วิธีดำเนินการ	ผู้รับผิดชอบ	ระยะเวลา	การติดตามผล
๑. เผยแพร่แผนจัดซื้อจัดจ้าง	๑. รวบรวมแผน ๒. ลงเว็บไซต์	สำนักปลัด	ตลอดปีงบประมาณ	ทุกเดือน
๒. อบรมจริยธรรมพนักงาน	จัดอบรม	สำนักปลัด	ตลอดปีงบประมาณ	ทุกไตรมาส
๓. เปิดเผยรายรับรายจ่าย	ปิดประกาศ	กองคลัง	ตลอดปีงบประมาณ	ทุกเดือน
"""

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    """A trial of its own: a new plan changes what the others ask about."""
    with running_trial(tmp_path_factory.mktemp("plan") / "var") as running:
        yield running


@pytest.fixture(scope="module")
def plan(trial, tmp_path_factory):
    """The agency's own paper, brought in as its administrator would."""
    paper = tmp_path_factory.mktemp("papers") / "มาตรการ.txt"
    paper.write_text(PLAN, encoding="utf-8")
    demo = trial.var / "demo"
    environment = {**os.environ, "ITABOT_VAR": str(demo), "ITABOT_KEYS": (demo / "keys").read_text().strip()}
    environment["DATABASE_URL"] = f"sqlite:///{demo / 'itabot.db'}"
    command = [sys.executable, "-m", "bot", "import", AGENCY, str(paper)]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_an_officer_joins_with_a_code_and_finds_the_measures(plan, as_persona):
    admin = as_persona(AGENCY, "admin")
    say(admin, "เพิ่มเจ้าหน้าที่")
    tap(admin, "กองคลัง")
    tap(admin, "เจ้าหน้าที่")
    hears(admin, "ใช้ได้ครั้งเดียว")
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", admin.get_by_test_id("chat").inner_text())[0]

    officer = as_persona(AGENCY, "citizen")
    say(officer, code)
    hears(officer, "ขอทราบชื่อ")
    say(officer, "สมหญิง ตัวอย่าง")
    tap(officer, "ถูกต้อง")
    hears(officer, "ลงทะเบียนเรียบร้อย")
    say(officer, "มาตรการของฉัน")
    hears(officer, "เปิดเผยรายรับรายจ่าย")


def test_a_report_with_a_photo_is_approved_by_the_head(plan, as_persona):
    staff = as_persona(AGENCY, "staff")
    say(staff, "รายงานผล")
    tap(staff, "ข้อ 1")
    tap(staff, "กำลังทำ")
    hears(staff, "เล่าสั้น ๆ หนึ่งประโยค")
    photo = {"name": "a.png", "mimeType": "image/png", "buffer": PICTURE}
    staff.locator("#photo-file").set_input_files(photo)
    hears(staff, "แนบกับรายงานนี้")
    say(staff, "ได้ดำเนินการรวบรวมแผนจัดซื้อครบทุกโครงการ")
    hears(staff, "ขั้นตอนใดทำแล้วบ้าง")
    say(staff, "1")
    tap(staff, "ข้าม")
    hears(staff, "1 จาก 2 ขั้นตอน")
    tap(staff, "ส่ง")
    hears(staff, "รอหัวหน้ารับรอง")

    head = as_persona(AGENCY, "head")
    press(head, "เปิดดู")
    hears(head, "ได้ดำเนินการรวบรวมแผนจัดซื้อครบทุกโครงการ")
    tap(head, "รับรอง")
    hears(head, "รับรองแล้ว")


def test_an_obstacle_reaches_the_head_and_the_answer_comes_back(plan, as_persona):
    staff = as_persona(AGENCY, "staff")
    say(staff, "ติดปัญหา")
    tap(staff, "ข้อ 2")
    hears(staff, "ติดเรื่องใด")
    say(staff, "งบอบรมยังไม่อนุมัติ")
    tap(staff, "แจ้งเลย")
    hears(staff, "แจ้งแล้ว")

    head = as_persona(AGENCY, "head")
    press(head, "เปิดดู")
    hears(head, "งบอบรมยังไม่อนุมัติ")
    tap(head, "ตอบ")
    say(head, "โอนงบให้แล้วค่ะ")
    hears(head, "ส่ง")

    staff = as_persona(AGENCY, "staff")
    press(staff, "เปิดดู")
    hears(staff, "โอนงบให้แล้วค่ะ")


def test_the_mayor_sees_who_is_late_and_reminds_only_those(plan, as_persona):
    mayor = as_persona(AGENCY, "executive")
    say(mayor, "ใครยังไม่รายงาน")
    hears(mayor, "การรายงานผลมาตรการ")
    hears(mayor, "กองคลัง")
    mayor.get_by_role("button", name=re.compile("เตือนผู้ที่ยังไม่รายงาน")).last.click()
    hears(mayor, "ส่งคำเตือนแล้ว")

    officer = as_persona(AGENCY, "citizen")
    hears(officer, "ถึงกำหนดรายงาน")
