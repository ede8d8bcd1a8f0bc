"""An agency in memory, and values with sensible defaults to put into it."""

import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bot.storage.places import KEPT_MS, Place
from itadomain.allowance import Allowance
from itadomain.audit import Code
from itadomain.evidence import Evidence
from itadomain.fiscal import FiscalYear, first_day, last_day
from itadomain.frameworks.shape import Instrument, Name
from itadomain.measures import Measure
from itadomain.office import Office
from itadomain.organisation import Unit
from itadomain.people import Person, Post, Role
from itadomain.plans import keep_plan
from itadomain.questions import About, Question
from itadomain.scores import Headline, Result, ScoreTable
from itadomain.timetable import Days
from itadomain.workdays import Calendar
from tests.fake_cases import AuditLog, Cases, Categories, Knowledge
from tests.fake_disclosures import Disclosures
from tests.fake_disposals import Disposals
from tests.fake_oit import OitItems
from tests.fake_organisation import Circulars, Committees, Holidays, Invitations, Meetings
from tests.fake_papers import Papers
from tests.fake_plans import History, Measures, Obligations, Obstacles, Reports, Settings
from tests.fake_reminders import Broadcasts, Calendars, Escalations, Reminders, Windows
from tests.fake_resolutions import Resolutions
from tests.fake_rounds import Nudges, Rounds
from tests.fake_surveys import Ballots, Participation, Surveys

TODAY = date(2026, 11, 20)  # fiscal year 2570

#: IIT 90.00, EIT 90.00, OIT 96.00: a total of 92.40.
POINTS = ("92.00", "88.00", "90.00", "86.00", "94.00", "91.00", "89.00", "90.00", "95.00", "97.00")
TABLE_NAME = "ตารางผลการประเมิน"


def an_office(**changes: Any) -> Office:
    office = Office(Name("องค์การบริหารส่วนตำบลบางสมมติ", "Bang Sommut SAO"), Name("อบต.บางสมมติ", "Bang Sommut"))
    return replace(office, **changes)


def a_person(*roles: Role, name: str = "สมหญิง", unit: str = "", language: str = "th", key: str = "") -> Person:
    """Someone with `roles` for good in `unit` (its id is its name); nobody's name is known of a citizen."""
    posts = tuple(Post(role, unit) for role in sorted(roles))
    return Person(key, name if roles else "", frozenset(roles), language, posts)


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

    def move(self, year: int, to: int) -> None:
        self.save(replace(self.kept.pop(year), fiscal_year=FiscalYear(to)))


@dataclass
class People:
    """People by the name under which LINE knows them."""

    kept: dict[str, Person] = field(default_factory=dict)

    def by_line_id(self, line_user_id: str, today: date) -> Person | None:
        return self.kept[line_user_id].on(today) if line_user_id in self.kept else None

    def get(self, person_id: str, today: date) -> Person | None:
        return next((one.on(today) for one in self.kept.values() if one.id == person_id), None)

    def insiders(self, today: date) -> Sequence[Person]:
        return sorted((one for one in self._on(today) if one.roles), key=lambda one: one.id)

    def meet(self, line_user_id: str, person: Person | None = None) -> Person:
        met = person or Person("")
        self.kept[line_user_id] = replace(met, id=met.id or f"p{len(self.kept) + 1}")
        return self.kept[line_user_id]

    def save(self, person: Person) -> None:
        known = [line_user_id for line_user_id, one in self.kept.items() if one.id == person.id]
        if not known:
            raise LookupError("nobody has this id")
        self.kept[known[0]] = person

    def forget(self, person: Person) -> None:
        self.kept = {line_user_id: one for line_user_id, one in self.kept.items() if one.id != person.id}

    def with_role(self, role: Role, today: date) -> Sequence[Person]:
        return sorted((one for one in self._on(today) if role in one.roles), key=lambda one: one.id)

    def _on(self, today: date) -> Sequence[Person]:
        return [one.on(today) for one in self.kept.values()]


@dataclass
class Units:
    """Units by their ids."""

    kept: dict[str, Unit] = field(default_factory=dict)

    def all(self) -> Sequence[Unit]:
        return sorted((one for one in self.kept.values() if one.open), key=lambda one: (not one.secretariat, one.name))

    def get(self, unit_id: str) -> Unit | None:
        return self.kept.get(unit_id)

    def save(self, unit: Unit) -> None:
        self.kept[unit.id] = unit


@dataclass
class Evidences:
    """Evidence by its id."""

    kept: dict[str, Evidence] = field(default_factory=dict)

    def get(self, evidence_id: str) -> Evidence | None:
        return self.kept.get(evidence_id)

    def of_message(self, message: str) -> Evidence | None:
        return next(iter(self._those(lambda one: one.message == message)), None)

    def sent_together(self, together: str, person_id: str) -> Sequence[Evidence]:
        return self._those(lambda one: (one.by, one.together) == (person_id, together))

    def loose_of(self, person_id: str) -> Sequence[Evidence]:
        return self._those(lambda one: one.by == person_id and not one.obligation and not one.case and one.live)

    def loose_before(self, day: date, limit: int) -> Sequence[Evidence]:
        loose = self._those(lambda one: one.received_on < day and not one.obligation and not one.in_a_case and one.live)
        return sorted(loose, key=lambda one: (one.received_on, one.id))[:limit]

    def of_obligation(self, obligation: str) -> Sequence[Evidence]:
        return self._those(lambda one: one.obligation == obligation)

    def of_case(self, case_id: str) -> Sequence[Evidence]:
        return self._those(lambda one: one.case == case_id)

    def of_person(self, person_id: str) -> Sequence[Evidence]:
        return self._those(lambda one: bool(person_id) and one.by == person_id)

    def save(self, evidence: Evidence) -> None:
        self.kept[evidence.id] = evidence

    def _those(self, which: Callable[[Evidence], bool]) -> Sequence[Evidence]:
        found = sorted(filter(which, self.kept.values()), key=lambda one: one.id)
        return sorted(found, key=lambda one: (one.received_on, one.message), reverse=True)


