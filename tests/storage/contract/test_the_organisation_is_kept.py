"""One contract for three stores, the part about the organisation: posts, units, codes, committees, meetings, days off,
what is to be acknowledged."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import IntegrityError

from bot.storage.people import Changed
from bot.storage.store import AgencyStore
from itadomain.acknowledgements import Acknowledged, Audience, Circular
from itadomain.invitations import code_in, invitation, used
from itadomain.meetings import Meeting
from itadomain.organisation import Committee, Seat, Unit
from itadomain.people import Post, Role
from itadomain.periods import MeetingKind
from tests.fakes import TODAY, a_person
from tests.storage.conftest import ENGINES
from tests.storage.meanwhile import uncommitted, until_someone_waits

USER, OTHER = "U" + "5" * 32, "U" + "6" * 32
DAY = timedelta(days=1)
NOON = datetime(2026, 11, 20, 12, 34, 56, 789000, tzinfo=timezone(timedelta(hours=7)))


# ── posts

POSTS = (
    Post(Role.STAFF, "u1", until=TODAY - DAY),
    Post(Role.HEAD, "u2", TODAY, TODAY + 9 * DAY, acting=True),
    Post(Role.ADMIN),
    Post(Role.EXECUTIVE, "", TODAY + DAY),
)


def test_every_post_comes_back_the_ended_and_the_coming_ones_too(step):
    step(lambda s: s.people.meet(USER, a_person(name="สมศรี", key="p1").with_posts(POSTS, TODAY)))
    kept = step(lambda s: s.people.by_line_id(USER, TODAY))
    assert kept.posts == POSTS
    assert step(lambda s: s.people.get("p1", TODAY)) == kept
    assert step(lambda s: s.people.get("p2", TODAY)) is None


@pytest.mark.parametrize(("day", "roles"), [
    (TODAY - DAY, {Role.STAFF, Role.ADMIN}), (TODAY, {Role.HEAD, Role.ADMIN}), (TODAY + DAY, {Role.HEAD, Role.ADMIN, Role.EXECUTIVE}),
    (TODAY + 10 * DAY, {Role.ADMIN, Role.EXECUTIVE}),
])  # fmt: skip
def test_roles_are_those_of_the_day(step, day, roles):
    step(lambda s: s.people.meet(USER, a_person(key="p1").with_posts(POSTS, TODAY)))
    assert step(lambda s: s.people.by_line_id(USER, day)).roles == roles
    assert {role for role in Role if step(lambda s, role=role: s.people.with_role(role, day))} == roles


def test_insiders_are_those_who_hold_a_post_that_day(step):
    step(lambda s: s.people.meet(USER, a_person(key="p1").with_posts([Post(Role.STAFF, "u1", TODAY, TODAY)], TODAY)))
    step(lambda s: s.people.meet(OTHER, a_person(key="p2")))
    found = [
        [one.id for one in step(lambda s, day=day: s.people.insiders(day))] for day in (TODAY - DAY, TODAY, TODAY + DAY)
    ]
    assert found == [[], ["p1"], []]


# ── units


def test_units_come_with_the_secretariat_first_and_closed_ones_not_at_all(step):
    all_of_them = [
        Unit("u1", "ก", ("ข", "ค")),
        Unit("u2", "ง", secretariat=True),
        Unit("u3", "จ", closed_on=TODAY),
        Unit("u4", "ฉ"),
    ]
    for unit in all_of_them:
        step(lambda s, unit=unit: s.units.save(unit))
    assert step(lambda s: list(s.units.all())) == [all_of_them[1], all_of_them[0], all_of_them[3]]
    assert step(lambda s: s.units.get("u3")) == all_of_them[2]
    assert step(lambda s: s.units.get("u9")) is None


def test_a_unit_is_changed_and_keeps_its_id(step):
    step(lambda s: s.units.save(Unit("u1", "กองคลัง", secretariat=True)))
    step(lambda s: s.units.save(Unit("u1", "กองการคลัง", ("กองคลัง",), closed_on=TODAY)))
    assert step(lambda s: s.units.get("u1")) == Unit("u1", "กองการคลัง", ("กองคลัง",), closed_on=TODAY)
    step(lambda s: s.units.save(Unit("u1", "กองการคลัง")))
    assert step(lambda s: list(s.units.all())) == [Unit("u1", "กองการคลัง")]


def test_the_name_of_a_closed_unit_is_free_for_another(step):
    closed, named, renamed = Unit("u1", "ก", closed_on=TODAY), Unit("u2", "ก"), Unit("u3", "ก", closed_on=TODAY)
    for unit in (Unit("u1", "ก"), closed, named, Unit("u3", "ข"), renamed):
        step(lambda s, unit=unit: s.units.save(unit))
    assert step(lambda s: list(s.units.all())) == [named]
    assert [step(lambda s, key=key: s.units.get(key)) for key in ("u1", "u3")] == [closed, renamed]


@pytest.mark.parametrize("engine", ENGINES)
def test_two_units_that_exist_never_share_a_name(step):
    step(lambda s: s.units.save(Unit("u1", "ก")))
    with pytest.raises(IntegrityError):
        step(lambda s: s.units.save(Unit("u2", "ก")))


# ── two who change the same at once


def at_once(store, *works):
    """Each work reads the same moment; the first is kept, the next must look again."""
    core, agency = store.house.core, store.agency
    with core.database.reading(of=agency) as connection:
        stores = [AgencyStore(connection, core.channels.by_id(agency), core.ring) for _ in works]
        for one, work in zip(stores, works, strict=True):
            work(one)
    first, *others = stores
    core.database.write(first.apply, of=agency)
    for other in others:
        with pytest.raises(Changed):
            core.database.write(other.apply, of=agency)


@pytest.mark.parametrize("engine", ENGINES)
def test_two_who_change_a_unit_at_once_do_not_both(store, step):
    step(lambda s: s.units.save(Unit("u1", "กองคลัง")))
    at_once(
        store,
        lambda s: s.units.save(replace(s.units.get("u1"), name="กองการคลัง")),
        lambda s: s.units.save(replace(s.units.get("u1"), closed_on=TODAY)),
    )
    assert step(lambda s: s.units.get("u1")) == Unit("u1", "กองการคลัง")


@pytest.mark.parametrize("engine", ENGINES)
def test_two_who_change_a_committee_at_once_do_not_both(store, step):
    step(lambda s: s.committees.save(Committee("c1", "ก")))
    one, other = (Committee("c1", "ก", (Seat(person),)) for person in ("p1", "p2"))
    at_once(store, lambda s: s.committees.save(one), lambda s: s.committees.save(other))
    assert step(lambda s: s.committees.get("c1")) == one


def left(person):
    return person.with_posts([replace(post, until=TODAY - DAY) for post in person.posts], TODAY)


@pytest.fixture
def two_administrators(step):
    step(lambda s: s.people.meet(USER, a_person(Role.ADMIN, key="p1")))
    step(lambda s: s.people.meet(OTHER, a_person(Role.ADMIN, Role.STAFF, key="p2")))


def leaves(key):
    return lambda s: s.people.save(left(s.people.get(key, TODAY)))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("other", [leaves("p2"), lambda s: s.people.forget(s.people.get("p2", TODAY))])
def test_two_administrators_who_leave_at_once_do_not_both(store, step, two_administrators, other):
    at_once(store, leaves("p1"), other)
    assert [one.id for one in step(lambda s: s.people.with_role(Role.ADMIN, TODAY))] == ["p2"]


@pytest.mark.parametrize("engine", ["postgresql"])
def test_who_leaves_while_another_is_leaving_waits_and_looks_again(store, step, two_administrators):
    core, agency = store.house.core, store.agency
    with core.database.reading(of=agency) as connection:
        first, second = (AgencyStore(connection, core.channels.by_id(agency), core.ring) for _ in range(2))
        leaves("p1")(first)
        leaves("p2")(second)
    with ThreadPoolExecutor(1) as pool:
        with uncommitted(core.database, first.apply, of=agency):
            waiting = pool.submit(core.database.write, second.apply, of=agency)
            until_someone_waits(store.house)
        with pytest.raises(Changed):
            waiting.result(30)


@pytest.mark.parametrize("engine", ENGINES)
def test_administrators_change_what_else_they_like_at_once(store, step, two_administrators):
    core, agency = store.house.core, store.agency
    with core.database.reading(of=agency) as connection:
        stores = [AgencyStore(connection, core.channels.by_id(agency), core.ring) for _ in range(2)]
        for one, key in zip(stores, ("p1", "p2"), strict=True):
            one.people.save(one.people.get(key, TODAY).speaking("en"))
    for one in stores:
        core.database.write(one.apply, of=agency)


# ── codes to join with

INVITED = invitation("i1", Role.HEAD, "u1", "p1", TODAY)


def test_an_invitation_is_found_by_its_code_and_its_id(step):
    step(lambda s: s.invitations.save(INVITED, "K7QX93FD"))
    assert step(lambda s: s.invitations.by_code("K7QX93FD")) == INVITED
    assert step(lambda s: s.invitations.get("i1")) == INVITED
    assert step(lambda s: s.invitations.by_code("K7QX93FE")) is None
    assert step(lambda s: s.invitations.get("i2")) is None


def test_an_invitation_that_was_used_is_still_known_by_its_code(step):
    step(lambda s: s.invitations.save(INVITED, "K7QX93FD"))
    done = used(INVITED, a_person(key="p9"), TODAY)
    step(lambda s: s.invitations.save(done))
    assert step(lambda s: s.invitations.by_code("K7QX93FD")) == done


@pytest.mark.parametrize("engine", ENGINES)
def test_two_who_use_a_code_at_once_do_not_both(store, step):
    step(lambda s: s.invitations.save(INVITED, "K7QX93FD"))
    core, agency = store.house.core, store.agency
    with core.database.reading(of=agency) as connection:
        first, second = (AgencyStore(connection, core.channels.by_id(agency), core.ring) for _ in range(2))
        for one, who in ((first, "p1"), (second, "p2")):
            one.invitations.save(used(one.invitations.by_code("K7QX93FD"), a_person(key=who), TODAY))
    core.database.write(first.apply, of=agency)
    with pytest.raises(Changed):
        core.database.write(second.apply, of=agency)
    assert step(lambda s: s.invitations.get("i1")).used_by == "p1"


@pytest.mark.parametrize("engine", ENGINES)
def test_the_code_itself_is_kept_nowhere(store, step):
    step(lambda s: s.invitations.save(INVITED, "K7QX93FD"))
    (row,) = store.house.rows("SELECT * FROM invitation")
    assert not any("K7QX" in str(value) for value in row)


@pytest.mark.parametrize("engine", ENGINES)
def test_codes_are_made_that_can_be_found_in_a_message(step):
    codes = {step(lambda s: s.new_code()) for _ in range(200)}
    assert len(codes) == 200
    assert all(code_in(f"รหัส {code[:4]}-{code[4:]} ค่ะ") == code for code in codes)


def test_the_last_five_wrong_codes_of_each_are_remembered(step):
    times = [NOON + timedelta(minutes=number) for number in range(7)]
    for at in times:
        step(lambda s, at=at: s.invitations.count_wrong("p1", at))
    assert step(lambda s: list(s.invitations.wrong_codes("p1"))) == times[2:]
    assert step(lambda s: list(s.invitations.wrong_codes("p2"))) == []


# ── committees


def test_a_committee_comes_back_with_all_its_seats(step):
    seats = (Seat("p1", "ประธาน", TODAY, TODAY + DAY), Seat("p2", "กรรมการ"))
    step(lambda s: s.committees.save(Committee("c2", "ข")))
    step(lambda s: s.committees.save(Committee("c1", "ก")))
    step(lambda s: s.committees.save(Committee("c2", "ข", seats)))
    assert step(lambda s: list(s.committees.all())) == [Committee("c1", "ก"), Committee("c2", "ข", seats)]
    assert step(lambda s: s.committees.get("c2")) == Committee("c2", "ข", seats)
    assert step(lambda s: s.committees.get("c3")) is None


# ── meetings and days off


def meeting(kind, month, day):
    return Meeting(kind, date(2027, month, 1), date(2027, month, day))


def test_meetings_are_those_of_a_fiscal_year_each_month_and_kind_once(step):
    first, second = meeting(MeetingKind.STAFF, 2, 15), meeting(MeetingKind.COUNCIL, 2, 10)
    beyond = meeting(MeetingKind.STAFF, 10, 1)
    for one in (first, beyond, second, meeting(MeetingKind.STAFF, 2, 22)):
        step(lambda s, one=one: s.meetings.save(one))
    assert step(lambda s: list(s.meetings.of(2570))) == [second, replace(first, on=date(2027, 2, 22))]
    assert step(lambda s: list(s.meetings.of(2571))) == [beyond]


def test_the_countrys_days_off_are_known_and_the_agency_changes_them_for_itself(step):
    new_year, own = date(2027, 1, 1), date(2026, 12, 24)
    known = step(lambda s: s.holidays.between(own, new_year))
    assert new_year in known
    assert own not in known
    step(lambda s: s.holidays.save(own, "วันหยุดพิเศษ"))
    step(lambda s: s.holidays.save(new_year, ""))
    now = step(lambda s: s.holidays.between(own, new_year))
    assert (now[own], new_year in now) == ("วันหยุดพิเศษ", False)
    assert list(now) == sorted(now)
    assert step(lambda s: dict(s.holidays.own())) == {own: "วันหยุดพิเศษ", new_year: ""}
    step(lambda s: s.holidays.save(own, ""))
    assert own not in step(lambda s: s.holidays.between(own, own))


def test_meetings_and_days_off_are_what_moves_due_days(step):
    step(lambda s: s.holidays.save(date(2027, 2, 1), "วันหยุดพิเศษ"))
    step(lambda s: s.meetings.save(meeting(MeetingKind.STAFF, 2, 15)))
    days = step(lambda s: s.days(2570))
    assert not days.calendar.is_working(date(2027, 2, 1))
    assert [one.on for one in days.meetings] == [date(2027, 2, 15)]
    step(lambda s: s.holidays.save(date(2027, 10, 1), "วันหยุดหลังสิ้นปี"))
    assert not step(lambda s: s.days(2570)).calendar.is_working(date(2027, 10, 1))


# ── what is to be acknowledged

CIRCULAR = Circular("c1", "นโยบาย", "ข้อความ\nสองบรรทัด", Audience.NEWCOMERS, TODAY, "p1", "m1")


def test_a_circular_comes_back_and_the_newest_come_first(step):
    later = replace(
        CIRCULAR, id="c0", asked_on=TODAY + DAY, audience=Audience.EVERYONE, closed_on=TODAY + DAY, paper="plan:2570"
    )
    for one in (CIRCULAR, later):
        step(lambda s, one=one: s.circulars.save(one))
    assert step(lambda s: list(s.circulars.all())) == [later, CIRCULAR]
    assert step(lambda s: s.circulars.get("c1")) == CIRCULAR
    assert step(lambda s: s.circulars.get("c9")) is None


def test_the_first_acknowledgement_stands_with_its_moment(step):
    for minutes in (0, 5):
        at = NOON + timedelta(minutes=minutes)
        step(lambda s, at=at: s.circulars.acknowledge(Acknowledged("c1", "p1", at)))
    step(lambda s: s.circulars.acknowledge(Acknowledged("c1", "p2", NOON + timedelta(minutes=9))))
    assert step(lambda s: list(s.circulars.acknowledged("c1"))) == [
        Acknowledged("c1", "p1", NOON), Acknowledged("c1", "p2", NOON + timedelta(minutes=9)),
    ]  # fmt: skip
    assert step(lambda s: list(s.circulars.acknowledged_by("p1"))) == [Acknowledged("c1", "p1", NOON)]
    (read,) = step(lambda s: s.circulars.acknowledged_by("p1"))
    assert read.at.astimezone(UTC).hour == 5
    assert step(lambda s: list(s.circulars.acknowledged("c2"))) == []
