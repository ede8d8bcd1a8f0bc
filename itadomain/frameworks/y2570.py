"""Fiscal year 2570. The NACC is revising the assessment; everything here is carried over and shown as not confirmed."""

from itadomain.fiscal import FiscalYear
from itadomain.frameworks.common import TEN_INDICATORS, WEIGHTS, levels
from itadomain.frameworks.shape import Confidence, Framework

FRAMEWORK = Framework(
    fiscal_year=FiscalYear(2570),
    indicators=TEN_INDICATORS,
    weights=WEIGHTS,
    weights_confidence=Confidence.NOT_FOUND,
    scale=levels(Confidence.NOT_FOUND),
    sources=("pattayareform",),
)
