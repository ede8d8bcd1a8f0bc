"""From LINE to the shelf: waits, refusals, limits, the same contents twice, and what is taken back meanwhile."""

import hashlib
import os
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.evidence.fetching import Fetch
from bot.evidence.file import FileShelf
from bot.evidence.shelf import SHOWN, SMALL, CannotKeep, NotThere, name_of
from bot.simulator.config import Agency
from bot.storage import evidence
from bot.storage.queue import State
from bot.storage.store import AgencyStore
from bot.tasks import Later, TaskLoop
from itadomain.evidence import MB, NOT_FETCHED, Copy, Kind
from tests.evidence import files
from tests.storage.fetching import SLUG, STAFF, sha
from tests.talk import TODAY


def test_a_photo_is_kept_whole_with_two_pictures_to_show(fetching):
    data = files.photo()
    told, _ = fetching.fetched(data)
    assert told["copy"] == {"sha256": sha(data), "size": len(data), "media_type": "image/jpeg", "shown": True}
    assert (told["before"], told["after"]) == (0, len(data))
    assert fetching.read(sha(data)) == data
    for variant in (SHOWN, SMALL):
        assert files.CAMERA not in fetching.read(sha(data), variant)


def test_a_document_is_kept_and_has_no_picture(fetching):
    told, _ = fetching.fetched(files.PDF, "รายงาน.pdf")
    assert told["copy"]["shown"] is False
    with pytest.raises(NotThere):
        fetching.read(sha(files.PDF), SHOWN)


def test_a_large_file_arrives_whole(fetching):
    data = files.film() + os.urandom(30 * MB)
    told, _ = fetching.fetched(data, "a.mp4")
    assert told["copy"]["size"] == len(data)
    with fetching.shelf.open(name_of(fetching.agency, sha(data))) as kept:
        assert hashlib.file_digest(kept, "sha256").hexdigest() == sha(data)


@pytest.mark.parametrize(("data", "name", "key"), [
    (files.PE, "photo.jpg", "evidence.not_allowed"), (files.photo() + files.archive("a.class"), "a.jpg", "evidence.not_allowed"),
    (files.office("word", "word/vbaProject.bin"), "a.docx", "evidence.macros"), (files.OLE, "a.doc", "evidence.old_office"),
    (b"\xff\xd8\xff broken", "a.jpg", "evidence.broken_picture"), (files.PDF, "a.pdf.exe", "evidence.not_allowed"),
])  # fmt: skip
def test_what_is_not_kept_leaves_nothing(fetching, data, name, key):
    told, _ = fetching.fetched(data, name)
    assert told == {"refused": key, "facts": {}}
    assert fetching.used() == 0
    assert [path for path in fetching.folder.rglob("*") if path.is_file()] == []


def test_limits_are_those_of_what_it_is_not_of_what_it_is_called(fetching):
    photo = files.photo() + b"\0" * (10 * MB)
    assert fetching.fetched(photo, "a.pdf")[0] == {"refused": "evidence.too_large", "facts": {"most": 10}}
    film = files.film() + b"\0" * (50 * MB)
    assert fetching.fetched(film, "a.jpg")[0] == {"refused": "evidence.too_large", "facts": {"most": 50}}
    assert fetching.fetched(film[: 50 * MB], "a.mp4")[0]["copy"]["size"] == 50 * MB


def test_what_line_prepares_is_waited_for(fetching):
    message = fetching.holds(files.film(), ready_at=fetching.server.desk.clock.now() + 60)
    errand = fetching.sent(message, "a.mp4")
    with pytest.raises(Later) as later:
        fetching.fetch(errand)
    assert not later.value.counted
    fetching.desk.advance(61)
    assert fetching.fetch(errand)["copy"]["media_type"] == "video/mp4"


def test_what_line_cannot_prepare_is_said(fetching):
    errand = fetching.sent(fetching.holds(files.film(), fails=True))
    assert fetching.fetch(errand)["refused"] == "evidence.not_readable"


