"""An administrator opens a round and makes a poster; its code is read off the picture, opened, and answered to the end.

Four more do the same; then all five are told together, and nothing that is kept joins an answer to a person.
"""

import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from datetime import datetime
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.chatting import hears, say, tap
from tests.journeys.fetching import fetched
from tests.journeys.running import ROOT, Trial, running_trial
from tests.papers.reading import comma_separated

AGENCY, COUNTER = "thaimueang", "เคาน์เตอร์จัดเก็บรายได้"
#: No official questionnaire is near.
MORNING = datetime(2026, 12, 1, 9, 0, tzinfo=ZoneInfo("Asia/Bangkok"))
WHY = "อยากให้มีเก้าอี้รอเพิ่ม"


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    with running_trial(tmp_path_factory.mktemp("poster") / "var", MORNING) as running:
        yield running


def itabot(trial: Trial, *words: str) -> str:
    """A command at the trial's database, at the trial's time."""
    demo = trial.var / "demo"
    ahead = int((MORNING - datetime.now(MORNING.tzinfo)).total_seconds())
    environment = {
        **os.environ, "ITABOT_VAR": str(demo), "ITABOT_KEYS": (demo / "keys").read_text().strip(),
        "DATABASE_URL": f"sqlite:///{demo / 'itabot.db'}", "ITABOT_TESTS_AHEAD_S": str(ahead),
        "PYTHONPATH": str(ROOT / "tests/journeys/another_time"),
    }  # fmt: skip
    command = [sys.executable, "-m", "bot", *words]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def rows(trial: Trial, sql: str) -> list[tuple]:
    with sqlite3.connect(f"file:{trial.var / 'demo' / 'itabot.db'}?mode=ro", uri=True) as connection:
        return list(connection.execute(sql))


def open_a_round(admin: Page) -> None:
    say(admin, "จัดการแบบสำรวจ")
    tap(admin, "เปิดรอบใหม่")
    admin.get_by_test_id("quick-reply").filter(has_text="EIT").first.click()
    tap(admin, "2570")
    tap(admin, "30 วัน")
    tap(admin, "ไม่ทราบ")
    tap(admin, "เปิดรอบ")
    hears(admin, "ผู้ตอบพิมพ์ «ตอบแบบสำรวจ»")


def poster_of_a_new_counter(trial: Trial, admin: Page) -> bytes:
    """What the button of the card shows, as the phone gets it."""
    tap(admin, "จุดบริการ")
    tap(admin, "เพิ่มจุดบริการ")
    say(admin, COUNTER)
    tap(admin, "ไม่สังกัดหน่วยงาน")
    hears(admin, f"เพิ่มจุดบริการ {COUNTER} แล้ว")
    actions = trial.desk.actions(AGENCY, trial.user(AGENCY, "admin"))
    address = next(one["uri"] for one in actions if one["type"] == "uri" and urlsplit(one["uri"]).path.endswith(".png"))
    assert urlsplit(address).path.startswith("/papers/")
    return fetched(address)


def scanned(picture: bytes) -> str:
    [found] = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    return found.text


def answer_to_the_end(villager: Page) -> int:
    """With the third tap of each question; gives how many there were."""
    chat = villager.get_by_test_id("chat")
    nth = re.compile(r"ข้อ (\d+) จาก (\d+)")
    hears(villager, "ข้อ 1 จาก")
    count = int(nth.findall(chat.inner_text())[-1][1])
    for number in range(1, count + 1):
        expect(chat).to_contain_text(f"ข้อ {number} จาก {count}", timeout=30_000)
        steps = villager.get_by_test_id("quick-reply")
        steps.nth(1).click()
    hears(villager, "ครบทุกข้อแล้ว")
    say(villager, WHY)
    hears(villager, "จะส่งพร้อมข้อความนี้")
    tap(villager, "ส่งคำตอบ")
    return count


def answered_by(trial: Trial, who: str, text: str) -> None:
    """Somebody whom nobody knows answers all of it without looking."""
    desk = trial.desk
    desk.wait_for_reply(AGENCY, who, desk.say(AGENCY, who, text)["n"])
    heard = desk.wait_for_reply(AGENCY, who, desk.tap_label(AGENCY, who, "เริ่มตอบ")["n"])
    while heard["message"]["type"] == "flex" and "จาก" in heard["message"]["altText"]:
        first = heard["message"]["quickReply"]["items"][0]["action"]
        heard = desk.wait_for_reply(AGENCY, who, desk.tap(AGENCY, who, first)["n"])
    heard = desk.wait_for_reply(AGENCY, who, desk.tap_label(AGENCY, who, "ส่งคำตอบ")["n"])
    assert "ส่งคำตอบแล้ว" in json.dumps(heard["message"], ensure_ascii=False)


def told_at(trial: Trial, tmp_path, survey: str) -> list[list[str]]:
    """The lines of the export that are of the counter."""
    file = tmp_path / "results.csv"
    itabot(trial, "survey", AGENCY, "export", survey, "--out", str(file))
    return [line for line in comma_separated(file.read_bytes()) if line[:1] == [COUNTER]]


@pytest.mark.timeout(300)  # five people, question by question
def test_a_survey_is_answered_from_its_poster(trial, as_persona, tmp_path):
    admin = as_persona(AGENCY, "admin")
    open_a_round(admin)
    link = scanned(poster_of_a_new_counter(trial, admin))
    [survey] = [line.split("\t")[0] for line in itabot(trial, "survey", AGENCY, "list").splitlines() if "2570" in line]

    villager = admin
    villager.goto(f"{trial.desk_url}?role=citizen&open={quote(link, safe='')}")
    expect(villager.locator("#bot-name")).to_contain_text("ท้ายเหมือง")
    typed = villager.get_by_test_id("input")
    expect(typed).to_have_value(re.compile(r"^ตอบแบบสำรวจ \w{4}$"))
    text = typed.input_value()
    villager.get_by_test_id("send").click()
    hears(villager, "แบบสำรวจของหน่วยงาน ไม่ใช่แบบ EIT ของ ป.ป.ช.")
    tap(villager, "เริ่มตอบ")
    assert answer_to_the_end(villager) > 3
    hears(villager, "ส่งคำตอบแล้ว")

    assert rows(trial, "SELECT count(*) FROM survey_box") == [(1,)]
    itabot(trial, "tick", "--now", MORNING.replace(hour=12, minute=30).isoformat())
    assert told_at(trial, tmp_path, survey) == [], "one alone is not told of"

    for nth in range(4):
        answered_by(trial, f"U{nth:032x}", text)
    itabot(trial, "tick", "--now", MORNING.replace(hour=18, minute=30).isoformat())
    assert rows(trial, "SELECT count(*) FROM survey_box") == [(0,)]
    told = told_at(trial, tmp_path, survey)
    assert {line[4] for line in told if line[2] in {"ข้อ", "ข้อย่อย"}} == {"5"}
    assert WHY not in (tmp_path / "results.csv").read_text(), "the words of one alone are not told of"
    answers = str([rows(trial, f"SELECT * FROM {table}") for table in ("survey_box", "survey_cell", "survey_word")])
    people = rows(trial, "SELECT id, lookup FROM person")
    assert len(people) > 4
    assert [one for one in people if one[0] in answers or one[1] in answers] == []
