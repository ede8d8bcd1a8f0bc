"""The scripts of units and committees, and who may not."""

from datetime import date, timedelta

import pytest

from itadomain.allowance import Allowance
from itadomain.measures import Obligation
from itadomain.organisation import Unit
from itadomain.people import Role
from tests.fakes import TODAY, MemoryStore, a_measure, a_person, an_agency
from tests.talk import Talk

KEEPERS_ONLY = ("committees.add", "committees.seat", "committees.unseat", "committees.write")


@pytest.fixture
def store() -> MemoryStore:
    return an_agency(a_measure(1))


@pytest.fixture
def admin(store) -> Talk:
    talk = Talk(store, a_person(Role.ADMIN, name="ผู้ดูแล", unit="สำนักปลัด", key="boss"))
    store.units.save(Unit("u2", "กองคลัง"))
    return talk


@pytest.fixture
def secretary(store, admin) -> Talk:
    store.units.save(Unit("สำนักปลัด", "สำนักปลัด", secretariat=True))
    return Talk(store, a_person(Role.STAFF, name="สมหญิง", unit="สำนักปลัด", key="p2"), user="U2")


def names(store):
    return [unit.name for unit in store.units.all()]


def test_the_script_units_are_listed_with_their_people(admin, store):
    listed = admin.says("หน่วยงานทั้งหมด")
    assert (listed.key, listed.facts) == ("units.count", {"count": 2})
    assert admin.offered(listed) == ["กองคลัง", "สำนักปลัด", "เพิ่มหน่วยงาน"]
    assert "1 คน" in admin.words
    assert "ยังไม่ได้ระบุว่าหน่วยใดเป็นสำนักปลัด" in admin.words


def test_the_script_a_unit_is_added_once(admin, store):
    admin.says("เพิ่มหน่วยงาน")
    assert admin.says("กอง  คลัง").key == "units.exists"
    assert admin.says(" ").key == "units.no_name"
    assert admin.says("กองช่าง").key == "units.added"
    assert names(store) == ["กองคลัง", "กองช่าง", "สำนักปลัด"]


def test_a_unit_that_is_called_a_secretariat_becomes_one_where_there_is_none(admin, store):
    admin.says("เพิ่มหน่วยงาน")
    admin.says("สำนักงานปลัดเทศบาล")
    assert [unit.name for unit in store.units.all() if unit.secretariat] == ["สำนักงานปลัดเทศบาล"]
    admin.says("เพิ่มหน่วยงาน")
    admin.says("สำนักปลัดฯ")
    assert [unit.name for unit in store.units.all() if unit.secretariat] == ["สำนักงานปลัดเทศบาล"]


def test_the_script_a_unit_gets_another_name_and_is_found_by_both(admin, store):
    admin.taps("units.rename", id="u2")
    assert admin.says("สำนักปลัด").key == "units.exists"
    assert admin.says("กองการคลัง").key == "units.renamed"
    unit = store.units.get("u2")
    assert (unit.name, unit.aliases) == ("กองการคลัง", ("กองคลัง",))
    admin.says("เพิ่มหน่วยงาน")
    assert admin.says("กองคลัง").key == "units.exists", "the old name is still its"


def test_one_unit_is_the_secretariat(admin, store):
    for unit in ("u2", "สำนักปลัด"):
        assert admin.taps("units.secretariat", id=unit).key == "units.now_secretariat"
        assert [one.id for one in store.units.all() if one.secretariat] == [unit]


def test_the_script_a_unit_is_closed_once_nobody_and_nothing_is_left_there(admin, store):
    assert admin.taps("units.close", id="สำนักปลัด").key == "units.has_people"
    store.obligations.save(Obligation("o1", "m1", "u2", a_measure(1).plan_year))
    assert admin.taps("units.close", id="u2").key == "units.has_duties"
    store.obligations.save(Obligation("o1", "m1", "u2", a_measure(1).plan_year, closed_on=TODAY))
    assert admin.taps("units.close", id="u2").key == "units.really_close"
    assert admin.answers("yes").key == "units.closed"
    assert names(store) == ["สำนักปลัด"]
    assert store.units.get("u2").closed_on == TODAY
    assert admin.taps("units.one", id="u2").key == "units.unknown"


def test_somebody_who_came_meanwhile_keeps_the_unit_open(admin, store):
    admin.taps("units.close", id="u2")
    store.people.meet("U5", a_person(Role.STAFF, unit="u2", key="p5"))
    assert admin.answers("yes").key == "units.has_people"


@pytest.mark.parametrize("roles", [(), *((role,) for role in Role if role is not Role.ADMIN)])
@pytest.mark.parametrize("step", ["all", "add", "one", "rename", "secretariat", "close"])
def test_only_administrators_change_units(admin, store, step, roles):
    assert Talk(store, a_person(*roles), user="U9").taps(f"units.{step}", id="u2").key == "help.not_allowed"


# ── committees


@pytest.fixture
def committee(secretary, store):
    secretary.taps("committees.add")
    secretary.says("คณะทำงาน ITA")
    (made,) = store.committees.all()
    return made.id


def test_the_script_a_committee_gets_its_people(secretary, store, committee):
    secretary.taps("committees.seat", id=committee)
    assert secretary.says("ผู้ดูแล").key == "committees.which_duty"
    secretary.answers("chair")
    secretary.answers("-")
    secretary.taps("committees.seat", id=committee)
    secretary.answers("p2")
    secretary.says("ผู้ประสานงาน")
    shown = secretary.says("30 ก.ย. 70")
    assert (shown.key, shown.facts["count"]) == ("committees.one", 2)
    assert "ประธาน" in secretary.words
    assert "ผู้ประสานงาน ถึง 30 ก.ย. 2570" in secretary.words
    (now,) = store.committees.all()
    assert [(seat.person, seat.duty, seat.until) for seat in now.seats] == [
        ("boss", "chair", None), ("p2", "ผู้ประสานงาน", date(2027, 9, 30)),
    ]  # fmt: skip


