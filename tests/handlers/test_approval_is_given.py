"""The script of approval: who is asked, what they may decide, and what counts then."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.line.render import texts_of
from itadomain.history import Deed
from itadomain.measures import Standing
from itadomain.people import Post, Role
from itadomain.progress import Approval
from tests.fakes import TODAY, a_measure, a_person, at_work
from tests.talk import Talk

CLERK = a_person(Role.STAFF, unit="กองคลัง", key="clerk", name="สมชาย")
HEAD = a_person(Role.HEAD, unit="กองคลัง", key="head", name="สมศรี")
MAYOR = a_person(Role.EXECUTIVE, key="mayor", name="สมหมาย")
MEASURE = a_measure(1, owners=("กองคลัง",), follow_up="ทุกเดือน", steps=())
SAID = "ได้ดำเนินการแล้ว"


@pytest.fixture
def agency():
    return at_work(MEASURE)


def report(talk, percent=60, today=TODAY):
    talk.today = today
    talk.means("update_progress", measure=1, percent=percent)
    talk.says(SAID)
    talk.says("ข้าม") if percent < 100 else None
    return talk.says("ส่ง")


def newest(agency):
    return agency.reports.of_obligation("m1.กองคลัง")[0]


def test_the_script_the_head_stands_for_a_report(agency):
    head, clerk = Talk(agency, HEAD, user="U2"), Talk(agency, CLERK)
    (notice,) = report(clerk).notices
    assert notice.to.id == "head"
    look = head.taps(notice.reply.bubbles[0].taps[0])
    assert head.offered(look) == ["รับรอง", "ส่งกลับแก้ไข"]
    for said in ("สมชาย · กองคลัง", "กำลังทำ 60%", SAID):
        assert said in head.words
    assert head.taps(look.taps[0]).key == "approval.accepted"
    assert (newest(agency).approval, newest(agency).decided_by, newest(agency).counts) == (
        Approval.APPROVED,
        "head",
        True,
    )
    assert head.taps(look.taps[0]).key == "approval.is_decided"
    assert agency.history.of_measure("m1", 1)[0].deed is Deed.APPROVED


def test_a_notice_tells_a_lock_screen_nothing(agency):
    Talk(agency, HEAD, user="U2")
    clerk = Talk(agency, CLERK)
    (notice,) = report(clerk).notices
    from bot.line.render import render

    (message,) = render(notice.reply, clerk.voice)
    assert texts_of([message]) == ["มีเรื่องรอท่านพิจารณา 1 เรื่อง"]
    assert not any(secret in str(message) for secret in ("สมชาย", MEASURE.title, SAID, "กองคลัง"))


def test_a_report_is_sent_back_with_a_reason_and_made_again(agency):
    head, clerk = Talk(agency, HEAD, user="U2"), Talk(agency, CLERK)
    report(clerk, 20, date(2026, 10, 30))
    head.taps("approval.accept", id=newest(agency).id)
    report(clerk, 80)
    assert agency.obligations.get("m1.กองคลัง").percent == 80
    head.taps("approval.why", id=newest(agency).id)
    assert head.says(" ").key == "approval.say_why"
    back = head.says("ขอจำนวนผู้เข้าร่วม")
    assert (back.key, [notice.to.id for notice in back.notices]) == ("approval.sent_back", ["clerk"])
    duty = agency.obligations.get("m1.กองคลัง")
    assert (duty.percent, duty.slot) == (20, date(2026, 11, 30))  # it stands where it stood before
    seen = clerk.taps(back.notices[0].reply.bubbles[0].taps[0])
    assert "ขอให้แก้ไข: ขอจำนวนผู้เข้าร่วม" in clerk.words
    clerk.taps(seen.taps[0])
    clerk.says("กำลังทำ")
    clerk.says("อบรมแล้ว 40 คน")
    clerk.says("80%")
    clerk.says("ข้าม")
    assert clerk.says("ส่ง").key == "progress.corrected"
    assert newest(agency).percent == 80


def test_what_waits_is_listed(agency):
    head, mayor = Talk(agency, HEAD, user="U2"), Talk(agency, MAYOR, user="U3")
    assert head.says("รายงานที่รอรับรอง").key == "approval.none"
    report(Talk(agency, CLERK))
    for talk in (head, mayor):
        waiting = talk.says("รายงานที่รอรับรอง")
        assert (waiting.facts, talk.offered(waiting)) == ({"count": 1}, ["ข้อ 1"])
        assert talk.taps(waiting.taps[0]).key == "approval.report"


def test_a_unit_without_a_head_asks_the_executive(agency):
    Talk(agency, MAYOR, user="U3")
    assert [notice.to.id for notice in report(Talk(agency, CLERK)).notices] == ["mayor"]


def test_where_nobody_can_approve_it_counts_at_once(agency):
    reply = report(Talk(agency, CLERK))
    assert ([said.key for said in reply.bubbles][:2], reply.notices) == (["progress.sent", "progress.counts"], ())
    assert newest(agency).approval is Approval.UNASKED


def test_a_heads_own_report_counts_at_once_and_is_noted_as_such(agency):
    Talk(agency, MAYOR, user="U3")
    reply = report(Talk(agency, HEAD), 100)
    assert (newest(agency).approval, reply.notices) == (Approval.OWN, ())
    assert not agency.obligations.get("m1.กองคลัง").open


def test_an_agency_may_do_without(agency):
    Talk(agency, HEAD, user="U2")
    admin = Talk(agency, a_person(Role.ADMIN, key="admin"), user="U4")
    on = admin.says("การรับรองรายงาน")
    assert on.key == "approval.is_on"
    off = admin.taps(on.taps[0])
    assert off.key == "approval.is_off"
    reply = report(Talk(agency, CLERK))
    assert (newest(agency).approval, reply.notices) == (Approval.UNASKED, ())
    assert admin.taps(off.taps[0]).key == "approval.is_on"


@pytest.mark.parametrize("forged", ["none", "", "อะไรก็ได้"])
def test_a_forged_choice_changes_nothing(agency, forged):
    admin = Talk(agency, a_person(Role.ADMIN, key="admin"), user="U4")
    assert admin.taps("approval.choice", set=forged).key == "approval.is_on"
    assert agency.settings.kept == {}


YESTERDAY, TOMORROW = TODAY - timedelta(1), TODAY + timedelta(1)
MATRIX = {
    "citizen": (a_person(), False),
    "colleague": (a_person(Role.STAFF, unit="กองคลัง", key="x"), False),
    "another's head": (a_person(Role.HEAD, unit="กองช่าง", key="x"), False),
    "secretariat": (a_person(Role.STAFF, unit="สำนักปลัด", key="x"), False),
    "admin": (a_person(Role.ADMIN, key="x"), False),
    "integrity": (a_person(Role.INTEGRITY, key="x"), False),
    "head": (a_person(Role.HEAD, unit="กองคลัง", key="x"), True),
    "executive": (a_person(Role.EXECUTIVE, key="x"), True),
    "acting head": (replace(a_person(key="x"), posts=(Post(Role.HEAD, "กองคลัง", TODAY, TODAY, acting=True),)), True),
    "acting until yesterday": (replace(a_person(key="x"), posts=(Post(Role.HEAD, "กองคลัง", None, YESTERDAY),)), False),
    "head from tomorrow": (replace(a_person(key="x"), posts=(Post(Role.HEAD, "กองคลัง", TOMORROW),)), False),
}  # fmt: skip


@pytest.mark.parametrize("who", MATRIX)
def test_only_the_head_of_the_unit_and_executives_decide(agency, who):
    person, may = MATRIX[who]
    Talk(agency, HEAD, user="U2")
    report(Talk(agency, CLERK))
    talk, known = Talk(agency, person, user="U5"), newest(agency).id
    seen = talk.taps("approval.look", id=known)
    assert (seen.key == "approval.report") == may
    assert (talk.taps("approval.why", id=known).key == "approval.what_to_mend") == may
    assert (talk.taps("approval.accept", id=known).key == "approval.accepted") == may
    assert (newest(agency).approval is Approval.APPROVED) == may


def test_nobody_stands_for_their_own(agency):
    """An executive with a post in the unit is not its head."""
    both = replace(MAYOR, posts=(*MAYOR.posts, Post(Role.STAFF, "กองคลัง")))
    Talk(agency, HEAD, user="U2")
    mayor = Talk(agency, both)
    report(mayor)
    assert mayor.taps("approval.accept", id=newest(agency).id).key == "approval.your_own"
    assert newest(agency).approval is Approval.WAITING


def test_a_report_that_was_replaced_is_not_approved_any_more(agency):
    head, clerk = Talk(agency, HEAD, user="U2"), Talk(agency, CLERK)
    report(clerk, 20)
    first = newest(agency).id
    report(clerk, 30)
    assert head.taps("approval.accept", id=first).key == "approval.is_replaced"
    assert agency.obligations.get("m1.กองคลัง").standing is Standing.WORKING
