"""Whom it is about, their unit and those above them never get a key; whoever is left may receive it."""

import pytest

from itadomain.integrity.disclosure import Accused
from itadomain.integrity.recusal import left_out, receivers
from itadomain.organisation import Unit
from itadomain.people import Role
from tests.fakes import TODAY, a_person, an_agency

ANN = a_person(Role.INTEGRITY, unit="finance", key="ann", name="นางสาวสมหญิง ใจดี")
BEN = a_person(Role.INTEGRITY, unit="works", key="ben", name="นายวิชัย มั่นคง")
CAT = a_person(Role.INTEGRITY, key="cat", name="ปรีดา สุขใจ")
DAN = a_person(Role.STAFF, unit="works", key="dan", name="สมชาย ช่างทำ")
EVE = a_person(Role.EXECUTIVE, Role.INTEGRITY, key="eve", name="สมหมาย ใหญ่ยิ่ง")
UNITS = (Unit("finance", "กองคลัง", aliases=("คลัง",)), Unit("works", "กองช่าง", aliases=("ช่าง",)))


@pytest.fixture
def agency():
    store = an_agency()
    for unit in UNITS:
        store.units.save(unit)
    for one in (ANN, BEN, CAT, DAN, EVE):
        store.people.meet(one.id, one)
    store.disclosures.with_key.extend(["ann", "ben", "cat", "eve", "dan"])
    return store


def reading(store, **accused):
    return {one.id for one in receivers(store, Accused(**accused), TODAY)}


@pytest.mark.parametrize(
    ("accused", "left"),
    [
        ({}, {"ann", "ben", "cat", "eve"}),
        ({"units": frozenset({"works"})}, {"ann", "cat"}),
        ({"units": frozenset({"works", "finance"})}, {"cat"}),
        ({"words": "กองช่าง"}, {"ann", "cat"}),
        ({"words": "พวกช่าง"}, {"ann", "cat"}),
        ({"words": "วิชัย"}, {"ann", "cat"}),
        ({"words": "คุณ มั่นคง"}, {"ann", "cat"}),
        ({"words": "นาย วิ ชัย"}, {"ann", "cat"}),
        ({"words": "สมชาย"}, {"ann", "cat"}),
        ({"words": "นายก"}, {"ann", "ben", "cat"}),
        ({"words": "ปลัด"}, {"ann", "ben", "cat"}),
        ({"executives": True}, {"ann", "ben", "cat"}),
        ({"people": frozenset({"ben"})}, {"ann", "cat"}),
        ({"people": frozenset({"cat"})}, {"ann", "ben"}),
        ({"words": "ไม่ทราบชื่อ"}, {"ann", "ben", "cat", "eve"}),
    ],
)
def test_whoever_is_meant_is_left_out_with_their_unit_and_those_above(agency, accused, left):
    assert reading(agency, **accused) == left


def test_who_cannot_be_given_a_key_is_no_receiver(agency):
    agency.disclosures.with_key.remove("cat")
    assert reading(agency) == {"ann", "ben", "eve"}


def test_a_key_without_the_post_makes_nobody_a_receiver(agency):
    assert "dan" not in reading(agency)


@pytest.mark.parametrize("words", ["", "ใคร", "เขา"])
def test_words_that_name_nobody_leave_nobody_out(words):
    assert left_out(Accused(words=words), [ANN, BEN, CAT], UNITS, TODAY) == frozenset()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("พ.จ.อ.วิชัย มั่นคง", "คุณวิชัยรับซอง"),
        ("พันจ่าเอก วิชัย มั่นคง", "วิชัยรับซอง"),
        ("ว่าที่ร้อยตรีหญิง สมใจ มั่นคง", "สมใจ"),
        ("ว่าที่ ร.ต.หญิงสมใจ มั่นคง", "สมใจ"),
        ("ร.ต.ท. วิชัย มั่นคง", "วิชัย"),
        ("ดาบตำรวจวิชัย มั่นคง", "วิชัย"),
        ("ผศ.ดร.วิชัย มั่นคง", "วิชัย"),
        ("ดรุณ มั่นคง", "ดรุณรับเงิน"),
        ("นายดำ ดี", "ดำ ดี เรียกเงิน"),
        ("ดำ รักไทย", "คุณดำเรียกเงิน"),
        ("เอ รักไทย", "พี่เอเรียกเงิน"),
        ("Mr. Wichai Mankhong", "wichai"),
        ("วิชัย มั่นคง", "วิ\u200bชั้ยย"),
    ],
)
def test_a_name_is_known_behind_any_rank_and_however_short(name, words):
    person = a_person(Role.INTEGRITY, key="x", name=name)
    assert left_out(Accused(words=words), [person], (), TODAY) == {"x"}
    assert left_out(Accused(words="เจ้าหน้าที่เรียกเงินที่ตลาด"), [person], (), TODAY) == frozenset()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("กองการศึกษา ศาสนาและวัฒนธรรม", "คนในกองการศึกษา"),
        ("กองสาธารณสุขและสิ่งแวดล้อม", "กองสาธารณสุขเรียกเงิน"),
        ("สำนักปลัดเทศบาล", "สำนักปลัด"),
        ("สำนักปลัด", "สำนักงานปลัด"),
        ("สำนักงานปลัด อบต.", "สำนักปลัดเรียกเงิน"),
    ],
)
def test_a_unit_is_known_by_the_beginning_of_its_name(name, words):
    unit = Unit("u", name)
    one, other = (a_person(Role.INTEGRITY, unit=of, key=of) for of in ("u", "other"))
    assert left_out(Accused(words=words), [one, other], [unit], TODAY) == {"u"}
    assert left_out(Accused(words="กองช่าง"), [one, other], [unit], TODAY) == frozenset()
