"""An executive hears once a week how the agency stands: grade, late units, what citizens wait for, what comes next."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.assessment.windows import Phase, Window
from itadomain.cases.case import Case, Kind, State
from itadomain.fiscal import FiscalYear
from itadomain.oit import register as registers
from itadomain.oit.entering import Named
from itadomain.people import Role
from itadomain.reminding import weekly
from tests.fakes import MemoryStore, a_measure, a_person, a_result, at_work

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
CASE = Case("c1", Kind.PROBLEM, "ไฟถนนดับ", date(2026, 11, 2), state=State.WORKING)


def line(store, today=MONDAY):
    found = weekly.line(store, today)
    assert found
    return found


def test_nothing_is_told_where_nothing_is_known():
    assert weekly.line(MemoryStore(), MONDAY) is None


def test_the_newest_result_is_told_as_it_is_printed():
    store = MemoryStore()
    for result in (a_result(2565), a_result(2566, "95.00", "ผ่านดีเยี่ยม")):
        store.scores.save(result)
    found = line(store)
    assert (found.fiscal_year, found.total) == (2566, Decimal("95.00"))
    assert found.grade


def test_where_no_total_is_printed_the_recomputed_one_is_told():
    store = MemoryStore()
    store.scores.save(a_result(2565, None, None))
    assert (line(store).total, line(store).fiscal_year) == (Decimal("92.40"), 2565)


def test_units_with_something_late_are_counted_not_what_is_late():
    store = at_work(*(a_measure(number) for number in range(1, 5)), today=date(2026, 10, 1))
    assert line(store, date(2026, 10, 5)).late_units == 0
    assert line(store, date(2027, 2, 1)).late_units == 2


def test_how_much_is_published_is_told_once_the_year_has_items():
    store = MemoryStore()
    registers.add(store, 2570, [Named(1, "โครงสร้าง"), Named(5, "ข้อมูลการติดต่อ")])
    assert line(store).published == (0, 2)
    contact = registers.give(store, registers.item_of(store, 2570, 5), "u1")
    registers.publish(store, contact, "https://a.go.th/", a_person(), MONDAY)
    assert line(store).published == (1, 2)


def test_what_is_late_of_the_year_before_is_counted_too():
    store = at_work(a_measure(1), today=date(2026, 10, 1))
    assert line(store, date(2027, 11, 1)).late_units == 1


def test_open_and_overdue_cases_are_those_of_the_figures():
    store = MemoryStore()
    long_ago = date(2026, 3, 2)  # of the fiscal year before
    for case in (
        CASE,
        replace(CASE, id="c2", due=date(2026, 11, 20), accepted_on=date(2026, 11, 3)),
        replace(CASE, id="c3", state=State.CLOSED, over_on=date(2026, 11, 5)),
        replace(CASE, id="c4", kind=Kind.REQUEST),
        replace(CASE, id="c5", filed_on=long_ago, due=date(2026, 3, 20)),
        replace(CASE, id="c6", filed_on=long_ago, state=State.CLOSED, over_on=date(2026, 4, 1)),
    ):
        store.cases.add(case)
    assert (line(store).open_cases, line(store).overdue_cases) == (3, 2)


def test_the_next_window_of_the_assessment_is_told():
    store = MemoryStore()
    year = FiscalYear(2570)
    for phase, first, last in (
        (Phase.EIT, date(2027, 3, 1), date(2027, 4, 30)),
        (Phase.IIT, date(2027, 2, 1), date(2027, 3, 30)),
    ):
        store.windows.save(Window(year, phase, first, last))
    assert getattr(line(store).next_window, "phase", None) is Phase.IIT


@pytest.fixture
def staffed():
    store = MemoryStore()
    people = [store.people.meet(f"U{role}", a_person(role)) for role in Role]
    return store, people


def test_only_executives_hear_it_from_the_first_working_day_of_the_week_and_once(staffed):
    store, people = staffed
    mayor = next(one for one in people if Role.EXECUTIVE in one.roles)
    assert weekly.hearing(store, people, date(2026, 11, 22)) == []  # a Sunday
    assert weekly.hearing(store, people, MONDAY) == [mayor]
    store.holidays.save(MONDAY, "วันหยุดพิเศษ")
    assert weekly.hearing(store, people, MONDAY) == []
    assert weekly.hearing(store, people, TUESDAY) == [mayor]
    store.reminders.save(replace(store.reminders.of(mayor.id), week_told=weekly.monday_of(TUESDAY)))
    assert weekly.hearing(store, people, TUESDAY) == []
    assert weekly.hearing(store, people, date(2026, 11, 30)) == [mayor]


def test_the_line_waits_a_day_for_an_answer_to_ride_on():
    store = MemoryStore()
    days = [MONDAY + timedelta(days=ahead) for ahead in range(7)]
    assert [day for day in days if weekly.waits(store, day)] == [MONDAY]
    store.holidays.save(MONDAY, "วันหยุดพิเศษ")
    assert [day for day in days if weekly.waits(store, day)] == [TUESDAY]


@given(st.sets(st.integers(0, 6)))
def test_whatever_days_are_off_the_line_of_a_week_in_which_somebody_works_has_a_day_to_be_pushed(off):
    """It never waits past the last working day."""
    store = MemoryStore()
    days = [MONDAY + timedelta(days=ahead) for ahead in range(7)]
    for ahead in off:
        store.holidays.save(days[ahead], "วันหยุดพิเศษ")
    working = [day for day in days[:5] if days.index(day) not in off]
    assert [day for day in working if not weekly.waits(store, day)] == (working[1:] or working)
