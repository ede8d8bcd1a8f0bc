"""An executive asks what the assessment would come to today: first from the last result, then with a rehearsal in it."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from bot.settings import Settings
from bot.storage.store import AgencyStore
from bot.wiring import Core
from itadomain.frameworks.shape import Confidence
from itadomain.surveys.asking import items_of
from itadomain.surveys.opening import open_survey
from itadomain.surveys.questionnaire import STEPS
from itadomain.surveys.releasing import release
from itadomain.surveys.survey import Ballot, Kind
from tests.journeys.chatting import hears, say, tap
from tests.journeys.running import running_trial

AGENCY, YEAR, PEOPLE = "thaimueang", 2570, 40
MORNING = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Asia/Bangkok"))
UNOFFICIAL = "เฉพาะผู้ตอบผ่านไลน์ · ไม่เป็นทางการ"


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    with running_trial(tmp_path_factory.mktemp("forecast") / "var", MORNING) as running:
        yield running


def kept(trial, *doings):
    """Each is done in a turn of its own, in the agency's own store."""
    demo = trial.var / "demo"
    core = Core(Settings.read({"ITABOT_VAR": str(demo), "ITABOT_KEYS": (demo / "keys").read_text().strip()}))
    of = core.channels.by_slug(AGENCY)
    for do in doings:
        with core.database.reading(of=of.id) as connection:
            store = AgencyStore(connection, of, core.ring)
            do(store)
        core.database.write(store.apply)
    core.database.close()


def confirm(store):
    for item in items_of(store, Kind.OUTSIDERS, YEAR):
        store.surveys.save_item(YEAR, replace(item, confidence=Confidence.HIGH))


def begin(store):
    open_survey(store, Kind.OUTSIDERS, YEAR, by="", today=MORNING.date())


def answer(store):
    """Most of them give every question the most; to E13 nobody does."""
    survey = store.surveys.all()[0]
    for nth in range(PEOPLE):
        best = {
            one.code: 0 if (nth < 4 or one.item.code == "E13") != one.reversed else STEPS[one.item.answering] - 1
            for one in survey.questionnaire.slots
        }
        store.ballots.put(Ballot(survey.id, "", best, "รอนานมาก" if nth < 6 else ""))


def count(store):
    assert release(store, MORNING.date()) == PEOPLE


def test_an_executive_asks_what_it_would_be_today(trial, as_persona):
    page = as_persona(AGENCY, "executive")
    say(page, "ถ้าประเมินวันนี้")
    hears(page, "คิดจากผลทางการปี 2565 · ไม่เป็นทางการ")
    expect(page.get_by_test_id("chat")).not_to_contain_text(UNOFFICIAL)

    kept(trial, confirm, begin, answer, count)
    say(page, "จะได้เกรดอะไร ถ้าประเมินวันนี้")
    hears(page, UNOFFICIAL)
    card = page.get_by_test_id("flex").filter(has_text=UNOFFICIAL).filter(has_text="คะแนนรวม").last
    expect(card).to_contain_text(f"ผู้ตอบ {PEOPLE} คนขึ้นไป")
    expect(card).to_contain_text("ไม่ใช่กลุ่มตัวอย่างสุ่ม")
    way = page.get_by_test_id("flex").filter(has_text="งานที่จะถึงระดับ").last
    expect(way).to_contain_text("ห้ามชี้นำ")

    tap(page, "ช่องว่างของแผน")
    gaps = page.get_by_test_id("flex").filter(has_text="จากแบบสำรวจของหน่วยงาน ไม่เป็นทางการ").last
    expect(gaps).to_contain_text("E13", timeout=30_000)
    expect(gaps).to_contain_text("บริการออนไลน์อย่างน้อย 3 เรื่อง")

    say(page, "ผลแบบสำรวจ")
    hears(page, "คะแนนจำลอง EIT")
    tap(page, "ความเห็น")
    hears(page, "ความรวดเร็ว การรอ")


def test_a_citizen_is_told_nothing_of_it(trial, as_persona):
    page = as_persona(AGENCY, "citizen")
    told_so = page.get_by_test_id("bubble-bot").filter(has_text="เรื่องนี้เปิดให้เฉพาะผู้ที่มีหน้าที่")
    for times, said in enumerate(("ถ้าประเมินวันนี้", "ผลแบบสำรวจ"), 1):
        say(page, said)
        expect(told_so).to_have_count(times, timeout=30_000)
    expect(page.get_by_test_id("chat")).not_to_contain_text("คะแนนจำลอง")
