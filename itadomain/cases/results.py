"""What the channel for citizens did while a measure ran: counts and days, as evidence for what outsiders rate.

Zero is a result too: an agency that shows «no case» shows that it looked.
"""

from dataclasses import dataclass
from datetime import date

from itadomain.cases.case import Kind
from itadomain.cases.counting import Figures, apart, figures
from itadomain.fiscal import first_day, last_day
from itadomain.frameworks import OLDEST, framework_for
from itadomain.frameworks.shape import Instrument
from itadomain.measures import Measure
from itadomain.periods import Period
from itadomain.ports import Store

#: How the questions to outsiders are numbered: E1, E2 …
TO_OUTSIDERS = "E"
COMPLAINT, CORRUPTION = "ร้องเรียน", "ทุจริต"


@dataclass(frozen=True)
class Results:
    """What came in from one day to another: cases, of which `asking` are to be answered, and requests apart."""

    first: date
    last: date
    asking: int
    cases: Figures
    requests: int


def serves(measure: Measure) -> bool:
    """Whether a measure is to better what outsiders rate: by an indicator of theirs, its name, or their questions.

    One about complaints serves them too, unless they are about corruption: these have a channel of their own.
    """
    rated = framework_for(max(measure.plan_year, OLDEST)).framework.of(Instrument.EIT)
    title = "".join(measure.title.split())
    asked = any(code.upper().startswith(TO_OUTSIDERS) for code in measure.questions)
    named = any(one.no in measure.indicators or one.name.th in title for one in rated)
    return asked or named or (COMPLAINT in title and CORRUPTION not in title)


def results(store: Store, measure: Measure, period: Period, today: date) -> Results | None:
    """What it did in the time of a measure so far; None where it serves no outsiders, or has not begun."""
    first = period.start or first_day(measure.plan_year)
    last = min(period.end or last_day(measure.plan_year), today)
    if last < first or not serves(measure):
        return None
    cases, requests = apart(store.cases.counted(first, last))
    asking = sum(one.kind is not Kind.PRAISE for one in cases)
    return Results(first, last, asking, figures(cases, today), len(requests))
