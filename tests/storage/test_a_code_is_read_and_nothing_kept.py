"""A picture of a code goes from LINE to the question that it was sent to, and nothing of it is kept."""

import pytest

from bot.codes.fetching import ReadCodes
from bot.line.events import result
from bot.storage.queue import State
from bot.storage.tasks import Errand
from bot.tasks import Later, TaskLoop
from itadomain.evidence import MOST_OF_A_PHOTO
from itadomain.frameworks.shape import Instrument
from itadomain.people import Person, Post, Role
from itadomain.surveys import opening
from tests.codes.pictures import ADDRESS, code, poster, sheet
from tests.evidence import files
from tests.storage.fetching import SLUG, STAFF
from tests.storage.real_talk import RealTalk


class Counter:
    """An administrator who sends pictures, and the task that reads them."""

    def __init__(self, house, fetching):
        self.house, self.fetching = house, fetching
        self.read = ReadCodes(house.core.channels, fetching.contents, fetching.shelf)
        self.admin = RealTalk(house, fetching.agency, Person("a1", "อารี", posts=(Post(Role.ADMIN),)))
        self.admin.taps("survey_official.enter", instrument="EIT", year=2570)

    def errand(self, message, name=""):
        facts = {"message": message, "name": name}
        return Errand(1, self.fetching.agency, "lane", "k", "read_codes", 1, self.house.clock(), STAFF, facts)

    def sends(self, data, name=""):
        """Send it, let it be read, and ask what it says."""
        message = self.fetching.holds(data)
        more = {"type": "file", "fileName": name, "fileSize": len(data)} if name else {"type": "image"}
        reply = self.admin.sends({"type": "message", "message": {"id": message, **more}})
        (task,) = reply.tasks
        told = self.read(self.errand(**task.facts))
        assert self.admin.sends(result(task.name, self.admin.user, {**task.facts, **told})).bubbles == ()
        return self.admin.says("ดูผล")

    @property
    def left(self):
        """What lies on the shelf of pictures."""
        return [path for path in self.fetching.folder.rglob("*") if path.is_file()]

    @property
    def kept(self):
        return self.admin.keeps(lambda store: opening.link_of(store, Instrument.EIT, 2570))


@pytest.fixture
def counter(house, fetching):
    return Counter(house, fetching)


def test_the_official_code_is_read_agreed_to_and_kept(counter):
    assert counter.sends(sheet(code())).key == "survey_official.is_it_this"
    assert ADDRESS in counter.admin.words
    assert counter.kept == ""
    assert counter.admin.says("ยืนยัน").key == "survey_official.kept"
    assert counter.kept == ADDRESS
    assert counter.left == []
    assert counter.house.rows("SELECT * FROM evidence") == []


def test_a_file_of_the_code_does_too(counter):
    assert counter.sends(code(), "qr.png").key == "survey_official.is_it_this"


def test_our_own_poster_is_not_the_official_form(counter):
    assert counter.sends(poster()).key == "survey_official.code_holds"
    assert "แบบสำรวจของหน่วยงานเราเอง ไม่ใช่แบบทางการของ ป.ป.ช." in counter.admin.words
    assert counter.admin.says(ADDRESS).key == "survey_official.kept"


@pytest.mark.parametrize(
    ("data", "name", "key"),
    [
        (files.photo(), "", "survey_official.no_code"), (sheet(code(), code("https://another.go.th")), "", "survey_official.several_codes"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "qr.png", "survey_official.no_picture"), (files.huge_picture(), "", "survey_official.no_picture"),
        (code()[:200], "", "survey_official.no_picture"), (code() + b"\0" * MOST_OF_A_PHOTO, "", "survey_official.no_picture"),
    ],
    ids=["no code", "two codes", "SVG", "20,000 dots wide", "half", "too large"],
)  # fmt: skip
def test_whatever_else_is_sent_is_said_leaves_nothing_and_loses_nothing(counter, data, name, key):
    assert counter.sends(data, name).key == key
    assert counter.left == []
    assert counter.sends(code()).key == "survey_official.is_it_this"


def test_what_was_taken_back_is_not_read(counter):
    message = counter.fetching.holds(code())
    counter.fetching.server.desk.accounts[SLUG].unsent.add(message)
    assert counter.read(counter.errand(message)) == {}


@pytest.mark.parametrize("kind", ["error500", "reset"])
def test_a_line_that_is_away_is_asked_again(counter, kind):
    message = counter.fetching.holds(code())
    counter.fetching.desk.faults(kind, endpoint="/content", seconds=0.1)
    with pytest.raises(Later):
        counter.read(counter.errand(message))
    assert counter.read(counter.errand(message)) == {"codes": [ADDRESS]}


def test_a_worker_does_it_and_the_lane_hears_of_it(counter, house):
    errand = counter.errand(counter.fetching.holds(code()))
    put = house.core.queue.tasks.put
    tasks = [("read_codes", dict(errand.facts))]
    house.core.database.write(
        lambda c: put(c, counter.fetching.agency, "lane", STAFF, tasks, house.clock()), of=counter.fetching.agency
    )
    loop = TaskLoop(house.ledger, {"read_codes": counter.read}, 30_000, 3, lambda: None)
    loop.work(loop.claim("t"), "t")
    assert house.rows("SELECT state, body FROM task") == [(State.DONE, None)]
    assert house.claim().body["task"]["values"] == {**errand.facts, "codes": [ADDRESS]}
