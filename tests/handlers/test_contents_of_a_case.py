"""What is sent for a case: apart from what is sent for measures, gone before the case is filed, hidden after."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.line.events import Heard, Ignored, hear, result
from handlers.common import contents
from handlers.kit import Turn
from itadomain.attaching import forget_loose
from itadomain.cases.case import TAKEN_BACK, Case, Line, Voice
from itadomain.cases.case import Kind as CaseKind
from itadomain.evidence import DRAFT, LOOSE_KEPT, MB, NOT_FETCHED, Copy, Evidence, Kind, Stage
from itadomain.people import Role
from itadomain.refusals import Refusal
from tests.fakes import TODAY, a_measure, a_person, an_agency, at_work
from tests.talk import Talk

CITIZEN = a_person(key="citizen")
CLERK = a_person(Role.STAFF, unit="กองคลัง", key="clerk", name="สมชาย")
SHA = "a" * 64
COPY = Copy(SHA, 2 * MB, "image/jpeg", shown=True)
CASE = Case("c1", CaseKind.PROBLEM, "ไฟดับ", TODAY, reporter="citizen")
PHOTO = Evidence("e1", "citizen", Kind.PHOTO, TODAY, Stage.KEPT, "m1", copy=COPY)


@pytest.fixture
def agency():
    return an_agency()


@pytest.fixture
def citizen(agency):
    agency.cases.add(CASE)
    return Talk(agency, CITIZEN)


def turn(store, **message):
    """The turn in which something is heard, as a step that asked for it gets it."""
    heard = hear({"type": "message", "source": {"userId": "U1"}, "message": {"id": "m1", **message}})
    assert not isinstance(heard, Ignored)
    assert isinstance(heard, Heard)
    return Turn(CITIZEN, TODAY, store, heard.text, values=heard.values, message=heard.message)


# ── what comes


@pytest.mark.parametrize(
    ("type_", "kind"), [("image", Kind.PHOTO), ("video", Kind.VIDEO), ("audio", Kind.AUDIO), ("file", Kind.FILE)]
)
def test_what_has_bytes_is_fetched(agency, type_, kind):
    one, tasks = contents.received(turn(agency, type=type_, fileName="ก.pdf", fileSize=MB), DRAFT)
    assert (one.kind, one.stage, one.message, one.name, one.by, one.case) == (
        kind, Stage.COMING, "m1", "ก.pdf", "citizen", DRAFT,
    )  # fmt: skip
    assert [(task.name, task.facts) for task in tasks] == [
        ("fetch_evidence", {"evidence": one.id, "message": "m1", "name": "ก.pdf"})
    ]
    assert agency.evidence.kept == {}


def test_what_consists_of_words_is_all_there(agency):
    place, tasks = contents.received(turn(agency, type="location", title="วัด", latitude=14.35, longitude=100.56), DRAFT)
    assert (place.kind, place.stage, place.said, tasks) == (Kind.PLACE, Stage.KEPT, "วัด · 14.35000, 100.56000", ())
    link, tasks = contents.received(turn(agency, type="text", text="https://example.go.th/a"))
    assert (link.kind, link.stage, link.said, link.case, tasks) == (
        Kind.LINK, Stage.KEPT, "https://example.go.th/a", "", (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("message", "key"),
    [
        ({"type": "image", "contentProvider": {"type": "external"}}, "evidence.from_elsewhere"),
        ({"type": "file", "fileSize": 51 * MB}, "evidence.too_large"),
    ],
)
def test_what_cannot_be_kept_is_refused(agency, message, key):
    with pytest.raises(Refusal, match=key):
        contents.received(turn(agency, **message), DRAFT)


# ── whose it is


def test_what_is_sent_for_a_case_is_offered_to_no_measure():
    agency = at_work(a_measure(2, owners=("กองคลัง",), follow_up="ทุกไตรมาส", steps=()))
    agency.evidence.save(replace(PHOTO, by="clerk", case=DRAFT))
    agency.evidence.save(replace(PHOTO, id="e2", by="clerk", message="m2", case="c1"))
    clerk = Talk(agency, CLERK)
    assert clerk.means("attach_evidence", measure=2).key == "evidence.send_now"
    clerk.says("https://example.go.th/a")
    assert [one.kind for one in agency.evidence.of_obligation("m2.กองคลัง")] == [Kind.LINK]
    assert {one.case for one in agency.evidence.kept.values() if not one.obligation} == {DRAFT, "c1"}


def test_what_was_sent_for_a_case_that_was_never_filed_is_forgotten_and_what_was_filed_stays(agency):
    agency.evidence.save(replace(PHOTO, case=DRAFT))
    agency.evidence.save(replace(PHOTO, id="e2", case="c1"))
    later = TODAY + LOOSE_KEPT
    assert forget_loose(agency, later, 9) == []
    assert [one.id for one in forget_loose(agency, later + timedelta(days=1), 9)] == ["e1"]
    assert [one.stage for one in agency.evidence.kept.values()] == [Stage.GONE, Stage.KEPT]


def test_what_comes_at_last_for_a_case_is_offered_to_no_measure(citizen, agency):
    agency.evidence.save(replace(PHOTO, stage=Stage.COMING, copy=None, why=NOT_FETCHED, case="c1"))
    came = {"evidence": "e1", "copy": vars(COPY), "before": 0, "after": 1, "most": 5000 * MB}
    told = citizen.sends(result("fetch_evidence", citizen.user, came))
    assert (told.key, citizen.offered(told)) == ("evidence.came_at_last", ["เมนู"])
    assert agency.evidence.get("e1").case == "c1"


# ── taken back


def test_what_is_taken_back_before_its_case_is_filed_is_deleted(citizen, agency):
    agency.evidence.save(replace(PHOTO, case=DRAFT))
    reply = citizen.does("unsend", unsend={"messageId": "m1"})
    assert ([task.facts for task in reply.tasks], reply.bubbles) == ([{"sha256": SHA}], ())
    assert agency.evidence.get("e1").stage is Stage.GONE


def test_what_is_taken_back_after_its_case_was_filed_is_hidden_and_noted(citizen, agency):
    agency.evidence.save(PHOTO.of("c1"))
    reply = citizen.does("unsend", unsend={"messageId": "m1"})
    assert (reply.tasks, reply.bubbles) == ((), ())
    (one,) = agency.evidence.of_case("c1")
    assert (one.stage, one.copy) == (Stage.HIDDEN, COPY)
    assert agency.cases.get("c1").talk == (Line(Voice.MOVE, "citizen", TODAY, TAKEN_BACK),)


def test_nobody_else_takes_it_back(citizen, agency):
    agency.evidence.save(PHOTO.of("c1"))
    Talk(agency, CLERK, user="U2").does("unsend", unsend={"messageId": "m1"})
    assert agency.evidence.get("e1").stage is Stage.KEPT
    assert agency.cases.get("c1").talk == ()
