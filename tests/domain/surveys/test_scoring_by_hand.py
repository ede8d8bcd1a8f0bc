"""What answers come to, against tables reckoned by hand: each scale, reversed and not, parts, indicators, the whole."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import samples
from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Confidence, Instrument, Name
from itadomain.surveys import scoring
from itadomain.surveys.known import known
from itadomain.surveys.questionnaire import POINTS, STEPS, Answering, Item, Questionnaire
from itadomain.surveys.results import view
from itadomain.surveys.scoring import counted, counting, instrument, joint, merged
from itadomain.surveys.survey import Ballot, Kind, Sums

SIX = {**POINTS, Answering.SIX: tuple(Decimal(one) for one in (0, 20, 40, 60, 80, 100))}
A_NAME = Name("ก", "a")


def an_item(code="E1", answering=Answering.LEVELS, indicator=6, parts=0, **more):
    return Item(code, A_NAME, answering, Instrument.EIT, indicator, (A_NAME,) * parts, **more)


def asking(*items, points=SIX):
    return Questionnaire(FiscalYear(2570), items, points)


def figures(asked, **answers):
    """Codes have points in them: E1_2 is E1.2."""
    given = {code.replace("_", "."): step for code, step in answers.items()}
    return {code: sums.total for code, sums in counted(asked, Ballot("s", "", given)).items()}


@pytest.fixture
def printed(monkeypatch):
    """Every question that counts is taken to be asked as it is known."""
    monkeypatch.setattr(scoring, "_as_known", lambda item, _year: item.counts)


@pytest.mark.parametrize(
    ("answering", "straight"),
    [
        (Answering.LEVELS, ["0", "33", "67", "100"]),
        (Answering.YES_NO, ["0", "100"]),
        (Answering.SIX, ["0", "20", "40", "60", "80", "100"]),
    ],
)
def test_a_scale_is_worth_what_the_table_says_and_reversed_from_its_other_end(answering, straight):
    for reverse, expected in ((False, straight), (True, straight[::-1])):
        asked = asking(an_item(answering=answering, reversed=reverse))
        got = [figures(asked, E1=step)["E1"] for step in range(STEPS[answering])]
        assert got == [Decimal(one) for one in expected]


def test_one_to_five_is_told_as_it_is():
    asked = asking(Item("V1", A_NAME, Answering.FIVE))
    assert [figures(asked, V1=step) for step in range(5)] == [{"V1": Decimal(one)} for one in (1, 2, 3, 4, 5)]


#: E1 has two parts, E2 is reversed, E6 of indicator 7 asks มี or ไม่มี; A1 is the agency's own.
ASKED = asking(
    an_item("E1", parts=2),
    an_item("E2", reversed=True),
    an_item("E6", Answering.YES_NO, indicator=7),
    an_item("E7", indicator=7, confidence=Confidence.LOW),
    an_item("A1", indicator=None),
)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (
            {"E1_1": 3, "E1_2": 1, "E2": 0, "E6": 1, "E7": 0, "A1": 2},
            {
                "E1.1": "100", "E1.2": "33", "E1": "66.5", "E2": "100", "6": "83.25", "E6": "100", "7": "100", "E7": "0",
                "A1": "67", "EIT": "91.625",
            },
        ),
        ({"E1_1": 2, "E2": 3}, {"E1.1": "67", "E2": "0"}),
        ({"E1_1": 0, "E1_2": 0, "E6": 0}, {"E1.1": "0", "E1.2": "0", "E1": "0", "E6": "0", "7": "0"}),
        ({"A1": 3, "E7": 3}, {"A1": "100", "E7": "100"}),
        ({}, {}),
    ],
)  # fmt: skip
def test_one_persons_answers_become_these_figures(printed, answers, expected):
    assert figures(ASKED, **answers) == {code: Decimal(one) for code, one in expected.items()}


def test_what_is_made_of_several_is_not_kept_of_questions_that_the_agency_worded():
    found = figures(ASKED, E1_1=3, E1_2=1, E2=0, E6=1, E7=0, A1=2)
    assert set(found) == {"E1.1", "E1.2", "E2", "E6", "E7", "A1"}


#: What insiders were asked in 2564 is printed for that year.
PRINTED_THEN = Questionnaire(FiscalYear(2564), tuple(known(Kind.INSIDERS, 2564)))


def test_what_people_answered_together_is_kept_of_questions_as_they_are_printed():
    in_parts = {one.code for one in PRINTED_THEN.items if one.parts}
    assert joint(PRINTED_THEN) == in_parts | {"1", "2", "3", "4", "5", "IIT"}
    person = Ballot("s", "", {slot.code: 0 for slot in PRINTED_THEN.slots})
    assert set(counted(PRINTED_THEN, person)) == set(scoring.figures(PRINTED_THEN))


@pytest.mark.parametrize(
    "change",
    [
        {"wording": Name("ท่านคือผู้ใหญ่บ้านหรือไม่", "Are you the headman?")},
        {"wording": Name(PRINTED_THEN.items[0].wording.th, "Are you the headman?")},
        {"parts": PRINTED_THEN.items[0].parts[::-1]},
        {"answering": Answering.YES_NO},
        {"reversed": True},
        {"indicator": 2},
    ],
    ids=lambda one: next(iter(one)),
)
def test_whoever_changes_a_question_ends_that_for_all_that_it_counts_in(change):
    first, *others = PRINTED_THEN.items
    touched = replace(PRINTED_THEN, items=(replace(first, **change), *others))
    gone = joint(PRINTED_THEN) - joint(touched)
    assert gone >= {"I1", "IIT", str(touched.items[0].indicator)}
    assert joint(touched) == joint(PRINTED_THEN) - gone
    assert {"3", "4", "5"} <= joint(touched)


def test_it_is_kept_of_what_the_agency_confirmed_in_the_words_that_the_product_has():
    known_now = known(Kind.INSIDERS, 2570)
    confirmed = [replace(one, confidence=Confidence.HIGH, source="agency p1 2026-11-20") for one in known_now]
    assert joint(Questionnaire(FiscalYear(2570), known_now)) == set(), "nobody compared them"
    assert {"1", "2", "3", "4", "5", "IIT"} <= joint(Questionnaire(FiscalYear(2570), confirmed))


def test_what_is_made_of_several_has_no_steps(printed):
    found = counted(ASKED, Ballot("s", "", {"E1.1": 3, "E1.2": 1, "E2": 0}))
    assert {code: one.steps for code, one in found.items()} == {
        "E1": (), "E1.1": (0, 0, 0, 1), "E1.2": (0, 1, 0, 0), "E2": (1, 0, 0, 0), "6": (),
    }  # fmt: skip


@pytest.mark.parametrize("answers", [{"E1": 9}, {"E1": -1}, {"E9": 1}, {"E1.1": 1}])
def test_what_was_not_asked_and_what_is_no_step_counts_for_nothing(answers):
    assert counted(asking(an_item()), Ballot("s", "", answers)) == {}


def test_six_steps_without_points_count_for_nothing():
    assert counted(asking(an_item(answering=Answering.SIX), points=POINTS), Ballot("s", "", {"E1": 5})) == {}


def test_what_counts_is_confirmed_and_of_an_indicator():
    assert {no: [one.code for one in items] for no, items in counting(ASKED).items()} == {6: ["E1", "E2"], 7: ["E6"]}
    assert instrument(ASKED) == "EIT"
    assert instrument(asking(an_item(confidence=Confidence.MEMORY))) == ""


#: Ten people; the table was reckoned by hand. A dash is a skipped question.
TEN = """
    3 3 0 1
    3 2 0 1
    2 3 1 1
    2 2 0 0
    1 3 2 1
    3 1 0 1
    0 0 3 0
    3 - 1 1
    - 3 0 -
    2 2 - 1
