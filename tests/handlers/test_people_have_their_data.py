"""The script of privacy: what is kept of a person is shown to them, and goes as far as it can when they say so."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.kit import Card
from itadomain.audit_log import Deed
from itadomain.cases.case import Channel, Kind, Line, State, Voice
from itadomain.cases.filing import Told, file
from itadomain.evidence import DRAFT, Copy, Evidence, Stage
from itadomain.evidence import Kind as Sent
from itadomain.people import Post, Role
from tests.fakes import TODAY, a_person
from tests.handlers.cases import DESK, VILLAGER, a_case, an_office_of_cases
from tests.talk import Talk

COPY = Copy("a" * 64, 9, "image/jpeg", shown=True)


@pytest.fixture
def agency():
    return an_office_of_cases()


@pytest.fixture
def villager(agency):
    return Talk(agency, VILLAGER, user="Uvillager")


def sent(agency, key, case="", by="villager"):
    one = Evidence(key, by, Sent.PHOTO, TODAY, Stage.KEPT, key, copy=COPY, case=case)
    agency.evidence.save(one)
    return one


def over(agency, case, state=State.CLOSED):
    said = (Line(Voice.REPORTER, "villager", TODAY, "ขอบคุณ"), Line(Voice.AGENCY, "desk", TODAY, "แก้แล้ว"))
    done = replace(case, state=state, over_on=TODAY, talk=said, contact="081-234-5678", on_behalf_of="ยายมี")
    agency.cases.save(done)
    return done


def known(agency):
    return {one.id for one in agency.people.kept.values()}


def tasks(reply):
    return [(one.name, one.facts["sha256"]) for one in reply.tasks]


def rows(reply):
    return [row.label.key for row in reply.bubbles[0].rows]


def test_the_script(agency, villager):
    case = over(agency, a_case(agency))
    assert villager.means("privacy").key == "privacy.about"
    assert "บริษัท LINE" in villager.words
    shown = villager.says("ข้อมูลของฉัน")
    assert shown.key == "privacy.mine"
    assert str(case.ticket) in villager.words
    assert "ปิดเรื่องแล้ว" in villager.words
    asked = villager.says("ลบข้อมูลของฉัน")
    assert (asked.key, rows(asked)) == ("privacy.sure", ["privacy.goes"] * 2 + ["privacy.stays"] * 3)
    assert "villager" in known(agency)
    assert villager.says("ลบเลย").key == "privacy.deleted"
    assert "villager" not in known(agency)


def test_a_citizen_of_whom_nothing_is_known_is_told_so(villager):
    villager.says("ข้อมูลของฉัน")
    assert all(said in villager.words for said in ("ไม่ได้เก็บ", "0 เรื่อง", "เข้ารหัส"))
    assert "หน้าที่" not in villager.words


def test_an_insider_sees_name_unit_and_duties(agency):
    talk = Talk(agency, a_person(Role.HEAD, unit="กองช่าง", name="วิชัย"))
    talk.says("ข้อมูลของฉัน")
    assert all(said in talk.words for said in ("วิชัย", "กองช่าง", "หัวหน้าส่วน"))


def test_many_cases_are_counted_and_the_newest_shown(agency, villager):
    for no in range(11):
        a_case(agency, f"เรื่องที่ {no}")
    shown = villager.says("ข้อมูลของฉัน")
    assert "11 เรื่อง" in villager.words
    assert "และอีก 3 เรื่อง" in villager.words
    assert isinstance(shown.bubbles[0], Card)


def test_a_record_stays_and_no_longer_tells_who_brought_it(agency, villager):
    case = over(agency, a_case(agency))
    sent(agency, "e1", case.id)
    villager.says("ลบข้อมูลของฉัน")
    villager.says("ลบเลย")
    kept = agency.cases.get(case.id)
    assert (kept.reporter, kept.story, kept.contact, kept.on_behalf_of) == ("", case.story, "081-234-5678", "ยายมี")
    assert [line.by for line in kept.talk] == ["", "desk"]
    assert (agency.evidence.get("e1").by, agency.evidence.get("e1").live) == ("", True)
    log = [(one.happened.deed, one.happened.by, one.happened.about) for one in agency.audit_log.since()]
    assert log[-1] == (Deed.FORGOTTEN, "", case.id)


def test_what_was_sent_for_nothing_goes_with_its_copy(agency, villager):
    sent(agency, "e1")
    sent(agency, "e2", DRAFT)
    sent(agency, "e3", by="desk")
    villager.says("ลบข้อมูลของฉัน")
    assert tasks(villager.says("ลบเลย")) == [("remove_evidence", COPY.sha256)] * 2
    assert [(agency.evidence.get(key).stage, agency.evidence.get(key).by) for key in ("e1", "e2", "e3")] == [
        (Stage.GONE, ""), (Stage.GONE, ""), (Stage.KEPT, "desk"),
    ]  # fmt: skip


def test_who_waits_for_an_answer_stays_known_until_it_is_there(agency, villager):
    case = a_case(agency)
    sent(agency, "e1", case.id)
    sent(agency, "e2")
    villager.says("ลบข้อมูลของฉัน")
    assert "ยังมีเรื่องที่เราต้องตอบท่าน 1 เรื่อง" in villager.words
    assert villager.says("ลบเลย").key == "privacy.partly_deleted"
    assert agency.cases.get(case.id).reporter == "villager"
    assert [agency.evidence.get(key).stage for key in ("e1", "e2")] == [Stage.KEPT, Stage.GONE]
    over(agency, case)
    villager.says("ลบข้อมูลของฉัน")
    assert villager.says("ลบเลย").key == "privacy.deleted"


def test_where_nothing_can_go_yet_nothing_is_asked(agency, villager):
    a_case(agency)
    shown = villager.says("ลบข้อมูลของฉัน")
    assert (shown.key, shown.then) == ("privacy.nothing_yet", None)
    assert villager.offered(shown) == ["เรื่องที่ฉันแจ้ง", "เมนู"]
    assert "ยังลบไม่ได้ในตอนนี้" in villager.words


def test_praise_keeps_nobody_known(agency, villager):
    file(agency, Told(Kind.PRAISE, ("บริการดีมาก",)), VILLAGER, TODAY)
    villager.says("ลบข้อมูลของฉัน")
    assert villager.says("ลบเลย").key == "privacy.deleted"


def test_nothing_goes_before_it_was_confirmed(agency, villager):
    case = over(agency, a_case(agency))
    villager.says("ลบข้อมูลของฉัน")
    assert villager.says("ไม่แน่ใจ").key == "picking.yes_or_cancel"
    villager.says("ยกเลิก")
    assert agency.cases.get(case.id).reporter == "villager"
    assert "villager" in known(agency)


def test_what_is_half_told_is_not_lost_to_a_question(agency, villager):
    villager.says("จะร้องเรียนเรื่องถนน")
    villager.says("ถนนเป็นหลุมหน้าบ้าน")
    villager.says("ข้อมูลของฉัน")
    assert "ยังไม่ได้ส่ง" in villager.words
    before = dict(agency.places.kept)
    assert villager.says("ลบข้อมูลของฉัน").key == "privacy.finish_first"
    assert agency.places.kept == before
    villager.says("ยกเลิก")
    assert villager.says("ลบข้อมูลของฉัน").key == "privacy.sure"


@pytest.mark.parametrize(
    ("post", "told"),
    [
        (Post(Role.STAFF, "กองช่าง"), "privacy.posts_first"),
        (Post(Role.STAFF, "กองช่าง", until=TODAY), "privacy.posts_first"),
        (Post(Role.STAFF, "กองช่าง", since=TODAY + timedelta(days=3)), "privacy.posts_first"),
        (Post(Role.STAFF, "กองช่าง", until=TODAY - timedelta(days=1)), "privacy.worked_here"),
    ],
)
def test_whoever_works_for_the_agency_or_did_is_not_forgotten_by_chat(agency, post, told):
    talk = Talk(agency, a_person(name="สมชาย", key="s").with_posts([post], TODAY), user="Us")
    assert talk.says("ลบข้อมูลของฉัน").key == told
    assert "s" in known(agency)


def test_whoever_becomes_an_officer_between_question_and_answer_stays(agency, villager):
    villager.says("ลบข้อมูลของฉัน")
    agency.people.save(VILLAGER.with_posts([Post(Role.OFFICER)], TODAY))
    assert villager.says("ลบเลย").key == "privacy.posts_first"
    assert "villager" in known(agency)


def test_who_guesses_codes_does_not_begin_anew_as_somebody_else(agency, villager):
    villager.says("ลงทะเบียน")
    villager.says("K7QX-93FE")
    villager.says("ยกเลิก")
    assert villager.says("ลบข้อมูลของฉัน").key == "privacy.in_an_hour"
    villager.now += 61 * 60 * 1000
    assert villager.says("ลบข้อมูลของฉัน").key == "privacy.sure"


def test_who_comes_back_is_somebody_new_and_sees_nothing_of_before(agency, villager):
    case = over(agency, a_case(agency))
    villager.says("ลบข้อมูลของฉัน")
    villager.says("ลบเลย")
    assert villager.means("track_complaint").key == "following.none"
    assert villager.taps("following.one", id=case.id).key == "case.not_found"


def test_officers_read_the_record_afterwards(agency, villager):
    case = over(agency, a_case(agency))
    villager.says("ลบข้อมูลของฉัน")
    villager.says("ลบเลย")
    desk = Talk(agency, DESK, user="Udesk")
    assert desk.taps("casework.one", id=case.id).key == "casework.one"
    assert agency.cases.get(case.id).channel is Channel.CHAT
    assert "ผู้แจ้งขอลบข้อมูลของตนแล้ว" in desk.words


def test_english_users_are_answered_in_english(agency):
    talk = Talk(agency, a_person(language="en", key="en"), user="Uen")
    talk.says("delete my data")
    assert "Delete your data?" in talk.words
    assert talk.says("Delete").key == "privacy.deleted"
    assert "has been deleted" in talk.words
