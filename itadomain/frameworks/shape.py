"""What a fiscal year's assessment is made of: instruments, indicators, weights and grades, each with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Framework:
    """The assessment of one fiscal year, as data."""

    fiscal_year: FiscalYear
    indicators: tuple[Indicator, ...]
    weights: Mapping[Instrument, Decimal]  # fractions of 1
    weights_confidence: Confidence
    scale: Scale
    sources: tuple[str, ...]

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
