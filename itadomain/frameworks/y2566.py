"""Fiscal year 2566. New names of grades; that they began in this year is supported by one news report only."""

from itadomain.fiscal import FiscalYear
from itadomain.frameworks.common import TEN_INDICATORS, WEIGHTS, levels
from itadomain.frameworks.shape import Confidence, Framework

FRAMEWORK = Framework(
    fiscal_year=FiscalYear(2566),
    indicators=TEN_INDICATORS,
    weights=WEIGHTS,
    weights_confidence=Confidence.NOT_FOUND,
    scale=levels(Confidence.LOW),
    sources=("nation2023",),
)
