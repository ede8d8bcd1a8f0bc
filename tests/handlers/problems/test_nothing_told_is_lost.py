"""Nothing that was told is lost, and nothing is sent by accident."""

import pytest

from itadomain.cases.case import LONGEST_STORY
from itadomain.evidence import MB
from tests.handlers.problems.telling import DARK, cases, draft, here, keys, reviews, sends, tells

# ── nothing is lost, nothing is sent by accident


@pytest.mark.parametrize("meanwhile", ["เมนู", "โอเค", "ขอเบอร์โทร", "เกี่ยวกับเรา", "ติดตามเรื่อง"])
def test_something_else_is_answered_and_the_draft_stays(citizen, agency, meanwhile):
    citizen.says(DARK)
    before = draft(agency)
    reply = citizen.says(meanwhile)
    if meanwhile != "ขอเบอร์โทร":  # words that are no label are part of what is told
        assert not reply.key.startswith("complaint.")
        assert draft(agency) == before
    assert "ส่งเรื่อง" in citizen.offered(reply)
    assert citizen.says("ส่งเรื่อง").key == "complaint.which_category"


def test_the_menu_still_offers_what_it_offers(citizen):
    citizen.says(DARK)
    offered = citizen.offered(citizen.says("เมนู"))
    assert (offered[0], offered[-1]) == ("ส่งเรื่อง", "ยกเลิก")
    assert "แจ้งเบาะแสทุจริต" in offered


def test_an_old_tap_loses_nothing(citizen, agency):
    citizen.says(DARK)
    assert citizen.forges(at="score.pick_part", a="7").key == "help.stale_tap"
    assert len(draft(agency)["parts"]) == 1


def test_words_that_sound_like_leaving_are_told(citizen, agency):
    citizen.says(DARK)
    assert citizen.says("เขายกเลิกรถขยะไป").key == "complaint.so_far"
    assert [citizen.says("ยกเลิก").key for _ in range(2)] == ["leaving.sure", "help.cancelled"]
    assert not agency.places.kept


def test_to_begin_again_is_to_go_on(citizen, agency):
    citizen.says(DARK)
    again = citizen.says("แจ้งปัญหา")
    assert keys(again) == ["complaint.not_sent_yet", "complaint.so_far"]
    assert len(draft(agency)["parts"]) == 1


def test_it_waits_for_a_day(citizen, agency):
    citizen.says(DARK)
    citizen.now += 23 * 60 * 60 * 1000
    assert citizen.says("ดับมา 3 วัน").key == "complaint.so_far"
    citizen.now += 25 * 60 * 60 * 1000
    assert citizen.says("ส่งเรื่อง").key != "complaint.which_category"


def test_nothing_told_is_nothing_sent(citizen):
    assert keys(citizen.says("แจ้งปัญหา")) == ["complaint.notice", "complaint.tell"]
    assert citizen.says("ส่งเรื่อง").key == "case.say_something"
    assert citizen.says("   ").key == "case.say_something"


def test_the_notice_in_full_is_read_in_passing(citizen, agency):
    citizen.says(DARK)
    assert citizen.says("อ่านเพิ่ม").key == "complaint.notice_in_full"
    assert "ผู้ควบคุมข้อมูลอีกรายหนึ่ง" in citizen.words
    assert len(draft(agency)["parts"]) == 1


def test_a_story_has_an_end(citizen, agency):
    citizen.says("ก" * 3000)
    citizen.says(DARK)
    assert citizen.says("ก" * (LONGEST_STORY - 20)).key == "case.too_long"
    assert len(draft(agency)["parts"]) == 1


def test_a_long_detail_is_refused(citizen):
    reviews(citizen)
    citizen.says("แจ้งแทนผู้อื่น")
    assert citizen.says("ก" * 201).key == "case.too_long"


def test_twenty_photos_are_enough(citizen, agency):
    for _ in range(20):
        sends(citizen)
    assert sends(citizen).key == "complaint.too_many"
    assert len(agency.evidence.kept) == 20


def test_an_album_is_answered_once_with_the_notice(citizen, agency):
    replies = [sends(citizen, imageSet={"id": "set", "index": no, "total": 3}) for no in (1, 2, 3)]
    assert [keys(one) for one in replies] == [[], [], ["complaint.notice", "complaint.so_far"]]
    assert all(one.tasks for one in replies)
    assert here(replies[2]) == [("photos_and_more", 3)]


def test_what_is_too_large_is_said_and_nothing_is_lost(citizen, agency):
    citizen.says(DARK)
    assert sends(citizen, "file", fileName="a.zip", fileSize=90 * MB).key == "evidence.too_large"
    assert draft(agency)["sent"] == []


def test_a_photo_at_a_question_is_taken_and_the_question_asked_again(citizen, agency):
    tells(citizen, DARK, "ส่งเรื่อง")
    assert sends(citizen).key == "complaint.which_category"
    assert len(draft(agency)["sent"]) == 1


# ── what an officer asked for


def test_a_photo_that_could_not_be_kept_is_nothing_to_send(citizen, agency):
    sends(citizen)
    (one,) = agency.evidence.kept.values()
    agency.evidence.save(one.refused("evidence.not_fetched"))
    citizen.says("ส่งเรื่อง")
    citizen.answers("problem")
    tells(citizen, "ข้าม", "ข้าม")
    citizen.answers("other")
    citizen.answers("animals")
    tells(citizen, "ตอบในแชทนี้")
    assert citizen.says("ส่ง").key == "case.say_something"
    assert not cases(agency)


def test_what_there_is_none_of_is_not_counted(citizen):
    citizen.says(DARK)
    assert "รับไว้แล้ว: ข้อความ 1 เพิ่มได้อีก" in citizen.words
