"""The late ladder and the month's messages as the clock plays them: through the reminders that people get."""

from datetime import date, datetime, timedelta, timezone

import pytest

from handlers.kit import Tick
from handlers.schedule.reminders import send
from itadomain.allowance import Allowance
from itadomain.people import Role
from itadomain.reminding.reminded import Level
from itadomain.workdays import Calendar
from tests.fakes import MemoryStore, a_measure, a_person, at_work

BANGKOK = timezone(timedelta(hours=7))
BEGAN, DUE = date(2026, 10, 1), date(2027, 1, 4)  # the first quarter's day, moved by days off


@pytest.fixture
def store() -> MemoryStore:
    store = at_work(a_measure(2), today=BEGAN)
    for no, (role, unit) in enumerate((
        (Role.STAFF, "กองคลัง"), (Role.STAFF, "กองคลัง"), (Role.HEAD, "กองคลัง"), (Role.HEAD, "สำนักปลัด"),
        (Role.EXECUTIVE, ""), (Role.ADMIN, ""),
    )):  # fmt: skip
        store.people.meet(f"U{no}", a_person(role, unit=unit, name=f"คนที่ {no}"))
    return store


def play(store, first, last):
    """What each person was told on which day, by the reminders of nine o'clock."""
    told, day = [], first
    while day <= last:
        nine = datetime(day.year, day.month, day.day, 9, tzinfo=BANGKOK)
        told += [(day, notice) for notice in send(Tick(day, store, nine, nine))]
        day += timedelta(days=1)
    return told


def over(store, day):
    calendar, count = Calendar(store.holidays.between(DUE, day)), 0
    while day > DUE:
        count += calendar.is_working(day)
        day -= timedelta(days=1)
    return count


def test_head_secretariat_and_executive_hear_once_and_the_staff_before(store):
    told = play(store, DUE, DUE + timedelta(days=40))
    hearing = {role: [] for role in ("p1", "p2", "p3", "p4", "p5", "p6")}
    for day, notice in told:
        hearing[notice.to.id].append(over(store, day))
    assert hearing["p3"] == [6]
    assert hearing["p4"] == [11]
    assert 16 in hearing["p5"]
    assert hearing["p6"] == []
    assert hearing["p1"] == hearing["p2"]
    assert {5, 10, 15} <= set(hearing["p1"])
    assert len(set(hearing["p1"])) == len(hearing["p1"])


def test_it_is_kept_who_was_told_that_a_superior_hears_next(store):
    fifth = next(day for day in (DUE + timedelta(days=ahead) for ahead in range(9)) if over(store, day) == 5)
    play(store, DUE, fifth)
    (kept,) = store.escalations.kept.values()
    assert (kept.warned, kept.know, kept.told) == ({Level.HEAD: fifth}, {"p1", "p2"}, {})


def test_a_report_ends_it(store):
    play(store, DUE, DUE + timedelta(days=3))
    store.obligations.kept.clear()
    told = play(store, DUE + timedelta(days=4), DUE + timedelta(days=40))
    assert {notice.to.id for _, notice in told} <= {"p5"}  # whose week is told all the same


def test_while_messages_are_few_those_who_report_hear_and_the_week_waits(store):
    store.known_allowance = Allowance(10, 6)  # two are kept for citizens
    told = play(store, DUE, DUE)
    assert [notice.to.id for _, notice in told] == ["p1", "p2"]
