"""Fiscal year 2565. Two agencies' papers reproduce their totals with 30/30/40."""

from datetime import date

from itadomain.fiscal import FiscalYear
from itadomain.frameworks.common import TEN_INDICATORS, WEIGHTS, letters
from itadomain.frameworks.shape import Confidence, Framework, Phase, Window


def _on(phase: Phase, first: date, last: date) -> Window:
    """A window of the calendar that was announced on 26 November 2564."""
    return Window(FiscalYear(2565), phase, first, last, source="tslocal2565, itas2862")


FRAMEWORK = Framework(
    fiscal_year=FiscalYear(2565),
    indicators=TEN_INDICATORS,
    weights=WEIGHTS,
    weights_confidence=Confidence.HIGH,
    scale=letters(Confidence.HIGH),
    sources=("paper000", "paper002", "nation2022"),
    windows=(  # that of IIT and EIT was not found
        _on(Phase.REGISTRATION, date(2022, 1, 1), date(2022, 2, 28)),
        _on(Phase.OIT, date(2022, 3, 1), date(2022, 4, 30)),
        _on(Phase.CLARIFICATION, date(2022, 6, 1), date(2022, 6, 15)),
        _on(Phase.CONFIRMATION, date(2022, 6, 16), date(2022, 6, 30)),
        Window(FiscalYear(2565), Phase.RESULTS, date(2022, 8, 1), date(2022, 8, 1), source="nation2022"),
    ),
)
