"""The scripts of account, office and measures, and who sees what of them."""

from dataclasses import replace

import pytest

from handlers.kit import Go, Link
from itadomain.people import Role
from tests.fakes import CONTRADICTIONS, Code, a_measure, a_person, a_result, a_sample, an_agency, an_office
from tests.talk import Talk


def test_whoever_adds_the_account_is_welcomed_with_the_menu(citizen):
    reply = citizen.does("follow")
    assert [said.key for said in reply.bubbles] == ["account.welcome"]
    assert "ยินดีต้อนรับสู่ไลน์ขององค์การบริหารส่วนตำบลบางสมมติ" in citizen.words
    assert reply.taps


def test_whoever_comes_back_is_welcomed_back(citizen):
    assert citizen.does("follow", follow={"isUnblocked": True}).key == "account.welcome_back"


def test_nothing_is_said_to_whoever_leaves(citizen):
    assert citizen.does("unfollow").bubbles == ()


def test_a_sample_says_that_it_is_one():
    reply = Talk(a_sample("krasang")).does("follow")
    assert [said.key for said in reply.bubbles] == ["account.welcome", "account.sample"]


def test_a_stranger_is_met_once(agency):
    talk = Talk(agency)
    talk.says("สวัสดีค่ะ")
    talk.says("ขอบคุณ")
    assert [(who.roles, who.name) for who in agency.people.kept.values()] == [(frozenset(), "")]


@pytest.mark.parametrize("role", Role)
def test_the_script_an_officer_asks_who_they_are(talk, role):
    officer = talk(a_person(role, Role.STAFF, unit="กองคลัง"))
    reply = officer.says("ฉันคือใคร")
    assert reply.key == "account.you_are"
    assert "ท่านคือ สมหญิง\nสังกัด: กองคลัง\nบทบาท: " in officer.words
    assert "เจ้าหน้าที่" in officer.words


def test_a_citizen_is_told_that_no_name_is_kept(citizen):
    assert citizen.taps("account.me").key == "account.you_are_citizen"


def test_someone_without_a_unit_is_told_so(talk):
    officer = talk(a_person(Role.STAFF))
    officer.says("ฉันคือใคร")
    assert "สังกัด: ยังไม่ระบุ" in officer.words


def test_an_office_with_a_number_is_called_by_a_tap():
    talk = Talk(an_agency(office=an_office(phone="044000000", hours="ทุกวัน")))
    reply = talk.says("ขอเบอร์โทร")
    assert Link(reply.taps[0].label, "tel:044000000") in reply.taps
    assert "โทร 044000000\nเวลาทำการ: ทุกวัน" in talk.words


@pytest.mark.parametrize("roles", [(), (Role.EXECUTIVE,)])
def test_about_the_office_tells_the_published_result(talk, roles):
    begun = talk(a_person(*roles))
    assert [said.key for said in begun.says("เกี่ยวกับเรา").bubbles] == ["office.about", "office.published"]
    assert "ปี 2565 ได้ 92.40 คะแนน ระดับ A" in begun.words


@pytest.mark.parametrize("code", [Code.HEADLINE_DIFFERS, Code.GRADE_DIFFERS, Code.GRADE_UNKNOWN])
def test_about_the_office_a_contradicted_result_is_not_confirmed(code):
    talk = Talk(an_agency(CONTRADICTIONS[code][0]))
    assert talk.says("เกี่ยวกับเรา").bubbles[1].key == "office.published_unconfirmed"


def test_about_an_office_without_a_result_says_how_to_reach_it():
    reply = Talk(an_agency()).says("เกี่ยวกับเรา")
    assert [said.key for said in reply.bubbles] == ["office.about", "office.no_result_yet", "office.reach_in_person"]


def test_the_script_the_measures_and_one_of_them(talk):
    staff = talk(a_person(Role.STAFF))
    plan = staff.says("มาตรการของฉัน")
    assert (plan.key, plan.facts) == ("measures.list", {"all": 4, "year": 2566})
    assert staff.offered(plan) == ["ข้อ 1", "ข้อ 2", "ข้อ 3", "ข้อ 4", "ไฟล์ Word"]
    one = staff.taps(plan.taps[1])
    assert (one.key, one.facts["title"]) == ("measures.one", a_measure(2).title)
    assert "• จัดทำคู่มือ" in staff.words
    assert staff.taps(one.taps[-1]).key == "measures.list"


def test_a_unit_without_measures_sees_the_whole_plan(talk):
    assert len(talk(a_person(Role.STAFF, unit="กองช่าง")).says("มาตรการของฉัน").taps) == 5  # four, and the file


def test_what_the_plan_does_not_print_is_not_made_up(agency):
    agency.measures.kept = [a_measure(1, owners=(), period="", follow_up="")]
    talk = Talk(agency)
    card = talk.says("มาตรการของฉัน").taps[0]
    talk.taps(card)
    assert talk.words.count("เอกสารไม่ได้ระบุ") == 3


def test_a_measure_is_found_by_its_number_and_by_its_words(citizen):
    assert citizen.says("ขอดูข้อ 2").facts["title"] == a_measure(2).title
    assert citizen.means("measure_detail", measure_text="มาตรการที่ 3").facts["title"] == a_measure(3).title
    assert citizen.means("measure_detail", measure=9).key == "measures.no_such"


def test_a_number_that_is_printed_once_wins_over_the_place():
    """One plan prints 1, 2, 6, 7: the third measure is called 6."""
    talk = Talk(a_sample("srikham"))
    plan = talk.says("มาตรการ").taps
    assert talk.means("measure_detail", measure=6).facts == talk.taps(plan[2]).facts


def test_only_the_newest_plan_is_shown(agency):
    agency.measures.kept.append(a_measure(9, plan_year=2567))
    reply = Talk(agency).says("มาตรการของฉัน")
    assert reply.facts == {"all": 1, "year": 2567}


def test_an_agency_without_measures_says_so():
    talk = Talk(an_agency(a_result()))
    for sentence in ("มาตรการของฉัน", "ขอดูข้อ 2"):
        reply = talk.says(sentence)
        assert (reply.key, [tap.to for tap in reply.taps if isinstance(tap, Go)]) == ("measures.none", ["help.menu"])


def test_what_a_plan_found_wrong_is_for_insiders():
    plan = a_measure(finding="มีข้อสังเกต")
    inside, outside = Talk(an_agency(plan), a_person(Role.STAFF)), Talk(an_agency(plan), a_person())
    for talk, shown in ((inside, True), (outside, False)):
        talk.means("measure_detail", measure=1)
        assert ("มีข้อสังเกต" in talk.words) == shown


def test_a_measure_is_found_by_the_number_that_the_list_shows():
    plan = [replace(a_measure(1), number="6", title="แรก"), replace(a_measure(2), number="1", title="ที่สอง")]
    talk = Talk(an_agency(*plan), a_person())
    assert talk.means("measure_detail", measure=1).facts["title"] == "แรก"
    assert talk.means("measure_detail", measure=6).facts["title"] == "แรก"
