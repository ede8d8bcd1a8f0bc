"""Fiscal year 2568. The NACC itself explained this year's rule on single instruments."""

from datetime import date

from itadomain.fiscal import FiscalYear
from itadomain.frameworks.common import TEN_INDICATORS, WEIGHTS, levels
from itadomain.frameworks.shape import Confidence, Framework, Phase, Window

FRAMEWORK = Framework(
    fiscal_year=FiscalYear(2568),
    indicators=TEN_INDICATORS,
    weights=WEIGHTS,
    weights_confidence=Confidence.NOT_FOUND,
    scale=levels(Confidence.MEDIUM),
    sources=("mgr79675", "nation2025"),
    windows=(Window(FiscalYear(2568), Phase.RESULTS, date(2025, 8, 15), date(2025, 8, 15), source="nation2025"),),
)
