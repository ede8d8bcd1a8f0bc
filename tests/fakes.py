"""An agency in memory, and values with sensible defaults to put into it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from bot.storage.places import KEPT_MS, Place
from itadomain.allowance import Allowance
from itadomain.audit import Code
from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Instrument, Name
from itadomain.measures import Measure
from itadomain.office import Office
from itadomain.people import Person, Role
from itadomain.scores import Headline, Result, ScoreTable

#: IIT 90.00, EIT 90.00, OIT 96.00: a total of 92.40.
POINTS = ("92.00", "88.00", "90.00", "86.00", "94.00", "91.00", "89.00", "90.00", "95.00", "97.00")
TABLE_NAME = "ตารางผลการประเมิน"


def an_office(**changes: Any) -> Office:
    office = Office(Name("องค์การบริหารส่วนตำบลบางสมมติ", "Bang Sommut SAO"), Name("อบต.บางสมมติ", "Bang Sommut"))
    return replace(office, **changes)


def a_person(*roles: Role, name: str = "สมหญิง", unit: str = "", language: str = "th") -> Person:
    """Someone with `roles`; nobody's name is known of a citizen."""
    return Person("", name if roles else "", frozenset(roles), language, unit)


def a_table(points: Sequence[str] = POINTS, name: str = TABLE_NAME, **instruments: str) -> ScoreTable:
    """A table of points in the order of the indicators; `IIT="91.95"` prints an instrument as well."""
    return ScoreTable(
        name,
        {no: Decimal(point) for no, point in enumerate(points, 1)},
        {Instrument(short): Decimal(point) for short, point in instruments.items()},
    )


def a_result(
    year: int = 2565,
    total: str | None = "92.40",
    grade: str | None = "A",
    *tables: ScoreTable,
    also: Sequence[str] = (),
    weights: Mapping[str, str] | None = None,
    years: Sequence[int] = (),
) -> Result:
    """A result that adds up, unless it is told otherwise; `also` are further headlines."""
    official = [] if total is None else [Headline(Decimal(total), grade, "หน้าแรก")]
    return Result(
        FiscalYear(year),
        f"รายงานผลการประเมิน ปี {year}",
        (*official, *(Headline(Decimal(other), None, "ท้ายรายงาน") for other in also)),
        tables or (a_table(),),
        {Instrument(short): Decimal(percent) for short, percent in (weights or {}).items()},
        tuple(years),
    )


def a_measure(number: int = 1, **changes: Any) -> Measure:
    measure = Measure(
        f"m{number}",
        FiscalYear(2566),
        str(number),
        f"มาตรการที่ {number} เผยแพร่ข้อมูลต่อสาธารณะ",
        owners=("สำนักปลัด",) if number % 2 else ("กองคลัง",),
        period="ตลอดปีงบประมาณ",
        follow_up="รายงานทุกไตรมาส",
        steps=("จัดทำคู่มือ", "เผยแพร่บนเว็บไซต์"),
    )
    return replace(measure, **changes)


def _even(points: str) -> ScoreTable:
    return a_table([points] * 10)


#: For every finding: a result that has it, and its nearest neighbour that has not.
CONTRADICTIONS: Mapping[Code, tuple[Result, Result]] = {
    Code.HEADLINE_DIFFERS: (a_result(total="92.43"), a_result(total="92.42")),
    Code.GRADE_DIFFERS: (a_result(2565, "95.00", "A", _even("95")), a_result(2565, "94.99", "A", _even("95"))),
    Code.GRADE_UNKNOWN: (a_result(grade="ผ่านดี"), a_result(grade=" A ")),
    Code.SECOND_HEADLINE: (a_result(also=["92.41"]), a_result(also=["92.40"])),
    Code.TABLES_DISAGREE: (
        a_result(2565, "92.40", "A", a_table(), a_table((*POINTS[:9], "97.01"), "ตารางที่สอง")),
        a_result(2565, "92.40", "A", a_table(), a_table(POINTS, "ตารางที่สอง")),
    ),
    Code.INSTRUMENT_DIFFERS: (
        a_result(2565, "92.40", "A", a_table(OIT="96.03")),
        a_result(2565, "92.40", "A", a_table(OIT="96.02")),
    ),
    Code.WEIGHT_DIFFERS: (a_result(weights={"OIT": "30"}), a_result(weights={"OIT": "40.0"})),
    Code.YEAR_UNCLEAR: (a_result(years=[2564, 2565]), a_result(years=[2565, 2565])),
}


