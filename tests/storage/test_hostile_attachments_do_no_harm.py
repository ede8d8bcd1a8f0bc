"""A villager sends a file that is a trap: it is fetched and looked at, and the complaint is filed all the same.

What is handed out is the picture that was drawn anew, or a download that no browser runs. Files are in
tests/evidence/hostile.py.
"""

import io
from contextlib import contextmanager

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.evidence.addresses import Addresses
from bot.evidence.fetching import Fetch
from bot.evidence.file import FileShelf
from bot.evidence.pages import pages
from bot.evidence.sniffing import ENDINGS
from bot.line.content import PIECE
from bot.line.events import result
from bot.storage.tasks import Errand
from itadomain.evidence import MB, MOST_OF_A_FILE, Copy, Stage
from itadomain.people import Person
from tests.evidence import files, hostile
from tests.storage.fetching import Fetching
from tests.storage.real_talk import BITES, RealTalk
from tests.talk import texts

HERE = "https://bot.example.go.th"
VILLAGER = Person("villager")
REFUSALS = {key for key in texts().words["th"] if key.startswith("evidence.")}
#: What makes a browser run something; of a drawn picture none of it may be left.
LIVE = (hostile.MARK, b"<script", b"<html", b"onload", b"/*", b"*/")


class Weighing(FileShelf):
    """A folder that tells how much lay in the scratch folders at most."""

    most = 0

    @contextmanager
    def scratch(self):
        with super().scratch() as folder:
            try:
                yield folder
            finally:
                weight = sum(file.stat().st_size for file in folder.iterdir())
                self.most = max(self.most, weight)


class Street:
    """A villager who writes, a task that fetches what they sent, and a browser that opens what was kept."""

    def __init__(self, fetching, house):
        self.fetching, self.house = fetching, house
        fetching.shelf = Weighing(fetching.folder)
        self.villager = RealTalk(house, fetching.agency, VILLAGER)
        self.addresses = Addresses(house.core.ring, HERE, house.clock)
        app = Flask("test")
        app.register_blueprint(
            pages(self.addresses, fetching.shelf, house.core.database, house.core.channels, house.core.ring)
        )
        self.browser = app.test_client()

    def sends(self, data, name):
        """Send it, let it be fetched, and let the villager's lane hear of that; gives the task's words and the reply."""
        message = self.fetching.holds(data)
        more = {"type": "file", "fileName": name, "fileSize": len(data)} if name else {"type": "image"}
        reply = self.villager.sends({"type": "message", "message": {"id": message, **more}})
        (task,) = reply.tasks
        errand = Errand(1, self.fetching.agency, "lane", "k", task.name, 1, self.house.clock(), "U", task.facts)
        told = Fetch(self.house.ledger, self.fetching.contents, self.fetching.shelf, self.fetching.most)(errand)
        return told, self.villager.sends(result(task.name, self.villager.user, {**task.facts, **told}))

    def files(self):
        """The complaint, as one that has no attachment; gives its case."""
        for said in ("ส่งเรื่อง", "ข้าม"):
            self.villager.says(said)
        self.villager.answers("animals")
        self.villager.says("ตอบในแชทนี้")
        filed = self.villager.says("ส่ง")
        assert filed.key == "complaint.filed"
        return self.villager.keeps(lambda store: store.cases.of_reporter(VILLAGER.id)[0])

    def of_case(self, case):
        return self.villager.keeps(lambda store: list(store.evidence.of_case(case.id)))

    def sent(self):
        """What became of each file, in the order they were sent."""
        kept = self.house.rows("SELECT id FROM evidence ORDER BY message")
        return [self.villager.keeps(lambda store, key=key: store.evidence.get(key)) for (key,) in kept]

    def opens(self, evidence, size=""):
        address = self.addresses.of(self.fetching.agency, f"evidence:{evidence}{size}")
        return self.browser.get(address.removeprefix(HERE))


@pytest.fixture
def street(fetching: Fetching, house):
    return Street(fetching, house)


def is_no_page(answer):
    """Whatever a browser thinks of its bytes, it is saved, and neither guessed at nor run."""
    told = answer.headers
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.status_code == 404 or told["Content-Disposition"].startswith("attachment;")
    assert answer.mimetype in {*ENDINGS, "text/plain"}
    return True


def is_drawn_anew(answer):
    with Image.open(io.BytesIO(answer.data)) as picture:
        picture.load()
    return (picture.format, answer.mimetype) == ("JPEG", "image/jpeg") and not any(
        one in answer.data for one in LIVE[:4]
    )