def test_what_was_taken_back_at_line_is_said(fetching):
    message = fetching.holds(files.photo())
    fetching.server.desk.accounts[SLUG].unsent.add(message)
    assert fetching.fetch(fetching.sent(message))["refused"] == "evidence.taken_back"


def test_what_line_does_not_know_is_asked_for_again_but_not_for_ever(fetching):
    with pytest.raises(Later) as later:
        fetching.fetch(fetching.sent("123"))
    assert later.value.counted


@pytest.mark.parametrize("kind", ["error500", "rate", "reset", "timeout_before"])
def test_a_line_that_is_away_is_asked_again_for_a_day(fetching, kind):
    errand = fetching.sent(fetching.holds(files.photo()))
    fetching.desk.faults(kind, endpoint="/content", seconds=0.1)
    with pytest.raises(Later) as later:
        fetching.fetch(errand)
    assert not later.value.counted
    assert "copy" in fetching.fetch(errand)


def test_a_token_that_line_refuses_is_no_reason_to_give_up(fetching, house):
    errand = fetching.sent(fetching.holds(files.photo()))
    account = fetching.server.desk.accounts[SLUG]
    right = account.agency
    account.agency = Agency(SLUG, right.name, right.webhook, "secret", "another", right.bot_user_id)
    try:
        with pytest.raises(Later):
            fetching.fetch(errand)
    finally:
        account.agency = right


# ── room


def test_an_agency_has_so_much_room_and_no_more(fetching):
    first = files.PDF + b"1" * 1000
    fetching.most = len(first) + 100
    told, errand = fetching.fetched(first)
    fetching.settle(errand, as_is=lambda one: one.kept(Copy(**told["copy"])))
    assert fetching.fetched(files.PDF + b"2" * 1000)[0] == {"refused": "evidence.no_room", "facts": {}}
    assert fetching.used() == len(first)
    assert "copy" in fetching.fetched(first)[0]  # the same once more takes no room


def test_the_room_is_each_agencys_own(fetching, house):
    fetching.fetched(files.PDF)
    other = house.add_agency("south")
    with house.core.database.reading(of=other) as connection:
        assert evidence.used(connection, other) == 0


# ── twice, and taken back


def test_the_same_file_twice_is_one_copy_with_two_uses(fetching):
    first, one = fetching.fetched(files.PDF)
    second, two = fetching.fetched(files.PDF)
    assert (second["before"], second["after"]) == (first["after"], first["after"])
    for errand, told in ((one, first), (two, second)):
        fetching.settle(errand, as_is=lambda e, told=told: e.kept(Copy(**told["copy"])))
    fetching.settle(one, as_is=lambda e: e.taken_back(filed=False))
    fetching.remove(sha(files.PDF))
    assert fetching.read(sha(files.PDF)) == files.PDF
    fetching.settle(two, as_is=lambda e: e.taken_back(filed=False))
    fetching.remove(sha(files.PDF))
    with pytest.raises(NotThere):
        fetching.read(sha(files.PDF))
    assert fetching.used() == 0


def test_what_is_hidden_stays(fetching):
    told, errand = fetching.fetched(files.PDF)
    fetching.settle(errand, as_is=lambda e: e.kept(Copy(**told["copy"])).taken_back(filed=True))
    fetching.remove(sha(files.PDF))
    assert fetching.read(sha(files.PDF)) == files.PDF


def test_all_variants_of_a_photo_go(fetching):
    data = files.photo()
    told, errand = fetching.fetched(data)
    fetching.settle(errand, as_is=lambda e: e.kept(Copy(**told["copy"])).taken_back(filed=False))
    for _ in range(2):  # a task may run again
        fetching.remove(sha(data))
    assert [path for path in fetching.folder.rglob("*") if path.is_file()] == []


def test_what_its_sender_took_back_meanwhile_is_not_kept(fetching):
    errand = fetching.sent(fetching.holds(files.PDF))
    fetching.settle(errand, as_is=lambda e: e.taken_back(filed=False))
    assert fetching.fetch(errand) == {}
    assert fetching.used() == 0


