"""What its reporter unsends after filing is out of sight and kept: who receives all cases may read it, written down."""

import itertools

import pytest

from itadomain.audit_log import Deed
from itadomain.cases.case import State, Voice
from tests.handlers.cases import DESK, HEAD, MAYOR, VILLAGER, an_office_of_cases
from tests.talk import Talk

FIRST, SECOND = "ไฟถนนดับหน้าวัด", "ผู้ใหญ่แดงเป็นคนทำ"
numbers = itertools.count(9000)


@pytest.fixture
def agency():
    return an_office_of_cases()


@pytest.fixture
def villager(agency):
    return Talk(agency, VILLAGER, user="Uvillager")


def types(talk, text):
    """Type something, and give the id of the message."""
    number = str(next(numbers))
    talk.sends({"type": "message", "message": {"type": "text", "id": number, "text": text}})
    return number


def unsends(talk, number):
    return talk.sends({"type": "unsend", "unsend": {"messageId": number}})


def files(talk, *bubbles):
    talk.means("file_complaint")
    sent = [types(talk, one) for one in bubbles]
    for said in ("ส่งเรื่อง", "แจ้งปัญหา", "3", "ข้าม"):
        if talk.asked_by == "complaint.pick_kind" or said != "แจ้งปัญหา":
            talk.answers("problem") if said == "แจ้งปัญหา" else talk.says(said)
    talk.answers("street_light_electric")
    talk.answers("skip")
    talk.says("ส่ง")
    return sent


def filed(agency):
    (case,) = agency.cases.kept.values()
    return case


def deeds(agency):
    return [(one.happened.deed, one.happened.by) for one in agency.audit_log.kept]


def test_a_bubble_of_the_story_goes_out_of_sight_and_stays(agency, villager):
    _, told = files(villager, FIRST, SECOND)
    assert filed(agency).story == f"{FIRST}\n{SECOND}"
    assert not unsends(villager, told).bubbles
    case = filed(agency)
    assert (case.story, case.hidden) == (FIRST, (SECOND,))
    assert case.talk[-1].words == "taken_back"
    assert (Deed.HIDDEN, "") in deeds(agency), "who brought it is not in the log"
    unsends(villager, told)
    assert filed(agency) == case


def test_officers_see_that_something_was_taken_back_and_not_what(agency, villager):
    _, told = files(villager, FIRST, SECOND)
    unsends(villager, told)
    for who in (DESK, MAYOR):
        talk = Talk(agency, who, user=f"U{who.id}")
        talk.taps("casework.one", id=filed(agency).id)
        assert "ยกเลิกการส่ง 1 ข้อความ" in talk.words
        assert SECOND not in talk.words
        talk.taps("casework.said", id=filed(agency).id)
        assert SECOND not in talk.words


def test_the_desk_reads_it_on_request_which_is_written_down(agency, villager):
    _, told = files(villager, FIRST, SECOND)
    unsends(villager, told)
    talk = Talk(agency, DESK, user="Udesk")
    shown = talk.taps("casework.one", id=filed(agency).id)
    (tap,) = [one for one in shown.bubbles[0].taps if "taken_back" in getattr(one, "to", "")]
    talk.taps(tap)
    assert SECOND in talk.words
    last = agency.audit_log.kept[-1].happened
    assert (last.deed, last.by, last.about, last.facts) == (
        Deed.LOOKED, "desk", filed(agency).id, {"part": "taken_back"},
    )  # fmt: skip


@pytest.mark.parametrize("who", [HEAD, MAYOR, VILLAGER])
def test_nobody_else_reads_it(agency, villager, who):
    _, told = files(villager, FIRST, SECOND)
    unsends(villager, told)
    before = len(agency.audit_log.kept)
    talk = Talk(agency, who, user=f"U{who.id}")
    talk.taps("casework.taken_back", id=filed(agency).id)
    assert SECOND not in talk.words
    assert len(agency.audit_log.kept) == before


