"""A broadcast is composed in the chat, seen as it will look, and costs what was said."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from handlers.kit import Card, Words
from itadomain.allowance import Allowance
from itadomain.audit_log import Deed
from itadomain.broadcasts.broadcast import Audience, Reach, Reachable, Stage
from itadomain.evidence import Copy
from itadomain.evidence import Stage as Kept
from tests.handlers.broadcasts.conftest import DAYTIME, NIGHT

NOW = datetime.fromtimestamp(DAYTIME / 1000, UTC)


def made(agency):
    (one,) = agency.broadcasts.kept.values()
    return one


def test_the_script_a_village_is_told_once_a_second_person_agrees(agency, admin, second):
    assert admin.says("ส่งประกาศ").key == "broadcast.for_which"
    assert admin.says("หมู่บ้าน").key == "broadcast.for_which_village"
    assert admin.says("หมู่ 2").key == "broadcast.which_words"
    admin.says("พรุ่งนี้น้ำประปาหยุดไหล")
    reply = admin.says("9.00-12.00 น.")
    assert reply.facts == {"length": 37, "most": 1000}
    preview = admin.says("ดูตัวอย่าง")
    assert admin.voice(preview.bubbles[0]) == ("พรุ่งนี้น้ำประปาหยุดไหล\n9.00-12.00 น.\n\nหากไม่ต้องการรับข่าว พิมพ์ ไม่รับข่าว")
    assert "30 คน" in admin.words
    assert "เดือนนี้เหลืออีก 258 ข้อความ" in admin.words
    assert "เดือนนี้เหลืออีก 228 ข้อความ" in admin.words
    assert "เลิกติดตามบัญชีแล้ว 1 คน" in admin.words
    reply = admin.says("ส่งเลย")
    assert (reply.key, reply.tasks) == ("broadcast.proposed", ())
    one = made(agency)
    assert (one.stage, one.audience, one.told) == (Stage.PROPOSED, Audience(Reach.VILLAGE, "2"), 30)
    (notice,) = reply.notices
    assert notice.to.id == "a2"
    shown = second.taps(notice.reply.bubbles[0].taps[0])
    assert second.voice(shown.bubbles[0]).startswith("พรุ่งนี้น้ำประปาหยุดไหล")
    agreed = second.taps(next(tap for tap in shown.taps if second.voice(tap.label) == "ยืนยันส่ง"))
    assert (agreed.key, agreed.facts) == ("broadcast.goes", {"count": 30})
    assert [(task.name, task.facts, task.at) for task in agreed.tasks] == [("send_broadcast", {"id": one.id}, NOW)]
    assert [notice.to.id for notice in agreed.notices] == ["a1"]
    assert (made(agency).stage, made(agency).confirmed_by) == (Stage.SCHEDULED, "a2")
    deeds = [entry.happened for entry in agency.audit_log.kept if entry.happened.about == one.id]
    assert [(deed.deed, deed.by) for deed in deeds] == [(Deed.MADE, "a1"), (Deed.CONFIRMED, "a2")]


def test_staff_are_told_at_once_and_by_one_person(agency, admin, compose):
    compose(admin, "staff")
    reply = admin.answers("send")
    assert (reply.key, reply.notices) == ("broadcast.goes", ())
    assert [task.at for task in reply.tasks] == [NOW]
    assert "ไม่รับข่าว" not in admin.words


def test_reading_the_cost_and_cancelling_sends_nothing(agency, admin, compose):
    compose(admin)
    assert admin.says("ยกเลิก").key == "leaving.sure"
    assert admin.says("ทำต่อ").key == "broadcast.so_far"
    admin.says("ยกเลิก")
    assert admin.says("ลบร่าง").key == "help.cancelled"
    assert not agency.broadcasts.kept


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_audience_can_be_picked_in_both_languages(agency, talks, language):
    agency.people.kept["Ua1"] = agency.people.kept["Ua1"].speaking(language)
    for reach, of in [(Reach.FRIENDS, ""), (Reach.VILLAGE, "3"), (Reach.STAFF, ""), (Reach.UNIT, "u2"),
                      (Reach.ROLE, "head"), (Reach.COMMITTEE, "c1"), (Reach.NOT_REPORTED, "")]:  # fmt: skip
        admin = talks("a1", language=language)
        admin.taps("broadcast.start")
        admin.answers(reach.value)
        if of:
            admin.answers(of)
        admin.says("ข้อความ")
        assert isinstance(admin.answers("preview").bubbles[1], Card)
        admin.answers("send")
        newest = (
            agency.broadcasts.recent(1)[0]
            if len(agency.broadcasts.kept) == 1
            else [*agency.broadcasts.kept.values()][-1]
        )
        assert newest.audience == Audience(reach, of)
        agency.places.kept.clear()


def test_one_sentence_says_it_all(agency, admin):
    reply = admin.means("broadcast_request", audience="all_staff", message="พรุ่งนี้ประชุม")
    assert reply.key == "broadcast.so_far"
    admin.answers("preview")
    admin.answers("send")
    assert (made(agency).audience.reach, made(agency).content.text) == (Reach.STAFF, "พรุ่งนี้ประชุม")


def test_a_card_has_title_button_and_picture(agency, admin):
    admin.taps("broadcast.start")
    admin.answers("staff")
    admin.says("รับสมัครอบรม")
    admin.answers("title")
    admin.says("อบรมจริยธรรม")
    admin.answers("button")
    admin.says("ลงทะเบียน")
    assert admin.says("www.example.go.th").key == "broadcast.no_link"
    admin.says("https://example.go.th/อบรม")
    reply = admin.sends(
        {"type": "message", "message": {"type": "image", "id": "m9", "contentProvider": {"type": "line"}}}
    )
    assert reply.facts["said"].key == "broadcast.so_far"
    assert "ใส่หัวข้อ, รูป, ปุ่มแล้ว" in admin.words, "nobody has to wonder whether the photo came"
    assert [task.name for task in reply.tasks] == ["fetch_evidence"]
    assert admin.answers("preview").key == "broadcast.picture_coming"
    (photo,) = agency.evidence.kept.values()
    agency.evidence.save(photo.kept(Copy("ab" * 32, 10, "image/jpeg", shown=True)))
    card, cost = admin.answers("preview").bubbles
    assert "ผู้รับจะไม่เห็นรูป" in admin.voice(cost.doubts[0]), "here the service has no address"
    agency.office = replace(agency.office, site="https://itabot.example")
    admin.answers("mend")
    assert not admin.answers("preview").bubbles[1].doubts
    assert (card.title, card.text, card.picture) == ("อบรมจริยธรรม", "รับสมัครอบรม", f"evidence:{photo.id}")
    (button,) = card.taps
    assert (button.label, button.uri) == ("ลงทะเบียน", "https://example.go.th/%E0%B8%AD%E0%B8%9A%E0%B8%A3%E0%B8%A1")
    admin.answers("send")
    assert agency.evidence.get(photo.id).in_a_case  # so it is not forgotten after a month as what nobody used


def test_a_photo_that_is_not_wanted_goes(agency, admin):
    admin.taps("broadcast.start")
    admin.answers("staff")
    admin.says("ข้อความ")
    admin.sends({"type": "message", "message": {"type": "image", "id": "m9", "contentProvider": {"type": "line"}}})
    assert "ไม่ใช้รูป" in admin.offered(admin.answers("no_title"))
    admin.answers("no_picture")
    (photo,) = agency.evidence.kept.values()
    assert photo.stage is Kept.GONE


def test_what_is_taken_back_is_not_sent(agency, admin):
    admin.taps("broadcast.start")
    admin.answers("staff")
    admin.sends({"type": "message", "message": {"type": "text", "id": "m1", "text": "คำแรก"}})
    admin.sends({"type": "message", "message": {"type": "text", "id": "m2", "text": "คำที่สอง"}})
    admin.sends({"type": "unsend", "unsend": {"messageId": "m1"}})
    preview = admin.answers("preview")
    assert admin.voice(preview.bubbles[0]) == "คำที่สอง"


def test_words_that_mean_something_else_are_still_words(agency, admin):
    admin.taps("broadcast.start")
    admin.answers("staff")
    assert admin.means("overdue_list").key == "broadcast.so_far"
    assert admin.means("my_measures", note="ก" * 1200).key == "broadcast.text_too_long"
    assert admin.asked_by == "broadcast.gather"


def test_who_begins_again_goes_on_with_the_draft(agency, admin):
    admin.taps("broadcast.start")
    admin.answers("staff")
    admin.says("คำแรก")
    assert admin.says("ส่งประกาศ").key == "broadcast.goes_on"
    preview = admin.answers("preview")
    assert admin.voice(preview.bubbles[0]) == "คำแรก"


@pytest.mark.parametrize(
    ("at", "said", "key"),
    [
        ("title", "ก" * 101, "broadcast.title_too_long"),
        ("button", "ก" * 21, "broadcast.button_too_long"),
        ("words", "😀" * 501, "broadcast.text_too_long"),
        ("words", "\u200b", "broadcast.no_text"),
    ],
)
def test_what_is_over_lines_limits_is_said_at_once(admin, at, said, key):
    admin.taps("broadcast.start")
    admin.answers("staff")
    if at != "words":
        admin.answers(at)
    assert admin.says(said).key == key
    taken = {"broadcast.so_far", "broadcast.which_link", "broadcast.with_beside"}
    assert admin.says("ข้อความที่ส่งได้").key in taken


def test_an_empty_audience_is_told_before_it_is_sent(agency, admin, compose):
    agency.broadcasts.counts = lambda _audience: Reachable(0, 3, 2)
    card = compose(admin).bubbles[1]
    assert (card.warning.key, card.warning.facts) == ("broadcast.nobody_there", {"away": 3, "muted": 2})
    assert "ส่งเลย" not in admin.offered(admin.answers("mend"))
    admin.answers("preview")
    assert admin.answers("send").key == "broadcast.nobody_there"
    assert not agency.broadcasts.kept


def test_too_few_messages_are_told_with_the_numbers(agency, admin, compose):
    agency.known_allowance = Allowance(300, 200)
    card = compose(admin).bubbles[1]
    assert (card.warning.key, card.warning.facts) == ("broadcast.too_few_messages", {"cost": 120, "left": 100})
    assert admin.answers("send").key == "broadcast.too_few_messages"


def test_next_months_messages_count_for_next_month(agency, admin, compose):
    agency.known_allowance = Allowance(300, 300)
    compose(admin, "staff")
    admin.answers("later")
    admin.picks("2026-12-01")
    card = admin.says("9.30").bubbles[1]
    assert card.warning is None
    admin.answers("send")
    assert made(agency).send_at == datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "hour", "key"),
    [
        ("2026-11-19", "", "broadcast.in_the_past"),
        ("2026-11-20", "8.00", "broadcast.in_the_past"),
        ("2027-03-01", "", "broadcast.too_far"),
        ("2026-11-21", "20.00", "broadcast.at_night"),
        ("2026-11-21", "25.00", "broadcast.which_hour_again"),
    ],
)
def test_a_time_that_cannot_be_is_said(agency, admin, compose, day, hour, key):
    compose(admin)
    admin.answers("later")
    reply = admin.picks(day)
    assert (admin.says(hour) if hour else reply).key == key
    assert not agency.broadcasts.kept


def test_citizens_are_not_told_at_night(agency, talks, compose):
    admin = talks("a1", now=NIGHT)
    compose(admin)
    assert admin.answers("send").key == "broadcast.at_night"
    admin.answers("later")
    admin.answers("tomorrow")
    admin.says("๘.๓๐")
    assert admin.answers("send").key == "broadcast.proposed"


def test_a_set_time_that_passed_meanwhile_is_said(agency, admin, compose):
    compose(admin, "staff")
    admin.answers("later")
    admin.answers("today")
    admin.says("12.00")
    admin.now += 3 * 3_600_000
    assert admin.answers("send").key == "broadcast.in_the_past"


def test_it_is_asked_again_where_it_reaches_a_tenth_more(agency, admin, compose):
    compose(admin, "staff")
    agency.broadcasts.counts = lambda _audience: Reachable(6)
    reply = admin.answers("send")
    assert (reply.key, reply.facts) == ("broadcast.cost_grew", {"before": 5, "now": 6})
    assert not agency.broadcasts.kept
    assert admin.answers("send").key == "broadcast.goes"


def test_two_who_send_the_same_at_once_are_told_of_each_other(agency, admin, second, compose):
    compose(admin, "staff")
    compose(second, "staff")
    admin.answers("send")
    reply = second.answers("send")
    assert reply.key == "broadcast.twice"
    assert "ผู้ดูแลระบบ" in second.words
    assert "คุณa1" not in second.words  # by post, nobody is named
    assert len(agency.broadcasts.kept) == 1
    assert second.answers("send").key == "broadcast.goes"
    assert len(agency.broadcasts.kept) == 2


def test_who_is_alone_waits_a_day_and_it_is_written_down(agency, admin, compose):
    for gone in ("Ua2", "Ux1"):
        agency.people.kept.pop(gone)
    compose(admin)
    reply = admin.answers("send")
    assert reply.key == "broadcast.alone"
    one = made(agency)
    assert one.stage is Stage.SCHEDULED
    assert (one.send_at - NOW).total_seconds() >= 24 * 3600
    assert [task.at for task in reply.tasks] == [one.send_at]
    (entry,) = (e.happened for e in agency.audit_log.kept if e.happened.about == one.id)
    assert entry.facts["alone"] == "yes"


def test_where_one_administers_the_executive_confirms(agency, admin, compose):
    agency.people.kept.pop("Ua2")
    compose(admin)
    assert [notice.to.id for notice in admin.answers("send").notices] == ["x1"]


def test_on_trial_it_goes_to_the_administrators_only(agency, admin, compose):
    admin.taps("broadcasts.trial")
    admin.answers("on")
    preview = compose(admin)
    assert admin.voice(preview.bubbles[0]).startswith("«ทดลอง»")
    assert "2 คน" in admin.words
    reply = admin.answers("send")
    assert (reply.key, reply.notices) == ("broadcast.goes", ())
    assert (made(agency).trial, made(agency).told) == (True, 2)


def test_the_notice_says_nothing_of_what_it_is_about(agency, admin, compose):
    compose(admin)
    (notice,) = admin.answers("send").notices
    card = notice.reply.bubbles[0]
    assert isinstance(card.summary, Words)
    assert "น้ำประปา" not in " ".join(admin.voice(part) for part in (card.summary, card.title, *card.notes))


def test_what_is_kept_for_answers_to_citizens_is_not_taken_unsaid(agency, admin, compose):
    agency.known_allowance = Allowance(300, 100)
    assert not compose(admin).bubbles[1].doubts
    agency.known_allowance = Allowance(300, 130)
    (doubt,) = admin.answers("mend") and admin.answers("preview").bubbles[1].doubts
    assert (doubt.key, doubt.facts) == ("broadcast.takes_reserve", {"kept": 60})


def test_a_head_and_the_secretariat_find_it_under_office_work(talks):
    for key, there in (("a1", True), ("s1", True), ("h2", True), ("s2", False)):
        talk = talks(key)
        assert ("ส่งประกาศ" in talk.offered(talk.says("งานสำนักงาน"))) == there
