"""Agencies that nobody thought of: any printed result gives the right card, over a really signed webhook."""

import json
import uuid
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import nlu
from bot.enrol import NewAgency, NewMember, add_agency, add_member
from bot.letters import Letters
from bot.line import limits
from bot.line.webhook import SIGNATURE, sign
from bot.settings import Settings
from bot.storage.queue import State
from bot.storage.schema import migrate
from bot.storage.sealing import new_key
from bot.storage.store import AgencyStore
from bot.texts import LOCALES, Texts
from bot.turns import Turns
from bot.wiring import Core, milliseconds, web
from bot.worker import Patience, TurnLoop
from handlers import FEATURES
from itadomain.fiscal import FiscalYear, fiscal_year_of
from itadomain.scores import Headline, Result, ScoreTable

SECRET, EXECUTIVE = "a secret of ours", "U" + "e" * 32
RUNNING = fiscal_year_of(datetime.now(ZoneInfo("Asia/Bangkok")).date())

points = st.decimals(0, 100, places=2)
printed_results = st.builds(
    lambda year, table, total: Result(
        fiscal_year=FiscalYear(year),
        document="เอกสารทดสอบ",
        headlines=(Headline(total),),
        tables=(ScoreTable("ตารางคะแนน", dict(enumerate(table, 1))),),
    ),
    st.integers(2562, 2572),
    st.lists(points, min_size=10, max_size=10),
    points,
)


class Office:
    """One agency of the real service on a real file, its worker run by hand."""

    def __init__(self, var: Path) -> None:
        key = new_key()
        self.settings = Settings.read({"ITABOT_VAR": str(var), "ITABOT_KEYS": key})
        self.core = Core(self.settings)
        migrate(self.core.database)
        add_agency(self.core, NewAgency(slug="made-up", name="หน่วยงานทดสอบ", channel_secret=SECRET))
        add_member(self.core, NewMember("made-up", EXECUTIVE, "นายกทดสอบ", ["executive"]))
        self.app = web(self.settings)
        self.web = self.app.test_client()
        texts = Texts()
        turns, letters = Turns(FEATURES, nlu.load(LOCALES), texts), Letters(texts, self.core.channels)
        patience = Patience(lease_ms=30_000, most_attempts=1, most_a_minute=1_000_000)  # one person asks all
        self.loop = TurnLoop(self.core.ledger, turns, letters, patience, self.settings.timezone, lambda: None)

    def print_only(self, result: Result) -> None:
        """Make `result` the only one that the agency has."""
        agency = self.core.channels.by_slug("made-up")

        def write(connection) -> None:
            connection.exec_driver_sql("DELETE FROM result")
            store = AgencyStore(connection, agency, self.core.ring)
            store.scores.save(result)
            store.apply(connection)

        self.core.database.write(write, of=agency.id)

    def ask(self, text: str) -> list[dict]:
        """Post a signed webhook, take the turn, and give what waits in the outbox."""
        body = json.dumps({"destination": "U" + "0" * 32, "events": [said(text)]}).encode()
        answer = self.web.post("/line/made-up/webhook", data=body, headers={SIGNATURE: sign(SECRET, body)})
        assert answer.status_code == 200
        event = self.loop.claim("worker")
        while event is not None:
            event = self.loop.work(event, "worker", go_on=True)
        queue, database = self.core.queue, self.core.database
        letter = database.write(lambda c: queue.claim_letter(c, "sender", milliseconds(), 1000), across=True)
        database.write(lambda c: queue.settle(c, letter, "sender", milliseconds(), State.DONE, "kept"), across=True)
        return letter.outgoing.messages


def said(text: str) -> dict:
    return {
        "type": "message", "mode": "active", "timestamp": milliseconds(), "webhookEventId": uuid.uuid4().hex,
        "deliveryContext": {"isRedelivery": False}, "replyToken": uuid.uuid4().hex,
        "source": {"type": "user", "userId": EXECUTIVE},
        "message": {"id": "1", "type": "text", "text": text, "quoteToken": "q"},
    }  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory):
    opened = Office(tmp_path_factory.mktemp("made-up"))
    yield opened
    opened.core.database.close()
    opened.app.extensions["core"].database.close()


def exact(table: dict[int, Decimal]) -> tuple[dict[str, Fraction], Fraction]:
    """The rule once more, in fractions and by hand."""
    p = [Fraction(table[no]) for no in range(1, 11)]
    parts = {"IIT": sum(p[:5]) / 5, "EIT": sum(p[5:8]) / 3, "OIT": sum(p[8:]) / 2}
    return parts, parts["IIT"] * 3 / 10 + parts["EIT"] * 3 / 10 + parts["OIT"] * 4 / 10


def grade(year: int, total: Fraction, parts: dict[str, Fraction]) -> str:
    if year <= 2565:
        borders = zip((95, 85, 75, 65, 55, 40, 0), ["AA", "A", "B", "C", "D", "E", "F"], strict=True)
        return next(name for least, name in borders if total >= least)
    if total >= 95 and min(parts.values()) >= 95:
        return "ผ่านดีเยี่ยม"
    if total >= 85:
        return "ผ่านดี" if min(parts.values()) >= 85 else "ผ่าน"
    return "ต้องปรับปรุง" if total >= 70 else "ต้องปรับปรุงโดยด่วน"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(printed_results)
def test_any_printed_result_gives_the_right_card(office, result):
    office.print_only(result)
    messages = office.ask("คะแนนล่าสุด")
    assert limits.faults(messages) == []
    told = json.dumps(messages, ensure_ascii=False)
    printed, year = result.headline.total, result.fiscal_year
    parts, total = exact(result.tables[0].indicators)
    assert messages[0]["contents"]["body"]["contents"][0]["contents"][0]["text"] == f"{printed:f}"
    assert f"ระดับ {grade(year, Fraction(printed), parts)}" in told
    assert f"(ระดับ {grade(year, total, parts)})" in told
    assert f"ปี {year}" in messages[0]["altText"]
    assert str(RUNNING) in messages[0]["altText"]
    for part in parts.values():
        assert any(f'"{shown}"' in told for shown in around(part))
    assert any(f"คำนวณจากตัวชี้วัดได้ {shown} " in told for shown in around(total))
    differs = abs(Fraction(printed) - total) > Fraction(2, 100)
    assert ("ไม่ตรงกับที่คำนวณจากตัวชี้วัด" in told) == differs
    assert ("ยังไม่ยืนยัน" in messages[0]["altText"]) == differs
    assert (year in {2563, 2564, 2565, 2567, 2568}) or "ยังไม่ยืนยัน" in told


def around(value: Fraction) -> set[str]:
    """Both ways of writing a fraction with two decimals: cut and rounded."""
    cut = int(value * 100)
    return {f"{Decimal(hundredths) / 100:.2f}" for hundredths in (cut, cut + 1)}
