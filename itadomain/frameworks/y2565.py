"""Fiscal year 2565. Two agencies' papers reproduce their totals with 30/30/40."""

from itadomain.fiscal import FiscalYear
from itadomain.frameworks.common import TEN_INDICATORS, WEIGHTS, letters
from itadomain.frameworks.shape import Confidence, Framework

FRAMEWORK = Framework(
    fiscal_year=FiscalYear(2565),
    indicators=TEN_INDICATORS,
    weights=WEIGHTS,
    weights_confidence=Confidence.HIGH,
    scale=letters(Confidence.HIGH),
    sources=("paper000", "paper002", "nation2022"),
)
