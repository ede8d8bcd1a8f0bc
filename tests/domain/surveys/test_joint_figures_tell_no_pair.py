"""Whoever words two questions and says that they are the form's reads nobody's pair of answers off what is told.

«Are you the headman?» has one yes, and everybody knows whose it is. Two worlds in which each question by itself was
answered alike, and in which the headman said yes or no to the other question, must look the same: in every view, at
every moment. They did not while it was kept what the same people answered to both.
"""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itadomain.people import Role
from itadomain.surveys import entering, opening, results, scoring, upkeep
from itadomain.surveys.asking import items_of, questionnaire_of
from itadomain.surveys.questionnaire import Answering
from itadomain.surveys.scoring import counting, instrument
from itadomain.surveys.survey import Ballot, Kind, ServicePoint
from tests.fakes import TODAY, MemoryStore, a_person

ADMIN = a_person(Role.ADMIN)
YEAR = 2570
HEADMAN, OTHER = "E6", "E7"  # the only ones of their indicator that are confirmed
POINTS = ("K7Q2", "M3XA", "")


@dataclass
class World:
    """An agency whose administrator worded two questions; people answer them, and everything that is told is written down."""

    def __post_init__(self):
        self.store, self.told, self.today = MemoryStore(), [], TODAY
        for code, said in ((HEADMAN, "ท่านคือผู้ใหญ่บ้านหรือไม่"), (OTHER, "ท่านเคยจ่ายเงินให้เจ้าหน้าที่หรือไม่")):
            asked = self._item(code)
            entering.reword(self.store, asked, YEAR, said, ADMIN, TODAY)
            entering.rescale(self.store, self._item(code), YEAR, Answering.YES_NO, ADMIN, TODAY)
            entering.confirm(self.store, [self._item(code)], YEAR, ADMIN, TODAY)
        for point in POINTS[:2]:
            self.store.surveys.save_point(ServicePoint(point, point, point))
        opening.open_survey(self.store, Kind.OUTSIDERS, YEAR, by=ADMIN.id, today=TODAY)

    def _item(self, code):
        return next(one for one in items_of(self.store, Kind.OUTSIDERS, YEAR) if one.code == code)

    @property
    def survey(self):
        return self.store.surveys.all()[0]

    def answers(self, point, pairs):
        for pair in pairs:
            steps = {code: step for code, step in zip((HEADMAN, OTHER), pair, strict=True) if step is not None}
            self.store.ballots.put(Ballot(self.survey.id, point, steps))

    def ticks(self, days=1):
        self.today += timedelta(days=days)
        upkeep.settle(self.store, self.today)
        views = (results.by_unit, results.by_point, results.by_month)
        whole = results.whole_view(self.store, self.survey)
        self.told.append((whole, *(by(self.store, self.survey) for by in views)))
        self.told.append(results.response(self.store, self.survey, self.today))


def lived(groups):
    world = World()
    for point, pairs in groups:
        world.answers(point, pairs)
        world.ticks(20)
    opening.close(world.store, world.survey.id, world.today)
    world.ticks()
    return world


def everything_together(questionnaire):
    """What was kept of confirmed questions, whoever had confirmed them."""
    items = {one.code for one in questionnaire.items if one.counts and one.parts}
    return items | {str(no) for no in counting(questionnaire)} | {instrument(questionnaire)}


#: One of six is the headman; what he says to the other question, somebody else says in the other world.
TRUE = [("K7Q2", [(1, 1), (0, 0), (0, 0), (0, 1), (0, 1), (0, 0)])]
FALSE = [("K7Q2", [(1, 0), (0, 1), (0, 0), (0, 1), (0, 1), (0, 0)])]


def test_the_two_questions_count_and_are_told():
    whole, *_ = lived(TRUE).told[0]
    assert (whole.indicators[7].people, whole.whole.people) == (6, 6)
    assert whole.indicators[7].low < whole.indicators[7].mean < whole.indicators[7].high


def test_what_the_headman_said_to_the_other_question_is_told_nowhere():
    assert lived(TRUE).told == lived(FALSE).told


