"""The month's messages: everybody with work due has one, citizens have their reserve, the rest goes where it matters."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itadomain.allowance import Allowance
from itadomain.fiscal import FiscalYear
from itadomain.measures import Obligation, Standing
from itadomain.people import Person, Role
from itadomain.refusals import Refusal
from itadomain.reminding import planner, reserve
from itadomain.reminding.digest import Digest, Item, Raised, Week
from itadomain.reminding.planner import Budget, chosen
from itadomain.reminding.reminded import Level, Reminded, Told
from itadomain.reminding.rungs import Rung
from tests.fakes import MemoryStore, a_person

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
MONTH = [FIRST + timedelta(days=ahead) for ahead in range(30)]
MESSAGES, STAFF, KEPT = 300, 40, 20
WEEK = timedelta(days=7)
DUTY = Obligation("o1", "m1", "กองคลัง", FiscalYear(2570), slot=LAST, due=LAST)


def a_digest(person, *rungs, upward=None, raised=(), week=None):
    return Digest(Person(person), [Item(DUTY, rung, FIRST, upward) for rung in rungs], raised, week)


RAISED = [Raised(DUTY, Level.HEAD, 5)]
THE_WEEK = Week(FIRST, None, None, None, 1, 0, 0, None)


def test_where_nothing_limits_them_all_are_sent_as_they_are():
    digests = [a_digest("b"), a_digest("a", Rung.LATE)]
    assert chosen(digests, Budget()) == digests


def test_who_heard_nothing_this_month_is_first_then_what_is_urgent_then_who_waited_longest():
    digests = [
        a_digest("week", week=THE_WEEK),
        a_digest("opening", Rung.OPENING),
        a_digest("soon", Rung.WEEK_BEFORE),
        a_digest("forewarned", Rung.WEEK_BEFORE, upward=Level.HEAD),
        a_digest("late", Rung.OPENING, Rung.LATE),
        a_digest("long_ago", Rung.ON_THE_DAY),
        a_digest("new_and_soon", Rung.WEEK_BEFORE),
        a_digest("new_and_late", Rung.LATE),
        a_digest("superior", raised=RAISED),  # heard nothing yet, and has nothing due
    ]
    reached = frozenset({"week", "opening", "soon", "forewarned", "late", "long_ago"})
    last = dict.fromkeys(reached, date(2026, 11, 9)) | {"long_ago": date(2026, 11, 2)}
    told = [one.to.id for one in chosen(digests, Budget(99, reached, frozenset(), last))]
    assert told[:6] == ["new_and_late", "new_and_soon", "long_ago", "late", "forewarned", "soon"]
    assert set(told[6:]) == {"superior", "opening", "week"}


@given(st.permutations([a_digest(f"p{no}", Rung.LATE) for no in range(6)]), st.integers(0, 7))
def test_the_order_in_which_they_come_makes_no_difference(digests, left):
    told = [one.to.id for one in chosen(digests, Budget(left))]
    assert told == [f"p{no}" for no in range(6)][:left]


def test_one_stays_for_everybody_whose_work_is_due_later():
    reached = frozenset({"a", "b", "c"})
    digests = [a_digest(one, Rung.LATE) for one in sorted(reached)]
    budget = Budget(4, reached, frozenset({"x", "y"}))
    assert [one.to.id for one in chosen(digests, budget)] == ["a", "b"]
    assert chosen(digests, replace(budget, left=2)) == []
    now_due = [*digests, a_digest("x", Rung.WEEK_BEFORE)]
    assert [one.to.id for one in chosen(now_due, replace(budget, left=2))] == ["x"]
    assert [one.to.id for one in chosen(now_due, budget)] == ["x", "a", "b"]  # x has had the one that was set aside


class Agency:
    """A month of forty people with work due, of whom nobody ever reports, beside superiors who hear each day."""

    def __init__(self, due):
        self.due = due  # by person
        self.told = {one: set() for one in due}
        self.last = {}
        self.used = self.for_cases = self.reminders = 0

    def day(self, today, cases, opened):
        left = MESSAGES - self.used
        self.used += min(cases, left)
        self.for_cases += min(cases, left)
        for person in opened & set(self.due):
            if self.waiting(person, today):
                self.tell(person, today)
        for digest in chosen(self.digests(today), self.budget(today)):
            self.used += 1
            self.reminders += 1
            self.tell(digest.to.id, today)

    def digests(self, today):
        late = [a_digest(f"s{no}", raised=RAISED) for no in range(STAFF)]
        return [*late, *(a_digest(one, *rungs) for one in self.due if (rungs := self.waiting(one, today)))]

    def waiting(self, person, today):
        """The rungs that have come and were not told: a week before, the day, each week after."""
        found = []
        for due in self.due[person]:
            coming = [(due - WEEK, Rung.WEEK_BEFORE), (due, Rung.ON_THE_DAY)]
            coming += [(due + WEEK * count, Rung.LATE) for count in range(1, 5)]
            come = [(day, rung) for day, rung in coming if FIRST <= day <= today]
            if come and come[-1] not in self.told[person]:
                found.append(come[-1][1])
        return found

    def tell(self, person, today):
        self.last[person] = today
        for due in self.due.get(person, ()):
            coming = [(due - WEEK, Rung.WEEK_BEFORE), (due, Rung.ON_THE_DAY)]
            coming += [(due + WEEK * count, Rung.LATE) for count in range(1, 5)]
            self.told[person] |= {one for one in coming if one[0] <= today}

    def budget(self, today):
        left = reserve.for_reminders(Allowance(MESSAGES, self.used, self.for_cases), KEPT)
        coming = {one for one, days in self.due.items() if any(today < day <= LAST for day in days)}
        return Budget(left, frozenset(self.last), frozenset(coming - set(self.last)), self.last)


dues = st.lists(st.sets(st.sampled_from(MONTH), min_size=0, max_size=4), min_size=STAFF, max_size=STAFF)
#: On some days many citizens have an answer; never more in the month than are kept back for them.
answers = st.lists(st.integers(0, 29), max_size=reserve.whole(MESSAGES, KEPT))
openers = st.lists(st.tuples(st.integers(0, 29), st.integers(0, STAFF - 1)), max_size=60)


@settings(max_examples=150)
@given(dues, answers, openers)
def test_with_300_messages_and_40_staff_nobody_with_work_due_goes_unreached(due, answers, openers):
    agency = Agency({f"p{no:02}": days for no, days in enumerate(due)})
    for nth, today in enumerate(MONTH):
        agency.day(today, answers.count(nth), {f"p{person:02}" for day, person in openers if day == nth})
    assert [one for one, days in agency.due.items() if days and one not in agency.last] == []
    assert agency.for_cases == len(answers), "each citizen was answered"
    assert agency.reminders <= MESSAGES - reserve.whole(MESSAGES, KEPT)


def test_that_month_is_short_else_it_would_show_nothing():
    agency = Agency({f"p{no:02}": {MONTH[29 - no % 20]} for no in range(STAFF)})
    for today in MONTH:
        agency.day(today, 0, set())
    assert agency.reminders == MESSAGES - reserve.whole(MESSAGES, KEPT)


@pytest.mark.parametrize(("used", "for_cases", "left"), [
    (0, 0, 240), (100, 0, 140), (100, 60, 200), (100, 90, 200), (240, 0, 0), (290, 0, 0), (290, 55, 5),
])  # fmt: skip
def test_what_citizens_were_told_counts_against_their_reserve(used, for_cases, left):
    assert reserve.for_reminders(Allowance(300, used, for_cases), 20) == left


def test_without_a_limit_or_where_nobody_knows_it_nothing_is_kept_back():
    assert reserve.for_reminders(None, 20) is None
    assert reserve.for_reminders(Allowance(None, 500), 20) is None


def test_the_agency_says_how_much_is_kept_back():
    store = MemoryStore()
    assert reserve.percent(store.settings) == KEPT
    reserve.choose(store.settings, 0)
    assert reserve.percent(store.settings) == 0
    for chosen_percent in (-1, 91):
        with pytest.raises(Refusal):
            reserve.choose(store.settings, chosen_percent)


@pytest.fixture
def store():
    """Three units of one person each; what the first two owe is due on the 20th."""
    store = MemoryStore(known_allowance=Allowance(300, 40, 10))
    for no, unit in enumerate(("one", "two", "three")):
        store.people.meet(f"U{no}", a_person(Role.STAFF, unit=unit, key=unit))
    for unit in ("one", "two"):
        due = date(2026, 11, 20)
        duty = replace(DUTY, id=unit, unit=unit, slot=due, due=due)
        store.obligations.kept[duty.id] = duty
    return store


def test_the_budget_is_what_remains_beside_the_reserve_and_knows_whose_work_is_due_later(store):
    found = planner.budget(store, date(2026, 11, 10))
    assert found.left == 300 - 40 - 50
    assert found.coming == {"one", "two"}


@pytest.mark.parametrize("change", [
    {"due": date(2026, 12, 1)}, {"due": date(2026, 11, 10)}, {"standing": Standing.DONE}, {"closed_on": FIRST},
])  # fmt: skip
def test_who_owes_nothing_later_this_month_has_nothing_set_aside(store, change):
    store.obligations.kept["two"] = replace(store.obligations.kept["two"], **change)
    assert planner.budget(store, date(2026, 11, 10)).coming == {"one"}


def test_who_was_told_this_month_by_a_message_or_beside_an_answer_is_reached(store):
    store.reminders.save(Reminded("one", digest_on=date(2026, 11, 3)))
    store.reminders.save(Reminded("two", {"o": Told(LAST, LAST, Rung.WEEK_BEFORE, date(2026, 10, 30))}))
    found = planner.budget(store, date(2026, 11, 10))
    assert (found.reached, found.coming) == ({"one"}, {"two"})
    assert found.last == {"one": date(2026, 11, 3), "two": date(2026, 10, 30)}
    store.reminders.save(Reminded("two", {"o": Told(LAST, LAST, Rung.ON_THE_DAY, date(2026, 11, 2))}))
    assert planner.budget(store, date(2026, 11, 10)).coming == set()


def test_for_who_has_left_the_account_nothing_is_set_aside(store):
    store.people.save(replace(store.people.get("two", FIRST), away_since=FIRST))
    assert planner.budget(store, date(2026, 11, 10)).coming == {"one"}


def test_where_nothing_is_limited_nobody_is_looked_up(store):
    store.known_allowance = Allowance(None, 4)
    assert planner.budget(store, date(2026, 11, 10)) == Budget()
