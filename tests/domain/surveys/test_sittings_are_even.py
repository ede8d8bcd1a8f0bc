"""A long questionnaire is cut into sittings: whole indicators, as few and as even as can be, and each begun alike often."""

import random
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Name
from itadomain.surveys import answering, sitting
from itadomain.surveys.known import known
from itadomain.surveys.questionnaire import LONGEST_SITTING, Answering, Item, Questionnaire
from itadomain.surveys.survey import Draft, Kind, Survey
from tests.fakes import TODAY

ANY = Name("ถาม", "Asked")


def asking(*sizes: int, own: int = 0) -> Questionnaire:
    """So many questions of the first indicator, of the second, and so on; then some of the agency's own."""
    items = [
        Item(f"I{no}{nth:02}", ANY, Answering.LEVELS, indicator=no)
        for no, size in enumerate(sizes, 1)
        for nth in range(size)
    ]
    return Questionnaire(
        FiscalYear(2570), (*items, *(Item(f"B{nth}", ANY, Answering.LEVELS) for nth in range(1, own + 1)))
    )


def a_survey(asked: Questionnaire, name: str = "s") -> Survey:
    return Survey(name, Kind.INSIDERS, asked, TODAY)


def drawn(lot: str) -> Draft:
    return Draft("s", "p", TODAY, lot=lot)


def sizes_of(asked: Questionnaire) -> list[int]:
    return [len(one) for one in asked.sittings]


@pytest.mark.parametrize(
    ("kind", "year", "sizes"),
    [
        (Kind.OUTSIDERS, 2570, [19]),
        (Kind.VISIT, 2570, [1]),
        (Kind.INSIDERS, 2565, [15, 17, 6, 12]),
        (Kind.INSIDERS, 2570, [13, 16, 6, 12]),
    ],
)
def test_the_known_questions_are_asked_so(kind, year, sizes):
    """The last two indicators of insiders are 18 bubbles, but long ones: together they take more than two minutes."""
    assert sizes_of(Questionnaire(FiscalYear(year), tuple(known(kind, year)))) == sizes


@pytest.mark.parametrize(
    ("sizes", "own", "expected"),
    [
        ((24,), 0, [24]),
        ((12, 13), 0, [12, 13]),
        ((6, 6, 6, 7), 0, [12, 13]),
        ((8, 6, 5), 5, [24]),
        ((8, 6, 5), 10, [14, 15]),
        ((30, 4), 0, [30, 4]),
        ((25,), 0, [25]),
        ((), 3, [3]),
        ((), 0, []),
    ],
)
def test_it_is_cut_between_indicators_and_own_questions_go_with_the_last(sizes, own, expected):
    assert sizes_of(asking(*sizes, own=own)) == expected


def ways(sizes):
    """Every way to put neighbours together, by hand."""
    if len(sizes) < 2:
        yield list(sizes)
        return
    first, *rest = sizes
    for way in ways(rest):
        yield [first, *way]
        yield [first + way[0], *way[1:]]


@given(st.lists(st.integers(1, 30), min_size=1, max_size=7))
def test_no_other_cut_has_fewer_sittings_or_more_even_ones(sizes):
    asked = asking(*sizes)
    found = sizes_of(asked)
    codes = [slot.code for one in asked.sittings for slot in one]
    assert codes == [slot.code for slot in asked.slots]
    for one, after in pairwise(asked.sittings):
        assert one[-1].item.indicator != after[0].item.indicator
    short = [way for way in ways(sizes) if max(way) <= max(LONGEST_SITTING, *sizes)]
    fewest = min(map(len, short))
    assert len(found) == fewest
    assert sum(size**2 for size in found) == min(sum(size**2 for size in way) for way in short if len(way) == fewest)


def test_each_sitting_is_the_first_of_alike_many_people():
    survey, source = a_survey(asking(20, 20, 20)), random.Random(7)
    firsts = Counter(sitting.order(survey, drawn(f"{source.getrandbits(128):032x}"))[0].code for _ in range(3000))
    assert sorted(firsts) == ["I100", "I200", "I300"]
    assert all(900 < often < 1100 for often in firsts.values())


@given(st.text(max_size=20), st.lists(st.integers(1, 30), min_size=1, max_size=5))
def test_everybody_is_asked_everything_once_and_the_same_way_each_time(lot, sizes):
    survey = a_survey(asking(*sizes))
    order = [slot.code for slot in sitting.order(survey, drawn(lot))]
    assert sorted(order) == sorted(slot.code for slot in survey.questionnaire.slots)
    assert order == [slot.code for slot in sitting.order(survey, drawn(lot))]
    for no in range(1, len(sizes) + 1):
        of_it = [code for code in order if code.startswith(f"I{no}")]
        assert of_it == sorted(of_it), "within an indicator the official order holds"


@given(st.data())
def test_what_was_begun_in_another_order_is_ended_sitting_by_sitting(data):
    """Answers may have been kept by the official order, or before the questions were cut otherwise."""
    survey = a_survey(asking(*data.draw(st.lists(st.integers(1, 24), min_size=1, max_size=5))))
    slots = survey.questionnaire.slots
    seen = slots[: data.draw(st.integers(1, len(slots)))]
    draft = Draft("s", "p", TODAY, {slot.code: 1 for slot in seen})
    while slot := answering.coming(survey, draft):
        if answering.between(survey, draft):
            assert answering.enough(survey, draft), "a part that is said to be over is over"
            begun = [one for one in sitting.sittings(survey, draft) if one not in answering.left(survey, draft)]
            assert all(draft.answers.keys() >= set(sitting.codes(one)) for one in begun)
        draft = Draft("s", "p", TODAY, {**draft.answers, slot.code: 1})
    assert draft.answers.keys() == set(sitting.codes(slots))


def test_one_questionnaire_is_cut_once():
    """Cutting takes milliseconds, and a turn asks for it several times."""
    asked = asking(20, 20, 20)
    assert asked.sittings is asked.sittings


@given(st.data())
def test_whoever_stands_between_two_sittings_has_passed_a_whole_one_and_may_send_it(data):
    survey = a_survey(asking(*data.draw(st.lists(st.integers(1, 24), min_size=1, max_size=5))))
    draft = Draft("s", "p", TODAY)
    order = sitting.order(survey, draft)
    borders, passed = set(), 0
    for one in sitting.sittings(survey, draft)[:-1]:
        passed += len(one)
        borders.add(passed)
    for nth, slot in enumerate(order):
        assert answering.coming(survey, draft) == slot
        assert answering.between(survey, draft) == (nth in borders)
        assert answering.enough(survey, draft) == (bool(borders) and nth >= min(borders))
        assert answering.before(survey, draft) == (order[nth - 1] if nth else None)
        assert sitting.number(survey, draft, slot) == nth + 1
        draft = Draft("s", "p", TODAY, {**draft.answers, slot.code: data.draw(st.none() | st.integers(0, 3))})
    assert answering.coming(survey, draft) is None
    assert not answering.between(survey, draft)
    assert not answering.enough(survey, draft)
