"""Fiscal year 2564. The official report of this year proves the weight of OIT in 13 of 13 rows."""

from itadomain.fiscal import FiscalYear
from itadomain.frameworks.common import TEN_INDICATORS, WEIGHTS, letters
from itadomain.frameworks.shape import Confidence, Framework

FRAMEWORK = Framework(
    fiscal_year=FiscalYear(2564),
    indicators=TEN_INDICATORS,
    weights=WEIGHTS,
    weights_confidence=Confidence.HIGH,
    scale=letters(Confidence.HIGH),
    sources=("kpi2564",),
)
