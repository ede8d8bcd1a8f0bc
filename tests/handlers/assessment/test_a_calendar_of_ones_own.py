"""The script of one's own calendar: its address is told to oneself only, and can be changed."""

from handlers.kit import Link
from itadomain.people import Role
from tests.fakes import MemoryStore, a_person, an_office
from tests.talk import Talk

SITE = "https://bot.example.go.th"


def talking(site=SITE, *roles):
    return Talk(MemoryStore(an_office(site=site)), a_person(*(roles or (Role.STAFF,)), unit="กองคลัง", key="p1"))


def links(reply):
    return [tap.uri for tap in reply.taps if isinstance(tap, Link)]


def test_the_script_an_address_is_given_and_changed():
    staff = talking()
    here = staff.says("ปฏิทินของฉัน")
    assert (here.key, links(here)) == ("calendar.here", ["calendar:1"])
    assert staff.says("เปลี่ยนที่อยู่ปฏิทิน").key == "calendar.really_change"
    changed = staff.answers("yes")
    assert (changed.key, links(changed)) == ("calendar.changed", ["calendar:2"])
    assert links(staff.says("ปฏิทินของฉัน")) == ["calendar:2"]


def test_only_a_yes_changes_it():
    staff = talking()
    staff.says("เปลี่ยนที่อยู่ปฏิทิน")
    assert staff.says("ไม่").key == "picking.yes_or_cancel"
    staff.says("ยกเลิก")
    assert links(staff.says("ปฏิทินของฉัน")) == ["calendar:1"]


def test_without_an_address_of_the_service_it_says_that_it_needs_one():
    staff = talking("")
    assert staff.says("ปฏิทินของฉัน").key == "calendar.needs_an_address"
    assert staff.says("เปลี่ยนที่อยู่ปฏิทิน").key == "calendar.needs_an_address"


def test_citizens_have_none():
    citizen = Talk(MemoryStore(an_office(site=SITE)), a_person(key="p1"))
    assert citizen.says("ปฏิทินของฉัน").key == "help.not_allowed"
