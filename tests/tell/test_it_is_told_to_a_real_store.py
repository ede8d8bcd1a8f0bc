"""The real web app on a real database: what it takes in only the worker can open, and a receiver's tap opens a file."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import text

from bot import enrol
from bot.line.events import Heard, Kind
from bot.settings import Settings
from bot.storage.schema import migrate
from bot.storage.sealing import new_key
from bot.storage.store import AgencyStore
from bot.tell.handing import LIVES_MS, FileAddresses, Handles
from bot.tell.serving import addresses_of
from bot.turns import Taken
from bot.wiring import Core, web
from handlers.kit import Link, say, words
from itadomain.integrity.arriving import arrive
from itadomain.people import Role
from tests import postgres
from tests.evidence import files
from tests.tell.test_files_come_with_it import a_pdf
from tests.tell.visitor import SLUG, Visitor

STORY = "เรียกรับเงินค่าออกใบอนุญาตก่อสร้างห้าพันบาท"
PUBLIC, OWN = "https://bot.example.go.th", "https://tell.example.go.th"


@dataclass
class At:
    """A client that asks one host."""

    client: Any
    host: str

    def get(self, *asked, **more):
        return self.client.get(*asked, base_url=self.host, **more)

    def post(self, *asked, **more):
        return self.client.post(*asked, base_url=self.host, **more)


@dataclass
class Installation:
    """A web process without the receivers' keys, and a worker with them."""

    settings: Settings
    own: str = ""

    @cached_property
    def worker(self) -> Core:
        return Core(self.settings)

    @cached_property
    def app(self):
        return web(self.settings)

    def visitor(self, base=PUBLIC) -> Visitor:
        return Visitor(At(self.app.test_client(), base))

    def agency(self, slug=SLUG):
        return self.worker.channels.by_slug(slug)

    def read(self, look, slug=SLUG, core=None):
        core, agency = core or self.worker, self.agency(slug)
        with core.database.reading(of=agency.id) as connection:
            return look(AgencyStore(connection, agency, core.ring))

    def write(self, act, slug=SLUG):
        stores = []

        def done(store):
            stores.append(store)
            return act(store)

        made = self.read(done, slug)
        self.worker.database.write(stores[0].apply, of=self.agency(slug).id)
        return made

    def person(self, role=Role.INTEGRITY):
        return self.read(lambda store: [one.id for one in store.people.with_role(role, self.worker.today())])


@pytest.fixture
def installed(tmp_path, request):
    url = _database(request) if getattr(request, "param", "sqlite") == "postgresql" else ""
    made = Installation(Settings.read({
        "DATABASE_URL": url,
        "ITABOT_VAR": str(tmp_path), "ITABOT_KEYS": new_key(), "ITABOT_SEALED_KEYS": new_key(),
        "ITABOT_PUBLIC_URL": PUBLIC, "ITABOT_EVIDENCE_SHARED": "1",
    }))  # fmt: skip
    core = made.worker
    migrate(core.database)
    for slug in (SLUG, "south"):
        enrol.add_agency(core, enrol.NewAgency(slug, f"อบต.{slug}", "secret", access_token="token"))
        for number, unit in enumerate(("กองช่าง", "สำนักปลัด")):
            who = enrol.NewMember(slug, "U" + str(number) * 32, f"ผู้รับ {number}", ["integrity"], unit)
            enrol.add_member(core, who)
    yield made
    core.database.close()
    made.app.extensions["core"].database.close()


def _database(request):
    if postgres.programs() is None:
        pytest.skip(postgres.WANTED)
    name = postgres.cluster().new_database()
    request.addfinalizer(lambda: postgres.cluster().drop(name))
    return postgres.cluster().url(name)


on_both = pytest.mark.parametrize("installed", ["sqlite", "postgresql"], indirect=True)


def delivered(installed):
    """The round: what came is with its receivers."""
    installed.write(lambda store: arrive(store, installed.worker.today()))
    (found,) = installed.read(lambda store: store.disclosures.readable(installed.person()[1]))
    return found


