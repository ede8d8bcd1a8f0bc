"""A measure that must be published is done only once something shows where; until then nothing that was typed is lost."""

import pytest

from itadomain.duties import duty_id
from itadomain.evidence import Evidence, Kind, Stage
from itadomain.history import Deed
from itadomain.measures import Closing, Standing
from itadomain.people import Role
from itadomain.progress import Approval
from tests.fakes import a_person
from tests.handlers.plans import WHEN, an_agency_at_work, talking
from tests.talk import Talk

SAID = "ได้ดำเนินการเผยแพร่แผนบนเว็บไซต์แล้ว"
LINK = "https://www.bangsommut.go.th/plan"
CLERK = a_person(Role.STAFF, unit="u2", key="clerk")
DUTY = duty_id("m2", "u2")


@pytest.fixture
def agency():
    return an_agency_at_work(steps=())


@pytest.fixture
def secretary(agency):
    return talking(agency, Role.STAFF, unit="u1", key="sec")


@pytest.fixture
def asked(agency, secretary):
    """The secretariat asks that measure 2 be published before it closes."""
    secretary.taps("changes.part", id="m2", part="published")
    secretary.says("ต้องเผยแพร่")
    assert secretary.says("บันทึก").key == "changes.saved"
    return agency


@pytest.fixture
def clerk(agency):
    return Talk(agency, CLERK, user="Uclerk", today=WHEN)


def done(clerk):
    """A report that says done, up to its review."""
    clerk.taps("progress.start", id=DUTY)
    clerk.says("เสร็จ")
    assert clerk.says(SAID).key == "progress.review"


def evidence(agency, kind, stage=Stage.KEPT):
    agency.evidence.save(Evidence(f"e-{kind}", "clerk", kind, WHEN, stage, said=LINK, obligation=DUTY))


def reports(agency):
    return list(agency.reports.of_obligation(DUTY))


def test_the_secretariat_asks_for_it_and_takes_it_back(asked, secretary):
    assert asked.measures.get("m2").must_publish
    (entry,) = [one for one in asked.history.of_measure("m2", 9) if one.deed is Deed.CHANGED]
    assert (dict(entry.before), dict(entry.after)) == ({"published": ""}, {"published": "เผยแพร่แล้ว"})
    secretary.taps("changes.part", id="m2", part="published")
    assert secretary.says("คงงั้นมั้ง").key == "changes.must_or_not"
    assert secretary.says("ต้อง").key == "changes.same"
    secretary.says("ไม่ต้อง")
    secretary.says("บันทึก")
    assert not asked.measures.get("m2").must_publish


def test_staff_see_it_with_the_measure(asked, clerk):
    clerk.taps("measures.one", id="m2")
    assert "เงื่อนไขก่อนปิดงาน\nต้องมีลิงก์ที่เผยแพร่หรือรูปป้ายประกาศ" in clerk.words
    clerk.taps("measures.one", id="m3")
    assert "เงื่อนไขก่อนปิดงาน" not in clerk.words


def test_staff_of_a_unit_do_not_set_it(agency, clerk):
    assert clerk.taps("changes.part", id="m2", part="published").key == "changes.not_yours"


def test_done_without_anything_published_is_told_what_is_missing_and_how_to_give_it(asked, clerk):
    done(clerk)
    reply = clerk.says("ส่ง")
    assert reply.key == "progress.not_published"
    assert clerk.offered(reply) == ["ส่ง", "เป็นกำลังทำ", "ยกเลิก"]
    assert reports(asked) == []
    assert clerk.says(LINK).key == "evidence.added_here"
    assert clerk.says("ส่ง").key == "progress.sent"
    (report,) = reports(asked)
    assert (report.standing, report.said) == (Standing.DONE, SAID)
    assert asked.obligations.get(DUTY).closed_as is Closing.DONE


def test_a_photo_of_the_board_will_do(asked, clerk):
    done(clerk)
    clerk.says("ส่ง")
    clerk.sends({"type": "message", "message": {"type": "image", "id": "880001"}})
    assert clerk.says("ส่ง").key == "progress.sent"


def test_the_same_words_may_be_kept_as_work_in_hand(asked, clerk):
    done(clerk)
    clerk.says("ส่ง")
    assert clerk.says("เป็นกำลังทำ").key == "progress.review"
    assert clerk.says("ส่ง").key == "progress.sent"
    (report,) = reports(asked)
    assert (report.standing, report.percent, report.said) == (Standing.WORKING, None, SAID)
    assert asked.obligations.get(DUTY).open


def test_leaving_keeps_nothing(asked, clerk):
    done(clerk)
    clerk.says("ส่ง")
    clerk.says("ยกเลิก")
    assert reports(asked) == []


@pytest.mark.parametrize(
    ("kind", "stage", "enough"),
    [
        (Kind.LINK, Stage.KEPT, True), (Kind.PHOTO, Stage.KEPT, True), (Kind.PHOTO, Stage.COMING, True),
        (Kind.PHOTO, Stage.REFUSED, False), (Kind.LINK, Stage.GONE, False), (Kind.PHOTO, Stage.HIDDEN, False),
        (Kind.FILE, Stage.KEPT, False), (Kind.PLACE, Stage.KEPT, False), (Kind.TIME, Stage.KEPT, False), (Kind.VIDEO, Stage.KEPT, False),
    ],
)  # fmt: skip
def test_only_a_link_or_a_photo_that_counts_shows_it(asked, clerk, kind, stage, enough):
    evidence(asked, kind, stage)
    done(clerk)
    assert clerk.says("ส่ง").key == ("progress.sent" if enough else "progress.not_published")


@pytest.mark.parametrize("standing", ["ยังไม่เริ่ม", "กำลังทำ", "ติดปัญหา"])
def test_whatever_is_not_done_may_be_reported_as_ever(asked, clerk, standing):
    clerk.taps("progress.start", id=DUTY)
    clerk.says(standing)
    reply = clerk.says(SAID)
    while reply.key != "progress.review":
        reply = clerk.says("ข้าม")
    assert clerk.says("ส่ง").key == "progress.sent"


def test_another_measure_closes_as_ever(asked, clerk):
    clerk.taps("progress.start", id=duty_id("m3", "u2"))
    clerk.says("เสร็จ")
    clerk.says(SAID)
    assert clerk.says("ส่ง").key == "progress.sent"


def test_what_was_taken_back_before_it_was_approved_does_not_close(asked, clerk):
    head = Talk(asked, a_person(Role.HEAD, unit="u2", key="head"), user="Uhead", today=WHEN)
    evidence(asked, Kind.LINK)
    done(clerk)
    clerk.says("ส่ง")
    (report,) = reports(asked)
    assert report.approval is Approval.WAITING
    evidence(asked, Kind.LINK, Stage.GONE)
    assert head.taps("approval.accept", id=report.id).key == "approval.not_published"
    assert asked.obligations.get(DUTY).open
    evidence(asked, Kind.PHOTO)
    head.taps("approval.accept", id=report.id)
    assert asked.obligations.get(DUTY).closed_as is Closing.DONE


def test_a_newer_print_of_the_plan_leaves_it_as_it_is(asked):
    from dataclasses import replace

    from itadomain.reprinting import reprinted

    old = asked.measures.get("m2")
    assert reprinted(old, replace(old, id="", must_publish=False, title=f"{old.title} ใหม่")).must_publish
