"""From LINE to the shelf: waits, refusals, limits, the same contents twice, and what is taken back meanwhile."""

import hashlib
import itertools
import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.evidence.fetching import Fetch, Remove
from bot.evidence.file import FileShelf
from bot.evidence.shelf import SHOWN, SMALL, CannotKeep, NotThere, name_of, pieces
from bot.line.client import Lines
from bot.line.content import Contents
from bot.simulator.accounts import Content
from bot.simulator.client import Desk
from bot.simulator.config import Agency, Config
from bot.simulator.server import DeskServer
from bot.storage import evidence
from bot.storage.queue import State
from bot.storage.store import AgencyStore
from bot.storage.tasks import Errand
from bot.tasks import Later, TaskLoop
from itadomain.evidence import MB, NOT_FETCHED, Copy, Evidence, Kind
from tests.evidence import files
from tests.storage.conftest import START
from tests.talk import TODAY

SLUG, STAFF = "north", "U" + "5" * 32
numbers = itertools.count(1)


@pytest.fixture(scope="module")
def line(tmp_path_factory):
    record = tmp_path_factory.mktemp("desk") / "record.jsonl"
    agency = Agency(SLUG, "อบต.เหนือ", "http://127.0.0.1:9/", "secret", f"t-{SLUG}", "U" + "b" * 32)
    server = DeskServer(Config(record, (agency,), redelivery=())).start()
    yield server
    server.close()


@dataclass
class Fetching:
    """LINE as the tests see it, one agency, its shelf, and what fetches."""

    house: Any
    server: DeskServer
    folder: Path
    agency: int = 0
    most: int = 100 * MB
    shelf: Any = None

    def __post_init__(self):
        self.agency = self.house.add_agency(SLUG)
        self.shelf = self.shelf or FileShelf(self.folder)
        self.contents = Contents(self.server.url, Lines(self.server.url))

    @property
    def desk(self):
        return Desk(self.server.url)

    def holds(self, data, **more):
        """Bytes that somebody sent; gives the id of their message."""
        message = str(900_000 + next(numbers))
        self.server.desk.accounts[SLUG].contents[message] = Content("application/octet-stream", data, **more)
        return message

    def step(self, work):
        core = self.house.core
        with core.database.reading(of=self.agency) as connection:
            store = AgencyStore(connection, core.channels.by_id(self.agency), core.ring)
            result = work(store)
        core.database.write(store.apply, of=self.agency)
        return result

    def sent(self, message, name="", kind=Kind.FILE):
        """The errand that fetches a message."""
        key = f"{int(message):032x}"
        self.step(lambda s: s.evidence.save(Evidence(key, "p1", kind, TODAY, message=message, name=name)))
        return Errand(
            1,
            self.agency,
            "lane",
            "k",
            "fetch_evidence",
            1,
            START,
            STAFF,
            {"evidence": key, "message": message, "name": name},
        )

    def fetch(self, errand):
        return Fetch(self.house.ledger, self.contents, self.shelf, self.most)(errand)

    def fetched(self, data, name=""):
        errand = self.sent(self.holds(data), name)
        told = self.fetch(errand)
        return told, errand

    def settle(self, errand, **changes):
        """What the turn does that hears of it."""

        def work(store):
            one = store.evidence.get(errand.facts["evidence"])
            store.evidence.save(changes["as_is"](one))

        self.step(work)

    def remove(self, sha256):
        errand = Errand(1, self.agency, "lane", "k", "remove_evidence", 1, START, STAFF, {"sha256": sha256})
        return Remove(self.house.ledger, self.shelf)(errand)

    def read(self, sha256, variant=""):
        return b"".join(pieces(self.shelf.open(name_of(self.agency, sha256, variant))))

    def used(self):
        with self.house.core.database.reading(of=self.agency) as connection:
            return evidence.used(connection, self.agency)


@pytest.fixture
def desk(house, line, tmp_path):
    return Fetching(house, line, tmp_path / "evidence")


def sha(data):
    return hashlib.sha256(data).hexdigest()


def test_a_photo_is_kept_whole_with_two_pictures_to_show(desk):
    data = files.photo()
    told, _ = desk.fetched(data)
    assert told["copy"] == {"sha256": sha(data), "size": len(data), "media_type": "image/jpeg", "shown": True}
    assert (told["before"], told["after"]) == (0, len(data))
    assert desk.read(sha(data)) == data
    for variant in (SHOWN, SMALL):
        assert files.CAMERA not in desk.read(sha(data), variant)


def test_a_document_is_kept_and_has_no_picture(desk):
    told, _ = desk.fetched(files.PDF, "รายงาน.pdf")
    assert told["copy"]["shown"] is False
    with pytest.raises(NotThere):
        desk.read(sha(files.PDF), SHOWN)


def test_a_large_file_arrives_whole(desk):
    data = files.film() + os.urandom(30 * MB)
    told, _ = desk.fetched(data, "a.mp4")
    assert told["copy"]["size"] == len(data)
    with desk.shelf.open(name_of(desk.agency, sha(data))) as kept:
        assert hashlib.file_digest(kept, "sha256").hexdigest() == sha(data)


