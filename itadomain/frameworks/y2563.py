"""Fiscal year 2563. Papers of this year show the letters; 30/30/40 fits them to 0.03."""

from datetime import date

from itadomain.fiscal import FiscalYear
from itadomain.frameworks.common import TEN_INDICATORS, WEIGHTS, letters
from itadomain.frameworks.shape import Confidence, Framework, Phase, Window

FRAMEWORK = Framework(
    fiscal_year=FiscalYear(2563),
    indicators=TEN_INDICATORS,
    weights=WEIGHTS,
    weights_confidence=Confidence.MEDIUM,
    scale=letters(Confidence.HIGH),
    sources=("paper004", "pubhtml2563"),
    windows=(
        Window(FiscalYear(2563), Phase.WHOLE, date(2020, 6, 1), date(2020, 7, 31), source="itas1089, bkkpost2020"),
    ),
)
