"""Each form of a request has its unit and its promise; what comes at the counter is entered by an officer, numbered."""

from dataclasses import replace

import pytest

from itadomain.cases.case import Channel, Kind
from itadomain.cases.categories import Category, complete, every
from itadomain.cases.deadlines import Promise
from tests.handlers.cases import ADMIN, DESK, HEAD, VILLAGER, an_office_of_cases, filed, fills
from tests.talk import Talk

LOAN = "form_loan"
TENT = ("เต็นท์", "2 หลัง", "5 ก.พ. 2570", "7 ก.พ. 2570", "ข้าม", "สมชาย ใจดี", "081-234-5678")


@pytest.fixture
def agency():
    return an_office_of_cases()


@pytest.fixture
def admin(agency):
    return Talk(agency, ADMIN, user="Uadmin")


def test_an_administrator_sets_the_unit_and_the_days_of_a_form(agency, admin):
    shown = admin.taps("categories.forms")
    assert admin.offered(shown) == ["คำร้องทั่วไป", "ขอข้อมูลข่าวสาร", "ขอยืมทรัพย์สิน", "ประเภททั้งหมด"]
    one = admin.taps(shown.taps[2])
    assert admin.offered(one) == ["ตั้งหน่วยงาน", "กำหนดวัน", "แบบคำร้อง"]
    admin.taps(one.taps[0])
    admin.says("กองช่าง")
    admin.taps("categories.days", id=LOAN)
    fills(admin, "1", "7")
    assert agency.categories.kept[LOAN] == Category(LOAN, unit="กองช่าง", promise=Promise(1, 7))


def test_a_request_goes_to_the_unit_of_its_form_with_its_promise(agency):
    agency.categories.save(Category(LOAN, unit="กองช่าง", promise=Promise(1, 2)))
    sent = fills(Talk(agency, VILLAGER, user="Uvillager"), "ขอยืมเต็นท์", *TENT, "ส่ง")
    case = filed(agency)
    assert (case.category, case.unit) == (LOAN, "กองช่าง")
    assert (case.due.isoformat(), [one.to.id for one in sent.notices]) == ("2026-11-23", ["head"])


def test_it_is_called_what_its_form_is_called(agency):
    fills(Talk(agency, VILLAGER, user="Uvillager"), "ขอยืมเต็นท์", *TENT, "ส่ง")
    desk = Talk(agency, DESK, user="Udesk")
    desk.taps("casework.all")
    assert f"{filed(agency).ticket} · ขอยืมทรัพย์สิน" in desk.words


def test_forms_are_no_category_of_what_people_tell(agency, admin):
    agency.categories.save(Category(LOAN, unit="กองช่าง"))
    kept = agency.categories.all()
    assert LOAN not in {one.code for one in complete(kept)}
    assert LOAN in {one.code for one in every(kept)}


@pytest.mark.parametrize("step", ["rename", "photo", "offered"])
def test_nothing_else_of_a_form_is_changed(admin, step):
    assert admin.taps(f"categories.{step}", id=LOAN).key == "categories.form_is_so"


def test_one_that_came_at_the_counter_is_entered(agency):
    desk = Talk(agency, DESK, user="Udesk")
    desk.taps("complaint.enter")
    asked = desk.answers(Channel.COUNTER.value)
    assert "เป็นคำร้อง" in desk.offered(asked)
    forms = desk.taps(next(tap for tap in asked.taps if getattr(tap, "to", "") == "request.enter"))
    assert forms.key == "request.which"
    first = desk.answers("loan")
    assert [one.key for one in first.bubbles] == ["complaint.write_it_down", "request.ask_item"]
    sent = fills(desk, *TENT, "ส่ง")
    case = filed(agency)
    assert (case.kind, case.channel, case.reporter, case.entered_by) == (Kind.REQUEST, Channel.COUNTER, "", "desk")
    assert (case.contact, case.bubbles, sent.needed) == ("081-234-5678", {}, True)
    assert desk.offered(sent) == ["เมนู"]


@pytest.mark.parametrize("way", ["chat", "", "pigeon"])
def test_it_comes_by_one_of_the_ways(agency, way):
    desk = Talk(agency, DESK, user="Udesk")
    assert desk.taps("request.enter", way=way).key == "complaint.one_of_the_ways"


def test_only_officers_enter_one(agency):
    assert Talk(agency, VILLAGER, user="Uvillager").taps("request.enter", way="phone").key == "help.not_allowed"
    assert Talk(agency, HEAD, user="Uhead").taps("request.enter", way="phone").key == "request.which"


def test_a_request_of_an_older_release_keeps_its_name(agency):
    fills(Talk(agency, VILLAGER, user="Uvillager"), "ขอยืมเต็นท์", *TENT, "ส่ง")
    agency.cases.save(replace(filed(agency), category="other"))
    desk = Talk(agency, DESK, user="Udesk")
    desk.taps("casework.all")
    assert "คำร้องออนไลน์" in desk.words