def test_where_nothing_was_taken_back_there_is_nothing_to_read(agency, villager):
    files(villager, FIRST)
    desk = Talk(agency, DESK, user="Udesk")
    assert desk.taps("casework.taken_back", id=filed(agency).id).key == "casework.nothing_taken_back"


def test_what_was_said_later_is_hidden_too(agency, villager):
    files(villager, FIRST)
    villager.taps("following.one", id=filed(agency).id)
    villager.answers("more")
    said = types(villager, SECOND)
    assert filed(agency).talk[-1].words == SECOND
    unsends(villager, said)
    assert [one.words for one in filed(agency).talk if one.voice is Voice.REPORTER] == []
    assert filed(agency).hidden == (SECOND,)


def test_a_line_of_an_answered_request_is_hidden(agency, villager):
    villager.says("คำร้อง")
    villager.answers("general")
    types(villager, "ขอตัดกิ่งไม้")
    name = types(villager, "สมชาย ใจดี")
    villager.says("ข้าม")
    villager.says("ส่ง")
    unsends(villager, name)
    assert filed(agency).story == "คำร้องทั่วไป\nสิ่งที่ต้องการ: ขอตัดกิ่งไม้"
    assert filed(agency).hidden == ("ผู้ยื่นคำร้อง: สมชาย ใจดี",)


def test_what_another_unsends_hides_nothing(agency, villager):
    (told,) = files(villager, FIRST)
    unsends(Talk(agency, HEAD, user="Uhead"), told)
    assert (filed(agency).story, filed(agency).hidden) == (FIRST, ())


def test_a_case_is_hidden_from_while_another_is_told(agency, villager):
    _, told = files(villager, FIRST, SECOND)
    villager.means("file_complaint")
    villager.says("น้ำไม่ไหลทั้งหมู่บ้าน")
    unsends(villager, told)
    assert filed(agency).hidden == (SECOND,)
    assert villager.store.places.kept, "what is being told stays open"


def test_a_case_of_nothing_any_more_goes_on(agency, villager):
    (told,) = files(villager, FIRST)
    unsends(villager, told)
    assert (filed(agency).story, filed(agency).state) == ("", State.NEW)
    desk = Talk(agency, DESK, user="Udesk")
    assert desk.taps("casework.one", id=filed(agency).id).key == "casework.one"


def waits_to_be_sent(talk, question):
    """A question to the officers that is about to be sent; gives the message it came in."""
    talk.taps("inquiry.start")
    return types(talk, question)


def test_a_question_that_was_not_sent_goes_with_its_message(agency, villager):
    asked = waits_to_be_sent(villager, SECOND)
    assert villager.asked_by == "inquiry.confirm"
    assert not unsends(villager, asked).bubbles
    assert SECOND not in repr(agency.places.kept)
    assert villager.forges(at="inquiry.confirm", a="send").key == "help.stale_tap"
    assert not agency.cases.kept


def test_what_found_no_answer_and_was_to_be_asked_goes_with_its_message_too(agency, villager):
    villager.taps("knowledge.browse")
    villager.means("ask_service_info")
    asked = types(villager, SECOND)
    villager.taps("inquiry.start")
    assert villager.asked_by == "inquiry.confirm"
    unsends(villager, asked)
    assert SECOND not in repr(agency.places.kept)


def test_another_message_that_is_taken_back_leaves_the_question(agency, villager):
    waits_to_be_sent(villager, SECOND)
    assert not unsends(villager, "0").bubbles
    assert villager.answers("send").key == "inquiry.sent"
    assert filed(agency).story == SECOND


def test_words_that_may_belong_to_a_case_go_with_their_message(agency, villager):
    files(villager, FIRST)
    case = filed(agency)
    villager.taps("following.one", id=case.id)
    said = types(villager, SECOND)
    assert villager.asked_by == "following.pick_case"
    unsends(villager, "0")
    assert villager.asked_by == "following.pick_case"
    unsends(villager, said)
    assert villager.forges(at="following.pick_case", a=case.id).key == "help.stale_tap"
    assert filed(agency) == case
