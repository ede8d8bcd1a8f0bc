"""One contract for three stores, the part about surveys and the clock: from the box to figures, and nothing in between."""

from datetime import date, timedelta

from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Instrument, Name
from itadomain.surveys import upkeep
from itadomain.surveys.questionnaire import Answering, Item, Questionnaire
from itadomain.surveys.results import by_month, by_point, by_unit, response, whole_view
from itadomain.surveys.survey import Ballot, Draft, Kind, Mark, ServicePoint, Standing, Survey
from tests.fakes import TODAY

A_NAME = Name("ก", "a")
ITEMS = (
    Item("E1", A_NAME, Answering.LEVELS, Instrument.EIT, 6, (A_NAME, A_NAME)),
    Item("E6", A_NAME, Answering.YES_NO, Instrument.EIT, 7),
)
ROUND = Survey(
    "s1", Kind.OUTSIDERS, Questionnaire(FiscalYear(2570), ITEMS), TODAY, closes_on=TODAY + timedelta(3), population=400
)
OVER = TODAY + timedelta(4)
ALL = {"E1.1": 3, "E1.2": 2, "E6": 1}


def opened(step):
    step(lambda s: s.surveys.save(ROUND))
    for code, unit in (("K7Q2", "u1"), ("M3XA", "u2")):
        step(lambda s, code=code, unit=unit: s.surveys.save_point(ServicePoint(code, code, unit)))


def answers(step, point, people, answers=ALL, why=""):
    for _ in range(people):
        step(lambda s: s.ballots.put(Ballot("s1", point, answers, why)))


def told(step, by):
    return step(lambda s: {key: one.people for key, one in by(s, ROUND).items()})


def test_five_leave_together_and_four_stay(step):
    opened(step)
    answers(step, "K7Q2", 6)
    answers(step, "M3XA", 4)
    assert step(lambda s: upkeep.settle(s, TODAY)) == 6
    assert step(lambda s: upkeep.settle(s, TODAY)) == 0
    assert step(lambda s: s.ballots.waiting()) == {"s1": 4}
    assert told(step, by_point) == {"K7Q2": 6}
    view = step(lambda s: whole_view(s, ROUND))
    assert str(view.items["E1"].mean) == "83.50"
    assert str(view.whole.mean) == "91.75"
    assert view.steps["E1.2"] == (0, 0, 6, 0)


def test_a_figure_grows_once_five_more_are_held_for_it(step):
    opened(step)
    answers(step, "K7Q2", 5)
    step(lambda s: upkeep.settle(s, TODAY))
    answers(step, "K7Q2", 4, {"E6": 0})
    answers(step, "K7Q2", 1)
    step(lambda s: upkeep.settle(s, TODAY))
    view = step(lambda s: whole_view(s, ROUND))
    assert view.people == 10
    assert {code: one.people for code, one in view.slots.items()} == {"E1.1": 5, "E1.2": 5, "E6": 10}


def test_when_a_round_is_over_the_rest_is_told_together(step):
    opened(step)
    answers(step, "K7Q2", 5, why="รอนาน")
    step(lambda s: upkeep.settle(s, TODAY))
    answers(step, "K7Q2", 3, why="พูดดี")
    answers(step, "M3XA", 4)
    step(lambda s: upkeep.settle(s, OVER))
    step(lambda s: upkeep.settle(s, OVER))
    assert step(lambda s: s.surveys.get("s1")).closed_on == OVER
    assert step(lambda s: s.ballots.waiting()) == {}
    assert told(step, by_unit) == {"u1": 5, "": 7}
    assert sum(told(step, by_month).values()) == 12
    assert step(lambda s: s.ballots.words("s1")) == ["รอนาน"] * 5
    assert step(lambda s: response(s, ROUND, TODAY)).told == 10  # at every fifth


