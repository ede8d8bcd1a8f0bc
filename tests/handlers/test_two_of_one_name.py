"""Two people of one name are told apart by their units, and a typed name that could mean both picks neither."""

import pytest

from itadomain.organisation import Committee, Seat, Unit
from itadomain.people import Role
from tests.fakes import MemoryStore, a_person
from tests.talk import Talk

NAME = "สมหญิง ใจดี"


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore()
    for unit in ("กองคลัง", "กองช่าง"):
        store.units.save(Unit(unit, unit))
    return store


def people(store, *units, name=NAME):
    for number, unit in enumerate(units, 1):
        store.people.meet(f"U{number + 1}", a_person(Role.STAFF, name=name, unit=unit, key=f"p{number}"))
    store.committees.save(Committee("c1", "คณะกรรมการ ITA", tuple(Seat(f"p{no}") for no, _ in enumerate(units, 1))))


@pytest.fixture
def asked(store):
    """Asks who leaves a committee."""

    def ask(*units, **more):
        people(store, *units, **more)
        admin = Talk(store, a_person(Role.ADMIN, name="ผู้ดูแล", key="boss"))
        return admin, admin.taps("committees.unseat", id="c1")

    return ask


def left(store):
    return [seat.person for seat in store.committees.get("c1").seats if seat.until]


def test_a_name_that_two_share_has_the_unit_before_it(asked, store):
    admin, reply = asked("กองคลัง", "กองช่าง")
    labels = [f"กองคลัง: {NAME}", f"กองช่าง: {NAME}", "ยกเลิก"]
    assert admin.offered(reply) == labels
    again = admin.says(NAME)
    assert (again.key, admin.offered(again), left(store)) == ("picking.which_person", labels, [])
    admin.says(f"กองช่าง:  {NAME}")
    assert left(store) == ["p2"]


def test_two_of_one_name_in_one_unit_are_numbered(asked, store):
    admin, reply = asked("กองคลัง", "กองคลัง")
    labels = [f"1. กองคลัง: {NAME}"[:20], f"2. กองคลัง: {NAME}"[:20], "ยกเลิก"]
    assert [label[:20] for label in admin.offered(reply)] == labels
    for said in (NAME, f"กองคลัง: {NAME}"):
        assert admin.says(said).key == "picking.which_person"
    admin.says(f"2. กองคลัง: {NAME}")
    assert left(store) == ["p2"]


def test_a_name_of_ones_own_stays_as_it_is(asked, store):
    admin, reply = asked("กองคลัง")
    assert admin.offered(reply) == [NAME, "ยกเลิก"]
    admin.says(NAME)
    assert left(store) == ["p1"]


def test_everyone_is_listed_under_a_label_of_their_own(asked, store):
    admin, _ = asked("กองคลัง", "กองช่าง")
    assert admin.offered(admin.taps("people.all"))[1:] == [f"กองคลัง: {NAME}", f"กองช่าง: {NAME}"]
