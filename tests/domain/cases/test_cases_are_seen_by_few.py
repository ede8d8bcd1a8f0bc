"""The access matrix of general cases: every role, in the case's unit or another, against every move."""

from dataclasses import replace
from datetime import date

import pytest

from itadomain.cases.case import Case, Kind, State
from itadomain.cases.moves import Actor, Move, allowed
from itadomain.cases.sight import actors, must_read, reads, units_seen
from itadomain.organisation import Unit
from itadomain.people import Person, Post, Role
from itadomain.refusals import Refusal

TODAY = date(2026, 11, 20)
UNITS = (Unit("u0", "สำนักปลัด", secretariat=True), Unit("u1", "กองช่าง"), Unit("u2", "กองคลัง"))
CASE = Case("c1", Kind.PROBLEM, "ไฟดับ", TODAY, reporter="villager", unit="u1", state=State.ASSIGNED)


def a_person(*posts: Post, key: str = "somebody") -> Person:
    return Person(key).with_posts(posts, TODAY)


#: Who, the post, whether they read the case of กองช่าง, and as whom they act on it.
MATRIX = [
    ("nobody", (), False, set()),
    ("staff of the unit", (Post(Role.STAFF, "u1"),), False, set()),
    ("staff of another unit", (Post(Role.STAFF, "u2"),), False, set()),
    ("head of the unit", (Post(Role.HEAD, "u1"),), True, {Actor.UNIT}),
    ("head of another unit", (Post(Role.HEAD, "u2"),), False, set()),
    ("officer of the unit", (Post(Role.OFFICER, "u1"),), True, {Actor.UNIT}),
    ("officer of another unit", (Post(Role.OFFICER, "u2"),), False, set()),
    ("officer of the agency", (Post(Role.OFFICER),), True, {Actor.DESK}),
    ("officer of the secretariat", (Post(Role.OFFICER, "u0"),), True, {Actor.DESK}),
    ("staff of the secretariat", (Post(Role.STAFF, "u0"),), False, set()),
    ("executive", (Post(Role.EXECUTIVE),), True, set()),
    ("administrator", (Post(Role.ADMIN),), False, set()),
    ("integrity officer", (Post(Role.INTEGRITY),), False, set()),
    ("officer whose post is over", (Post(Role.OFFICER, "u1", until=date(2026, 11, 19)),), False, set()),
    ("officer whose post begins tomorrow", (Post(Role.OFFICER, since=date(2026, 11, 21)),), False, set()),
]


@pytest.mark.parametrize(("posts", "may_read", "acts"), [row[1:] for row in MATRIX], ids=[row[0] for row in MATRIX])
def test_who_reads_a_case_and_who_acts_on_it(posts, may_read, acts):
    person = a_person(*posts)
    assert reads(CASE, person, UNITS, TODAY) is may_read
    assert actors(CASE, person, UNITS, TODAY) == acts
    able = {move for actor in actors(CASE, person, UNITS, TODAY) for move in allowed(CASE, actor, TODAY)}
    assert bool(able) is bool(acts)
    assert not able & {Move.CONFIRM, Move.CANCEL, Move.REOPEN, Move.TELL_MORE}


def test_the_reporter_is_only_the_reporter_whatever_else_they_are():
    person = a_person(Post(Role.HEAD, "u1"), Post(Role.OFFICER), key="villager")
    assert actors(CASE, person, UNITS, TODAY) == {Actor.REPORTER}


def test_whom_a_case_was_given_to_works_on_it():
    given = replace(CASE, officer="somebody")
    assert actors(given, a_person(Post(Role.STAFF, "u1")), UNITS, TODAY) == {Actor.UNIT}
    assert actors(given, a_person(Post(Role.STAFF, "u2")), UNITS, TODAY) == set()


def test_what_is_not_there_is_refused_in_the_same_words():
    stranger = a_person(Post(Role.STAFF, "u2"))
    with pytest.raises(Refusal) as theirs:
        must_read(CASE, stranger, UNITS, TODAY)
    with pytest.raises(Refusal) as missing:
        must_read(None, stranger, UNITS, TODAY)
    assert (theirs.value.key, theirs.value.facts) == (missing.value.key, missing.value.facts)


def test_lists_show_what_may_be_read():
    assert units_seen(a_person(Post(Role.OFFICER)), UNITS, TODAY) is None
    assert units_seen(a_person(Post(Role.EXECUTIVE)), UNITS, TODAY) is None
    assert units_seen(a_person(Post(Role.HEAD, "u1"), Post(Role.STAFF, "u2")), UNITS, TODAY) == ("u1",)
    with pytest.raises(Refusal):
        units_seen(a_person(Post(Role.ADMIN)), UNITS, TODAY)


@pytest.mark.parametrize("post", [Post(Role.HEAD, "u1"), Post(Role.OFFICER), Post(Role.EXECUTIVE)])
def test_who_reported_it_reads_no_notes_of_officers(post):
    person = a_person(post, key="villager")
    assert not reads(CASE, person, UNITS, TODAY)
    with pytest.raises(Refusal, match=r"^case\.your_own$"):
        must_read(CASE, person, UNITS, TODAY)