@pytest.mark.parametrize(("data", "name", "key"), [
    (files.PE, "photo.jpg", "evidence.not_allowed"), (files.photo() + files.archive("a.class"), "a.jpg", "evidence.not_allowed"),
    (files.office("word", "word/vbaProject.bin"), "a.docx", "evidence.macros"), (files.OLE, "a.doc", "evidence.old_office"),
    (b"\xff\xd8\xff broken", "a.jpg", "evidence.broken_picture"), (files.PDF, "a.pdf.exe", "evidence.not_allowed"),
])  # fmt: skip
def test_what_is_not_kept_leaves_nothing(desk, data, name, key):
    told, _ = desk.fetched(data, name)
    assert told == {"refused": key, "facts": {}}
    assert desk.used() == 0
    assert [path for path in desk.folder.rglob("*") if path.is_file()] == []


def test_limits_are_those_of_what_it_is_not_of_what_it_is_called(desk):
    photo = files.photo() + b"\0" * (10 * MB)
    assert desk.fetched(photo, "a.pdf")[0] == {"refused": "evidence.too_large", "facts": {"most": 10}}
    film = files.film() + b"\0" * (50 * MB)
    assert desk.fetched(film, "a.jpg")[0] == {"refused": "evidence.too_large", "facts": {"most": 50}}
    assert desk.fetched(film[: 50 * MB], "a.mp4")[0]["copy"]["size"] == 50 * MB


def test_what_line_prepares_is_waited_for(desk):
    message = desk.holds(files.film(), ready_at=desk.server.desk.clock.now() + 60)
    errand = desk.sent(message, "a.mp4")
    with pytest.raises(Later) as later:
        desk.fetch(errand)
    assert not later.value.counted
    desk.desk.advance(61)
    assert desk.fetch(errand)["copy"]["media_type"] == "video/mp4"


def test_what_line_cannot_prepare_is_said(desk):
    errand = desk.sent(desk.holds(files.film(), fails=True))
    assert desk.fetch(errand)["refused"] == "evidence.not_readable"


def test_what_was_taken_back_at_line_is_said(desk):
    message = desk.holds(files.photo())
    desk.server.desk.accounts[SLUG].unsent.add(message)
    assert desk.fetch(desk.sent(message))["refused"] == "evidence.taken_back"


def test_what_line_does_not_know_is_asked_for_again_but_not_for_ever(desk):
    with pytest.raises(Later) as later:
        desk.fetch(desk.sent("123"))
    assert later.value.counted


@pytest.mark.parametrize("kind", ["error500", "rate", "reset", "timeout_before"])
def test_a_line_that_is_away_is_asked_again_for_a_day(desk, kind):
    errand = desk.sent(desk.holds(files.photo()))
    desk.desk.faults(kind, endpoint="/content", seconds=0.1)
    with pytest.raises(Later) as later:
        desk.fetch(errand)
    assert not later.value.counted
    assert "copy" in desk.fetch(errand)


def test_a_token_that_line_refuses_is_no_reason_to_give_up(desk, house):
    errand = desk.sent(desk.holds(files.photo()))
    account = desk.server.desk.accounts[SLUG]
    right = account.agency
    account.agency = Agency(SLUG, right.name, right.webhook, "secret", "another", right.bot_user_id)
    try:
        with pytest.raises(Later):
            desk.fetch(errand)
    finally:
        account.agency = right


# ── room


def test_an_agency_has_so_much_room_and_no_more(desk):
    first = files.PDF + b"1" * 1000
    desk.most = len(first) + 100
    told, errand = desk.fetched(first)
    desk.settle(errand, as_is=lambda one: one.kept(Copy(**told["copy"])))
    assert desk.fetched(files.PDF + b"2" * 1000)[0] == {"refused": "evidence.no_room", "facts": {}}
    assert desk.used() == len(first)
    assert "copy" in desk.fetched(first)[0]  # the same once more takes no room


def test_the_room_is_each_agencys_own(desk, house):
    desk.fetched(files.PDF)
    other = house.add_agency("south")
    with house.core.database.reading(of=other) as connection:
        assert evidence.used(connection, other) == 0


# ── twice, and taken back


def test_the_same_file_twice_is_one_copy_with_two_uses(desk):
    first, one = desk.fetched(files.PDF)
    second, two = desk.fetched(files.PDF)
    assert (second["before"], second["after"]) == (first["after"], first["after"])
    for errand, told in ((one, first), (two, second)):
        desk.settle(errand, as_is=lambda e, told=told: e.kept(Copy(**told["copy"])))
    desk.settle(one, as_is=lambda e: e.taken_back(filed=False))
    desk.remove(sha(files.PDF))
    assert desk.read(sha(files.PDF)) == files.PDF
    desk.settle(two, as_is=lambda e: e.taken_back(filed=False))
    desk.remove(sha(files.PDF))
    with pytest.raises(NotThere):
        desk.read(sha(files.PDF))
    assert desk.used() == 0


def test_what_is_hidden_stays(desk):
    told, errand = desk.fetched(files.PDF)
    desk.settle(errand, as_is=lambda e: e.kept(Copy(**told["copy"])).taken_back(filed=True))
    desk.remove(sha(files.PDF))
    assert desk.read(sha(files.PDF)) == files.PDF


