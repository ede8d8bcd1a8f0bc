"""The script of officers: what came in is seen, given, worked on, answered; its reporter hears that there is news."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.cases.case_cards import masked
from handlers.cases.case_deeds import DONE, TAPS
from itadomain.cases.case import Channel, Kind, Line, Spot, State, Voice
from itadomain.cases.categories import Category
from itadomain.cases.filing import Told, file
from itadomain.cases.moves import Move
from itadomain.evidence import DRAFT, Copy, Evidence, Stage
from itadomain.evidence import Kind as Sent
from itadomain.people import Role
from tests.fakes import TODAY, a_person
from tests.handlers.cases import (
    ADMIN,
    DESK,
    HEAD,
    LAMP,
    MAYOR,
    OTHER,
    STORY,
    VILLAGER,
    WORKER,
    a_case,
    an_office_of_cases,
)
from tests.talk import Talk

IMAGE = {"type": "message", "message": {"type": "image", "id": "901", "contentProvider": {"type": "line"}}}


@pytest.fixture
def agency():
    return an_office_of_cases()


@pytest.fixture
def talk(agency):
    return lambda who: Talk(agency, who, user=f"U{who.id}")


@pytest.fixture
def desk(talk):
    return talk(DESK)


@pytest.fixture
def head(talk):
    return talk(HEAD)


@pytest.fixture
def case(agency):
    return a_case(agency)


def of_unit(agency, case, **more):
    agency.cases.save(replace(agency.cases.get(case.id), unit="กองช่าง", **more))


def now(agency, case):
    return agency.cases.get(case.id)


def opens(talk, case):
    return talk.taps("casework.one", id=case.id)


def news(reply):
    """Whom a reply tells unasked, and where their tap leads."""
    return [(one.to.id, one.reply.bubbles[0].taps[0].to) for one in reply.notices]


def test_the_script_from_the_list_to_the_answer(agency, desk, head, talk, case):
    listed = desk.says("เรื่องร้องเรียน")
    assert str(case.ticket) in desk.offered(listed)
    assert "ไฟฟ้าสาธารณะ" in desk.words
    shown = desk.says(str(case.ticket))
    assert STORY in desk.words
    assert desk.offered(shown)[:3] == ["รับเรื่อง", "มอบหมาย", "เริ่มดำเนินการ"]
    accepted = desk.says("รับเรื่อง")
    assert (accepted.key, news(accepted)) == ("casework.accepted", [("villager", "following.one")])
    opens(desk, case)
    desk.says("มอบหมาย")
    which = desk.says("กองช่าง")
    assert which.key == "casework.which_person"
    given = desk.says("ให้หน่วยงานจัดการ")
    assert (given.key, news(given)) == ("casework.assigned", [("head", "casework.one")])
    shown = head.taps(given.notices[0].reply.bubbles[0].taps[0])
    assert "เริ่มดำเนินการ" in head.offered(shown)
    head.says("แก้ไขแล้ว")
    assert head.says("แบบที่ 1").key == "casework.photo_after"
    assert head.sends(IMAGE).key == "casework.will_be_sent"
    assert now(agency, case).state is State.ASSIGNED
    done = head.says("ส่งเลย")
    assert (done.key, news(done)) == ("casework.resolved", [("villager", "following.one")])
    assert now(agency, case).state is State.RESOLVED
    assert now(agency, case).talk[-1].words == "ดำเนินการแก้ไขเรียบร้อยแล้วค่ะ ขอบคุณที่แจ้งให้ทราบ"


def test_what_is_told_unasked_says_nothing_of_the_case(agency, desk, case):
    opens(desk, case)
    desk.says("ตอบผู้แจ้ง")
    desk.says("ช่างจะเข้าพรุ่งนี้ค่ะ")
    told = desk.says("ส่งเลย").notices[0].reply
    assert [one.key for one in told.bubbles] == ["casework.progress"]
    assert not told.bubbles[0].rows
    assert not told.facts


def test_the_list_is_masked_and_the_case_is_whole(agency, desk, case):
    agency.cases.save(replace(case, contact="089-999-8888"))
    desk.says("เรื่องร้องเรียน")
    assert "xxx5678" in desk.words
    assert not [told for told in ("081", "089", STORY) if told in desk.words]
    opens(desk, case)
    assert "089-999-8888" in desk.words
    assert "081-234-5678" in desk.words


@pytest.mark.parametrize(("text", "shown"), [
    ("โทร 081-234-5678 ค่ะ", "โทร xxx5678 ค่ะ"), ("0812345678", "xxx5678"), ("๐๘๑๒๓๔๕๖๗๘", "xxx๕๖๗๘"),
    ("1 2345 67890 12 3", "xxx12 3"), ("บ้านเลขที่ 123/4", "บ้านเลขที่ 123/4"), ("หน้าวัด", "หน้าวัด"),
])  # fmt: skip
def test_numbers_of_people_are_masked(text, shown):
    assert masked(text) == shown


def test_a_case_leads_to_its_map_and_to_what_was_sent(agency, desk, case):
    photo = Evidence("0" * 32, "villager", Sent.PHOTO, TODAY, Stage.KEPT, copy=Copy("s", 1, "image/jpeg", shown=True))
    agency.evidence.save(photo.of(case.id))
    card = opens(desk, case).bubbles[0]
    assert card.picture == f"evidence:{photo.id}"
    assert [tap.uri for tap in card.taps] == [
        "https://www.google.com/maps?q=13.750000,100.500000",
        f"evidence:{photo.id}",
    ]


def test_alike_cases_are_suggested_where_they_may_be_read(agency, desk, head, case):
    other = a_case(agency, "ไฟทางดับ", TODAY + timedelta(days=1))
    assert opens(desk, case).bubbles[0].taps[-1].values == {"id": other.id}
    of_unit(agency, case)
    assert "casework.one" not in [getattr(tap, "to", "") for tap in opens(head, case).bubbles[0].taps]


# ── who


@pytest.mark.parametrize("who", [WORKER, OTHER, ADMIN, VILLAGER], ids=lambda who: who.id)
def test_nobody_else_sees_a_case_by_any_way(agency, talk, case, who):
    of_unit(agency, case)
    other = talk(who)
    other.says("เรื่องร้องเรียน")
    assert str(case.ticket) not in other.words
    for reply in (opens(other, case), other.taps("casework.said", id=case.id)):
        assert reply.key in {"case.not_found", "help.not_allowed", "case.your_own"}
    assert STORY not in other.words


def test_what_is_not_there_is_answered_in_the_same_words(agency, talk, case):
    of_unit(agency, case)
    assert opens(talk(OTHER), case) == talk(OTHER).taps("casework.one", id="nothing")


def test_an_executive_reads_and_does_nothing(talk, case):
    mayor = talk(MAYOR)
    shown = opens(mayor, case)
    assert STORY in mayor.words
    assert shown.then is None


def test_whom_a_case_was_given_to_finds_it(agency, desk, talk, case):
    opens(desk, case)
    desk.says("มอบหมาย")
    desk.says("กองช่าง")
    assert news(desk.says("สมชาย")) == [("worker", "casework.one")]
    worker = talk(WORKER)
    assert str(case.ticket) in worker.offered(worker.says("เรื่องร้องเรียน"))
    assert now(agency, case).officer == "worker"


def test_who_reported_it_does_not_read_what_officers_note(agency, talk):
    """Even where they receive all others."""
    second = a_person(Role.OFFICER, key="second", name="มานี")
    agency.people.meet("Usecond", second)
    own = file(agency, Told(Kind.PROBLEM, ("น้ำไม่ไหล",)), second, TODAY).case
    assert opens(talk(second), own).key == "case.your_own"
    assert "เริ่มดำเนินการ" in talk(DESK).offered(opens(talk(DESK), own))


def test_a_citizen_who_says_the_word_is_asked_what_they_want(talk):
    villager = talk(VILLAGER)
    asked = villager.says("เรื่องร้องเรียน")
    assert [tap.to for tap in asked.taps] == ["complaint.start", "following.mine"]
    assert [tap.to for tap in talk(ADMIN).says("เรื่องร้องเรียน").taps][-1] == "figures.of_year"


# ── the list


def test_the_list_by_parts_and_pages(agency, desk):
    some = [a_case(agency, f"เรื่องที่ {no}", TODAY - timedelta(days=no)) for no in range(8)]
    agency.cases.save(replace(some[2], state=State.WORKING, officer="desk", accepted_on=TODAY))
    listed = desk.says("เรื่องร้องเรียน")
    in_order = [str(one.ticket) for one in sorted(some, key=lambda one: (one.due, one.ticket))]
    assert desk.offered(listed)[:6] == in_order[:6]
    assert desk.offered(desk.says("ถัดไป"))[:2] == in_order[6:]
    assert desk.offered(desk.says("ก่อนหน้า"))[:6] == in_order[:6]
    mine = desk.says("ของฉัน")
    assert desk.offered(mine)[0] == str(some[2].ticket)
    new = desk.says("ยังไม่รับ")
    assert str(some[2].ticket) not in desk.offered(new)
    over = desk.says("เกินกำหนด")
    assert len(over.bubbles[0].rows) == len([one for one in some if one.due < TODAY])
    assert "เกินกำหนด 1 วัน" in desk.words


def test_a_case_is_found_by_its_number_when_it_is_over_too(agency, desk, case):
    agency.cases.save(replace(case, state=State.CLOSED, over_on=TODAY))
    assert desk.says("เรื่องร้องเรียน").key == "casework.none_here"
    assert desk.says("1").key == "casework.one"
    desk.says("เรื่องร้องเรียน")
    assert desk.says("999").key == "case.not_found"


# ── the steps


def test_more_is_asked_and_the_reporter_hears(agency, desk, case):
    opens(desk, case)
    desk.says("ขอข้อมูลเพิ่ม")
    assert desk.says("๒").key == "casework.will_be_sent"
    assert "ขอรูปถ่าย" in desk.words
    assert news(desk.says("ส่งเลย")) == [("villager", "following.one")]
    assert now(agency, case).state is State.WAITING
    opens(desk, case)
    assert desk.says("ดำเนินการต่อ").key == "casework.went_on"


def test_words_are_changed_before_they_are_sent(agency, desk, case):
    opens(desk, case)
    desk.says("ตอบผู้แจ้ง")
    desk.says("ผิด")
    assert desk.says("แก้ข้อความ").key == "casework.write_or_pick"
    desk.says("ถูก")
    assert desk.says("อะไรนะ").key == "casework.send_or_mend"
    desk.says("ส่งเลย")
    assert [one.words for one in now(agency, case).talk] == ["ถูก"]


def test_a_note_is_marked_and_told_to_nobody(agency, desk, case):
    opens(desk, case)
    desk.says("บันทึกภายใน")
    noted = desk.says("เคยแจ้งปีก่อน")
    assert (noted.key, noted.notices) == ("casework.noted", ())
    assert now(agency, case).talk[-1].voice is Voice.NOTE
    opens(desk, case)
    assert "ภายใน (ผู้แจ้งไม่เห็น) · ปรีชา" in desk.words


def test_it_is_deferred_to_a_day_to_come(agency, desk, case):
    opens(desk, case)
    desk.says("รับเรื่อง")
    opens(desk, case)
    desk.says("รอแผน/งบประมาณ")
    assert desk.says("แบบที่ 1").key == "casework.review_when"
    assert desk.picks(TODAY.isoformat()).key == "case.review_when"
    desk.picks("2027-03-01")
    assert "1 มี.ค. 2570" in desk.words
    desk.says("ส่งเลย")
    assert (now(agency, case).state, str(now(agency, case).due)) == (State.DEFERRED, "2027-03-01")


def test_it_is_refused_with_a_reason_and_the_body_that_can_help(agency, desk, case):
    opens(desk, case)
    desk.says("ไม่รับ/ส่งต่อ")
    assert desk.says("แบบที่ 1").key == "casework.which_body"
    desk.says("แขวงทางหลวง 1586")
    desk.says("ส่งเลย")
    assert now(agency, case).state is State.REFUSED
    assert now(agency, case).talk[-1].words == "แขวงทางหลวง 1586"


def test_only_the_desk_refuses(agency, head, case):
    of_unit(agency, case)
    assert "ไม่รับ/ส่งต่อ" not in head.offered(opens(head, case))
    assert head.answers(f"refuse:{case.id}").key == "case.not_now"


def test_where_the_category_says_so_a_photo_shows_that_it_is_mended(agency, desk, case):
    agency.categories.save(Category(LAMP, photo=True))
    opens(desk, case)
    desk.says("แก้ไขแล้ว")
    assert desk.says("แบบที่ 1").key == "casework.photo_after"
    assert desk.says("ไม่มีรูป").key == "casework.photo_please"
    sent = desk.sends(IMAGE)
    assert (sent.key, [task.name for task in sent.tasks]) == ("casework.will_be_sent", ["fetch_evidence"])
    (photo,) = agency.evidence.kept.values()
    assert photo.case == DRAFT
    more = desk.sends({**IMAGE, "message": {**IMAGE["message"], "id": "902"}})
    assert (more.bubbles, desk.asked_by) == ((), "case_moves.confirm")
    desk.says("ส่งเลย")
    assert now(agency, case).state is State.RESOLVED
    assert len(agency.evidence.of_case(case.id)) == 2


def test_a_photo_may_show_it_where_none_is_asked_for_and_shows_nothing_else(agency, desk):
    case = a_case(agency, category="animals")
    opens(desk, case)
    desk.says("ตอบผู้แจ้ง")
    desk.says("แบบที่ 1")
    assert desk.sends(IMAGE).key == "casework.send_or_mend"
    assert not agency.evidence.kept
    opens(desk, case)
    desk.says("แก้ไขแล้ว")
    desk.says("แบบที่ 1")
    assert desk.sends(IMAGE).key == "casework.will_be_sent"
    assert "รูปหลังแก้ไข" in desk.words
    desk.says("ส่งเลย")
    assert len(agency.evidence.of_case(case.id)) == 1


def test_one_that_did_not_come_by_chat_is_answered_another_way(agency, desk):
    told = Told(Kind.PROBLEM, (STORY,), category=LAMP, channel=Channel.PHONE, contact="089-111-2222")
    case = file(agency, told, DESK, TODAY).case
    opens(desk, case)
    assert "ต้องตอบผู้แจ้งด้วยวิธีอื่น" in desk.words
    desk.says("ตอบผู้แจ้ง")
    assert desk.says("แบบที่ 1").key == "casework.will_be_kept"
    done = desk.says("ส่งเลย")
    assert (done.notices, [one.key for one in done.bubbles]) == ((), ["casework.answered", "casework.tell_them"])
    assert "089-111-2222" in desk.words


def test_a_tap_of_another_case_does_its_own(agency, desk, case):
    other = a_case(agency, "อีกเรื่อง", spot=Spot("9"))
    opens(desk, case)
    desk.answers(f"accept:{other.id}")
    assert (now(agency, other).state, now(agency, case).state) == (State.ACCEPTED, State.NEW)


def test_two_officers_at_once_the_second_hears_that_it_is_done(agency, desk, head, case):
    of_unit(agency, case)
    opens(desk, case)
    opens(head, case)
    desk.says("รับเรื่อง")
    late = head.says("รับเรื่อง")
    assert (late.key, head.offered(late)) == ("case.not_now", ["ดูเรื่องนี้", "รายการเรื่อง"])


def test_what_another_ended_while_words_were_written_is_not_done_again(agency, desk, head, case):
    of_unit(agency, case)
    opens(head, case)
    head.says("ขอข้อมูลเพิ่ม")
    head.says("เสาต้นไหนคะ")
    opens(desk, case)
    for said in ("ไม่รับ/ส่งต่อ", "แบบที่ 1", "ข้าม", "ส่งเลย"):
        desk.says(said)
    late = head.says("ส่งเลย")
    assert (late.key, head.offered(late)) == ("case.not_now", ["ดูเรื่องนี้", "รายการเรื่อง"])
    assert now(agency, case).state is State.REFUSED


def test_all_that_was_said_is_read_page_by_page(agency, desk, case):
    for no in range(6):
        case = case.saying(Line(Voice.AGENCY, "desk", TODAY, f"คำตอบที่ {no} " + "ก" * 900))
    agency.cases.save(replace(case, story="ข" * 3900))
    shown = opens(desk, case)
    assert "คำตอบที่ 5" in desk.words
    assert "คำตอบที่ 0" not in desk.words
    first = desk.taps(next(tap for tap in shown.bubbles[0].taps if getattr(tap, "to", "") == "casework.said"))
    assert ("ข" * 3900) in desk.words
    assert "คำตอบที่ 0" in desk.words
    desk.taps(first.taps[0])
    assert "คำตอบที่ 5" in desk.words


def test_every_move_of_an_officer_has_a_tap():
    """But those of reporters and of the clock."""
    reporters = {Move.TELL_MORE, Move.CONFIRM, Move.EXPIRE, Move.REOPEN, Move.CANCEL}
    assert set(Move) - set(TAPS) == reporters
    assert set(TAPS) == set(DONE)