def take_seats(secretary, committee, *people):
    for key in people:
        secretary.taps("committees.seat", id=committee)
        secretary.answers(key)
        secretary.answers("member")
        secretary.answers("-")


def test_nobody_sits_twice_and_a_seat_that_ended_stays_in_the_record(secretary, store, committee):
    take_seats(secretary, committee, "boss")
    secretary.taps("committees.seat", id=committee)
    secretary.answers("boss")
    secretary.answers("member")
    assert secretary.answers("-").key == "committees.sits_already"
    secretary.taps("committees.unseat", id=committee)
    assert secretary.answers("boss").facts["count"] == 0
    (now,) = store.committees.all()
    assert [seat.until for seat in now.seats] == [TODAY - timedelta(days=1)]
    take_seats(secretary, committee, "boss")
    assert len(store.committees.all()[0].seats) == 2


def test_everyone_who_has_a_seat_today_and_nobody_else_is_written_to(secretary, store, committee):
    store.people.meet("U3", a_person(Role.STAFF, name="สมชาย", key="p3"))
    assert secretary.taps("committees.write", id=committee).key == "committees.nobody"
    take_seats(secretary, committee, "boss", "p2")
    asked = secretary.taps("committees.write", id=committee)
    assert asked.facts == {"count": 1}, "nobody writes to themselves"
    assert secretary.says("x" * 501).key == "committees.no_message"
    assert secretary.says("เชิญประชุมวันศุกร์").key == "committees.send"
    sent = secretary.answers("yes")
    assert [notice.to.id for notice in sent.notices] == ["boss"]


def test_a_lock_screen_shows_no_word_of_what_a_committee_is_told(secretary, admin, store, committee):
    take_seats(secretary, committee, "boss")
    secretary.taps("committees.write", id=committee)
    secretary.says("เชิญประชุมวันศุกร์")
    (notice,) = secretary.answers("yes").notices
    assert secretary.voice(notice.reply.bubbles[0]) == "มีเรื่องให้ท่านรับทราบ 1 เรื่องค่ะ"
    assert not any(word in str(notice.reply) for word in ("เชิญ", "คณะทำงาน", "สมหญิง"))
    admin.taps(notice.reply.taps[0])
    assert "เชิญประชุมวันศุกร์" in admin.words
    assert admin.answers("yes").key == "acknowledge.done"


def test_what_a_committee_is_told_is_nobody_elses(secretary, store, committee):
    take_seats(secretary, committee, "boss")
    secretary.taps("committees.write", id=committee)
    secretary.says("เชิญประชุมวันศุกร์")
    (notice,) = secretary.answers("yes").notices
    other = Talk(store, a_person(Role.STAFF, unit="u2", key="p9"), user="U9")
    assert other.taps(notice.reply.taps[0]).key == "acknowledge.unknown"
    assert other.says("เรื่องรอรับทราบ").key == "acknowledge.nothing"


def test_what_it_costs_is_told_before_it_is_sent_and_not_sent_where_it_is_too_much(secretary, store, committee):
    take_seats(secretary, committee, "boss")
    store.known_allowance = Allowance(300, 230)
    secretary.taps("committees.write", id=committee)
    secretary.says("เชิญประชุมวันศุกร์")
    assert "ใช้ 1 ข้อความ · เดือนนี้ใช้แจ้งเจ้าหน้าที่ได้อีก 10 ข้อความ" in secretary.words
    store.known_allowance = Allowance(300, 300)
    refused = secretary.answers("yes")
    assert (refused.key, refused.notices, store.circulars.all()) == ("late.too_few_messages", (), [])
    secretary.says("ยกเลิก")
    assert secretary.taps("committees.write", id=committee).key == "late.too_few_messages"


def test_who_left_the_agency_is_not_written_to(secretary, store, committee):
    take_seats(secretary, committee, "boss", "p2")
    store.people.save(store.people.get("boss", TODAY).with_posts((), TODAY))
    assert secretary.taps("committees.write", id=committee).key == "committees.nobody"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
@pytest.mark.parametrize("step", KEEPERS_ONLY)
def test_only_administrators_and_the_secretariat_lead_committees(secretary, store, committee, step, role):
    other = Talk(store, a_person(role, unit="u2", key="p9"), user="U9")
    assert other.taps(step, id=committee).key == "administration.secretariat_only"
    assert [tap.to for tap in other.taps("committees.one", id=committee).taps] == ["committees.all"]


@pytest.mark.parametrize("step", ["committees.all", *KEEPERS_ONLY])
def test_citizens_see_no_committees(secretary, store, committee, step):
    assert Talk(store, a_person(), user="U9").taps(step, id=committee).key == "help.not_allowed"


@pytest.mark.parametrize("step", ["committees.one", *KEEPERS_ONLY[1:]])
def test_a_tap_about_no_committee_is_refused(secretary, step):
    assert secretary.taps(step, id="none").key == "committees.unknown"


def test_a_committee_needs_a_name_of_its_own(secretary, store, committee):
    secretary.taps("committees.add")
    assert secretary.says("คณะทำงาน ITA").key == "committees.exists"
    assert secretary.says("").key == "committees.no_name"
