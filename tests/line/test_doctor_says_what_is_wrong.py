"""The doctor, at a real installation, a real web process and the desk simulator's LINE; each fault is a real one."""

import fcntl
import json
import shutil
import sqlite3
import threading
import time
from dataclasses import replace

import pytest
from sqlalchemy import insert
from werkzeug.serving import make_server

from bot import enrol
from bot.doctor import Result, examine, house
from bot.line.client import Lines
from bot.settings import EvidencePlace, Settings
from bot.simulator import config
from bot.simulator.client import Desk
from bot.simulator.server import DeskServer
from bot.storage.evidence import CopyRow
from bot.storage.sealing import new_key
from bot.texts import LOCALES
from bot.wiring import Core, web
from tests import postgres

SECRET, TOKEN, CHANNEL, BOT = "secret-of-north", "token-of-north", "1650000001", "U" + "b" * 32
NORTH = enrol.NewAgency("north", "อบต.เหนือ", SECRET, access_token=TOKEN, bot_user_id=BOT)
RECEIVER = "U" + "7" * 32
STATELESS = replace(NORTH, access_token="", channel_id=CHANNEL)
OK, WARN, FAIL = Result.OK, Result.WARN, Result.FAIL


class Clinic:
    """An installation with one agency beside those of the samples, its service, and a LINE that knows its channel."""

    def __init__(self, core, tmp_path):
        enrol.add_agency(core, NORTH)
        enrol.add_member(core, enrol.NewMember("north", RECEIVER, "ผู้รับเรื่อง", ["integrity"]))
        self.service = make_server("127.0.0.1", 0, web(core.settings), threaded=True)
        self.serving = threading.Thread(target=self.service.serve_forever, args=(0.02,))
        self.serving.start()
        address = f"http://127.0.0.1:{self.service.server_port}/line/north/webhook"
        channel = config.Agency("north", "อบต.เหนือ", address, SECRET, TOKEN, BOT, channel_id=CHANNEL)
        self.line = DeskServer(config.Config(tmp_path / "record.jsonl", (channel,))).start()
        self.account = self.line.desk.accounts["north"]
        self.desk = Desk(self.line.url)
        self.lines = Lines(self.line.url, timeout=(1, 5))
        self.core = Core(replace(core.settings, line_api=self.line.url))

    def examine(self, *named, core=None, **how):
        """Every finding; whatever is wrong, none tells a secret or who somebody is."""
        found = list(examine(core or self.core, self.lines, named or ("north",), **how))
        told = "".join(f"{finding}{json.dumps(finding.as_json())}" for finding in found)
        keys = (*self.core.settings.keys, *self.core.settings.sealed_keys)
        assert not [hidden for hidden in (SECRET, TOKEN, BOT, RECEIVER, *keys) if hidden in told]
        return found

    def results(self, *named, **how):
        """How each check of the agency went."""
        return {one.check: one.result for one in self.examine(*named, **how) if one.agency}

    def change(self, agency):
        """Enter the agency in another way; what is empty stays as it was, so the row goes first."""
        with sqlite3.connect(self.core.settings.database_url.removeprefix("sqlite:///")) as database:
            database.execute("DELETE FROM agency WHERE slug = 'north'")
        database.close()
        enrol.add_agency(self.core, agency)

    def close_service(self):
        if self.serving.is_alive():
            self.service.shutdown()
            self.serving.join()
            self.service.server_close()
            self.service.app.extensions["core"].database.close()

    def close(self):
        self.close_service()
        self.line.close()
        self.lines.close()
        self.core.database.close()


@pytest.fixture
def core(copied_core):
    core = Core(replace(copied_core().settings, sealed_keys=(new_key(),)))
    yield core
    core.database.close()


@pytest.fixture
def clinic(core, tmp_path):
    clinic = Clinic(core, tmp_path)
    yield clinic
    clinic.close()


def test_where_all_is_well_nothing_fails(clinic):
    found = clinic.examine()
    assert [str(one) for one in found if one.result is FAIL] == []
    assert {one.check for one in found} == {
        "settings", "keys", "sealed keys", "receivers", "texts", "database", "migrations", "disk", "evidence", "sqlite", "line", "clock",
        "redelivery",
        "secret", "token", "chat", "account", "webhook", "webhook test", "quota",
    }  # fmt: skip
    assert {one.result for one in found if one.agency} == {OK}


def test_a_channel_without_a_long_lived_token_is_as_good(clinic):
    clinic.change(STATELESS)
    assert set(clinic.results().values()) == {OK}


@pytest.mark.parametrize("agency", [
    replace(NORTH, access_token="another"), replace(STATELESS, channel_secret="another"),
    replace(STATELESS, channel_id="1"), replace(STATELESS, channel_id=""),
], ids=["token", "secret", "channel", "neither"])  # fmt: skip
def test_without_access_nothing_more_is_asked(clinic, agency):
    clinic.change(agency)
    assert clinic.results() == {"secret": OK, "receivers": OK, "token": FAIL}


def test_a_token_of_another_account_is_found(clinic):
    clinic.change(replace(NORTH, bot_user_id="U" + "0" * 32))
    assert clinic.results()["account"] is FAIL


