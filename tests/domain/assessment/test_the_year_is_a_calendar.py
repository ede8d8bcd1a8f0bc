"""The year of an agency day by day, and what one person has of it in a calendar of their own."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain import agenda
from itadomain.agenda import Kind, number_of, of_person, of_year, renew
from itadomain.assessment.entering import entered
from itadomain.assessment.windows import Phase
from itadomain.fiscal import FiscalYear
from itadomain.meetings import Meeting
from itadomain.organisation import Unit
from itadomain.people import Role
from itadomain.periods import MeetingKind
from itadomain.plans import keep_plan
from itadomain.reminding import chosen
from itadomain.reminding.rungs import ADDITIONAL, Rung, days
from tests.fakes import TODAY, a_measure, a_person, an_agency

SECRETARIAT, TREASURY = "สำนักปลัด", "กองคลัง"
STAFF = a_person(Role.STAFF, unit=TREASURY, key="p1")


@pytest.fixture
def store():
    """Four measures of this year, two of each unit, reported on every quarter."""
    store = an_agency()
    for name in (SECRETARIAT, TREASURY):
        store.units.save(Unit(name, name, secretariat=name == SECRETARIAT))
    keep_plan(store, [a_measure(no, plan_year=FiscalYear(2570)) for no in range(1, 5)], store.units.all(), TODAY)
    store.windows.save(entered(Phase.EIT, date(2027, 4, 1), date(2027, 6, 30), TODAY))
    store.windows.save(entered(Phase.RESULTS, date(2027, 8, 10), date(2027, 8, 15), TODAY))
    store.meetings.save(Meeting(MeetingKind.STAFF, date(2027, 2, 1), date(2027, 2, 15)))
    return store


def of(entries, *kinds):
    return [one for one in entries if one.kind in kinds]


def test_every_due_day_of_every_unit_stands_there_in_order(store):
    entries = of_year(store, 2570)
    assert [one.day for one in entries] == sorted(one.day for one in entries)
    quarters = [date(2027, 1, 4), date(2027, 3, 31), date(2027, 6, 30), date(2027, 9, 30)]
    for unit in (SECRETARIAT, TREASURY):
        due = [one for one in of(entries, Kind.DUE) if one.unit == unit]
        assert sorted({one.day for one in due}) == quarters
        assert len(due) == 2 * 4
        assert {one.measure.owners for one in due} == {(unit,)}


@given(st.sets(st.sampled_from(ADDITIONAL)))
def test_each_due_day_has_the_reminders_of_its_rungs(rungs):
    store = an_agency()
    store.units.save(Unit(TREASURY, TREASURY))
    keep_plan(store, [a_measure(2, plan_year=FiscalYear(2570))], store.units.all(), TODAY)
    chosen.choose_rungs(store.settings, rungs)
    entries, opens = of_year(store, 2570), date(2026, 10, 1)
    for due in of(entries, Kind.DUE):
        told = [(one.rung, one.day) for one in of(entries, Kind.REMINDER) if one.slot == due.slot]
        assert told == list(days(due.day, opens, frozenset(rungs), store.days(2570).calendar, due.day))
        assert (Rung.ON_THE_DAY, due.day) in told
        opens = due.slot + timedelta(days=1)


def test_what_is_reported_stands_there_and_is_not_reminded_of(store):
    duty = next(one for one in store.obligations.of_year(2570) if one.unit == TREASURY)
    store.obligations.save(replace(duty, reported_for=date(2027, 3, 31)))
    mine = [one for one in of_year(store, 2570) if one.duty == duty.id]
    assert [one.reported for one in of(mine, Kind.DUE)] == [True, True, False, False]
    assert {one.slot for one in of(mine, Kind.REMINDER)} == {date(2027, 6, 30), date(2027, 9, 30)}


def test_windows_and_meetings_stand_on_their_days_and_results_on_one(store):
    entries = of(of_year(store, 2570), Kind.OPENS, Kind.CLOSES, Kind.MEETING)
    assert [(one.day, one.kind) for one in entries] == [
        (date(2027, 2, 15), Kind.MEETING), (date(2027, 4, 1), Kind.OPENS), (date(2027, 6, 30), Kind.CLOSES),
        (date(2027, 8, 10), Kind.OPENS),
    ]  # fmt: skip


def test_a_year_of_which_nothing_is_known_is_empty():
    assert of_year(an_agency(), 2571) == []


def test_a_person_sees_what_their_own_units_have_yet_to_report_and_the_windows(store):
    duty = next(one for one in store.obligations.of_year(2570) if one.unit == TREASURY)
    store.obligations.save(replace(duty, reported_for=date(2027, 3, 31)))
    entries = of_person(store, STAFF, TODAY)
    assert {one.unit for one in of(entries, Kind.DUE)} == {TREASURY}
    assert len(of(entries, Kind.DUE)) == 4 + 2
    assert of(entries, Kind.REMINDER) == []
    assert len(of(entries, Kind.OPENS, Kind.CLOSES)) == 3


def test_who_has_no_unit_sees_the_windows_alone(store):
    assert {one.kind for one in of_person(store, a_person(Role.ADMIN), TODAY)} == {Kind.OPENS, Kind.CLOSES}


def test_a_calendar_of_ones_own_has_an_end_and_leaves_out_what_is_long_over(store):
    assert min(one.day for one in of_person(store, STAFF, date(2027, 9, 1))) == date(2027, 8, 10)
    assert len(of_person(store, STAFF, TODAY)) <= agenda.MOST_SHOWN
    many = [
        a_measure(no, plan_year=FiscalYear(2570), follow_up="รายงานทุกเดือน", owners=(TREASURY,), title=f"เรื่องที่ {no}")
        for no in range(5, 60)
    ]
    keep_plan(store, many, store.units.all(), TODAY)
    assert len(of_person(store, STAFF, TODAY)) == agenda.MOST_SHOWN


def test_an_address_counts_until_another_is_wanted(store):
    assert [
        number_of(store, "p1"),
        renew(store, "p1"),
        renew(store, "p1"),
        number_of(store, "p1"),
        number_of(store, "p2"),
    ] == [1, 2, 3, 3, 1]
