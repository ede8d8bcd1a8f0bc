"""The survey after a visit never closes: once a quarter it begins anew, and five answers are always those of five people.

The oracle of these tests knows whose each ballot is. Every ballot is worth a power of two of its own, so that a sum
tells which ballots it is made of; what a sum has grown by is a block, and the oracle says how many people made it.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Name
from itadomain.refusals import Refusal
from itadomain.surveys import answering, upkeep
from itadomain.surveys.questionnaire import Answering, Item, Questionnaire
from itadomain.surveys.results import by_point, response, whole_view
from itadomain.surveys.survey import FEWEST, Kind, Survey
from tests.fakes import MemoryStore, a_person

A_NAME = Name("ก", "a")
ITEMS = (Item("W1", A_NAME, Answering.LEVELS), Item("W2", A_NAME, Answering.LEVELS))
OPENED, NEXT_QUARTER = date(2026, 11, 2), date(2027, 1, 1)
PEOPLE, AFRESH = 9, 5
POINTS = ("", "K7Q2", "M3XA")


class Step(int):
    """A step that knows the ballot in which it lies."""

    ballot: int

    def __new__(cls, ballot):
        made = super().__new__(cls, 1)
        made.ballot = ballot
        return made


class GivingAway(Questionnaire):
    """Worth a power of two for each ballot, instead of points."""

    def score(self, slot, step):
        return Decimal(2) ** step.ballot


def person(number):
    return a_person(key=f"p{number}")


@dataclass
class Oracle:
    """An agency whose people come again and again, and who made each ballot."""

    rule: object = upkeep.settle
    store: MemoryStore = field(default_factory=MemoryStore)
    today: date = OPENED
    made_by: list[int] = field(default_factory=list)  # by the number of the ballot, whose it is
    seen: dict[tuple, int] = field(default_factory=dict)  # by cell and figure, the ballots that are in it
    read: set[int] = field(default_factory=set)  # the ballots whose words are shown
    blocks: list[int] = field(default_factory=list)  # how many people made each

    def __post_init__(self):
        self.store.surveys.save(Survey("v", Kind.VISIT, GivingAway(FiscalYear(2570), ITEMS), OPENED))

    @property
    def survey(self):
        return self.store.surveys.get("v")

    def answers(self, number, point="", codes=("W1", "W2"), *, writes=False):
        """Whether they could."""
        ballot, who = len(self.made_by), person(number)
        try:
            draft = answering.begin(self.store, self.survey, who, self.today, point)
            for code in codes:
                draft = answering.answer(self.store, draft, self.survey.questionnaire.slot(code), Step(ballot))
            answering.send(self.store, self.survey, who, self.today, f"{ballot}" if writes else "")
        except Refusal as no:
            assert no.key in {"survey.answered_today", "survey.nothing_answered"}
            return False
        self.made_by.append(number)
        return True

    def ticks(self, days=0):
        self.today += timedelta(days=days)
        released = self.rule(self.store, self.today)
        self.looks()
        return released

    def looks(self):
        for cell in self.store.ballots.cells("v"):
            for figure, sums in cell.shown.items():
                self._sees((cell.point, cell.month, figure), int(sums.total), sums.count)
        spoken = set(map(int, self.store.ballots.words("v")))
        self._note(spoken - self.read)
        self.read = spoken

    def _sees(self, where, ballots, count):
        new = ballots & ~self.seen.get(where, 0)
        assert ballots.bit_count() == count, "nobody twice"
        self._note({number for number in range(new.bit_length()) if new >> number & 1})
        self.seen[where] = ballots

    def _note(self, ballots):
        if ballots:
            self.blocks.append(len({self.made_by[number] for number in ballots}))


def once_a_day(store, today):
    """The rule that was too simple: whoever comes on another day may answer again."""
    released = upkeep.release(store, today)
    found = store.surveys.get("v")
    store.surveys.save(Survey(found.id, found.kind, found.questionnaire, found.opened_on, settled_on=today))
    return released


COMES = st.tuples(
    st.just("answers"), st.integers(0, PEOPLE - 1), st.sampled_from(POINTS),
    st.lists(st.sampled_from(["W1", "W2"]), unique=True), st.booleans(),
)  # fmt: skip
TICKS = st.tuples(st.just("ticks"), st.sampled_from([0, 1, 40, 100]))
STORY = st.lists(st.one_of(COMES, COMES, COMES, COMES, COMES, COMES, TICKS), max_size=80)


def lived(story, oracle):
    for what, *how in story:
        if what == "ticks":
            oracle.ticks(*how)
        else:
            number, point, codes, writes = how
            oracle.answers(number, point, codes, writes=writes)
    return oracle


@settings(max_examples=150)
@given(STORY)
def test_every_block_is_of_five_people_and_nobody_waits_for_ever(story):
    oracle = lived(story, Oracle())
    oracle.ticks(100)
    everybody = range(PEOPLE + AFRESH)
    assert all(oracle.answers(number, POINTS[number % 3]) for number in everybody[PEOPLE:]), "wherever they do"
    oracle.ticks(100)  # the quarter is over, and five lie in the box
    assert all(oracle.answers(number, writes=True) for number in everybody)
    oracle.ticks()
    assert all(people >= FEWEST for people in oracle.blocks)


@settings(max_examples=60)
@given(STORY)
def test_no_ballot_is_lost(story):
    oracle = lived(story, Oracle())
    counted = sum(cell.people for cell in oracle.store.ballots.cells("v"))
    assert counted + len(oracle.store.ballots.box) == len(oracle.made_by)


def test_the_oracle_sees_one_person_answering_five_times_where_each_day_is_new():
    for rule, smallest in ((once_a_day, 1), (upkeep.settle, None)):
        oracle = Oracle(rule)
        for _ in range(5):
            oracle.answers(0, writes=True)
            oracle.ticks(1)
        assert min(oracle.blocks, default=None) == smallest


def test_whoever_answered_answers_again_once_the_quarter_is_settled_and_not_before():
    oracle = Oracle()
    for number in range(5):
        assert oracle.answers(number)
    assert oracle.ticks(1) == 5
    assert not oracle.answers(0), "the quarter is not over"
    oracle.today = NEXT_QUARTER
    assert not oracle.answers(0), "the clock has not settled it yet"
    oracle.ticks()
    assert oracle.survey.settled_on == NEXT_QUARTER
    assert oracle.answers(0)
    assert not oracle.answers(0)


def test_who_answers_on_the_day_of_the_settlement_before_it_has_answered_until_the_next():
    oracle = Oracle(today=NEXT_QUARTER)
    for number in range(5):
        oracle.answers(number)
    oracle.ticks()
    assert not oracle.answers(0)


def test_it_waits_for_others_while_one_to_four_lie_in_the_box():
    oracle = Oracle()
    for number in range(4):
        oracle.answers(number, POINTS[number % 3])
    assert oracle.ticks(200) == 0
    assert oracle.survey.settled_on is None
    assert len(oracle.store.ballots.box) == 4
    oracle.answers(4)
    assert oracle.ticks() == 5
    assert oracle.survey.settled_on == oracle.today
    assert {code: view.people for code, view in by_point(oracle.store, oracle.survey).items()} == {"": 5}


def test_points_of_five_leave_as_such_and_the_rest_together():
    oracle = Oracle()
    for number, point in enumerate(["K7Q2"] * 6 + ["M3XA"] * 3 + [""] * 2):
        oracle.answers(number, point)
    assert oracle.ticks(100) == 11
    assert {code: view.people for code, view in by_point(oracle.store, oracle.survey).items()} == {"K7Q2": 6, "": 5}


def test_where_few_would_be_left_the_smallest_point_is_told_with_them():
    """Else one answer at a quiet point would keep everybody from answering, however many come to the others."""
    oracle = Oracle()
    for number, point in enumerate(["K7Q2"] * 7 + ["M3XA"] * 5 + [""]):
        oracle.answers(number, point)
    assert oracle.ticks(100) == 13
    assert {code: view.people for code, view in by_point(oracle.store, oracle.survey).items()} == {"K7Q2": 7, "": 6}
    assert oracle.survey.settled_on == oracle.today


def test_what_fewer_than_five_said_to_one_question_or_wrote_does_not_wait_for_the_same_people_again():
    oracle = Oracle()
    for number in range(6):
        oracle.answers(number, codes=["W1", "W2"][: 1 + (number < 3)], writes=number < 2)
    oracle.ticks(1)
    assert oracle.store.ballots.held_words("v") == 2
    oracle.ticks(100)
    assert oracle.store.ballots.held_words("v") == 0
    assert not any(cell.held for cell in oracle.store.ballots.cells("v"))
    for number in range(3, 8):
        oracle.answers(number, writes=True)
    oracle.ticks(1)
    assert whole_view(oracle.store, oracle.survey).slots["W2"].people == 5
    assert len(oracle.store.ballots.words("v")) == 5
    assert min(oracle.blocks) == 5


@pytest.mark.parametrize(
    ("opened", "day", "due"),
    [
        (date(2026, 11, 2), date(2026, 12, 31), False),
        (date(2026, 11, 2), date(2027, 1, 1), True),
        (date(2026, 9, 30), date(2026, 10, 1), True),
        (date(2027, 1, 1), date(2027, 3, 31), False),
        (date(2027, 2, 28), date(2027, 4, 1), True),
    ],
)
def test_it_is_settled_when_a_quarter_of_the_fiscal_year_has_ended(opened, day, due):
    store = MemoryStore()
    store.surveys.save(Survey("v", Kind.VISIT, Questionnaire(FiscalYear(2570), ITEMS), opened))
    upkeep.settle(store, day)
    assert (store.surveys.get("v").settled_on == day) is due


def test_rounds_never_begin_anew():
    store = MemoryStore()
    store.surveys.save(Survey("r", Kind.OUTSIDERS, Questionnaire(FiscalYear(2570), ITEMS), OPENED))
    upkeep.settle(store, OPENED + timedelta(days=400))
    assert store.surveys.get("r").settled_on is None


def test_over_two_quarters_every_answer_is_counted_though_the_people_are_the_same():
    oracle = Oracle()
    for _ in range(2):
        for number in range(10):
            assert oracle.answers(number)
        oracle.ticks(100)
    assert response(oracle.store, oracle.survey, oracle.today).answered == 20
    assert response(oracle.store, oracle.survey, oracle.today).invited == 10
