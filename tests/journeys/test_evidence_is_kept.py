"""A photo out of the blue, as an officer sends it: through LINE's webhook, a real worker, LINE's other address, a shelf."""

import base64
import hashlib
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import text
from werkzeug.serving import make_server

from bot import enrol
from bot.settings import Settings
from bot.simulator.client import Desk
from bot.simulator.config import Agency, Config
from bot.simulator.server import DeskServer
from bot.storage.schema import migrate
from bot.storage.sealing import new_key
from bot.wiring import Core, web, work
from itadomain.plans import keep_plan
from tests import postgres
from tests.evidence import files
from tests.fakes import TODAY, a_measure

SLUG, CLERK = "north", "U" + "5" * 32
PUBLIC = "https://bot.example.go.th"


@dataclass
class Service:
    desk: Desk
    core: Core
    address: str

    def evidence(self, *columns):
        with self.core.database.reading(of=1, across=True) as connection:
            rows = connection.execute(text(f"SELECT {', '.join(columns)} FROM evidence ORDER BY message"))
            return [tuple(row) for row in rows]

    def wait(self, until, seconds=60):
        end = time.monotonic() + seconds
        while not until():
            assert time.monotonic() < end, self.evidence("stage", "why", "obligation")
            time.sleep(0.05)

    def hears(self, act, **asked):
        """What the bot says to an act of the clerk's."""
        done = self.desk.act(SLUG, CLERK, act, **asked)
        return done, self.desk.wait_for_reply(SLUG, CLERK, done["n"])

    def stored(self):
        return [path for path in (self.core.settings.var / "evidence" / "1").rglob("*") if path.is_file()]


@pytest.fixture(params=["sqlite", "postgresql"])
def service(request, tmp_path):
    with ExitStack() as ended:
        desk = DeskServer(Config(tmp_path / "record.jsonl", (), redelivery=(0.2, 0.5))).start()
        ended.callback(desk.close)
        settings = Settings.read({
            "ITABOT_VAR": str(tmp_path), "ITABOT_KEYS": new_key(), "LINE_API_HOST": desk.url, "LINE_DATA_API_HOST": desk.url,
            "DATABASE_URL": _database(request.param, ended), "ITABOT_EVIDENCE_SHARED": "1", "ITABOT_PUBLIC_URL": PUBLIC,
        })  # fmt: skip
        core = Core(settings)
        ended.callback(core.database.close)
        _fill(core)
        page = make_server("127.0.0.1", 0, web(settings), threaded=True)
        ended.callback(page.server_close)
        _beside(ended, page.serve_forever, page.shutdown)
        stop = threading.Event()
        _beside(ended, lambda: work(settings, until=stop), stop.set)
        address = f"http://127.0.0.1:{page.server_port}"
        agency = Agency(SLUG, "อบต.เหนือ", f"{address}/line/{SLUG}/webhook", "secret", "token", "U" + "b" * 32)
        desk.begin_again(Config(tmp_path / "record2.jsonl", (agency,), redelivery=(0.2, 0.5)))
        yield Service(Desk(desk.url), core, address)


def _database(kind, ended):
    if kind == "sqlite":
        return ""
    if postgres.programs() is None:
        pytest.skip(postgres.WANTED)
    name = postgres.cluster().new_database()
    ended.callback(postgres.cluster().drop, name)
    return postgres.cluster().url(name)


def _fill(core):
    migrate(core.database)
    enrol.add_agency(core, enrol.NewAgency(SLUG, "อบต.เหนือ", "secret", access_token="token"))
    enrol.add_member(core, enrol.NewMember(SLUG, CLERK, "สมชาย", ["staff"], "กองคลัง"))
    agency = core.channels.by_slug(SLUG)

    def plan(connection):
        from bot.storage.store import AgencyStore

        store = AgencyStore(connection, agency, core.ring)
        measures = [
            a_measure(1, id="", owners=("กองคลัง",), plan_year=2570),
            a_measure(3, id="", owners=("กองคลัง",), plan_year=2570),
        ]
        keep_plan(store, measures, store.units.all(), TODAY)
        store.apply(connection)

    core.database.write(plan, of=agency.id)


def _beside(ended, run, stop):
    thread = threading.Thread(target=run)
    thread.start()
    ended.callback(thread.join)
    ended.callback(stop)


def test_a_photo_is_stored_attached_looked_at_and_taken_back(service):
    data = files.photo()
    sent, asked = service.hears("photo", base64=base64.b64encode(data).decode(), type="image/jpeg")
    assert "จะแนบกับมาตรการใด" in asked["message"]["altText"]
    tapped = service.desk.tap_label(SLUG, CLERK, "ข้อ 2")
    assert "แนบแล้ว 1 รายการ" in service.desk.wait_for_reply(SLUG, CLERK, tapped["n"])["message"]["text"]
    service.wait(lambda: service.evidence("stage") == [("kept",)])
    ((sha256, obligation, told),) = service.evidence("sha256", "obligation", "told")
    assert (sha256, bool(obligation), told[:3]) == (hashlib.sha256(data).hexdigest(), True, "v1.")
    assert {path.name for path in service.stored()} == {sha256, f"{sha256}.shown", f"{sha256}.small"}
    listed = service.desk.tap_label(SLUG, CLERK, "ดูหลักฐาน")
    service.desk.wait_for_reply(SLUG, CLERK, listed["n"])
    shown = service.desk.tap_label(SLUG, CLERK, "ดู 1")
    card = service.desk.wait_for_reply(SLUG, CLERK, shown["n"])["message"]["contents"]
    _look(service, card["hero"]["url"])
    service.desk.act(SLUG, CLERK, "unsend", id=sent["id"])
    service.wait(lambda: service.evidence("stage") == [("gone",)] and service.stored() == [])
    _costs_nothing(service)


def _look(service, address):
    from urllib.request import urlopen

    assert address.startswith(f"{PUBLIC}/evidence/")
    with urlopen(address.replace(PUBLIC, service.address)) as answer:
        assert (answer.status, answer.headers["Content-Type"]) == (200, "image/jpeg")
        assert files.CAMERA not in answer.read()


def _costs_nothing(service: Any):
    """Everything was said in free replies."""
    calls = [entry["path"] for entry in service.desk.record(kind="api")]
    assert not [path for path in calls if path.endswith("/push")]
    assert calls.count("/v2/bot/message/reply") == 4


def test_a_film_that_line_prepares_is_waited_for(service):
    service.hears("video", prepares=600)
    service.wait(lambda: any("/transcoding" in entry["path"] for entry in service.desk.record(kind="api")))
    assert service.evidence("stage") == [("coming",)]
    service.desk.advance(601)
    service.wait(lambda: service.evidence("stage") == [("kept",)])


def test_a_program_that_is_called_a_photo_is_refused_and_its_sender_told(service):
    sent, _ = service.hears("file", base64=base64.b64encode(files.PE).decode(), name="ภาพ.jpg", type="image/jpeg")
    service.wait(lambda: service.evidence("stage", "why") == [("refused", "evidence.not_allowed")])
    service.wait(lambda: any(item.get("way") == "push" for item in service.desk.chat(SLUG, CLERK, sent["n"])["items"]))
    told = [
        item["message"]["text"]
        for item in service.desk.chat(SLUG, CLERK, sent["n"])["items"]
        if item.get("way") == "push"
    ]
    assert len(told) == 1
    assert "เก็บไม่ได้" in told[0]
    assert service.stored() == []