@on_both
def test_it_is_told_followed_answered_and_read(installed):
    visitor = installed.visitor()
    code = visitor.sends(what=STORY, unit=[])
    assert visitor.follows(code).says("รอรอบถัดไป", STORY)
    visitor.presses("add", more="มีพยานอีกคน")
    found = delivered(installed)
    assert (found.told["what"], [line.words for line in found.talk]) == (STORY, ["มีพยานอีกคน"])
    assert visitor.follows(code).says("ถึงผู้รับเรื่องแล้ว", "มีพยานอีกคน")


def test_the_web_process_cannot_read_what_it_took_in(installed):
    installed.visitor().sends(what=STORY)
    found, core = delivered(installed), installed.app.extensions["core"]
    with pytest.raises(Exception, match=r"integrity.no_keys"):
        installed.read(lambda store: store.disclosures.get(found.id, found.readers), core=core)


@on_both
def test_a_receiver_looks_at_a_file_for_ten_minutes(installed):
    visitor = installed.visitor()
    code = visitor.sends()
    visitor.follows(code).presses("ส่งไฟล์", file=(files.photo(), "ภาพ.jpg"))
    visitor.presses("ส่งไฟล์", file=(a_pdf(2), "ก.pdf"))
    assert visitor.says("มีแล้ว 2 ไฟล์")
    found = delivered(installed)
    for file, start, how in zip(found.files, (b"\xff\xd8", b"%PDF"), ("inline", "attachment"), strict=True):
        address = address_of(installed, f"disclosure:{found.id}/{file.id}")
        assert re.fullmatch(rf"{PUBLIC}/evidence/s/v1\.[\w.-]+", address)
        assert len(address) < 1000
        answer = visitor.client.get(address.removeprefix(PUBLIC))
        assert (answer.status_code, answer.data[: len(start)], answer.mimetype) == (200, start, file.media_type)
        assert files.CAMERA not in answer.data
        assert answer.headers["Content-Disposition"].startswith(how)
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "no-store" in answer.headers["Cache-Control"]


def address_of(installed, uri, person=None, core=None):
    who = installed.person()[1] if person is None else person
    return addresses_of(core or installed.worker).of(installed.agency().id, uri, who)


def test_a_tap_of_a_reply_leads_to_the_file(installed):
    visitor = installed.visitor()
    visitor.follows(visitor.sends()).presses("ส่งไฟล์", file=(files.photo(), "x"))
    found, receiver = delivered(installed), installed.person()[1]
    reply = say("help.menu").offering(Link(words("tell.title"), f"disclosure:{found.id}/{found.files[0].id}"))
    event = SimpleNamespace(agency_id=installed.agency().id, received_at=5)
    heard = Heard(Kind.TEXT, user_id="U1", reply_token="token")

    def links(who):
        (letter,) = installed.worker.letters.answer(event, heard, Taken(reply, "th", who=who))
        return [one["action"]["uri"] for one in letter.messages[-1].get("quickReply", {}).get("items", [])]

    (uri,) = links(receiver)
    assert visitor.client.get(uri.removeprefix(PUBLIC)).status_code == 200
    assert links("") == links("somebody") == []


def test_nobody_else_gets_an_address(installed):
    visitor = installed.visitor()
    visitor.follows(visitor.sends()).presses("ส่งไฟล์", file=(files.photo(), "x"))
    found = delivered(installed)
    uri = f"disclosure:{found.id}/{found.files[0].id}"
    assert address_of(installed, uri)
    assert address_of(installed, uri, person="") == ""
    assert address_of(installed, uri, person="somebody") == ""
    assert address_of(installed, f"disclosure:{found.id}/{'0' * 64}") == ""
    assert address_of(installed, f"disclosure:{'0' * 32}/{found.files[0].id}") == ""
    assert address_of(installed, uri, core=installed.app.extensions["core"]) == ""
    south = installed.agency("south").id
    assert addresses_of(installed.worker).of(south, uri, installed.person()[1]) == ""


