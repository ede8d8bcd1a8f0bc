"""Answers become figures so that no view, no difference of views and no two moments tell of fewer than five people.

The attacker of these tests sees everything that is ever told: every figure of every view at every moment. Each person's
answer is worth a power of two of its own, so that a mean gives away exactly whose answers it is made of. Those who are
in the same told figures cannot be told apart by adding and subtracting; where such a group is smaller than five, the
attacker has won. The same attack wins against simpler rules, which the last tests show.
"""

import itertools
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Instrument, Name
from itadomain.surveys import releasing
from itadomain.surveys.opening import close
from itadomain.surveys.questionnaire import Answering, Item, Questionnaire
from itadomain.surveys.releasing import month_of, release, release_rest
from itadomain.surveys.results import by_month, by_point, by_unit, response, whole_view
from itadomain.surveys.scoring import counted, merged
from itadomain.surveys.survey import Ballot, Cell, Kind, ServicePoint, Survey
from tests.fakes import MemoryStore

A_NAME = Name("ก", "a")
ITEMS = (
    Item("E1", A_NAME, Answering.LEVELS, Instrument.EIT, 6),
    Item("A1", A_NAME, Answering.LEVELS, parts=(A_NAME, A_NAME)),
    Item("A2", A_NAME, Answering.YES_NO),
)
SLOTS = ("E1", "A1.1", "A1.2", "A2")
POINTS = {"K7Q2": "กองคลัง", "M3XA": "กองคลัง", "P9ZD": "กองช่าง", "": ""}
FIRST = date(2026, 11, 20)
MOST_PEOPLE = 48


class Step(int):
    """A step that knows who chose it."""

    person: int

    def __new__(cls, step, person):
        made = super().__new__(cls, step)
        made.person = person
        return made


class GivingAway(Questionnaire):
    """Worth a power of two for each person, instead of points."""

    def score(self, slot, step):
        return Decimal(2) ** step.person


def a_survey(**changes):
    return replace(Survey("s", Kind.OUTSIDERS, GivingAway(FiscalYear(2570), ITEMS), FIRST), **changes)


@dataclass
class Attacker:
    """Looks at everything that is told, whenever something may have changed."""

    store: MemoryStore = field(default_factory=MemoryStore)
    today: date = FIRST
    people: int = 0
    seen: dict[str, set[int]] = field(default_factory=dict)
    words: list[int] = field(default_factory=lambda: [0])

    def __post_init__(self):
        self.store.surveys.save(a_survey())
        for code, unit in POINTS.items():
            if code:
                self.store.surveys.save_point(ServicePoint(code, code, unit))

    def answers(self, point, given, why=""):
        if self.people < MOST_PEOPLE:
            steps = {code: Step(1, self.people) for code in given}
            self.store.ballots.put(Ballot("s", point, steps, why))
            self.people += 1

    def looks(self):
        survey = self.store.surveys.get("s")
        groups = (by_unit, by_point, by_month)
        views = [whole_view(self.store, survey), *(one for by in groups for one in by(self.store, survey).values())]
        for view in views:
            told = {**view.slots, "i6": view.indicators[6], "EIT": view.whole}
            for figure, estimate in told.items():
                if estimate:
                    self.seen.setdefault(figure, set()).add(round(estimate.mean * estimate.people))
                    assert (view.steps.get(figure) or [0, estimate.people])[1] == estimate.people
        self.words.append(len(self.store.ballots.words("s")))

    def groups(self):
        """For each figure: how many people nobody can tell apart, group by group, of those it ever told of."""
        return {figure: sorted(_alike(masks, self.people)) for figure, masks in self.seen.items()}

    def smallest(self):
        return min((size for sizes in self.groups().values() for size in sizes), default=MOST_PEOPLE)


def _alike(masks, people):
    found = {}
    for person in range(people):
        mine = tuple(mask >> person & 1 for mask in sorted(masks))
        if any(mine):
            found[mine] = found.get(mine, 0) + 1
    return found.values()


