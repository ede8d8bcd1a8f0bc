"""What holds for posts, codes, units, committees and days however they are used."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain import committees, invitations, units
from itadomain.acknowledgements import Acknowledged, Audience, asked, circular, missing, open_for
from itadomain.organisation import SIGNS, Committee, Seat, Unit, folded, unit_named
from itadomain.people import Person, Post, Role
from itadomain.periods import MeetingKind
from itadomain.posts import A_DAY, appointed, keep_an_administrator, posted, relieved, standing
from itadomain.refusals import Refusal
from itadomain.said_days import day_said, meeting_said, month_said

TODAY = date(2026, 11, 20)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
POSTS = st.builds(
    Post, st.sampled_from(Role), st.sampled_from(["", "u1", "u2"]), st.none() | DAYS, st.none() | DAYS, st.booleans()
)
PEOPLE = st.builds(
    lambda key, posts: Person(key).with_posts(posts, TODAY), st.sampled_from("abcd"), st.lists(POSTS, max_size=4)
)
TEXTS = st.text() | st.text(alphabet="วันที่ประชุมพนักงาน ก.พ. 0123456789๑๒๓-/ธ.ค.69")


def refused(call, *arguments):
    try:
        return call(*arguments), None
    except Refusal as refusal:
        return None, refusal.key


# ── posts


@given(PEOPLE, DAYS, DAYS)
def test_whoever_is_relieved_holds_nothing_after_the_last_day_and_nothing_is_forgotten(person, last, day):
    after = relieved(person, person.posts, last, TODAY)
    assert len(after.posts) == len(person.posts)
    assert [(post.role, post.unit, post.since) for post in after.posts] == [
        (p.role, p.unit, p.since) for p in person.posts
    ]
    if day > last:
        assert not after.on(day).roles
    else:
        assert after.on(day).roles == person.on(day).roles


@given(PEOPLE, POSTS)
def test_a_post_is_taken_once(person, post):
    once = appointed(person, replace(post, until=None), TODAY)
    assert appointed(once, replace(post, until=None), TODAY) == once
    assert len(once.posts) <= len(person.posts) + 1


@given(PEOPLE, POSTS)
def test_whoever_takes_a_post_holds_it_from_its_first_day_on(person, post):
    """Whatever they hold already, and if it is the same from a later day."""
    post = replace(post, since=post.since or TODAY, until=None)
    after = appointed(person, post, TODAY)
    first = max(post.since, TODAY)
    assert any((held.role, held.unit, held.until) == (post.role, post.unit, None) and held.held_on(first)
               for held in after.posts)  # fmt: skip


def test_a_start_that_is_nearer_takes_the_place_of_a_later_one():
    coming = Post(Role.HEAD, "u1", TODAY + 30 * A_DAY)
    person = Person("a").with_posts([coming], TODAY)
    after = appointed(person, replace(coming, since=TODAY), TODAY)
    assert (after.posts, after.roles) == ((replace(coming, since=TODAY),), {Role.HEAD})
    assert appointed(after, coming, TODAY) == after


@given(PEOPLE, st.lists(st.builds(Post, st.sampled_from(Role), st.sampled_from(["", "u1"])), max_size=3))
def test_who_is_posted_anew_has_those_roles_and_no_others(person, posts):
    after = posted(person, posts, TODAY)
    assert {post.role for post in standing(after, TODAY)} == {post.role for post in posts}
    assert after.posts[: len(person.posts)] != () or not person.posts
    assert len(after.posts) >= len(person.posts)


@given(st.lists(PEOPLE, max_size=5, unique_by=lambda one: one.id), PEOPLE, st.data())
def test_an_agency_that_has_an_administrator_for_good_keeps_one(others, person, data):
    """Whatever is ended, at whatever day, and however many act meanwhile."""
    everyone = {one.id: one for one in (*others, person)}

    def lasting():
        return any(
            post.role is Role.ADMIN and post.held_on(TODAY) and post.until is None
            for one in everyone.values()
            for post in one.posts
        )

    had_one = lasting()
    for one in list(everyone.values()):
        ending = [post for post in one.posts if data.draw(st.booleans())]
        after = relieved(one, ending, data.draw(DAYS), TODAY)
        _, no = refused(
            keep_an_administrator, [p for p in everyone.values() if Role.ADMIN in p.roles], one, after, TODAY
        )
        everyone[one.id] = one if no else after
    assert lasting() == had_one


# ── codes


@given(
    st.text(alphabet=SIGNS, min_size=8, max_size=8).filter(invitations.is_code),
    st.sampled_from(["", "-", " ", "–"]),
    st.booleans(),
)
def test_a_code_is_read_as_it_was_told(code, between, small):
    typed = code[:4] + between + code[4:]
    typed = typed.replace("0", "O").replace("1", "l")
    assert invitations.code_in(f"รหัสของฉันคือ {typed.lower() if small else typed} ค่ะ") == code


@given(st.text())
def test_any_text_has_a_code_or_is_refused(text):
    code, no = refused(invitations.code_in, text)
    assert no == "enrol.no_code" if code is None else invitations.is_code(code)


@given(st.text())
def test_any_name_is_kept_in_one_line_or_refused(text):
    name, no = refused(invitations.name_said, text)
    assert no == "enrol.no_name" if name is None else name == " ".join(name.split())


def test_the_example_of_a_code_opens_nothing():
    assert refused(invitations.code_in, invitations.EXAMPLE) == (None, "enrol.no_code")


@given(st.lists(st.integers(-7200, 0), max_size=9))
def test_whoever_sent_five_wrong_codes_within_the_hour_waits(seconds):
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    wrong = [now + timedelta(seconds=second) for second in seconds]
    _, no = refused(invitations.have_patience, wrong, now)
    assert (no == "enrol.wait") == (sum(second > -3600 for second in seconds) >= 5)


# ── units

NAMES = ["สำนักปลัด", "กองคลัง", "กอง คลัง", "กองช่าง", "ก.คลัง", "สำนักงานปลัด", ""]


@given(
    st.lists(
        st.tuples(st.sampled_from(["add", "rename", "close", "lead"]), st.sampled_from(NAMES), st.integers(0, 4)),
        max_size=12,
    )
)
def test_units_never_share_a_name_and_at_most_one_leads(acts):
    known = []
    for number, (act, name, which) in enumerate(acts):
        one = known[which % len(known)] if known else None
        if act == "add":
            made, _ = refused(units.added, f"u{number}", name, known)
            known += [made] if made else []
        elif one and act == "rename":
            made, _ = refused(units.renamed, one, name, known)
            known = [made if made and unit.id == one.id else unit for unit in known]
        elif one and act == "close":
            known = [unit for unit in known if unit.id != units.closed(one, 0, 0, TODAY).id]
        elif one:
            changed = {unit.id: unit for unit in units.secretariat(one, known)}
            known = [changed.get(unit.id, unit) for unit in known]
            assert [unit.id for unit in known if unit.secretariat] == [one.id]
        called = [folded(name) for unit in known for name in (unit.name, *unit.aliases)]
        assert len(called) == len(set(called))
        assert sum(unit.secretariat for unit in known) <= 1
        assert all(unit_named(known, unit.name) == unit for unit in known)


def test_a_unit_that_answers_for_something_while_nobody_is_there_is_found():
    u1, u2, u3 = Unit("u1", "ก"), Unit("u2", "ข"), Unit("u3", "ค")
    here = Person("p").with_posts([Post(Role.STAFF, "u1"), Post(Role.HEAD, "u2", until=TODAY - A_DAY)], TODAY)
    assert units.unmanned([u1, u2, u3], {"u1", "u2"}, [here], TODAY) == [u2]
    assert units.unmanned([u1, u2, u3], {"u1", "u2"}, [here], TODAY - A_DAY) == []


# ── committees


@given(st.lists(st.tuples(st.booleans(), st.sampled_from("abc")), max_size=10))
def test_nobody_sits_twice_and_no_seat_is_forgotten(acts):
    committee, most = Committee("c", "คณะ"), 0
    for takes, who in acts:
        change = (
            (committees.seated, committee, Seat(who, "กรรมการ", TODAY), TODAY)
            if takes
            else (committees.unseated, committee, who, TODAY)
        )
        committee = refused(*change)[0] or committee
        sitting = [seat.person for seat in committees.sitting(committee, TODAY)]
        assert len(sitting) == len(set(sitting))
        assert len(committee.seats) >= most
        most = len(committee.seats)


# ── days and meetings in words


@given(TEXTS)
def test_any_text_is_a_day_or_refused(text):
    for said in (day_said, month_said, meeting_said):
        found, no = refused(said, text, TODAY)
        assert (found is None) == (no is not None)


@pytest.mark.parametrize(("said", "day"), [
    ("วันนี้", "2026-11-20"), ("พรุ่งนี้", "2026-11-21"), ("1 ธ.ค. 69", "2026-12-01"), ("๑ ธันวาคม ๒๕๖๙", "2026-12-01"),
    ("1/12/2569", "2026-12-01"), ("2026-12-01", "2026-12-01"), ("15 ก.พ.", "2027-02-15"), ("today", "2026-11-20"),
    ("1 ต.ค. 2570", "2027-10-01"), ("30/9/71", "2028-09-30"), ("30 ก.ย. 2569", "2026-09-30"), ("1 ต.ค.", "2026-10-01"),
])  # fmt: skip
def test_a_day_is_understood(said, day):
    assert day_said(said, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(("said", "kind", "day"), [
    ("ประชุมพนักงานเดือน ก.พ. วันที่ 15", MeetingKind.STAFF, "2027-02-15"), ("ประชุมประจำเดือนธันวาคม วันที่ ๙", MeetingKind.MONTHLY, "2026-12-09"),
    ("ประชุมสภา 3 มี.ค. 70", MeetingKind.COUNCIL, "2027-03-03"), ("วันที่ 5 ม.ค. 2570 ประชุมคณะผู้บริหาร", MeetingKind.EXECUTIVES, "2027-01-05"),
    ("ประชุมพนักงานประจำเดือนมกราคม วันที่ 5", MeetingKind.STAFF, "2027-01-05"), ("staff meeting 2027-02-15", MeetingKind.STAFF, "2027-02-15"),
])  # fmt: skip
def test_a_meeting_is_understood_in_one_sentence(said, kind, day):
    found = meeting_said(said, TODAY)
    assert (found.kind, found.on, found.month) == (
        kind,
        date.fromisoformat(day),
        date.fromisoformat(day).replace(day=1),
    )


# ── acknowledgement


@given(
    st.lists(PEOPLE, max_size=5, unique_by=lambda one: one.id),
    st.sampled_from(Audience),
    st.sets(st.sampled_from("abcd")),
)
def test_who_was_asked_has_read_it_or_is_missing(people, audience, readers):
    one = circular("c", "นโยบาย", "", audience, Person("boss"), TODAY)
    done = [Acknowledged("c", reader, datetime(2026, 11, 20, tzinfo=UTC)) for reader in readers]
    waiting = missing(one, people, done, TODAY)
    assert {person.id for person in waiting} == {person.id for person in asked(one, people, TODAY)} - readers
    assert all((one in open_for(person, [one], done, TODAY)) == (person in waiting) for person in people)
