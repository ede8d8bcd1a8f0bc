"""A survey of the agency: one round of asking, where people are asked, and who was.

Three things are kept apart, and nothing joins them: what is asked (`Survey`), who was asked (`Mark`), and what was
answered (`Ballot`, then `Cell`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Instrument
from itadomain.surveys.questionnaire import Questionnaire

#: Fewer people than these are never told of apart from others.
FEWEST = 5
#: So long after a round was closed it is known who was asked in it, so that nobody is asked again.
MARKS_KEPT = timedelta(days=90)


class Kind(StrEnum):
    """Whom a survey asks, and about what."""

    OUTSIDERS = "outsiders"  # a rehearsal of the EIT
    INSIDERS = "insiders"  # a rehearsal of the IIT
    VISIT = "visit"  # 1 to 5 and one «why», after a visit or a case

    @property
    def instrument(self) -> Instrument | None:
        """What it rehearses."""
        return next((instrument for instrument, kind in REHEARSALS.items() if kind is self), None)


#: What rehearses which official questionnaire; of papers there is nothing to be asked.
REHEARSALS: Mapping[Instrument, Kind] = {Instrument.EIT: Kind.OUTSIDERS, Instrument.IIT: Kind.INSIDERS}


@dataclass(frozen=True)
class Survey:
    """One round. What it asks is settled when it opens, and stays so; `version` is kept by whoever keeps it."""

    id: str
    kind: Kind
    questionnaire: Questionnaire
    opened_on: date
    closes_on: date | None = None  # its last day
    closed_on: date | None = None  # since then nobody is asked any more
    population: int | None = None  # how many could be asked, where somebody has entered it
    opened_by: str = ""  # the id of a person
    settled_on: date | None = None  # since then everybody may answer once more: the one after a visit stands open
    version: int = 0

    @property
    def open(self) -> bool:
        """Whether it still asks, for what it knows itself; a window of the official one may be in the way."""
        return self.closed_on is None

    def remembers(self, today: date) -> bool:
        """Whether it is known still who was asked and who answered."""
        return self.closed_on is None or today <= self.closed_on + MARKS_KEPT

    @property
    def fiscal_year(self) -> FiscalYear:
        """The assessment that it rehearses."""
        return self.questionnaire.fiscal_year


@dataclass(frozen=True)
class ServicePoint:
    """Where people are served and invited to answer: a counter, a clinic; it has a poster of its own."""

    code: str  # a few letters and figures, as its poster has it
    name: str
    unit: str = ""  # an id
    closed_on: date | None = None


class Standing(StrEnum):
    """How far somebody is with a survey."""

    INVITED = "invited"
    STARTED = "started"
    ANSWERED = "answered"
    ELSEWHERE = "elsewhere"  # said that they answered the official one, and are left alone


@dataclass(frozen=True)
class Mark:
    """Who was asked and who answered, never what; `reached` is how many questions they saw."""

    standing: Standing
    on: date
    reached: int = 0
    reminded_on: date | None = None


@dataclass(frozen=True)
class Draft:
    """What somebody has answered so far and not sent: by code, the step; None where it was skipped."""

    survey: str  # an id
    person: str  # an id
    since: date
    answers: Mapping[str, int | None] = field(default_factory=dict)
    point: str = ""  # the code of the service point whose poster they came from
    lot: str = ""  # by chance: where they begin; it goes with what was begun, so nothing tells it afterwards


@dataclass(frozen=True)
class Ballot:
    """What somebody answered, without whose it is. It waits in a sealed box until it leaves among others."""

    survey: str  # an id
    point: str = ""  # the code of a service point
    answers: Mapping[str, int] = field(default_factory=dict)  # steps by code, without those skipped
    why: str = ""  # own words


@dataclass(frozen=True)
class Sums:
    """How often something was answered, with the sums that a mean and its interval need."""

    count: int = 0
    total: Decimal = Decimal(0)
    squares: Decimal = Decimal(0)
    steps: Sequence[int] = ()  # how often each step was chosen; nothing for what is made of several questions


@dataclass(frozen=True)
class Cell:
    """What is counted of one service point in one month, by figure.

    `shown` grows by five people or more at a time, and every view is a sum of shown ones: so no two views, and no two
    moments, differ by fewer people than that. `held` is what waits for more.
    """

    survey: str  # an id
    point: str  # the code of a service point; empty where none is known, or too few were left to tell it
    month: date  # its first day
    people: int = 0  # who left the box for this cell
    shown: Mapping[str, Sums] = field(default_factory=dict)
    held: Mapping[str, Sums] = field(default_factory=dict)


@dataclass(frozen=True)
class Sample:
    """What ITAS showed of the official questionnaire on a day: how many have answered, and how many it wants."""

    fiscal_year: FiscalYear
    instrument: Instrument
    on: date
    answered: int
    wanted: int
    by: str = ""  # the id of a person
