"""What a survey came to: everybody, by unit, by service point, by month; and how many took part."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Confidence, Instrument, Name
from itadomain.surveys.known import known
from itadomain.surveys.questionnaire import STEPS, Answering, Item, Questionnaire
from itadomain.surveys.releasing import release
from itadomain.surveys.results import by_month, by_point, by_unit, response, view, whole_view
from itadomain.surveys.scoring import counted, merged
from itadomain.surveys.survey import Ballot, Cell, Kind, Mark, ServicePoint, Standing, Survey
from tests.fakes import TODAY, MemoryStore

A_NAME = Name("ก", "a")
ITEMS = (
    Item("E1", A_NAME, Answering.LEVELS, Instrument.EIT, 6),
    Item("E6", A_NAME, Answering.YES_NO, Instrument.EIT, 7),
    Item("E11", A_NAME, Answering.LEVELS, Instrument.EIT, 8, confidence=Confidence.LOW),
    Item("A1", A_NAME, Answering.LEVELS),
)


def a_survey(*items, **changes):
    return Survey("s", Kind.OUTSIDERS, Questionnaire(FiscalYear(2570), items or ITEMS), TODAY, **changes)


@pytest.fixture
def store():
    made = MemoryStore()
    made.surveys.save(a_survey())
    for code, unit in (("K7Q2", "u1"), ("M3XA", "u1"), ("P9ZD", "u2")):
        made.surveys.save_point(ServicePoint(code, code, unit))
    return made


def answers(store, point, people, today=TODAY, **steps):
    for _ in range(people):
        store.ballots.put(Ballot("s", point, steps or {"E1": 3, "E6": 1}))
    release(store, today)


def people(views):
    return {key: one.people for key, one in views.items()}


def test_everybody_is_told_by_unit_by_point_and_by_month(store):
    answers(store, "K7Q2", 5)
    answers(store, "M3XA", 6)
    answers(store, "P9ZD", 7, TODAY + timedelta(days=30))
    answers(store, "", 8)
    assert whole_view(store, a_survey()).people == 26
    assert people(by_unit(store, a_survey())) == {"": 8, "u1": 11, "u2": 7}
    assert people(by_point(store, a_survey())) == {"": 8, "K7Q2": 5, "M3XA": 6, "P9ZD": 7}
    assert people(by_month(store, a_survey())) == {date(2026, 11, 1): 19, date(2026, 12, 1): 7}


def test_a_point_that_is_gone_belongs_to_no_unit(store):
    answers(store, "ZZZZ", 5)
    assert people(by_unit(store, a_survey())) == {"": 5}


def test_only_what_is_confirmed_makes_indicators_and_the_whole(store):
    answers(store, "K7Q2", 5, E1=2, E6=1, E11=0, A1=1)
    told = whole_view(store, a_survey())
    assert {no: one.mean for no, one in told.indicators.items()} == {6: 67, 7: 100}
    assert told.whole.mean == Decimal("83.50")
    assert {code: one.mean for code, one in told.items.items()} == {"E1": 67, "E6": 100, "E11": 0, "A1": 33}


@pytest.mark.parametrize(("only_a_part", "apart"), [(0, False), (1, False), (19, False), (20, True)])
def test_where_most_answered_only_a_part_the_whole_is_as_wide_as_its_parts_side_by_side(only_a_part, apart):
    """Each who answered a part counts against one who answered all: what half of them are like says little."""
    items = [replace(one, confidence=Confidence.HIGH) for one in known(Kind.OUTSIDERS, 2570)]
    asked = Questionnaire(FiscalYear(2570), items)
    chance, sums = Random(7), {}
    for nth in range(40):
        slots = [one for one in asked.slots if one.item.indicator == 6 or nth >= only_a_part]
        steps = {one.code: chance.randrange(STEPS[one.item.answering]) for one in slots}
        sums = merged(sums, counted(asked, Ballot("s", answers=steps)))
    told = view(asked, sums, 40).whole
    beside = view(asked, {figure: one for figure, one in sums.items() if figure != "EIT"}, 40).whole
    assert told.mean == beside.mean
    assert (told.high - told.low == beside.high - beside.low) is apart
    assert told.high - told.low <= beside.high - beside.low


def test_where_nothing_is_confirmed_there_is_no_whole(store):
    unsure = [replace(one, confidence=Confidence.MEMORY) for one in ITEMS]
    store.surveys.save(a_survey(*unsure))
    answers(store, "K7Q2", 9)
    told = whole_view(store, a_survey(*unsure))
    assert (told.indicators, told.whole, told.items["E1"].mean) == ({}, None, 100)


def test_nothing_is_told_of_nobody(store):
    told = whole_view(store, a_survey())
    assert told.people == 0
    assert set(told.slots.values()) == set(told.steps.values()) == set(told.items.values()) == {None}
    assert told.indicators == {6: None, 7: None}
    assert by_unit(store, a_survey()) == {}


def test_how_many_could_be_asked_narrows_the_whole_and_no_part(store):
    answers(store, "K7Q2", 5, E1=3)
    answers(store, "K7Q2", 5, E1=1)
    known, unknown = a_survey(population=10), a_survey()
    assert whole_view(store, known).slots["E1"].low == whole_view(store, known).slots["E1"].mean
    assert whole_view(store, unknown).slots["E1"].low < whole_view(store, unknown).slots["E1"].mean
    assert by_point(store, known) == by_point(store, unknown)


def test_a_visit_is_told_from_one_to_five(store):
    visit = a_survey(Item("V1", A_NAME, Answering.FIVE))
    store.surveys.save(visit)
    for step in (4, 4, 4, 3, 0):
        store.ballots.put(Ballot("s", "K7Q2", {"V1": step}))
    release(store, TODAY)
    told = whole_view(store, visit)
    assert (told.content.mean, told.content.people) == (4, 5)
    assert told.steps["V1"] == (1, 0, 0, 1, 3)
    assert told.items == {}
    assert told.whole is None


def test_how_many_took_part(store):
    standings = [Standing.INVITED] * 4 + [Standing.STARTED] * 8 + [Standing.ANSWERED] * 7 + [Standing.ELSEWHERE]
    for nth, standing in enumerate(standings):
        reached = 3 if standing is Standing.STARTED and nth < 10 else 7
        store.participation.save("s", f"p{nth}", Mark(standing, TODAY, reached))
    answers(store, "K7Q2", 5)
    answers(store, "M3XA", 2)
    told = response(store, a_survey(), TODAY + timedelta(days=1))
    assert (told.invited, told.started, told.answered, told.elsewhere) == (20, 5, 5, 0)  # of 20, 8, 7 and 1
    assert (told.waiting, told.told) == (0, 5)
    assert told.stopped_at == {3: 5}  # of 6; the two at question 7 are too few to be told
    assert response(store, a_survey(), TODAY).stopped_at == {}


def test_who_answers_again_after_another_visit_is_counted_again(store):
    store.participation.save("s", "p1", Mark(Standing.ANSWERED, TODAY))
    answers(store, "K7Q2", 10)
    assert response(store, a_survey(), TODAY).answered == 10


def test_how_many_took_part_moves_at_every_fifth_and_at_nothing_else(store):
    told = []
    for nth in range(16):
        seen = response(store, a_survey(), TODAY)
        told.append((seen.invited, seen.answered, seen.waiting))
        store.participation.save("s", f"p{nth}", Mark(Standing.ANSWERED, TODAY))
        store.ballots.put(Ballot("s", "K7Q2", {"E1": 1}))
    assert told == [(nth - nth % 5,) * 3 for nth in range(16)]


def test_once_who_was_asked_is_forgotten_it_is_not_told_as_nobody(store):
    survey = a_survey(closed_on=TODAY)
    answers(store, "K7Q2", 5)
    for nth in range(5):
        store.participation.save("s", f"p{nth}", Mark(Standing.ELSEWHERE, TODAY))
    for days, marked in ((90, 5), (91, None)):
        seen = response(store, survey, TODAY + timedelta(days))
        assert (seen.invited, seen.elsewhere, seen.answered, seen.told) == (marked, marked, 5, 5)
        assert seen.started == (None if marked is None else 0)


def test_a_whole_year_of_many_service_points_adds_up():
    """Fifty service points in twelve months: so many cells hold any number of answers."""
    asked = Questionnaire(FiscalYear(2570), tuple(replace(ITEMS[0], code=f"E{no}") for no in range(1, 21)))
    one = merged(*(counted(asked, Ballot("s", "", {slot.code: 2 for slot in asked.slots})) for _ in range(5)))
    cells = [Cell("s", str(point), date(2026, month, 1), 5, one) for point in range(50) for month in range(1, 13)]
    told = view(asked, merged(*(cell.shown for cell in cells)), 5 * len(cells))
    assert {(estimate.mean, estimate.people) for estimate in told.items.values()} == {(67, 3000)}
    assert (told.whole.mean, told.whole.people) == (67, 3000)