def test_what_was_given_up_may_be_fetched_again_and_what_was_refused_may_not(fetching):
    given_up, refused = (fetching.sent(fetching.holds(files.PDF)) for _ in range(2))
    fetching.settle(given_up, as_is=lambda e: e.refused(NOT_FETCHED))
    fetching.settle(refused, as_is=lambda e: e.refused("evidence.no_room"))
    assert fetching.fetch(refused) == {}
    assert "copy" in fetching.fetch(given_up)
    one = fetching.step(lambda s: s.evidence.get(given_up.facts["evidence"]))
    assert one.given_up_before
    assert not fetching.house.core.database.write(
        lambda c: evidence.leave(c, fetching.agency, sha(files.PDF)), of=fetching.agency
    )  # deleting what the first attempt had left takes nothing from the second


def test_nobody_counts_on_a_copy_that_is_being_deleted(fetching, house):
    told, errand = fetching.fetched(files.PDF)
    fetching.settle(errand, as_is=lambda e: e.kept(Copy(**told["copy"])).taken_back(filed=False))
    assert house.core.database.write(lambda c: evidence.leave(c, fetching.agency, sha(files.PDF)), of=fetching.agency)
    again = fetching.sent(fetching.holds(files.PDF))
    with pytest.raises(Later):
        fetching.fetch(again)
    fetching.remove(sha(files.PDF))  # whoever was killed in between is run again
    assert "copy" in fetching.fetch(again)
    assert fetching.read(sha(files.PDF)) == files.PDF


def test_fetching_again_after_a_kill_changes_nothing(fetching):
    errand = fetching.sent(fetching.holds(files.photo()))
    first = fetching.fetch(errand)
    second = fetching.fetch(errand)
    assert first["copy"] == second["copy"]
    assert fetching.used() == first["copy"]["size"]


def test_what_is_attached_while_it_is_fetched_stays_attached_and_copied(fetching):
    """The turn read the evidence before the copy was registered, and writes it after."""
    errand = fetching.sent(fetching.holds(files.PDF))
    core, key = fetching.house.core, errand.facts["evidence"]
    with core.database.reading(of=fetching.agency) as connection:
        store = AgencyStore(connection, core.channels.by_id(fetching.agency), core.ring)
        store.evidence.save(store.evidence.get(key).attached("m1.u1", TODAY))
    fetching.fetch(errand)
    core.database.write(store.apply, of=fetching.agency)
    one = fetching.step(lambda s: s.evidence.get(key))
    assert (one.obligation, one.copy.sha256) == ("m1.u1", sha(files.PDF))


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


# ── the disk


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full: Linux")
@pytest.mark.parametrize("shelf", [FullWhileFetching, FullWhilePutting])
def test_a_full_disk_is_waited_for_and_the_task_does_it_later(fetching, house, shelf):
    good, fetching.shelf = fetching.shelf, shelf(fetching.folder)
    message = fetching.holds(files.PDF)
    errand = fetching.sent(message)
    with pytest.raises(Later) as later:
        fetching.fetch(errand)
    assert not later.value.counted
    fetching.shelf = good
    assert "copy" in fetching.fetch(errand)


# ── as a task


def test_a_worker_does_it_and_the_lane_hears_of_it(fetching, house):
    errand = fetching.sent(fetching.holds(files.photo()), kind=Kind.PHOTO)
    tasks = [("fetch_evidence", dict(errand.facts))]
    put = house.core.queue.tasks.put
    house.core.database.write(
        lambda c: put(c, fetching.agency, "lane", STAFF, tasks, house.clock()), of=fetching.agency
    )
    acts = {"fetch_evidence": Fetch(house.ledger, fetching.contents, fetching.shelf, fetching.most)}
    loop = TaskLoop(house.ledger, acts, 30_000, 3, lambda: None)
    loop.work(loop.claim("t"), "t")
    assert house.rows("SELECT state FROM task") == [(State.DONE,)]
    event = house.claim()
    assert event.body["source"]["userId"] == STAFF
    assert event.body["task"]["values"]["copy"]["media_type"] == "image/jpeg"
