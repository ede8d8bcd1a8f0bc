"""How many have answered the official questionnaire, as ITAS shows it, and when it will be enough at this pace.

ITAS says how many it wants; of years whose rule is known the rule stands beside it, with its source.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil

from itadomain.assessment import calendar
from itadomain.assessment.windows import Window
from itadomain.fiscal import FiscalYear
from itadomain.frameworks.shape import Confidence, Instrument
from itadomain.ports import Store
from itadomain.refusals import Refusal
from itadomain.surveys.opening import PHASES
from itadomain.surveys.survey import Sample
from itadomain.thai import fold

MOST = 1_000_000
#: What came more than two weeks ago says little of the pace of today.
LATELY = timedelta(days=14)
#: Farther ahead no pace reaches.
FURTHEST = timedelta(days=366)
NUMBER = re.compile(r"\d[\d,]*")
#: The name of the system first, perhaps the instrument, then how many of how many.
SENTENCE = re.compile(
    r"\s*(?:ยอด\s*)?itas\s*(?P<instrument>eit|iit)?\s*:?\s*(?P<answered>\d[\d,]*)\s*(?:/|จาก|of)\s*(?P<wanted>\d[\d,]*)\D*"
)
PAIR = re.compile(r"\D*(?P<answered>\d[\d,]*)\s*(?:/|จาก|of|\s)\s*(?P<wanted>\d[\d,]*)\D*")


@dataclass(frozen=True)
class Rule:
    """How many had to answer in a year: a share, at least so many, and from a size on a number that suffices."""

    share: Decimal
    least: int
    above: int  # with more people than these …
    suffices: int  # … so many are enough
    confidence: Confidence = Confidence.HIGH
    source: str = ""  # a key of docs/sources.md

    def minimum(self, population: int) -> int:
        """How many of so many people; never more than there are."""
        share = ceil(self.share * population)
        enough = self.suffices if population > self.above else max(self.least, share)
        return min(enough, population)


_TENTH = Decimal("0.1")
#: Of the years from 2566 on only this is known: ITAS computes it from the number of people that was entered.
RULES: Mapping[tuple[int, Instrument], Rule] = {
    (2563, Instrument.IIT): Rule(_TENTH, 30, 1000, 100, source="paper004"),
    (2563, Instrument.EIT): Rule(_TENTH, 30, 1000, 100, source="paper004"),
    (2564, Instrument.EIT): Rule(_TENTH, 30, 4000, 400, Confidence.LOW, "spvc2564"),  # from a handbook for colleges
}
BY_ITAS_SINCE = 2566


@dataclass(frozen=True)
class Meter:
    """Where it stands: so many of those wanted, so many more a day, and the day on which it will be enough.

    Without a pace nobody can tell that day. `a_day` is how many it takes a day from now to the window's last day.
    """

    sample: Sample
    pace: Fraction | None = None
    enough_on: date | None = None
    a_day: int | None = None
    too_late: bool = False  # enough only after the window, or never at this pace

    @property
    def enough(self) -> bool:
        """Whether as many have answered as are wanted."""
        return self.sample.answered >= self.sample.wanted

    @property
    def share(self) -> Decimal:
        """What share of those wanted has answered, of 100."""
        return min(Decimal(100), Decimal(100) * self.sample.answered / self.sample.wanted)


def meter(store: Store, year: int, instrument: Instrument, today: date, just_now: Sample | None = None) -> Meter | None:
    """Where a year's questionnaire stands, with what is being entered `just_now`; None where nothing was entered."""
    kept = [one for one in store.surveys.samples(year, instrument) if one.on <= today]
    samples = [*(one for one in kept if not just_now or one.on < just_now.on), *([just_now] if just_now else [])]
    if not samples:
        return None
    newest, window = samples[-1], window_of(store, year, instrument)
    last = window.last if window else None
    pace = pace_of(samples, window)
    rest = max(0, newest.wanted - newest.answered)
    if not rest:
        return Meter(newest, pace)
    day = _enough_on(newest, rest, pace)
    left = (last - today).days + 1 if last else None
    a_day = -(-rest // left) if left and left > 0 else None
    too_late = last is not None and (last < today or (pace is not None and (day is None or day > last)))
    return Meter(newest, pace, day, a_day, too_late)


def pace_of(samples: Sequence[Sample], window: Window | None) -> Fraction | None:
    """How many more a day, from the days entered lately; of one day alone, since the window began. None if unknown."""
    newest = samples[-1]
    lately = [one for one in samples if one.on >= newest.on - LATELY]
    oldest = lately[0]
    if oldest.on < newest.on:
        return Fraction(newest.answered - oldest.answered, (newest.on - oldest.on).days)
    begun = window.first if window else None
    if begun is None or newest.on < begun:
        return None
    return Fraction(newest.answered, (newest.on - begun).days + 1)


def window_of(store: Store, year: int, instrument: Instrument) -> Window | None:
    """When a year's official questionnaire is answered, where that is known."""
    return next((one for one in calendar.windows(store, year) if one.phase is PHASES.get(instrument)), None)


def said_whole(text: str) -> tuple[Instrument | None, int, int] | None:
    """What one sentence says («ITAS 120/300»): the instrument, if any, how many, and of how many. None for another."""
    found = SENTENCE.fullmatch(fold(text))
    if found is None:
        return None
    named = Instrument(found["instrument"].upper()) if found["instrument"] else None
    return named, _number(found["answered"]), _number(found["wanted"])


def said(text: str, wanted: int | None) -> tuple[int, int]:
    """How many, and of how many: «120/300», «120 จาก 300»; the second is what it was, where only one is told."""
    plain = fold(" ".join(text.split()))  # thousands of blanks between two numbers would take long to look through
    pair = PAIR.fullmatch(plain)
    if pair:
        return _number(pair["answered"]), _number(pair["wanted"])
    numbers = NUMBER.findall(plain)
    if len(numbers) != 1 or wanted is None:
        raise Refusal("sample_meter.which_numbers")
    return _number(numbers[0]), wanted


def entered(year: int, instrument: Instrument, answered: int, wanted: int, today: date, by: str) -> Sample:
    """What ITAS shows today; Refusal for what it cannot show."""
    if instrument not in PHASES:
        raise Refusal("sample_meter.which_instrument")
    if not (1 <= wanted <= MOST and 0 <= answered <= MOST):
        raise Refusal("sample_meter.which_numbers")
    return Sample(FiscalYear(year), instrument, today, answered, wanted, by)


def before(store: Store, sample: Sample) -> Sample | None:
    """What was entered for an earlier day, the newest first."""
    kept = store.surveys.samples(sample.fiscal_year, sample.instrument)
    return next((one for one in reversed(kept) if one.on < sample.on), None)


def odd(store: Store, sample: Sample) -> bool:
    """Whether it is worth a second look: fewer than before, or suddenly another number wanted."""
    earlier = before(store, sample)
    return earlier is not None and (sample.answered < earlier.answered or sample.wanted != earlier.wanted)


def _enough_on(newest: Sample, rest: int, pace: Fraction | None) -> date | None:
    """The day on which the rest has answered too; None where nobody answers any more, or it is too far."""
    if pace is None or pace <= 0:
        return None
    days = ceil(rest / pace)
    return newest.on + timedelta(days=days) if days <= FURTHEST.days else None


def _number(figures: str) -> int:
    """A number as it is written; one with too many figures is no number of people."""
    digits = figures.replace(",", "")
    return int(digits) if len(digits) <= len(str(MOST)) else MOST + 1
