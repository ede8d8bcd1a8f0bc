"""Superiors hear of what is late: each step once, in order, not before its days, a day after the unit was told so."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itadomain.cases.deadlines import working_days
from itadomain.fiscal import FiscalYear
from itadomain.lateness import told_for
from itadomain.measures import Closing, Obligation, Standing
from itadomain.people import Post, Role
from itadomain.refusals import Refusal
from itadomain.reminding import ladder
from itadomain.reminding.digest import Digest, Item, Raised
from itadomain.reminding.reminded import Level
from itadomain.reminding.rungs import Rung
from itadomain.reminding.steps import SUPERIORS, Steps, choose, said, steps
from itadomain.workdays import Calendar
from tests.fakes import UNITS, MemoryStore, a_person

CENTRAL, UNIT = "สำนักปลัด", "กองคลัง"
DUE = date(2026, 11, 2)  # a Monday
OFF = {date(2026, 11, 11): "วันหยุดพิเศษ"}
DAYS = [DUE + timedelta(days=ahead) for ahead in range(1, 45)]
DUTY = Obligation("o1", "m1", UNIT, FiscalYear(2570), slot=DUE, due=DUE)
REPORTER, HEAD = a_person(Role.STAFF, unit=UNIT), a_person(Role.HEAD, unit=UNIT)
CLERK, CHIEF, MAYOR = a_person(Role.STAFF, unit=CENTRAL), a_person(Role.HEAD, unit=CENTRAL), a_person(Role.EXECUTIVE)
#: The ปลัด of a small office: at the top of it, and at the head of สำนักปลัด.
BOTH = a_person(Role.EXECUTIVE).with_posts([Post(Role.EXECUTIVE), Post(Role.HEAD, CENTRAL)], DUE)


class Office:
    """An agency of some people, that plays days and keeps what was told to whom."""

    def __init__(self, *people, duty=DUTY):
        self.store = MemoryStore()
        choose(self.store.settings, Steps(5, 10, 15))
        for unit in UNITS:
            self.store.units.save(unit)
        for day, name in OFF.items():
            self.store.holidays.save(day, name)
        self.people = [self.store.people.meet(f"U{no}", one) for no, one in enumerate(people)]
        self.duties = [duty]
        self.raised = []  # (day, person, obligation, slot, level, days)
        self.warned = []  # (day, person, obligation, slot, level)

    def climb(self, day):
        late = [one for one in self.duties if one.open and one.late_on(day)]
        return ladder.climb(self.store, day, late, self.people)

    def play(self, day, reaches=lambda _person: True):
        """A run of the clock; those whom it reaches are told."""
        climbed = self.climb(day)
        for person in self.people:
            digest = self._digest(climbed, person, day)
            if not digest.empty and reaches(person):
                ladder.note(self.store, day, digest)
                self._keep(day, digest)

    def _digest(self, climbed, person, day):
        mine = [one for one in self.duties if person in told_for(one.unit, self.people, day)]
        upward = [(one, climbed.next_for(one.id, person.id)) for one in mine]
        items = [Item(one, Rung.LATE, day, level) for one, level in upward if level]
        return Digest(person, items, climbed.raised.get(person.id, ()))

    def _keep(self, day, digest):
        for one in digest.raised:
            duty = one.obligation
            self.raised.append((day, digest.to.id, duty.id, duty.slot, one.level, one.days))
        for item in digest.items:
            self.warned.append((day, digest.to.id, item.obligation.id, item.obligation.slot, item.next))

    @property
    def steps(self):
        """On how many working days over each level heard."""
        return [(level, days) for _, _, _, _, level, days in self.raised]


CALENDAR = Calendar(Office().store.holidays.between(DUE, DAYS[-1]))


def over(day):
    return working_days(DUE, day, CALENDAR)


def plays(office, days=DAYS):
    for day in days:
        office.play(day)
    return office


def test_each_level_hears_after_its_days_and_the_reporter_a_working_day_before():
    office = plays(Office(REPORTER, HEAD, CLERK, CHIEF, MAYOR))
    assert office.steps == [(Level.HEAD, 5), (Level.SECRETARIAT, 10), (Level.EXECUTIVE, 15)]
    assert [over(day) for day, *_ in office.warned] == [4, 9, 14]
    assert {person for _, person, *_ in office.warned} == {office.people[0].id}
    assert [person for _, person, *_ in office.raised] == [office.people[no].id for no in (1, 3, 4)]


def test_a_report_in_between_ends_it_and_a_later_slot_begins_anew():
    office = Office(REPORTER, HEAD, CHIEF, MAYOR)
    plays(office, DAYS[:9])
    assert office.steps == [(Level.HEAD, 5)]
    office.duties = [replace(DUTY, slot=date(2026, 12, 1), due=date(2026, 12, 1))]
    plays(office, DAYS[9:])
    assert [level for level, _ in office.steps] == [Level.HEAD, Level.HEAD]


def test_the_agency_says_after_how_many_days():
    office = Office(REPORTER, HEAD, CHIEF, MAYOR)
    choose(office.store.settings, Steps(1, 2, 4))
    assert plays(office).steps == [(Level.HEAD, 2), (Level.SECRETARIAT, 3), (Level.EXECUTIVE, 4)]  # warned on day 1


@pytest.mark.parametrize(("people", "told"), [
    ((REPORTER, CHIEF, MAYOR), [(Level.SECRETARIAT, 5), (Level.EXECUTIVE, 15)]),
    ((REPORTER, HEAD, MAYOR), [(Level.HEAD, 5), (Level.EXECUTIVE, 10)]),
    ((REPORTER, MAYOR), [(Level.EXECUTIVE, 5)]),
    ((REPORTER, HEAD), [(Level.HEAD, 5)]),
    ((REPORTER,), []),
    ((HEAD, CHIEF, MAYOR), [(Level.SECRETARIAT, 5), (Level.EXECUTIVE, 15)]),  # the head is who reports
    ((CHIEF, MAYOR), [(Level.SECRETARIAT, 5), (Level.EXECUTIVE, 15)]),  # nobody is there to be told before
    ((REPORTER, HEAD, CLERK, MAYOR), [(Level.HEAD, 5), (Level.SECRETARIAT, 10), (Level.EXECUTIVE, 15)]),
    ((REPORTER, HEAD, BOTH), [(Level.HEAD, 5), (Level.SECRETARIAT, 10)]),  # nobody hears the same twice
])  # fmt: skip
def test_where_nobody_is_on_a_level_the_next_one_hears_instead_and_once(people, told):
    assert plays(Office(*people)).steps == told


def test_in_the_secretariat_itself_its_head_hears_once():
    office = Office(CLERK, CHIEF, MAYOR, duty=replace(DUTY, unit=CENTRAL))
    assert plays(office).steps == [(Level.HEAD, 5), (Level.EXECUTIVE, 10)]


def test_two_heads_hear_on_one_day_though_one_of_them_was_faster_to_open_the_chat():
    office = Office(REPORTER, HEAD, HEAD)
    plays(office, DAYS[:6])
    fifth = next(day for day in DAYS if over(day) == 5)
    office.play(fifth, lambda person: person.id == office.people[1].id)
    office.play(fifth)
    office.play(fifth)
    assert [person for _, person, *_ in office.raised] == [one.id for one in office.people[1:]]
    plays(office, [day for day in DAYS if day > fifth])
    assert len(office.raised) == 2


def test_a_head_who_is_appointed_after_the_secretariat_heard_does_not_hear_after_it():
    office = Office(REPORTER, CHIEF)
    plays(office, DAYS[:8])
    office.people.append(office.store.people.meet("Unew", HEAD))
    plays(office, DAYS[8:])
    assert office.steps == [(Level.SECRETARIAT, 5)]


def test_a_head_who_heard_and_rises_to_the_top_does_not_hear_again():
    office = Office(REPORTER, HEAD, MAYOR)
    plays(office, DAYS[:8])
    office.people[1] = office.people[1].with_posts([Post(Role.EXECUTIVE)], DUE)
    plays(office, DAYS[8:])
    assert [person for _, person, *_ in office.raised] == [office.people[1].id, office.people[2].id]


def test_a_head_who_is_not_reached_for_days_holds_nobody_up():
    """A month without messages, or a head who wants to be reminded later."""
    office = Office(REPORTER, HEAD, CHIEF, MAYOR)
    for day in DAYS:
        office.play(day, lambda person: person.id != "p2")
    assert office.steps == [(Level.SECRETARIAT, 10), (Level.EXECUTIVE, 15)]


def test_who_has_left_the_account_is_as_good_as_nobody():
    away = replace(HEAD, away_since=DUE)
    assert plays(Office(REPORTER, away, CHIEF, MAYOR)).steps == [(Level.SECRETARIAT, 5), (Level.EXECUTIVE, 15)]
    office = plays(Office(replace(REPORTER, away_since=DUE), HEAD))
    assert (office.steps, office.warned) == ([(Level.HEAD, 5)], [])


def test_in_a_unit_with_nobody_no_two_levels_hear_on_one_day_however_late_the_clock_comes():
    office = plays(Office(CHIEF, MAYOR), DAYS[-4:])
    assert [level for level, _ in office.steps] == [Level.SECRETARIAT, Level.EXECUTIVE]
    assert len({day for day, *_ in office.raised}) == 2


def test_climbing_reads_only():
    office = Office(REPORTER, HEAD)
    for day in DAYS:
        office.climb(day)
    assert office.store.escalations.kept == {}
    assert office.raised == []


def test_what_is_longest_late_stands_first():
    duties = [replace(DUTY, id=f"o{no}", due=DUE - timedelta(days=back), slot=DUE) for no, back in enumerate((0, 5, 3))]
    office = Office(HEAD, CHIEF)
    office.duties = duties
    last = DAYS[-2]
    for day in DAYS[-4:]:
        office.play(day, lambda person: Role.HEAD in person.roles and UNIT in person.units(last))
    found = office.climb(last).raised[office.people[1].id]
    assert [one.obligation.id for one in found] == ["o1", "o2", "o0"]
    assert [one.days for one in found] == sorted((one.days for one in found), reverse=True)


def test_what_is_over_is_forgotten():
    office = Office(REPORTER, HEAD)
    plays(office, DAYS[:9])
    store, today = office.store, DAYS[9]
    noted = store.escalations.kept["o1"]
    for kept, there in (
        (DUTY, True),
        (replace(DUTY, slot=today, due=today), False),
        (replace(DUTY, standing=Standing.DONE), False),
        (replace(DUTY, closed_on=today, closed_as=Closing.MOVED), False),
    ):
        store.escalations.kept = {"o1": noted}
        store.obligations.kept = {"o1": kept}
        ladder.forget(store, today)
        assert bool(store.escalations.kept) is there
    store.obligations.kept = {}
    store.escalations.kept = {"o1": noted}
    ladder.forget(store, today)
    assert store.escalations.kept == {}


@pytest.mark.parametrize(("text", "found"), [
    ("5 10 15", (5, 10, 15)), ("๓, ๗ และ ๑๒", (3, 7, 12)), ("หัวหน้า 1 สำนักปลัด 2 ผู้บริหาร 250", (1, 2, 250)),
])  # fmt: skip
def test_the_days_are_read_in_any_writing_and_kept(text, found):
    store = MemoryStore()
    assert steps(store.settings) == Steps(6, 11, 16)
    choose(store.settings, said(text))
    assert tuple(steps(store.settings).days.values()) == found


@pytest.mark.parametrize(("text", "key"), [
    ("5 10", "ladder.three_numbers"), ("", "ladder.three_numbers"), ("1 2 3 4", "ladder.three_numbers"),
    ("5 5 10", "ladder.must_rise"), ("10 5 15", "ladder.must_rise"), ("0 5 10", "ladder.must_rise"),
    ("5 10 251", "ladder.must_rise"),
])  # fmt: skip
def test_days_that_do_not_rise_are_refused(text, key):
    with pytest.raises(Refusal) as refused:
        said(text)
    assert refused.value.key == key


anybody = st.lists(st.sampled_from([REPORTER, HEAD, CLERK, CHIEF, MAYOR, BOTH]), max_size=6)
rising = st.lists(st.integers(1, 12), min_size=3, max_size=3, unique=True).map(sorted)
#: On which days the clock runs, how often, and whom it reaches; the day of a report.
runs = st.lists(st.tuples(st.sampled_from(DAYS), st.sets(st.integers(0, 5))), max_size=60)


@settings(max_examples=200)
@given(anybody, rising, runs, st.sampled_from([*DAYS, date.max]))
def test_whatever_the_days_on_which_the_clock_runs(people, days, runs, reported):
    office = Office(*people)
    choose(office.store.settings, Steps(*days))
    for day, unreached in sorted(runs, key=lambda one: one[0]):
        if day == max(day, reported):
            office.duties = [replace(DUTY, slot=reported, due=reported)]
        office.play(day, lambda person, no=unreached: int(person.id[1:]) not in no)
    warned, told = defaultdict(list), defaultdict(list)
    for day, _, _, slot, level in office.warned:
        warned[slot, level].append(day)
    for day, person, _, slot, level, over_by in office.raised:
        told[slot].append((day, level, person, over_by))
    for slot, found in told.items():
        reporters = {one.id for one in told_for(UNIT, office.people, DUE)}
        assert len({person for _, _, person, _ in found}) == len(found), "nobody hears twice"
        assert not reporters & {person for _, _, person, _ in found}
        by_level = {level: {day for day, its, _, _ in found if its == level} for level in SUPERIORS}
        assert all(len(days_told) <= 1 for days_told in by_level.values()), "each level once"
        in_order = [next(iter(by_level[level])) for level in SUPERIORS if by_level[level]]
        assert in_order == sorted(in_order), "nobody hears before whoever is nearer"
        for day, level, _, over_by in found:
            assert CALENDAR.is_working(day)
            assert over_by >= days[0]
            assert not reporters or min(warned[slot, level]) < day


@settings(max_examples=100)
@given(rising, st.sets(st.sampled_from(DAYS)))
def test_no_level_hears_before_its_days(days, ran):
    office = Office(REPORTER, HEAD, CHIEF, MAYOR)
    choose(office.store.settings, Steps(*days))
    plays(office, sorted(ran))
    expected = dict(zip(SUPERIORS, days, strict=True))
    assert all(over_by >= expected[level] and over(day) == over_by for day, *_, level, over_by in office.raised)


def test_a_thing_raised_says_how_late_it_is():
    office = Office(REPORTER, HEAD)
    plays(office, DAYS[:6])
    fifth = next(day for day in DAYS if over(day) == 5)
    assert office.climb(fifth).raised == {office.people[1].id: [Raised(DUTY, Level.HEAD, 5)]}
