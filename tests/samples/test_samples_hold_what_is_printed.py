"""The five samples say what the five documents print: no more, no less, and nobody's name."""

import json
import re
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
SOURCES = {"thaimueang": "000", "yotkaeng": "001", "srikham": "002", "krasang": "003", "nongmueang": "004"}
EVERYONE = "ทุกสำนัก/กอง"
FIGURE = re.compile(r"\d{1,3}(\.\d{2})?")
THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")

KEYS = {
    "": {"agency", "document", "result", "unit", "plan", "measure"},
    "agency": {"name", "short", "name_en", "also", "place"},
    "document": {"title", "fiscal_year", "source"},
    "plan": {"fiscal_year"},
    "result": {"fiscal_year", "years_printed", "headline", "table", "weights"},
    "headline": {"total", "grade", "where"},
    "table": {"name", "where", "indicators", "instruments"},
    "indicators": {str(n) for n in range(1, 11)},
    "instruments": {"IIT", "EIT", "OIT"},
    "weights": {"IIT", "EIT", "OIT"},
    "unit": {"name", "secretariat", "also"},
    "measure": {
        "no", "title", "questions", "owners", "lead", "period", "follow_up",
        "steps", "finding", "result", "suggestion",
    },
}  # fmt: skip

PRINTED_NAMES = {
    "1": "การปฏิบัติหน้าที่",
    "2": "การใช้งบประมาณ",
    "3": "การใช้อำนาจ",
    "4": "การใช้ทรัพย์สินของราชการ",
    "5": "การแก้ไขปัญหา(?:ของ)?(?:การ)?ทุจริต",
    "6": "คุณภาพการดำเนินงาน",
    "7": "ประสิทธิภาพการสื่อสาร",
    "8": "การปรับปรุง(?:ระบบ)?การทำงาน",
    "9": "การเปิดเผยข้อมูล",
    "10": "การป้องกันการทุจริต",
}

QUESTIONS = [
    ["I4"], ["E13"], ["E5"], ["E11"], ["E12"], ["E14"], ["E9", "E10"], ["I21", "I24"], ["I8"], [], ["E15"],
]  # fmt: skip


def read(slug: str) -> dict:
    return tomllib.loads(path(slug).read_text(encoding="utf-8"))


def path(slug: str) -> Path:
    return ROOT / "bot" / "samples" / f"{slug}.toml"


def seed(source: str) -> str:
    """The document's text with Arabic digits."""
    need(SHARED / "seeds")
    return next((SHARED / "seeds").glob(f"{source}_*.txt")).read_text(encoding="utf-8").translate(THAI_DIGITS)


def truth(source: str) -> dict:
    need(SHARED / "reference")
    rows = json.loads((SHARED / "reference" / "seeds_truth.json").read_text(encoding="utf-8"))
    return next(row for row in rows if row["seed"] == source)


def printed_measures(source: str) -> list[dict]:
    need(SHARED / "reference")
    text = (SHARED / "reference" / "seeds_measures.json").read_text(encoding="utf-8")
    return json.loads(text)["documents"][source]


def need(folder: Path) -> None:
    if not folder.is_dir():
        pytest.skip("the documents are not beside the repository")


def fold(text: str) -> str:
    """Text as it reads without line breaks, spaces and Thai digits."""
    return re.sub(r"\s+", "", text).translate(THAI_DIGITS)


def numbered(title: str) -> tuple[str | None, str]:
    """The leading number of a printed title, if it has one, and the folded rest."""
    found = re.match(r"\(?(\d+)[).](.*)", fold(title))
    return (found[1], found[2]) if found else (None, fold(title))


def owners_of(measure: dict) -> list[str]:
    return measure["owners"] + ([measure["lead"]] if "lead" in measure else [])


def own_words(measure: dict) -> list[str]:
    return measure["steps"] + [measure[key] for key in ("finding", "result", "suggestion") if key in measure]


def tables_of(sample: dict) -> list[dict]:
    return [table for result in sample.get("result", []) for table in result["table"]]


def headlines_of(sample: dict) -> list[dict]:
    return [headline for result in sample.get("result", []) for headline in result["headline"]]


def values(printed: dict[str, str]) -> dict[str, Decimal]:
    return {key: Decimal(figure) for key, figure in printed.items()}


def expected(figures: dict[str, float]) -> dict[str, Decimal]:
    return {key: Decimal(str(figure)) for key, figure in figures.items()}


def unknown_keys(name: str, node: object) -> list[str]:
    """Every key below a node that the format does not have, as parent.key."""
    if isinstance(node, list):
        return [key for item in node for key in unknown_keys(name, item)]
    if not isinstance(node, dict):
        return []
    strange = [f"{name}.{key}" for key in node if key not in KEYS.get(name, set())]
    return strange + [key for child, value in node.items() for key in unknown_keys(child, value)]


