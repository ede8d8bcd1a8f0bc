"""Who hears next is told with the week's reminder where days off part the two, and needs no message of its own."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from itadomain.cases.deadlines import working_days
from itadomain.fiscal import FiscalYear
from itadomain.measures import Obligation
from itadomain.people import Role
from itadomain.reminding import digests, told
from itadomain.reminding.reminded import Level
from itadomain.reminding.rungs import Rung
from itadomain.reminding.steps import Steps
from itadomain.workdays import Calendar
from tests.fakes import UNITS, MemoryStore, a_person

DUE, OFF = date(2027, 3, 31), date(2027, 4, 6)  # a Wednesday; the Tuesday after it, between the week and the step
CLERK, HEAD = a_person(Role.STAFF, unit="กองคลัง", key="p1"), a_person(Role.HEAD, unit="กองคลัง", key="h1")
DUTY = Obligation("o1", "m2", "กองคลัง", FiscalYear(2570), place=2, slot=DUE, due=DUE, reported_for=date(2026, 12, 31))
AHEAD = [DUE + timedelta(number) for number in range(30)]


def an_office(*off):
    store = MemoryStore()
    for unit in UNITS:
        store.units.save(unit)
    for one in (CLERK, HEAD):
        store.people.meet(f"U{one.id}", one)
    store.obligations.save(DUTY)
    for day in off:
        store.holidays.save(day, "วันหยุดพิเศษ")
    return store


def lived(store, days=AHEAD):
    """What the clerk and the head are told on each day: who hears next, or that they hear now."""
    found = {}
    for day in days:
        now = datetime.combine(day, time(9), UTC)
        sent = digests.look(store, now).waiting
        told.note_all(store, sent, now, pushed=True)
        found |= {(one.to.id, day): one for one in sent}
    return found


def test_a_day_off_between_them_takes_no_message_of_its_own():
    found = lived(an_office(OFF))
    week = DUE + timedelta(7)
    (item,) = found["p1", week].items
    assert (item.rung, item.next) == (Rung.LATE, Level.HEAD)
    assert [day for who, day in found if who == "p1" and week < day < week + timedelta(7)] == []
    assert min(day for who, day in found if who == "h1") == date(2027, 4, 9)  # the sixth working day, as ever


def test_where_the_week_was_not_told_on_its_day_it_is_told_the_day_before():
    found = lived(an_office(OFF), [day for day in AHEAD if day != DUE + timedelta(7)])
    warned = min(day for (who, day), one in found.items() if who == "p1" and any(item.next for item in one.items))
    assert warned == date(2027, 4, 8)


@given(st.sets(st.sampled_from(AHEAD[1:]), max_size=8), st.sets(st.sampled_from(AHEAD), max_size=5))
def test_whatever_days_are_off_or_missed_a_superior_hears_after_the_unit_and_never_early(off, missed):
    store = an_office(*off)
    found = lived(store, [day for day in AHEAD if day not in missed])
    calendar = Calendar(store.holidays.between(DUE, AHEAD[-1]))
    warned = [day for (who, day), one in found.items() if who == "p1" and any(item.next for item in one.items)]
    heard = [day for (who, day), one in found.items() if who == "h1" and one.raised]
    assert len(heard) <= 1
    for day in heard:
        assert min(warned) < day
        assert working_days(DUE, day, calendar) >= Steps().head
        assert working_days(min(warned), day, calendar) <= 3 or missed
