"""Which questions a year has: the known ones word for word, what is not confirmed marked, the agency's own apart."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from itadomain.frameworks import framework_for
from itadomain.frameworks.named import sites
from itadomain.frameworks.shape import Confidence, Instrument, Name
from itadomain.refusals import Refusal
from itadomain.surveys.asking import (
    enter_six,
    is_own,
    items_of,
    kind_of,
    next_code,
    points_of,
    questionnaire_of,
    unpriced,
)
from itadomain.surveys.known import _SETS, known, missing
from itadomain.surveys.meter import RULES
from itadomain.surveys.questionnaire import STEPS, Answering, Item
from itadomain.surveys.survey import Kind
from tests.architecture.source import ROOT
from tests.fakes import MemoryStore

YEARS = range(2562, 2572)
EVERY = [item for one in _SETS for item in one.items]
REVERSED = {"I4", "I5", "I6", "I9", "I16", "I17", "I18", "I19", "I22", "E4"}
YES_NO = {"I4", "I5", "I6", "I26", "E4", "E8", "E10", "E13"}


@pytest.fixture
def store():
    return MemoryStore()


def an_item(code, answering=Answering.LEVELS, **changes):
    return replace(Item(code, Name("ถามอะไร", "What is asked"), answering), **changes)


def codes(items):
    return [one.code for one in items]


@pytest.mark.parametrize("year", YEARS)
def test_outsiders_are_asked_fifteen_questions_and_insiders_thirty_without_the_one_nobody_knows(store, year):
    assert codes(items_of(store, Kind.OUTSIDERS, year)) == [f"E{no}" for no in range(1, 16)]
    assert codes(items_of(store, Kind.INSIDERS, year)) == [f"I{no}" for no in range(1, 31) if no != 10]
    assert codes(items_of(store, Kind.VISIT, year)) == ["V1"]
    assert questionnaire_of(store, Kind.INSIDERS, year).missing == ("I10",)
    assert questionnaire_of(store, Kind.OUTSIDERS, year).missing == ()


def test_of_the_year_before_the_first_nothing_is_known():
    assert [codes(known(kind, 2561)) for kind in Kind] == [[], [], []]
    assert missing(Kind.INSIDERS, 2561) == []


@pytest.mark.parametrize("item", EVERY, ids=lambda one: one.code)
def test_a_question_belongs_to_an_indicator_of_its_instrument(item):
    numbers = {one.no for one in framework_for(2566).framework.of(item.instrument)} if item.instrument else {None}
    assert item.indicator in numbers
    assert kind_of(item).instrument == item.instrument
    assert not is_own(item)


def test_questions_follow_the_indicators_in_order():
    for kind, size in ((Kind.OUTSIDERS, 5), (Kind.INSIDERS, 6)):
        first = {Kind.OUTSIDERS: 6, Kind.INSIDERS: 1}[kind]
        for item in known(kind, 2570):
            assert item.indicator == first + (int(item.code[1:]) - 1) // size


@pytest.mark.parametrize("year", YEARS)
def test_what_is_bad_is_worth_nothing_where_there_is_most_of_it(year):
    for item in (*known(Kind.OUTSIDERS, year), *known(Kind.INSIDERS, year)):
        assert item.reversed == (item.code in REVERSED)
        assert item.answering is (Answering.YES_NO if item.code in YES_NO else Answering.LEVELS)


def test_one_question_asks_for_something_good_and_something_bad(store):
    asked = questionnaire_of(store, Kind.INSIDERS, 2564)
    assert [asked.slot(code).reversed for code in ("I11.1", "I11.2")] == [False, True]
    assert [one.code for one in asked.items if one.reversed_parts] == ["I11"]


@pytest.mark.parametrize("item", EVERY, ids=lambda one: one.code)
def test_a_question_is_whole_in_both_languages_and_ends_as_its_scale_does(item):
    for name in (item.wording, *item.parts):
        assert re.search("[ก-๙]", name.th)
        assert not re.search("[ก-๙]", name.en)
        assert name.th == name.th.strip() == " ".join(name.th.split())
    if item.answering is Answering.YES_NO:
        assert item.wording.th.endswith("หรือไม่")
    if item.answering is Answering.LEVELS:
        assert item.wording.th.endswith(("มากน้อยเพียงใด", "อย่างไร"))


def test_only_what_its_source_says_of_that_year_is_confirmed_and_counts():
    sure = {
        (kind, year): codes(one for one in known(kind, year) if one.confidence.confirmed)
        for kind in (Kind.OUTSIDERS, Kind.INSIDERS)
        for year in YEARS
    }
    assert {where: found for where, found in sure.items() if found} == {
        (Kind.OUTSIDERS, 2566): ["E5", "E9", "E10", "E11", "E12", "E13", "E14", "E15"],
        (Kind.INSIDERS, 2564): [f"I{no}" for no in range(1, 31) if no != 10],
        (Kind.INSIDERS, 2566): ["I4", "I8", "I21", "I24"],
    }
    assert {one.code for one in known(Kind.OUTSIDERS, 2566) if one.counts} == set(sure[Kind.OUTSIDERS, 2566])


def test_what_was_only_remembered_stays_so_in_every_year():
    remembered = {"E1", "E2", "E3", "E4", "E6", "E7", "E8"}
    for year in YEARS:
        found = {one.code for one in known(Kind.OUTSIDERS, year) if one.confidence is Confidence.MEMORY}
        assert found == (remembered if year >= 2566 else {f"E{no}" for no in range(1, 16)})


def test_a_later_year_asks_what_was_known_last():
    assert known(Kind.OUTSIDERS, 2570)[4].wording == known(Kind.OUTSIDERS, 2566)[4].wording
    assert known(Kind.OUTSIDERS, 2565)[4].wording != known(Kind.OUTSIDERS, 2566)[4].wording
    assert known(Kind.INSIDERS, 2570)[3].parts == ()
    assert len(known(Kind.INSIDERS, 2565)[3].parts) == 3


@pytest.mark.parametrize("item", EVERY, ids=lambda one: one.code)
def test_every_source_stands_in_the_list_of_sources(item):
    listed = (ROOT / "docs/sources.md").read_text(encoding="utf-8")
    named = item.source.split(", ") if item.instrument else []
    assert [one for one in named if not re.search(rf"\b{one}\b", listed)] == []


def test_no_question_says_what_to_answer():
    told = [one.wording.th + one.wording.en for one in EVERY]
    assert [one for one in told if re.search("ให้ตอบ|กรุณา|โปรด|หมายเหตุ|please|note", one, re.IGNORECASE)] == []


def test_what_the_agency_entered_stands_before_what_is_known_in_its_year_alone(store):
    mine = an_item("E2", instrument=Instrument.EIT, indicator=6)
    store.surveys.save_item(2570, mine)
    assert items_of(store, Kind.OUTSIDERS, 2570)[1] == mine
    assert mine.counts
    assert items_of(store, Kind.OUTSIDERS, 2569)[1] != mine
    store.surveys.drop_item(2570, "E2")
    assert not items_of(store, Kind.OUTSIDERS, 2570)[1].counts


def test_a_question_that_nobody_knew_is_missing_until_it_is_entered(store):
    store.surveys.save_item(2570, an_item("I10", reversed=True, instrument=Instrument.IIT, indicator=2))
    assert questionnaire_of(store, Kind.INSIDERS, 2570).missing == ()
    assert codes(items_of(store, Kind.INSIDERS, 2570))[9] == "I10"


def test_own_questions_come_last_and_are_asked_of_those_for_whom_they_were_made(store):
    assert [next_code(store, kind, 2570) for kind in Kind] == ["A1", "B1", "W1"]
    for code in ("A1", "A2", "A10", "B1"):
        store.surveys.save_item(2570, an_item(code))
    assert codes(items_of(store, Kind.OUTSIDERS, 2570))[-4:] == ["E15", "A1", "A2", "A10"]
    assert codes(items_of(store, Kind.INSIDERS, 2570))[-2:] == ["I30", "B1"]
    assert next_code(store, Kind.OUTSIDERS, 2570) == "A11"
    assert not any(one.counts for one in items_of(store, Kind.OUTSIDERS, 2570) if is_own(one))


def test_the_six_steps_are_worth_what_the_agency_entered_for_the_year(store):
    store.surveys.save_item(2570, an_item("E1", Answering.SIX, instrument=Instrument.EIT, indicator=6))
    assert unpriced(questionnaire_of(store, Kind.OUTSIDERS, 2570)) == ["E1"]
    assert enter_six(store, 2570, "๐, 20 / 40 60 80 100") == (0, 20, 40, 60, 80, 100)
    asked = questionnaire_of(store, Kind.OUTSIDERS, 2570)
    assert unpriced(asked) == []
    assert [asked.score(asked.slots[0], step) for step in range(6)] == [0, 20, 40, 60, 80, 100]
    assert Answering.SIX not in points_of(store, 2569)


def test_halves_are_points_too(store):
    assert enter_six(store, 2570, "0 12.5 40 60 80 99.99")[1] == Decimal("12.5")
    assert points_of(store, 2570)[Answering.SIX][-1] == Decimal("99.99")


@pytest.mark.parametrize(
    "said", ["", "มาก", "0 20 40 60 80", "0 20 40 60 80 100 120", "0 20 40 60 80 101", "0 40 20 60 80 100"]
)
def test_what_are_not_six_points_is_refused_and_nothing_is_kept(store, said):
    with pytest.raises(Refusal) as no:
        enter_six(store, 2570, said)
    assert no.value.key == "survey_items.six_points"
    assert Answering.SIX not in points_of(store, 2570)


def test_every_source_has_a_name_that_people_read():
    sources = {*(one.source for one in EVERY), *(one.source for one in RULES.values())} - {""}
    assert [one for source in sources for one in sites(source) if one in source] == []


def test_outsiders_are_asked_nineteen_things_one_at_a_time():
    assert sum(len(one.parts) or 1 for one in known(Kind.OUTSIDERS, 2570)) == 19
    assert all(STEPS[one.answering] <= 6 for one in EVERY)
