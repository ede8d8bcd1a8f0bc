"""Fiscal year 2566. New names of grades; that they began in this year is supported by one news report only."""

from datetime import date

from itadomain.fiscal import FiscalYear
from itadomain.frameworks.common import TEN_INDICATORS, WEIGHTS, levels
from itadomain.frameworks.shape import Confidence, Framework, Phase, Window

FRAMEWORK = Framework(
    fiscal_year=FiscalYear(2566),
    indicators=TEN_INDICATORS,
    weights=WEIGHTS,
    weights_confidence=Confidence.NOT_FOUND,
    scale=levels(Confidence.LOW),
    sources=("nation2023",),
    windows=(  # of the others is known only that one ran by 9 January 2566
        Window(FiscalYear(2566), Phase.RESULTS, date(2023, 8, 10), date(2023, 8, 10), Confidence.MEDIUM, "nation2023"),
    ),
)
