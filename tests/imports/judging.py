"""What a paper says in truth, held against what the import would keep of it: right, wrong, lost, asked.

A cell that is not as it should be counts as asked where a question is about it. «?» in the truth is a cell that nobody
can know: it is no figure of the rate, but a question about it must be there. «…» stands for words left out.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from bot.imports import read as read_file
from itadomain.asking import Asked, timetables
from itadomain.documents.reader import read
from itadomain.documents.reading import Column, Reading
from itadomain.importing import Known, Proposal, plan_of, propose
from itadomain.refusals import Refusal
from tests.imports.papers import Part, parts_of

FOLDER = Path(__file__).parent / "other_agencies"
UNKNOWN, NONE = "?", "-"
DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
LIKE = 0.55
#: What a question about a whole row answers for, and what questions about one field do.
OF_ANY_CELL = {"row", "same_as", "printings", "title"}
OF_FIELD = {
    "owners": {"owner"}, "lead": {"owner"}, "period": {"period"}, "start": {"period", "plan_year"},
    "end": {"period", "plan_year"}, "follow_up": {"follow_up"}, "due": {"follow_up", "period", "plan_year"},
    "number": {"numbers"}, "questions": {"codes"}, "method": set(),
}  # fmt: skip
OF_FIGURES = {"points", "table", "weighted", "instruments", "mean"}
OF_RESULT = {"year": {"score_year"}, "total": {"total", "points"}, "grade": {"grade", "total"}}
GENERAL = {"cadence": "follow_up", "contradicts": "follow_up"}


@dataclass(frozen=True)
class Truth:
    """What a paper says, written down by a person."""

    name: str
    about: str
    parts: Sequence[Part]
    agency: str = ""
    plan_year: int | str | None = None
    scores: Mapping[str, Any] = field(default_factory=dict)
    measures: Sequence[Mapping[str, str]] = ()
    asks: Sequence[str] = ()
    units: Sequence[str] = ()  # beside the owners
    refused: str = ""
    printed: bool = False  # whether it is tried as a PDF too
    forms: Sequence[str] = ("txt", "docx", "xlsx")
    told_year: int | None = None  # what a person would answer where the year is not printed


@dataclass(frozen=True)
class Verdict:
    """How one cell came out."""

    where: str
    outcome: str  # right · asked · wrong · lost
    expected: str = ""
    stored: str = ""


@dataclass
class Judged:
    """How one paper came out in one form."""

    truth: Truth
    cells: list[Verdict] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)  # doubts that should have been asked
    needless: list[str] = field(default_factory=list)  # questions that nobody expected

    def of(self, *outcomes: str) -> list[Verdict]:
        return [one for one in self.cells if one.outcome in outcomes]


def truths() -> list[Truth]:
    return [_truth(path) for path in sorted(FOLDER.glob("*.toml"))]


def _truth(path: Path) -> Truth:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    table = parts_of(told.pop("measures", ""))
    head, *rows = table[0] if table else [()]
    measures = [dict(zip(head, row, strict=True)) for row in rows]
    return Truth(name=path.stem, parts=parts_of(told.pop("paper")), measures=measures, **told)


def judged(truth: Truth, data: bytes, name: str) -> Judged:
    """Bring a file in as the command does, and hold what would be kept against the truth."""
    seen = Judged(truth)
    try:
        document = read_file(data, name)
        reading = read(document)
        proposal, asked = _proposed(reading)
    except Refusal as no:
        if not _settled_by_year(no, truth):
            seen.cells += _of_refusal(truth, str(no.key))
            return seen
        proposal, asked = _proposed(read(document, plan_year=truth.told_year))
        asked = [*asked, ("plan_year", ())]
    if truth.refused:
        seen.cells.append(Verdict("refusal", "wrong", truth.refused, "kept"))
    seen.cells += _of_document(truth, proposal, asked)
    seen.cells += _of_measures(truth, proposal, asked)
    seen.cells += _of_units(truth, proposal)
    seen.unasked += [ask for ask in truth.asks if not any(_answers(one, ask) for one in asked)]
    seen.needless += [_spoken(one) for one in asked if not any(_answers(one, ask) for ask in truth.asks)]
    return seen


def _of_refusal(truth: Truth, told: str) -> Sequence[Verdict]:
    """A paper that is refused loses nothing in silence, but none of its cells is right."""
    if truth.refused:
        return [Verdict("refusal", "right" if told == truth.refused else "wrong", truth.refused, told)]
    cells = [text for measure in truth.measures for text in measure.values()]
    return [Verdict("refusal", "asked", str(text), told) for text in (*cells, *truth.scores.values())]


Short = tuple[str, Sequence[int]]


def _settled_by_year(no: Refusal, truth: Truth) -> bool:
    return no.key == "importing.which_year" and truth.told_year is not None


def _proposed(reading: Reading) -> tuple[Proposal, list[Short]]:
    proposal = propose(reading, plan_of(reading), Known())
    return proposal, [_short(one) for one in proposal.asked]


def _short(asked: Asked) -> Short:
    word = asked.key.rpartition(".")[2].removeprefix("ask_")
    return GENERAL.get(word, word), [at + 1 for at in asked.measures]


def _answers(asked: Short, ask: str) -> bool:
    """«owner 2» is asked by a question about the owner of the second measure, «points» by any about points."""
    word, _, at = ask.partition(" ")
    return asked[0] == word and (not at or int(at) in asked[1])


def _spoken(asked: Short) -> str:
    return f"{asked[0]} {' '.join(map(str, asked[1]))}".strip()


def _verdict(where: str, expected: str, stored: str, *, covered: bool) -> Verdict:
    if fits(expected, stored):
        return Verdict(where, "right", expected, stored)
    outcome = "asked" if covered else "wrong" if stored else "lost"
    return Verdict(where, outcome, expected, stored)


def fits(expected: str, stored: str) -> bool:
    """The same but for white space, digits and two ways to write sara am, which depend on the kind of file."""
    first, dots, last = _bare(expected).partition("…")
    own = _bare(stored)
    return own.startswith(first) and own.endswith(last) and len(own) >= len(first + last) if dots else own == first


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("ํา", "ำ").translate(DIGITS)


def _of_document(truth: Truth, proposal: Proposal, asked: Sequence[Short]) -> Iterator[Verdict]:
    words = {word for word, _ in asked}
    reading = proposal.reading
    if truth.agency != UNKNOWN:
        yield _verdict("agency", truth.agency, reading.agency, covered="agency" in words)
    if proposal.plan and truth.measures and truth.plan_year != UNKNOWN:
        year = proposal.plan[0].plan_year
        yield _verdict("plan_year", str(truth.plan_year or truth.told_year), str(year), covered="plan_year" in words)
    stored = _figures(proposal)
    for name in dict.fromkeys([*truth.scores, *stored]):
        expected = str(truth.scores.get(name, ""))
        if expected != UNKNOWN:
            yield _verdict(
                f"scores.{name}", expected, stored.get(name, ""), covered=bool(words & OF_RESULT.get(name, OF_FIGURES))
            )


def _figures(proposal: Proposal) -> dict[str, str]:
    """Year, total, grade and each figure of the chosen table, as printed."""
    seen = proposal.audit
    if seen is None:
        return {}
    figures: dict[str, Any] = {"year": seen.result.fiscal_year}
    if seen.result.headline:
        figures |= {"total": seen.result.headline.total, "grade": seen.result.headline.grade}
    if seen.chosen:
        figures |= {str(name): value for name, value in seen.chosen.table.instruments.items()}
        figures |= {str(no): value for no, value in seen.chosen.table.indicators.items()}
    return {
        name: f"{value:f}" if isinstance(value, Decimal) else str(value) for name, value in figures.items() if value
    }


def _of_measures(truth: Truth, proposal: Proposal, asked: Sequence[Short]) -> Iterator[Verdict]:
    stored = list(_stored(proposal))
    pairs = _paired(truth.measures, stored)
    words = {word for word, _ in asked}
    for at, expected in enumerate(truth.measures):
        own = pairs.get(at)
        about = {word for word, places in asked if own is not None and own + 1 in places} | (words & {"plan_year"})
        cells = stored[own] if own is not None else {}
        for name, text in expected.items():
            if text != UNKNOWN:
                yield _of_cell(f"{at + 1}.{name}", text, cells.get(name, ""), about, lost_asked="columns" in words)
    for at in sorted(set(range(len(stored))) - set(pairs.values())):
        row = any(word in OF_ANY_CELL and at + 1 in places for word, places in asked)
        yield Verdict(f"extra {at + 1}", "asked" if row else "wrong", "", stored[at]["name"])


def _of_cell(where: str, text: str, stored: str, about: set[str], *, lost_asked: bool) -> Verdict:
    """A question about the table or one of its columns answers for what is lost, not for what is wrong."""
    field_name = where.partition(".")[2]
    covered = bool(about & (OF_ANY_CELL | OF_FIELD.get(field_name, set()))) or (lost_asked and not stored)
    return _verdict(where, "" if text == NONE else text, "" if stored == NONE else stored, covered=covered)


def _stored(proposal: Proposal) -> Iterator[dict[str, str]]:
    """Each measure as it would be kept, cell by cell."""
    for printed, kept, days in zip(proposal.reading.measures, proposal.plan, timetables(proposal.plan), strict=True):
        yield {
            **{str(column): text for column, text in printed.cells.items()},
            "number": kept.number,
            "name": kept.title,
            "title": printed[Column.TITLE],
            "owners": ";".join(kept.owners),
            "lead": kept.lead,
            "period": kept.period,
            "start": _iso(days.period.start),
            "end": _iso(days.period.end),
            "follow_up": kept.follow_up,
            "due": " ".join(one.slot.isoformat() for one in days.dues),
            "questions": ";".join(kept.questions),
            "indicators": ";".join(map(str, kept.indicators)),
            "steps": ";".join(kept.steps),
        }


def _iso(day: Any) -> str:
    return day.isoformat() if day else ""


def _paired(expected: Sequence[Mapping[str, str]], stored: Sequence[Mapping[str, str]]) -> dict[int, int]:
    """Which stored measure is which of the truth: the likest first."""
    likes = sorted(
        ((_alike(one, other), -abs(at - place), at, place)
         for at, one in enumerate(expected) for place, other in enumerate(stored)),
        reverse=True,
    )  # fmt: skip
    pairs: dict[int, int] = {}
    for alike, _, at, place in likes:
        if alike >= LIKE and at not in pairs and place not in pairs.values():
            pairs[at] = place
    return pairs


def _alike(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    names = [name for name in ("name", "method", "owners", "start", "question") if one.get(name, UNKNOWN) != UNKNOWN]
    if fits(one["name"], other["name"]):
        return 1 + sum(fits(one[name], other.get(name, "")) for name in names)
    texts = [_bare(" ".join(row.get(name, "") for name in names)) for row in (one, other)]
    return SequenceMatcher(None, *texts, autojunk=False).ratio()


def _of_units(truth: Truth, proposal: Proposal) -> Iterator[Verdict]:
    """Only what the truth names as an owner may become a unit."""
    owners = {_bare(name) for one in truth.measures for name in one.get("owners", "").split(";")}
    allowed = owners | {_bare(one.get("lead", "")) for one in truth.measures} | {_bare(name) for name in truth.units}
    for unit in proposal.new_units:
        if _bare(unit.name) not in allowed:
            yield Verdict("unit", "wrong", "", unit.name)
