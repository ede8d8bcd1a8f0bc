"""Who copies the database without the keys learns nothing of who said what; nor does who reads the log."""

import json
import logging
from datetime import UTC

import pytest

from bot import enrol, nlu
from bot.line.client import Outcome
from bot.sender import SendLoop
from bot.texts import LOCALES, Texts
from bot.turns import Turns
from bot.worker import Patience, TurnLoop
from handlers import FEATURES

CITIZEN, STAFF = "Ub3f1c0ffee4a11d00d5eedfacade12345"[:33], "U0ddba11c0ffeef00dcafe1234567890ab"[:33]
NAME = "นางสาวปริศนา ไม่เปิดเผยนาม"
SAID = (
    "เรื่องลับสุดยอดเกี่ยวกับกล่องสีม่วง",
    "นายสมมุติทุจริตเงินสะพานเหล็ก",
    "ปีนี้เราได้เกรดอะไร",
    "มาตรการของฉัน",
    "แจ้งปัญหาไฟดับหน้าบ้านป้าจันทร์หอม",
    "ขอถามคะแนนรายตัวชี้วัด",
    "my secret is a purple box",
)
SECRETS = (
    CITIZEN, STAFF, NAME, "นางสาวปริศนา", "purple box", "กล่องสีม่วง", "สะพานเหล็ก", "ป้าจันทร์หอม",
    "channel-secret-of-the-test", "access-token-of-the-test", "reply-token-of-the-test",
)  # fmt: skip


class EveryOtherFails:
    """LINE on a bad day, so that the log has something to tell."""

    def __init__(self):
        self.count = 0

    def reply(self, *_call):
        self.count += 1
        return (Outcome.ACCEPTED, Outcome.REFUSED, Outcome.UNKNOWN)[self.count % 3]

    push = reply


@pytest.fixture
def talked(house, caplog):
    """A conversation with distinctive words, part of it done, part of it still waiting."""
    caplog.set_level(logging.DEBUG)
    core = house.core
    enrol.add_agency(
        core,
        enrol.NewAgency("north", "อบต.เหนือ", "channel-secret-of-the-test", access_token="access-token-of-the-test",
                        sample="krasang"),
    )  # fmt: skip
    enrol.add_member(core, enrol.NewMember("north", STAFF, NAME, ["staff", "admin"], "สำนักปลัด"))
    agency = core.channels.by_slug("north").id
    texts = Texts()
    turns = Turns(FEATURES, nlu.load(LOCALES), texts)
    worker = TurnLoop(core.database, core.queue, core.channels, core.ring, turns, texts, Patience(30_000, 3), UTC,
                      house.clock, lambda: None)  # fmt: skip
    sender = SendLoop(core.database, core.queue, core.channels, EveryOtherFails(), 30_000, 50_000, house.clock)

    def hear():
        for number, text in enumerate(SAID):
            for user in (CITIZEN, STAFF):
                event = {"type": "message", "replyToken": "reply-token-of-the-test", "source": {"userId": user},
                         "message": {"type": "text", "text": text}}  # fmt: skip
                lane = core.ring.lookup(agency, "lane", user)
                house.put(agency, {"id": f"{house.clock()}-{number}-{user[:4]}", "lane": lane, "body": event})

    hear()
    while worker.one("w"):
        pass
    for _ in range(20):
        sender.one("s")
    house.clock.pass_ms(1)
    hear()  # and some are left waiting, in the inbox and in the outbox
    for _ in range(3):
        worker.one("w")
    return house


def test_no_file_of_the_database_and_no_log_holds_a_word(talked, caplog):
    folder = talked.core.settings.var
    files = [file for file in folder.iterdir() if file.name.startswith("itabot.db")]
    assert {"itabot.db", "itabot.db-wal"} <= {file.name for file in files}
    kept = b"".join(file.read_bytes() for file in files) + caplog.text.encode()
    assert "อบต.เหนือ".encode() in kept  # what is public can be found, so what is not found is really not there
    for secret in SECRETS:
        forms = {secret, json.dumps(secret)[1:-1], secret.lower(), secret.encode().hex()}
        assert not [form for form in forms if form.encode() in kept]
        assert secret.encode("utf-16-le") not in kept


def test_the_conversation_did_take_place(talked):
    assert talked.value("SELECT COUNT(*) FROM inbox WHERE state = 1") >= 2 * len(SAID)
    assert talked.value("SELECT COUNT(*) FROM inbox WHERE state = 0") > 0
    assert talked.value("SELECT COUNT(*) FROM inbox WHERE state = 3") == 0
    assert talked.value("SELECT COUNT(*) FROM outbox WHERE body IS NOT NULL") > 0


def test_the_lock_beside_the_database_is_nobody_elses(talked):
    lock = talked.core.settings.var / "itabot.db.lock"
    assert lock.stat().st_mode & 0o077 == 0


def test_settings_and_agencies_do_not_print_their_keys_into_logs(talked, caplog):
    assert talked.core.settings.keys[0] not in caplog.text
