"""The script of measures: one's own with what is due, the whole plan, and one of them; who sees how much of it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from itadomain.history import Deed, Entry
from itadomain.measures import Target
from itadomain.people import Post, Role
from itadomain.resolutions import Resolution
from tests.fakes import TODAY, a_measure, a_person, at_work
from tests.talk import Talk

CLERK = a_person(Role.STAFF, unit="กองคลัง", key="clerk")
MONTHLY = a_measure(1, owners=("กองคลัง",), follow_up="ทุกเดือน")
QUARTERLY = a_measure(2, owners=("กองคลัง",), follow_up="ทุกไตรมาส", finding="มีข้อสังเกต")
OF_ALL = a_measure(3, owners=("ทุกสำนัก/กอง",), follow_up="")
OTHERS = a_measure(4, owners=("สำนักปลัด",), follow_up="ทุกเดือน")


@pytest.fixture
def agency():
    return at_work(OTHERS, OF_ALL, QUARTERLY, MONTHLY)


@pytest.fixture
def clerk(agency):
    return Talk(agency, CLERK)


def test_the_script_ones_own_measures_the_most_urgent_first(clerk):
    reply = clerk.says("มาตรการของฉัน")
    assert reply.key == "measures.mine_in_short"
    assert reply.facts == {"units": ["กองคลัง"], "count": 3, "late": 1, "done": 0}
    assert clerk.offered(reply) == ["ข้อ 4", "ข้อ 3", "ข้อ 2", "รายงานความคืบหน้า", "มาตรการทั้งหมด"]
    assert "ครบกำหนดแล้วเมื่อ 2 พ.ย. 2569" in clerk.words
    assert "ยังไม่มีกำหนดรายงาน" in clerk.words


def test_what_meetings_resolved_is_one_tap_away(clerk, agency):
    day = date(2026, 11, 16)
    agency.resolutions.save(Resolution("r1", day, 1, "ทำบัญชี", "กองคลัง", day, "p1"))
    [card] = clerk.says("มาตรการของฉัน").bubbles
    assert [tap.to for tap in card.taps] == ["resolution_tasks.mine"]
    agency.resolutions.save(Resolution("r1", day, 1, "ทำถนน", "กองช่าง", day, "p1"))
    [card] = clerk.says("มาตรการของฉัน").bubbles
    assert not card.taps, "it is another unit's"


def test_a_day_that_is_no_working_day_moves_and_says_why(clerk):
    """31 October 2026 is a Saturday, and New Year begins with the last day of the old one."""
    clerk.means("measure_detail", measure=3)
    assert "4 ม.ค. 2570 · 31 ธ.ค. 2569 เป็นวันหยุด (วันสิ้นปี) จึงเลื่อนเป็น 4 ม.ค. 2570" in clerk.words
    in_october = Talk(clerk.store, CLERK, today=date(2026, 10, 20))
    in_october.means("measure_detail", measure=4)
    assert "2 พ.ย. 2569 · 31 ต.ค. 2569 เป็นวันเสาร์ จึงเลื่อนเป็น 2 พ.ย. 2569" in in_october.words


def test_the_detail_tells_an_insider_all(clerk, agency):
    agency.measures.save(
        replace(QUARTERLY, plan_year=2570, indicators=(7,), target=Target(Decimal(3), "กระบวนงาน"), questions=("E13",))
    )
    agency.history.add(
        Entry("m2", Deed.CHANGED, TODAY, "clerk", after={"percent": "40"}, before={"percent": ""}, why="พิมพ์ผิด")
    )
    reply = clerk.means("measure_detail", measure=3)
    for said in (
        "ตลอดปีงบประมาณ (1 ต.ค. 2569 ถึง 30 ก.ย. 2570)", "ทุกไตรมาส", "3 กระบวนงาน", "7. ประสิทธิภาพการสื่อสาร", "E13", "มีข้อสังเกต",
        "ยังไม่เริ่ม · ครบกำหนด 4 ม.ค. 2570", "แก้ไขมาตรการ · สมหญิง, ร้อยละ: ไม่มี → 40, พิมพ์ผิด", "หลักฐาน", "• จัดทำคู่มือ",
    ):  # fmt: skip
        assert said in clerk.words
    assert clerk.offered(reply) == [
        "รายงานความคืบหน้า", "แจ้งปัญหาที่ติด", "ดูหลักฐาน", "ประวัติ", "มาตรการทั้งหมด",
    ]  # fmt: skip


def test_another_units_measure_is_seen_and_not_reported_on(clerk):
    assert clerk.offered(clerk.means("measure_detail", measure=1)) == ["ดูหลักฐาน", "ประวัติ", "มาตรการทั้งหมด"]


def test_a_citizen_and_a_group_see_the_plan_and_nothing_of_how_far_it_is(agency):
    citizen, group = Talk(agency), Talk(agency, group="C1")
    for talk in (citizen, group):
        assert talk.means("my_measures").key == "measures.list"
        assert "กองคลัง" in talk.words
        for measure in (1, 2, 3, 4):
            talk.means("measure_detail", measure=measure)
            for kept_inside in ("ยังไม่เริ่ม", "มีข้อสังเกต", "หลักฐาน", "อยู่ในแผน", "โปรดระบุ"):
                assert kept_inside not in talk.words
    assert citizen.taps("measures.history", id="m2").key == "help.not_allowed"


def test_who_has_no_unit_sees_the_whole_plan(agency):
    assert Talk(agency, a_person(Role.EXECUTIVE, key="mayor")).says("มาตรการของฉัน").key == "measures.list"


def test_a_unit_without_measures_sees_the_whole_plan():
    agency = at_work(OTHERS)
    assert Talk(agency, CLERK).says("มาตรการของฉัน").key == "measures.list"


def test_an_acting_post_counts_for_its_days(agency):
    acting = Post(Role.HEAD, "สำนักปลัด", TODAY, date(2026, 11, 30), acting=True)
    stand_in = replace(CLERK, posts=(*CLERK.posts, acting))
    on = lambda day: Talk(agency, stand_in, today=day).says("มาตรการของฉัน").facts["count"]  # noqa: E731
    assert (on(TODAY), on(date(2026, 12, 1))) == (5, 3)


def test_a_unit_that_is_named_is_shown_with_its_standing_to_insiders_only(agency, clerk):
    assert clerk.means("my_measures", owner="สำนักปลัด").facts["units"] == ["สำนักปลัด"]
    citizen = Talk(agency, user="U2")
    assert citizen.means("my_measures", owner="สำนักปลัด").facts == {
        "unit": "สำนักปลัด",
        "count": 2,
        "all": 4,
        "year": 2570,
    }
    assert citizen.means("my_measures", owner="กองที่ไม่มี").facts["count"] == 1  # «ทุกสำนัก/กอง» is everyone's


def test_long_lists_come_page_by_page():
    agency = at_work(*(a_measure(number, owners=("กองคลัง",)) for number in range(1, 26)))
    clerk, citizen = Talk(agency, CLERK), Talk(agency, user="U2")
    for talk, first in ((clerk, clerk.says("มาตรการของฉัน")), (citizen, citizen.says("มาตรการของฉัน"))):
        seen, reply = [], first
        for _ in range(3):
            labels = talk.offered(reply)
            seen += [label for label in labels if label.startswith("ข้อ")]
            onward = [tap for tap, label in zip(reply.taps, labels, strict=True) if label == "หน้าถัดไป"]
            reply = talk.taps(onward[0]) if onward else reply
        assert seen == [f"ข้อ {number}" for number in range(1, 26)]
        assert "หน้าถัดไป" not in talk.offered(reply)


@pytest.mark.parametrize("page", ["-1", "99999999999999999999", "x", ""])
def test_a_forged_page_is_no_fault(clerk, page):
    for step in ("measures.mine", "measures.everything"):
        assert clerk.taps(step, page=page).bubbles


@pytest.mark.parametrize("number", ["0", "-3", "99", "99999999999999999999"])
def test_a_number_that_is_none_is_said_so(clerk, number):
    assert clerk.taps("measures.one", measure=number).key == "measures.no_such"


def test_the_history_comes_newest_first_and_page_by_page(clerk, agency):
    for number in range(12):
        agency.history.add(Entry("m2", Deed.NUDGED, TODAY, why=f"ครั้งที่ {number}"))
    reply = clerk.taps("measures.history", id="m2")
    assert "ครั้งที่ 11" in clerk.words
    assert "ครั้งที่ 1," not in clerk.words
    clerk.taps(reply.taps[0])
    assert "อยู่ในแผน · ระบบ" in clerk.words
    assert clerk.taps("measures.history", id="none").key == "measures.mine_in_short"


def test_a_plan_of_last_year_is_shown_until_there_is_another():
    agency = at_work(MONTHLY, today=date(2028, 3, 1))
    assert Talk(agency, CLERK, today=date(2028, 3, 1)).says("มาตรการของฉัน").facts["count"] == 1
