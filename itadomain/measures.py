"""Measures (มาตรการ): what an agency has decided to do, as its plan prints it, and whose duty each is."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from itadomain.fiscal import FiscalYear, fiscal_year_of


@dataclass(frozen=True)
class Target:
    """A number to reach, e.g. 3 กระบวนงาน."""

    amount: Decimal
    of: str


@dataclass(frozen=True)
class Printed:
    """What the newest document prints where people may say otherwise since, so that both can be told apart."""

    title: str = ""
    owners: Sequence[str] = ()
    lead: str = ""
    method: str = ""
    indicators: Sequence[int] = ()


@dataclass(frozen=True)
class Measure:
    """One row of a plan. `number` is for display only; `period` and `follow_up` are wordings.

    What a person has settled since (`settled_…`) stands beside the print and goes before it; it is a wording too, so
    that there is one way from words to days.
    """

    id: str
    plan_year: FiscalYear
    number: str
    title: str
    owners: Sequence[str] = ()
    lead: str = ""
    period: str = ""
    follow_up: str = ""
    steps: Sequence[str] = ()
    questions: Sequence[str] = ()
    finding: str = ""
    result: str = ""
    suggestion: str = ""
    method: str = ""
    indicators: Sequence[int] = ()
    target: Target | None = None
    settled_period: str = ""
    settled_follow_up: str = ""
    cancelled_on: date | None = None
    carried_from: str = ""  # the id of the measure of the year before that it goes on with
    must_publish: bool = False  # it is done only once it is published
    printed: Printed = field(default_factory=Printed)  # empty where no document prints it
    place: int = field(default=0, compare=False)  # in the plan, from 1; whoever keeps the plan sets it

    @property
    def when(self) -> str:
        """The wording of its period that counts."""
        return self.settled_period or self.period

    @property
    def cadence(self) -> str:
        """The wording of its follow-up that counts."""
        return self.settled_follow_up or self.follow_up


class Standing(StrEnum):
    """How far a unit is with a measure, in the officers' own four words."""

    NOT_STARTED = "not_started"  # ยังไม่เริ่ม
    WORKING = "working"  # กำลังทำ
    DONE = "done"  # เสร็จ
    BLOCKED = "blocked"  # ติดปัญหา


class Closing(StrEnum):
    """Why an obligation is over."""

    DONE = "done"
    CANCELLED = "cancelled"
    MOVED = "moved"  # to another unit


@dataclass(frozen=True)
class Start:
    """How far a measure was when a unit took it over from another one, or from the year before."""

    standing: Standing = Standing.NOT_STARTED
    percent: int | None = None
    amount: Decimal | None = None
    reported_on: date | None = None
    reported_for: date | None = None
    reports: int = 0  # so many of the unit's own are older: it gave the measure away, and it came back


@dataclass(frozen=True)
class Obligation:
    """One unit's share of one measure: what it answers for, and the day that it next reports."""

    id: str
    measure: str  # an id
    unit: str  # an id
    plan_year: FiscalYear
    place: int = 0  # of the measure in its plan
    lead: bool = False  # answers for the others where a plan says so
    standing: Standing = Standing.NOT_STARTED
    percent: int | None = None
    amount: Decimal | None = None
    reported_on: date | None = None
    reported_for: date | None = None  # the newest slot that was reported
    slot: date | None = None  # the due date that is next to be reported, as the plan counts it
    due: date | None = None  # the day this falls on: a working day, or that of the meeting
    closed_on: date | None = None
    closed_as: Closing | None = None
    start: Start = Start()  # what its reports build on

    @property
    def open(self) -> bool:
        """Whether the unit still answers for it."""
        return self.closed_on is None

    def late_on(self, day: date) -> bool:
        """Whether its due day is over on `day`."""
        return self.due is not None and self.due < day

    def taken_over(self, reports: int = 0) -> "Obligation":
        """The obligation, begun where it stands now; so many reports on it are older than that."""
        start = Start(self.standing, self.percent, self.amount, self.reported_on, self.reported_for, reports)
        return replace(self, start=start)


@dataclass(frozen=True)
class Tally:
    """How many obligations there are, and how many of them are open, late, done."""

    all: int = 0
    open: int = 0
    late: int = 0
    done: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.all + other.all, self.open + other.open, self.late + other.late, self.done + other.done)


def natural_keys(plan: Sequence[Measure]) -> Iterator[str]:
    """What each measure of a plan is recognised by: year, title, owners, and which of several that are alike."""
    seen: Counter[str] = Counter()
    for measure in plan:
        key = "|".join((str(measure.plan_year), _folded(measure.title), _folded("".join(measure.owners))))
        seen[key] += 1
        yield f"{key}|{seen[key]}"


def years_at_hand(kept: Sequence[int], today: date) -> tuple[FiscalYear, ...]:
    """The plan years that are worked on: this year's and what is ahead, last year's last reports; else the newest."""
    running = fiscal_year_of(today)
    at_hand = tuple(FiscalYear(year) for year in sorted(kept, reverse=True) if year >= running - 1)
    return at_hand or tuple(FiscalYear(year) for year in sorted(kept)[-1:])


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()
