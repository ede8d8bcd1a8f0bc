"""The scripts of invite and enrol; which codes open and which do not; who is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.kit import Answer
from itadomain.acknowledgements import Audience, circular
from itadomain.invitations import EXAMPLE, MOST_WRONG, VALID, invitation, printed
from itadomain.people import Role
from itadomain.posts import A_DAY, relieved
from tests.fakes import TODAY, MemoryStore, a_person
from tests.talk import Talk

CODE = "K7QX93FD"


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def admin(store) -> Talk:
    return Talk(store, a_person(Role.ADMIN, name="ผู้ดูแล", unit="สำนักปลัด", key="boss"))


@pytest.fixture
def invited(store, admin):
    """A code for staff of the finance division, made by the administrator today."""
    store.units.kept["กองคลัง"] = replace(store.units.get("สำนักปลัด"), id="กองคลัง", name="กองคลัง")
    store.invitations.save(invitation("i1", Role.STAFF, "กองคลัง", "boss", TODAY), CODE)
    return store


def officer(store, **more) -> Talk:
    return Talk(store, user="U2", **more)


def relieved_today(person):
    return relieved(person, person.posts, TODAY - A_DAY, TODAY)


def test_the_script_an_officer_is_invited(admin, store):
    asked = admin.says("เพิ่มเจ้าหน้าที่")
    assert (asked.key, admin.offered(asked)) == ("invite.which_unit", ["ไม่สังกัดหน่วยงาน", "สำนักปลัด", "ยกเลิก"])
    asked = admin.answers("สำนักปลัด")
    assert (asked.key, len(asked.taps)) == ("invite.which_role", len(Role) + 1)
    told = admin.answers("staff")
    assert [one.key for one in told.bubbles] == ["invite.code", "invite.forward"]
    ((code, made),) = store.invitations.kept.items()
    assert printed(code) in admin.words
    assert (made.role, made.unit, made.made_by, made.last_day) == (Role.STAFF, "สำนักปลัด", "boss", TODAY + VALID)


def test_with_the_accounts_name_the_text_to_forward_has_a_link_that_opens_the_chat(admin, store):
    store.settings.put("account", "@bangsommut")
    admin.says("เพิ่มเจ้าหน้าที่")
    admin.answers("-")
    admin.answers("head")
    (code,) = store.invitations.kept
    assert f"https://line.me/R/oaMessage/%40bangsommut/?{printed(code)}" in admin.words


def test_the_script_an_officer_joins(invited):
    talk = officer(invited)
    asked = talk.says("ลงทะเบียน")
    assert asked.key == "enrol.which_code"
    asked = talk.says(printed(CODE))
    assert asked.key == "enrol.your_name"
    assert "เจ้าหน้าที่ กองคลัง" in talk.words
    asked = talk.says("  สมหญิง   ใจดี ")
    assert (asked.key, asked.facts["name"]) == ("enrol.is_it_right", "สมหญิง ใจดี")
    told = talk.answers("yes")
    assert told.key == "enrol.welcome"
    person = invited.people.by_line_id("U2", TODAY)
    assert (person.name, person.roles, person.units(TODAY)) == ("สมหญิง ใจดี", {Role.STAFF}, ("กองคลัง",))
    assert person.posts[0].since == TODAY
    (notice,) = told.notices
    assert (notice.to.id, notice.reply.key) == ("boss", "enrol.joined")
    assert "สมหญิง" not in str(notice.reply), "a lock screen may show it"
    assert "score.now" in [tap.to for tap in told.taps if hasattr(tap, "to")], "the menu of insiders"


def test_a_name_is_corrected_before_it_counts(invited):
    talk = officer(invited)
    talk.says("ลงทะเบียน")
    talk.says(CODE)
    talk.says("สมยิง ใจดี")
    assert talk.answers("name").key == "enrol.your_name"
    talk.says("สมหญิง ใจดี")
    talk.answers("yes")
    assert invited.people.by_line_id("U2", TODAY).name == "สมหญิง ใจดี"


@pytest.mark.parametrize("typed", ["K7QX-93FD", "k7qx93fd", "K7QX 93FD", "รหัส K7QX-93FD ค่ะ", "K7QX-๙๓FD", "k7qx–93fd"])
def test_a_code_is_understood_however_it_is_typed(invited, typed):
    talk = officer(invited)
    talk.says("ลงทะเบียน")
    assert talk.says(typed).key == "enrol.your_name"


@pytest.mark.parametrize("name", ["1", "ก", "0812345678", "x" * 200, "สมหญิง/ใจดี"])
def test_what_cannot_be_a_name_is_asked_again(invited, name):
    talk = officer(invited)
    talk.says("ลงทะเบียน")
    talk.says(CODE)
    assert talk.says(name).key == "enrol.no_name"
    assert talk.says("สมหญิง ใจดี").key == "enrol.is_it_right"


@pytest.mark.parametrize(("changes", "key"), [
    ({"used_by": "p9", "used_on": TODAY}, "enrol.code_used"),
    ({"last_day": TODAY - timedelta(days=1)}, "enrol.code_old"),
])  # fmt: skip
def test_a_code_that_opens_no_more_says_why_and_asks_again(invited, changes, key):
    invited.invitations.kept[CODE] = replace(invited.invitations.kept[CODE], **changes)
    talk = officer(invited)
    talk.says("ลงทะเบียน")
    assert talk.says(CODE).key == key
    assert talk.says("K7QX-93FE").key == "enrol.code_wrong"


def test_what_is_no_code_is_not_counted_as_one(invited):
    talk = officer(invited)
    talk.says("ลงทะเบียน")
    for said in ("รหัสคืออะไร", EXAMPLE, "12345678", "K7QX-93F"):
        assert talk.says(said).key == "enrol.no_code"
    assert not invited.invitations.wrong


def test_after_five_wrong_codes_even_the_right_one_waits_for_an_hour(invited):
    talk = officer(invited)
    talk.says("ลงทะเบียน")
    for number in range(MOST_WRONG):
        assert talk.says(f"ABAB-1{number}C{number}").key == "enrol.code_wrong"
    assert talk.says(CODE).key == "enrol.wait"
    talk.now += 59 * 60_000
    assert talk.says(CODE).key == "enrol.wait"
    talk.now += 60_000
    assert talk.says(CODE).key == "enrol.your_name"


def test_one_persons_wrong_codes_are_not_anothers(invited):
    guesser = officer(invited)
    guesser.says("ลงทะเบียน")
    for number in range(MOST_WRONG):
        guesser.says(f"ABAB-1{number}C{number}")
    other = Talk(invited, user="U3")
    other.says("ลงทะเบียน")
    assert other.says(CODE).key == "enrol.your_name"


def test_a_code_that_somebody_else_used_meanwhile_opens_nothing(invited):
    first, second = officer(invited), Talk(invited, user="U3")
    for talk in (first, second):
        talk.says("ลงทะเบียน")
        talk.says(CODE)
        talk.says("สมหญิง ใจดี")
    assert first.answers("yes").key == "enrol.welcome"
    assert second.answers("yes").key == "enrol.code_used"
    assert not invited.people.by_line_id("U3", TODAY).posts


def test_an_insider_gets_one_more_post_without_being_asked_for_the_name(invited):
    talk = Talk(invited, a_person(Role.HEAD, name="สมชาย", unit="กองช่าง", key="p7"), user="U7")
    talk.says("ลงทะเบียน")
    assert talk.says(CODE).key == "enrol.is_it_right"
    talk.answers("yes")
    person = invited.people.by_line_id("U7", TODAY)
    assert (person.name, person.roles, person.units(TODAY)) == ("สมชาย", {Role.HEAD, Role.STAFF}, ("กองช่าง", "กองคลัง"))


def test_whoever_joins_is_asked_at_once_what_is_open_for_newcomers(invited):
    invited.circulars.save(circular("c1", "นโยบาย", "ข้อความ", Audience.NEWCOMERS, a_person(key="boss"), TODAY))
    talk = officer(invited)
    talk.says("ลงทะเบียน")
    talk.says(CODE)
    talk.says("สมหญิง ใจดี")
    told = talk.answers("yes")
    assert [one.key for one in told.bubbles] == ["enrol.welcome", "enrol.to_acknowledge"]
    assert talk.taps(told.taps[0]).key == "acknowledge.waiting"


def test_nobody_is_told_where_the_code_came_from_the_command_line(invited):
    invited.invitations.save(invitation("x1", Role.STAFF, "", "", TODAY), "ABAB1011")
    talk = officer(invited)
    talk.says("ลงทะเบียน")
    talk.says("ABAB1011")
    talk.says("สมหญิง ใจดี")
    told = talk.answers("yes")
    assert (told.key, told.notices) == ("enrol.welcome", ())


def test_an_administrator_who_was_removed_does_not_come_back_with_a_code_of_their_own(invited):
    invited.invitations.save(invitation("i2", Role.ADMIN, "", "boss", TODAY), "ABAB1011")
    invited.people.save(relieved_today(invited.people.get("boss", TODAY)))
    talk = Talk(invited)
    talk.says("ลงทะเบียน")
    assert talk.says("ABAB1011").key == "enrol.code_void"
    assert not invited.people.get("boss", TODAY).roles


def test_a_code_is_void_as_soon_as_its_maker_is_removed_even_between_code_and_name(invited):
    talk = officer(invited)
    talk.says("ลงทะเบียน")
    talk.says(CODE)
    invited.people.save(relieved_today(invited.people.get("boss", TODAY)))
    assert talk.says("สมหญิง ใจดี").key == "enrol.code_void"


@pytest.mark.parametrize("roles", [(), *((role,) for role in Role if role is not Role.ADMIN)])
def test_only_administrators_invite(store, roles):
    assert Talk(store, a_person(*roles)).taps("invite.start").key == "help.not_allowed"


def test_units_are_picked_ten_a_page(admin, store):
    for number in range(25):
        store.units.kept[f"u{number:02}"] = replace(
            store.units.get("สำนักปลัด"), id=f"u{number:02}", name=f"กอง {number:02}"
        )
    asked = admin.says("เพิ่มเจ้าหน้าที่")
    assert len([tap for tap in asked.taps if isinstance(tap, Answer)]) == 11
    asked = admin.says("ถัดไป")
    assert admin.offered(asked)[-3:] == ["ก่อนหน้า", "ถัดไป", "ยกเลิก"]
    asked = admin.says("ถัดไป")
    assert admin.offered(asked)[-2:] == ["ก่อนหน้า", "ยกเลิก"]
    assert admin.says("กอง 03").key == "invite.which_role", "a name may be typed on any page"