def test_a_chat_that_staff_read_is_found(clinic):
    clinic.desk.chat_mode("chat")
    (found,) = [one for one in clinic.examine() if one.check == "chat"]
    assert found.result is WARN
    assert "Chat: off" in found.do


def switch_off(clinic):
    clinic.account.uses_webhook = False


def send_elsewhere(clinic):
    clinic.account.webhook = clinic.account.webhook.replace("north", "south")


def forget_the_address(clinic):
    clinic.account.webhook = ""


@pytest.mark.parametrize("harm", [switch_off, send_elsewhere, forget_the_address])
def test_a_webhook_that_does_not_lead_here_is_found_and_not_tried(clinic, harm):
    harm(clinic)
    results = clinic.results()
    assert results["webhook"] is FAIL
    assert "webhook test" not in results
    assert results["quota"] is OK


def test_a_service_that_is_down_fails_lines_own_test(clinic):
    clinic.close_service()
    assert clinic.results()["webhook test"] is FAIL


def test_a_wrong_channel_secret_is_named_as_what_it_is(clinic):
    """The service runs and refuses LINE's signature."""
    clinic.change(replace(NORTH, channel_secret="another"))
    (test,) = [one for one in clinic.examine() if one.check == "webhook test"]
    assert test.result is FAIL
    assert "secret" in test.says


def test_lines_test_of_all_agencies_is_made_only_where_it_is_asked_for(clinic):
    """An hour has room for 60."""

    def tests(**how):
        found = list(examine(clinic.core, clinic.lines, **how))
        return [one.agency for one in found if one.check == "webhook test" and one.agency]

    assert tests() == []
    assert tests(try_webhooks=True) == ["north"]


@pytest.mark.parametrize(("limit", "used", "result"), [
    (None, 10**6, OK), (300, 239, OK), (300, 240, WARN), (300, 299, WARN), (300, 300, FAIL), (0, 0, FAIL),
])  # fmt: skip
def test_a_quota_is_warned_of_from_four_fifths_on_and_fails_at_its_end(clinic, limit, used, result):
    clinic.desk.quota(limit, used=used)
    assert clinic.results()["quota"] is result


def test_a_quota_that_is_not_told_is_no_failure(clinic):
    clinic.desk.faults("error500", endpoint="consumption")
    assert clinic.results()["quota"] is WARN


def test_every_agency_is_visited_and_none_stops_the_others(clinic):
    """The samples have neither token nor channel id."""
    found = list(examine(clinic.core, clinic.lines))
    failing = {one.agency for one in found if one.agency and one.result is FAIL}
    assert len(failing) == 6
    assert {one.agency for one in found if one.check == "quota"} == {"north"}


def test_an_address_that_nobody_has_is_named(clinic):
    assert clinic.results("north", "nowhere")["agency"] is FAIL


def test_with_line_away_it_says_so_once_and_looks_at_the_rest(clinic):
    clinic.line.close()
    found = clinic.examine()
    assert [one.check for one in found if one.result is FAIL] == ["line"]
    assert [one.check for one in found if one.agency] == ["secret", "receivers"]


@pytest.mark.parametrize(("ahead", "result"), [(0, OK), (5, WARN), (-5, WARN)])
def test_a_clock_that_is_off_is_found(clinic, ahead, result):
    _, clock = house.line(clinic.lines, clinic.line.url, lambda: time.time() + ahead)
    assert clock.result is result


def with_settings(core, **changes):
    return Core(replace(core.settings, **changes))


def test_with_another_key_the_agencies_do_not_open(clinic):
    other = with_settings(clinic.core, keys=(new_key(),))
    assert {one.check: one.result for one in clinic.examine(core=other) if one.agency} == {"secret": FAIL}
    other.database.close()


@pytest.mark.parametrize("keys", [(), ("short",)], ids=["none", "bad"])
def test_without_keys_no_agency_is_looked_at(clinic, keys):
    core = with_settings(clinic.core, keys=keys)
    found = clinic.examine(core=core)
    assert [one.check for one in found if one.result is FAIL] == ["keys"]
    assert [one for one in found if one.agency] == []
    core.database.close()


def results(findings):
    return [(one.check, one.result) for one in findings]


def test_a_database_that_is_not_there_is_not_made(tmp_path):
    core = Core(Settings.read({"ITABOT_VAR": str(tmp_path / "var"), "ITABOT_KEYS": new_key()}))
    assert results(house.database(core)) == [("database", FAIL)]
    assert not (tmp_path / "var").exists()


def test_a_database_that_was_never_brought_up_to_date_is_found(tmp_path):
    core = Core(Settings.read({"ITABOT_VAR": str(tmp_path), "ITABOT_KEYS": new_key()}))
    (tmp_path / "itabot.db").touch()
    assert results(house.database(core)) == [("database", OK), ("migrations", FAIL)]
    core.database.close()


def test_a_file_that_is_no_database_is_found(tmp_path):
    core = Core(Settings.read({"ITABOT_VAR": str(tmp_path), "ITABOT_KEYS": new_key()}))
    (tmp_path / "itabot.db").write_text("a letter to the mayor, not a database\n" * 40)
    assert results(house.database(core)) == [("database", FAIL)]
    core.database.close()


