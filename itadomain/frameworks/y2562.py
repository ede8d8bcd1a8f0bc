"""Fiscal year 2562. The present form for every agency; grades and weights are remembered, not sourced."""

from datetime import date

from itadomain.fiscal import FiscalYear
from itadomain.frameworks.common import TEN_INDICATORS, WEIGHTS, letters
from itadomain.frameworks.shape import Confidence, Framework, Phase, Window

FRAMEWORK = Framework(
    fiscal_year=FiscalYear(2562),
    indicators=TEN_INDICATORS,
    weights=WEIGHTS,
    weights_confidence=Confidence.MEMORY,
    scale=letters(Confidence.MEMORY),
    sources=("roiet2562",),
    windows=(
        # to 31 May at first; put off, since too few had answered
        Window(FiscalYear(2562), Phase.IIT, None, date(2019, 6, 15), source="roiet2562"),
        Window(FiscalYear(2562), Phase.EIT, None, date(2019, 6, 15), source="roiet2562"),
    ),
)
