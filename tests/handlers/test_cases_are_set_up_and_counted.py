"""An administrator says what cases are about and what is promised; everyone inside sees the figures."""

from dataclasses import replace
from datetime import timedelta

import pytest

from itadomain.cases.case import Channel, State
from itadomain.cases.categories import complete, of_code
from itadomain.people import Role
from tests.fakes import TODAY, a_person
from tests.handlers.cases import ADMIN, DESK, LAMP, STORY, VILLAGER, WORKER, a_case, an_office_of_cases
from tests.talk import Talk


@pytest.fixture
def agency():
    return an_office_of_cases()


@pytest.fixture
def admin(agency):
    return Talk(agency, ADMIN, user="Uadmin")


@pytest.fixture
def worker(agency):
    return Talk(agency, WORKER, user="Uworker")


def kept(agency, code=LAMP):
    return of_code(code, complete(agency.categories.all()))


def test_the_script_of_an_administrator(agency, admin):
    listed = admin.says("ตั้งค่าเรื่องร้องเรียน")
    assert "ถนนและทางเท้า" in admin.offered(listed)
    assert admin.taps("categories.one", id=LAMP).key == "categories.one"
    admin.taps("categories.unit", id=LAMP)
    admin.says("กองช่าง")
    admin.taps("categories.days", id=LAMP)
    assert admin.says("3").key == "categories.answer_within"
    assert admin.says("๒๐").key == "categories.kept"
    promise = kept(agency).promise
    assert (kept(agency).unit, promise.accept, promise.answer) == ("กองช่าง", 3, 20)


def test_days_that_do_not_fit_are_asked_again(agency, admin):
    admin.taps("categories.days", id=LAMP)
    assert admin.says("สามวัน").key == "categories.a_number"
    assert admin.says("999").key == "case.no_promise"
    admin.says("10")
    assert admin.says("5").key == "case.no_promise"
    assert admin.says("10").key == "categories.kept"


def test_a_category_is_added_renamed_and_closed(agency, admin):
    admin.taps("categories.add")
    admin.says("ผักตบชวา")
    (made,) = agency.categories.all()
    admin.taps("categories.rename", id=made.code)
    assert admin.says("ก").key == "case.no_category_name"
    admin.says("วัชพืชในคลอง")
    admin.taps("categories.add")
    assert admin.says("วัชพืชในคลอง").key == "categories.name_taken"
    admin.taps("categories.photo", id=made.code)
    admin.taps("categories.offered", id=made.code)
    found = kept(agency, made.code)
    assert (found.name, found.photo, found.closed) == ("วัชพืชในคลอง", True, True)
    assert admin.taps("categories.offered", id=made.code).key == "categories.kept"
    assert not kept(agency, made.code).closed


def test_something_else_can_always_be_told(agency, admin):
    assert admin.taps("categories.offered", id="other").key == "categories.other_stays"
    assert admin.taps("categories.one", id="nothing").key == "categories.unknown"


def test_all_categories_are_reached(admin):
    first = admin.says("ประเภทเรื่องร้องเรียน")
    assert "เรื่องอื่น" in admin.offered(admin.taps(next(tap for tap in first.taps if tap.values.get("page"))))


def test_the_number_of_villages(agency, admin):
    admin.says("จำนวนหมู่บ้าน")
    assert admin.says("200").key == "categories.too_many_villages"
    admin.says("๑๒")
    assert agency.settings.get("villages") == "12"


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.ADMIN)])
def test_only_administrators_set_it_up(agency, role):
    other = Talk(agency, a_person(*([role] if role else []), key="p9"), user="U9")
    for step in ("categories.all", "categories.add", "categories.villages"):
        assert other.taps(step).key == "help.not_allowed"


def test_the_script_of_the_figures(agency, worker):
    for days, state in enumerate([State.NEW, State.WORKING, State.CLOSED]):
        case = a_case(agency, today=TODAY - timedelta(days=days * 10), contact="089-111-2222")
        over = {"answered_on": case.filed_on + timedelta(days=6), "rating": 4} if state is State.CLOSED else {}
        agency.cases.save(replace(case, state=state, **over))
    a_case(agency, who=DESK, channel=Channel.BOX)
    shown = worker.says("สถิติเรื่องร้องเรียน")
    assert (shown.key, shown.facts) == ("figures.in_short", {"year": 2570, "count": 4})
    assert "6.0" in worker.words
    assert "4.0 (1 คน)" in worker.words
    assert "ต.ค. 2569" in worker.words
    assert "ไฟฟ้าสาธารณะ · 4 เรื่อง" in worker.words
    assert "กล่องรับความคิดเห็น" in worker.words
    assert not [told for told in (STORY, "หน้าวัด", "089") if told in worker.words]


def test_no_case_is_a_result_too(worker):
    none = worker.says("สถิติเรื่องร้องเรียน")
    assert none.key == "figures.none"
    assert "ไม่มีเรื่องร้องเรียน" in worker.words
    before = worker.taps(none.taps[0])
    assert (before.key, before.facts) == ("figures.none", {"year": 2569})
    assert [tap.values["year"] for tap in before.taps] == [2568, 2570]


@pytest.mark.parametrize("year", ["99999", "1", "x"])
def test_a_forged_year_is_no_year(worker, year):
    assert worker.taps("figures.of_year", year=year).key == "figures.none"


def test_citizens_see_no_figures(agency):
    assert Talk(agency, VILLAGER, user="Uvillager").taps("figures.of_year").key == "help.not_allowed"
