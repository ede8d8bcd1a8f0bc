"""What a fiscal year's assessment is made of: instruments, indicators, weights and grades, each with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from itadomain.fiscal import FiscalYear


class Confidence(StrEnum):
    """How sure a fact is. Only HIGH and MEDIUM are shown as facts; the rest is shown as not confirmed."""

    HIGH = "high"  # official text, several sources, or arithmetic proof
    MEDIUM = "medium"  # one credible source
    LOW = "low"  # an unofficial copy
    MEMORY = "memory"  # remembered, no source found
    NOT_FOUND = "not found"

    @property
    def confirmed(self) -> bool:
        """Whether it may be told without «ยังไม่ยืนยัน»."""
        return self in {Confidence.HIGH, Confidence.MEDIUM}


class Instrument(StrEnum):
    """The three ways of measuring: insiders, outsiders, open data."""

    IIT = "IIT"
    EIT = "EIT"
    OIT = "OIT"


@dataclass(frozen=True)
class Name:
    """A proper name in Thai, and in English for those who read that."""

    th: str
    en: str


@dataclass(frozen=True)
class Indicator:
    """One of the ten indicators; `no` is its official number."""

    no: int
    instrument: Instrument
    name: Name


@dataclass(frozen=True)
class Grade:
    """A grade and the least that gives it, in points of 100.

    `each` is what every single instrument must also reach (from 2566). `confidence` is that of its lower border.
    """

    name: Name
    least: Decimal
    each: Decimal | None = None
    confidence: Confidence = Confidence.HIGH


@dataclass(frozen=True)
class Scale:
    """The grades of a year, best first, and the score that passes."""

    grades: tuple[Grade, ...]
    passing: Decimal
    confidence: Confidence
    sources: tuple[str, ...]


class Phase(StrEnum):
    """What is done in a window, in the order of the year."""

    WHOLE = "whole"  # the assessment from its first day to its last, where no source says more
    REGISTRATION = "registration"  # the agency's own data and its stakeholders are entered in ITAS
    IIT = "iit"  # staff answer
    EIT = "eit"  # outsiders answer
    OIT = "oit"  # what is published is submitted
    CLARIFICATION = "clarification"  # ชี้แจงเพิ่มเติม
    CONFIRMATION = "confirmation"  # ยืนยันคะแนน
    RESULTS = "results"  # announced


@dataclass(frozen=True)
class Window:
    """From the first day to the last (the same where it is one day); one of them may not be known.

    `own` where the agency entered it, which goes before what the framework of the year says. `by_month` where the
    source names months only: the days are then the first and the last of these.
    """

    fiscal_year: FiscalYear
    phase: Phase
    first: date | None
    last: date | None
    confidence: Confidence = Confidence.HIGH
    source: str = ""  # keys of docs/sources.md, or what the agency said
    own: bool = False
    by_month: bool = False
    by: str = ""  # the id of the person who entered it; empty for the command line
    on: date | None = None  # the day on which it was entered


@dataclass(frozen=True)
class Framework:
    """The assessment of one fiscal year, as data. Of its calendar only what a source says is known."""

    fiscal_year: FiscalYear
    indicators: tuple[Indicator, ...]
    weights: Mapping[Instrument, Decimal]  # fractions of 1
    weights_confidence: Confidence
    scale: Scale
    sources: tuple[str, ...]
    windows: tuple[Window, ...] = ()

    def of(self, instrument: Instrument) -> tuple[Indicator, ...]:
        """The indicators that make up `instrument`."""
        return tuple(i for i in self.indicators if i.instrument is instrument)

    def named(self, text: str) -> Indicator | None:
        """The one indicator whose Thai name holds `text`, or is held in it; None where none or several do."""
        said = "".join(text.split())
        found = [i for i in self.indicators if said and (said in i.name.th or i.name.th in said)]
        return found[0] if len(found) == 1 else None

    def indicator(self, no: int) -> Indicator:
        """The indicator with this official number; KeyError where there is none."""
        return {i.no: i for i in self.indicators}[no]
