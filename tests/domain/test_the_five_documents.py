"""Five published documents, and what each comes to: the figures that the rules must find by themselves."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from bot import samples
from itadomain.audit import Audit, Code, audit
from itadomain.frameworks.shape import Instrument
from itadomain.scores import shown

TRUTH = Path(__file__).resolve().parents[3] / "shared" / "reference" / "seeds_truth.json"
SEEDS = {"thaimueang": "000", "yotkaeng": "001", "srikham": "002", "krasang": "003", "nongmueang": "004"}


def seen(name: str) -> Audit:
    return audit(samples.load(name).results[0])


def found(one: Audit) -> dict[Code, dict]:
    return {finding.code: dict(finding.facts) for finding in one.findings}


def test_thaimueang_prints_two_tables_and_the_first_gives_its_total():
    one = seen("thaimueang")
    assert (one.total, one.grade.name.en, one.recomputed_total) == (Decimal("94.97"), "A", Decimal("94.98"))
    assert one.chosen.total == Decimal("94.9774")
    told = found(one)[Code.TABLES_DISAGREE]
    assert (told["chosen_total"], told["other_total"]) == (Decimal("94.98"), Decimal("95.87"))
    assert (told["other_grade"].en, told["fits"]) == ("AA", True)
    assert list(found(one)) == [Code.TABLES_DISAGREE]
    assert not one.contradicted
    assert one.ahead.total == Decimal("0.03")


def test_srikham_prints_a_second_total_and_a_wrong_weight():
    one = seen("srikham")
    assert (one.total, one.recomputed_total, one.grade.name.en) == (Decimal("87.86"), Decimal("87.86"), "A")
    assert one.chosen.total == Decimal("87.8624")
    told = found(one)
    assert set(told) == {Code.SECOND_HEADLINE, Code.WEIGHT_DIFFERS}
    assert (told[Code.SECOND_HEADLINE]["printed"], told[Code.SECOND_HEADLINE]["fits"]) == (Decimal("86.81"), False)
    weight = told[Code.WEIGHT_DIFFERS]
    assert (weight["instrument"], weight["printed"], weight["rule"], weight["sum"]) == (Instrument.OIT, 30, 40, 90)


def test_krasang_prints_95_and_aa_where_its_indicators_give_an_a():
    one = seen("krasang")
    assert (one.total, one.grade.name.en) == (95, "AA")
    assert (one.recomputed_total, one.recomputed_grade.name.en) == (Decimal("88.87"), "A")
    assert one.contradicted
    assert set(found(one)) == {Code.HEADLINE_DIFFERS, Code.YEAR_UNCLEAR}
    assert found(one)[Code.YEAR_UNCLEAR] == {"years": [2564, 2565], "year": 2564}


def test_nongmueang_prints_a_total_slightly_too_low():
    one = seen("nongmueang")
    assert (one.total, one.recomputed_total) == (Decimal("92.65"), Decimal("92.68"))
    told = found(one)
    assert list(told) == [Code.HEADLINE_DIFFERS]
    assert told[Code.HEADLINE_DIFFERS]["difference"] == Decimal("0.03")
    assert told[Code.HEADLINE_DIFFERS]["printed_grade"] == told[Code.HEADLINE_DIFFERS]["recomputed_grade"]


def test_yotkaeng_prints_measures_and_no_score():
    sample = samples.load("yotkaeng")
    assert not sample.results
    assert len(sample.measures) == 11


@pytest.mark.parametrize("name", samples.NAMES)
def test_a_document_comes_to_what_was_worked_out_by_hand(name):
    if not TRUTH.exists():
        pytest.skip("needs the reference folder beside the repository")
    truth = next(row for row in json.loads(TRUTH.read_text(encoding="utf-8")) if row["seed"] == SEEDS[name])
    sample = samples.load(name)
    assert len(sample.measures) == truth["measures"]
    assert bool(sample.results) == bool(truth["indicators"])
    for one in map(audit, sample.results):
        assert one.result.fiscal_year == truth["fiscal_year_scores"]
        assert one.total == Decimal(str(truth["headline_score"]))
        assert one.printed_grade == truth["grade"]
        tables = [truth["computed"], *([truth["second_table_computed"]] if "second_table_computed" in truth else [])]
        assert [worked_out(again) for again in one.recomputed] == tables


def worked_out(again) -> dict[str, float]:
    parts = {instrument.value: float(shown(points)) for instrument, points in again.instruments.items()}
    return {**parts, "total": float(shown(again.total))}
