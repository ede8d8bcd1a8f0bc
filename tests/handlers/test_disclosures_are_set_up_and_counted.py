"""Who receives disclosures, within which days, which bodies outside are shown; and how many there were."""

from dataclasses import replace

import pytest

from handlers.kit import Card, Go
from itadomain.audit_log import Deed
from itadomain.cases.deadlines import Promise
from itadomain.integrity.disclosure import Standing, State, Way
from itadomain.integrity.outside import MOST, USUAL, bodies
from itadomain.integrity.promising import promise
from tests.fakes import TODAY, a_person
from tests.handlers.disclosures import ADMIN, ANN, BEN, MAYOR, WHAT, a_disclosure, an_office_of_disclosures, talk_of


@pytest.fixture
def agency():
    return an_office_of_disclosures(able=("ann", "ben"))


@pytest.fixture
def admin(agency):
    return talk_of(agency, ADMIN)


def says(talk, *said):
    for one in said:
        reply = talk.says(one)
    return reply


def test_an_administrator_sees_how_many_receive_and_adds_one(agency, admin):
    a_disclosure(agency)
    shown = admin.says("ตั้งค่าแจ้งเบาะแส")
    assert "3 คน พร้อมรับเรื่อง 2 คน" in admin.words
    assert WHAT not in admin.words
    assert next(tap.to for tap in shown.taps if isinstance(tap, Go)) == "invite.start"


def test_it_is_found_under_the_work_for_citizens(agency, admin):
    assert "ตั้งค่าแจ้งเบาะแส" in admin.offered(says(admin, "งานสำนักงาน", "งานประชาชน"))
    ann = talk_of(agency, ANN)
    offered = ann.offered(says(ann, "งานสำนักงาน", "งานประชาชน"))
    assert {"เรื่องแจ้งเบาะแส", "ตั้งค่าแจ้งเบาะแส"} <= set(offered)
    mayor = talk_of(agency, MAYOR)
    assert not {"เรื่องแจ้งเบาะแส", "ตั้งค่าแจ้งเบาะแส"} & set(mayor.offered(says(mayor, "งานสำนักงาน", "งานประชาชน")))


def test_that_nobody_receives_is_said(agency, admin):
    for one in ("Uann", "Uben", "Ucat"):
        del agency.people.kept[one]
    admin.says("ตั้งค่าแจ้งเบาะแส")
    assert "ยังไม่มีผู้รับเรื่อง" in admin.words


def test_that_nobody_can_read_one_any_more_is_said_and_not_which(agency, admin):
    a_disclosure(agency)
    admin.says("ตั้งค่าแจ้งเบาะแส")
    assert "พ้นหน้าที่ไปหมดแล้ว" not in admin.words
    for one in (ANN, BEN):
        agency.people.save(a_person(key=one.id))
    admin.says("ตั้งค่าแจ้งเบาะแส")
    assert "มี 1 เรื่องที่ผู้อ่านได้พ้นหน้าที่ไปหมดแล้ว" in admin.words
    assert WHAT not in admin.words
    assert Deed.LOOKED not in {entry.happened.deed for entry in agency.audit_log.kept}


@pytest.mark.parametrize("who", [ANN, ADMIN])
def test_the_days_are_promised_by_a_receiver_or_an_administrator(agency, who):
    talk = talk_of(agency, who)
    assert promise(agency.settings) == Promise(3, 15)
    talk.taps("receivers.days")
    assert says(talk, "5", "๓๐").key == "integrity.setup_kept"
    assert promise(agency.settings) == Promise(5, 30)


@pytest.mark.parametrize(
    ("said", "refused"), [("ห้า", "categories.a_number"), ("0", "categories.a_number"), ("400", "case.no_promise")]
)
def test_days_that_are_none_are_refused(agency, admin, said, refused):
    admin.taps("receivers.days")
    assert says(admin, said).key == refused
    assert says(admin, "5", "3").key == "case.no_promise"
    assert promise(agency.settings) == Promise()


def test_a_body_outside_is_added_and_taken_out_again(agency, admin):
    admin.says("ตั้งค่าแจ้งเบาะแส")
    admin.taps("receivers.outside")
    assert "1205" in admin.words
    admin.taps("receivers.add")
    assert says(admin, "ศูนย์ดำรงธรรมอำเภอ", "๐๔๔-๑๒๓").key == "integrity.setup_kept"
    assert [(one.name, one.phone) for one in bodies(agency.settings)][-1] == ("ศูนย์ดำรงธรรมอำเภอ", "044-123")
    admin.taps("receivers.remove", no=5)
    assert says(admin, "เอ๊ะ").key == "picking.yes_or_cancel"
    says(admin, "ยืนยัน")
    assert bodies(agency.settings) == USUAL


def test_a_body_may_have_no_number_but_a_name_of_its_own(agency, admin):
    admin.taps("receivers.add")
    assert says(admin, USUAL[0].name).key == "integrity.body_there"
    assert says(admin, "ก" * 121).key == "integrity.no_body"
    assert says(admin, "ศูนย์ใหม่", "ไม่มีเบอร์").key == "integrity.setup_kept"
    assert bodies(agency.settings)[-1].phone == ""


def test_there_is_always_a_body_to_go_to_and_never_too_many(agency, admin):
    for _ in range(3):
        admin.taps("receivers.remove", no=1)
        says(admin, "ยืนยัน")
    admin.taps("receivers.remove", no=1)
    assert says(admin, "ยืนยัน").key == "integrity.some_bodies"
    assert len(bodies(agency.settings)) == 1
    admin.says("ยกเลิก")
    assert admin.taps("receivers.remove", no=7).key == "integrity.which_body"
    for no in range(MOST - 1):
        admin.taps("receivers.add")
        says(admin, f"ศูนย์ {no}", "1")
    admin.taps("receivers.add")
    assert says(admin, "อีกศูนย์", "1").key == "integrity.some_bodies"


def test_executives_and_citizens_set_nothing_up(agency):
    for step in ("all", "days", "outside", "add", "remove"):
        assert talk_of(agency, MAYOR).taps(f"receivers.{step}").key == "help.not_allowed"


def figures(agency):
    talk = talk_of(agency, MAYOR)
    (card,) = (
        one for one in talk.taps("figures.of_year").bubbles if isinstance(one, Card) and one.key == "integrity.figures"
    )
    return card.number, {talk.voice(row.label): row.value for row in card.rows}, [note.key for note in card.notes]


def test_that_there_were_none_is_told_as_a_result(agency):
    assert figures(agency) == (0, {}, [])


def test_of_few_only_their_number_is_told(agency):
    a_disclosure(agency)
    assert figures(agency) == (1, {}, ["integrity.figures_hidden"])


def test_of_many_the_large_parts_are_told(agency):
    one = Standing(Way.WEB, TODAY, State.CLOSED)
    for no in range(30):
        made = a_disclosure(agency)
        if no < 20:
            agency.disclosures.stand(made, replace(one, way=Way.LETTER if no < 9 else Way.WEB, outcome="beyond"))
    number, rows, notes = figures(agency)
    assert number == 30
    assert rows == {"ปิดเรื่อง: ที่อื่นรับ": 20, "ช่องทาง: แบบฟอร์มทางเว็บ": 21}
    assert notes == ["integrity.figures_hidden"]