def test_all_variants_of_a_photo_go(desk):
    data = files.photo()
    told, errand = desk.fetched(data)
    desk.settle(errand, as_is=lambda e: e.kept(Copy(**told["copy"])).taken_back(filed=False))
    for _ in range(2):  # a task may run again
        desk.remove(sha(data))
    assert [path for path in desk.folder.rglob("*") if path.is_file()] == []


def test_what_its_sender_took_back_meanwhile_is_not_kept(desk):
    errand = desk.sent(desk.holds(files.PDF))
    desk.settle(errand, as_is=lambda e: e.taken_back(filed=False))
    assert desk.fetch(errand) == {}
    assert desk.used() == 0


def test_what_was_given_up_may_be_fetched_again_and_what_was_refused_may_not(desk):
    given_up, refused = (desk.sent(desk.holds(files.PDF)) for _ in range(2))
    desk.settle(given_up, as_is=lambda e: e.refused(NOT_FETCHED))
    desk.settle(refused, as_is=lambda e: e.refused("evidence.no_room"))
    assert desk.fetch(refused) == {}
    assert "copy" in desk.fetch(given_up)
    one = desk.step(lambda s: s.evidence.get(given_up.facts["evidence"]))
    assert one.given_up_before
    assert not desk.house.core.database.write(
        lambda c: evidence.leave(c, desk.agency, sha(files.PDF)), of=desk.agency
    )  # deleting what the first attempt had left takes nothing from the second


def test_nobody_counts_on_a_copy_that_is_being_deleted(desk, house):
    told, errand = desk.fetched(files.PDF)
    desk.settle(errand, as_is=lambda e: e.kept(Copy(**told["copy"])).taken_back(filed=False))
    assert house.core.database.write(lambda c: evidence.leave(c, desk.agency, sha(files.PDF)), of=desk.agency)
    again = desk.sent(desk.holds(files.PDF))
    with pytest.raises(Later):
        desk.fetch(again)
    desk.remove(sha(files.PDF))  # whoever was killed in between is run again
    assert "copy" in desk.fetch(again)
    assert desk.read(sha(files.PDF)) == files.PDF


def test_fetching_again_after_a_kill_changes_nothing(desk):
    errand = desk.sent(desk.holds(files.photo()))
    first = desk.fetch(errand)
    second = desk.fetch(errand)
    assert first["copy"] == second["copy"]
    assert desk.used() == first["copy"]["size"]


def test_what_is_attached_while_it_is_fetched_stays_attached_and_copied(desk):
    """The turn read the evidence before the copy was registered, and writes it after."""
    errand = desk.sent(desk.holds(files.PDF))
    core, key = desk.house.core, errand.facts["evidence"]
    with core.database.reading(of=desk.agency) as connection:
        store = AgencyStore(connection, core.channels.by_id(desk.agency), core.ring)
        store.evidence.save(store.evidence.get(key).attached("m1.u1", TODAY))
    desk.fetch(errand)
    core.database.write(store.apply, of=desk.agency)
    one = desk.step(lambda s: s.evidence.get(key))
    assert (one.obligation, one.copy.sha256) == ("m1.u1", sha(files.PDF))


# ── the disk


class FullWhileFetching(FileShelf):
    """A disk on which nothing more can be written: the original lies on a device that is always full."""

    @contextmanager
    def scratch(self):
        with super().scratch() as folder:
            (folder / "original").symlink_to("/dev/full")
            yield folder


class FullWhilePutting(FileShelf):
    def put(self, name, file):
        raise CannotKeep("no space left on device")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full: Linux")
@pytest.mark.parametrize("shelf", [FullWhileFetching, FullWhilePutting])
def test_a_full_disk_is_waited_for_and_the_task_does_it_later(desk, house, shelf):
    good, desk.shelf = desk.shelf, shelf(desk.folder)
    message = desk.holds(files.PDF)
    errand = desk.sent(message)
    with pytest.raises(Later) as later:
        desk.fetch(errand)
    assert not later.value.counted
    desk.shelf = good
    assert "copy" in desk.fetch(errand)


# ── as a task


def test_a_worker_does_it_and_the_lane_hears_of_it(desk, house):
    errand = desk.sent(desk.holds(files.photo()), kind=Kind.PHOTO)
    tasks = [("fetch_evidence", dict(errand.facts))]
    put = house.core.queue.tasks.put
    house.core.database.write(lambda c: put(c, desk.agency, "lane", STAFF, tasks, house.clock()), of=desk.agency)
    acts = {"fetch_evidence": Fetch(house.ledger, desk.contents, desk.shelf, desk.most)}
    loop = TaskLoop(house.ledger, acts, 30_000, 3, lambda: None)
    loop.work(loop.claim("t"), "t")
    assert house.rows("SELECT state FROM task") == [(State.DONE,)]
    event = house.claim()
    assert event.body["source"]["userId"] == STAFF
    assert event.body["task"]["values"]["copy"]["media_type"] == "image/jpeg"
