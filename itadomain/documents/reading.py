"""What was read in a document: values only; `itadomain.documents.reader.read` makes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from itadomain.documents.doubts import Finding, Question
from itadomain.documents.shape import Place
from itadomain.fiscal import FiscalYear
from itadomain.scores import Result


class Column(StrEnum):
    """What a column of a table of measures can hold."""

    NUMBER = "number"
    TOPIC = "topic"  # what the measure answers, where the measure has a column of its own
    TITLE = "title"
    METHOD = "method"
    OWNER = "owner"
    PERIOD = "period"
    FOLLOW_UP = "follow_up"
    RESULT = "result"
    SUGGESTION = "suggestion"
    QUESTION = "question"
    FINDING = "finding"
    INDICATOR = "indicator"
    TARGET = "target"
    BUDGET = "budget"


class Sure(StrEnum):
    """How sure a year is."""

    PRINTED = "printed"  # said so, and nothing says otherwise
    DISPUTED = "disputed"  # said so, and otherwise elsewhere: asked
    DERIVED = "derived"  # not said, concluded from other years: asked
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class QuestionCode:
    """A question of the forms that a measure answers: as printed, and what may be meant, likeliest first."""

    printed: str
    meant: tuple[str, ...]
    twice: bool = False  # stands before another question too

    @property
    def sure(self) -> bool:
        """Whether it is printed with its letter, and before one question only."""
        return not self.twice and len(self.meant) == 1 and self.printed[:1].upper() == self.meant[0][:1]


@dataclass(frozen=True)
class PrintedMeasure:
    """A measure as printed. `cells` has a key for every column that its table has, empty cells too."""

    cells: Mapping[Column, str]
    number: str = ""  # Arabic digits, empty where none is printed
    name: str = ""  # the title without its number
    owners: tuple[str, ...] = ()
    lead: str = ""  # who answers for it where several owners do
    everyone: bool = False  # «ทุกสำนัก/กอง»: all units, whichever the agency has
    steps: tuple[str, ...] = ()
    codes: tuple[QuestionCode, ...] = ()
    indicators: tuple[int, ...] = ()  # only where the measure names them
    place: Place = field(default_factory=Place)

    def __getitem__(self, column: Column) -> str:
        """The cell as printed, empty where its table has no such column."""
        return self.cells.get(column, "")

    @property
    def questions(self) -> tuple[str, ...]:
        """The codes that are sure, e.g. E13."""
        return tuple(code.meant[0] for code in self.codes if code.sure)


@dataclass(frozen=True)
class PrintedUnit:
    """A unit that the document names, with every other spelling of it."""

    name: str
    aliases: tuple[str, ...] = ()
    secretariat: bool = False


@dataclass(frozen=True)
class FollowUpRule:
    """A follow-up that the document gives to all its measures, in its own words."""

    wording: str
    place: Place = field(default_factory=Place)


@dataclass(frozen=True)
class Reading:
    """All that a document says, what was noticed in it, and what a person must settle."""

    agency: str = ""
    agencies: Sequence[str] = ()  # every spelling, the likeliest first
    fiscal_year: FiscalYear | None = None  # of the plan
    year_sure: Sure = Sure.UNKNOWN
    title_year: FiscalYear | None = None  # of the document's own title
    result: Result | None = None
    measures: Sequence[PrintedMeasure] = ()
    units: Sequence[PrintedUnit] = ()
    rules: Sequence[FollowUpRule] = ()
    findings: Sequence[Finding] = ()
    questions: Sequence[Question] = ()
