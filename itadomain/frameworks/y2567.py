"""Fiscal year 2567. Cut-offs and weights as a university's copy codes them."""

from itadomain.fiscal import FiscalYear
from itadomain.frameworks.common import TEN_INDICATORS, WEIGHTS, levels
from itadomain.frameworks.shape import Confidence, Framework

FRAMEWORK = Framework(
    fiscal_year=FiscalYear(2567),
    indicators=TEN_INDICATORS,
    weights=WEIGHTS,
    weights_confidence=Confidence.LOW,
    scale=levels(Confidence.MEDIUM),
    sources=("gh34601936217", "gh34775506829"),
)
