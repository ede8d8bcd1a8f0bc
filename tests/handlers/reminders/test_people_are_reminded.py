"""Whoever has not reported is told so once a day at most, kindly, with a way straight into the report."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers import FEATURES
from handlers.kit import Go, Reply, Tick
from handlers.schedule.reminder_cards import book, due
from handlers.schedule.reminders import send
from itadomain.allowance import Allowance
from itadomain.measures import Standing
from itadomain.people import Post, Role
from itadomain.progress import Report
from itadomain.reminding import chosen
from itadomain.reminding.digest import Item
from itadomain.reminding.reminded import Level
from itadomain.reminding.rungs import Rung
from itadomain.reminding.steps import Steps, choose
from tests.handlers.plans import WORKS, enrol, reported
from tests.handlers.reminding import DUE, LATE, WEEK_BEFORE, at, on_a_lock_screen, read, runs
from tests.talk import Talk


def listening(agency, day, key="p2", **more):
    return Talk(agency, today=day, user=f"U{key}", **more)


def test_the_script_one_digest_with_ways_into_the_reports(agency):
    reply = runs(agency, WEEK_BEFORE)["p2"]
    told = read(reply)
    assert "ขอความกรุณารายงานความก้าวหน้า 3 เรื่อง" in told
    assert "2. มาตรการที่ 2 เผยแพร่ข้อมูลต่อสาธารณะ\nครบกำหนด 4 ม.ค. 2570" in told
    (card,) = reply.bubbles
    talk = listening(agency, WEEK_BEFORE)
    assert [talk.voice(tap.label) for tap in card.taps] == ["รายงานข้อ 2", "รายงานข้อ 3", "ดูทั้งหมด", "เตือนอีกที"]
    assert talk.taps(card.taps[0]).key == "progress.which_standing"
    assert talk.taps(card.taps[2]).key == "measures.mine_in_short"


def test_a_lock_screen_shows_how_many_and_not_what(agency):
    enrol(agency, "mayor", Role.EXECUTIVE)
    told = runs(agency, WEEK_BEFORE) | runs(agency, WEEK_BEFORE + timedelta(1))
    assert [on_a_lock_screen(told[one]) for one in ("p2", "mayor")] == [
        ["ขอความกรุณารายงานความก้าวหน้า 3 เรื่อง"],
        ["สรุปประจำสัปดาห์"],
    ]


def test_who_reports_is_told_a_week_before_on_the_day_and_a_week_after_it_and_not_between(agency):
    days = [WEEK_BEFORE + timedelta(n) for n in range(15)]
    assert [day for day in days if "p2" in runs(agency, day)] == [WEEK_BEFORE, DUE, LATE]


def test_who_has_reported_hears_nothing(agency):
    for measure in ("m2", "m3", "m4"):
        reported(agency, measure, "u2")
    assert runs(agency, WEEK_BEFORE) == {}


def test_what_was_not_reported_yet_is_all_one_is_told_of(agency):
    reported(agency, "m3", "u2")
    assert runs(agency, WEEK_BEFORE)["p2"].facts == {"count": 2}


def test_a_run_that_was_repeated_tells_nothing_more(agency):
    assert "p2" in runs(agency, DUE)
    assert [runs(agency, DUE, hour) for hour in (9, 11, 15)] == [{}, {}, {}]


def test_a_reminder_waits_for_the_end_of_a_conversation(agency):
    agency.reminders.talking.add("p2")
    assert runs(agency, DUE) == {}
    agency.reminders.talking.clear()
    assert "p2" in runs(agency, DUE, 11)


def test_what_was_missed_yesterday_is_not_told_at_night(agency):
    missed, night = at(DUE, 15, 30), at(DUE + timedelta(1), 3)
    assert send(Tick(DUE, agency, missed, night)) == []
    assert "p2" in runs(agency, DUE + timedelta(1))


def test_it_runs_at_nine_and_again_for_whom_it_had_to_wait():
    (job,) = (job for job in FEATURES.jobs if job.name == "reminders.send")
    asked = [(8, 59), (9, 0), (10, 59), (11, 5), (13, 30), (15, 29), (16, 0), (23, 0)]
    newest = [job.newest(at(DUE, *one)) for one in asked]
    assert [f"{one:%H.%M}" for one in newest] == [
        "08.00", "09.00", "09.00", "11.00", "13.30", "13.30", "15.30", "15.30",
    ]  # fmt: skip
    assert job.newest(at(DUE, 7)) == at(DUE - timedelta(1), 15, 30)


def test_a_long_list_says_how_many_more_there_are(agency):
    duty = agency.obligations.get("m2.u2")
    agency.obligations.save(*(replace(duty, id=f"x{no}", place=50 + no) for no in range(12)))
    reply = runs(agency, DUE)["p2"]
    assert reply.facts == {"count": 15}
    assert len(reply.bubbles[0].rows) == 10
    assert "และอีก 5 เรื่อง" in read(reply)


def test_it_is_said_in_the_language_of_who_reads_it(agency):
    assert "Please report on your progress: 3 waiting" in read(runs(agency, WEEK_BEFORE)["p2"], "en")


@pytest.fixture
def late(agency):
    """กองช่าง is late too, and has a head; superiors hear on the second, third and fourth working day."""
    for measure in ("m4", "m5"):
        reported(agency, measure, WORKS.id, slot=DUE.replace(2026, 11, 30))
    enrol(agency, "p3", unit="u3", name="สมชาย ใจดี")
    enrol(agency, "h3", Role.HEAD, unit="u3")
    choose(agency.settings, Steps(3, 5, 7))
    return agency


def test_who_reports_is_told_a_day_before_their_head_is_and_why(late):
    heard = {}
    for ahead in range(8):
        day = DUE + timedelta(ahead)
        told = runs(late, day)
        heard |= {who: (day, read(reply)) for who, reply in told.items() if who not in heard or who == "p3"}
        if "h3" in told:
            break
    warned, text = heard["p3"]
    assert "หากยังไม่ได้รายงาน จะเรียนให้หัวหน้าหน่วยงานทราบตั้งแต่วันทำการถัดไป" in text
    assert text.count("หากยังไม่ได้รายงาน") == 1, "said once, not on every line"
    assert heard["h3"][0] == warned + timedelta(1)
    assert "กองช่าง" in heard["h3"][1]
    assert "สมชาย" not in heard["h3"][1], "the unit and the measure, no person"
    assert "ผ่านมา 3 วันทำการ" in heard["h3"][1]


def test_what_has_no_row_is_named_where_a_superior_hears_of_it_next(late):
    one = late.obligations.coming(DUE, 2570)[0]
    twelve = [Item(replace(one, id=f"o{no}", place=no), Rung.LATE, DUE) for no in range(1, 13)]
    items = [replace(item, next=Level.HEAD if item.obligation.place in {2, 12} else None) for item in twelve]
    told = read(Reply([due(items, book(late, []))]))
    assert "ข้อ 2, 12 หากยังไม่ได้รายงาน จะเรียนให้หัวหน้าหน่วยงานทราบ" in told


def test_who_asked_to_be_left_alone_does_not_stop_the_ladder(late):
    talk = listening(late, DUE, "p3")
    talk.taps("reminders.later")
    assert talk.says("16 ม.ค. 2570").key == "reminders.again"
    assert "ยังเรียนให้ผู้บังคับบัญชาทราบตามรอบเดิม" not in talk.words  # nothing is late yet
    told = {day: runs(late, day) for day in (DUE + timedelta(n) for n in range(1, 5))}
    assert not any("p3" in one for one in told.values())
    assert any("h3" in one for one in told.values())


def test_an_executive_hears_the_week_once_on_its_second_day(agency):
    enrol(agency, "mayor", Role.EXECUTIVE)
    days = [WEEK_BEFORE + timedelta(n) for n in range(5)]
    told = [runs(agency, day).get("mayor") for day in days]
    assert [reply is not None for reply in told] == [False, True, False, False, False]
    assert "สัปดาห์ที่เริ่ม 28 ธ.ค. 2569" in read(told[1])
    assert "ปี 2569: 92.40 คะแนน ระดับ A" in read(told[1])


def test_while_there_is_time_who_reported_last_is_told_and_from_the_day_on_everybody(agency):
    enrol(agency, "p4", unit="u2", name="วิภา ใจเย็น")
    for measure in ("m2", "m3", "m4"):
        duty = agency.obligations.get(f"{measure}.u2")
        made = Report(measure, duty.id, measure, "u2", 2570, WEEK_BEFORE, "p4", Standing.WORKING, "ดำเนินการแล้ว")
        agency.reports.save(made)
    told = [set(runs(agency, day)) & {"p2", "p4"} for day in (WEEK_BEFORE, DUE, LATE)]
    assert told == [{"p4"}, {"p2", "p4"}, {"p2", "p4"}]


def test_with_few_messages_left_who_has_something_due_comes_first(agency):
    agency.known_allowance = Allowance(300, 239)  # of the 61 that are left, 60 are kept for citizens
    enrol(agency, "mayor", Role.EXECUTIVE)
    assert list(runs(agency, WEEK_BEFORE)) == ["p2"]


def test_whom_no_message_was_left_for_is_told_when_there_is_one(agency):
    agency.known_allowance = Allowance(300, 300)
    assert runs(agency, DUE) == {}
    agency.known_allowance = Allowance(300, 0)
    assert "p2" in runs(agency, DUE, 11)


def test_an_agency_may_have_it_said_later_in_the_day(agency):
    chosen.choose_hour(agency.settings, 13)
    assert [bool(runs(agency, DUE, *one)) for one in ((9, 0), (11, 0), (13, 30))] == [False, False, True]


def test_a_reminder_by_hand_and_the_digest_of_a_day_are_one_message(agency):
    enrol(agency, "sec", Role.STAFF, unit="u1")
    runs(agency, DUE)
    late_day = DUE + timedelta(1)
    secretary = listening(agency, late_day, "sec")
    assert secretary.taps("late.nudge", count=9).key == "late.reminded"
    assert runs(agency, late_day) == {}


def test_who_was_told_by_hand_that_they_are_late_is_not_told_so_again_tomorrow(agency):
    enrol(agency, "sec", Role.STAFF, unit="u1")
    choose(agency.settings, Steps(100, 150, 200))  # else who hears next is to be told
    secretary = listening(agency, LATE, "sec")
    assert secretary.taps("late.nudge", count=9).key == "late.reminded"
    assert [runs(agency, LATE + timedelta(n)) for n in range(7)] == [{}] * 7
    assert "p2" in runs(agency, LATE + timedelta(7))


def test_who_reports_for_two_units_reads_which_of_them(agency):
    person = agency.people.get("p2", DUE)
    assert "กองคลัง" not in read(runs(agency, WEEK_BEFORE)["p2"])
    agency.people.save(person.with_posts((*person.posts, Post(Role.STAFF, "u3")), DUE))
    reported(agency, "m5", "u3", slot=DUE.replace(2026, 11, 30))
    told = read(runs(agency, DUE)["p2"])
    assert "กองช่าง\nครบกำหนด 4 ม.ค. 2570" in told or "กองช่าง, ครบกำหนด 4 ม.ค. 2570" in told
    assert "กองคลัง" in told


def test_a_tap_of_an_old_message_still_leads_somewhere(agency):
    card = runs(agency, DUE)["p2"].bubbles[0]
    for measure in ("m2", "m3", "m4"):
        reported(agency, measure, "u2")
    talk = listening(agency, DUE)
    assert all(talk.taps(tap).bubbles for tap in card.taps if isinstance(tap, Go))