def test_a_database_that_another_process_holds_is_not_waited_for(core):
    """The lock that every writer takes has no end of its own."""
    with core.database.file.with_name(core.database.file.name + ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        (found,) = house.database(core, patience_s=0.2)
    assert found.result is FAIL
    assert "answer" in found.says


def test_the_clock_of_a_database_server_is_looked_at(tmp_path):
    if postgres.programs() is None:
        pytest.skip(postgres.WANTED)
    url = postgres.cluster().url(postgres.cluster().new_database())
    core = Core(Settings.read({"ITABOT_VAR": str(tmp_path), "DATABASE_URL": url}))
    assert results(house.database_clock(core)) == [("database clock", OK)]
    core.database.close()


def test_what_takes_too_long_is_left():
    hold = threading.Event()
    with pytest.raises(TimeoutError):
        house.within(0.05, hold.wait)
    hold.set()
    assert house.within(10, lambda: 5) == 5


@pytest.mark.parametrize(("free", "result"), [(2**30, OK), (2**30 - 1, WARN), (100 * 2**20, WARN), (0, FAIL)])
def test_little_room_is_warned_of_and_none_fails(tmp_path, free, result):
    assert house.room(free, tmp_path).result is result


@pytest.mark.parametrize(("version", "old"), [((3, 51, 2), True), ((3, 51, 3), False), ((3, 60, 0), False)], ids=str)
def test_an_old_sqlite_is_told_of_with_what_keeps_it_safe(core, monkeypatch, version, old):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    (found,) = house.engine(core)
    assert found.result is OK
    assert ("only itabot opens this file" in found.says) is old


def test_a_database_server_that_is_away_is_told_once(tmp_path):
    """Nothing listens on the discard port; whoever asks more of the database would wait again."""
    url = "postgresql://itabot:hush@127.0.0.1:9/itabot"
    elsewhere = {"DATABASE_URL": url, "ITABOT_EVIDENCE_SHARED": "1"}
    core = Core(Settings.read({"ITABOT_VAR": str(tmp_path), "ITABOT_KEYS": new_key(), **elsewhere}))
    lines = Lines("http://127.0.0.1:9", timeout=(1, 1))
    found = list(examine(core, lines))
    assert [one.check for one in found if one.result is FAIL] == ["database", "line"]
    assert "hush" not in "".join(map(str, found))
    lines.close()
    core.database.close()


@pytest.fixture
def locales(tmp_path):
    return shutil.copytree(LOCALES, tmp_path / "locales")


def test_the_texts_that_are_shipped_are_whole(locales):
    assert results(house.texts(locales)) == [("texts", OK)]


def test_a_text_that_one_language_lacks_is_named(locales):
    file = locales / "en" / "account.toml"
    name, _, _ = next(line for line in file.read_text().splitlines() if " = " in line).partition(" = ")
    file.write_text("\n".join(line for line in file.read_text().splitlines() if not line.startswith(f"{name} = ")))
    (found,) = house.texts(locales)
    assert found.result is FAIL
    assert f"account.{name}" in found.says


def test_a_file_of_texts_that_cannot_be_read_is_found(locales):
    (locales / "th" / "account.toml").write_text("hello = ")
    assert results(house.texts(locales)) == [("texts", FAIL)]


# ── evidence


def of_evidence(clinic, **changes):
    core = Core(replace(clinic.core.settings, **changes))
    return [one for one in clinic.examine(core=core) if one.check in {"evidence", "room"}]


def test_where_evidence_lies_is_told(clinic):
    found = of_evidence(clinic, public_url="https://bot.example.go.th")
    assert [one.result for one in found] == [OK]
    assert str(clinic.core.settings.var) in found[0].says
    assert not (clinic.core.settings.var / "evidence").exists()  # looking makes nothing


def test_a_place_where_evidence_would_get_lost_is_a_fault(clinic):
    place = EvidencePlace("file:/x", lost="it is gone tomorrow")
    assert [one.result for one in of_evidence(clinic, evidence=place)] == [FAIL]


def test_a_shelf_that_is_not_there_is_a_fault(clinic, tmp_path):
    (tmp_path / "file").write_text("in the way")
    found = of_evidence(clinic, evidence=EvidencePlace(f"file:{tmp_path / 'file' / 'evidence'}"))
    assert found[0].result is FAIL


def test_room_that_is_nearly_used_up_is_told_with_its_agency(clinic):
    core, agency = clinic.core, clinic.core.channels.by_slug("north").id
    row = {"agency_id": agency, "sha256": "a" * 64, "size": 9 * 2**20, "leaving": False}
    core.database.write(lambda c: c.execute(insert(CopyRow), row), of=agency)
    found = [one for one in of_evidence(clinic, evidence=EvidencePlace("file:/tmp/x", 10)) if one.check == "room"]
    assert [(one.result, one.agency, one.says) for one in found] == [
        (WARN, "north", "9 of 10 MB for evidence are used")
    ]
