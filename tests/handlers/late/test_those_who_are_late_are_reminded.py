"""Those who have not reported are reminded with one tap, and only those."""

from datetime import timedelta

import pytest

from itadomain.allowance import Allowance
from itadomain.history import Deed
from itadomain.people import Role
from tests.handlers.plans import TREASURY, WHEN, WORKS, enrol, nudged, reported, talking
from tests.talk import Talk


def test_the_script_those_who_have_not_reported_are_reminded_with_one_tap(enrolled, secretary):
    enrolled.known_allowance = Allowance(300, 42)
    card = secretary.says("ใครยังไม่รายงาน").bubbles[0]
    (button,) = card.taps
    assert secretary.voice(button.label) == "เตือนผู้ที่ยังไม่รายงาน (4)"
    assert "ใช้ 4 ข้อความ · เดือนนี้ใช้แจ้งเจ้าหน้าที่ได้อีก 198 ข้อความ" in secretary.words
    reply = secretary.taps(button)
    assert (reply.key, reply.facts) == ("late.reminded", {"count": 4})
    assert nudged(reply) == {"p1": 1, "p2": 1, "p3": 1, "p4": 2}


def test_a_unit_that_has_sent_all_is_not_reminded(enrolled, secretary):
    reported(enrolled, "m3", "u2")
    assert nudged(secretary.taps("late.nudge", count=2)) == {"p1": 1, "p4": 2}


def test_the_notice_names_nobody_and_nothing(enrolled, secretary):
    reply = secretary.taps("late.nudge", count=4)
    for notice in reply.notices:
        listener = Talk(enrolled, today=WHEN)
        told = " ".join(
            listener.voice(part) for part in (notice.reply.bubbles[0].summary, notice.reply.bubbles[0].title)
        )
        assert not any(word in told for word in ("มาตรการ", "กอง", "คุณ", "สมหญิง"))


def test_the_same_people_are_not_reminded_twice_a_day(enrolled, secretary):
    secretary.taps("late.nudge", count=4)
    again = secretary.taps("late.nudge", count=4)
    assert (again.key, again.notices) == ("late.nobody_to_remind", ())
    assert "4 คนได้รับคำเตือนของวันนี้แล้ว" in secretary.words
    assert not secretary.says("ใครยังไม่รายงาน").bubbles[0].taps
    tomorrow = talking(enrolled, Role.EXECUTIVE, today=WHEN + timedelta(1), key="mayor")
    assert len(nudged(tomorrow.taps("late.nudge", count=4))) == 4


def test_who_was_reminded_by_one_is_not_by_another(enrolled, secretary):
    secretary.taps("late.nudge", count=2, unit="u2")
    head = talking(enrolled, Role.HEAD, unit="u2", key="h2")
    assert head.taps("late.nudge", count=2).key == "late.nobody_to_remind"
    executive = talking(enrolled, Role.EXECUTIVE, key="mayor")
    assert set(nudged(executive.taps("late.nudge", count=2))) == {"p1", "p4"}


def test_where_there_is_no_staff_the_heads_are_told_and_where_nobody_is_that_is_said(agency, secretary):
    enrol(agency, "h2", Role.HEAD, unit="u2")
    reply = secretary.taps("late.nudge", count=1)
    assert nudged(reply) == {"h2": 1}
    assert "ยังไม่มีผู้รับข้อความใน กองช่าง" in secretary.words


def test_where_more_would_be_told_than_the_card_said_it_asks_first(enrolled, secretary):
    (button,) = secretary.says("ใครยังไม่รายงาน").bubbles[0].taps
    enrol(enrolled, "p9", unit="u3")
    asked = secretary.taps(button)
    assert (asked.key, asked.facts["count"], asked.notices) == ("late.cost", 5, ())
    assert secretary.says("เอาเลย").key == "late.not_confirmed"
    assert len(nudged(secretary.says("ส่งคำเตือน"))) == 5


def test_whoever_types_it_is_told_the_cost_first(enrolled, secretary):
    enrolled.known_allowance = Allowance(300, 230)
    assert secretary.says("เตือนผู้ที่ยังไม่รายงาน").key == "late.cost"
    assert "ใช้ 4 ข้อความ · เดือนนี้ใช้แจ้งเจ้าหน้าที่ได้อีก 10 ข้อความ" in secretary.words
    assert len(nudged(secretary.says("ส่งคำเตือน"))) == 4


@pytest.mark.parametrize("allowance", [Allowance(300, 237), Allowance(300, 300), Allowance(3, 9)], ids=str)
def test_where_the_months_messages_do_not_suffice_nobody_is_reminded(enrolled, secretary, allowance):
    enrolled.known_allowance = allowance
    reply = secretary.taps("late.nudge", count=4)
    assert (reply.key, reply.notices) == ("late.too_few_messages", ())
    assert enrolled.nudges.kept == {}


@pytest.mark.parametrize(
    ("allowance", "key"), [(None, "late.left_unknown"), (Allowance(None, 5), "late.left_unlimited")]
)
def test_without_a_limit_that_is_known_it_is_sent(enrolled, secretary, allowance, key):
    enrolled.known_allowance = allowance
    assert secretary.taps("late.nudge").facts["left"].key == key
    assert len(nudged(secretary.answers("send"))) == 4


def test_it_is_noted_in_the_history_of_what_waits_and_of_nothing_else(enrolled, secretary):
    secretary.taps("late.nudge", count=4)
    noted = {
        (entry.measure, entry.unit, entry.by, entry.on) for entry in enrolled.history.kept if entry.deed is Deed.NUDGED
    }
    assert noted == {(m, u, "me", WHEN) for m, u in [("m3", "u2"), ("m4", "u1"), ("m4", "u3"), ("m5", "u3")]}


def test_a_head_reminds_the_own_unit_only(enrolled):
    head = talking(enrolled, Role.HEAD, unit="u2", key="h2")
    assert head.taps("late.nudge", count=1, unit="u3").key == "late.heads_remind"
    assert set(nudged(head.taps("late.nudge", count=2))) == {"p2", "p3"}


@pytest.mark.parametrize("role", [Role.STAFF, Role.OFFICER, Role.INTEGRITY])
def test_who_heads_nothing_reminds_nobody(enrolled, role):
    talk = talking(enrolled, role, unit=TREASURY.id)
    assert talk.taps("late.nudge", count=2).key == "late.heads_remind"
    assert not talk.means("overdue_list").bubbles[0].taps
    assert enrolled.nudges.kept == {}


def test_nobody_reminds_themselves(enrolled):
    staff_and_head = talking(enrolled, Role.STAFF, Role.HEAD, unit=WORKS.id, key="both")
    assert set(nudged(staff_and_head.taps("late.nudge", count=1))) == {"p4"}


def test_where_people_join_while_it_is_asked_the_new_cost_is_told_before_anything_is_sent(enrolled, secretary):
    secretary.says("เตือนผู้ที่ยังไม่รายงาน")
    enrol(enrolled, "p9", unit="u3")
    again = secretary.says("ส่งคำเตือน")
    assert (again.key, again.facts["count"], again.notices) == ("late.cost", 5, ())
    assert len(nudged(secretary.says("ส่งคำเตือน"))) == 5
