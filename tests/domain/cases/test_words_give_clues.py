"""What the words of a case tell by themselves, so that it is not asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.cases.case import Case, Kind
from itadomain.cases.clues import kinds_in, landmark_in, village, village_in
from itadomain.cases.filing import receivers
from itadomain.cases.tickets import in_full
from itadomain.organisation import Unit
from itadomain.people import Role
from tests.fakes import TODAY, a_person, an_agency


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("ไฟดับ หมู่ 3", "3"), ("หมู่ที่ ๗ บ้านโนน", "7"), ("ม.3", "3"), ("ม. 12", "12"), ("หมู่03", "3"), ("Moo 5", "5"),
        ("หมู่บ้านสุขใจ", ""), ("กม.3", ""), ("หมู่ 0", ""), ("หมู่ 123", ""), ("หมูป่า 3 ตัว", ""), ("ดับมา 3 วัน", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_village_is_heard(said, number):
    assert village_in(said) == number


@pytest.mark.parametrize(("said", "found"), [("๗", "7"), ("หมู่ที่ 7", "7"), (" บ้าน  โนน ", "บ้าน โนน")])
def test_a_village_is_answered_by_number_or_name(said, found):
    assert village(said) == found


@pytest.mark.parametrize(
    ("said", "near"),
    [
        ("หน้าวัด หมู่", "หน้าวัด"),
        ("หมู่ 7", ""),
        ("ข้างโรงเรียน ม.3", "ข้างโรงเรียน"),
        ("", ""),
        ("วัดโนน หมู่ 3 ซอย 2", "วัดโนน ซอย 2"),
    ],
)
def test_a_landmark_is_what_is_left_of_a_place(said, near):
    assert landmark_in(said) == near


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("ขอชมเชยเจ้าหน้าที่", {Kind.PRAISE}), ("อยากให้มีสนามเด็กเล่น", {Kind.SUGGESTION}), ("ไฟดับ", set()),
        ("ประทับใจ และอยากให้มีไฟเพิ่ม", {Kind.PRAISE, Kind.SUGGESTION}), ("ไม่ประทับใจการบริการ", set()),
    ],
)  # fmt: skip
def test_praise_and_suggestions_are_heard(said, kinds):
    assert kinds_in(said) == kinds


@given(st.text(max_size=200))
def test_any_words_may_be_told(said):
    assert village_in(said).isdecimal() or not village_in(said)
    landmark_in(said), kinds_in(said), village(said)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("69-000123-C", True), ("๖๙-000123", True), ("69000123", False), ("7", False), ("123/69", False)],
)
def test_a_ticket_in_full_means_nothing_else(text, is_one):
    assert in_full(text) is is_one


def test_who_hears_of_a_case_is_who_can_do_something_about_it():
    store = an_agency()
    store.units.save(Unit("สำนักปลัด", "สำนักปลัด", secretariat=True))
    store.units.save(Unit("กองช่าง", "กองช่าง"))
    case = Case("c1", Kind.PROBLEM, "ไฟดับ", TODAY, unit="กองช่าง", reporter="villager")

    def hearing():
        return [one.id for one in receivers(store, case, TODAY)]

    assert hearing() == []
    for role, unit, key in (
        (Role.ADMIN, "", "admin"),
        (Role.OFFICER, "สำนักปลัด", "desk"),
        (Role.HEAD, "กองช่าง", "head"),
    ):
        store.people.meet(key, a_person(role, unit=unit, key=key))
        assert hearing() == [key]
    store.people.meet("own", a_person(Role.OFFICER, unit="กองช่าง", key="villager"))
    assert hearing() == ["head"]  # nobody hears of what they told themselves
