"""Before a month begins it is known how many reminders it takes, how many fit, and who would not be reached."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.allowance import Allowance
from itadomain.fiscal import FiscalYear
from itadomain.people import Person, Role
from itadomain.plans import keep_plan
from itadomain.reminding import chosen, reserve
from itadomain.reminding.forecast import forecast, spread, to_tell
from itadomain.reminding.rungs import Rung
from tests.fakes import UNITS, MemoryStore, a_measure, a_person

TODAY, DECEMBER = date(2026, 11, 25), date(2026, 12, 1)
DAYS = st.sets(st.sampled_from([DECEMBER + timedelta(days=ahead) for ahead in range(31)]), max_size=6)


@given(st.dictionaries(st.sampled_from([f"p{no}" for no in range(9)]), DAYS), st.none() | st.integers(0, 30))
def test_everybody_has_one_before_anybody_has_a_second(days, fits):
    people = [Person(name) for name in sorted(days)]
    found = spread(DECEMBER, days, fits, people)
    assert found.reminders == sum(len(those) for those in days.values())
    assert found.people == sum(bool(those) for those in days.values())
    assert len(found.unreached) == (0 if fits is None else max(0, found.people - fits))
    assert found.short == (0 if fits is None else max(0, found.reminders - fits))
    first = {name: min(those) for name, those in days.items() if those}
    beyond = {one.id for one in found.unreached}
    assert beyond <= set(first)
    assert all(first[one] <= first[other] for one in first.keys() - beyond for other in beyond)


def an_agency(cadence, *people, period="ตลอดปีงบประมาณ"):
    store = MemoryStore(known_allowance=Allowance(300, 0))
    for unit in UNITS:
        store.units.save(unit)
    plan = [a_measure(2, plan_year=FiscalYear(2570), period=period, follow_up=cadence)]
    store.measures.kept += plan
    keep_plan(store, plan, UNITS, date(2026, 10, 1))
    for number, one in enumerate(people):
        store.people.meet(f"U{number}", one)
    return store


CLERK, MAYOR = a_person(Role.STAFF, unit="กองคลัง"), a_person(Role.EXECUTIVE)


def dues_of(store):
    return sorted({one.due for one in store.obligations.kept.values()})


def test_a_due_day_of_the_month_takes_a_reminder_before_it_and_one_on_it():
    store = an_agency("รายงานทุกไตรมาส", CLERK)
    assert dues_of(store) == [date(2027, 1, 4)]  # 31 December and what follows are days off
    found = forecast(store, TODAY)
    assert (found.month, found.reminders, found.people, found.fits) == (DECEMBER, 1, 1, 240)
    assert forecast(store, date(2026, 12, 25)).reminders == 1  # in January: on the day
    assert forecast(store, date(2026, 10, 25)).reminders == 0


def test_who_has_left_the_account_takes_none():
    assert forecast(an_agency("รายงานทุกไตรมาส", replace(CLERK, away_since=DECEMBER)), TODAY).reminders == 0


def test_two_people_of_a_unit_take_two_and_executives_one_a_week():
    store = an_agency("รายงานทุกไตรมาส", CLERK, CLERK, MAYOR)
    weeks = 5  # the second working days: 1, 9, 15, 22 and 29 December; the 7th is a day off
    assert forecast(store, TODAY).reminders == 2 + weeks


def test_what_the_agency_chose_beside_is_counted():
    store = an_agency("รายงานทุกไตรมาส", CLERK)
    before = forecast(store, TODAY).reminders
    chosen.choose_rungs(store.settings, {Rung.DAY_BEFORE})
    assert forecast(store, TODAY).reminders == before + 1


def test_the_middle_of_a_first_round_is_counted_from_where_its_measure_begins():
    store = an_agency("รายงานทุกไตรมาส", CLERK, period="ม.ค. - มี.ค. 2570")
    assert dues_of(store) == [date(2027, 3, 31)]
    chosen.choose_rungs(store.settings, {Rung.HALFWAY})
    assert forecast(store, TODAY).reminders == 0  # the plan's own beginning would put it on 30 December
    assert forecast(store, date(2027, 1, 25)).reminders == 1  # 12 February


def test_what_is_late_now_is_counted_weekly():
    store = an_agency("รายงานทุกไตรมาส", CLERK)
    in_january = forecast(store, date(2027, 1, 25))
    assert in_january.month == date(2027, 2, 1)
    assert in_january.reminders == 4  # 1, 8, 15 and 22 February


def test_where_messages_do_not_suffice_those_whose_turn_comes_last_are_named():
    store = an_agency("รายงานทุกไตรมาส", CLERK, CLERK, CLERK)
    store.known_allowance = Allowance(2, 0)
    reserve.choose(store.settings, 0)
    assert [one.id for one in forecast(store, TODAY).unreached] == ["p3"]


@pytest.mark.parametrize("allowance", [None, Allowance(None, 9)])
def test_where_nothing_limits_them_everybody_is_reached(allowance):
    store = an_agency("รายงานทุกไตรมาส", CLERK)
    store.known_allowance = allowance
    found = forecast(store, TODAY)
    assert (found.fits, found.short, found.unreached) == (None, 0, [])


def test_it_is_told_once_a_month_on_the_first_working_day_from_the_25th():
    store, day, told = MemoryStore(), date(2026, 10, 1), []
    while day < date(2027, 1, 1):
        if to_tell(store, day):
            told.append(day)
        day += timedelta(days=1)
    assert told == [date(2026, 10, 26), date(2026, 11, 25), date(2026, 12, 25)]
