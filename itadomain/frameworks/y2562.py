"""Fiscal year 2562. The present form for every agency; grades and weights are remembered, not sourced."""

from itadomain.fiscal import FiscalYear
from itadomain.frameworks.common import TEN_INDICATORS, WEIGHTS, letters
from itadomain.frameworks.shape import Confidence, Framework

FRAMEWORK = Framework(
    fiscal_year=FiscalYear(2562),
    indicators=TEN_INDICATORS,
    weights=WEIGHTS,
    weights_confidence=Confidence.MEMORY,
    scale=letters(Confidence.MEMORY),
    sources=("roiet2562",),
)
