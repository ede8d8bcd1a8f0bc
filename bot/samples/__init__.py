"""Five agencies to try things out with, as published documents print them: nothing is computed, nothing repaired."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Instrument, Name
from itadomain.knowledge import Topic
from itadomain.measures import Measure
from itadomain.office import Office
from itadomain.organisation import Unit
from itadomain.scores import Headline, Result, ScoreTable, score

FOLDER = Path(__file__).resolve().parent
NAMES = ("thaimueang", "yotkaeng", "srikham", "krasang", "nongmueang")


@dataclass(frozen=True)
class Sample:
    """An agency with what its document prints."""

    office: Office
    units: Sequence[Unit]
    results: Sequence[Result]
    measures: Sequence[Measure]

    @property
    def secretariat(self) -> str:
        """The name of the unit that keeps the others on track, empty where the document names none."""
        return next((unit.name for unit in self.units if unit.secretariat), "")


def load(name: str) -> Sample:
    """The sample called `name`, one of NAMES."""
    printed = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    document = printed["document"]["title"]
    return Sample(
        office=_office(printed["agency"]),
        units=[_unit(one) for one in printed.get("unit", ())],
        results=[_result(one, document) for one in printed.get("result", ())],
        measures=[_measure(one, printed["plan"]["fiscal_year"]) for one in printed.get("measure", ())],
    )


def topics() -> Sequence[Topic]:
    """Made-up answers to what citizens ask, still without ids."""
    kept = tomllib.loads((FOLDER / "answers.toml").read_text(encoding="utf-8"))
    return [Topic(**{"id": "", **one, "aliases": tuple(one["aliases"])}) for one in kept["topic"]]


def _office(agency: Mapping[str, Any]) -> Office:
    name = Name(agency["name"], agency["name_en"])
    return Office(name=name, short=Name(agency["short"], agency["name_en"]), sample=True)


def _unit(one: Mapping[str, Any]) -> Unit:
    return Unit("", one["name"], tuple(one.get("also", ())), one.get("secretariat", False))


def _result(one: Mapping[str, Any], document: str) -> Result:
    return Result(
        fiscal_year=FiscalYear(one["fiscal_year"]),
        document=document,
        headlines=tuple(
            Headline(score(h["total"]), h.get("grade"), h.get("where", "")) for h in one.get("headline", ())
        ),
        tables=tuple(_table(table) for table in one.get("table", ())),
        weights={Instrument(name): Decimal(percent) for name, percent in one.get("weights", {}).items()},
        years_printed=tuple(one.get("years_printed", ())),
    )


def _table(table: Mapping[str, Any]) -> ScoreTable:
    return ScoreTable(
        name=table["name"],
        where=table.get("where", ""),
        indicators={int(no): score(points) for no, points in table.get("indicators", {}).items()},
        instruments={Instrument(name): score(points) for name, points in table.get("instruments", {}).items()},
    )


def _measure(one: Mapping[str, Any], plan_year: int) -> Measure:
    return Measure(
        id="",
        plan_year=FiscalYear(plan_year),
        number=one.get("no", ""),
        title=one["title"],
        owners=tuple(one.get("owners", ())),
        lead=one.get("lead", ""),
        period=one.get("period", ""),
        follow_up=one.get("follow_up", ""),
        steps=tuple(one.get("steps", ())),
        questions=tuple(one.get("questions", ())),
        finding=one.get("finding", ""),
        result=one.get("result", ""),
        suggestion=one.get("suggestion", ""),
    )