@pytest.mark.parametrize("what", hostile.POLYGLOTS)
def test_what_is_two_things_at_once_is_one_or_nothing_and_the_complaint_is_filed(street, what):
    data, name, becomes = hostile.POLYGLOTS[what]
    street.villager.says(BITES)
    told, reply = street.sends(data, name)
    case, refused = street.files(), becomes.startswith("evidence.")
    (one,) = street.sent()
    assert street.of_case(case) == ([] if refused else [one])
    if refused:
        assert (told["refused"], reply.key, one.stage, one.copy) == (becomes, becomes, Stage.REFUSED, None)
        assert street.opens(one.id).status_code == 404
        assert not [path for path in street.fetching.folder.rglob("*") if path.is_file()]
        return
    assert (reply.bubbles, one.stage, one.copy.shown) == ((), Stage.KEPT, becomes == hostile.DRAWN)
    answer = street.opens(one.id)
    assert answer.status_code == 200
    assert is_no_page(answer)
    assert is_no_page(street.opens(one.id, ":small"))
    if becomes == hostile.DRAWN:
        assert all(is_drawn_anew(street.opens(one.id, size)) for size in ("", ":small"))
    else:
        assert (answer.mimetype, answer.data) == (becomes, data)


@pytest.mark.parametrize("what", ["a JPEG of many dots in several passes", "a JPEG of a hundred thousand passes",
                                  "a GIF that claims four thousand million dots"])  # fmt: skip
def test_a_picture_that_is_a_bomb_is_told_in_a_clear_sentence(street, what):
    make, may_become = hostile.BOMBS[what]
    street.villager.says(BITES)
    told, reply = street.sends(make(), "")
    assert told["refused"] in may_become
    assert reply.key == told["refused"]
    assert "โปรด" in street.villager.words  # it says what to do instead
    assert street.of_case(street.files()) == []
    assert [one.stage for one in street.sent()] == [Stage.REFUSED]


def test_a_photo_that_breaks_off_is_refused_and_the_next_one_is_kept(street):
    street.villager.says(BITES)
    whole = files.photo(size=(800, 600))
    assert street.sends(whole[: len(whole) // 2], "")[1].key == hostile.BROKEN
    assert street.sends(whole, "")[1].bubbles == ()
    assert [one.stage for one in street.of_case(street.files())] == [Stage.KEPT]
    assert [one.stage for one in street.sent()] == [Stage.REFUSED, Stage.KEPT]


def test_no_more_is_written_than_may_be_kept(street):
    """However much comes."""
    street.villager.says(BITES)
    told, reply = street.sends(files.film() + b"\0" * (MOST_OF_A_FILE + 10 * MB), "")
    assert (told["refused"], reply.key) == ("evidence.too_large", "evidence.too_large")
    assert street.fetching.shelf.most <= MOST_OF_A_FILE + PIECE
    assert not [path for path in street.fetching.folder.rglob("*") if path.is_file()]


# ── whatever comes

GOOD = [
    files.photo(), files.picture("PNG"), files.picture("GIF"), files.picture("WEBP"), files.film(), files.film(b"heic"),
    files.PDF, files.office(), files.archive("a"), hostile.jpeg_of(64, progressive=True), *(
        data for data, _, _ in hostile.POLYGLOTS.values()
    ),
]  # fmt: skip


@st.composite
def damaged(draw):
    """A good file with some bytes changed, a piece cut out, or another behind it."""
    whole = bytearray(draw(st.sampled_from(GOOD)))
    for _ in range(draw(st.integers(0, 8))):
        whole[draw(st.integers(0, len(whole) - 1))] = draw(st.integers(0, 255))
    begin = draw(st.integers(0, len(whole)))
    del whole[begin : begin + draw(st.integers(0, 200))]
    return bytes(whole) + draw(st.sampled_from([b"", hostile.HTML, *GOOD]))


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=2000) | damaged(), name=st.text(max_size=12) | st.sampled_from(["a.txt", "a.jpg", "a.pdf"])
)
@example(data=b"", name="")
def test_whatever_comes_is_kept_safely_or_refused_in_words_that_there_are(street, data, name):
    fetching = street.fetching
    told, errand = fetching.fetched(data, name)
    assert not list((fetching.folder / "scratch").iterdir())
    if "refused" in told:
        assert told["refused"] in REFUSALS
        return
    fetching.settle(errand, as_is=lambda one: one.kept(Copy(**told["copy"])))
    answer = street.opens(errand.facts["evidence"])
    assert is_no_page(answer)
    assert not told["copy"]["shown"] or is_drawn_anew(answer)
