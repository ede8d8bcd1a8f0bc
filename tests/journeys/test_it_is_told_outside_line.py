"""The form in a real browser without scripts, on a small phone: told, code, the round, an answer, read by code."""

import itertools
import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from bot.settings import Settings
from bot.storage.store import AgencyStore
from bot.wiring import Core
from itadomain.cases.case import Line, Voice
from itadomain.people import Role
from tests.evidence import files
from tests.journeys.running import ROOT, Trial

SLUG = "thaimueang"
STORY = "ช่างผู้ควบคุมงานรับเงินจากผู้รับเหมาห้าหมื่นบาทเพื่อตรวจรับงาน"
#: From tomorrow on; each is struck once, so that journeys of the same trial take turns.
ROUNDS = (
    f"{datetime.now(UTC).date() + timedelta(days=day)}T{hour}:31:00+07:00"
    for day in itertools.count(1)
    for hour in ("08", "12", "16")
)


def environment(trial: Trial) -> dict[str, str]:
    """What a command needs to work on the trial's data, as its receivers' worker does."""
    demo = trial.var / "demo"
    keys = {
        name: (demo / file).read_text()
        for name, file in (("ITABOT_KEYS", "keys"), ("ITABOT_SEALED_KEYS", "sealed-keys"))
    }
    where = {"ITABOT_VAR": str(demo), "DATABASE_URL": f"sqlite:///{demo / 'itabot.db'}", "ITABOT_EVIDENCE_SHARED": "1"}
    return {**keys, **where, "ITABOT_EVIDENCE": f"file:{demo / 'evidence'}", "ITABOT_FORM_URL": form_of(trial)}


def form_of(trial: Trial) -> str:
    told = json.loads((trial.var / "demo" / "simulator.json").read_text())
    return "http://" + urlsplit(told["agencies"][0]["webhook"]).netloc


@pytest.fixture
def phone(browser, trial):
    """A page on a phone of 320 dots, where no script runs."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False, locale="th-TH")
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    yield opened
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(form_of(trial)).netloc}
    assert context.cookies() == []
    context.close()


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()


def the_round(trial: Trial) -> None:
    """The clock of the next round."""
    command = [sys.executable, "-m", "bot", "tick", "--now", next(ROUNDS)]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **environment(trial)}, check=True, capture_output=True)


def answered(trial: Trial, words: str) -> list[str]:
    """A receiver answers; gives what they could read."""
    core = Core(Settings.read(environment(trial)))
    agency, today = core.channels.by_slug(SLUG), core.today()
    with core.database.reading(of=agency.id) as connection:
        store = AgencyStore(connection, agency, core.ring)
        (receiver,) = store.people.with_role(Role.INTEGRITY, today)
        found = next(one for one in store.disclosures.readable(receiver.id) if STORY in one.told.values())
        store.disclosures.save(found.saying(Line(Voice.AGENCY, receiver.id, today, words)), receiver.id)
    core.database.write(store.apply, of=agency.id)
    core.database.close()
    return [*found.told.values(), *(line.words for line in found.talk), *(file.media_type for file in found.files)]


def test_a_villager_tells_it_on_a_small_phone_and_reads_the_answer(phone, trial, tmp_path):
    phone.goto(f"{form_of(trial)}/tell/{SLUG}")
    expect(phone.get_by_role("heading", level=1)).to_have_text("แจ้งเรื่องการทุจริต")
    press(phone, "แจ้งเรื่อง")
    phone.get_by_label("สำนักปลัด").check()
    press(phone, "ต่อไป")
    expect(phone.get_by_role("main")).to_contain_text("ทุกคนในสำนักปลัด")
    press(phone, "เข้าใจแล้ว ต่อไป")
    for label, said in (
        ("เกิดอะไรขึ้น", STORY),
        ("เกิดขึ้นเมื่อใด", "เดือนที่แล้ว"),
        ("เกิดขึ้นที่ไหน", ""),
        ("มีอะไรที่ช่วยยืนยันได้บ้าง", ""),
    ):
        phone.get_by_label(label).fill(said)
        press(phone, "ต่อไป")
    press(phone, "ต่อไป")
    expect(phone.get_by_role("main")).to_contain_text("บอกแล้ว 3 จาก 5 ข้อ")
    press(phone, "ส่งเรื่อง")
    code = re.sub(r"[^0-9A-Z]", "", phone.locator(".receipt").inner_text())
    assert len(code) == 16
    press(phone, "ส่งภาพ ไฟล์ หรือเพิ่มข้อมูลตอนนี้")
    (tmp_path / "photo.jpg").write_bytes(files.photo())
    phone.get_by_label("เลือกภาพหรือไฟล์ PDF").set_input_files(tmp_path / "photo.jpg")
    press(phone, "ส่งไฟล์")
    expect(phone.get_by_role("status")).to_contain_text("รับไฟล์แล้ว")
    phone.get_by_label("เพิ่มข้อมูลหรือตอบคำถาม").fill("เห็นกับตา")
    press(phone, "ส่งข้อความ")
    the_round(trial)
    assert {STORY, "สำนักปลัด", "เห็นกับตา", "image/jpeg"} <= set(answered(trial, "ขอบคุณที่แจ้ง กำลังตรวจสอบ"))
    phone.goto(f"{form_of(trial)}/tell/{SLUG}")
    press(phone, "ติดตามด้วยรหัส")
    phone.get_by_label("ใส่รหัสติดตาม").fill(code.lower())
    press(phone, "เปิดดู")
    expect(phone.get_by_role("main")).to_contain_text("ขอบคุณที่แจ้ง กำลังตรวจสอบ")
    assert code not in phone.url


@pytest.mark.parametrize(("width", "zoom"), [(320, 1), (320, 2), (390, 1)])
def test_no_page_is_wider_than_the_phone(browser, trial, width, zoom):
    """Also where a reader has made all letters twice as large."""
    context = browser.new_context(viewport={"width": width, "height": 640})
    page = context.new_page()
    page.goto(f"{form_of(trial)}/tell/{SLUG}")
    steps = ["tell", "next", "next", "next", "next", "next", "next", "next", "send", "open"]
    for step in [*steps, ""]:
        page.evaluate("size => { document.documentElement.style.fontSize = size }", f"{112.5 * zoom}%")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, step
        if step:
            if page.locator("#what").count():
                page.locator("#what").fill(STORY)
            with page.expect_navigation():
                page.locator(f"button[value={step}]").click()
    context.close()