def test_an_address_ends_and_none_can_be_made_up(installed):
    now = [1_795_150_000_000]
    handles = Handles(installed.worker.ring, PUBLIC, lambda: now[0])
    token = handles.of(1, "a" * 64, "image/jpeg", new_key()).rpartition("/")[2]
    assert handles.read(token).name == "a" * 64
    now[0] += LIVES_MS + 1
    assert handles.read(token) is None
    client = installed.app.test_client()
    forged = ["x", token[:-2], token + "A", installed.worker.ring.seal_text("[]", "agency"), "v1.00000000.x.y", "ก"]
    assert {client.get(f"/evidence/s/{one}").status_code for one in (token, *forged)} == {404}


def test_other_taps_lead_where_they_did(installed):
    worker = installed.worker
    addresses = addresses_of(worker)
    assert isinstance(addresses, FileAddresses)
    assert addresses.of(1, "https://example.go.th") == "https://example.go.th"
    assert addresses.of(1, "tel:1205", "p") == "tel:1205"
    assert addresses.of(1, f"evidence:{'0' * 32}").startswith(f"{PUBLIC}/evidence/1-")


def test_no_row_and_no_file_of_the_disk_has_a_word_of_it(installed, tmp_path):
    visitor = installed.visitor()
    code = visitor.sends(what=STORY, who="นายสมมติ", name="ผู้บอกชื่อ", contact="0812345678")
    visitor.follows(code).presses("ส่งไฟล์", file=(files.photo(), "x"))
    visitor.presses("add", more="อีกคำหนึ่งที่ไม่ควรเห็น")
    for _ in range(2):
        contents = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
        for secret in (STORY, "นายสมมติ", "ผู้บอกชื่อ", "0812345678", "อีกคำหนึ่ง", code, "203.0.113"):
            assert secret.encode() not in contents
        delivered(installed)


@on_both
def test_a_known_code_of_a_form_sent_twice_is_one_row(installed):
    visitor = installed.visitor()
    visitor.tells(what=STORY)
    review = visitor.page
    visitor.presses("send")
    code, visitor.page = visitor.code, review
    visitor.presses("send")
    assert visitor.code == code
    with installed.worker.database.reading(of=installed.agency().id) as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM disclosure_box")).scalar() == 1


def test_a_host_of_its_own_serves_the_form_and_nothing_else(installed):
    apart = Installation(replace(installed.settings, form_url=OWN))
    there, here = apart.visitor(OWN), apart.visitor(PUBLIC)
    try:
        assert there.sends(what=STORY)
        assert there.client.get("/tell/-/style.css").status_code == 200
        for address in ("/healthz", "/metrics", "/readyz", "/evidence/x", "/evidence/s/x", "/", "/tell"):
            assert there.client.get(address).status_code == 404
        assert there.client.post("/line/north/webhook").status_code == 404
        assert here.client.get("/tell/north").status_code == 404
        assert here.client.get("/healthz").status_code == 200
        assert here.client.post("/line/north/webhook").status_code == 400
        assert apart.agency().office.form == f"{OWN}/tell/north"
    finally:
        apart.worker.database.close()
        apart.app.extensions["core"].database.close()


@pytest.mark.parametrize(("form", "public", "address"), [
    ("", "", ""), ("", PUBLIC, f"{PUBLIC}/tell/north"), (OWN, "", f"{OWN}/tell/north"),
    ("http://127.0.0.1:8000/", "", "http://127.0.0.1:8000/tell/north"),
])  # fmt: skip
def test_an_agencys_form_has_an_address_where_one_is_set(installed, form, public, address):
    made = Settings.read(
        {"ITABOT_FORM_URL": form, "ITABOT_PUBLIC_URL": public, "ITABOT_KEYS": installed.settings.keys[0]}
    )
    told: Any = Core(replace(made, var=installed.settings.var, database_url=installed.settings.database_url))
    assert told.channels.by_slug(SLUG).office.form == address
    told.database.close()


@pytest.mark.parametrize(
    "form", ["http://tell.example.go.th", "tell.example.go.th", "http://127.0.0.1.example.com", "ftp://x"]
)
def test_an_address_that_can_be_listened_to_is_refused(form):
    with pytest.raises(Exception, match="ITABOT_FORM_URL"):
        Settings.read({"ITABOT_FORM_URL": form})
