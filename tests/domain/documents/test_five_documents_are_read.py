"""Five published documents: every cell, every figure, and what must be noticed and asked."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from bot import samples
from bot.imports import read as read_file
from itadomain.audit import Code as Sum
from itadomain.documents.doubts import Ask, Code
from itadomain.documents.reader import read
from itadomain.documents.reading import Reading, Sure
from itadomain.frameworks.shape import Instrument
from tests.domain.documents.papers import cells

SHARED = Path(__file__).resolve().parents[4] / "shared"
NUMBERS = ("000", "001", "002", "003", "004")
NAMES = dict(zip(NUMBERS, ("thaimueang", "yotkaeng", "srikham", "krasang", "nongmueang"), strict=True))


def seed(number: str) -> Reading:
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the documents are not beside the repository")
    file = next((SHARED / "seeds").glob(f"{number}_*.txt"))
    return read(read_file(file.read_bytes(), file.name))


def known(name: str):
    if not (SHARED / "reference").is_dir():
        pytest.skip("needs the reference folder beside the repository")
    return json.loads((SHARED / "reference" / name).read_text(encoding="utf-8"))


def truth(number: str) -> dict:
    return next(row for row in known("seeds_truth.json") if row["seed"] == number)


@pytest.mark.parametrize("number", NUMBERS)
def test_every_cell_of_every_measure_is_as_printed(number):
    assert [cells(one) for one in seed(number).measures] == known("seeds_measures.json")["documents"][number]


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_and_units_are_those_entered_by_hand(number):
    reading, sample = seed(number), samples.load(NAMES[number])
    assert [one.number for one in reading.measures] == [one.number for one in sample.measures]
    assert [(one.lead, one.everyone) for one in reading.measures] == [
        (one.lead, one.owners == ("ทุกสำนัก/กอง",)) for one in sample.measures
    ]
    assert [len(one.owners) for one in reading.measures] == [len(one.owners) for one in sample.measures]
    assert [unit.secretariat for unit in reading.units].count(True) == 1


@pytest.mark.parametrize("number", NUMBERS)
def test_agency_and_year_of_the_plan(number):
    reading, right = seed(number), truth(number)
    assert right["agency"].startswith(reading.agency)
    assert reading.fiscal_year == {"000": 2566}.get(number, right["fiscal_year_document"])
    assert reading.year_sure is (Sure.DISPUTED if number == "000" else Sure.PRINTED)


@pytest.mark.parametrize("number", NUMBERS)
def test_scores_are_the_printed_ones(number):
    reading, right = seed(number), truth(number)
    if not right["indicators"]:
        assert reading.result is None
        return
    result = reading.result
    assert result.fiscal_year == right["fiscal_year_scores"]
    assert (result.headline.total, result.headline.grade) == (Decimal(str(right["headline_score"])), right["grade"])
    wanted = [right["indicators"], *([right["second_table"]] if "second_table" in right else [])]
    assert [table.indicators for table in result.tables] == [
        {int(no): Decimal(str(points)) for no, points in table.items()} for table in wanted
    ]
    assert {str(i): float(points) for i, points in result.tables[0].instruments.items()} == right.get("instruments", {})


@pytest.mark.parametrize("number", NUMBERS)
def test_figures_keep_their_printed_decimals(number):
    reading, sample = seed(number), samples.load(NAMES[number])
    printed = [
        {no: str(points) for no, points in table.indicators.items()} for r in sample.results for table in r.tables
    ]
    again = (
        [{no: str(points) for no, points in table.indicators.items()} for table in reading.result.tables]
        if printed
        else []
    )
    assert again == printed


def test_two_tables_that_disagree_are_asked_about():
    reading = seed("000")
    assert [finding.code for finding in reading.findings] == [Code.YEARS_DISAGREE, Sum.TABLES_DISAGREE]
    assert [question.code for question in reading.questions] == [Ask.PLAN_YEAR, Ask.TABLE]
    assert reading.questions[0].choices == ("2566", "2565")


def test_codes_without_a_letter_and_a_code_of_two_questions_are_asked_about_once():
    reading = seed("001")
    assert [question.code for question in reading.questions] == [Ask.CODES]
    assert reading.questions[0].choices == ("14", "E 12", "21", "18")
    assert [one.questions for one in reading.measures][:4] == [(), ("E13",), ("E5",), ("E11",)]
    assert [code.meant for code in reading.measures[7].codes] == [("I21",), ("I24",)]


def test_a_second_total_two_spellings_and_a_gap_are_asked_about():
    reading = seed("002")
    assert {finding.code for finding in reading.findings} == {
        Code.AGENCY_SPELLED, Sum.SECOND_HEADLINE, Sum.WEIGHT_DIFFERS, Code.PERIOD_EMPTY, Code.NUMBERING_GAP, Code.BEFORE_PLAN,
    }  # fmt: skip
    assert [question.code for question in reading.questions] == [Ask.AGENCY, Ask.TOTAL, Ask.NUMBERS]
    assert reading.result.weights[Instrument.OIT] == 30
    assert [headline.total for headline in reading.result.headlines] == [Decimal("87.86")] * 2 + [Decimal("86.81")]
    assert [rule.wording for rule in reading.rules] == ["ติดตามผลการดำเนินงานของแต่ละงานที่รับผิดชอบเป็นประจำทุกเดือน"]


def test_a_total_that_its_instruments_do_not_give_is_asked_about():
    reading = seed("003")
    assert [finding.code for finding in reading.findings] == [Sum.HEADLINE_DIFFERS, Sum.YEAR_UNCLEAR]
    assert [question.code for question in reading.questions] == [Ask.TOTAL, Ask.SCORE_YEAR]
    assert reading.questions[0].choices == ("95", "88.87")
    assert reading.result.years_printed == (2564, 2565)


def test_measures_printed_twice_are_counted_once_and_a_slight_difference_is_only_noticed():
    reading = seed("004")
    assert {finding.code for finding in reading.findings} == {
        Code.RENUMBERED, Sum.HEADLINE_DIFFERS, Code.PRINTED_TWICE, Code.PRINTINGS_DIFFER,
    }  # fmt: skip
    assert reading.questions == ()
    assert [rule.wording for rule in reading.rules] == ["กำหนดให้รายงานผลการดำเนินงานดังกล่าวในการประชุมพนักงานทุก ๆ เดือน"]


@pytest.mark.parametrize("number", NUMBERS)
def test_what_is_noticed_says_where(number):
    reading = seed(number)
    doubts = [doubt for doubt in (*reading.findings, *reading.questions) if "agency" not in doubt.code]
    assert all(doubt.place.line or doubt.place.table for doubt in doubts)
