"""A measure that is to better what outsiders rate shows what the channel for citizens did in its time."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from itadomain.cases.case import Kind, State
from itadomain.cases.filing import Told, file
from itadomain.cases.results import results, serves
from itadomain.people import Role
from itadomain.periods import period
from tests.fakes import TODAY, a_measure, a_person, at_work
from tests.talk import Talk

CLERK = a_person(Role.STAFF, unit="กองคลัง", key="clerk")
VILLAGER = a_person(key="villager")
ABOUT_IT = a_measure(2, plan_year=2570, indicators=(7,), owners=("กองคลัง",))
BEGAN = date(2026, 10, 1)
LABEL = "ข้อมูลจากช่องทางแจ้งเรื่องในระบบนี้ 1 ต.ค. 2569 ถึง"


@pytest.fixture
def agency():
    store = at_work(ABOUT_IT)
    store.people.meet("Uvillager", VILLAGER)
    return store


@pytest.fixture
def clerk(agency):
    return Talk(agency, CLERK)


def filed(agency, kind=Kind.PROBLEM, day=TODAY, **after):
    case = file(agency, Told(kind, ("ไฟดับหน้าบ้านป้าแดง",)), VILLAGER, day).case
    agency.cases.save(replace(case, **after))


def test_what_came_in_is_counted_with_the_measure(agency, clerk):
    filed(agency, day=BEGAN, state=State.CLOSED, answered_on=BEGAN + timedelta(days=6), rating=4)
    filed(agency, day=BEGAN)
    filed(agency, Kind.PRAISE)
    filed(agency, Kind.REQUEST)
    filed(agency, day=BEGAN - timedelta(days=1))  # before the measure began
    clerk.means("measure_detail", measure=1)
    assert LABEL in clerk.words
    for told in (
        "รับเข้า 3 เรื่อง", "ตอบแล้ว 1 จาก 2 เรื่องที่ต้องตอบ", "ตอบภายใน 6.0 วัน", "เกินกำหนดขณะนี้ 1 เรื่อง", "4.0 จาก 5 (1 คน)",
        "คำร้องออนไลน์ 1 เรื่อง",
    ):  # fmt: skip
        assert told in clerk.words
    assert "ป้าแดง" not in clerk.words
    assert clerk.words.index("หลักฐาน") < clerk.words.index(LABEL)


def test_no_case_is_a_result_too(clerk):
    clerk.means("measure_detail", measure=1)
    assert "รับเข้า 0 เรื่อง, ตอบแล้ว 0 จาก 0 เรื่องที่ต้องตอบ, เกินกำหนดขณะนี้ 0 เรื่อง" in clerk.words


def test_citizens_see_the_plan_without_it(agency):
    villager = Talk(agency, VILLAGER, user="Uvillager")
    villager.means("measure_detail", measure=1)
    assert LABEL not in villager.words


@pytest.mark.parametrize(("facts", "fits"), [
    ({"indicators": (6,)}, True), ({"indicators": (8, 1)}, True), ({"questions": ("E13",)}, True),
    ({"title": "เพิ่มประสิทธิภาพการสื่อสาร"}, True), ({"title": "พัฒนาช่องทางร้องเรียน"}, True),
    ({"title": "ช่องทางร้องเรียนการทุจริต"}, False), ({"indicators": (5, 9, 10)}, False), ({"questions": ("I14", "O12")}, False), ({}, False),
])  # fmt: skip
def test_only_measures_that_serve_outsiders_show_it(facts, fits):
    assert serves(a_measure(1, **facts)) is fits


def test_a_period_that_has_not_begun_has_nothing_to_show(agency):
    assert results(agency, ABOUT_IT, period("ม.ค. - มี.ค. 2570", 2570), TODAY) is None


def test_a_period_that_is_over_counts_to_its_end_and_one_unknown_is_the_year(agency):
    over = results(agency, ABOUT_IT, period("เดือนตุลาคม 2569", 2570), TODAY)
    unknown = results(agency, ABOUT_IT, period("", 2570), TODAY)
    assert over
    assert unknown
    assert (over.first, over.last) == (BEGAN, date(2026, 10, 31))
    assert (unknown.first, unknown.last) == (BEGAN, TODAY)