def test_it_was_told_where_it_was_kept_what_people_answered_together(monkeypatch):
    for module in (scoring, results):
        monkeypatch.setattr(module, "joint", everything_together)
    assert lived(TRUE).told != lived(FALSE).told


def test_what_a_round_kept_together_before_is_told_no_more_and_goes_as_its_cells_grow():
    """A round that was open then has such sums in its cells."""
    worlds = World(), World()
    with pytest.MonkeyPatch.context() as before:
        for module in (scoring, results):
            before.setattr(module, "joint", everything_together)
        for world, groups in zip(worlds, (TRUE, FALSE), strict=True):
            world.answers(*groups[0])
            upkeep.settle(world.store, world.today)
    assert len({str(kept(world)) for world in worlds}) == 2
    for world in worlds:
        world.ticks()
        assert world.told[0][0].whole.people == 6
        world.answers(*FALSE[0])
        world.ticks()
    assert worlds[0].told == worlds[1].told
    assert kept(worlds[0]) == kept(worlds[1])


def kept(world):
    return [cell.shown for cell in world.store.ballots.cells(world.survey.id)]


def test_what_is_confirmed_as_it_stands_has_joint_figures_until_one_of_its_questions_is_changed():
    store = MemoryStore()
    entering.confirm(store, items_of(store, Kind.OUTSIDERS, YEAR), YEAR, ADMIN, TODAY)
    assert {"6", "7", "8", "EIT"} <= scoring.joint(questionnaire_of(store, Kind.OUTSIDERS, YEAR))
    for change in (
        lambda one: entering.reword(store, one, YEAR, "ท่านคือผู้ใหญ่บ้านหรือไม่", ADMIN, TODAY),
        lambda one: entering.turn_round(store, one, YEAR, ADMIN, TODAY),
    ):
        item = entering.one_of(store, Kind.OUTSIDERS, YEAR, HEADMAN)
        change(item)
        entering.confirm(store, [entering.one_of(store, Kind.OUTSIDERS, YEAR, HEADMAN)], YEAR, ADMIN, TODAY)
        assert scoring.joint(questionnaire_of(store, Kind.OUTSIDERS, YEAR)).isdisjoint({HEADMAN, "7", "EIT"})
        entering.drop(store, item, YEAR)
        entering.confirm(store, [entering.one_of(store, Kind.OUTSIDERS, YEAR, HEADMAN)], YEAR, ADMIN, TODAY)


STEPS = st.sampled_from([0, 1, None])
GROUPS = st.lists(
    st.tuples(st.sampled_from(POINTS), st.lists(st.tuples(STEPS, STEPS), min_size=1, max_size=9)), max_size=4
)


@settings(max_examples=60)
@given(GROUPS, st.randoms(use_true_random=False))
def test_however_answers_are_shared_out_among_those_who_came_together_all_looks_the_same(groups, shuffled):
    """As long as each question by itself is answered alike by those of a point between two looks at the box."""
    others = []
    for point, pairs in groups:
        first, second = zip(*pairs, strict=True)
        told = [one for one in second if one is not None]
        shuffled.shuffle(told)
        given_ = iter(told)
        others.append((point, list(zip(first, [None if one is None else next(given_) for one in second], strict=True))))
    assert lived(groups).told == lived(others).told


@pytest.mark.parametrize(
    ("alone", "others"), [("E9", ["E5"]), ("E10", ["E5"]), ("E9", ["E5", *(f"E{no}" for no in range(10, 16))])]
)
def test_no_figure_tells_what_one_of_five_answered_to_what_the_others_were_not_asked(alone, others):
    """Five send the same sitting, one of them something more: what is told of the five hangs on nothing of that."""
    views = []
    for step in range(4):
        store = MemoryStore()
        survey = opening.open_survey(store, Kind.OUTSIDERS, 2566, by="p", today=TODAY)
        for nth in range(5):
            more = {alone: step} if nth == 0 else {}
            store.ballots.put(Ballot(survey.id, answers={**dict.fromkeys(others, nth % 2), **more}))
        assert upkeep.settle(store, TODAY) == 5
        views.append(results.whole_view(store, survey))
    assert views[0].whole is not None
    assert views[0].slots[alone] is None
    assert views.count(views[0]) == len(views)
