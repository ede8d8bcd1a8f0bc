"""Who copies the database without the keys learns nothing of who said what; nor does who reads the log."""

import json
import logging
from datetime import UTC

import pytest

from bot import enrol, nlu
from bot.letters import Letters
from bot.line.client import Outcome
from bot.quota import QuotaWatch
from bot.sender import Manners, SendLoop
from bot.storage.queue import Rate, State
from bot.storage.schema import METADATA
from bot.texts import LOCALES, Texts
from bot.turns import Turns
from bot.worker import Patience, TurnLoop
from handlers import FEATURES
from tests import postgres

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

    def quota(self, _agency):
        return None


@pytest.fixture(scope="module")
def understanding():
    return nlu.load(LOCALES)


@pytest.fixture
def talked(house, caplog, understanding):
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
    turns = Turns(FEATURES, understanding, texts)
    letters, lines = Letters(texts, core.channels), EveryOtherFails()
    worker = TurnLoop(house.ledger, turns, letters, Patience(30_000, 3, 1_000), UTC, lambda: None)
    manners = Manners(30_000, 50_000, Rate(1_000, 1_000))
    sender = SendLoop(house.ledger, lines, letters, manners, QuotaWatch(house.ledger, lines))

    def one(loop):
        work = loop.claim("w")
        if work is not None:
            loop.work(work, "w")
        return work is not None

    def hear():
        for number, text in enumerate(SAID):
            for user in (CITIZEN, STAFF):
                event = {"type": "message", "replyToken": "reply-token-of-the-test", "source": {"userId": user},
                         "message": {"type": "text", "text": text}}  # fmt: skip
                lane = core.ring.lookup(agency, "lane", user)
                house.put(agency, {"id": f"{house.clock()}-{number}-{user[:4]}", "lane": lane, "body": event})

    hear()
    while one(worker):
        pass
    for _ in range(20):
        one(sender)
    house.clock.pass_ms(1)
    hear()  # and some are left waiting, in the inbox and in the outbox
    for _ in range(3):
        one(worker)
    return house


def copy_of(core):
    """What a thief gets: the files of SQLite, every row of PostgreSQL."""
    if core.database.dialect == "postgresql":
        with postgres.cluster().admin(core.database.engine.url.database) as admin, admin.cursor() as cursor:
            return b"".join(rows for table in METADATA.tables for rows in copied(cursor, table))
    files = [file for file in core.settings.var.iterdir() if file.name.startswith("itabot.db")]
    assert {"itabot.db", "itabot.db-wal"} <= {file.name for file in files}
    return b"".join(file.read_bytes() for file in files)


def copied(cursor, table):
    with cursor.copy(f"COPY {table} TO STDOUT") as rows:
        return [bytes(part) for part in rows]


def test_no_copy_of_the_database_and_no_log_holds_a_word(talked, caplog):
    took_place(talked)
    kept = copy_of(talked.core) + caplog.text.encode()
    assert "อบต.เหนือ".encode() in kept  # what is public can be found, so what is not found is really not there
    for secret in SECRETS:
        forms = {secret, json.dumps(secret)[1:-1], secret.lower(), secret.encode().hex()}
        assert not [form for form in forms if form.encode() in kept]
        assert secret.encode("utf-16-le") not in kept
    assert talked.core.settings.keys[0] not in caplog.text


def took_place(talked):
    """Much is done, something waits on either side, and nothing was given up."""
    states = dict(talked.rows("SELECT state, COUNT(*) FROM inbox GROUP BY state"))
    assert states[State.DONE] >= 2 * len(SAID)
    assert states[State.WAITING] > 0
    assert State.DEAD not in states
    assert talked.value("SELECT COUNT(*) FROM outbox WHERE body IS NOT NULL") > 0


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_lock_beside_the_database_is_nobody_elses(house):
    house.add_agency("north")
    lock = house.core.settings.var / "itabot.db.lock"
    assert lock.stat().st_mode & 0o077 == 0
