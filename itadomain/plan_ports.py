"""What must be remembered of plans, in the words of the rules. `bot/storage` fulfils it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol

from itadomain.fiscal import FiscalYear
from itadomain.history import Entry
from itadomain.measures import Measure, Obligation, Tally
from itadomain.obstacles import Obstacle
from itadomain.progress import Report
from itadomain.questions import About, Question
from itadomain.scores import Result


class Measures(Protocol):
    """The agency's measures."""

    def years(self) -> Sequence[FiscalYear]:
        """The years that there is a plan for, newest first."""

    def of_newest_plan(self) -> Sequence[Measure]:
        """The measures of the newest plan, in printed order."""

    def of_year(self, year: int, limit: int | None = None, offset: int = 0) -> Sequence[Measure]:
        """The measures of one plan in printed order, or a page of them."""

    def count(self, year: int) -> int:
        """How many measures a plan has."""

    def numbered(self, year: int, number: int) -> Measure | None:
        """The measure at a place of a plan, else the one that bears the number in print."""

    def get(self, measure_id: str) -> Measure | None:
        """One measure by its id."""

    def some(self, ids: Collection[str]) -> Sequence[Measure]:
        """Those of some ids, whatever plan they are of."""

    def save(self, measure: Measure) -> None:
        """Keep what a person has changed about a measure."""

    def add(self, measure: Measure) -> Measure:
        """Keep one more at the end of its plan and give it back with its place; it comes with an id."""

    def move(self, measures: Sequence[Measure], year: int) -> Sequence[Measure]:
        """Put measures at the end of another year's plan, as themselves, and give them back as they stand there."""

    def save_plan(self, measures: Sequence[Measure]) -> Sequence[Measure]:
        """Keep a plan in printed order and give it back with ids; `itadomain.plans.keep_plan` makes it somebody's."""


class Obligations(Protocol):
    """What units answer for."""

    def of_units(self, units: Sequence[str], years: Sequence[int], limit: int, offset: int = 0) -> Sequence[Obligation]:
        """Those of some units that are open, the most urgent first."""

    def tallies(self, years: Sequence[int], today: date, units: Sequence[str] | None = None) -> Mapping[str, Tally]:
        """How many each unit has, open, late and done; those of some units where they are named."""

    def of_measure(self, measure_id: str) -> Sequence[Obligation]:
        """Every unit's share of a measure, closed ones too."""

    def coming(self, until: date, oldest: int) -> Sequence[Obligation]:
        """Those still to be reported on that are due by a day, what was due first before all others.

        Of the plans from the year `oldest` on; what is done owes nothing, though nobody has approved it yet.
        """

    def of_year(self, year: int) -> Sequence[Obligation]:
        """All of a plan, closed ones too, in the order of the plan."""

    def get(self, obligation_id: str) -> Obligation | None:
        """One by its id."""

    def save(self, *obligations: Obligation) -> None:
        """Keep new ones, or what has changed; each once a turn."""


class Reports(Protocol):
    """What units reported."""

    def of_obligation(self, obligation_id: str) -> Sequence[Report]:
        """All reports on an obligation, newest first."""

    def of_year(self, year: int) -> Sequence[Report]:
        """All reports on a plan, in the order in which each unit made them."""

    def newest_by(self, obligation_ids: Collection[str]) -> Mapping[str, str]:
        """Who made the newest report on each of some obligations, both by their ids; those without one are left out."""

    def waiting(self, units: Sequence[str]) -> Sequence[Report]:
        """Those of some units that nobody has approved or sent back, oldest first."""

    def get(self, report_id: str) -> Report | None:
        """One by its id."""

    def save(self, report: Report) -> None:
        """Keep a new one, or what has changed."""


class Obstacles(Protocol):
    """What stands in the way of measures."""

    def open(self, units: Sequence[str] | None = None) -> Sequence[Obstacle]:
        """Those that are in the way now, oldest first; of some units where they are named."""

    def of_measure(self, measure_id: str) -> Sequence[Obstacle]:
        """All about a measure, oldest first, those that are gone too."""

    def get(self, obstacle_id: str) -> Obstacle | None:
        """One by its id."""

    def save(self, obstacle: Obstacle) -> None:
        """Keep a new one, or what has changed; once a turn."""


class History(Protocol):
    """What happened to measures."""

    def of_measure(self, measure_id: str, limit: int, offset: int = 0) -> Sequence[Entry]:
        """What happened to a measure, newest first."""

    def add(self, *entries: Entry) -> None:
        """Write down what happened."""


class Questions(Protocol):
    """What only a person can settle about the agency's documents."""

    def open(self) -> Sequence[Question]:
        """Those that wait for an answer, oldest first."""

    def about(self, about: About) -> Sequence[Question]:
        """All that settle one kind of thing, answered ones too, oldest first."""

    def get(self, question_id: str) -> Question | None:
        """One by its id."""

    def ask(self, question: Question) -> None:
        """Keep a new one; one about the same is left as it is, answered or not."""

    def save(self, question: Question) -> None:
        """Keep an answer, or what it is about now. What somebody else has answered meanwhile is not answered again."""


class Scores(Protocol):
    """The printed results of the agency."""

    def all(self) -> Sequence[Result]:
        """Every year's result, newest year first."""

    def of_year(self, year: int) -> Result | None:
        """The result of one fiscal year."""

    def save(self, result: Result) -> None:
        """Keep a year's result, in place of the one kept before."""

    def move(self, year: int, to: int) -> None:
        """Keep a year's result as that of another year, which has none."""