ARRIVE = st.tuples(
    st.just("answers"), st.sampled_from(list(POINTS)), st.sets(st.sampled_from(SLOTS)), st.sampled_from(["", "เขียนไว้"])
)
RELEASE, NEXT_MONTH = st.just(("release",)), st.just(("month",))
STORY = st.lists(st.one_of(ARRIVE, ARRIVE, ARRIVE, ARRIVE, ARRIVE, RELEASE, NEXT_MONTH), max_size=90)


def lived(story, rule):
    """Everything happens, the attacker looking on; then the survey is closed and settled, twice."""
    attacker = Attacker()
    for what, *more in story:
        if what == "answers":
            attacker.answers(*more)
        elif what == "release":
            rule(attacker.store, attacker.today)
        else:
            attacker.today = date(attacker.today.year + attacker.today.month // 12, attacker.today.month % 12 + 1, 1)
        attacker.looks()
    return attacker


@settings(max_examples=120)
@given(STORY, st.integers(0, 3), st.sampled_from([5, 7, 11, 2_000]))
def test_nobody_ever_sees_a_group_of_fewer_than_five(story, settled, most):
    """However many may leave at one time, and however often the clock looks at it after the end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(releasing, "MOST_AT_ONCE", most)
        patch.setattr(releasing, "MOST_LOOKED_AT", 2 * most)
        attacker = lived(story, release)
        closed = close(attacker.store, "s", attacker.today)
        for _ in range(settled):
            release(attacker.store, attacker.today)
            attacker.looks()
            release_rest(attacker.store, closed, attacker.today)
            attacker.looks()
    assert attacker.smallest() >= 5
    assert all(more == before or more - before >= 5 for before, more in itertools.pairwise(attacker.words))


@settings(max_examples=40)
@given(STORY)
def test_nobody_is_lost_or_counted_twice(story):
    """Whoever left the box is counted once in each figure they answered, shown or held."""
    attacker = lived(story, release)
    box, cells = attacker.store.ballots.box.values(), attacker.store.ballots.cells("s")
    assert sum(one.people for one in cells) + len(box) == attacker.people
    everyone = merged(*(table for one in cells for table in (one.shown, one.held)))
    inside = merged(*(counted(a_survey().questionnaire, one) for one in box))
    for figure in ("E1", "A1.1", "A1.2", "A2"):
        total = sum(int(table[figure].total) for table in (everyone, inside) if figure in table)
        count = sum(table[figure].count for table in (everyone, inside) if figure in table)
        assert total.bit_count() == count


@settings(max_examples=40)
@given(STORY)
def test_once_settled_nothing_is_left_and_settling_again_changes_nothing(story):
    attacker = lived(story, release)
    closed = close(attacker.store, "s", attacker.today)
    waited, before = len(attacker.store.ballots.box), sum(one.people for one in attacker.store.ballots.cells("s"))
    told = release(attacker.store, attacker.today) + release_rest(attacker.store, closed, attacker.today)
    cells = attacker.store.ballots.cells("s")
    assert not attacker.store.ballots.box
    assert not any(one.held for one in cells)
    assert sum(one.people for one in cells) - before == told <= waited
    assert release_rest(attacker.store, closed, attacker.today) == 0
    assert attacker.store.ballots.cells("s") == cells
    lost = attacker.people - sum(one.people for one in cells)
    assert 0 <= lost < 5


def five_at(attacker, point, given=SLOTS, people=5):
    for _ in range(people):
        attacker.answers(point, given)


def shown(attacker, point="K7Q2", month=date(2026, 11, 1)):
    cell = attacker.store.ballots.counted["s", point, month]
    return {figure: sums.count for figure, sums in cell.shown.items()}


def test_four_stay_in_the_box_and_the_fifth_takes_all_along():
    attacker = Attacker()
    five_at(attacker, "K7Q2", people=4)
    assert release(attacker.store, FIRST) == 0
    attacker.answers("K7Q2", SLOTS)
    assert release(attacker.store, FIRST) == 5
    assert not attacker.store.ballots.box
    assert shown(attacker)["E1"] == 5


def test_five_at_different_points_stay():
    attacker = Attacker()
    for point, people in (("K7Q2", 3), ("M3XA", 2)):
        five_at(attacker, point, people=people)
    assert release(attacker.store, FIRST) == 0
    assert len(attacker.store.ballots.box) == 5


def test_a_question_that_few_of_them_answered_waits_for_more():
    attacker = Attacker()
    five_at(attacker, "K7Q2", ["E1"])
    attacker.answers("K7Q2", SLOTS)
    release(attacker.store, FIRST)
    assert shown(attacker) == {"E1": 6}
    five_at(attacker, "K7Q2", ["A2"], people=4)
    attacker.answers("K7Q2", ["E1"])
    release(attacker.store, FIRST)
    assert shown(attacker) == {"E1": 6, "A2": 5}


def test_the_month_is_the_one_in_which_they_leave():
    attacker = Attacker()
    five_at(attacker, "K7Q2")
    release(attacker.store, date(2026, 12, 1))
    assert list(by_month(attacker.store, a_survey())) == [date(2026, 12, 1)]


def test_what_is_left_at_several_points_is_told_together():
    attacker = Attacker()
    for point in ("K7Q2", "M3XA", "P9ZD"):
        five_at(attacker, point, people=2)
    assert release_rest(attacker.store, a_survey(), FIRST) == 6
    assert {code: one.people for code, one in by_point(attacker.store, a_survey()).items()} == {"": 6}
    assert whole_view(attacker.store, a_survey()).slots["E1"].people == 6


def test_what_is_left_and_not_enough_goes_and_is_counted_as_not_told():
    attacker = Attacker()
    five_at(attacker, "K7Q2")
    five_at(attacker, "M3XA", people=4)
    assert [release(attacker.store, FIRST), release_rest(attacker.store, a_survey(), FIRST)] == [5, 0]
    assert not attacker.store.ballots.box
    assert response(attacker.store, a_survey(), FIRST).told == 5


def test_held_answers_of_several_points_are_told_together_at_the_end():
    attacker = Attacker()
    for point in ("K7Q2", "M3XA"):
        five_at(attacker, point, ["E1"], people=2)
        five_at(attacker, point, SLOTS, people=3)
    release(attacker.store, FIRST)
    assert by_point(attacker.store, a_survey())["K7Q2"].slots["A2"] is None
    release_rest(attacker.store, a_survey(), FIRST)
    told = by_point(attacker.store, a_survey())
    assert told["K7Q2"].slots["A2"] is None
    assert told[""].slots["A2"].people == 6
    assert told[""].people == 0
    assert whole_view(attacker.store, a_survey()).slots["A2"].people == 6


def test_words_that_fewer_than_five_wrote_go_at_the_end():
    attacker = Attacker()
    for nth in range(5):
        attacker.answers("K7Q2", SLOTS, why="เขียนไว้" if nth < 3 else "")
    release(attacker.store, FIRST)
    assert attacker.store.ballots.held_words("s") == 3
    release_rest(attacker.store, a_survey(), FIRST)
    assert [attacker.store.ballots.held_words("s"), attacker.store.ballots.words("s")] == [0, []]


def test_words_that_waited_are_told_with_the_last_ones():
    attacker = Attacker()
    for nth in range(7):
        attacker.answers("K7Q2" if nth < 5 else "M3XA", SLOTS, why="เขียนไว้" if nth < 3 or nth > 4 else "")
    for _ in range(3):
        attacker.answers("P9ZD", SLOTS)
    release(attacker.store, FIRST)
    release_rest(attacker.store, a_survey(), FIRST)
    assert [attacker.store.ballots.held_words("s"), len(attacker.store.ballots.words("s"))] == [0, 5]


@pytest.mark.parametrize(
    ("lying", "leave"),
    [
        ({"K7Q2": 20}, [10, 10]),
        ({"K7Q2": 24, "M3XA": 5}, [10, 9, 10]),  # twenty are looked at, and what else lies there may be few
        ({"K7Q2": 12}, [7, 5]),  # not ten: two would be left
        ({"K7Q2": 10, "M3XA": 5}, [10, 5]),
        ({"K7Q2": 7, "M3XA": 6}, [7, 6]),
        ({"K7Q2": 4, "M3XA": 14, "P9ZD": 3}, [9, 5 + 7]),
    ],
)
def test_of_very_many_some_leave_now_and_the_others_next_time_and_nobody_is_lost(monkeypatch, lying, leave):
    monkeypatch.setattr(releasing, "MOST_AT_ONCE", 10)
    monkeypatch.setattr(releasing, "MOST_LOOKED_AT", 20)
    attacker = Attacker()
    for point, people in lying.items():
        five_at(attacker, point, people=people)
    closed = close(attacker.store, "s", FIRST)
    left = []
    while attacker.store.ballots.box:
        left.append(release(attacker.store, FIRST) + release_rest(attacker.store, closed, FIRST))
        attacker.looks()
    assert left == leave
    assert sum(one.people for one in attacker.store.ballots.cells("s")) == sum(lying.values())
    assert attacker.smallest() >= 5


def test_words_are_shown_five_at_a_time():
    attacker = Attacker()
    for nth in range(10):
        attacker.answers("K7Q2", SLOTS, why="เขียนไว้" if nth in {0, 4, 5, 6, 7} else "")
        release(attacker.store, FIRST)
        attacker.looks()
    assert [len(attacker.store.ballots.words("s")), attacker.store.ballots.held_words("s")] == [5, 0]
    assert set(attacker.words) == {0, 5}


def test_a_survey_that_is_unknown_stays_in_the_box():
    attacker = Attacker()
    for _ in range(5):
        attacker.store.ballots.put(Ballot("another", "", {}))
    assert release(attacker.store, FIRST) == 0


def at_once(store, today):
    """Everybody counted as they come; what fewer than five answered is hidden, and nothing else."""
    for row, ballot in store.ballots.shuffled("s"):
        where = ballot.point, month_of(today)
        cell = store.ballots.counted.get(("s", *where), Cell("s", *where))
        told = counted(store.surveys.get("s").questionnaire, ballot)
        store.ballots.save_cells([replace(cell, people=cell.people + 1, shown=merged(cell.shown, told))])
        store.ballots.take_out([row])


def five_anywhere(store, today):
    """Five leave together, from whatever points."""
    if store.ballots.waiting().get("s", 0) >= 5:
        at_once(store, today)


def without_holding(store, today):
    """Five of a point leave together; what only some of them answered is shown with the rest."""
    lying = store.ballots.shuffled("s")
    for point in {one.point for _, one in lying}:
        if sum(one.point == point for _, one in lying) >= 5:
            others = {row: one for row, one in store.ballots.box.items() if one.point != point}
            store.ballots.box = {row: one for row, one in store.ballots.box.items() if one.point == point}
            at_once(store, today)
            store.ballots.box |= others


def arrivals(*points, given=SLOTS):
    return [("answers", point, given, "") for point in points]


#: For each simpler rule, a story in which the attacker wins.
WON = {
    at_once: [*arrivals(*["K7Q2"] * 5), ("release",), *arrivals("K7Q2"), ("release",)],
    five_anywhere: [*arrivals(*["K7Q2"] * 5, "M3XA"), ("release",), *arrivals(*["M3XA"] * 4, "K7Q2"), ("release",)],
    without_holding: [
        *arrivals(*["K7Q2"] * 5), ("release",), *arrivals(*["K7Q2"] * 4, given=["E1"]), *arrivals("K7Q2"), ("release",),
    ],
}  # fmt: skip


@pytest.mark.parametrize("rule", WON, ids=lambda one: one.__name__)
def test_the_attacker_wins_against_a_simpler_rule(rule):
    assert lived(WON[rule], rule).smallest() < 5
    assert lived(WON[rule], release).smallest() >= 5
