"""Fiscal year 2564. The official report of this year proves the weight of OIT in 13 of 13 rows."""

from datetime import date

from itadomain.fiscal import FiscalYear
from itadomain.frameworks.common import TEN_INDICATORS, WEIGHTS, letters
from itadomain.frameworks.shape import Confidence, Framework, Phase, Window


def _in(phase: Phase, first: date, last: date) -> Window:
    """A window of which the calendars that were found name the months only."""
    return Window(FiscalYear(2564), phase, first, last, source="wangtakro2564, nakhu2564", by_month=True)


FRAMEWORK = Framework(
    fiscal_year=FiscalYear(2564),
    indicators=TEN_INDICATORS,
    weights=WEIGHTS,
    weights_confidence=Confidence.HIGH,
    scale=letters(Confidence.HIGH),
    sources=("kpi2564",),
    windows=(
        _in(Phase.REGISTRATION, date(2021, 2, 1), date(2021, 3, 31)),
        _in(Phase.OIT, date(2021, 3, 1), date(2021, 4, 30)),
        _in(Phase.IIT, date(2021, 4, 1), date(2021, 5, 31)),
        _in(Phase.EIT, date(2021, 4, 1), date(2021, 5, 31)),
        _in(Phase.CLARIFICATION, date(2021, 6, 1), date(2021, 6, 30)),
        _in(Phase.CONFIRMATION, date(2021, 6, 1), date(2021, 6, 30)),
        _in(Phase.RESULTS, date(2021, 8, 1), date(2021, 8, 31)),
    ),
)