"""


def ten():
    rows = [line.split() for line in TEN.strip().splitlines()]
    answers = [
        {code: int(one) for code, one in zip(("E1.1", "E1.2", "E2", "E6"), row, strict=True) if one != "-"}
        for row in rows
    ]
    return merged(*(counted(ASKED, Ballot("s", "", one)) for one in answers))


def test_means_of_means_are_those_of_the_table():
    """E1.1: 634/9, E1.2: 634/9, E1: their mean; E2 (0 is best): 667/9; E6: 700/9."""
    told = view(ASKED, ten(), 10)
    means = {code: (str(one.mean), one.people) for code, one in told.slots.items() if one}
    assert means == {"E1.1": ("70.44", 9), "E1.2": ("70.44", 9), "E2": ("74.11", 9), "E6": ("77.78", 9)}
    assert str(told.items["E1"].mean) == "70.44"
    assert str(told.indicators[6].mean) == "72.28"
    assert str(told.whole.mean) == "75.03"
    assert told.steps["E1.1"] == (1, 1, 3, 4)
    assert told.items["E7"] is None
    assert told.items["A1"] is None


def test_an_items_mean_is_that_of_its_parts_and_not_of_its_people():
    """Five answered both parts with 100 and 0; five more answered only the first, with 0: 50 and 0, so 25, not 16.67."""
    both, first = ({"E1.1": 3, "E1.2": 0}, 5), ({"E1.1": 0}, 5)
    sums = merged(*(counted(ASKED, Ballot("s", "", one)) for one, times in (both, first) for _ in range(times)))
    assert view(ASKED, sums, 10).items["E1"].mean == 25


@pytest.mark.parametrize("people", [5, 30, 300])
def test_what_one_says_to_one_part_tells_nothing_of_the_other(people):
    """Only one is the headman of whom the agency's own question asks; the range does not tell what else he says.

    In both worlds the parts have the same figures, so nothing made of them may differ. Nothing is kept that would.
    """
    own = Item("A1", A_NAME, Answering.YES_NO, parts=(A_NAME, A_NAME))
    asked = asking(own)

    def told(headman, another):
        answered = [(1, headman), (0, another), *((0, nth % 2) for nth in range(people - 2))]
        ballots = [Ballot("s", "", {"A1.1": first, "A1.2": second}) for first, second in answered]
        sums = merged(*(counted(asked, one) for one in ballots))
        return sums, view(asked, sums, people)

    assert told(1, 0) == told(0, 1)
    sums, found = told(1, 0)
    wide = found.items["A1"]
    assert wide.mean == pytest.approx((sums["A1.1"].total + sums["A1.2"].total) / (2 * people), abs=Decimal("0.01"))
    assert (wide.low < wide.mean < wide.high, wide.people) == (True, people)


def test_parts_side_by_side_are_the_widest_that_they_could_be():
    """Five who say the same to both parts: then the range of the item is that of either part."""
    own = Item("A1", A_NAME, Answering.YES_NO, parts=(A_NAME, A_NAME))
    ballots = [Ballot("s", "", {"A1.1": one, "A1.2": one}) for one in (1, 1, 0, 1, 0)]
    found = view(asking(own), merged(*(counted(asking(own), one) for one in ballots)), 5)
    assert found.items["A1"] == found.slots["A1.1"] == found.slots["A1.2"]


#: What the agencies printed: the means of 6, 7 and 8, and what they come to for EIT where it is printed or known.
PRINTED = {
    "thaimueang": (("94.00", "87.53", "90.60"), "90.71"),
    "srikham": (("82.65", "75.22", "78.09"), "78.65"),
    "krasang": (("93.14", "94.12", "90.76"), "92.67"),
    "nongmueang": (("87.40", "81.80", "81.70"), "83.63"),
}


@pytest.mark.parametrize(("agency", "printed"), PRINTED.items(), ids=PRINTED)
def test_the_agencies_printed_means_are_the_means_of_means(agency, printed):
    """Each printed mean of an indicator stands for what its people gave; the rest is our own reckoning."""
    table = samples.load(agency).results[0].tables[0]
    indicators, eit = printed
    assert [table.indicators[no] for no in (6, 7, 8)] == [Decimal(one) for one in indicators]
    asked = asking(*(an_item(f"E{no}", indicator=no) for no in (6, 7, 8)))
    people = 40
    sums = {
        code: Sums(people, Decimal(one) * people, Decimal(one) ** 2 * people)
        for code, one in zip(("E6", "E7", "E8"), indicators, strict=True)
    }
    sums |= {code: Sums(people) for code in ("6", "7", "8", "EIT")}
    told = view(asked, sums, people)
    assert {no: one.mean for no, one in told.indicators.items()} == dict(
        zip((6, 7, 8), map(Decimal, indicators), strict=True)
    )
    assert told.whole.mean == Decimal(eit)


def test_nothing_is_rounded_up_into_a_grade_that_it_has_not_reached():
    """84.996 is no 85, on which an instrument passes."""
    almost = Sums(1000, Decimal(84_996), Decimal(8_400_000))
    told = view(asking(an_item("E6")), dict.fromkeys(("E6", "6", "EIT"), almost), 1000)
    assert {told.slots["E6"].mean, told.items["E6"].mean, told.indicators[6].mean, told.whole.mean} == {
        Decimal("84.99")
    }


def test_the_fifth_agency_prints_none():
    assert not any(result.tables for result in samples.load("yotkaeng").results)


CODES = [slot.code for slot in ASKED.slots]
ANSWERS = st.fixed_dictionaries({}, optional={code: st.integers(0, 1 if code == "E6" else 3) for code in CODES})


@given(st.lists(ANSWERS, max_size=30))
def test_every_figure_stays_within_its_scale_and_counts_whoever_answered_it(people):
    sums = merged(*(counted(ASKED, Ballot("s", "", one)) for one in people))
    told = view(ASKED, sums, len(people))
    every = [*told.slots.values(), *told.items.values(), *told.indicators.values(), told.whole]
    assert all(0 <= one.low <= one.mean <= one.high <= 100 for one in every if one)
    for code in CODES:
        answered = sum(code in one for one in people)
        assert sums.get(code, Sums()).count == answered
        assert (told.slots[code] is None) == (answered < 5)
        assert sum(told.steps[code] or ()) == (answered if answered >= 5 else 0)


@given(ANSWERS)
def test_turning_every_question_round_turns_every_figure_round(answers):
    def turned(item):
        return an_item(item.code, item.answering, item.indicator, len(item.parts), reversed=not item.reversed)

    straight = counted(asking(*(turned(turned(one)) for one in ASKED.items)), Ballot("s", "", answers))
    back = counted(asking(*(turned(one) for one in ASKED.items)), Ballot("s", "", answers))
    assert {code: 100 - one.total for code, one in back.items()} == {code: one.total for code, one in straight.items()}


@pytest.mark.parametrize("kind", [Kind.OUTSIDERS, Kind.INSIDERS])
def test_the_best_answers_to_the_known_questions_are_worth_all_and_the_worst_nothing(kind):
    year = {Kind.OUTSIDERS: 2566, Kind.INSIDERS: 2564}[kind]
    asked = Questionnaire(FiscalYear(year), tuple(known(kind, year)))
    for worth in (Decimal(0), Decimal(100)):
        answers = {
            slot.code: next(step for step in range(STEPS[slot.item.answering]) if asked.score(slot, step) == worth)
            for slot in asked.slots
        }
        assert {one.total for one in counted(asked, Ballot("s", "", answers)).values()} == {worth}