@dataclass
class Places:
    """Open questions, kept as JSON: a draft that cannot be stored fails here as it would in a database."""

    kept: dict[str, str] = field(default_factory=dict)
    asked_at: dict[str, int] = field(default_factory=dict)

    def of(self, person_id: str, now: int) -> Place | None:
        fresh = now - self.asked_at.get(person_id, now) <= KEPT_MS
        return Place(*json.loads(self.kept[person_id])) if fresh and person_id in self.kept else None

    def put(self, person_id: str, place: Place, now: int) -> None:
        self.kept[person_id] = json.dumps([place.step, place.draft, place.answers, place.opens])
        self.asked_at[person_id] = now

    def clear(self, person_id: str) -> None:
        self.kept.pop(person_id, None)


@dataclass
class Questions:
    """Questions in the order in which they were asked."""

    kept: dict[str, Question] = field(default_factory=dict)

    def open(self) -> Sequence[Question]:
        return [one for one in self.kept.values() if one.open]

    def about(self, about: About) -> Sequence[Question]:
        return [one for one in self.kept.values() if one.about is about]

    def get(self, question_id: str) -> Question | None:
        return self.kept.get(question_id)

    def ask(self, question: Question) -> None:
        about = [(one.about, one.key, set(one.measures), one.facts) for one in self.kept.values()]
        if (question.about, question.key, set(question.measures), question.facts) not in about:
            self.kept[question.id] = question

    def save(self, question: Question) -> None:
        self.kept[question.id] = question


@dataclass
class MemoryStore:
    """One agency in memory: what a feature gets, and what a turn keeps."""

    office: Office = field(default_factory=an_office)
    scores: Scores = field(default_factory=Scores)
    measures: Measures = field(default_factory=Measures)
    obligations: Obligations = field(default_factory=Obligations)
    reports: Reports = field(default_factory=Reports)
    nudges: Nudges = field(default_factory=Nudges)
    obstacles: Obstacles = field(default_factory=Obstacles)
    history: History = field(default_factory=History)
    settings: Settings = field(default_factory=Settings)
    people: People = field(default_factory=People)
    places: Places = field(default_factory=Places)
    units: Units = field(default_factory=Units)
    invitations: Invitations = field(default_factory=Invitations)
    committees: Committees = field(default_factory=Committees)
    meetings: Meetings = field(default_factory=Meetings)
    resolutions: Resolutions = field(default_factory=Resolutions)
    holidays: Holidays = field(default_factory=Holidays)
    circulars: Circulars = field(default_factory=Circulars)
    evidence: Evidences = field(default_factory=Evidences)
    questions: Questions = field(default_factory=Questions)
    cases: Cases = field(default_factory=Cases)
    categories: Categories = field(default_factory=Categories)
    knowledge: Knowledge = field(default_factory=Knowledge)
    disclosures: Disclosures = field(default_factory=Disclosures)
    disposals: Disposals = field(default_factory=Disposals)
    audit_log: AuditLog = field(default_factory=AuditLog)
    reminders: Reminders = field(default_factory=Reminders)
    escalations: Escalations = field(default_factory=Escalations)
    windows: Windows = field(default_factory=Windows)
    calendars: Calendars = field(default_factory=Calendars)
    broadcasts: Broadcasts = field(default_factory=Broadcasts)
    oit_items: OitItems = field(default_factory=OitItems)
    surveys: Surveys = field(default_factory=Surveys)
    participation: Participation = field(default_factory=Participation)
    ballots: Ballots = field(default_factory=Ballots)
    papers: Papers = field(default_factory=Papers)
    known_allowance: Allowance | None = None

    numbered: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def rounds(self) -> Rounds:
        return Rounds(self.measures, self.obligations, self.reports)

    def mark(self) -> tuple[int, int]:
        return 0, 0

    def back_to(self, mark: tuple[int, int]) -> None:
        """What is done here is done; the databases are asked whether a refused step leaves anything."""

    def days(self, year: int) -> Days:
        off = self.holidays.between(first_day(year), last_day(year) + timedelta(days=60))
        return Days(Calendar(off), self.meetings.of(year))

    def new_id(self) -> str:
        return f"id{next(self.numbered)}"

    def new_code(self) -> str:
        return f"CD{next(self.numbered):02}CD{next(self.numbered):02}"

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


UNITS = (Unit("สำนักปลัด", "สำนักปลัด", secretariat=True), Unit("กองคลัง", "กองคลัง"), Unit("กองช่าง", "กองช่าง"))


def at_work(*plan: Measure, today: date = TODAY) -> MemoryStore:
    """An agency of three units with a plan of this fiscal year that is theirs."""
    store = an_agency()
    for unit in UNITS:
        store.units.save(unit)
    keep_plan(store, [replace(one, plan_year=FiscalYear(2570)) for one in plan], UNITS, today)
    return store


def a_sample(name: str) -> MemoryStore:
    """A store that holds one of the five samples."""
    from bot import samples

    sample = samples.load(name)
    numbered = [replace(measure, id=f"m{no}") for no, measure in enumerate(sample.measures, 1)]
    return an_agency(*sample.results, *numbered, office=sample.office)
