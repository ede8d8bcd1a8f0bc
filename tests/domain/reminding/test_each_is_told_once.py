"""Who is told of what, on which day: a state that was not told yet, once, to whoever answers for it now."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itadomain.fiscal import FiscalYear
from itadomain.measures import Closing, Obligation, Standing
from itadomain.people import Post, Role
from itadomain.reminding import chosen, digests, told
from itadomain.reminding.reminded import Reminded
from itadomain.reminding.rungs import Rung, days
from itadomain.workdays import Calendar
from tests.fakes import UNITS, MemoryStore, a_measure, a_person

DUE = date(2027, 3, 31)  # a Wednesday
STAFF = a_person(Role.STAFF, unit="กองคลัง", key="p1")
OTHER = a_person(Role.STAFF, unit="กองช่าง", key="p2")
DUTY = Obligation("o1", "m2", "กองคลัง", FiscalYear(2570), place=2, slot=DUE, due=DUE, reported_for=date(2026, 12, 31))
OPENS = date(2027, 1, 1)
USUAL = [date(2027, 3, 24), DUE, date(2027, 4, 7), date(2027, 4, 16)]  # the 14th is Songkran


def at(day, hour=9, minute=0):
    return datetime.combine(day, time(hour, minute), UTC)


def an_office(*duties, people=(STAFF, OTHER)):
    store = MemoryStore()
    for unit in UNITS:
        store.units.save(unit)
    for one in people:
        store.people.meet(f"U{one.id}", one)
    store.obligations.save(*(duties or (DUTY,)))
    return store


@pytest.fixture
def store():
    return an_office()


def run(store, now):
    """The clock strikes: what is due is told."""
    sent = digests.look(store, now).waiting
    for one in sent:
        told.note(store, one, now, pushed=True)
    return [(one.to.id, item.obligation.id, item.rung) for one in sent for item in one.items]


def days_told(store, first, last):
    """Every day on which somebody was told something, the clock striking four times a day."""
    ahead = [first + timedelta(n) for n in range((last - first).days + 1)]
    return [(day, *one) for day in ahead for hour in (8, 9, 11, 15) for one in run(store, at(day, hour))]


def test_who_reports_is_told_a_week_before_on_the_day_and_weekly_after_it(store):
    found = days_told(store, date(2027, 1, 1), date(2027, 4, 20))
    assert [(day, who) for day, who, _, _ in found] == [(day, "p1") for day in USUAL]
    assert [rung for *_, rung in found] == [Rung.WEEK_BEFORE, Rung.ON_THE_DAY, Rung.LATE, Rung.LATE]


@pytest.mark.parametrize(
    "over",
    [
        {"slot": date(2027, 6, 30), "due": date(2027, 6, 30), "reported_for": DUE},
        {"standing": Standing.DONE},
        {"closed_on": date(2027, 3, 1), "closed_as": Closing.CANCELLED, "slot": None, "due": None},
        {"closed_on": date(2027, 3, 1), "closed_as": Closing.MOVED, "slot": None, "due": None},
        {"slot": None, "due": None},
    ],
)
def test_what_is_reported_cancelled_or_moved_tells_nothing(over):
    assert days_told(an_office(replace(DUTY, **over)), date(2027, 3, 1), date(2027, 4, 20)) == []


def test_a_service_that_was_down_tells_it_once_and_late(store):
    assert run(store, at(date(2027, 3, 29))) == [("p1", "o1", Rung.WEEK_BEFORE)]
    assert run(store, at(date(2027, 3, 30))) == []


def test_one_that_was_down_for_long_tells_only_the_newest(store):
    assert run(store, at(date(2027, 4, 9))) == [("p1", "o1", Rung.LATE)]
    assert run(store, at(date(2027, 4, 12))) == []


def test_whoever_takes_over_is_told_what_has_come(store):
    assert run(store, at(date(2027, 4, 7))) == [("p1", "o1", Rung.LATE)]
    store.people.save(OTHER.with_posts((*OTHER.posts, Post(Role.STAFF, "กองคลัง", acting=True)), DUE))
    assert run(store, at(date(2027, 4, 8))) == [("p2", "o1", Rung.LATE)]


def test_what_moves_to_another_unit_reminds_that_one(store):
    run(store, at(date(2027, 3, 24)))
    store.obligations.save(
        replace(DUTY, closed_on=date(2027, 3, 25), closed_as=Closing.MOVED, slot=None, due=None),
        replace(DUTY, id="o9", unit="กองช่าง"),
    )
    assert run(store, at(date(2027, 3, 25))) == [("p2", "o9", Rung.WEEK_BEFORE)]


def test_a_corrected_day_makes_no_doubled_reminder(store):
    run(store, at(date(2027, 3, 24)))
    corrected = date(2027, 4, 2)
    store.obligations.save(replace(DUTY, due=corrected))
    found = days_told(store, date(2027, 3, 25), date(2027, 4, 10))
    assert [(day, rung) for day, *_, rung in found] == [(corrected, Rung.ON_THE_DAY), (date(2027, 4, 9), Rung.LATE)]


def test_one_digest_tells_all_of_a_day_what_is_late_longest_first():
    late, later = replace(DUTY, id="o2", due=date(2027, 3, 1), slot=date(2027, 3, 1)), replace(DUTY, id="o3", place=1)
    soon = replace(DUTY, id="o4", due=date(2027, 4, 5), slot=date(2027, 4, 5))
    store = an_office(soon, DUTY, later, late)
    (digest,) = digests.look(store, at(DUE)).waiting
    assert [item.obligation.id for item in digest.items] == ["o2", "o3", "o1", "o4"]


@pytest.mark.parametrize(
    ("now", "told_something"),
    [
        (at(date(2027, 3, 27), 9), False),  # a Saturday
        (at(date(2027, 3, 26), 8), False),  # before the usual hour
        (at(date(2027, 3, 26), 9), True),
        (at(date(2027, 3, 26), 17), True),
        (at(date(2027, 3, 26), 17, 1), False),
        (at(date(2027, 3, 26), 3), False),
    ],
)
def test_nobody_is_told_on_a_day_off_or_at_night(store, now, told_something):
    assert bool(digests.look(store, now).waiting) == told_something


def test_on_a_holiday_nobody_is_told(store):
    store.holidays.save(date(2027, 3, 25), "วันหยุดพิเศษ")
    assert run(store, at(date(2027, 3, 25))) == []
    assert run(store, at(date(2027, 3, 26))) == [("p1", "o1", Rung.WEEK_BEFORE)]


def test_amid_a_conversation_nobody_is_told_until_it_is_over(store):
    store.reminders.talking.add("p1")
    assert run(store, at(DUE)) == []
    store.reminders.talking.clear()
    assert run(store, at(DUE, 11)) == [("p1", "o1", Rung.ON_THE_DAY)]


def test_who_was_reminded_by_hand_today_gets_no_digest_and_the_other_way_round(store):
    store.nudges.add("p1", DUE)
    assert run(store, at(DUE)) == []
    tomorrow = DUE + timedelta(1)
    assert run(store, at(tomorrow)) == [("p1", "o1", Rung.ON_THE_DAY)]
    assert store.nudges.on(tomorrow) == {"p1"}


def test_who_left_the_account_is_not_told(store):
    store.people.save(replace(STAFF, away_since=date(2027, 3, 1)))
    assert run(store, at(DUE)) == []


def test_who_asked_to_be_left_alone_is_told_all_of_it_on_their_day(store):
    run(store, at(date(2027, 3, 24)))
    told.remind_again(store, "p1", at(date(2027, 3, 29), 0))
    found = days_told(store, date(2027, 3, 25), DUE)
    assert [(day, rung) for day, *_, rung in found] == [
        (date(2027, 3, 29), Rung.WEEK_BEFORE),
        (DUE, Rung.ON_THE_DAY),
    ]


def test_where_a_unit_has_no_staff_its_head_is_reminded():
    head = a_person(Role.HEAD, unit="กองคลัง", key="h1")
    assert run(an_office(people=(head, OTHER)), at(DUE)) == [("h1", "o1", Rung.ON_THE_DAY)]


def test_the_opening_of_the_first_round_is_that_of_its_measure():
    first = replace(DUTY, reported_for=None)
    store = an_office(first)
    store.measures.kept.append(a_measure(2, plan_year=2570, period="1 ม.ค. 2570 - 31 มี.ค. 2570"))
    chosen.choose_rungs(store.settings, {Rung.OPENING, Rung.HALFWAY})
    found = days_told(store, date(2026, 10, 1), DUE)
    assert [(day, rung) for day, *_, rung in found] == [
        (date(2027, 1, 4), Rung.OPENING),  # after New Year's days
        (date(2027, 2, 12), Rung.HALFWAY),
        (date(2027, 3, 24), Rung.WEEK_BEFORE),
        (DUE, Rung.ON_THE_DAY),
    ]


@pytest.mark.parametrize(("ahead", "rides"), [(4, 0), (3, 1), (0, 1)])
def test_what_comes_before_the_due_day_rides_up_to_three_days_early(store, ahead, rides):
    assert len(digests.of(store, STAFF, at(date(2027, 3, 24) - timedelta(ahead))).items) == rides


def test_what_comes_on_the_due_day_rides_on_that_day_alone(store):
    run(store, at(date(2027, 3, 24)))
    assert digests.of(store, STAFF, at(DUE - timedelta(1))).empty
    assert not digests.of(store, STAFF, at(DUE)).empty


def test_what_rode_is_not_pushed(store):
    early = at(date(2027, 3, 22), 20)
    told.note(store, digests.of(store, STAFF, early), early, pushed=False)
    found = days_told(store, date(2027, 3, 23), DUE)
    assert [(day, rung) for day, *_, rung in found] == [(DUE, Rung.ON_THE_DAY)]


def test_what_was_pushed_today_does_not_ride():
    store = an_office(DUTY, replace(DUTY, id="o2"))
    run(store, at(DUE))
    assert digests.of(store, STAFF, at(DUE, 16)).empty


def test_what_is_kept_of_a_person_does_not_grow_for_ever(store):
    run(store, at(DUE))
    years_later = at(DUE + timedelta(800))
    store.obligations.save(replace(DUTY, closed_on=DUE, closed_as=Closing.DONE, slot=None, due=None))
    told.note(store, digests.Digest(STAFF), years_later, pushed=False)
    assert store.reminders.of("p1").told == {}


def test_what_is_looked_for_once_is_remembered(store):
    told.looked(store, "p1", DUE)
    assert store.reminders.of("p1") == Reminded("p1", looked_on=DUE)


@settings(deadline=None, max_examples=60)
@given(
    up=st.lists(st.booleans(), min_size=60, max_size=60),
    snoozed=st.dictionaries(st.integers(0, 59), st.integers(1, 4), max_size=2),
    rides=st.frozensets(st.integers(0, 59), max_size=10),
    extra=st.frozensets(st.sampled_from([Rung.OPENING, Rung.HALFWAY, Rung.DAY_BEFORE])),
)
def test_however_it_is_run_nothing_is_told_twice_and_nothing_left_out(up, snoozed, rides, extra):
    """Any days without a clock, any answers that something rides on: each rung at most once, the newest in the end."""
    store, first = an_office(), date(2027, 3, 1)
    chosen.choose_rungs(store.settings, extra)
    heard = []
    for number, running in enumerate(up):
        day = first + timedelta(number)
        if number in rides and not snoozed:
            digest = digests.of(store, STAFF, at(day, 7))
            heard += [item.rung for item in digest.items]
            told.note(store, digest, at(day, 7), pushed=False)
        if running:
            heard += [rung for hour in (8, 9, 11) for *_, rung in run(store, at(day, hour))]
        if number in snoozed:
            told.remind_again(store, "p1", at(day + timedelta(snoozed[number]), 0))
    last = first + timedelta(len(up) - 1)
    calendar = Calendar(store.holidays.between(first - timedelta(90), last))
    due = [rung for rung, day in days(DUE, OPENS, extra, calendar, last) if day <= last]
    if not snoozed:
        assert all(heard.count(rung) <= due.count(rung) for rung in Rung)
    ran = [first + timedelta(n) for n, running in enumerate(up) if running]
    working = [day for day in ran if calendar.is_working(day)]
    newest = max((day for rung, day in days(DUE, OPENS, extra, calendar, last)), default=last)
    if working and working[-1] >= newest and not any(n + after > len(up) - 1 for n, after in snoozed.items()):
        assert heard
        assert heard[-1] is Rung.LATE