@pytest.fixture(params=SOURCES)
def slug(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def sample(slug: str) -> dict:
    return read(slug)


@pytest.fixture
def source(slug: str) -> str:
    return SOURCES[slug]


def test_the_format_is_closed_so_nothing_computed_can_slip_in(sample: dict) -> None:
    assert unknown_keys("", sample) == []


def test_every_figure_is_a_printed_string(sample: dict) -> None:
    printed = [table[kind] for table in tables_of(sample) for kind in ("indicators", "instruments") if kind in table]
    printed += [result["weights"] for result in sample.get("result", []) if "weights" in result]
    figures = [figure for row in printed for figure in row.values()]
    figures += [headline["total"] for headline in headlines_of(sample)]
    assert all(isinstance(figure, str) and FIGURE.fullmatch(figure) for figure in figures)


def test_every_headline_and_table_says_where_it_stands(sample: dict) -> None:
    assert all(part["where"] for part in headlines_of(sample) + tables_of(sample))


def test_units_are_listed_once_and_own_what_they_should(sample: dict) -> None:
    units = [unit["name"] for unit in sample["unit"]]
    assert len(units) == len(set(units))
    assert [unit["name"] for unit in sample["unit"] if unit.get("secretariat")] == units[:1]
    owners = [owner for measure in sample["measure"] for owner in owners_of(measure) if owner != EVERYONE]
    assert list(dict.fromkeys(owners)) == units


def test_every_measure_has_one_to_five_steps(sample: dict) -> None:
    assert all(1 <= len(measure["steps"]) <= 5 for measure in sample["measure"])


def test_no_personal_title_appears(slug: str) -> None:
    """นายก is an office, มิถุนายน a month and พัฒนางาน a task: none of them is a person."""
    assert re.findall(r"(?<!มิถุ)นาย(?!ก)|นาง(?!าน)", path(slug).read_text(encoding="utf-8")) == []


def test_no_name_that_a_document_prints_appears(slug: str, source: str) -> None:
    people = re.findall(r"(?:นางสาว|นาง|นาย(?!ก))([ก-๙]+) +([ก-๙]+)", seed(source))
    written = path(slug).read_text(encoding="utf-8")
    assert bool(people) == (source == "004")
    assert not [name for person in people for name in person if name in written]


def test_agency_and_title_are_the_printed_ones(sample: dict, source: str) -> None:
    text = fold(seed(source).replace("*", ""))
    agency, document = sample["agency"], sample["document"]
    assert document["source"] == source
    assert all(fold(name) in text for name in [agency["name"], *agency.get("also", []), agency.get("place", "")])
    assert fold(document["title"]) in text.replace(fold(f"{agency['name']}อำเภอ"), "อำเภอ")
    assert f"พ.ศ. {document['fiscal_year']}" in document["title"]


def test_the_agency_is_the_one_the_reference_names(sample: dict, source: str) -> None:
    known = fold(truth(source)["agency"])
    assert known.startswith(fold(sample["agency"]["name"]))
    assert ("(also" in known) == bool(sample["agency"].get("also"))


def test_years_are_the_documents_own(sample: dict, source: str) -> None:
    """The second of the contradictory years of a report stands with its plan, not with its title."""
    known = truth(source)
    assert known["fiscal_year_document"] in (sample["document"]["fiscal_year"], sample["plan"]["fiscal_year"])
    assert [result["fiscal_year"] for result in sample.get("result", [])] == [
        year for year in [known.get("fiscal_year_scores")] if year
    ]


def test_first_headline_and_grade_are_the_official_ones(sample: dict, source: str) -> None:
    known = truth(source)
    if known["headline_score"] is None:
        assert "result" not in sample
        return
    first = sample["result"][0]["headline"][0]
    assert Decimal(first["total"]) == Decimal(str(known["headline_score"]))
    assert first["grade"] == known["grade"]


def test_every_other_headline_is_one_the_document_prints(sample: dict, source: str) -> None:
    known = truth(source)
    totals = {str(known["headline_score"])} - {"None"}
    totals |= {flag.rsplit("_", 1)[1] for flag in known.get("flags", []) if "second_headline" in flag}
    kept = {headline["total"] for headline in headlines_of(sample)}
    assert {Decimal(total) for total in kept} == {Decimal(total) for total in totals}


def test_a_headline_stands_as_often_as_it_is_printed(sample: dict, source: str) -> None:
    totals = [headline["total"] for headline in headlines_of(sample)]
    for total in totals:
        printed = re.findall(rf"(?<![\d.]){total} (?:คะแนน|จัดอยู่)", seed(source))
        assert len(printed) == totals.count(total)


def test_tables_equal_the_reference_figure_by_figure(sample: dict, source: str) -> None:
    known = truth(source)
    wanted = [known.get("indicators"), known.get("second_table")]
    assert [values(table["indicators"]) for table in tables_of(sample)] == [
        expected(table) for table in wanted if table
    ]


def test_instruments_stand_only_where_they_are_printed(sample: dict, source: str) -> None:
    kept = [values(table["instruments"]) for table in tables_of(sample) if "instruments" in table]
    assert kept == [expected(known) for known in [truth(source).get("instruments")] if known]
    for table in tables_of(sample):
        assert all(figure in seed(source) for figure in table.get("instruments", {}).values())


@pytest.mark.parametrize("indicator", PRINTED_NAMES)
def test_every_indicator_keeps_its_figure_digit_for_digit(sample: dict, source: str, indicator: str) -> None:
    printed = re.findall(rf"{PRINTED_NAMES[indicator]}\s+(\d+\.\d\d|100)\b", seed(source))
    assert sorted(table["indicators"][indicator] for table in tables_of(sample)) == sorted(printed)


def test_weights_are_the_printed_ones(sample: dict, source: str) -> None:
    printed = dict(re.findall(r"\((IIT|EIT|OIT)\)\t[^\n]*ร้อยละ (\d+)$", seed(source), re.MULTILINE))
    assert [result.get("weights", {}) for result in sample.get("result", [{}])] == [printed]


def test_scores_said_to_be_of_two_years_say_both(sample: dict, source: str) -> None:
    years = [result.get("years_printed") for result in sample.get("result", [])]
    assert years == ([[2564, 2565]] if source == "003" else [None] * len(years))
    if source == "003":
        said = r"รายงานผลคะแนน[^\n]*?ประจำปีงบประมาณ (\d{4}) และมีข"
        assert sorted(int(year) for year in re.findall(said, seed(source))) == years[0]


def test_measures_are_as_many_as_in_print(sample: dict, source: str) -> None:
    assert len(sample["measure"]) == truth(source)["measures"] == len(printed_measures(source))


def test_titles_and_numbers_are_the_printed_ones(sample: dict, source: str) -> None:
    kept = [(measure.get("no"), fold(measure["title"])) for measure in sample["measure"]]
    assert kept == [numbered(cell["title"]) for cell in printed_measures(source)]


def test_titles_begin_with_words_and_carry_no_artefacts(sample: dict) -> None:
    titles = [measure["title"] for measure in sample["measure"]]
    assert not [title for title in titles if re.search(r"^[\d๐-๙(]|<|>|\s{2}|\n", title)]


def test_periods_are_the_printed_ones(sample: dict, source: str) -> None:
    printed = [fold(cell["period"]) for cell in printed_measures(source)]
    assert [fold(measure["period"]) for measure in sample["measure"]] == printed


def test_follow_ups_are_the_printed_ones(sample: dict, source: str) -> None:
    printed = [fold(cell.get("follow_up", "")) for cell in printed_measures(source)]
    assert [fold(measure.get("follow_up", "")) for measure in sample["measure"]] == printed


def test_thai_digits_stay_where_they_are_printed(sample: dict, source: str) -> None:
    for measure, cell in zip(sample["measure"], printed_measures(source), strict=True):
        for key in ("period", "follow_up"):
            assert re.findall(r"[\d๐-๙]", measure.get(key, "")) == re.findall(r"[\d๐-๙]", cell.get(key, ""))


def test_owners_use_up_the_whole_printed_cell(sample: dict, source: str) -> None:
    """What is left of the cell after its owners is only list numbers and joining words."""
    spellings = {unit["name"]: [*unit.get("also", []), unit["name"]] for unit in sample["unit"]}
    spellings[EVERYONE] = [EVERYONE, "ทุกสำนัก/ทุกกอง"]
    for measure, cell in zip(sample["measure"], printed_measures(source), strict=True):
        rest = fold(cell["owner"])
        for owner in owners_of(measure):
            found = [fold(name) for name in spellings[owner] if fold(name) in rest]
            assert found, (owner, cell["owner"])
            rest = rest.replace(max(found, key=len), "", 1)
        assert re.fullmatch(r"(?:\d\.|/|โดย|เป็นผู้รับผิดชอบ)*", rest), rest
        assert ("lead" in measure) == ("โดย" in cell["owner"])


def test_question_codes_are_corrected_and_stand_only_where_questions_are_printed(sample: dict, source: str) -> None:
    asked = [measure.get("questions") for measure in sample["measure"]]
    assert asked == (QUESTIONS if source == "001" else [None] * len(asked))


@pytest.mark.parametrize("column", ["finding", "result", "suggestion"])
def test_findings_results_and_suggestions_stand_where_the_cell_is_filled(
    sample: dict, source: str, column: str
) -> None:
    printed = [bool(cell.get(column)) for cell in printed_measures(source)]
    assert [column in measure for measure in sample["measure"]] == printed


def test_no_sentence_is_copied(sample: dict, source: str) -> None:
    text = fold(seed(source))
    sentences = [sentence for measure in sample["measure"] for sentence in own_words(measure)]
    assert not [sentence for sentence in sentences if len(sentence) > 25 and fold(sentence) in text]


def test_no_long_stretch_of_a_sentence_is_copied(sample: dict, source: str) -> None:
    """Names of things may run to thirty characters or so; forty in a row would be the document's wording."""
    text = fold(seed(source))
    for sentence in (fold(words) for measure in sample["measure"] for words in own_words(measure)):
        runs = [sentence[start : start + 40] for start in range(len(sentence) - 39)]
        assert not [run for run in runs if run in text], sentence