@dataclass
class Scores:
    """Results by year."""

    kept: dict[int, Result] = field(default_factory=dict)

    def all(self) -> Sequence[Result]:
        return [self.kept[year] for year in sorted(self.kept, reverse=True)]

    def of_year(self, year: int) -> Result | None:
        return self.kept.get(year)

    def save(self, result: Result) -> None:
        self.kept[result.fiscal_year] = result


@dataclass
class Measures:
    """Measures in printed order."""

    kept: list[Measure] = field(default_factory=list)

    def of_newest_plan(self) -> Sequence[Measure]:
        newest = max((measure.plan_year for measure in self.kept), default=None)
        return [measure for measure in self.kept if measure.plan_year == newest]

    def get(self, measure_id: str) -> Measure | None:
        return next((measure for measure in self.kept if measure.id == measure_id), None)


@dataclass
class People:
    """People by the name under which LINE knows them."""

    kept: dict[str, Person] = field(default_factory=dict)

    def by_line_id(self, line_user_id: str) -> Person | None:
        return self.kept.get(line_user_id)

    def meet(self, line_user_id: str, person: Person | None = None) -> Person:
        met = person or Person("")
        self.kept[line_user_id] = replace(met, id=met.id or f"p{len(self.kept) + 1}")
        return self.kept[line_user_id]

    def save(self, person: Person) -> None:
        known = [line_user_id for line_user_id, one in self.kept.items() if one.id == person.id]
        if not known:
            raise LookupError("nobody has this id")
        self.kept[known[0]] = person

    def with_role(self, role: Role) -> Sequence[Person]:
        return sorted((one for one in self.kept.values() if role in one.roles), key=lambda one: one.id)


@dataclass
class Places:
    """Open questions, kept as JSON: a draft that cannot be stored fails here as it would in a database."""

    kept: dict[str, str] = field(default_factory=dict)
    asked_at: dict[str, int] = field(default_factory=dict)

    def of(self, person_id: str, now: int) -> Place | None:
        fresh = now - self.asked_at.get(person_id, now) <= KEPT_MS
        return Place(*json.loads(self.kept[person_id])) if fresh and person_id in self.kept else None

    def put(self, person_id: str, place: Place, now: int) -> None:
        self.kept[person_id] = json.dumps([place.step, place.draft, place.answers])
        self.asked_at[person_id] = now

    def clear(self, person_id: str) -> None:
        self.kept.pop(person_id, None)


@dataclass
class MemoryStore:
    """One agency in memory: what a feature gets, and what a turn keeps."""

    office: Office = field(default_factory=an_office)
    scores: Scores = field(default_factory=Scores)
    measures: Measures = field(default_factory=Measures)
    people: People = field(default_factory=People)
    places: Places = field(default_factory=Places)
    known_allowance: Allowance | None = None

    def allowance(self, _today: date) -> Allowance | None:
        return self.known_allowance


def an_agency(*kept: Result | Measure, office: Office | None = None) -> MemoryStore:
    """A store with these results and measures."""
    store = MemoryStore(office or an_office())
    for one in kept:
        if isinstance(one, Result):
            store.scores.save(one)
        else:
            store.measures.kept.append(one)
    return store


def a_sample(name: str) -> MemoryStore:
    """A store that holds one of the five samples."""
    from bot import samples

    sample = samples.load(name)
    numbered = [replace(measure, id=f"m{no}") for no, measure in enumerate(sample.measures, 1)]
    return an_agency(*sample.results, *numbered, office=sample.office)