def test_what_is_not_enough_goes_without_a_trace(step):
    opened(step)
    answers(step, "K7Q2", 4, why="พูดดี")
    for _ in range(2):
        step(lambda s: upkeep.settle(s, OVER))
    assert step(lambda s: s.ballots.waiting()) == {}
    assert step(lambda s: s.ballots.cells("s1")) == []
    assert step(lambda s: s.ballots.held_words("s1")) == 0


VISIT = Survey("s1", Kind.VISIT, Questionnaire(FiscalYear(2570), ITEMS), TODAY)
QUARTER = date(2027, 1, 1)


def test_the_one_after_a_visit_begins_anew_once_a_quarter_with_nothing_left_behind(step):
    step(lambda s: s.surveys.save(VISIT))
    answers(step, "K7Q2", 6)
    answers(step, "M3XA", 3, {"E6": 0}, why="พูดดี")
    step(lambda s: upkeep.settle(s, TODAY))
    assert (told(step, by_point), step(lambda s: s.ballots.waiting())) == ({"K7Q2": 6}, {"s1": 3})
    assert step(lambda s: upkeep.settle(s, QUARTER)) == 0, "three wait for others"
    assert step(lambda s: s.surveys.get("s1")).settled_on is None
    answers(step, "", 2)
    assert step(lambda s: upkeep.settle(s, QUARTER)) == 5
    assert step(lambda s: s.surveys.get("s1")).settled_on == QUARTER
    assert told(step, by_point) == {"K7Q2": 6, "": 5}
    assert step(lambda s: (s.ballots.waiting(), s.ballots.held_words("s1"))) == ({}, 0)
    assert not any(cell.held for cell in step(lambda s: s.ballots.cells("s1")))
    assert step(lambda s: upkeep.settle(s, QUARTER + timedelta(1))) == 0
    assert step(lambda s: s.surveys.get("s1")).settled_on == QUARTER


def test_who_leaves_as_it_begins_anew_leaves_nothing_held_in_the_same_cell(step):
    """One step counts the cell and settles it."""
    step(lambda s: s.surveys.save(VISIT))
    answers(step, "K7Q2", 3, why="พูดดี")
    answers(step, "K7Q2", 3, {"E6": 0})
    assert step(lambda s: upkeep.settle(s, QUARTER)) == 6
    [cell] = step(lambda s: s.ballots.cells("s1"))
    assert (cell.point, cell.people, set(cell.shown), cell.held) == ("K7Q2", 6, {"E6"}, {})
    assert step(lambda s: (s.ballots.waiting(), s.ballots.held_words("s1"))) == ({}, 0)


def test_own_words_of_few_go_with_the_round(step):
    opened(step)
    answers(step, "K7Q2", 3, why="รอนาน")
    answers(step, "K7Q2", 2)
    step(lambda s: upkeep.settle(s, TODAY))
    assert step(lambda s: s.ballots.held_words("s1")) == 3
    for _ in range(2):
        step(lambda s: upkeep.settle(s, OVER))
    assert step(lambda s: (s.ballots.held_words("s1"), list(s.ballots.words("s1")))) == (0, [])


def test_by_night_goes_what_need_not_be_kept(step):
    opened(step)
    step(lambda s: s.people.meet("U1"))
    person = step(lambda s: s.people.by_line_id("U1", TODAY)).id
    step(lambda s: s.participation.save_draft(Draft("s1", person, TODAY, {"E6": 1})))
    step(lambda s: s.participation.save("s1", person, Mark(Standing.STARTED, TODAY, 2)))
    for _ in range(2):
        step(lambda s: upkeep.settle(s, OVER))
    step(lambda s: upkeep.forget(s, OVER + timedelta(90)))
    assert step(lambda s: s.participation.draft(person, "s1")) is None
    assert step(lambda s: s.participation.counted("s1")) == {Standing.STARTED: 1}
    step(lambda s: upkeep.forget(s, OVER + timedelta(91)))
    assert step(lambda s: s.participation.counted("s1")) == {}
