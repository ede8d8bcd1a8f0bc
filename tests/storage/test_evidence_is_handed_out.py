"""Short-lived addresses: what they lead to, what they are served with, and everything they refuse alike."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask

from bot.evidence.addresses import LIVES_MS, Addresses
from bot.evidence.pages import pages
from bot.evidence.shelf import SHOWN, SMALL, name_of
from bot.evidence.sniffing import HEIC, JPEG, PDF
from bot.storage.sealing import KeyRing, new_key
from bot.storage.store import AgencyStore
from itadomain.evidence import Copy, Evidence, Kind, Stage
from tests.talk import TODAY

SHA = "ab" * 32
NAMED = "0" * 31 + "1"
HERE = "https://bot.example.go.th"


@dataclass
class Page:
    house: Any
    agency: int
    addresses: Addresses
    client: Any

    def keep(self, copy, stage=Stage.KEPT, name="ภาพกิจกรรม.exe", agency=None):
        core, of = self.house.core, agency or self.agency

        def write(connection):
            store = AgencyStore(connection, core.agencies.by_id(connection, of), core.ring)
            store.evidence.save(Evidence(NAMED, "p1", Kind.FILE, TODAY, stage, copy=copy, name=name))
            store.apply(connection)

        core.database.write(write, of=of)

    def lay(self, contents, variant=""):
        with self.house.core.shelf.scratch() as folder:
            (folder / "made").write_bytes(contents)
            self.house.core.shelf.put(name_of(self.agency, SHA, variant), folder / "made")

    def token(self, uri=f"evidence:{NAMED}", agency=None):
        return self.addresses.of(agency or self.agency, uri).removeprefix(f"{HERE}/evidence/")

    def get(self, token):
        return self.client.get(f"/evidence/{token}")


@pytest.fixture
def page(house):
    core = house.core
    addresses = Addresses(core.ring, HERE, house.clock)
    app = Flask("test")
    app.register_blueprint(pages(addresses, core.shelf, core.database, core.channels, core.ring))
    return Page(house, house.add_agency("north"), addresses, app.test_client())


def test_a_document_is_handed_out_to_be_saved_and_never_run(page):
    page.keep(Copy(SHA, 5, PDF))
    page.lay(b"%PDF-")
    answer = page.get(page.token())
    assert (answer.status_code, answer.data, answer.mimetype) == (200, b"%PDF-", "application/pdf")
    name = quote("ภาพกิจกรรม.pdf")
    assert answer.headers["Content-Disposition"] == f"attachment; filename*=UTF-8''{name}"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer.headers["Cache-Control"]


def test_of_a_photo_only_what_was_drawn_anew_is_handed_out(page):
    page.keep(Copy(SHA, 5, JPEG, shown=True))
    for contents, variant in ((b"with place and time", ""), (b"large", SHOWN), (b"small", SMALL)):
        page.lay(contents, variant)
    assert page.get(page.token()).data == b"large"
    assert page.get(page.token(f"evidence:{NAMED}:small")).data == b"small"


def test_a_photo_that_nothing_draws_anew_is_not_handed_out(page):
    page.keep(Copy(SHA, 5, HEIC))
    page.lay(b"with place and time")
    assert page.get(page.token()).status_code == 404


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.KEPT])
def test_what_was_taken_back_or_refused_is_not_there_any_more(page, stage):
    page.keep(Copy(SHA, 5, PDF), stage)
    page.lay(b"%PDF-")
    assert page.get(page.token()).status_code == 404


def test_an_address_lives_for_an_hour(page, house):
    page.keep(Copy(SHA, 5, PDF))
    page.lay(b"%PDF-")
    token = page.token()
    house.clock.pass_ms(LIVES_MS)
    assert page.get(token).status_code == 200
    house.clock.pass_ms(1)
    assert page.get(token).status_code == 404


def test_every_wrong_token_is_answered_alike(page, house):
    page.keep(Copy(SHA, 5, PDF))
    page.lay(b"%PDF-")
    token = page.token()
    agency, named, size, until, mac = token.split("-")
    other = Addresses(KeyRing([new_key()]), HERE, house.clock).of(page.agency, f"evidence:{NAMED}")
    wrong = [
        "", "x", token[:-1] + ("0" if token[-1] != "0" else "1"), f"{agency}-{named}-s-{until}-{mac}",
        f"{agency}-{named}-{size}-{int(until) + 1}-{mac}", f"2-{named}-{size}-{until}-{mac}", token.upper(), token + "0",
        other.rpartition("/")[2], f"{agency}-{'f' * 32}-{size}-{until}-{mac}", "../../etc/passwd",
    ]  # fmt: skip
    answers = {(answer.status_code, answer.data) for answer in map(page.get, filter(None, wrong)) if answer.data != b""}
    assert {status for status, _ in answers} == {404}
    assert page.client.get("/evidence/").status_code == 404
    assert page.client.get("/evidence").status_code == 404


def test_a_copy_that_is_gone_from_the_shelf_is_not_there(page):
    page.keep(Copy(SHA, 5, PDF))
    assert page.get(page.token()).status_code == 404


def test_an_address_of_one_agency_leads_to_nothing_of_another(page, house):
    south = house.add_agency("south")
    page.keep(Copy(SHA, 5, PDF))
    page.lay(b"%PDF-")
    assert page.get(page.token(agency=south)).status_code == 404


def test_after_a_new_key_an_address_lives_as_long_as_the_old_key_is_known(house):
    old, new = new_key(), new_key()
    made = Addresses(KeyRing([old]), HERE, house.clock).of(1, f"evidence:{NAMED}").rpartition("/")[2]
    assert Addresses(KeyRing([new, old]), HERE, house.clock).read(made).evidence == NAMED
    assert Addresses(KeyRing([new]), HERE, house.clock).read(made) is None


@pytest.mark.parametrize("uri", ["https://example.go.th/a", "tel:021234567", ""])
def test_other_addresses_are_left_as_they_are(house, uri):
    assert Addresses(house.core.ring, HERE, house.clock).of(1, uri) == uri


def test_where_nobody_can_reach_us_there_is_no_address(house):
    assert Addresses(house.core.ring, "", house.clock).of(1, f"evidence:{NAMED}") == ""
    assert re.fullmatch(
        r"https://bot\.example\.go\.th/evidence/[\w-]{100,}",
        Addresses(house.core.ring, HERE, house.clock).of(1, f"evidence:{NAMED}"),
    )
