"""While there is time, whoever reported last has the message; from the due day on everybody who reports has it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.fiscal import FiscalYear
from itadomain.measures import Obligation, Standing
from itadomain.people import Role
from itadomain.progress import Report
from itadomain.reminding import chosen, digests, told
from itadomain.reminding.rungs import ADDITIONAL, Rung, days
from itadomain.workdays import Calendar
from tests.fakes import UNITS, MemoryStore, a_person

DUE, BEFORE = date(2027, 3, 31), date(2026, 12, 31)
WEEK_BEFORE, LATE = DUE - timedelta(7), DUE + timedelta(7)
STAFF = [a_person(Role.STAFF, unit="กองคลัง", key=f"p{no}") for no in range(4)]
ELSEWHERE = a_person(Role.STAFF, unit="กองช่าง", key="p9")
DUTY = Obligation("o1", "m2", "กองคลัง", FiscalYear(2570), place=2, slot=DUE, due=DUE, reported_for=BEFORE)
NAMES = [one.id for one in STAFF]


def at(day, hour=9):
    return datetime.combine(day, time(hour), UTC)


def a_report(number, by, duty="o1"):
    return Report(f"r{number}", duty, "m2", "กองคลัง", FiscalYear(2570), BEFORE, by, Standing.WORKING, "ทำแล้ว")


def an_office(*reporters, people=STAFF[:2], duties=(DUTY,)):
    """A unit that reported, by these people one after another."""
    store = MemoryStore()
    for unit in UNITS:
        store.units.save(unit)
    for one in (*people, ELSEWHERE):
        store.people.meet(f"U{one.id}", one)
    store.obligations.save(*duties)
    for number, by in enumerate(reporters):
        store.reports.save(a_report(number, by))
    return store


def pushed(store, day):
    """What each is told by the clock on a day, by their ids."""
    sent = digests.look(store, at(day)).waiting
    told.note_all(store, sent, at(day), pushed=True)
    return {one.to.id: [(item.obligation.id, item.rung) for item in one.items] for one in sent}


def test_before_the_day_who_reported_last_and_from_then_on_everybody():
    store = an_office("p0", "p1")
    assert [sorted(pushed(store, day)) for day in (WEEK_BEFORE, DUE, LATE)] == [["p1"], ["p0", "p1"], ["p0", "p1"]]


def test_where_nobody_reported_yet_everybody_is_told():
    assert sorted(pushed(an_office(duties=(replace(DUTY, reported_for=None),)), WEEK_BEFORE)) == ["p0", "p1"]


@pytest.mark.parametrize("reporter", ["p9", "p7"])  # of another unit by now; gone altogether
def test_where_who_reported_last_is_not_there_any_more_everybody_is_told(reporter):
    assert sorted(pushed(an_office(reporter), WEEK_BEFORE)) == ["p0", "p1"]


def test_where_who_reported_last_has_left_the_account_everybody_is_told():
    people = [STAFF[0], replace(STAFF[1], away_since=BEFORE)]
    assert list(pushed(an_office("p1", people=people), WEEK_BEFORE)) == ["p0"]


def test_a_colleague_hears_of_it_under_an_answer():
    store = an_office("p1")
    assert [item.rung for item in digests.of(store, STAFF[0], at(WEEK_BEFORE)).items] == [Rung.WEEK_BEFORE]


def test_a_colleague_hears_of_it_along_with_what_is_theirs():
    other = replace(DUTY, id="o2", place=1, slot=WEEK_BEFORE, due=WEEK_BEFORE)
    store = an_office("p1", duties=(DUTY, other))
    both = [("o2", Rung.ON_THE_DAY), ("o1", Rung.WEEK_BEFORE)]
    assert pushed(store, WEEK_BEFORE) == {"p0": both, "p1": both}


@given(
    st.integers(1, 4),
    st.lists(st.sampled_from([*NAMES, "p7", "p9"]), max_size=3),
    st.frozensets(st.sampled_from(NAMES), max_size=2),
    st.frozensets(st.sampled_from(ADDITIONAL)),
)
def test_whoever_reports_every_rung_reaches_somebody_on_its_day_and_from_the_due_day_on_everybody(
    count, reporters, away, extra
):
    people = [replace(one, away_since=BEFORE) if one.id in away else one for one in STAFF[:count]]
    there = {one.id for one in people if not one.away}
    store = an_office(*reporters, people=people)
    chosen.choose_rungs(store.settings, extra)
    calendar = Calendar(store.holidays.between(BEFORE, LATE + timedelta(30)))
    for rung, day in days(DUE, BEFORE + timedelta(1), extra, calendar, LATE):
        heard = pushed(store, day)
        one = {reporters[-1]} & there if reporters else set()
        assert set(heard) == (there if day >= DUE else one or there)
        assert all(items == [("o1", rung)] for items in heard.values())
