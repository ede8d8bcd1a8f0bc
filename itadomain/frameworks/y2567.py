"""Fiscal year 2567. Cut-offs and weights as a university's copy codes them."""

from datetime import date

from itadomain.fiscal import FiscalYear
from itadomain.frameworks.common import TEN_INDICATORS, WEIGHTS, levels
from itadomain.frameworks.shape import Confidence, Framework, Phase, Window

FRAMEWORK = Framework(
    fiscal_year=FiscalYear(2567),
    indicators=TEN_INDICATORS,
    weights=WEIGHTS,
    weights_confidence=Confidence.LOW,
    scale=levels(Confidence.MEDIUM),
    sources=("gh34601936217", "gh34775506829"),
    windows=(
        Window(FiscalYear(2567), Phase.WHOLE, date(2024, 1, 1), date(2024, 6, 30), source="tna2024"),
        Window(FiscalYear(2567), Phase.RESULTS, date(2024, 7, 30), date(2024, 7, 30), source="tna2024, recorder2024"),
    ),
)
